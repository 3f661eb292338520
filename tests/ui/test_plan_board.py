"""The board: cards go from column to column, and stand in them as they are put."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetricsF,
    QHelpEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyleOptionViewItem, QToolTip
from pytestqt.qtbot import QtBot

from assistant.domain.ids import TaskId
from assistant.domain.task import TaskState
from assistant.ui.plan.board.board import BoardPage
from assistant.ui.plan.board.column import Column
from assistant.ui.plan.tasks.carrying import carried
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.wrapping import wrapped
from tests.helpers.desk import leave, saying, sit_down
from tests.helpers.plan_place import MIDWEEK, Plan

KEY = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def plan(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Plan]:
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."), MIDWEEK)
    yield Plan(sat)
    leave(sat)


def board_of(plan: Plan, *lines: str) -> BoardPage:
    """The board with these tasks."""
    plan.add(*lines)
    plan.place.show_page("board")
    board = plan.place.page("board")
    assert isinstance(board, BoardPage)
    plan.sat.settle()
    return board


def columns_of(board: BoardPage) -> list[list[str]]:
    """The titles in each column."""
    return [[row.text for row in column.list.tasks.rows] for column in board.columns]


def test_the_board_moves_tasks_between_its_columns(plan: Plan) -> None:
    board = board_of(plan, "one", "two", "three")

    def titles() -> list[list[str]]:
        return columns_of(board)

    assert titles() == [["one", "two", "three"], [], [], []]
    first = board.columns[0].list
    first.setFocus()
    first.select_near(0)
    QTest.keyClick(first, KEY.Key_Right, CTRL)
    plan.sat.settle()
    assert titles() == [["two", "three"], ["one"], [], []]

    task = first.tasks.rows[1].task
    assert task is not None
    waiting = board.of(TaskState.WAITING)
    spot, action = QPointF(5, 5), Qt.DropAction.MoveAction
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    data = carried([task.id])
    waiting.dragEnterEvent(QDragEnterEvent(spot.toPoint(), action, data, left, plain))
    lit = waiting.grab().toImage()
    waiting.dragLeaveEvent(QDragLeaveEvent())
    assert waiting.grab().toImage() != lit
    waiting.dropEvent(QDropEvent(spot, action, data, left, plain))
    plan.sat.settle()
    assert titles() == [["two"], ["one"], ["three"], []]

    first.setFocus()
    first.select_near(0)
    QTest.keyClick(first, KEY.Key_Space)
    plan.sat.settle()
    assert titles()[3] == ["two"]
    done = board.of(TaskState.DONE).list
    done.setFocus()
    QTest.keyClick(done, KEY.Key_Space)
    plan.sat.settle()
    assert titles() == [["two"], ["one"], ["three"], []]


def test_an_empty_column_says_what_belongs_there(plan: Plan) -> None:
    board = board_of(plan, "one")
    assert [column.empty.isVisible() for column in board.columns] == [False, True, True, True]
    board.columns[0].list.sent.emit(ids(board.columns[0]), 1)
    plan.sat.settle()
    assert [column.empty.isVisible() for column in board.columns] == [True, False, True, True]


def test_a_done_card_that_is_let_go_where_it_was_stays_done(plan: Plan) -> None:
    board = board_of(plan, "one", "two")
    done = board.of(TaskState.DONE)
    one, two = (row.task.id for row in board.columns[0].list.tasks.rows if row.task is not None)
    done.dropped.emit([one], None)
    plan.sat.settle()
    assert columns_of(board) == [["two"], [], [], ["one"]]
    done.dropped.emit([one], None)
    plan.sat.settle()
    assert columns_of(board) == [["two"], [], [], ["one"]]
    done.dropped.emit([one, two], None)
    plan.sat.settle()
    assert columns_of(board)[0] == []
    assert sorted(columns_of(board)[3]) == ["one", "two"]


def test_cards_tell_what_they_wait_for_and_are_ordered_by_keys(plan: Plan) -> None:
    board = board_of(plan, "one", "two after one", "three")
    begun = board.columns[0].list
    assert begun.tasks.rows[1].words == "two, waits for one"
    begun.setFocus()
    begun.select_near(2)
    QTest.keyClick(begun, KEY.Key_Up, ALT)
    plan.sat.settle()
    assert columns_of(board)[0] == ["one", "three", "two"]
    assert [task.title for task in begun.selected()] == ["three"]


def test_a_narrow_card_leaves_out_what_has_no_room(plan: Plan, theme: Theme) -> None:
    cards = board_of(plan, "one !high due tomorrow at 17:30").columns[0].list
    card = theme.color("card").rgb()
    row = cards.visualRect(cards.tasks.index(0))
    edges: list[bool] = []
    for width in range(96, 180, 3):
        cards.setFixedWidth(width)
        image = cards.viewport().grab().toImage()
        below = range(row.center().y() + 4, row.bottom() - 6)
        edges.append(all(image.pixelColor(8, y).rgb() == card for y in below))
    assert edges == [True] * len(edges)


def test_cards_of_the_board_are_changed_by_keys(plan: Plan) -> None:
    board = board_of(plan, "one !high by tomorrow ~2h", "two")
    begun = board.columns[0].list
    begun.setFocus()
    begun.select_near(0)
    for key, words in ((KEY.Key_P, "Low"), (KEY.Key_E, "15\u00a0min"), (KEY.Key_D, "No date")):
        QTest.keyClick(begun, key)
        plan.choose(words)
    assert begun.tasks.rows[0].words == "one, low priority, 15\u00a0min"
    begun.asked.emit("more", QPoint(5, 5))
    plan.choose("Waiting for someone")
    assert columns_of(board) == [["two"], [], ["one"], []]
    waiting = board.of(TaskState.WAITING).list
    waiting.setFocus()
    waiting.select_near(0)
    QTest.keyClick(waiting, KEY.Key_Delete)
    plan.sat.settle()
    assert columns_of(board)[2] == []


def ids(column: Column) -> list[TaskId]:
    return [row.task.id for row in column.list.tasks.rows if row.task is not None]


def chosen(column: Column) -> list[str]:
    return [task.title for task in column.list.selected()]


def draw(column: Column, tasks: list[TaskId], height: int, *, let_go: bool = True) -> None:
    """Draws cards over a column, so far below its first card's top, and lets them go."""
    spot = column.list.mapTo(column, QPoint(30, height))
    data, action = carried(tasks), Qt.DropAction.MoveAction
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    column.dragEnterEvent(QDragEnterEvent(spot, action, data, left, plain))
    column.dragMoveEvent(QDragMoveEvent(spot, action, data, left, plain))
    if let_go:
        column.dropEvent(QDropEvent(QPointF(spot), action, data, left, plain))


