"""The order of lists in the real window: chosen from a menu, remembered per list, undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from assistant.domain.task_filter import Order
from assistant.ui.plan.tasks.page import TasksPage
from assistant.ui.theme.theme import Theme
from tests.helpers.desk import leave, saying, sit_down
from tests.helpers.plan_place import MIDWEEK, Plan

KEY = Qt.Key


@pytest.fixture
def plan(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Plan]:
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."), MIDWEEK)
    yield Plan(sat)
    leave(sat)


def choose(plan: Plan, key: str, words: str) -> None:
    made = plan.room.tasks(key)
    assert made is not None
    made.ordering.button.click()
    plan.choose(words)


def shows(plan: Plan, page: TasksPage, *titles: str) -> None:
    plan.sat.bot.waitUntil(lambda: plan.titles(page) == list(titles))


def test_the_inbox_stands_by_what_to_do_first_where_that_is_chosen(plan: Plan) -> None:
    page = plan.page("inbox")
    plan.add("sort box", "pay rent !urgent", "file papers by yesterday")
    shows(plan, page, "sort box", "pay rent", "file papers")
    ordering = plan.room.tasks("inbox")
    assert ordering is not None
    assert ordering.ordering.button.accessibleName() == "Order: by hand"
    choose(plan, "inbox", "What to do first")
    shows(plan, page, "file papers", "pay rent", "sort box")
    assert ordering.ordering.button.accessibleName() == "Order: what to do first"
    assert not page.list.acceptDrops()
    page.filter.setText("pa")
    shows(plan, page, "file papers", "pay rent")
    page.filter.setText("")
    shows(plan, page, "file papers", "pay rent", "sort box")
    choose(plan, "inbox", "Newest first")
    shows(plan, page, "file papers", "pay rent", "sort box")
    choose(plan, "inbox", "By hand")
    shows(plan, page, "sort box", "pay rent", "file papers")
    assert page.list.acceptDrops()
    plan.select(page, "sort")
    plan.press(page, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    shows(plan, page, "pay rent", "sort box", "file papers")


def test_the_day_is_one_list_by_what_to_do_first(plan: Plan) -> None:
    page = plan.page("today")
    plan.add("call Mum at 23:50", "read today", "pay rent today !urgent", "old form by yesterday")
    plan.sat.bot.waitUntil(lambda: "Overdue" in plan.titles(page))
    choose(plan, "today", "What to do first")
    begun = ["At a set time", "call Mum", "What to do first"]
    shows(plan, page, *begun, "pay rent", "old form", "read")
    plan.select(page, "pay")
    plan.press(page, KEY.Key_Space)
    shows(plan, page, *begun, "old form", "read", "Done today", "pay rent")
    page = plan.page("upcoming")
    choose(plan, "upcoming", "What to do first")
    plan.sat.bot.waitUntil(lambda: "What to do first" in plan.titles(page))


def test_every_list_keeps_its_own_order_and_undoing_gives_the_last_one_back(plan: Plan) -> None:
    plan.add("paint +Home", "mend fence +Home !urgent", "read +School", "write +School !urgent")
    page = plan.page("inbox")
    settings = plan.sat.desk.core.planning.settings
    home, school = plan.place.sections.projects
    plan.place.project_wanted.emit(home.project.id)
    page = plan.place.page("project")
    assert isinstance(page, TasksPage)
    shows(plan, page, "paint", "mend fence")
    choose(plan, "project", "What to do first")
    shows(plan, page, "mend fence", "paint")
    plan.place.project_wanted.emit(school.project.id)
    shows(plan, page, "read", "write")
    plan.place.project_wanted.emit(home.project.id)
    shows(plan, page, "mend fence", "paint")
    kept = settings.order_of(f"project:{home.project.id}")
    assert kept.result(60) is Order.FIRST
    window = plan.sat.desk.window
    window.activateWindow()  # the menu had the keys
    page.list.setFocus()
    plan.sat.bot.waitUntil(page.list.hasFocus)
    plan.undo()
    shows(plan, page, "paint", "mend fence")
