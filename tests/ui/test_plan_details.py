"""One task in its panel: all that is said of it, changed there by keys, and undone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.ids import TaskId
from assistant.domain.task import Priority, Repeat, Task
from assistant.domain.task_filter import TaskFilter
from assistant.ui.plan.details.panel import DetailsPanel
from assistant.ui.plan.tasks.page import TasksPage
from assistant.ui.theme.theme import Theme
from tests.helpers.desk import STORE_S, leave, saying, sit_down
from tests.helpers.plan_place import Plan

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def plan(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Plan]:
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."))
    sat.desk.window.activateWindow()
    qtbot.waitUntil(sat.desk.window.isActiveWindow)
    yield Plan(sat)
    leave(sat)


def open_task(plan: Plan, page: TasksPage, title: str) -> DetailsPanel:
    """Opens a task with Enter."""
    plan.select(page, title)
    plan.press(page, KEY.Key_Return)
    panel = page.findChild(DetailsPanel)
    assert panel is not None
    assert panel.is_open()
    return panel


def task_of(plan: Plan, title: str) -> Task:
    [found] = plan.sat.desk.core.planning.tasks.find(
        TaskFilter(states=None, words=(title,))
    ).result(STORE_S)
    return found


def write(plan: Plan, field: QWidget, text: str) -> None:
    """Writes into a field and presses Enter."""
    field.setFocus()
    plan.sat.bot.waitUntil(field.hasFocus)
    QTest.keySequence(field, "Ctrl+A")
    QTest.keyClicks(field, text) if text else QTest.keyClick(field, KEY.Key_Delete)
    QTest.keyClick(field, KEY.Key_Return)
    plan.sat.settle()


def test_days_left_out_are_shown_and_written_anew(plan: Plan) -> None:
    page = plan.page("inbox")
    plan.add("gym every day, not 2031-05-02")
    field = open_task(plan, page, "gym").facts.fields["repeat"]
    assert field.field.text() == "every day, not 2 May 2031"
    write(plan, field.field, "every day, not 2 and 4 may 2031")
    assert field.problem == ""
    assert field.field.text() == "every day, not 2 May 2031 and 4 May 2031"
    repeat = task_of(plan, "gym").repeat
    assert repeat is not None
    assert [day.day for day in repeat.left_out] == [2, 4]
    write(plan, field.field, "every day")
    assert task_of(plan, "gym").repeat == Repeat("FREQ=DAILY")


def test_what_is_written_is_kept_and_undone(plan: Plan) -> None:
    page = plan.page("inbox")
    plan.add("essay on bees")
    panel = open_task(plan, page, "essay")
    assert panel.title.hasFocus()
    write(plan, panel.title, "essay on wasps")
    assert plan.titles(page) == ["essay on wasps"]
    fields = panel.facts.fields
    for key, text in (
        ("due", "by 2031-05-02 17:00"),
        ("estimate", "1h 30m"),
        ("repeat", "every other week"),
        ("tags", "#bees, exam"),
        ("place", "@library"),
    ):
        write(plan, fields[key].field, text)
        assert fields[key].problem == ""
    task = task_of(plan, "wasps")
    assert task.due is not None
    assert (task.due.moment.day, task.due.moment.hour) == (2, 17)
    assert (task.estimate_min, task.tags, task.place) == (90, ("bees", "exam"), "library")
    assert task.repeat is not None
    assert fields["repeat"].field.text() == "every 2 weeks"
    assert fields["tags"].field.text() == "#bees #exam"
    assert fields["due"].field.text() == "Fri 2 May 2031, 17:00"
    write(plan, fields["start"].field, "2031-04-01 10:00")
    assert task_of(plan, "wasps").fixed_start is not None
    for key in fields:
        write(plan, fields[key].field, "")
    bare = task_of(plan, "wasps")
    assert (bare.due, bare.fixed_start, bare.repeat, bare.tags, bare.place) == (
        *(None, None, None),
        (),
        "",
    )

    panel.facts.priority.setCurrentIndex(1)
    panel.facts.priority.activated.emit(1)
    panel.notes.setFocus()
    QTest.keyClicks(panel.notes, "They sting.")
    QTest.keyClick(panel.notes, KEY.Key_Return)
    QTest.keyClicks(panel.notes, "All summer.")
    page.list.setFocus()
    plan.sat.settle()
    kept = task_of(plan, "wasps")
    assert (kept.notes, kept.priority) == ("They sting.\nAll summer.", Priority.URGENT)
    plan.undo()
    assert task_of(plan, "wasps").notes == ""
    assert panel.notes.toPlainText() == ""
    plan.undo(redo=True)
    assert panel.notes.toPlainText() == "They sting.\nAll summer."


def test_what_cannot_be_read_stays_to_be_mended(plan: Plan) -> None:
    page = plan.page("inbox")
    plan.add("essay", "other")
    panel = open_task(plan, page, "essay")
    due = panel.facts.fields["due"]
    write(plan, due.field, "blue")
    assert "“blue” cannot be read." in due.problem
    assert due.field.text() == "blue"
    plan.add("third")  # what happens elsewhere leaves it there
    assert due.field.text() == "blue"
    due.field.setFocus()
    QTest.keyClick(due.field, KEY.Key_Escape)
    assert (due.problem, due.field.text(), panel.is_open()) == ("", "", True)
    panel.title.setFocus()
    panel.title.setPlainText("")
    page.list.setFocus()
    plan.sat.settle()
    assert panel.title.toPlainText() == "essay"
    plan.select(page, "other")
    plan.sat.settle()
    assert panel.title.toPlainText() == "other"
    panel.notes.setFocus()
    QTest.keyClicks(panel.notes, "of the other")
    plan.select(page, "essay")
    plan.sat.settle()
    assert (task_of(plan, "other").notes, task_of(plan, "essay").notes) == ("of the other", "")
    panel.title.setFocus()
    QTest.keyClick(panel.title, KEY.Key_Escape)
    assert not panel.is_open()


def test_parts_are_added_ticked_and_opened(plan: Plan) -> None:
    page = plan.page("inbox")
    plan.add("move +Home")
    plan.place.sections.projects[0].click()
    plan.sat.settle()
    page = plan.page("project")
    panel = open_task(plan, page, "move")
    write(plan, panel.parts.field, "boxes ~3h")
    write(plan, panel.parts.field, "van")
    assert plan.tree(page) == ["move", ".boxes", ".van"]
    assert panel.parts.field.text() == ""
    assert [line.title.accessibleName() for line in panel.parts.lines] == [
        "Open “boxes”",
        "Open “van”",
    ]
    box = panel.parts.lines[0].box
    assert box.accessibleName() == "Done: boxes"
    box.setFocus()
    QTest.keyClick(box, KEY.Key_Space)
    plan.sat.settle()
    assert box.isChecked()
    assert plan.tree(page) == ["move", ".van"]
    assert page.list.tasks.rows[0].parts == (1, 2)
    panel.parts.lines[0].box.click()
    plan.sat.settle()
    assert plan.tree(page) == ["move", ".boxes", ".van"]
    panel.parts.lines[1].title.click()
    plan.sat.settle()
    assert panel.title.toPlainText() == "van"
    assert panel.above.title.isVisible()
    panel.above.title.click()
    plan.sat.settle()
    assert panel.title.toPlainText() == "move"
    panel.parts.lines[0].title.click()
    plan.sat.settle()
    panel.delete.click()
    plan.sat.settle()
    assert not panel.is_open()
    assert page.list.hasFocus()
    assert plan.tree(page) == ["move", ".van"]
    plan.undo()
    assert plan.tree(page) == ["move", ".boxes", ".van"]


def test_what_comes_first_is_named_and_circles_are_refused(plan: Plan) -> None:
    page = plan.page("inbox")
    plan.add("buy book", "buy bread", "write essay")
    panel = open_task(plan, page, "write")
    firsts, bot = panel.firsts, plan.sat.bot
    firsts.field.setFocus()
    QTest.keyClicks(firsts.field, "buy")
    bot.waitUntil(lambda: len(firsts.offers) == 2)
    QTest.keyClick(firsts.field, KEY.Key_Return)
    plan.sat.settle()
    assert "2 tasks are called like “buy”." in firsts.problem
    next(one for one in firsts.offers if "bread" in one.accessibleName()).click()
    plan.sat.settle()
    assert [line.title.accessibleName() for line in firsts.lines] == ["Open “buy bread”"]
    write(plan, firsts.field, "buy BOOK")
    assert len(firsts.lines) == 2
    assert firsts.offers == []
    write(plan, firsts.field, "nothing")
    assert "There is no open task called “nothing”." in firsts.problem
    assert page.list.tasks.rows[2].waits == ("buy bread", "buy book")
    firsts.lines[0].cross.click()
    plan.sat.settle()
    assert page.list.tasks.rows[2].waits == ("buy book",)

    firsts.lines[0].title.click()
    plan.sat.settle()
    assert panel.title.toPlainText() == "buy book"
    assert panel.later.lines[0].title.accessibleName() == "Open “write essay”"
    write(plan, firsts.field, "essay")
    assert "“buy book” waits for “write essay”, and that waits for “buy book”" in firsts.problem
    assert task_of(plan, "book").waits_for == ()


def test_time_is_told_and_tracked(plan: Plan) -> None:
    page = plan.page("inbox")
    plan.add("essay")
    planning = plan.sat.desk.core.planning
    task = task_of(plan, "essay").id
    now = planning.now()
    planning.timing.log(task, now - timedelta(hours=3), now - timedelta(hours=2)).result(STORE_S)
    panel = open_task(plan, page, "essay")
    assert panel.logged.text() == "1\u00a0h logged"
    assert panel.track.accessibleName() == "Start the clock"
    panel.track.click()
    plan.sat.settle()
    assert "running since" in panel.logged.text()
    panel.track.click()
    plan.sat.settle()
    assert panel.track.text() == "Start"
    assert planning.timing.running().result(STORE_S) is None


def test_a_task_is_opened_by_the_mouse_and_from_the_board(plan: Plan) -> None:
    page = plan.page("inbox")
    plan.add("essay", "bread")
    area = page.list.visualRect(page.list.tasks.index(0))
    spot = QPoint(area.right() - 12, area.center().y())
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    plan.sat.settle()
    panel = page.findChild(DetailsPanel)
    assert panel is not None
    assert panel.title.toPlainText() == "essay"
    assert not panel.is_over()
    area = page.list.visualRect(page.list.tasks.index(1))
    spot = QPoint(area.left() + 60, area.center().y())
    QTest.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    plan.sat.settle()
    assert panel.title.toPlainText() == "bread"
    plan.sat.desk.window.resize(900, 600)
    plan.sat.bot.waitUntil(panel.is_over)
    ids = [TaskId(task_of(plan, "bread").id)]
    planning = plan.sat.desk.core.planning
    planning.tasks.edit(ids, lambda one: replace(one, title="brown bread")).result(STORE_S)
    plan.sat.settle()
    assert panel.title.toPlainText() == "brown bread"
    planning.tasks.delete(ids).result(STORE_S)
    plan.sat.settle()
    assert not panel.is_open()


def test_the_box_stands_beside_the_first_line_of_the_title(plan: Plan) -> None:
    page = plan.page("inbox")
    plan.add("one", "so much is to be said here that it needs some lines more than one " * 3)
    for title in plan.titles(page):
        panel = open_task(plan, page, title)
        plan.sat.settle()
        panel.title.moveCursor(QTextCursor.MoveOperation.Start)
        line = panel.title.viewport().mapTo(panel, panel.title.cursorRect().center())
        assert abs(panel.box.mapTo(panel, panel.box.rect().center()).y() - line.y()) <= 2


def name_of(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def test_tab_goes_through_all_of_it_from_the_top(plan: Plan) -> None:
    page = plan.page("inbox")
    plan.add("move", "boxes", "van")
    plan.select(page, "boxes")
    plan.press(page, KEY.Key_Right, ALT)
    plan.select(page, "van")
    plan.press(page, KEY.Key_Right, ALT)
    panel = open_task(plan, page, "van")
    page.list.setFocus()
    passed: list[str] = []
    for _ in range(40):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, KEY.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        if not panel.isAncestorOf(focused):
            break
        assert name_of(focused)
        passed.append(name_of(focused))
    assert passed == [
        "Close task",
        "Open “move”",
        "Done",
        "Title",
        "Due",
        "Starts",
        "Takes",
        "Repeats",
        "Priority",
        "Project",
        "Tags",
        "Place",
        "Notes",
        "Add a part",
        "Add what comes first",
        "Start the clock",
        "Delete",
    ]


def test_what_waits_for_a_task_is_not_offered_to_be_waited_for(plan: Plan) -> None:
    page = plan.page("inbox")
    plan.add("buy book", 'buy ink after "buy book"', 'buy paper after "buy ink"', "buy bread")
    panel = open_task(plan, page, "buy book")
    firsts = panel.firsts
    firsts.field.setFocus()
    QTest.keyClicks(firsts.field, "buy")
    plan.sat.bot.waitUntil(lambda: bool(firsts.offers))
    plan.sat.settle()
    (offer,) = firsts.offers
    assert "bread" in offer.accessibleName()


def test_examples_in_the_card_do_not_look_like_values(plan: Plan) -> None:
    page = plan.page("inbox")
    plan.add("buy book")
    panel = open_task(plan, page, "buy book")
    shown = [one.field.placeholderText() for one in panel.facts.fields.values()]
    assert shown
    assert all(words.startswith("e.g. ") for words in shown)
