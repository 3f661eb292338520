"""A message of the model."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from assistant.domain.conversation import PLANNER, Message, MessageOutline
from assistant.ui.chat.transcript.actions import ActionRow, WordsLine
from assistant.ui.chat.transcript.asks import Asks
from assistant.ui.chat.transcript.body import AnswerBody
from assistant.ui.chat.transcript.editor import MessageEditor
from assistant.ui.chat.transcript.live_text import GroupsFrom
from assistant.ui.chat.transcript.note import NoteLine
from assistant.ui.chat.transcript.prose import TextView
from assistant.ui.chat.transcript.rendering import Rendering
from assistant.ui.chat.transcript.row import Row, draw_lamp
from assistant.ui.chat.transcript.words import PIN, UNPIN, Phrase, numbers_line, state_note
from assistant.ui.widgets.menu import Menu

TOP, _ACTIONS_GAP, _NUMBERS_GAP, _BOTTOM, _STATUS_GAP = 2, 8, 4, 10, 12
_LAMP, _LAMP_LEFT = 20, 36


class AnswerRow(Row):
    """Lamp, text, icons and numbers.

    Args:
        rendering: What it is drawn with.
        asks: Where wishes go.
        outline: Which message it is.
        parent: The owner.
    """

    numbers_toggled = Signal(object, bool)

    def __init__(
        self, rendering: Rendering, asks: Asks, outline: MessageOutline, parent: QWidget
    ) -> None:
        super().__init__(rendering.style, outline, parent)
        self._asks = asks
        self.body = AnswerBody(rendering, self)
        self.body.height_changed.connect(self.tell_height)
        self.body.link_activated.connect(asks.link_activated)
        self.body.menu_wanted.connect(self.open_menu)
        self.action_row: ActionRow | None = None
        self.words = WordsLine(self.style_, self)
        self.note: NoteLine | None = None
        self.editor: MessageEditor | None = None
        self._writing = False
        self._numbers_open = False
        self.setAccessibleName("Answer")

    @property
    def writing(self) -> bool:
        """Whether the answer is being written."""
        return self._writing

    def show_message(self, message: Message, outline: MessageOutline) -> None:
        """Shows a finished answer; its text is set by ``show_groups``."""
        self.message, self.outline = message, outline
        self._writing = False
        self.body.set_caret(shown=False)
        self.setAccessibleName(_spoken_author(message))
        if self.action_row is None:
            self.action_row = ActionRow(self.style_, self._asks, self)
            self.action_row.build_for_answer()
            self.action_row.edit_wanted.connect(self.begin_editing)
            self.action_row.numbers_toggled.connect(self._toggle_numbers)
        self.action_row.show()
        self.action_row.show_message(message, outline)
        self.words.set_phrases(numbers_line(message))
        self._show_words()
        self._show_note(message)
        self.update()

    def show_groups(self, change: GroupsFrom, *, live: bool = False) -> None:
        """Shows text."""
        self.body.show_groups(change, live=live)

    def show_writing(self, phrases: tuple[Phrase, ...]) -> None:
        """Shows that the answer is being written."""
        if not self._writing:
            self._writing = True
            self.body.set_caret(shown=True)
            if self.action_row is not None:
                self.action_row.hide()
            if self.note is not None:
                self.note.hide()
            self.words.show()
            self.setAccessibleName("Answer, being written")
            self.update()
        self.words.set_phrases(phrases)

    def open_numbers(self, *, shown: bool) -> None:
        """Opens or closes the line of numbers without telling anyone."""
        self._numbers_open = shown
        if self.action_row is not None and self.action_row.numbers is not None:
            toggle = self.action_row.numbers
            toggle.blockSignals(True)  # noqa: FBT003 - Qt's signature
            toggle.setChecked(shown)
            toggle.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self._show_words()

    def lay_out(self) -> int:
        """Places everything; returns the height."""
        px, left, width = self.style_.px, self.left, self.column
        y = px(TOP)
        if self.editor is not None:
            height = self.editor.height_for(width)
            self.editor.setGeometry(left, y, width, height)
            self.editor.lay_out()
            return y + height + px(_BOTTOM)
        self.body.move(left, y)
        y += self.body.lay_out(width)
        if self.note is not None and self.note.isVisibleTo(self):
            y += self.style_.gap if self.body.parts else 0
            height = self.note.height_for(width)
            self.note.setGeometry(left, y, width, height)
            y += height
        if self._writing:
            y += px(_STATUS_GAP) if self.body.parts else px(4)
            self.words.setGeometry(left, y, width, self.words.line)
            return y + self.words.line + px(_BOTTOM)
        if self.action_row is not None:
            y += px(_ACTIONS_GAP)
            inset = px(6)  # the first icon, not its ground, stands on the column's edge
            height = self.action_row.height_for(width + inset)
            self.action_row.setGeometry(left - inset, y, width + inset, height)
            self.action_row.lay_out()
            y += height
        if self.words.isVisibleTo(self):
            y += px(_NUMBERS_GAP)
            self.words.setGeometry(left, y, width, self.words.line)
            y += self.words.line
        return y + px(_BOTTOM)

    def texts(self) -> list[TextView]:
        """All parts."""
        return self.body.text_parts()

    def focus_chain(self) -> list[QWidget]:
        """The row, links and buttons in it, the icons."""
        if self.editor is not None:
            return self.editor.focus_chain()
        chain: list[QWidget] = [self]
        for part in self.body.parts:
            inside = part.findChildren(QWidget)
            chain += [w for w in [part, *inside] if _takes_tab(w)]
        if self.action_row is not None and not self._writing:
            chain += self.action_row.buttons()
        return chain

    def begin_editing(self) -> None:
        """Puts a text field in the place of the answer."""
        if self.message is None or self.editor is not None or self._writing:
            return
        source = self.message.content
        editor = MessageEditor(self.style_, source, "Save", self, enter_submits=False)
        editor.submitted.connect(self._submit)
        editor.cancelled.connect(self.end_editing)
        editor.height_changed.connect(self.tell_height)
        self.editor = editor
        self._set_shown(shown=False)
        editor.show()
        self.tell_height()
        editor.field.setFocus()
        self._asks.editing_changed.emit(True)  # noqa: FBT003 - a signal's argument

    def end_editing(self) -> None:
        """Leaves the answer as it was."""
        if self.editor is None:
            return
        self.editor.hide()
        self.editor.deleteLater()
        self.editor = None
        self._set_shown(shown=True)
        self.tell_height()
        self.setFocus()
        self._asks.editing_changed.emit(False)  # noqa: FBT003 - a signal's argument

    def open_menu(self, place: QPoint) -> None:
        """The context menu."""
        message = self.message
        menu = Menu(self.style_.theme, "Answer", self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        selection = self.body.selection
        copy = menu.add("Copy", selection.copy, icon="copy", shortcut="Ctrl+C")
        copy.setEnabled(bool(selection.text()))
        menu.add("Select all", selection.select_all, shortcut="Ctrl+A")
        if message is not None and not self._writing and self.action_row is not None:
            menu.addSeparator()
            menu.add("Copy the whole answer", self.action_row.copy.click, icon="copy")
            pinned = message.pinned
            menu.add(
                UNPIN if pinned else PIN,
                lambda: self._asks.pin_requested.emit(message.id, not pinned),
                icon="pin-off" if pinned else "pin",
            )
        menu.open_at(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the lamp."""
        px = self.style_.px
        side = px(_LAMP)
        spot = QRect(self.left - px(_LAMP_LEFT), px(TOP) + px(1), side, side)
        if spot.intersects(event.rect()):
            draw_lamp(QPainter(self), self.style_, spot, lit=self._writing)

    def _show_words(self) -> None:
        """Of the planner there are no numbers to be opened."""
        planned = self.message is not None and self.message.model == PLANNER
        self.words.setVisible(self._writing or (self._numbers_open and not planned))

    def _show_note(self, message: Message) -> None:
        note = state_note(message)
        if note is None:
            if self.note is not None:
                self.note.hide()
            return
        if self.note is None:
            self.note = NoteLine(self.style_, self)
        self.note.set_note(note)
        self.note.show()

    def _submit(self, text: str) -> None:
        message = self.message
        self.end_editing()
        if message is not None and text != message.content:
            self._asks.edit_submitted.emit(message.id, text)

    def _set_shown(self, *, shown: bool) -> None:
        self.body.setVisible(shown)
        if self.action_row is not None:
            self.action_row.setVisible(shown)
        if shown:
            self._show_words()
        else:
            self.words.hide()
        if self.message is not None:
            self._show_note(self.message)
        if self.note is not None and not shown:
            self.note.hide()

    def _toggle_numbers(self, shown: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.open_numbers(shown=shown)
        self.numbers_toggled.emit(self.outline.id, shown)
        self.tell_height()


def _spoken_author(message: Message) -> str:
    by = "the planner" if message.model == PLANNER else message.model
    return f"Answer of {by}" if by else "Answer"


def _takes_tab(widget: QWidget) -> bool:
    policy = widget.focusPolicy()
    return bool(policy.value & Qt.FocusPolicy.TabFocus.value) and widget.isVisible()
