"""Blocks of a week: side by side, in steps where that is narrow, and marked past a deadline."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from assistant.domain.ids import TaskId
from assistant.domain.schedule import Because, Block, BlockKind, Reason
from assistant.domain.task import Due, Task, TaskState
from assistant.services.planning.task_values import Stretch, Today
from assistant.ui.plan.tasks.day import rows_of_today
from assistant.ui.plan.tasks.model import Surroundings
from assistant.ui.plan.week.blocks import LATE_ICON, look_of, paint_block
from assistant.ui.plan.week.canvas import WeekCanvas
from assistant.ui.plan.week.lanes import Laid, laid_in
from assistant.ui.plan.week.layout import Placed
from assistant.ui.plan.week.values import Shown, Week
from assistant.ui.plan.words import late_words
from assistant.ui.theme.theme import Theme

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2025, 11, 17)
NOW = datetime(2025, 11, 17, 8, tzinfo=BERLIN)
HOUR = 60.0


def at(hour: float, day: int = 0) -> datetime:
    return datetime(2025, 11, 17 + day, tzinfo=BERLIN) + timedelta(hours=hour)


def event(title: str, begin: float, end: float) -> Shown:
    return Shown(BlockKind.EVENT, title, at(begin), at(end))


def planned(due: Due | None, begin: float, end: float, day: int = 0) -> Shown:
    task = Task(TaskId(1), "Essay", NOW, due=due)
    block = Block(task.id, task.title, at(begin, day), at(end, day))
    return Shown(BlockKind.TASK, task.title, block.start, block.end, task=task, block=block)


def laid(width: float, *blocks: Shown) -> dict[str, Laid]:
    def span(one: Shown) -> tuple[float, float]:
        top, bottom = (one.start - at(0)), (one.end - at(0))
        return top.total_seconds() / 3600 * HOUR, bottom.total_seconds() / 3600 * HOUR

    return {one.shown.title: one for one in laid_in(blocks, QRectF(0, 0, width, 1440), span)}


def test_what_overlaps_lies_side_by_side_over_lanes_that_nothing_needs() -> None:
    found = laid(300, event("lab", 13, 16), event("hours", 13.5, 14), event("talk", 13.75, 15))
    assert [one.area.left() for one in found.values()] == [0, 100, 200]
    alone = laid(300, *(one.shown for one in found.values()), event("late", 15, 16))
    assert (alone["late"].area.left(), alone["late"].area.right()) == (100, 300)


def test_lanes_too_narrow_for_words_become_steps_that_leave_the_title_in_sight() -> None:
    found = laid(90, event("lab", 13, 16), event("hours", 13.5, 14.5), event("talk", 14, 15))
    assert [one.area.left() for one in found.values()] == [0, 14, 28]
    assert all(one.area.right() == 90 for one in found.values())
    assert [round(one.clear) for one in found.values()] == [30, 30, 59]


def test_what_begins_together_stays_side_by_side_in_its_step() -> None:
    found = laid(90, event("lab", 13, 16), event("a", 14, 15), event("b", 14, 15))
    a, b = found["a"].area, found["b"].area
    assert a.left() == 14
    assert a.right() <= b.left()
    assert b.right() == 90


def test_a_short_block_goes_up_from_under_what_follows_as_far_as_there_is_room() -> None:
    found = laid(200, event("call", 9, 9 + 5 / 60), event("lecture", 9 + 5 / 60, 10))
    assert found["call"].area.height() == 15
    assert found["call"].area.bottom() <= found["lecture"].area.top()
    held = laid(200, event("before", 8, 9), *(one.shown for one in found.values()))
    assert held["call"].area.top() >= held["before"].area.bottom()


@pytest.mark.parametrize(
    ("due", "end", "words"),
    [
        (Due(at(17), whole_day=False), at(17), ""),
        (Due(at(17), whole_day=False), at(19), "2\u00a0h late"),
        (Due(at(17), whole_day=False), at(18, 2), "2 days late"),
        (Due(at(0), whole_day=True), at(24), ""),
        (Due(at(0), whole_day=True), at(9, 1), "1 day late"),
        (Due(at(0), whole_day=True), at(24, 3), "3 days late"),
    ],
)
def test_how_late_something_ends_is_told_in_words(due: Due, end: datetime, words: str) -> None:
    assert late_words(due, end) == words


def test_a_block_past_its_deadline_has_a_mark_and_says_how_late_it_is(theme: Theme) -> None:
    due = Due(at(17), whole_day=False)
    late, in_time = planned(due, 18, 19), planned(due, 16, 17)
    assert (late.late, in_time.late) == ("2\u00a0h late", "")
    assert late.words.endswith("task, 2\u00a0h late")
    assert late.facts[-1] == "2\u00a0h late"
    assert WeekCanvas.table_of(Week(MONDAY, 7, NOW, (late,))).rows[0][-1] == "task, 2\u00a0h late"
    assert look_of(theme, late).icon == LATE_ICON != look_of(theme, in_time).icon
    assert look_of(theme, late).edge == theme.color("bad")
    assert late.task is not None
    done = replace(late, task=replace(late.task, state=TaskState.DONE))
    assert (done.late, look_of(theme, done).icon) == ("", "check")


def test_a_later_time_of_a_recurring_task_is_late_where_the_plan_says_so() -> None:
    shown = planned(None, 9, 10)
    assert shown.block is not None
    why = (Reason(Because.LATE, "It is due at 8: this is late"),)
    later = replace(shown, task=None, block=replace(shown.block, occurrence=at(0), reasons=why))
    assert later.late == "late"


def red_in(theme: Theme, shown: Shown, width: float) -> int:
    """How many pixels within a drawn block are red."""
    image = QImage(400, 100, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    placed = Placed(shown, MONDAY, QRectF(10, 10, width, 70))
    paint_block(painter, theme, placed, selected=False)
    painter.end()
    inside = (image.pixelColor(x, y) for x in range(13, 7 + round(width)) for y in range(13, 77))
    return sum(one.red() > one.green() + 60 for one in inside)


@pytest.mark.parametrize("width", [200, 45])
def test_the_mark_is_drawn_in_wide_and_in_narrow_blocks(theme: Theme, width: float) -> None:
    due = Due(at(17), whole_day=False)
    assert red_in(theme, planned(due, 18, 20), width) > 5
    assert not red_in(theme, planned(due, 14, 16), width)


def test_what_a_block_has_no_room_for_is_told_where_it_is_pointed_at(
    theme: Theme, qtbot: QtBot
) -> None:
    canvas = WeekCanvas(theme, lambda: NOW)
    qtbot.addWidget(canvas)
    canvas.resize(700, 900)
    late = replace(planned(Due(at(17), whole_day=False), 18, 19), title="Essay <b>on</b> Rome")
    canvas.show_week(Week(MONDAY, 7, NOW, (late,)))
    canvas.show()
    spot = canvas.placed()[0].area.center().toPoint()
    asked = QHelpEvent(QEvent.Type.ToolTip, spot, canvas.mapToGlobal(spot))
    QApplication.sendEvent(canvas, asked)
    words = QToolTip.text()
    assert "<b>Essay &lt;b&gt;on&lt;/b&gt; Rome</b>" in words
    assert "Monday, 18:00\N{EN DASH}19:00" in words
    assert "2\u00a0h late" in words


def test_a_stretch_of_the_day_past_its_deadline_says_so_in_the_list() -> None:
    shown = planned(Due(at(17), whole_day=False), 18, 19)
    assert shown.task is not None
    stretches = tuple(
        Stretch(at(begin), at(begin + 1), "Essay", BlockKind.TASK, shown.task) for begin in (15, 18)
    )
    today = Today(MONDAY, (), (), (), (), stretches=stretches, planned=True)
    rows = [one for one in rows_of_today(today, Surroundings(NOW, {})) if not one.is_head]
    assert [one.behind for one in rows] == ["", "2\u00a0h late"]
    assert "planned 2\u00a0h late" in rows[1].words
