"""The window with the real engine and the starter model."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assistant.domain.conversation import MessageStatus
from assistant.engine.llama.engine import llama_engine
from assistant.ui.theme.theme import Theme
from tests.helpers.desk import leave, sit_down_with


@pytest.mark.model
def test_the_starter_model_answers_in_the_window(
    qtbot: QtBot, theme: Theme, tmp_path: Path, starter_model: Path
) -> None:
    assert starter_model.is_file()
    sat = sit_down_with(qtbot, theme, tmp_path / "p", llama_engine())
    try:
        room = sat.desk.room
        sat.say("Write one sentence about the sea.")
        qtbot.waitUntil(
            lambda: bool(room.session.running and len(room.session.running.text) > 20),
            timeout=60_000,
        )
        room.session.stop()
        qtbot.waitUntil(lambda: not room.answering.busy, timeout=20_000)
        sat.settle()
        answer = sat.stored(sat.chat.id)[-1]
        assert answer.status in (MessageStatus.STOPPED, MessageStatus.COMPLETE)
        assert answer.model == "SmolLM2 135M"
        assert answer.numbers is not None
        assert answer.numbers.prompt_tokens > 5
        qtbot.waitUntil(lambda: room.place.composer.usage_words.startswith("Context "))
    finally:
        leave(sat)
