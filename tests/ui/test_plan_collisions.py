"""What takes place where blocks are planned is told at once, with planning around it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assistant.domain.clock import FixedClock
from assistant.domain.schedule import Block
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.toast import Toast
from tests.helpers.desk import leave, saying, sit_down
from tests.helpers.plan_place import Plan

NOW = datetime(2025, 11, 17, 7, 10, tzinfo=UTC)


@pytest.fixture
def plan(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Plan]:
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."), FixedClock(NOW))
    services = sat.desk.core.planning
    services.settings.set_zone("UTC").result(30)
    services.adding.add_line("essay by fri ~1h").result(30)
    services.scheduling.plan().result(60)
    yield Plan(sat)
    leave(sat)


def told(plan: Plan, words: str) -> list[Toast]:
    shown = plan.sat.desk.window.toasts.toasts()
    return [one for one in shown if words in one.accessibleName()]


def essay(plan: Plan) -> Block:
    found = plan.sat.desk.core.planning.scheduling.current().result(30)
    assert found is not None
    return next(one for one in found.blocks if one.title == "essay")


def test_a_new_appointment_offers_to_plan_around_it(plan: Plan) -> None:
    before, wait = essay(plan), plan.sat.bot.waitUntil
    begin, end = before.start, before.start + timedelta(minutes=30)
    plan.add(f"plumber {begin.day} november 2025 {begin:%H:%M}-{end:%H:%M}")
    wait(lambda: bool(told(plan, "A planned block is in the way of “plumber”.")), timeout=30_000)
    assert essay(plan) == before
    first = told(plan, "in the way")[0]
    plan.add("call mum 19 november 2025 15:00-15:30")
    wait(lambda: told(plan, "in the way") not in ([], [first]), timeout=30_000)
    assert len(told(plan, "in the way")) == 1
    told(plan, "in the way")[0].acted.emit()
    wait(lambda: bool(told(plan, "1 block moved out of the way.")), timeout=30_000)
    assert essay(plan).start >= end
    wait(lambda: not told(plan, "in the way of"))
    plan.undo()
    wait(lambda: essay(plan).start == before.start, timeout=30_000)
    plan.add(f"dentist {begin.day} november 2025 {begin:%H:%M}-{end:%H:%M}")
    wait(lambda: bool(told(plan, "“dentist”: It lies on “plumber”")), timeout=30_000)
