"""Undoing in the real window while what was done is still computed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assistant.domain.clock import FixedClock
from assistant.services.planning import scheduling
from assistant.ui.plan.week.controller import WeekController
from assistant.ui.plan.week.layout import Placed
from assistant.ui.theme.theme import Theme
from tests.helpers.desk import leave, saying, sit_down
from tests.helpers.plan_place import Plan
from tests.helpers.planning_gate import Gate

NOW = datetime(2025, 11, 17, 7, 10, tzinfo=UTC)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def plan(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Plan]:
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."), FixedClock(NOW))
    services = sat.desk.core.planning
    services.settings.set_zone("UTC").result(60)
    services.adding.add_line("essay by fri ~1h").result(60)
    services.scheduling.plan().result(60)
    yield Plan(sat)
    leave(sat)


def week(plan: Plan) -> WeekController:
    """The week with its only block."""
    plan.place.show_page("week")
    shown = plan.room.week
    assert shown is not None
    plan.sat.bot.waitUntil(lambda: len(shown.page.canvas.placed()) == 1)
    return shown


def told(plan: Plan) -> list[str]:
    return [one.accessibleName() for one in plan.sat.desk.window.toasts.toasts()]


def steps(plan: Plan) -> list[str]:
    found = plan.sat.desk.core.planning.tasks.steps(2).result(60)
    return [one.words for one in found]


def draw(shown: WeekController, placed: Placed, days: int) -> None:
    """Draws a block to another day by the mouse."""
    canvas, grid = shown.page.canvas, shown.page.canvas.grid()
    assert grid is not None
    begin = placed.area.center().toPoint()
    end = begin + QPoint(round(grid.area.width() / grid.days * days), 0)
    QTest.mousePress(canvas, LEFT, pos=begin)
    for at in ((begin + end) / 2, end):
        QTest.mouseMove(canvas, at)
    QTest.mouseRelease(canvas, LEFT, pos=end)


def test_a_drop_is_undone_while_the_rest_is_still_moved(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = week(plan)
    before = shown.page.canvas.placed()[0]
    gate = Gate(scheduling.mended_plan)
    monkeypatch.setattr(scheduling, "mended_plan", gate)
    draw(shown, before, 2)
    plan.sat.bot.waitUntil(lambda: gate.reached)
    plan.undo()
    plan.sat.bot.waitUntil(lambda: any("Undone: Move “essay”." in one for one in told(plan)))
    assert steps(plan) == ["Plan the week", "Add “essay by fri ~1h”"]
    plan.undo(redo=True)
    plan.sat.bot.waitUntil(lambda: any("nothing to do again" in one for one in told(plan)))
    assert shown.page.canvas.placed()[0].shown.start == before.shown.start
    draw(shown, before, 2)
    plan.sat.bot.waitUntil(lambda: steps(plan)[0] == "Move “essay”")
    plan.undo()
    plan.undo(redo=True)
    plan.sat.bot.waitUntil(lambda: any("Done again: Move “essay”." in one for one in told(plan)))


def test_planning_under_way_is_undone_before_it_is_there(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = week(plan)
    gate = Gate(scheduling.new_plan)
    monkeypatch.setattr(scheduling, "new_plan", gate)
    shown.page.plan.click()
    plan.sat.bot.waitUntil(lambda: gate.reached)
    assert shown.page.plan.text() == "Planning"
    plan.undo()
    plan.sat.bot.waitUntil(lambda: shown.page.plan.text() == "Replan")
    plan.sat.bot.waitUntil(lambda: any("Undone: Plan the week." in one for one in told(plan)))
    assert steps(plan)[0] == "Plan the week"
    assert len(shown.page.canvas.placed()) == 1
