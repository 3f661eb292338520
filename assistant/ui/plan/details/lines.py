"""Other tasks, as lines in the panel of one: its parts, what comes first, what comes later."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRect, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.errors import UserFacingError
from assistant.domain.task import Task
from assistant.ui.plan.details.unsaid import Unsaid, plain, problem_of
from assistant.ui.plan.words import when_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.side_row import SideRow
from assistant.ui.widgets.switch import CheckBox

_LONGEST = 120


class _Title(SideRow):
    """Without the room that a sidebar leaves at both sides."""

    def _area(self) -> QRect:
        return self.rect()


class TaskLine(QWidget):
    """A task: a box to end it, its title, which opens it, and a cross that takes it out.

    Args:
        theme: The theme in force.
        ticks: Whether it has the box.
        cross: What the cross does; empty where there is none.
    """

    ticked = Signal(int)
    opened = Signal(int)
    removed = Signal(int)

    def __init__(self, theme: Theme, *, ticks: bool, cross: str) -> None:
        super().__init__()
        self._cross = cross
        self.task: Task | None = None
        self.box = CheckBox(theme, "")
        self.title = _Title(theme, "", "name")
        self.cross = IconButton(theme, "x", cross or "Take out")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for part in (self.box, self.title, self.cross):
            line.addWidget(part, 1 if part is self.title else 0)
        self.box.setVisible(ticks)
        self.cross.setVisible(bool(cross))
        self.box.clicked.connect(self._tick)
        self.title.clicked.connect(self._open)
        self.cross.clicked.connect(self._remove)

    def show_task(self, task: Task, today: date) -> None:
        """Shows a task."""
        self.task = task
        title = task.title[:_LONGEST]
        with QSignalBlocker(self.box):
            self.box.setChecked(not task.is_open)
        self.box.setAccessibleName(f"Done: {title}")
        state = "" if task.is_open else "done"
        self.title.show_words(title, state or when_words(task, today), faint=not task.is_open)
        self.title.setAccessibleName(f"Open “{title}”{', done' if state else ''}")
        self.title.setToolTip(task.title)
        self.cross.set_name(f"{self._cross} “{title}”")

    def _tick(self) -> None:
        if self.task is not None:
            self.ticked.emit(self.task.id)

    def _open(self) -> None:
        if self.task is not None:
            self.opened.emit(self.task.id)

    def _remove(self) -> None:
        if self.task is not None:
            self.removed.emit(self.task.id)


class TaskLines(QWidget):
    """A heading, the lines, and a field in which another is named.

    Args:
        theme: The theme in force.
        title: Of all of them.
        add: What the field is for; empty where there is none.
        ticks: Whether tasks can be ended here.
        cross: What the cross of a line does; empty where there is none.
    """

    ticked = Signal(int)
    opened = Signal(int)
    removed = Signal(int)
    given = Signal(str)
    """What was written into the field."""
    typed = Signal(str)
    """The same while it is written."""
    suggested = Signal(int)
    """The id of a task that was offered and chosen."""

    def __init__(
        self, theme: Theme, title: str, add: str = "", *, ticks: bool = False, cross: str = ""
    ) -> None:
        super().__init__()
        self._theme = theme
        self._title = title
        self._ticks = ticks
        self._cross = cross
        self._has_field = bool(add)
        self.lines: list[TaskLine] = []
        self.offers: list[SideRow] = []
        self._head = PlainLabel(theme, title, "interface_semibold", "ink2")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._head)
        self._rows = QVBoxLayout()
        self._column.addLayout(self._rows)
        self.field = LineField(theme, add or title, add, icon="plus", height=32)
        self._column.addWidget(self.field)
        self.field.setVisible(self._has_field)
        self._offers = QVBoxLayout()
        self._column.addLayout(self._offers)
        self._problem = PlainLabel(theme, "", "small", "bad", wrap=True)
        self._column.addWidget(self._problem)
        self._problem.hide()
        self.field.returnPressed.connect(self._give)
        self.field.textEdited.connect(self._typed)
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def problem(self) -> str:
        """Why what was written cannot be taken."""
        return self._problem.text()

    def show_tasks(self, tasks: Sequence[Task], today: date) -> None:
        """Shows these; lines that stay keep the focus."""
        while len(self.lines) > len(tasks):
            self._drop(self.lines.pop())
        while len(self.lines) < len(tasks):
            line = TaskLine(self._theme, ticks=self._ticks, cross=self._cross)
            line.ticked.connect(self.ticked)
            line.opened.connect(self.opened)
            line.removed.connect(self.removed)
            self.lines.append(line)
            self._rows.addWidget(line)
        for line, task in zip(self.lines, tasks, strict=True):
            line.show_task(task, today)
        done = sum(not task.is_open for task in tasks)
        counted = self._ticks and bool(tasks)
        self._head.setText(
            f"{self._title}  {done} of {len(tasks)} done" if counted else self._title
        )
        self.setVisible(bool(tasks) or self._has_field)

    def offer(self, tasks: Sequence[Task]) -> None:
        """Offers tasks that may be meant by what is being written."""
        while self.offers:
            row = self.offers.pop()
            self._offers.removeWidget(row)
            row.hide()
            row.deleteLater()
        for task in tasks:
            row = _Title(self._theme, task.title[:_LONGEST], "name")
            row.show_words(task.title[:_LONGEST], "")
            row.setAccessibleName(f"{self._title} “{task.title[:_LONGEST]}”")
            row.clicked.connect(lambda _=False, chosen=task.id: self.suggested.emit(chosen))
            self.offers.append(row)
            self._offers.addWidget(row)

    @property
    def unsaid(self) -> Unsaid | None:
        """What stands in the field."""
        text = self.field.text().strip()
        return Unsaid(text, self.problem) if text else None

    def offer_again(self, unsaid: Unsaid) -> bool:
        """Shows again what was written once; whether there was room for it."""
        if self.field.text():
            return False
        self.field.setText(unsaid.words)
        self._say(unsaid.problem)
        return True

    def taken(self, words: str) -> None:
        """These words were taken: the field is free for the next, if they stand there still."""
        if plain(self.field.text()) == plain(words):
            self.clear()

    def clear(self) -> None:
        """Empties the field."""
        self.field.clear()
        self.offer(())
        self._say("")

    def refuse(self, words: str, error: UserFacingError) -> bool:
        """Says why words were not taken; whether they are there still."""
        there = plain(self.field.text()) == plain(words)
        if there:
            self._say(problem_of(error))
        return there

    def _drop(self, line: TaskLine) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and line.isAncestorOf(focused):
            before = self.lines[-1].title if self.lines else self.field
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._rows.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _give(self) -> None:
        if self.field.text().strip():
            self.given.emit(self.field.text().strip())

    def _typed(self, text: str) -> None:
        self._say("")
        self.typed.emit(text.strip())

    def _say(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.field.set_wrong(bool(words))
        self.field.setAccessibleDescription(words)

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(6))
        self._rows.setSpacing(0)
        self._offers.setSpacing(0)
