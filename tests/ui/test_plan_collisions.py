"""What takes place where blocks are planned is told at once, with planning around it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assistant.domain.clock import FixedClock
from assistant.domain.schedule import Block
from assistant.domain.task import Task
from assistant.domain.task_filter import TaskFilter
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.toast import Toast
from tests.helpers.desk import leave, saying, sit_down
from tests.helpers.plan_place import Plan

NOW = datetime(2025, 11, 17, 7, 10, tzinfo=UTC)


@pytest.fixture
def plan(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Plan]:
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."), FixedClock(NOW))
    services = sat.desk.core.planning
    services.settings.set_zone("UTC").result(60)
    services.adding.add_line("essay by fri ~1h").result(60)
    services.scheduling.plan().result(60)
    yield Plan(sat)
    leave(sat)


def told(plan: Plan, words: str) -> list[Toast]:
    shown = plan.sat.desk.window.toasts.toasts()
    return [one for one in shown if words in one.accessibleName()]


def essay(plan: Plan) -> Block:
    found = plan.sat.desk.core.planning.scheduling.current().result(60)
    assert found is not None
    return next(one for one in found.blocks if one.title == "essay")


def test_a_new_appointment_offers_to_plan_around_it(plan: Plan) -> None:
    before, wait = essay(plan), plan.sat.bot.waitUntil
    begin, end = before.start, before.start + timedelta(minutes=30)
    plan.add(f"plumber {begin.day} november 2025 {begin:%H:%M}-{end:%H:%M}")
    wait(lambda: bool(told(plan, "A planned block is in the way of “plumber”.")))
    assert essay(plan) == before
    first = told(plan, "in the way")[0]
    plan.add("call mum 19 november 2025 15:00-15:30")
    wait(lambda: told(plan, "in the way") not in ([], [first]))
    assert len(told(plan, "in the way")) == 1
    told(plan, "in the way")[0].acted.emit()
    wait(lambda: bool(told(plan, "1 block moved out of the way.")))
    assert essay(plan).start >= end
    wait(lambda: not told(plan, "in the way of"))
    plan.undo()
    wait(lambda: essay(plan).start == before.start)
    plan.add(f"dentist {begin.day} november 2025 {begin:%H:%M}-{end:%H:%M}")
    wait(lambda: bool(told(plan, "“dentist”: It lies on “plumber”")))


def plumber(plan: Plan) -> datetime:
    """Comes where the essay is planned; gives when."""
    begin = essay(plan).start
    plan.add(f"plumber {begin.day} november 2025 {begin:%H:%M}-{begin + timedelta(hours=1):%H:%M}")
    plan.sat.bot.waitUntil(lambda: bool(told(plan, "in the way of “plumber”")))
    return begin


def dentist(plan: Plan) -> Task:
    found = plan.sat.desk.core.planning.tasks.find(TaskFilter()).result(60)
    return next(one for one in found if one.title == "dentist")


def test_one_press_puts_an_appointment_where_there_is_room_and_undo_takes_it_back(
    plan: Plan,
) -> None:
    wait = plan.sat.bot.waitUntil
    begin = plumber(plan)
    end = begin + timedelta(minutes=30)
    plan.add(f"dentist {begin.day} november 2025 {begin:%H:%M}-{end:%H:%M}")
    wait(lambda: bool(told(plan, "“dentist”: It lies on “plumber”")))
    notice = told(plan, "“dentist”: It lies on")[0]
    button = next(one for one in notice.findChildren(Button) if one.text() == "Move there")
    before = dentist(plan)
    assert before.fixed_start is not None
    button.click()
    wait(lambda: bool(told(plan, "“dentist” takes place Today")))
    after = dentist(plan)
    assert after.fixed_start is not None
    assert after.fixed_end is not None
    assert after.fixed_start >= begin + timedelta(hours=1)
    assert after.fixed_end - after.fixed_start == timedelta(minutes=30)
    undo = told(plan, "“dentist” takes place")[0]
    next(one for one in undo.findChildren(Button) if one.text() == "Undo").click()
    wait(lambda: dentist(plan).fixed_start == before.fixed_start)


def test_an_appointment_that_comes_again_is_not_offered_another_time(plan: Plan) -> None:
    begin = plumber(plan)
    plan.add(f"choir every monday {begin:%H:%M}-{begin + timedelta(minutes=30):%H:%M}")
    notices = lambda: told(plan, "“choir”: It lies on “plumber”")  # noqa: E731 - asked twice
    plan.sat.bot.waitUntil(lambda: bool(notices()))
    assert "The nearest free room is" in notices()[0].accessibleName()
    assert "Move there" not in [one.text() for one in notices()[0].findChildren(Button)]
