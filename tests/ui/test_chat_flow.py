"""From a question typed in the window to the row in the vault, and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from assistant.domain.conversation import Feedback, MessageStatus, Role
from assistant.domain.model import ModelState
from assistant.ui.chat.controller import ONE_WAITS
from assistant.ui.chat.transcript.answer_row import AnswerRow
from assistant.ui.models.chats import RowKind
from assistant.ui.theme.theme import Theme
from tests.helpers.desk import Sat, leave, saying, sit_down
from tests.helpers.held_script import hold

LONG = "A word after a word. " * 400


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    made = sit_down(qtbot, theme, tmp_path / "p", saying("The **mean** is 3.", "It is 4."))
    yield made
    leave(made)


@pytest.fixture
def slow(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    """Its first answer takes minutes unless it is stopped."""
    made = sit_down(qtbot, theme, tmp_path / "p", saying(LONG, tokens_per_second=30))
    yield made
    leave(made)


def test_a_chat_gets_its_row_with_the_first_message(sat: Sat) -> None:
    assert sat.chats() == []
    answer = sat.ask("What is the mean of 2 and 4?")
    assert (answer.role, answer.content) == (Role.ASSISTANT, "The **mean** is 3.")
    (chat,) = sat.chats()
    assert [m.content for m in sat.stored(chat.id)] == [
        "What is the mean of 2 and 4?",
        "The **mean** is 3.",
    ]
    room = sat.desk.room
    assert room.place.bar.title.title == chat.title == "What is the mean of 2 and 4?"
    rows = [room.chats.model.data(room.chats.model.index(n)) for n in range(2)]
    assert rows == ["Today", chat.title]
    assert room.place.composer.text == ""
    assert len(room.transcript.outline) == 2

    def is_whole() -> bool:
        shown = room.transcript.message(answer.id)
        return shown is not None and shown.status is MessageStatus.COMPLETE

    sat.bot.waitUntil(is_whole)


def test_the_composer_shows_the_model_and_the_context(sat: Sat) -> None:
    sat.bot.waitUntil(lambda: sat.desk.model_status.status.state is ModelState.READY)
    assert sat.desk.room.place.composer.model.text() == "Ready · SmolLM2 135M"
    sat.ask("Hello?")
    composer = sat.desk.room.place.composer
    sat.bot.waitUntil(lambda: "of 4,096" in composer.usage_words)


def test_a_second_message_waits_and_is_sent_when_the_answer_ends(
    qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = hold(monkeypatch, 2)
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("One two three four.", tokens_per_second=8))
    try:
        room = sat.desk.room
        sat.say("First")
        qtbot.waitUntil(lambda: room.session.running is not None)
        sat.say("Second")
        assert room.session.queued == "Second"
        assert room.place.composer.notice.words == "Sent when this answer ends: Second"
        sat.say("Third")
        assert room.place.composer.text == "Third", "a third stays where it was typed"
        assert room.session.queued == "Second"
        go_on.set()
        qtbot.waitUntil(lambda: len(room.session.outline) == 4)
        qtbot.waitUntil(lambda: not room.answering.busy)
        said = [m.content for m in sat.stored(sat.chat.id) if m.role is Role.USER]
        assert said == ["First", "Second"]
        assert ONE_WAITS in room.place.composer.notice.words or not room.session.queued
    finally:
        leave(sat)


def test_stop_keeps_the_text_and_gives_the_waiting_message_back(slow: Sat) -> None:
    room = slow.desk.room
    slow.say("Tell me everything")
    slow.bot.waitUntil(lambda: bool(room.session.running and room.session.running.text))
    assert not room.place.composer.stop.isHidden()
    slow.say("And then?")
    QTest.keyClick(room.place.composer.field, Qt.Key.Key_Escape)
    slow.bot.waitUntil(lambda: room.session.running is None)
    slow.settle()
    answer = slow.stored(slow.chat.id)[-1]
    assert answer.status is MessageStatus.STOPPED
    assert answer.content
    assert LONG.startswith(answer.content)
    assert room.place.composer.text == "And then?"
    assert room.place.composer.stop.isHidden()


def test_an_answer_goes_on_in_the_background_and_is_picked_up_again(slow: Sat) -> None:
    room = slow.desk.room
    slow.say("Tell me everything")
    slow.bot.waitUntil(lambda: bool(room.session.running and room.session.running.text))
    first = slow.chat.id
    room.new_chat()
    slow.bot.waitUntil(lambda: room.session.id is None)
    assert not room.place.composer.send.isHidden()
    assert room.answering.in_chat(first) is not None
    room.open(first)
    slow.bot.waitUntil(lambda: room.session.id == first)
    assert not room.place.composer.stop.isHidden()
    rows = room.transcript.stage.rows
    slow.bot.waitUntil(
        lambda: any(isinstance(row, AnswerRow) and row.writing for row in rows.values())
    )


def test_a_draft_is_kept_and_comes_back(sat: Sat) -> None:
    room = sat.desk.room
    sat.ask("One")
    chat = sat.chat.id
    room.place.composer.set_text("half a thought")
    room.place.draft_due.emit()
    sat.settle()
    assert sat.chats()[0].draft == "half a thought"
    room.new_chat()
    sat.bot.waitUntil(lambda: room.session.id is None)
    assert room.place.composer.text == ""
    room.open(chat)
    sat.bot.waitUntil(lambda: room.session.id == chat)
    assert room.place.composer.text == "half a thought"


def test_words_of_a_new_chat_survive_without_a_row_in_the_list(sat: Sat) -> None:
    room = sat.desk.room
    room.place.composer.set_text("never sent")
    room.place.draft_due.emit()
    sat.settle()
    listed = [room.chats.model.row_at(room.chats.model.index(n)) for n in range(3)]
    assert all(row is not None and row.kind is not RowKind.CHAT for row in listed)
    (unsent,) = sat.chats()
    assert (unsent.draft, unsent.active_leaf) == ("never sent", None)
    sat.ask("something else")
    assert [c.id for c in sat.chats()] == [unsent.id], "the same row is used"


def test_unsent_words_are_there_again_in_a_new_chat(sat: Sat) -> None:
    room = sat.desk.room
    sat.ask("One")
    room.new_chat()
    room.place.composer.set_text("later")
    room.open(sat.chats()[0].id)
    sat.bot.waitUntil(lambda: room.session.outline != ())
    sat.settle()
    room.new_chat()
    sat.bot.waitUntil(lambda: room.place.composer.text == "later")


def test_a_temporary_chat_is_never_stored(sat: Sat) -> None:
    room = sat.desk.room
    room.new_temporary_chat()
    assert not room.place.bar.temporary.isHidden()
    answer = sat.ask("A secret")
    assert answer.content == "The **mean** is 3."
    assert sat.chats() == []
    assert sat.desk.core.history.search("secret").result(60) == []
    room.new_chat()
    sat.settle()
    assert room.place.bar.temporary.isHidden()
    assert room.session.outline == ()


def test_regenerate_makes_a_version_and_the_old_one_stays(sat: Sat) -> None:
    first = sat.ask("What is the mean?")
    ended = sat.desk.room.answering.finished
    with sat.bot.waitSignal(ended):
        sat.desk.room.transcript.asks.regenerate_requested.emit(first.id)
    sat.settle()
    outline = sat.desk.room.session.outline[-1]
    assert len(outline.versions) == 2
    assert sat.stored(sat.chat.id)[-1].content == "It is 4."
    sat.desk.room.transcript.asks.version_requested.emit(first.id)
    sat.bot.waitUntil(lambda: sat.desk.room.session.outline[-1].id == first.id)


def test_an_edited_question_is_asked_again_beside_the_old_one(sat: Sat) -> None:
    sat.ask("What is teh mean?")
    question = sat.stored(sat.chat.id)[0]
    with sat.bot.waitSignal(sat.desk.room.answering.finished):
        sat.desk.room.transcript.asks.edit_submitted.emit(question.id, "What is the mean?")
    sat.settle()
    assert [m.content for m in sat.stored(sat.chat.id)] == ["What is the mean?", "It is 4."]
    assert len(sat.desk.room.session.outline[0].versions) == 2


def test_a_message_is_deleted_and_brought_back(sat: Sat) -> None:
    answer = sat.ask("One")
    sat.desk.room.transcript.asks.delete_requested.emit(answer.id)
    sat.bot.waitUntil(lambda: len(sat.desk.room.session.outline) == 1)
    (toast,) = sat.desk.window.toasts.toasts()
    toast.acted.emit()
    sat.bot.waitUntil(lambda: len(sat.desk.room.session.outline) == 2)


def test_thumbs_and_pins_are_kept(sat: Sat) -> None:
    answer = sat.ask("One")
    sat.desk.room.transcript.asks.feedback_changed.emit(answer.id, Feedback.UP)
    sat.desk.room.transcript.asks.pin_requested.emit(answer.id, True)
    sat.settle()
    stored = sat.stored(sat.chat.id)[-1]
    assert (stored.feedback, stored.pinned) == (Feedback.UP, True)


def test_branch_begins_a_new_chat(sat: Sat) -> None:
    answer = sat.ask("One")
    old = sat.chat.id
    sat.desk.room.transcript.asks.branch_requested.emit(answer.id)
    sat.bot.waitUntil(lambda: sat.desk.room.session.id not in (old, None))
    assert len(sat.desk.room.session.outline) == 2
    assert len(sat.chats()) == 2


def test_delete_offers_undo_and_leaves_the_chat(sat: Sat) -> None:
    sat.ask("One")
    chat = sat.chat
    sat.desk.room.actions.delete(chat)
    sat.bot.waitUntil(lambda: sat.desk.room.session.id is None)
    assert sat.chats() == []
    toast = sat.desk.window.toasts.toasts()[-1]
    toast.acted.emit()
    sat.settle()
    assert [c.id for c in sat.chats()] == [chat.id]


def test_each_undo_brings_back_its_own_chat(sat: Sat) -> None:
    for text in ("One", "Two"):
        sat.ask(text)
        sat.desk.room.new_chat()
    second, first = sat.chats()
    sat.desk.room.actions.delete(first)
    sat.settle()
    sat.desk.room.actions.delete(second)
    sat.settle()
    older = sat.desk.window.toasts.toasts()[-2]
    older.acted.emit()
    sat.settle()
    assert [c.id for c in sat.chats()] == [first.id]


def test_forget_asks_once_and_leaves_nothing(sat: Sat) -> None:
    sat.ask("One")
    chat = sat.chat
    sat.desk.room.actions.delete(chat)
    sat.settle()
    question = sat.desk.room.actions.forget(chat)
    assert question.no.hasFocus() or QApplication.focusWidget() is not question.yes
    question.yes.click()
    sat.bot.waitUntil(lambda: sat.desk.core.history.trashed().result(60) == [])


def test_export_writes_the_file_that_its_ending_says(sat: Sat, tmp_path: Path) -> None:
    sat.ask("One")
    sat.desk.room.actions.export_to(sat.chat, tmp_path / "chat.md")
    sat.settle()
    assert "The **mean** is 3." in (tmp_path / "chat.md").read_text(encoding="utf-8")


def test_a_persona_is_made_and_given_to_the_chat(sat: Sat) -> None:
    room = sat.desk.room
    room.personas.save("Pirate", "Talk like a pirate.")
    sat.bot.waitUntil(lambda: room.session.system_prompt == "Talk like a pirate.")
    sat.bot.waitUntil(lambda: room.place.bar.persona.accessibleName() == "Persona: Pirate")
    sat.ask("Ahoy")
    assert sat.chat.system_prompt == "Talk like a pirate."
    room.place.panel.persona.field.setPlainText("Talk like a parrot.")
    room.place.panel.persona.flush()
    sat.bot.waitUntil(lambda: sat.chat.system_prompt == "Talk like a parrot.")
    assert room.place.bar.persona.accessibleName() == "Persona: Pirate, changed"


def test_sampling_is_kept_for_the_model(sat: Sat) -> None:
    sat.bot.waitUntil(lambda: sat.desk.model_status.status.state is ModelState.READY)
    sat.settle()
    section = sat.desk.room.place.panel.sampling
    section.rows[0].number.setValue(1.25)
    section.seed.setText("7")
    section.seed.textEdited.emit("7")
    section.flush()
    sat.settle()
    model = sat.desk.model_status.status.model
    assert model is not None
    kept = sat.desk.core.personas.sampling(model.id).result(60)
    assert (kept.temperature, kept.seed) == (1.25, 7)
    section.reset_requested.emit()
    sat.bot.waitUntil(lambda: section.sampling.temperature != 1.25)


def test_a_question_without_an_answer_is_answered_once_it_is_asked_for(sat: Sat) -> None:
    answer = sat.ask("What is the mean?")
    room = sat.desk.room
    question = room.session.outline[0].id
    assert _offers(sat) == []
    room.transcript.asks.delete_requested.emit(answer.id)
    sat.bot.waitUntil(lambda: len(room.session.outline) == 1)
    (offer,) = _offers(sat)
    with sat.bot.waitSignal(room.answering.finished):
        QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    sat.settle()
    assert room.session.outline[0].id == question
    assert [m.content for m in sat.stored(sat.chat.id)] == ["What is the mean?", "It is 4."]
    assert _offers(sat) == []


def _offers(sat: Sat) -> list[QAbstractButton]:
    """The buttons that offer an answer to the last question."""
    found = sat.desk.room.transcript.findChildren(QAbstractButton)
    return [each for each in found if each.text() == "Answer again" and each.isVisible()]
