"""Tasks that are drawn elsewhere: their picture below the pointer, and pages that go on."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPixmap,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollBar
from pytestqt.qtbot import QtBot

from assistant.domain.ids import TaskId
from assistant.domain.task import Task
from assistant.ui.plan.board.board import BoardPage
from assistant.ui.plan.board.column import Column
from assistant.ui.plan.tasks.carrying import carried, picture_of, tasks_of
from assistant.ui.theme.theme import Theme
from tests.helpers.desk import leave, saying, sit_down
from tests.helpers.plan_place import Plan

NOW = datetime(2025, 11, 17, 9, tzinfo=UTC)
MOVE, LEFT = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def plan(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Plan]:
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."))
    yield Plan(sat)
    leave(sat)


def board_of(plan: Plan, count: int) -> BoardPage:
    adding = plan.sat.desk.core.planning.adding
    for number in range(count):
        adding.add_line(f"card {number}").result(60)
    plan.place.show_page("board")
    board = plan.place.page("board")
    assert isinstance(board, BoardPage)
    plan.sat.bot.waitUntil(lambda: len(board.columns[0].list.tasks.rows) == count)
    plan.sat.settle()
    return board


def test_the_card_below_the_pointer_says_what_is_drawn_and_how_much(theme: Theme) -> None:
    def picture(*titles: str, ratio: float = 1.0) -> QPixmap:
        tasks = [Task(TaskId(at), title, NOW) for at, title in enumerate(titles)]
        return picture_of(theme, tasks, ratio)

    one, two = picture("Essay"), picture("Essay", "Report")
    assert one.width() < two.width()
    assert picture("Essay" * 80).width() == picture("Essay" * 90).width() < 320
    sharp = picture("Essay", ratio=2.0)
    assert sharp.deviceIndependentSize() == one.deviceIndependentSize()
    assert sharp.width() == 2 * one.width()


def test_what_is_drawn_has_its_picture_under_the_pointer(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = board_of(plan, 2)
    cards = board.columns[0].list
    drawn: list[tuple[list[TaskId], QPixmap, QPoint]] = []

    def execute(drag: QDrag, action: Qt.DropAction) -> Qt.DropAction:
        drawn.append((tasks_of(drag.mimeData()), drag.pixmap(), drag.hotSpot()))
        return action

    monkeypatch.setattr(QDrag, "exec", execute)
    spot = cards.visualRect(cards.tasks.index(0)).center()
    QTest.mousePress(cards.viewport(), LEFT, pos=spot)
    QTest.mouseMove(cards.viewport(), spot + QPoint(40, 0))
    plan.sat.bot.waitUntil(lambda: bool(drawn))
    QTest.mouseRelease(cards.viewport(), LEFT, pos=spot)
    tasks, picture, hot = drawn[0]
    first = cards.tasks.rows[0].task
    assert first is not None
    assert tasks == [first.id]
    assert picture.rect().contains(hot)
    assert picture.toImage().pixelColor(hot).alpha() == 255


def hold(board: BoardPage, column: Column, y: int) -> QPoint:
    """Holds a card over a column, so far below the upper edge of what is seen of the board."""
    viewport = board.scroller.viewport()
    window = board.window()
    spot = column.mapFrom(window, viewport.mapTo(window, QPoint(0, y)))
    spot.setX(40)
    data = carried(column.list.ids())
    column.dragEnterEvent(QDragEnterEvent(spot, MOVE, data, LEFT, PLAIN))
    column.dragMoveEvent(QDragMoveEvent(spot, MOVE, data, LEFT, PLAIN))
    return spot


def rests(plan: Plan, bar: QScrollBar) -> bool:
    before = bar.value()
    plan.sat.bot.wait(80)
    return bar.value() == before


def test_the_board_goes_on_while_a_card_is_held_at_its_edge(plan: Plan) -> None:
    board = board_of(plan, 24)
    bar, viewport = board.scroller.verticalScrollBar(), board.scroller.viewport()
    plan.sat.bot.waitUntil(lambda: bar.maximum() > 300)
    column = board.columns[0]
    column.list.select_near(0)
    height = viewport.height()

    hold(board, column, height // 2)
    assert bar.value() == 0
    assert rests(plan, bar)
    hold(board, column, height - 4)
    plan.sat.bot.waitUntil(lambda: bar.value() > 100)
    column.dragLeaveEvent(QDragLeaveEvent())
    assert rests(plan, bar)

    bar.setValue(bar.maximum())
    spot = hold(board, column, 4)
    plan.sat.bot.waitUntil(lambda: bar.value() < bar.maximum() - 100)
    data = carried(column.list.ids())
    column.dropEvent(QDropEvent(QPointF(spot), MOVE, data, LEFT, PLAIN))
    assert rests(plan, bar)
    plan.sat.settle()


def test_a_list_goes_on_as_well(plan: Plan) -> None:
    adding = plan.sat.desk.core.planning.adding
    for number in range(30):
        adding.add_line(f"task {number}").result(60)
    page = plan.page("inbox")
    bar, viewport = page.scroller.verticalScrollBar(), page.scroller.viewport()
    plan.sat.bot.waitUntil(lambda: bar.maximum() > 200)
    window = page.window()
    spot = page.list.mapFrom(window, viewport.mapTo(window, QPoint(60, viewport.height() - 3)))
    page.list.select_near(0)
    data = carried(page.list.ids())
    page.list.dragMoveEvent(QDragMoveEvent(spot, MOVE, data, LEFT, PLAIN))
    plan.sat.bot.waitUntil(lambda: bar.value() > 100)
    page.list.dragLeaveEvent(QDragLeaveEvent())
    assert rests(plan, bar)
