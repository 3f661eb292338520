"""What rows of tasks show of when: what is due has a flag, what takes place has none."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from assistant.domain.ids import TaskId
from assistant.domain.task import DayPart, Due, Task
from assistant.ui.plan.tasks.actions import again_words
from assistant.ui.plan.tasks.model import Surroundings, rows_of
from assistant.ui.plan.tasks.page import TasksPage
from assistant.ui.plan.tasks.view import TaskList
from assistant.ui.plan.words import day_words, when_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import ElidedLabel
from tests.helpers.desk import leave, saying, sit_down
from tests.helpers.plan_place import Plan

NOW = datetime(2026, 11, 23, 8, 10, tzinfo=UTC)
TASK = Task(TaskId(1), "pick up parcel", NOW)
FIVE = NOW.replace(hour=17, minute=0)
MIDNIGHT = NOW.replace(hour=0, minute=0)


@pytest.fixture
def plan(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Plan]:
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."))
    yield Plan(sat)
    leave(sat)


def told(page: TasksPage) -> list[str]:
    return [one.text() for one in page.findChildren(ElidedLabel)]


@pytest.mark.parametrize(
    ("task", "icon"),
    [
        (Task(TaskId(1), "lab", NOW, due=Due(FIVE, whole_day=False)), "flag"),
        (Task(TaskId(1), "lab", NOW, not_before=MIDNIGHT, due=Due(MIDNIGHT)), "flag"),
        (Task(TaskId(1), "call", NOW, fixed_start=FIVE), "calendar"),
        (Task(TaskId(1), "essay", NOW, not_before=FIVE), "calendar"),
    ],
)
def test_what_takes_place_looks_other_than_what_is_due(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch, task: Task, icon: str
) -> None:
    tasks = TaskList(theme, "Inbox")
    qtbot.addWidget(tasks)
    tasks.resize(700, 200)
    tasks.tasks.show_rows(rows_of([task], Surroundings(NOW, {})))
    drawn: list[str] = []
    real = theme.icons.pixmap

    def noted(name: str, *rest: object) -> object:
        drawn.append(name)
        return real(name, *rest)  # pyright: ignore[reportArgumentType] - as it was called

    monkeypatch.setattr(theme.icons, "pixmap", noted)
    tasks.grab()
    assert [one for one in drawn if one in {"flag", "calendar"}] == [icon]


def test_a_row_says_when_in_its_day_a_task_is_liked() -> None:
    due = Due(MIDNIGHT + timedelta(days=2))
    task = Task(TaskId(1), "bag", NOW, due=due, prefers=DayPart.MORNING)
    assert when_words(task, NOW.date()) == "Wed 25 Nov, morning"


def test_upcoming_says_how_far_it_looks_and_leads_to_what_is_later(plan: Plan) -> None:
    now = plan.sat.desk.core.planning.now()
    far = [now + timedelta(days=days) for days in (40, 60)]
    plan.add("near by tomorrow", *(f"far by {day:%Y-%m-%d}" for day in far))
    page = plan.page("upcoming")
    plan.sat.bot.waitUntil(page.later.isVisible)
    assert page.later.text() == f"Show 2 later: the next on {day_words(far[0].date(), now.date())}"
    assert plan.titles(page)[1:] == ["near"]
    assert "1 task in the next four weeks" in told(page)

    page.later.click()
    plan.sat.bot.waitUntil(lambda: plan.titles(page).count("far") == 2)
    assert page.later.text() == "Only the next four weeks"
    assert "3 tasks" in told(page)
    page.later.click()
    plan.sat.bot.waitUntil(lambda: plan.titles(page)[1:] == ["near"])


def test_notices_say_where_a_task_went_and_when_it_comes_again(plan: Plan) -> None:
    toasts = plan.sat.desk.window.toasts

    def last() -> str:
        return toasts.toasts()[-1].accessibleName()

    plan.page("today")
    plan.add("milk")
    assert last() == "“milk” was added to Inbox."
    plan.add("essay +School")
    assert last() == "“essay” was added to its new project."
    plan.add("lab +School")
    plan.sat.bot.waitUntil(lambda: last() == "“lab” was added to School.")

    plan.add("water the plants every day")
    page = plan.page("inbox")
    (plants,) = plan.select(page, "water")
    assert plants
    plan.press(page, Qt.Key.Key_Space)
    plan.sat.bot.waitUntil(lambda: last() == "“water the plants” is done. It comes again tomorrow.")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, " It comes again today."),
        (1, " It comes again tomorrow."),
        (9, " It comes again on Wed 2 Dec."),
    ],
)
def test_when_it_comes_again_in_words(days: int, words: str) -> None:
    task = Task(TaskId(1), "bag", NOW, due=Due(MIDNIGHT + timedelta(days=days)))
    assert again_words([task], NOW.date()) == words
    assert again_words([task, task], NOW.date()) == " 2 of them come again."
