"""Menus that change the selected tasks: by when, how much they matter, where they belong."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from assistant.domain.ids import ProjectId
from assistant.domain.task import Due, Priority, Project, Task, TaskState
from assistant.ui.plan.tasks.moving import Way
from assistant.ui.plan.words import PRIORITY_WORDS, day_words, length_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.menu import Menu
from assistant.ui.widgets.popover import Popover

Change = Callable[[Task], Task]
_LENGTHS = (15, 30, 45, 60, 90, 120, 180, 240)
_WEEK = 7


class TaskChoices(QObject):
    """Opens the menus; what is chosen is told as a change.

    Args:
        theme: The theme in force.
        owner: The widget over which they open.
    """

    changed = Signal(object, str)
    """A ``Change`` of each selected task, and what it does in words."""
    state_wanted = Signal(object)
    """A ``TaskState`` that is not ended."""
    line_given = Signal(str)
    """A piece of a line whose parts take the place of what the tasks had."""
    ended = Signal()
    """They shall be done, or opened again."""
    dropped = Signal()
    deleted = Signal()
    rename_wanted = Signal()
    open_wanted = Signal()
    clock_wanted = Signal()
    """All of the task shall be shown."""
    moved = Signal(object)
    """A ``Way`` in which they shall go."""

    def __init__(self, theme: Theme, owner: QWidget) -> None:
        super().__init__(owner)
        self._theme = theme
        self._owner = owner

    def open_due(self, now: datetime, at: QPoint) -> None:
        """By when."""
        menu = self._menu("Due")
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        ahead = (_WEEK - now.weekday()) or _WEEK
        for days in sorted({0, 1, 2, ahead, _WEEK}):
            day = midnight + timedelta(days=days)
            words = day_words(day.date(), now.date())
            menu.add(words, lambda day=day: self._due(Due(day)), icon="flag")
        menu.add("No date", lambda: self._due(None), icon="x")
        menu.addSeparator()
        menu.add("Another day, in words", lambda: self._ask_line("by friday 17:00", at))
        menu.open_at(at)

    def open_priority(self, at: QPoint) -> None:
        """How much they matter."""
        menu = self._menu("Priority")
        for priority, words in PRIORITY_WORDS.items():
            menu.add(words, lambda priority=priority: self._priority(priority), icon="signal")
        menu.add("None", lambda: self._priority(None), icon="x")
        menu.open_at(at)

    def open_project(self, projects: Sequence[Project], at: QPoint) -> None:
        """Where they belong."""
        menu = self._menu("Project")
        menu.add("Inbox", lambda: self._project(None), icon="inbox")
        for project in projects:
            name = project.name.replace("&", "&&")
            menu.add(name, lambda project=project: self._project(project.id), icon="folder")
        menu.addSeparator()
        menu.add("A new project", lambda: self._ask_line("+Name of the project", at), icon="plus")
        menu.open_at(at)

    def open_estimate(self, at: QPoint) -> None:
        """How long they take."""
        menu = self._menu("Takes")
        for minutes in _LENGTHS:
            words = length_words(minutes)
            menu.add(words, lambda minutes=minutes: self._estimate(minutes), icon="timer")
        menu.add("Not known", lambda: self._estimate(None), icon="x")
        menu.open_at(at)

    def ask_words(self, at: QPoint) -> None:
        """What they shall have, in a piece of a line."""
        self._ask_line("fri 5pm !high #chem ~2h", at)

    def open_more(
        self,
        tasks: Sequence[Task],
        open_: Callable[[str, QPoint], None],
        at: QPoint,
        ways: Sequence[Way] = (),
    ) -> None:
        """All that can be done with them.

        Args:
            tasks: Which.
            open_: Opens one of the other menus by its name.
            at: Where.
            ways: In which directions they can be moved.
        """
        menu = self._menu("Task")
        is_open = any(task.is_open for task in tasks)
        if len(tasks) == 1:
            menu.add("Open", self.open_wanted.emit, icon="square-pen", shortcut="Return")
        menu.add(
            "Done" if is_open else "Open again", self.ended.emit, icon="check", shortcut="Space"
        )
        if len(tasks) == 1 and is_open:
            menu.add("Start or stop the clock", self.clock_wanted.emit, icon="play", shortcut="S")
        if len(tasks) == 1:
            menu.add("Rename", self.rename_wanted.emit, icon="pencil", shortcut="F2")
        menu.addSeparator()
        for name, words, icon, key in (
            ("due", "Due", "flag", "D"),
            ("priority", "Priority", "signal", "P"),
            ("project", "Project", "folder", "M"),
            ("estimate", "Takes", "timer", "E"),
        ):
            menu.add(words, lambda name=name: open_(name, at), icon=icon, shortcut=key)
        menu.add("Change in words", lambda: open_("words", at), icon="text-cursor", shortcut="C")
        menu.addSeparator()
        self._add_ways(menu, ways)
        for state, words, icon in (
            (TaskState.DOING, "Begun", "play"),
            (TaskState.WAITING, "Waiting for someone", "clock"),
            (TaskState.OPEN, "Not begun", "circle"),
        ):
            menu.add(words, lambda state=state: self.state_wanted.emit(state), icon=icon)
        menu.addSeparator()
        menu.add("Drop", self.dropped.emit, icon="circle-x")
        menu.add("Delete", self.deleted.emit, icon="trash-2", shortcut="Del", destructive=True)
        menu.open_at(at)

    def _add_ways(self, menu: Menu, ways: Sequence[Way]) -> None:
        for way, words, icon, key in (
            (Way.UP, "Move up", "arrow-up", "Alt+Up"),
            (Way.DOWN, "Move down", "arrow-down", "Alt+Down"),
            (Way.IN, "Make a part of the one above", "chevron-right", "Alt+Right"),
            (Way.OUT, "Take out of what it is part of", "chevron-left", "Alt+Left"),
        ):
            if way in ways:
                menu.add(words, lambda way=way: self.moved.emit(way), icon=icon, shortcut=key)
        if ways:
            menu.addSeparator()

    def _menu(self, name: str) -> Menu:
        menu = Menu(self._theme, name, self._owner)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _tell(self, words: str, change: Change) -> None:
        self.changed.emit(change, words)

    def _due(self, due: Due | None) -> None:
        self._tell("Change when it is due", lambda task: replace(task, due=due))

    def _priority(self, priority: Priority | None) -> None:
        self._tell("Change the priority", lambda task: replace(task, priority=priority))

    def _project(self, project: ProjectId | None) -> None:
        self._tell("Move to another project", lambda task: replace(task, project=project))

    def _estimate(self, minutes: int | None) -> None:
        self._tell("Change the estimate", lambda task: replace(task, estimate_min=minutes))

    def _ask_line(self, example: str, at: QPoint) -> None:
        field = LineField(self._theme, "In your own words", example)
        field.setMinimumWidth(self._theme.px(260))
        card = Popover(self._theme, "In your own words", field, parent=self._owner)
        field.returnPressed.connect(card.close)
        field.returnPressed.connect(lambda: self._give(field.text()))
        card.open_at(self._owner)
        card.move(at)
        field.setFocus()

    def _give(self, text: str) -> None:
        if text.strip():
            self.line_given.emit(text)
