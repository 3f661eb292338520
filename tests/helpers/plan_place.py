"""The Plan place in the real window, as a user meets it."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from assistant.domain.clock import FixedClock
from assistant.domain.ids import TaskId
from assistant.ui.plan.place import PlanPlace
from assistant.ui.plan.room import PlanRoom
from assistant.ui.plan.tasks.page import TasksPage
from assistant.ui.widgets.menu import Menu
from tests.helpers.desk import Sat

MIDWEEK = FixedClock(datetime(2026, 3, 4, 12).astimezone())
"""Noon of a Wednesday: a line such as “at 23:50” means the same at whatever hour the tests run."""
KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Plan:
    """The place as a user meets it."""

    def __init__(self, sat: Sat) -> None:
        self.sat = sat
        QTest.keyClick(sat.desk.window, KEY.Key_3, CTRL)
        place = sat.desk.window.place("plan")
        assert isinstance(place, PlanPlace)
        self.place = place
        self.room = next(one for one in sat.desk.window.findChildren(PlanRoom))
        self.bar = self.room.adding.bar

    def page(self, key: str) -> TasksPage:
        self.place.show_page(key)
        page = self.place.page(key)
        assert isinstance(page, TasksPage)
        self.sat.settle()
        return page

    def add(self, *lines: str) -> None:
        for line in lines:
            self.bar.field.setText(line)
            QTest.keyClick(self.bar.field, KEY.Key_Return)
            self.sat.bot.waitUntil(lambda: not self.bar.field.text())
        self.sat.settle()

    def press(
        self,
        page: TasksPage,
        key: Qt.Key,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        QTest.keyClick(page.list, key, held)
        self.sat.settle()

    def undo(self, *, redo: bool = False) -> None:
        QTest.keyClick(self.sat.desk.window, KEY.Key_Z, CTRL | SHIFT if redo else CTRL)
        self.sat.settle()

    def choose(self, words: str) -> None:
        menu = next(one for one in self.place.findChildren(Menu) if one.isVisible())
        action = next(one for one in menu.actions() if one.text() == words)
        action.trigger()
        menu.close()
        self.sat.settle()

    def select(self, page: TasksPage, *titles: str) -> list[TaskId]:
        """Selects tasks by the beginning of their titles; the keys are in the list."""
        rows = page.list.tasks.rows
        chosen = [
            row.task.id
            for title in titles
            for row in rows
            if row.task is not None and row.text.startswith(title)
        ]
        page.list.setFocus()
        page.list.select_all_of(chosen)
        return chosen

    def tree(self, page: TasksPage) -> list[str]:
        """The titles, each with a dot for every task that it is below."""
        return ["." * row.depth + row.text for row in page.list.tasks.rows]

    def titles(self, page: TasksPage) -> list[str]:
        return [row.text for row in page.list.tasks.rows]
