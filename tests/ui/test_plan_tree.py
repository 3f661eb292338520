"""Parts below their tasks, an order by hand, several tasks changed at once, projects."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assistant.domain.task import Priority
from assistant.domain.task_filter import TaskFilter
from assistant.ui.plan.tasks.carrying import carried
from assistant.ui.plan.tasks.projects import ProjectActions
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.popover import Popover
from assistant.ui.widgets.question import Question
from tests.helpers.desk import STORE_S, leave, saying, sit_down
from tests.helpers.plan_place import MIDWEEK, Plan

KEY = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def plan(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Plan]:
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."), MIDWEEK)
    yield Plan(sat)
    leave(sat)


def test_tasks_are_put_below_others_folded_and_taken_out(plan: Plan) -> None:
    page = plan.page("inbox")
    plan.add("move", "boxes", "tape", "van after tape")
    van = page.list.tasks.rows[3]
    assert van.waits == ("tape",)
    assert van.words == "van, waits for tape"
    plan.select(page, "boxes", "tape")
    plan.press(page, KEY.Key_Right, ALT)
    assert plan.tree(page) == ["move", ".boxes", ".tape", "van"]
    assert [task.title for task in page.list.selected()] == ["boxes", "tape"]
    plan.select(page, "tape")
    plan.press(page, KEY.Key_Right, ALT)
    assert plan.tree(page) == ["move", ".boxes", "..tape", "van"]
    assert page.list.tasks.rows[0].words == "move, 0 of 1 parts done"

    plan.select(page, "tape")
    plan.press(page, KEY.Key_Left)
    assert [task.title for task in page.list.selected()] == ["boxes"]
    plan.press(page, KEY.Key_Left)
    assert plan.tree(page) == ["move", ".boxes", "van"]
    assert page.list.tasks.rows[1].words == "boxes, 0 of 1 parts done, hidden"
    plan.press(page, KEY.Key_Right)
    assert plan.tree(page) == ["move", ".boxes", "..tape", "van"]
    area = page.list.visualRect(page.list.tasks.index(0))
    arrow = QPoint(area.left() + 10, area.center().y())
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=arrow)
    plan.sat.settle()
    assert plan.tree(page) == ["move", "van"]

    plan.select(page, "van")
    plan.press(page, KEY.Key_Right, ALT)  # what it is put below is unfolded
    assert plan.tree(page) == ["move", ".boxes", "..tape", ".van"]
    plan.select(page, "tape")
    plan.press(page, KEY.Key_Left, ALT)
    assert plan.tree(page) == ["move", ".boxes", ".tape", ".van"]
    for _ in range(4):
        plan.undo()
    assert plan.tree(page) == ["move", "boxes", "tape", "van"]


def test_what_is_folded_is_folded_after_the_next_start(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."), MIDWEEK)
    plan = Plan(sat)
    page = plan.page("inbox")
    plan.add("move", "boxes", "trip", "bags")
    for whole, part in (("move", "boxes"), ("trip", "bags")):
        plan.select(page, part)
        plan.press(page, KEY.Key_Right, ALT)
        plan.select(page, whole)
        plan.press(page, KEY.Key_Left)
    plan.select(page, "trip")
    plan.press(page, KEY.Key_Right)
    page.filter.setText("move")
    plan.sat.bot.waitUntil(lambda: plan.tree(page) == ["move"])
    page.filter.clear()
    plan.sat.bot.waitUntil(lambda: plan.tree(page) == ["move", "trip", ".bags"])
    leave(sat)
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."), MIDWEEK)
    plan = Plan(sat)
    assert plan.tree(plan.page("inbox")) == ["move", "trip", ".bags"]
    leave(sat)


def test_a_task_is_done_with_its_parts_once_that_is_agreed(plan: Plan) -> None:
    page = plan.page("inbox")
    plan.add("move", "boxes", "van")
    plan.select(page, "boxes")
    plan.press(page, KEY.Key_Right, ALT)
    plan.select(page, "move")
    plan.press(page, KEY.Key_Space)
    [question] = plan.sat.desk.window.findChildren(Question)
    question.no.click()
    plan.sat.settle()
    assert plan.tree(page) == ["move", ".boxes", "van"]
    plan.select(page, "move")
    plan.press(page, KEY.Key_Space)
    question = plan.sat.desk.window.findChildren(Question)[-1]
    question.yes.click()
    plan.sat.settle()
    assert plan.tree(page) == ["van"]
    plan.sat.desk.window.activateWindow()
    page.list.setFocus()
    plan.sat.bot.waitUntil(page.list.hasFocus)
    plan.undo()
    assert plan.tree(page) == ["move", ".boxes", "van"]


def test_an_order_by_hand_is_kept_and_undone(plan: Plan) -> None:
    page = plan.page("inbox")
    plan.add("one", "two", "three today")
    plan.select(page, "three")
    plan.press(page, KEY.Key_Up, ALT)
    plan.press(page, KEY.Key_Up, ALT)
    assert plan.titles(page) == ["three", "one", "two"]
    [chosen] = plan.select(page, "three")
    plan.press(page, KEY.Key_Down, ALT)
    assert plan.titles(page) == ["one", "three", "two"]

    area = page.list.visualRect(page.list.tasks.index(2))
    data, action = carried([chosen]), Qt.DropAction.MoveAction
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    spot = QPointF(area.center().x(), area.bottom() - 2)
    page.list.dragMoveEvent(QDragMoveEvent(spot.toPoint(), action, data, left, plain))
    lit = page.list.grab().toImage()
    page.list.dragLeaveEvent(QDragLeaveEvent())
    assert page.list.grab().toImage() != lit
    page.list.dropEvent(QDropEvent(spot, action, data, left, plain))
    plan.sat.settle()
    assert plan.titles(page) == ["one", "two", "three"]
    plan.undo()
    assert plan.titles(page) == ["one", "three", "two"]

    today = plan.page("today")
    assert not today.list.acceptDrops()
    plan.select(today, "three")
    plan.press(today, KEY.Key_Up, ALT)
    assert plan.titles(plan.page("inbox")) == ["one", "three", "two"]
    said = [toast.accessibleName() for toast in plan.sat.desk.window.toasts.toasts()]
    assert any("an order of your own" in words for words in said)
    page.filter.setText("t")
    plan.sat.bot.waitUntil(lambda: "one" not in plan.titles(page))
    assert not page.list.acceptDrops()


def test_several_tasks_are_given_the_same_by_one_line_as_one_step(plan: Plan) -> None:
    page = plan.page("inbox")
    plan.add("one", "two", "three")
    plan.select(page, "one")
    assert page.selected.isHidden()
    plan.select(page, "one", "three")
    bar, bot = page.selected, plan.sat.bot
    assert bar.isVisible()
    bar.field.setFocus()
    QTest.keyClicks(bar.field, "by fri !high #chem")
    bot.waitUntil(lambda: "priority High" in bar.said)
    QTest.keyClick(bar.field, KEY.Key_Return)
    plan.sat.settle()
    planning = plan.sat.desk.core.planning
    high = TaskFilter(priorities=frozenset({Priority.HIGH}), tags=("chem",), has_date=True)
    assert [task.title for task in planning.tasks.find(high).result(STORE_S)] == ["one", "three"]
    assert [task.title for task in page.list.selected()] == ["one", "three"]
    plan.undo()
    assert planning.tasks.find(high).result(STORE_S) == ()

    bar.field.setFocus()
    QTest.keyClicks(bar.field, "read by fri")
    bot.waitUntil(lambda: "read" in bar.said)
    QTest.keyClick(bar.field, KEY.Key_Return)
    plan.sat.settle()
    assert "several tasks" in bar.said
    QTest.keyClick(bar.field, KEY.Key_Escape)
    assert bar.field.text() == ""
    QTest.keyClick(bar.field, KEY.Key_Escape)
    assert (bar.isHidden(), len(page.list.selected())) == (True, 1)
    assert page.list.hasFocus()
    plan.press(page, KEY.Key_C)
    assert any(card.isVisible() for card in page.findChildren(Popover))


def test_projects_are_named_archived_and_brought_back(plan: Plan) -> None:
    plan.add("essay +School", "wash +Home")
    plan.place.sections.projects[0].click()
    plan.sat.settle()
    page = plan.page("project")
    made = plan.room.tasks("project")
    assert made is not None
    actions = made.project_actions

    def names() -> list[str]:
        return [row.project.name for row in plan.place.sections.projects]

    def choose(words: str) -> None:
        actions.open(made.project, page)
        plan.sat.settle()
        plan.choose(words)

    choose("Rename")
    write(actions, "HOME")
    plan.sat.settle()
    assert "already" in said(actions)
    write(actions, "College")
    plan.sat.settle()
    assert names() == ["College", "Home"]
    plan.undo()
    assert names() == ["School", "Home"]
    choose("Archive")
    assert names() == ["Home"]
    assert plan.place.current == "inbox"
    choose("Bring back School")
    assert names() == ["School", "Home"]
    choose("New project")
    write(actions, "Garden")
    plan.sat.settle()
    assert names() == ["School", "Home", "Garden"]
    plan.place.sections.projects[0].click()
    plan.sat.settle()
    choose("Delete, and keep its tasks in the inbox")
    assert plan.titles(plan.page("inbox")) == ["essay"]
    plan.undo()
    assert names() == ["School", "Home", "Garden"]


def write(actions: ProjectActions, name: str) -> None:
    """Writes a name into the card that asks for one."""
    field = actions.field
    assert field is not None
    field.field.setText(name)
    QTest.keyClick(field.field, KEY.Key_Return)


def said(actions: ProjectActions) -> str:
    return "" if actions.field is None else actions.field.error()
