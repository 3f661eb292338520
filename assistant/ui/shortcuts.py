"""Every action that has keys: one table, read by menus, tooltips and the list of keys."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from assistant.domain.errors import Bug, UserFacingError


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that keys do.

    Args:
        id: Its name in the settings.
        title: What it does.
        keys: Built-in keys, as ``QKeySequence`` spells them; Ctrl stands for Cmd on macOS.
        group: Heading in the list of keys.
        fixed: Belongs to a field or a list and cannot be bound to other keys.
    """

    id: str
    title: str
    keys: str
    group: str
    fixed: bool = False


def _keys_of(group: str, *actions: tuple[str, str, str]) -> tuple[Action, ...]:
    """Keys of a place, a list or a field: ids, what they do, and which; not to be bound anew."""
    return tuple(Action(*one, group, fixed=True) for one in actions)


# Ctrl+5 is kept for a place to come, so that those that are here never move.
ACTIONS: tuple[Action, ...] = (
    Action("new_chat", "New chat", "Ctrl+N", "Chats"),
    Action("temporary_chat", "New temporary chat", "Ctrl+Shift+N", "Chats"),
    Action("search", "Search your chats", "Ctrl+K", "Chats"),
    Action("find", "Find in this chat", "Ctrl+F", "Chats"),
    Action("model_picker", "Choose a model", "Ctrl+Shift+M", "Chats"),
    Action("parameters", "Persona, sampling and context", "Ctrl+Shift+P", "Chats"),
    Action("write", "Write a message", "Ctrl+L", "Chats"),
    Action("place_chat", "Chat", "Ctrl+1", "Places"),
    Action("place_study", "Study", "Ctrl+2", "Places"),
    Action("place_plan", "Plan", "Ctrl+3", "Places"),
    Action("place_models", "Models", "Ctrl+4", "Places"),
    Action("sidebar", "Fold or unfold the sidebar", "Ctrl+B", "Window"),
    Action("settings", "Settings", "Ctrl+,", "Window"),
    Action("keys", "List of keys", "Ctrl+/", "Window"),
    Action("larger", "Larger text", "Ctrl++", "Window"),
    Action("smaller", "Smaller text", "Ctrl+-", "Window"),
    Action("normal_size", "Normal text size", "Ctrl+0", "Window"),
    Action("quit", "Quit", "Ctrl+Q", "Window"),
    Action("send", "Send", "Return", "Writing", fixed=True),
    Action("new_line", "Add a line", "Shift+Return", "Writing", fixed=True),
    Action("stop", "Stop the answer; what was written stays", "Esc", "Writing", fixed=True),
    Action("edit_last", "Edit the last message, from an empty field", "Up", "Writing", fixed=True),
    Action("rename", "Rename", "F2", "List of chats", fixed=True),
    Action("delete", "Delete", "Del", "List of chats", fixed=True),
    Action("find_next", "Next match", "F3", "Find", fixed=True),
    Action("find_previous", "Match before", "Shift+F3", "Find", fixed=True),
    *_keys_of(
        "Plan",
        ("plan_add", "Add a task", "Q"),
        ("plan_undo", "Undo", "Ctrl+Z"),
        ("plan_redo", "Do again", "Ctrl+Shift+Z"),
        ("plan_redo_too", "Do again", "Ctrl+Y"),
    ),
    *_keys_of(
        "Tasks in lists",
        ("task_open", "Open", "Return"),
        ("task_done", "Done, or open again", "Space"),
        ("task_clock", "Start or stop the clock", "S"),
        ("task_rename", "Rename", "F2"),
        ("task_due", "Due", "D"),
        ("task_priority", "Priority", "P"),
        ("task_project", "Project", "M"),
        ("task_takes", "How long it takes", "E"),
        ("task_words", "Change in words", "C"),
        ("task_up", "Move up", "Alt+Up"),
        ("task_down", "Move down", "Alt+Down"),
        ("task_in", "Make a part of the one above", "Alt+Right"),
        ("task_out", "Take out of what it is part of", "Alt+Left"),
        ("task_fold", "Hide its parts", "Left"),
        ("task_unfold", "Show its parts", "Right"),
        ("task_more", "All that can be done with it", "Menu"),
        ("task_delete", "Delete", "Del"),
    ),
    *_keys_of(
        "Board",
        ("card_left", "To the column at the left", "Ctrl+Left"),
        ("card_right", "To the column at the right", "Ctrl+Right"),
    ),
    *_keys_of(
        "Week",
        ("week_why", "Why is this here?", "Return"),
        ("week_done", "Done, or open again", "Space"),
        ("week_pin", "Pin, or let go", "P"),
        ("week_earlier", "Earlier", "Alt+Up"),
        ("week_later", "Later", "Alt+Down"),
        ("week_before", "To the day before", "Alt+Left"),
        ("week_after", "To the day after", "Alt+Right"),
        ("week_shorter", "Shorter", "Alt+Shift+Up"),
        ("week_longer", "Longer", "Alt+Shift+Down"),
        ("week_table", "As a table", "T"),
    ),
    *_keys_of(
        "Cards in Study",
        ("card_on", "Show the answer, then Good", "Space"),
        ("card_again", "Again", "1"),
        ("card_hard", "Hard", "2"),
        ("card_good", "Good", "3"),
        ("card_easy", "Easy", "4"),
        ("card_edit", "Edit the card", "E"),
        ("card_suspend", "Suspend the card", "S"),
        ("card_rewrite", "Rewrite a card that does not stay", "R"),
        ("card_aside", "Lay such a card aside", "L"),
        ("card_lesson", "Open the lesson of such a card", "O"),
        ("card_undo", "Undo the last grade", "U"),
        ("card_leave", "Leave", "Esc"),
    ),
    *_keys_of(
        "Lessons",
        ("lesson_back", "Back", "Alt+Left"),
        ("lesson_on", "On", "Alt+Right"),
        ("lesson_leave", "Leave", "Esc"),
    ),
    *_keys_of(
        "Map and pictures",
        ("map_ask", "Ask about what is chosen on the map", "Space"),
        ("map_nearer", "Nearer", "+"),
        ("map_farther", "Farther", "-"),
        ("map_whole", "All of the map", "0"),
        ("picture_table", "A picture as a table", "T"),
    ),
    *_keys_of(
        "Code",
        ("code_run", "Run, or check", "Ctrl+Return"),
        ("code_comment", "Comment the lines, or take that back", "Ctrl+/"),
        ("code_in", "Indent", "Tab"),
        ("code_out", "Indent less", "Shift+Tab"),
    ),
    *_keys_of(
        "Models on this computer",
        ("model_act", "Do what its button says", "Return"),
        ("model_more", "All that can be done with it", "Menu"),
        ("model_remove", "Remove", "Del"),
    ),
)
"""All of them, in the order in which they are listed."""

