"""What is said of a task in single words: by when, how long, how often, where."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from assistant.domain.errors import UserFacingError
from assistant.domain.task import Priority, Project, Task
from assistant.ui.clock import clock_words
from assistant.ui.plan.details.unsaid import Unsaid, plain, problem_of
from assistant.ui.plan.words import (
    PRIORITY_WORDS,
    due_words,
    length_words,
    moment_words,
    repeat_words,
)
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.choice import Choice
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.labels import PlainLabel

_FIELDS: Final = (
    ("due", "Due", "e.g. fri 5pm", "flag"),
    ("start", "Starts", "e.g. tomorrow 3pm", "calendar"),
    ("estimate", "Takes", "e.g. 1h 30m", "timer"),
    ("repeat", "Repeats", "e.g. every other week", "repeat"),
    ("tags", "Tags", "e.g. #chem #exam", "hash"),
    ("place", "Place", "e.g. Library", "map-pin"),
)


class FactField(QWidget):
    """A field, and below it why what was written cannot be taken.

    Args:
        theme: The theme in force.
        key: What it is of the task.
        name: For screen readers.
        example: Shown while it is empty.
        icon: Before the text.
    """

    given = Signal(str, str)
    """The key, and other words than were shown."""
    taken = Signal()
    """They were taken."""

    def __init__(self, theme: Theme, key: str, name: str, example: str, icon: str) -> None:
        super().__init__()
        self.key = key
        self._shown = ""
        self._told: str | None = None
        """What was told last, while it is not answered."""
        self._offered: Unsaid | None = None
        """What was refused once and is shown again: it is told again by Enter alone."""
        self.field = _Field(theme, name, example, icon=icon, height=32)
        self._problem = PlainLabel(theme, "", "small", "bad", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.field)
        column.addWidget(self._problem)
        self._problem.hide()
        self.setFocusProxy(self.field)
        self.field.returnPressed.connect(self._insist)
        self.field.editingFinished.connect(self.give)
        self.field.reverted.connect(self._revert)

    @property
    def problem(self) -> str:
        """Why what was written cannot be taken."""
        return self._problem.text()

    def show_words(self, words: str) -> None:
        """Shows what is kept; what is just being written, or has to be mended, stays."""
        self._shown = words
        if self._told is not None or self.problem or self.field.isModified():
            return
        if words != self.field.text():
            self._write(words)
            self.field.setCursorPosition(0)

    def clear(self) -> None:
        """Forgets what was written: it belongs to another task now."""
        self._say("")
        self._shown = ""
        self._told = self._offered = None
        self._write("")

    @property
    def unsaid(self) -> Unsaid | None:
        """What is shown again and was not told again."""
        offered = self._offered
        return offered if offered is not None and self._text() == offered.words else None

    def offer_again(self, unsaid: Unsaid) -> bool:
        """Shows again what was refused once; whether there was room for it."""
        if self._told is not None or self.problem or self.field.isModified():
            return False
        self._offered = unsaid
        self._write(unsaid.words)
        self.field.setModified(True)
        self._say(unsaid.problem)
        return True

    def give(self) -> None:
        """Tells what was written, if that is something else than was shown or told."""
        text = self._text()
        if self.unsaid is not None:
            return
        self._offered = None
        if self._told is None and text == self._shown:
            self.field.setModified(False)
            self._say("")
        elif text != self._told:
            self._say("")
            self._told = text
            self.given.emit(self.key, text)

    def accept(self, words: str) -> None:
        """These words were taken; what they were understood as is shown next."""
        if words == self._told:
            self._told = None
            self.field.setModified(self._text() != words)
        self.taken.emit()

    def refuse(self, words: str, error: UserFacingError) -> bool:
        """Says why words were not taken; they stay there to be mended.

        Returns:
            Whether they are there still, or others were told since in their place.
        """
        if self._told is None:
            return False
        if words == self._told:
            self._told = None
            if words == self._text():
                self._say(problem_of(error))
        return True

    def _text(self) -> str:
        return plain(self.field.text())

    def _insist(self) -> None:
        self._offered = None

    def _revert(self) -> None:
        self._say("")
        self._offered = None
        self._write(self._shown)

    def _write(self, words: str) -> None:
        with QSignalBlocker(self.field):
            self.field.setText(words)
        self.field.setModified(False)

    def _say(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.field.set_wrong(bool(words))
        self.field.setAccessibleDescription(words)


class _Field(LineField):
    """Esc takes back what was written, and only then closes what holds it."""

    reverted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.reverted.emit()
        else:
            super().keyPressEvent(event)


class Facts(QWidget):
    """A name and a field for each.

    Args:
        theme: The theme in force.
    """

    given = Signal(str, str)
    """The key of a field and its words; empty ones take away what the task had."""
    taken = Signal()
    """What stood in a field was taken."""
    priority_given = Signal(object)
    """A ``Priority``, or None."""
    project_given = Signal(object)
    """A ``ProjectId``, or None for the inbox."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.fields = {
            key: FactField(theme, key, name, example, icon) for key, name, example, icon in _FIELDS
        }
        self.priority = Choice(theme, "Priority")
        self.priority.addItem("None", None)
        for level, words in PRIORITY_WORDS.items():
            self.priority.addItem(words, level)
        self.project = Choice(theme, "Project")
        self._projects: tuple[Project, ...] | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        dated = ("due", "start", "estimate", "repeat")
        for key in dated:
            self._add_line(self.fields[key].field.accessibleName(), self.fields[key])
        self._add_line("Priority", self.priority)
        self._add_line("Project", self.project)
        for key in ("tags", "place"):
            self._add_line(self.fields[key].field.accessibleName(), self.fields[key])
        for field in self.fields.values():
            field.given.connect(self.given)
            field.taken.connect(self.taken)
        self.priority.activated.connect(self._give_priority)
        self.project.activated.connect(self._give_project)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_task(self, task: Task, projects: Sequence[Project], today: date) -> None:
        """Shows what is said of a task."""
        words = {
            "due": "" if task.due is None else due_words(task.due, today),
            "start": _start_words(task, today),
            "estimate": _length(task.estimate_min),
            "repeat": _repeat_words(task, today),
            "tags": " ".join(f"#{tag}" for tag in task.tags),
            "place": task.place,
        }
        for key, said in words.items():
            self.fields[key].show_words(said)
        self.priority.setCurrentIndex(self._place_of(task.priority))
        if self._projects != tuple(projects):
            self._projects = tuple(projects)
            self.project.clear()
            self.project.addItem("Inbox", None)
            for project in projects:
                self.project.addItem(project.name, project.id)
        self.project.setCurrentIndex(max(0, self.project.findData(task.project)))

    def clear(self) -> None:
        """Another task is shown from now on."""
        for field in self.fields.values():
            field.clear()

    def give(self) -> None:
        """Tells what stands in a field and was not told yet."""
        for field in self.fields.values():
            field.give()

    def _place_of(self, priority: Priority | None) -> int:
        return 0 if priority is None else 1 + list(PRIORITY_WORDS).index(priority)

    def _give_priority(self, index: int) -> None:
        self.priority_given.emit([None, *PRIORITY_WORDS][index])

    def _give_project(self, index: int) -> None:
        self.project_given.emit(None if index == 0 else (self._projects or ())[index - 1].id)

    def _add_line(self, name: str, field: QWidget) -> None:
        row = self._grid.rowCount()
        label = PlainLabel(self._theme, name, "interface", "ink2")
        label.setMinimumHeight(self._theme.px(32))
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(field, row, 1)

    def _restyle(self) -> None:
        self._grid.setHorizontalSpacing(self._theme.px(10))
        self._grid.setVerticalSpacing(self._theme.px(6))


def _length(minutes: int | None) -> str:
    return "" if minutes is None else length_words(minutes).replace("\u00a0", " ")


def _start_words(task: Task, today: date) -> str:
    if task.fixed_start is not None:
        words = moment_words(task.fixed_start, today)
        return words if task.fixed_end is None else f"{words} to {clock_words(task.fixed_end)}"
    if task.not_before is None:
        return ""
    midnight = task.not_before.hour == 0 and task.not_before.minute == 0
    return moment_words(task.not_before, today, whole_day=midnight)


def _repeat_words(task: Task, today: date) -> str:
    if task.repeat is None:
        return ""
    begins = task.fixed_start or task.not_before
    return repeat_words(task.repeat, None if begins is None else begins.time(), today)
