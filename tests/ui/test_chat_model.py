"""The window with the real engine and the starter model."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assistant.domain.conversation import MessageStatus
from assistant.domain.errors import UserFacingError
from assistant.engine.local import local_engine
from assistant.engine.scripted import Script, scripted_engine
from assistant.ui.theme.theme import Theme
from tests.helpers.desk import leave, sit_down_with


@pytest.mark.model
def test_the_starter_model_answers_in_the_window(
    qtbot: QtBot, theme: Theme, tmp_path: Path, starter_model: Path
) -> None:
    assert starter_model.is_file()
    sat = sit_down_with(qtbot, theme, tmp_path / "p", local_engine())
    try:
        room = sat.desk.room
        sat.say("Write one sentence about the sea.")
        qtbot.waitUntil(lambda: bool(room.session.running and len(room.session.running.text) > 20))
        room.session.stop()
        qtbot.waitUntil(lambda: not room.answering.busy)
        sat.settle()
        answer = sat.stored(sat.chat.id)[-1]
        assert answer.status in (MessageStatus.STOPPED, MessageStatus.COMPLETE)
        assert answer.model == "SmolLM2 135M"
        assert answer.numbers is not None
        assert answer.numbers.prompt_tokens > 5
        qtbot.waitUntil(lambda: room.place.composer.usage_words.startswith("Context "))
    finally:
        leave(sat)


def test_a_model_that_cannot_be_loaded_is_said_and_the_question_stays(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    broken = UserFacingError("The model's file is damaged.", "Import it again.")
    script = Script(load_fails_with=broken)
    sat = sit_down_with(qtbot, theme, tmp_path / "p", scripted_engine(script))
    try:
        answer = sat.ask("Is anybody there?")
        assert answer.status is MessageStatus.FAILED
        assert answer.error == "The model's file is damaged. Import it again."
        assert sat.stored(sat.chat.id)[0].content == "Is anybody there?"
        words = sat.desk.room.place.composer.model.text()
        assert words == "Cannot be loaded · SmolLM2 135M"
        assert not sat.desk.room.place.composer.send.isHidden()
    finally:
        leave(sat)