def lit_heights(column: Column, theme: Theme) -> list[int]:
    image = column.list.viewport().grab().toImage()
    lamp = theme.color("lampline").rgb()
    return [y for y in range(image.height()) if image.pixelColor(60, y).rgb() == lamp]


def test_cards_land_where_the_line_shows(plan: Plan, theme: Theme) -> None:
    board = board_of(plan, "one", "two", "three", "four", "five")
    first, begun = board.columns[0], board.of(TaskState.DOING)
    one, two, three, four, five = ids(first)
    draw(begun, [one], 4)
    plan.sat.settle()
    assert columns_of(board)[1] == ["one"]
    draw(begun, [five], 4, let_go=False)
    assert lit_heights(begun, theme)[0] == 0
    draw(begun, [five], 4)
    plan.sat.settle()
    assert columns_of(board)[1] == ["five", "one"]
    assert chosen(begun) == ["five"]
    card = begun.list.sizeHintForRow(0)
    draw(begun, [two, four], card + 4, let_go=False)
    [*heights] = lit_heights(begun, theme)
    assert abs(heights[0] - card) <= 2
    draw(begun, [two, four], card + 4)
    plan.sat.settle()
    assert columns_of(board) == [["three"], ["five", "two", "four", "one"], [], []]
    assert lit_heights(begun, theme) == []
    draw(begun, [five], 4 * card + 200)  # in its own column, far below all cards
    plan.sat.settle()
    assert columns_of(board)[1] == ["two", "four", "one", "five"]
    plan.undo()
    plan.undo()
    assert columns_of(board) == [["two", "three", "four"], ["five", "one"], [], []]
    draw(board.of(TaskState.DONE), [three], 4, let_go=False)
    assert lit_heights(board.of(TaskState.DONE), theme) == []


def test_cards_are_sent_and_put_into_order_by_keys(plan: Plan) -> None:
    board = board_of(plan, "one", "two", "three")
    first, begun = board.columns[:2]
    first.list.setFocus()
    first.list.select_near(0)
    QTest.keyClick(first.list, KEY.Key_Right, CTRL)
    plan.sat.settle()
    first.list.setFocus()
    first.list.select_near(0)
    QTest.keyClick(first.list, KEY.Key_Right, CTRL)
    plan.sat.settle()
    assert columns_of(board) == [["three"], ["one", "two"], [], []]
    assert (begun.list.hasFocus(), chosen(begun)) == (True, ["two"])
    QTest.keyClick(begun.list, KEY.Key_Up, ALT)
    plan.sat.settle()
    assert (columns_of(board)[1], chosen(begun)) == (["two", "one"], ["two"])


def test_a_long_title_has_two_lines_and_is_told_whole(plan: Plan) -> None:
    long = "revise the chapter on stellar evolution with all of the others"
    endless = f"{long} and then {long}"
    board = board_of(plan, "revise the whole chapter", long, endless)
    cards = board.columns[0].list
    window = plan.sat.desk.window
    short, two, most = (cards.sizeHintForRow(row) for row in range(3))
    assert short < two == most
    assert cards.height() == short + two + most
    window.resize(900, 700)
    plan.sat.bot.waitUntil(lambda: cards.sizeHintForRow(0) == two)
    plan.sat.bot.waitUntil(lambda: cards.height() == 3 * two)
    assert cards.visualRect(cards.tasks.index(2)).bottom() == cards.height() - 1
    window.resize(1280, 800)
    plan.sat.bot.waitUntil(lambda: cards.height() == short + two + most)

    def tip(row: int) -> str:
        index = cards.tasks.index(row)
        spot = cards.visualRect(index).center()
        event = QHelpEvent(QEvent.Type.ToolTip, spot, cards.viewport().mapToGlobal(spot))
        cards.itemDelegate().helpEvent(event, cards, QStyleOptionViewItem(), index)
        return QToolTip.text() if QToolTip.isVisible() else ""

    assert endless in tip(2)
    plan.sat.bot.waitUntil(lambda: tip(0) == "")


@pytest.mark.parametrize(("width", "lines"), [(90.0, 2), (4000.0, 1)])
def test_text_is_broken_between_words_and_left_out_at_the_end(
    theme: Theme, width: float, lines: int
) -> None:
    text = "some words that go on and on, and anunbreakablewordatitsend"
    font = theme.font("interface")
    found, elided = wrapped(text, font, width, 2)
    assert (len(found), elided) == (lines, lines == 2)
    assert all(QFontMetricsF(font).horizontalAdvance(line) <= width for line in found)
    assert found[-1].endswith("…") == elided
    whole, elided = wrapped(text, font, width, 99)
    assert ("".join(whole).replace(" ", ""), elided) == (text.replace(" ", ""), False)
