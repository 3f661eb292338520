"""What the planner did and said in a chat stays in the conversation, also when it is undone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assistant.domain.conversation import Message, MessageStatus, Role
from assistant.ui.chat.transcript.answer_row import AnswerRow
from assistant.ui.plan.place import PlanPlace
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from tests.helpers.desk import Sat, leave, saying, sit_down
from tests.helpers.held_script import hold
from tests.helpers.planning_stand import HandClock


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    script = saying("An answer.", "Another.", tokens_per_second=40)
    made = sit_down(qtbot, theme, tmp_path / "p", script, HandClock())
    made.desk.core.planning.adding.add_line("Chemistry sheet ~1h").result(60)
    yield made
    leave(made)


def shown(sat: Sat, count: int) -> list[Message]:
    """The messages of the shown chat, once there are so many."""
    transcript = sat.desk.room.transcript
    sat.bot.waitUntil(lambda: len(transcript.outline) == count)
    sat.settle()
    return sat.stored(sat.chat.id)


def do(sat: Sat, words: str) -> None:
    """Has it done what a sentence says."""
    line, toasts = sat.desk.room.plan_offer.line, sat.desk.window.toasts
    sat.say(words)
    sat.bot.waitUntil(line.action.isVisible)
    before = toasts.toasts()
    line.action.click()
    sat.bot.waitUntil(lambda: len(toasts.toasts()) > len(before))


def press(sat: Sat, words: str) -> None:
    """Presses a button of the last toast."""
    toast = sat.desk.window.toasts.toasts()[-1]
    next(one for one in toast.findChildren(Button) if one.text() == words).click()


def row_of(sat: Sat, index: int) -> Any:
    """The row of a message; its parts are looked at as they are."""
    transcript = sat.desk.room.transcript
    row = transcript.stage.rows[transcript.outline[index].id]
    assert isinstance(row, AnswerRow)
    return row


def test_what_was_done_is_kept_with_its_words(sat: Sat) -> None:
    do(sat, "move chemistry to friday")
    asked, done = shown(sat, 2)
    assert (asked.role, asked.content) == (Role.USER, "move chemistry to friday")
    assert done.content.startswith("Done: Move “Chemistry sheet”\n\n- ")
    assert (done.role, done.model, done.numbers) == (Role.ASSISTANT, "Planner", None)
    assert done.status is MessageStatus.COMPLETE
    assert (sat.chat.title, sat.chat.draft) == ("Move chemistry to friday", "")

    press(sat, "Undo")
    sat.bot.waitUntil(
        lambda: sat.stored(sat.chat.id)[-1].content.startswith("Done, and taken back: Move")
    )
    assert sat.ask("Thank you").content == "An answer."
    assert [one.model for one in shown(sat, 4)][1] == "Planner"


def test_what_is_undone_and_done_again_in_plan_is_marked(sat: Sat) -> None:
    def says(start: str) -> None:
        sat.bot.waitUntil(lambda: sat.stored(sat.chat.id)[1].content.startswith(start))

    do(sat, "make chemistry urgent")
    shown(sat, 2)
    sat.desk.window.show_place("plan")
    place = sat.desk.window.place("plan")
    assert isinstance(place, PlanPlace)
    place.activateWindow()
    for keys in ("Ctrl+Z", "Ctrl+Y", "Ctrl+Z"):
        QTest.keySequence(place, QKeySequence(keys))
        says("Done again: " if keys == "Ctrl+Y" else "Done, and taken back: ")
    sat.desk.window.show_place("chat")
    row = row_of(sat, 1)
    sat.bot.waitUntil(lambda: row.message.content.startswith("Done, and taken back: "))


def test_undoing_what_is_no_longer_in_the_chat_says_nothing_of_it(sat: Sat) -> None:
    do(sat, "make chemistry urgent")
    shown(sat, 2)
    sat.desk.core.exchange.forget([sat.chat.id]).result(60)
    sat.settle()
    before = sat.desk.window.toasts.toasts()
    sat.desk.core.planning.tasks.undo().result(60)
    sat.settle()
    assert sat.desk.window.toasts.toasts() == before


def test_an_answer_from_the_plan_is_kept_and_a_model_can_be_asked_instead(sat: Sat) -> None:
    room = sat.desk.room
    sat.say("how long will chemistry take?")
    said = shown(sat, 2)[1]
    assert said.model == "Planner"
    assert not room.plan_offer.line.words
    assert room.place.composer.text == ""
    room.transcript.asks.regenerate_requested.emit(said.id)
    sat.bot.waitUntil(lambda: sat.stored(sat.chat.id)[-1].content == "An answer.")
    sat.settle()
    assert len(room.transcript.outline[-1].versions) == 2


def test_the_planner_is_named_where_a_model_has_its_numbers(sat: Sat) -> None:
    room = sat.desk.room
    room.transcript.shows_numbers = True
    sat.say("how long will chemistry take?")
    said = shown(sat, 2)[1]
    row = row_of(sat, 1)
    assert row.accessibleName() == "Answer of the planner"
    author, numbers = row.action_row.author, row.action_row.numbers
    assert author.isVisible()
    assert not numbers.isVisible()
    assert not row.words.isVisible()
    right = author.geometry().right()
    assert right <= row.action_row.rect().right()
    assert not any(author.geometry().intersects(one.geometry()) for one in row.action_row.buttons())

    room.transcript.asks.regenerate_requested.emit(said.id)
    sat.bot.waitUntil(lambda: sat.stored(sat.chat.id)[-1].content == "An answer.")
    sat.settle()
    sat.bot.waitUntil(lambda: row_of(sat, 1).accessibleName() == "Answer of SmolLM2 135M")
    row = row_of(sat, 1)
    sat.bot.waitUntil(row.action_row.numbers.isVisible)
    assert not row.action_row.author.isVisible()


def test_while_an_answer_is_written_it_waits_for_its_end(
    qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = hold(monkeypatch, 3)
    story = " ".join(f"word{number}" for number in range(60))
    sat = sit_down(qtbot, theme, tmp_path / "p", saying(story, tokens_per_second=15), HandClock())
    sat.desk.core.planning.adding.add_line("Chemistry sheet ~1h").result(60)
    sat.say("tell me a story")
    sat.bot.waitUntil(lambda: sat.desk.room.session.running is not None)
    sat.say("how long will chemistry take?")
    line = sat.desk.room.plan_offer.line
    sat.bot.waitUntil(lambda: "Chemistry" in line.words)
    assert len(shown(sat, 2)) == 2
    go_on.set()
    words = [one.content for one in shown(sat, 4)]
    assert words[:3] == ["tell me a story", story, "how long will chemistry take?"]
    assert "Chemistry sheet" in words[3]
    assert not line.words
    leave(sat)


def test_a_temporary_chat_keeps_it_in_memory_alone(sat: Sat) -> None:
    room = sat.desk.room
    room.new_temporary_chat()
    do(sat, "make chemistry urgent")
    assert shown(sat, 2)[1].content.startswith("Done: ")
    assert sat.chat.temporary
    room.new_chat()
    sat.settle()
    press(sat, "Undo")  # of a chat that is gone there is nothing to be marked
    sat.bot.waitUntil(
        lambda: any("Undone" in one.accessibleName() for one in sat.desk.window.toasts.toasts())
    )
    assert sat.chats() == []


def test_it_stays_in_the_chat_in_which_it_was_said(sat: Sat) -> None:
    room = sat.desk.room
    assert sat.ask("tell me a story").content == "An answer."
    first = sat.chat.id
    sat.say("make chemistry urgent")
    sat.bot.waitUntil(room.plan_offer.line.action.isVisible)
    room.plan_offer.line.action.click()
    room.new_chat()
    sat.bot.waitUntil(lambda: len(sat.stored(first)) == 4)
    assert not room.transcript.outline


def test_other_words_for_the_planner_go_to_the_planner(sat: Sat) -> None:
    room = sat.desk.room
    do(sat, "make chemistry urgent")
    asked, _ = shown(sat, 2)
    room.transcript.asks.edit_submitted.emit(asked.id, "move chemistry to friday")
    line = room.plan_offer.line
    sat.bot.waitUntil(lambda: line.words.startswith("Move “Chemistry"))
    line.close_button.click()
    room.place.composer.set_text("")
    room.transcript.asks.edit_submitted.emit(asked.id, "tell me a story")
    sat.bot.waitUntil(lambda: sat.stored(sat.chat.id)[-1].content == "An answer.")


def test_the_week_is_shown_with_the_day_that_was_changed(sat: Sat) -> None:
    do(sat, "move chemistry to 14 days from now 10:00")
    press(sat, "Show the week")
    window = sat.desk.window
    assert window.current == "plan"
    place = window.place("plan")
    assert isinstance(place, PlanPlace)
    assert place.current == "week"
    page = place.page("week")
    assert page is not None
    sat.bot.waitUntil(lambda: "16" in page.windowTitle())  # 14 days from 2 March
