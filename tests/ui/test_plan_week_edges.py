"""The edges of a block in the week: drawn with the mouse to make it longer or shorter."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assistant.domain.ids import TaskId
from assistant.domain.schedule import Block, WeekPlan
from assistant.ui.plan.week.canvas import WeekCanvas
from assistant.ui.plan.week.values import Gathered, week_of
from assistant.ui.theme.theme import Theme
from tests.helpers.signals import record

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2025, 11, 19, 13, 10, tzinfo=BERLIN)
MONDAY = date(2025, 11, 17)
LEFT = Qt.MouseButton.LeftButton


def at(day: int, hour: float) -> datetime:
    return datetime(2025, 11, 17 + day, tzinfo=BERLIN) + timedelta(hours=hour)


@pytest.fixture
def canvas(qtbot: QtBot, theme: Theme) -> WeekCanvas:
    made = WeekCanvas(theme, lambda: NOW)
    qtbot.addWidget(made)
    made.resize(900, 1200)
    times = [
        ("Begun", at(2, 13), at(2, 13.5)),
        ("Soon", at(2, 14), at(2, 15)),
        ("Essay", at(3, 10), at(3, 12)),
        ("Night", at(4, 23), at(5, 1)),
    ]
    blocks = [Block(TaskId(number), *one) for number, one in enumerate(times, 1)]
    made.show_week(
        week_of(MONDAY, 7, NOW, Gathered(WeekPlan(NOW, NOW, at(7, 0), tuple(blocks)), (), {}))
    )
    made.show()
    return made


def edge(canvas: WeekCanvas, title: str, *, top: bool = False, day: int = 0) -> QPoint:
    """Just within an edge of a block, in the first of its days or a later one."""
    area = [one.area for one in canvas.placed() if one.shown.title == title][day]
    y = area.top() + 2 if top else area.bottom() - 2
    return QPointF(area.center().x(), y).toPoint()


def draw(canvas: WeekCanvas, begin: QPoint, hours: float) -> None:
    """Presses there and goes so many hours down, without letting go."""
    grid = canvas.grid()
    assert grid is not None
    QTest.mousePress(canvas, LEFT, pos=begin)
    QTest.mouseMove(canvas, begin + QPoint(40, round(hours * grid.hour)))


def let_go(canvas: WeekCanvas) -> None:
    QTest.mouseRelease(canvas, LEFT)


@pytest.mark.parametrize(
    ("title", "top", "hours", "to"),
    [
        ("Essay", False, 1.5, (at(3, 10), at(3, 13.5))),
        ("Essay", False, -5, (at(3, 10), at(3, 10.25))),
        ("Essay", True, -2, (at(3, 8), at(3, 12))),
        ("Essay", True, 9, (at(3, 11.75), at(3, 12))),
        ("Essay", False, 14, (at(3, 10), at(4, 0))),
        ("Soon", True, -5, (at(2, 13.25), at(2, 15))),
        ("Begun", False, 2, (at(2, 13), at(2, 15.5))),
        ("Begun", False, -2, (at(2, 13), at(2, 13.25))),
    ],
)
def test_an_edge_makes_a_block_longer_or_shorter(
    canvas: WeekCanvas, title: str, top: bool, hours: float, to: tuple[datetime, datetime]
) -> None:
    resized, moved, why = (
        record(canvas.resized),
        record(canvas.moved),
        record(canvas.why_wanted),
    )
    draw(canvas, edge(canvas, title, top=top), hours)
    assert canvas.cursor().shape() is Qt.CursorShape.SizeVerCursor
    let_go(canvas)
    assert [(one[1], one[2]) for one in resized] == [to]
    assert (moved, why) == ([], [])


def test_the_block_is_seen_as_it_would_be_until_it_is_let_go(canvas: WeekCanvas) -> None:
    resized, why = record(canvas.resized), record(canvas.why_wanted)
    start = edge(canvas, "Essay")
    QTest.mousePress(canvas, LEFT, pos=start)
    before = canvas.grab().toImage()
    grid = canvas.grid()
    assert grid is not None
    below = start + QPoint(0, round(1.5 * grid.hour))
    QTest.mouseMove(canvas, below)
    spot = below - QPoint(0, round(grid.hour / 2))
    assert canvas.grab().toImage().pixelColor(spot) != before.pixelColor(spot)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.grab().toImage() == before
    assert canvas.cursor().shape() is Qt.CursorShape.ArrowCursor
    QTest.mouseMove(canvas, below + QPoint(0, 40))
    assert canvas.grab().toImage() == before
    let_go(canvas)
    assert (resized, why) == ([], [])
    current = canvas.current()
    assert current is not None
    assert current.title == "Essay"


def test_a_block_that_is_carried_is_taken_back_as_well(canvas: WeekCanvas) -> None:
    moved, why = record(canvas.moved), record(canvas.why_wanted)
    area = next(one.area for one in canvas.placed() if one.shown.title == "Essay")
    draw(canvas, area.center().toPoint(), 2)
    assert canvas.cursor().shape() is Qt.CursorShape.ClosedHandCursor
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    let_go(canvas)
    assert (moved, why) == ([], [])


def test_the_pointer_tells_where_an_edge_is(canvas: WeekCanvas) -> None:
    def shape(spot: QPoint) -> Qt.CursorShape:
        QTest.mouseMove(canvas, spot)
        return canvas.cursor().shape()

    arrow, size = Qt.CursorShape.ArrowCursor, Qt.CursorShape.SizeVerCursor
    assert shape(edge(canvas, "Essay")) is size
    assert shape(edge(canvas, "Essay") - QPoint(0, 30)) is arrow
    assert shape(edge(canvas, "Essay", top=True)) is size
    assert shape(edge(canvas, "Begun")) is size
    assert shape(edge(canvas, "Begun", top=True)) is arrow
    assert shape(edge(canvas, "Night")) is arrow
    assert shape(edge(canvas, "Night", top=True)) is size
    assert shape(edge(canvas, "Night", day=1)) is size
    assert shape(edge(canvas, "Night", top=True, day=1)) is arrow


def test_hours_are_higher_where_short_blocks_follow_each_other(canvas: WeekCanvas) -> None:
    times = [(at(2, 14), at(2, 14.25)), (at(2, 14.25), at(2, 15)), (at(4, 9), at(4, 9.25))]
    blocks = tuple(Block(TaskId(number), "A", *one) for number, one in enumerate(times, 1))

    def least_height(shown: tuple[Block, ...]) -> int:
        plan = WeekPlan(NOW, NOW, at(7, 0), shown)
        canvas.show_week(week_of(MONDAY, 7, NOW, Gathered(plan, (), {})))
        return canvas.minimumHeight()

    assert least_height(blocks[1:]) < least_height(blocks)
    canvas.resize(900, canvas.minimumHeight())
    first, second, _ = (one.area for one in canvas.placed())
    assert not first.intersects(second)


def test_a_night_is_made_shorter_in_the_morning_after(canvas: WeekCanvas) -> None:
    resized = record(canvas.resized)
    draw(canvas, edge(canvas, "Night", day=1), 2)
    canvas.grab()
    let_go(canvas)
    assert [(one[1], one[2]) for one in resized] == [(at(4, 23), at(5, 3))]
