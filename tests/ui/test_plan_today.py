"""Today in the real window: the plan made for the day, under its headings, by keys and mouse."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assistant.domain.schedule import Block, BlockKind, WeekPlan
from assistant.domain.task import Task
from assistant.domain.task_filter import TaskFilter
from assistant.services.planning.task_values import Stretch, Today
from assistant.store.plans import keep_plan
from assistant.ui.plan.tasks.day import rows_of_today
from assistant.ui.plan.tasks.delegate import TaskDelegate
from assistant.ui.plan.tasks.model import Surroundings
from assistant.ui.theme.theme import Theme
from tests.helpers.desk import leave, saying, sit_down
from tests.helpers.plan_place import Plan
from tests.helpers.planning_stand import MONDAY, HandClock

KEY = Qt.Key


def at(hour: float) -> datetime:
    return MONDAY.replace(hour=0) + timedelta(hours=hour)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def plan(qtbot: QtBot, theme: Theme, tmp_path: Path, clock: HandClock) -> Iterator[Plan]:
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."), clock)
    sat.desk.core.planning.settings.set_zone("Europe/Berlin").result(60)
    yield Plan(sat)
    leave(sat)


def keep(plan: Plan, *times: tuple[str, float, float, int, int]) -> None:
    """Keeps a plan of blocks of tasks by their titles."""
    core = plan.sat.desk.core
    tasks = {one.title: one for one in core.planning.tasks.find(TaskFilter()).result(60)}
    blocks = tuple(
        Block(tasks[title].id, title, at(begin), at(end), part=part, parts=parts)
        for title, begin, end, part, parts in times
    )

    def work() -> None:
        with core.planning.desk.step("Plan the week") as writes:
            keep_plan(writes.writing, WeekPlan(MONDAY, at(0), at(168), blocks), "Europe/Berlin")

    core.workers.on_store(work).result(60)


def test_the_day_shows_the_plan_that_was_made_for_it(plan: Plan, clock: HandClock) -> None:
    plan.add("essay by friday ~2h", "read ~1h", "pay rent today", "old form by yesterday")
    page = plan.page("today")
    keep(plan, ("essay", 8.5, 9.5, 1, 2), ("read", 10, 11, 1, 1), ("essay", 14, 15, 2, 2))
    shown = ["Now", "essay", "Planned for today", "read", "essay"]
    rest = ["Due today, not planned", "pay rent", "Overdue", "old form"]
    plan.sat.bot.waitUntil(lambda: plan.titles(page) == [*shown, *rest])
    rows = page.list.tasks.rows
    assert [(one.time[0], one.part, one.live) for one in rows[1:5] if not one.is_head] == [
        ("08:30", "part 1 of 2", True),
        ("10:00", "", False),
        ("14:00", "part 2 of 2", False),
    ]
    assert rows[1].words.startswith("essay, now, 08:30\N{EN DASH}09:30, part 1 of 2")

    clock.forward(hours=1)
    today = plan.room.tasks("today")
    assert today is not None
    today.follow_clock()
    shown = ["Now", "read", "Planned for today", "essay"]
    plan.sat.bot.waitUntil(lambda: plan.titles(page) == [*shown, *rest])

    plan.select(page, "read")
    plan.press(page, KEY.Key_Space)
    shown = ["Planned for today", "essay"]
    plan.sat.bot.waitUntil(lambda: plan.titles(page) == [*shown, *rest, "Done today", "read"])


def test_the_clock_is_started_in_its_row_and_by_a_key(plan: Plan) -> None:
    plan.add("read ~1h")
    page = plan.page("today")
    keep(plan, ("read", 10, 11, 1, 1))
    plan.sat.bot.waitUntil(lambda: plan.titles(page) == ["Planned for today", "read"])
    timing = plan.sat.desk.core.planning.timing
    delegate = page.list.itemDelegate()
    assert isinstance(delegate, TaskDelegate)
    spot = delegate.player(page.list.visualRect(page.list.tasks.index(1)), page.list.tasks.rows[1])
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=spot.center())
    plan.sat.bot.waitUntil(lambda: timing.running().result(60) is not None)
    page.list.setFocus()
    plan.press(page, KEY.Key_S)
    plan.sat.bot.waitUntil(lambda: timing.running().result(60) is None)


def test_every_task_stands_under_one_heading_and_events_in_their_order() -> None:
    call = Task(1, "call", MONDAY, fixed_start=at(8), fixed_end=at(8.5))  # type: ignore[arg-type] - an id
    mum = Task(2, "ring Mum", MONDAY)  # type: ignore[arg-type] - an id
    today = Today(
        MONDAY.date(),
        (),
        (call,),
        (mum,),
        (),
        stretches=(
            Stretch(at(0), at(24), "Birthday", BlockKind.EVENT, whole_day=True),
            Stretch(at(7), at(8), "School run", BlockKind.EVENT),
            Stretch(at(8), at(8.5), "call", BlockKind.TASK, call),
            Stretch(at(10), at(11), "Lecture", BlockKind.EVENT, place="Hall 2", calendar="Home"),
            Stretch(at(12), at(13), "ring Mum", BlockKind.TASK, mum),
        ),
    )
    rows = rows_of_today(today, Surroundings(MONDAY, {}))
    assert [row.text for row in rows] == [
        "Planned for today",
        "Birthday",
        "Lecture",
        "ring Mum",
        "Earlier today",
        "call",
    ]
    assert rows[2].words == "Lecture, 10:00\N{EN DASH}11:00, event, Hall 2, Home"
    assert [row.is_head for row in rows] == [True, False, False, False, True, False]
    assert len({row.key for row in rows}) == len(rows)


def test_a_list_without_times_draws_no_clock(plan: Plan) -> None:
    plan.add("read")
    page = plan.page("inbox")
    plan.sat.bot.waitUntil(lambda: plan.titles(page) == ["read"])
    plan.select(page, "read")
    image = page.list.viewport().grab().toImage()
    corner = {image.pixelColor(x, y).name() for x in range(8) for y in range(8)}
    assert min(QColor(one).lightness() for one in corner) > 200, "only the ground of the row"