_STANDARD = QKeySequence.StandardKey
_EDITING = (
    *(_STANDARD.Copy, _STANDARD.Cut, _STANDARD.Paste),
    *(_STANDARD.SelectAll, _STANDARD.Undo, _STANDARD.Redo),
)


def action(action_id: str) -> Action:
    """The action of this id.

    Raises:
        Bug: There is none.
    """
    for one in ACTIONS:
        if one.id == action_id:
            return one
    raise Bug(f"no action is called {action_id}")


class Shortcuts(QObject):
    """The keys in force: the built-in ones, and what the user bound instead.

    Args:
        bindings: Action id to keys, from the settings; what cannot be used is passed over.
        parent: The owner.
    """

    changed = Signal()

    def __init__(self, bindings: Mapping[str, str], parent: QObject) -> None:
        super().__init__(parent)
        self._bindings: dict[str, str] = {}
        self._installed: dict[str, QAction] = {}
        self.set_bindings(bindings)

    def set_bindings(self, bindings: Mapping[str, str]) -> None:
        """Takes what the user bound; unknown ids, bad keys and keys taken before are left out."""
        free = {one.id for one in ACTIONS if not one.fixed}
        self._bindings = {
            action_id: keys
            for action_id, keys in bindings.items()
            if action_id in free and (not keys or (_sound(keys) and not _edits(keys)))
        }
        # All of them first: two actions may have changed keys with each other. One that is left
        # out has its built-in keys again, which another may have taken meanwhile.
        while (twice := self._first_taken()) is not None:
            del self._bindings[twice]
        for action_id, qt_action in self._installed.items():
            qt_action.setShortcut(self.sequence(action_id))
        self.changed.emit()

    def sequence(self, action_id: str) -> QKeySequence:
        """The keys of an action; empty when the user took them away."""
        return QKeySequence(self._bindings.get(action_id, action(action_id).keys))

    def text(self, action_id: str) -> str:
        """The keys as this system writes them: ``Ctrl+N``, or ``⌘N``."""
        return self.sequence(action_id).toString(QKeySequence.SequenceFormat.NativeText)

    def _first_taken(self) -> str | None:
        bound = self._bindings.items()
        return next((one for one, keys in bound if self.taken_by(keys, one) is not None), None)

    def taken_by(self, keys: str, besides: str) -> Action | None:
        """The other action that has these keys already."""
        wanted = QKeySequence(keys)
        if wanted.isEmpty():
            return None
        # A place may have its own use for keys that are built in for the whole window.
        built_in = QKeySequence(action(besides).keys) == wanted
        for one in ACTIONS:
            theirs = one.id != besides and self.sequence(one.id) == wanted
            if theirs and not (built_in and one.fixed):
                return one
        return None

    def rebound(self, action_id: str, keys: str) -> dict[str, str]:
        """The bindings with this one changed, to be put into the settings.

        Args:
            action_id: Which action.
            keys: Its keys from now on; empty for none.

        Raises:
            UserFacingError: The keys are no keys, edit text everywhere, or another action has
                them.
        """
        if action(action_id).fixed:
            raise UserFacingError("These keys cannot be changed.", code="keys_fixed")
        if keys and not _sound(keys):
            raise UserFacingError(
                "These are no keys.", "Hold Ctrl or Alt and press a key.", code="keys_invalid"
            )
        native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        if _edits(keys):
            raise UserFacingError(
                f"{native} belongs to writing, in every field of every program.",
                "Choose other keys.",
                code="keys_edit",
            )
        other = self.taken_by(keys, action_id)
        if other is not None:
            raise UserFacingError(
                f"{native} does “{other.title}” already.",
                "Choose other keys, or change those first.",
                code="keys_taken",
            )
        changed = dict(self._bindings)
        if QKeySequence(keys) == QKeySequence(action(action_id).keys):
            changed.pop(action_id, None)
        else:
            changed[action_id] = keys
        return changed

    def install(self, window: QWidget, handlers: Mapping[str, Callable[[], object]]) -> None:
        """Makes the keys work anywhere in ``window``.

        Args:
            window: The window.
            handlers: Action id to a bound method.
        """
        for action_id, handler in handlers.items():
            qt_action = QAction(action(action_id).title, window)
            qt_action.setShortcut(self.sequence(action_id))
            qt_action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            qt_action.triggered.connect(handler)
            window.addAction(qt_action)
            self._installed[action_id] = qt_action

    def allow_only(self, action_ids: Collection[str] | None) -> None:
        """Lets only these actions be started by keys; all of them for None."""
        for action_id, qt_action in self._installed.items():
            qt_action.setEnabled(action_ids is None or action_id in action_ids)

    def run(self, action_id: str) -> None:
        """Does what the keys of an installed action do."""
        self._installed[action_id].trigger()


def _edits(keys: str) -> bool:
    """Whether fields take these keys for themselves: to copy, to undo and the like."""
    wanted = QKeySequence(keys)
    return any(wanted in QKeySequence.keyBindings(standard) for standard in _EDITING)


def _sound(keys: str) -> bool:
    """One combination, held with Ctrl, Alt or Meta unless it is a function key."""
    sequence = QKeySequence(keys)
    written = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    held = written.startswith(("Ctrl+", "Alt+", "Meta+"))
    return sequence.count() == 1 and (held or re.fullmatch(r"(Shift\+)?F\d+", written) is not None)
