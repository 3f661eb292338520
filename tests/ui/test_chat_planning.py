"""A sentence in the chat moves a task once it is confirmed, and a message stays a message."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assistant.domain.ids import TaskId
from assistant.domain.task import Task
from assistant.ui.theme.theme import Theme
from tests.helpers.desk import Sat, leave, saying, sit_down
from tests.helpers.signals import record


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    made = sit_down(qtbot, theme, tmp_path / "p", saying("An answer.", "Another."))
    yield made
    leave(made)


def test_a_command_is_shown_confirmed_and_undone(sat: Sat) -> None:
    room, planning = sat.desk.room, sat.desk.core.planning
    task = planning.adding.add_line("Chemistry sheet ~1h").result(60)

    def now(task_id: TaskId) -> Task:
        return planning.tasks.get(task_id).result(60)

    offer, composer = room.plan_offer, room.place.composer
    sat.say("move chemistry to friday")
    sat.bot.waitUntil(lambda: bool(offer.line.words), timeout=20_000)
    assert offer.line.words.startswith("Move “Chemistry sheet”: ")
    assert len(room.transcript.outline) == 0
    assert now(task.id) == task
    offer.line.action.click()
    assert composer.text == ""
    sat.bot.waitUntil(lambda: now(task.id).due is not None, timeout=20_000)
    assert not offer.line.words
    offer.undo()
    sat.bot.waitUntil(lambda: now(task.id).due is None, timeout=20_000)

    sat.say("move chemistry to friday")
    sat.bot.waitUntil(lambda: bool(offer.line.words), timeout=20_000)
    offer.line.close_button.click()
    assert composer.text == "move chemistry to friday"
    assert len(room.transcript.outline) == 0
    composer.set_text("")

    answer = sat.ask("move the decimal point to the left")  # no task is called so
    assert answer.content == "An answer."
    assert not offer.line.words


def test_what_is_sent_again_goes_to_the_model(sat: Sat) -> None:
    room, planning = sat.desk.room, sat.desk.core.planning
    for title in ("History essay", "Biology essay"):
        planning.adding.add_line(title).result(60)
    offer = room.plan_offer
    sat.say("done with essay")
    sat.bot.waitUntil(lambda: bool(offer.line.words), timeout=20_000)
    assert "“Biology essay”" in offer.line.words
    room.place.composer.set_text("done with essay now")
    assert not offer.line.words
    sat.say("done with essay")
    sat.bot.waitUntil(lambda: bool(offer.line.words), timeout=20_000)
    assert sat.ask("done with essay").content == "An answer."


def test_an_answer_that_comes_late_is_for_nobody(sat: Sat) -> None:
    room, planning = sat.desk.room, sat.desk.core.planning
    for title in ("Chemistry sheet", "History essay"):
        planning.adding.add_line(title).result(60)
    offer, declined = room.plan_offer, record(room.plan_offer.declined)

    sat.say("move chemistry to friday")
    assert sat.ask("move chemistry to friday").content == "An answer."  # before it was read
    assert not offer.line.words
    sat.say("move the decimal point to the left")
    sat.desk.room.place.composer.set_text("something else")
    sat.say("move chemistry to friday")
    sat.say("done with history")
    sat.bot.waitUntil(lambda: bool(offer.line.words), timeout=20_000)
    assert "History essay" in offer.line.words
    sat.settle()
    assert "History essay" in offer.line.words
    assert declined == []
