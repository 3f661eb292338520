"""Tasks in the real window: written in words, listed, changed by keys, undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from assistant.domain.task import Priority, TaskState
from assistant.domain.task_filter import TaskFilter
from assistant.ui.plan.setup.page import SetupPage
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from tests.helpers.desk import leave, saying, sit_down
from tests.helpers.plan_place import MIDWEEK, Plan

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def plan(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Plan]:
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."), MIDWEEK)
    yield Plan(sat)
    leave(sat)


def test_a_line_is_marked_while_it_is_written_and_its_chips_correct_it(plan: Plan) -> None:
    bot, bar = plan.sat.bot, plan.bar
    QTest.keyClick(plan.sat.desk.window, KEY.Key_Q)
    bot.waitUntil(bar.field.hasFocus)
    QTest.keyClicks(bar.field, "report by friday ~20m !high")
    bot.waitUntil(lambda: len(bar.chips) == 4)
    assert bar.field.marks() == [(7, 16), (17, 21), (22, 27)]
    assert bar.chips[2].accessibleName() == "about 20\u00a0min"

    bar.chips[2].click()
    plan.choose("30\u00a0min")
    assert bar.field.text() == "report by friday ~30min !high"
    bot.waitUntil(lambda: len(bar.chips) == 4)
    bar.chips[1].click()
    plan.choose("Only words of the title")
    bot.waitUntil(lambda: len(bar.chips) == 3)
    assert bar.chips[0].text() == "report by friday"
    words = plan.sat.desk.core.planning.words
    assert words.vocabulary().result(60).entries == ()

    bar.chips[2].click()
    plan.choose("Low")
    assert bar.field.text() == "report by friday ~30min !low"
    bot.waitUntil(lambda: bool(bar.chips) and bar.chips[-1].accessibleName() == "priority Low")
    bar.chips[-1].click()
    plan.choose("Take it out")
    assert bar.field.text() == "report by friday ~30min"
    QTest.keyClick(bar.field, KEY.Key_Return)
    plan.sat.settle()
    assert "report by friday" in plan.titles(plan.page("inbox"))
    assert words.vocabulary().result(60).entries == ()
    QTest.keyClick(bar.field, KEY.Key_Escape)
    assert (bar.field.text(), bar.chips) == ("", [])
    plan.add("milk")
    bar.field.setText("x" * 3999)
    QTest.keyClick(bar.field, KEY.Key_Return)
    bot.waitUntil(lambda: bool(bar.problem))
    assert "long" in bar.problem


def test_a_length_that_cannot_be_is_refused_beside_the_field(plan: Plan) -> None:
    bot, bar = plan.sat.bot, plan.bar
    bar.field.setText("essay ~-3h")
    bot.waitUntil(lambda: "“~-3h” is no length" in bar.problem)
    assert "~2h" in bar.problem
    QTest.keyClick(bar.field, KEY.Key_Return)
    plan.sat.settle()
    assert plan.titles(plan.page("inbox")) == []
    bar.field.setText("essay ~3h")
    bot.waitUntil(lambda: len(bar.chips) == 2)
    assert bar.problem == ""


def test_tasks_are_changed_ended_and_undone_by_keys(plan: Plan) -> None:
    page = plan.page("inbox")
    assert page.list.isHidden()
    plan.add("buy milk", "call Mum today !low", "write essay +School by tomorrow ~2h #uni")
    assert plan.titles(page) == ["buy milk", "call Mum"]
    assert [row.project.name for row in plan.place.sections.projects] == ["School"]

    page.list.setFocus()
    page.list.select_near(0)
    QTest.keyClick(page.list, KEY.Key_Down)
    assert [task.title for task in page.list.selected()] == ["call Mum"]
    plan.press(page, KEY.Key_P)
    plan.choose("Urgent")
    (called,) = [row.task for row in page.list.tasks.rows if row.text == "call Mum"]
    assert called is not None
    assert called.priority is Priority.URGENT

    plan.press(page, KEY.Key_F2)
    editor = page.list.findChild(QLineEdit)
    assert editor is not None
    editor.setText("call  Dad")
    QTest.keyClick(editor, KEY.Key_Return)
    plan.sat.settle()
    assert plan.titles(page) == ["buy milk", "call Dad"]
    for key, words in ((KEY.Key_E, "45\u00a0min"), (KEY.Key_D, "Tomorrow"), (KEY.Key_M, "School")):
        page.list.select(called.id)
        plan.press(page, key)
        plan.choose(words)
    assert plan.titles(page) == ["buy milk"]

    page.list.setFocus()
    plan.press(page, KEY.Key_Space)
    assert plan.titles(page) == []
    assert plan.sat.desk.window.toasts.toasts()[-1].accessibleName() == "“buy milk” is done."
    plan.undo()
    assert plan.titles(page) == ["buy milk"]
    plan.undo(redo=True)
    assert plan.titles(page) == []
    plan.undo()
    page.list.setFocus()
    page.list.select_near(0)
    plan.press(page, KEY.Key_Delete)
    assert plan.titles(page) == []
    plan.undo()
    assert plan.titles(page) == ["buy milk"]


def test_a_notice_takes_back_just_what_it_tells_of(plan: Plan) -> None:
    toasts = plan.sat.desk.window.toasts
    plan.add("alpha", "beta")
    page = plan.page("inbox")
    plan.select(page, "alpha")
    plan.press(page, KEY.Key_Delete)
    deleted = toasts.toasts()[-1]
    plan.sat.desk.core.planning.adding.add_line("gamma").result(60)
    plan.sat.settle()
    deleted.acted.emit()
    plan.sat.settle()
    assert plan.titles(page) == ["beta", "gamma"]
    told = toasts.toasts()[-1].accessibleName()
    assert "no longer the last" in told
    assert "Add “gamma”" in told

    plan.select(page, "gamma")
    plan.press(page, KEY.Key_Delete)
    toasts.toasts()[-1].acted.emit()
    plan.sat.settle()
    assert plan.titles(page) == ["beta", "gamma"]


def test_what_changed_nothing_offers_no_way_back(plan: Plan) -> None:
    planning, toasts = plan.sat.desk.core.planning, plan.sat.desk.window.toasts
    planning.settings.set_custom("focus_min", 90).result(60)
    plan.place.show_page("setup")
    setup = plan.place.page("setup")
    assert isinstance(setup, SetupPage)
    plan.sat.settle()
    plan.add("beta")
    for words, buttons in (("90 min", []), ("60 min", ["Undo"])):
        setup.customs.length_set.emit("focus_min", words)
        plan.sat.settle()
        toast = toasts.toasts()[-1]
        assert toast.accessibleName() == "The next plan goes by it."
        assert [one.text() for one in toast.findChildren(Button)] == buttons


def test_pages_list_by_day_and_project_and_are_filtered(plan: Plan) -> None:
    plan.add("call Mum today", "essay +School by tomorrow", "old thing by 3 january 2020", "milk")
    today = plan.page("today")
    assert plan.titles(today) == ["Due today", "call Mum", "Overdue", "old thing"]
    assert today.list.tasks.rows[3].late
    area = today.list.visualRect(today.list.tasks.index(1))
    spot = QPoint(area.left() + 16, area.center().y())
    QTest.mouseClick(today.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    plan.sat.settle()
    done = ["Overdue", "old thing", "Done today", "call Mum"]
    plan.sat.bot.waitUntil(lambda: plan.titles(today) == done)
    assert today.list.tasks.rows[3].words.startswith("call Mum, done")

    upcoming = plan.page("upcoming")
    assert plan.titles(upcoming)[1] == "essay"
    upcoming.filter.setText("milk")
    plan.sat.bot.waitUntil(lambda: plan.titles(upcoming) == ["milk"])
    upcoming.filter.setText("nothing like it")
    plan.sat.bot.waitUntil(lambda: plan.titles(upcoming) == [])
    upcoming.filter.clear()
    plan.sat.bot.waitUntil(lambda: len(plan.titles(upcoming)) == 2)

    plan.place.sections.projects[0].click()
    plan.sat.settle()
    project = plan.page("project")
    assert plan.place.current == "project"
    plan.add("read chapter")
    assert plan.titles(project)[-1] == "read chapter"
    planning = plan.sat.desk.core.planning
    project.list.select_near(0)
    project.list.asked.emit("more", QPoint(5, 5))
    plan.choose("Begun")
    doing = TaskFilter(states=frozenset({TaskState.DOING}))
    assert [task.title for task in planning.tasks.find(doing).result(60)] == ["essay"]
    project.list.asked.emit("more", QPoint(5, 5))
    plan.choose("Drop")
    assert "essay" not in plan.titles(project)

    plan.sat.desk.window.resize(900, 600)
    plan.sat.bot.waitUntil(plan.place.chooser.isVisible)
    plan.place.chooser.click()
    plan.choose("Inbox")
    assert plan.place.current == "inbox"


def test_the_ring_around_the_way_to_other_pages_is_clear_of_the_line(plan: Plan) -> None:
    plan.page("today")
    plan.sat.desk.window.resize(900, 600)
    chooser, field = plan.place.chooser, plan.bar.field
    plan.sat.bot.waitUntil(chooser.isVisible)

    def gap() -> int:
        """Between the ring around the way to the other pages and the line for adding."""
        ring = chooser.focus_shape()[0].translated(chooser.mapTo(plan.place, QPoint()))
        return field.mapTo(plan.place, QPoint()).y() - ring.bottom()

    plan.sat.bot.waitUntil(lambda: gap() > 6)
