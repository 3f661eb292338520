"""What was added or changed out of sight can be gone to, and what lies on something moved off."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assistant.domain.clock import FixedClock
from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.task import Due, Task, TaskState
from assistant.ui.plan.sight import gone_words, is_listed
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from tests.helpers.desk import leave, saying, sit_down
from tests.helpers.plan_place import Plan

NOW = datetime(2025, 11, 17, 7, 10, tzinfo=UTC)
TODAY = date(2025, 11, 17)
KEY = Qt.Key
CHEM = ProjectId(3)


@pytest.fixture
def plan(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Plan]:
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."), FixedClock(NOW))
    sat.desk.core.planning.settings.set_zone("UTC").result(60)
    yield Plan(sat)
    leave(sat)


def buttons(plan: Plan, words: str) -> list[Button]:
    """Those of the last notice that has these words."""
    toasts = plan.sat.desk.window.toasts.toasts()
    found = [one for one in toasts if words in one.accessibleName()]
    return found[-1].findChildren(Button) if found else []


def names(plan: Plan, words: str) -> list[str]:
    plan.sat.bot.waitUntil(lambda: bool(buttons(plan, words)))
    return sorted(one.text() for one in buttons(plan, words))


def press(plan: Plan, words: str, name: str) -> None:
    next(one for one in buttons(plan, words) if one.text() == name).click()
    plan.sat.settle()


def task(number: int = 1, **more: object) -> Task:
    return Task(TaskId(number), "Essay", NOW, **more)  # pyright: ignore[reportArgumentType] - by name


@pytest.mark.parametrize(
    ("page", "one", "listed"),
    [
        ("inbox", task(), True),
        ("inbox", task(project=CHEM), False),
        ("project", task(project=CHEM), True),
        ("project", task(), False),
        ("today", task(), False),
        ("today", task(due=Due(NOW)), True),
        ("today", task(due=Due(NOW + timedelta(days=1))), False),
        ("today", task(state=TaskState.DOING), True),
        ("upcoming", task(fixed_start=NOW + timedelta(days=27)), True),
        ("upcoming", task(due=Due(NOW + timedelta(days=28))), False),
        ("board", task(project=CHEM), True),
        ("insights", task(due=Due(NOW)), False),
    ],
)
def test_which_page_lists_a_task(page: str, one: Task, listed: bool) -> None:
    assert is_listed(page, one, TODAY, CHEM) is listed


def test_it_is_said_where_tasks_went() -> None:
    one, two = task(1), task(2)
    there = [task(1, project=CHEM), task(2, project=CHEM)]
    assert gone_words([one], there[:1], {CHEM: "Chem"}, TODAY) == "“Essay” is in Chem now."
    assert gone_words([one, two], there, {CHEM: "Chem"}, TODAY) == "2 tasks are in Chem now."
    assert gone_words(there[:1], [one], {}, TODAY) == "“Essay” is in Inbox now."
    due = task(due=Due(NOW + timedelta(days=1)))
    assert gone_words([one], [due], {}, TODAY) == "“Essay” is due tomorrow."
    far = task(due=Due(NOW + timedelta(days=9)))
    assert gone_words([due], [far], {}, TODAY) == "“Essay” is due Wed 26 Nov."
    assert gone_words([due], [one], {}, TODAY) == "“Essay” is not due on any day now."


def test_what_is_added_out_of_sight_can_be_gone_to_and_taken_back(plan: Plan) -> None:
    plan.page("today")
    plan.add("essay", "essay about Rome", "call mum today")
    assert names(plan, "“call mum” was added") == ["Undo"]
    plan.add("buy milk")
    assert names(plan, "“buy milk” was added to Inbox.") == ["Show", "Undo"]
    press(plan, "“buy milk” was added", "Show")
    assert plan.place.current == "inbox"
    listed = plan.page("inbox").list
    plan.sat.bot.waitUntil(lambda: [one.title for one in listed.selected()] == ["buy milk"])
    assert listed.hasFocus()
    plan.add("water plants")
    assert names(plan, "“water plants” was added") == ["Undo"]
    press(plan, "“water plants” was added", "Undo")
    plan.sat.bot.waitUntil(lambda: "water plants" not in plan.titles(plan.page("inbox")))


def test_what_moves_to_another_project_or_day_can_be_gone_to(plan: Plan) -> None:
    plan.add("essay +Chem", "lab report", "lecture notes")
    page = plan.page("inbox")
    plan.sat.bot.waitUntil(lambda: bool(plan.place.sections.projects))
    plan.select(page, "lab report")
    plan.press(page, KEY.Key_M)
    plan.choose("Chem")
    words = "“lab report” is in Chem now."
    assert names(plan, words) == ["Show", "Undo"]
    press(plan, words, "Show")
    assert plan.place.current == "project"
    project = plan.place.page("project")
    assert project is not None
    listed = plan.room.tasks("project")
    assert listed is not None
    chosen = listed.page.list
    plan.sat.bot.waitUntil(lambda: [one.title for one in chosen.selected()] == ["lab report"])

    plan.add("shopping today")
    page = plan.page("today")
    plan.select(page, "shopping")
    plan.press(page, KEY.Key_D)
    plan.choose("Tomorrow")
    assert names(plan, "“shopping” is due tomorrow.") == ["Show", "Undo"]
    press(plan, "“shopping” is due tomorrow.", "Undo")
    plan.sat.bot.waitUntil(lambda: "shopping" in plan.titles(plan.page("today")))


def test_a_block_drawn_onto_something_can_be_put_where_there_is_room(plan: Plan) -> None:
    services, wait = plan.sat.desk.core.planning, plan.sat.bot.waitUntil
    services.adding.add_line("essay by fri ~1h").result(60)
    services.scheduling.plan().result(60)
    services.adding.add_line("plumber 19 november 2025 10:00-12:00").result(60)
    plan.place.show_page("week")
    shown = plan.room.week
    assert shown is not None
    canvas = shown.page.canvas
    wait(lambda: len(canvas.placed()) == 2)
    placed = {one.shown.title: one.area for one in canvas.placed()}
    begin = placed["essay"].center().toPoint()
    end = placed["plumber"].center().toPoint()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=begin)
    for at in ((begin + end) / 2, end):
        QTest.mouseMove(canvas, at)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end + QPoint(0, 1))
    words = "“essay” was moved. It lies on “plumber”"
    wait(lambda: bool(buttons(plan, words)))
    assert names(plan, words) == ["Move there", "Undo"]
    press(plan, words, "Move there")
    wait(lambda: bool(buttons(plan, "“essay” was moved there; the rest follows.")))
    found = services.scheduling.current().result(60)
    assert found is not None
    block = next(one for one in found.blocks if one.title == "essay")
    clear = block.end.hour <= 10 or block.start.hour >= 12 or block.start.day != 19
    assert clear
    assert block.end - block.start == timedelta(hours=1)
