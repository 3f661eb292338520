"""The model reads along while one writes, in pauses only, and stops when it is sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assistant.domain.ids import ConversationId
from assistant.services.jobs import Job
from assistant.ui.theme.theme import Theme
from tests.helpers.desk import Sat, leave, saying, sit_down


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    made = sit_down(qtbot, theme, tmp_path / "profile", saying("One.", "Two.", "Three."))
    yield made
    leave(made)


@pytest.fixture
def read(sat: Sat, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Job[int]]]:
    """The drafts that were read, with the jobs that read them, which never end by themselves."""
    seen: list[tuple[str, Job[int]]] = []

    def note(_: ConversationId, draft: str) -> Job[int]:
        job: Job[int] = Job()
        seen.append((draft, job))
        return job

    monkeypatch.setattr(sat.desk.core.chat, "read_ahead", note)
    return seen


def type_words(sat: Sat, words: str) -> None:
    QTest.keyClicks(sat.desk.room.place.composer.field, words)


def test_a_draft_is_read_when_the_typing_pauses(
    sat: Sat, qtbot: QtBot, read: list[tuple[str, Job[int]]]
) -> None:
    sat.ask("Hello")
    type_words(sat, "What is the longest river ")
    assert read == []
    qtbot.waitUntil(lambda: len(read) == 1)
    assert read[0][0] == "What is the longest river "

    type_words(sat, "of all the rivers in Europe ")
    qtbot.waitUntil(lambda: len(read) == 2)
    assert read[0][1].cancel_token.cancelled
    assert not read[1][1].cancel_token.cancelled

    sat.ask("What is the longest river of all the rivers in Europe today?")
    assert read[1][1].cancel_token.cancelled


def test_a_word_more_is_not_worth_it(
    sat: Sat, qtbot: QtBot, read: list[tuple[str, Job[int]]]
) -> None:
    sat.ask("Hello")
    type_words(sat, "What is the longest river ")
    qtbot.waitUntil(lambda: len(read) == 1)
    type_words(sat, "now ")
    qtbot.wait(400)
    assert len(read) == 1


def test_clearing_the_field_gives_the_reading_up(
    sat: Sat, qtbot: QtBot, read: list[tuple[str, Job[int]]]
) -> None:
    sat.ask("Hello")
    type_words(sat, "What is the longest river ")
    qtbot.waitUntil(lambda: len(read) == 1)
    sat.desk.room.place.composer.set_text("")
    assert read[0][1].cancel_token.cancelled


def test_the_first_words_of_a_new_chat_are_read(
    sat: Sat, qtbot: QtBot, read: list[tuple[str, Job[int]]]
) -> None:
    sat.ask("Hello")
    sat.desk.room.new_chat()
    type_words(sat, "What is the longest river ")
    qtbot.waitUntil(lambda: len(read) == 1)


def test_a_chat_is_read_once_when_it_is_opened_and_given_up_when_it_is_left(
    sat: Sat, qtbot: QtBot, read: list[tuple[str, Job[int]]]
) -> None:
    sat.ask("Hello")
    first = sat.chat.id
    sat.desk.room.new_chat()
    sat.ask("Another")
    sat.desk.room.open(first)
    qtbot.waitUntil(lambda: bool(read))
    assert [draft for draft, _ in read] == [""]
    sat.desk.room.new_chat()
    assert read[0][1].cancel_token.cancelled
