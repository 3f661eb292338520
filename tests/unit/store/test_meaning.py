"""Passages in the vault: made of every message, current, and gone with it."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assistant.domain.clock import FixedClock
from assistant.domain.conversation import Conversation, Message, MessageStatus, Role
from assistant.store.history import HistoryRepository
from assistant.store.meaning import LONGEST_READ, MeaningRepository, Passage, Place, Waiting
from tests.helpers.store_engine import KEY, opened
from tests.helpers.vault_pages import decrypted

NOON = FixedClock(datetime(2026, 3, 1, 12, tzinfo=UTC))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vault.db"


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    with opened(path) as engine:
        yield engine


@pytest.fixture
def history(engine: Engine) -> HistoryRepository:
    return HistoryRepository(engine, NOON)


@pytest.fixture
def meaning(engine: Engine) -> MeaningRepository:
    made = MeaningRepository(engine)
    made.use_model("a" * 64)
    return made


def say(
    history: HistoryRepository, chat: Conversation, text: str, status: str = "complete"
) -> Message:
    leaf = history.get(chat.id).active_leaf
    return history.add_message(chat.id, leaf, Role.USER, text, MessageStatus(status))


def vector_of(text: str) -> bytes:
    """384 bytes that are to be met nowhere else."""
    return b"".join(hashlib.sha512(f"{text}{n}".encode()).digest() for n in range(6))


def embed_all(meaning: MeaningRepository) -> None:
    waiting = meaning.waiting(1000)
    meaning.keep([(each, [Passage(0, len(each.text), vector_of(each.text))]) for each in waiting])


def embedded(meaning: MeaningRepository) -> set[int]:
    return {message for _, message, _, _ in meaning.vectors(0, 1000).facts}


def texts(waiting: list[Waiting]) -> list[str]:
    return [each.text for each in waiting]


def test_a_message_waits_from_its_end_until_its_passages_are_kept(
    history: HistoryRepository, meaning: MeaningRepository
) -> None:
    chat = history.create_conversation(title="One")
    first = say(history, chat, "first")
    second = say(history, chat, "", "writing")
    history.update_writing(second.id, "half")
    assert texts(meaning.waiting(9)) == ["first"]
    history.finish_message(second.id, "whole", MessageStatus.COMPLETE)
    assert texts(meaning.waiting(9)) == ["whole", "first"]
    assert texts(meaning.waiting(1)) == ["whole"]
    embed_all(meaning)
    assert meaning.count_waiting() == 0
    assert embedded(meaning) == {first.id, second.id}


def test_what_is_edited_deleted_or_reopened_loses_its_passages(
    history: HistoryRepository, meaning: MeaningRepository
) -> None:
    chat = history.create_conversation(title="One")
    edited, deleted, reopened, kept = (say(history, chat, word) for word in "abcd")
    embed_all(meaning)
    history.replace_text(edited.id, "A")
    history.delete_message(deleted.id)
    history.reopen(reopened.id)
    assert embedded(meaning) == {kept.id}
    assert texts(meaning.waiting(9)) == ["A"]
    history.restore_message(deleted.id)
    assert set(texts(meaning.waiting(9))) == {"A", "b"}


def test_passages_of_a_text_that_has_changed_meanwhile_are_dropped(
    history: HistoryRepository, meaning: MeaningRepository
) -> None:
    chat = history.create_conversation(title="One")
    message = say(history, chat, "before")
    read = meaning.waiting(9)
    history.replace_text(message.id, "after")
    meaning.keep([(read[0], [Passage(0, 6, vector_of("before"))])])
    assert embedded(meaning) == set()
    assert texts(meaning.waiting(9)) == ["after"]


def test_of_a_long_message_the_beginning_is_read(
    history: HistoryRepository, meaning: MeaningRepository
) -> None:
    say(history, history.create_conversation(), "é" * (LONGEST_READ + 9))
    assert texts(meaning.waiting(9)) == ["é" * LONGEST_READ]
    embed_all(meaning)
    assert meaning.count_waiting() == 0


def test_another_model_begins_anew(history: HistoryRepository, meaning: MeaningRepository) -> None:
    say(history, history.create_conversation(), "one")
    embed_all(meaning)
    meaning.use_model("a" * 64)
    assert len(embedded(meaning)) == 1
    meaning.use_model("b" * 64)
    assert embedded(meaning) == set()
    assert texts(meaning.waiting(9)) == ["one"]


def test_no_vector_of_a_forgotten_message_stays(
    path: Path, history: HistoryRepository, meaning: MeaningRepository
) -> None:
    kept, gone = (history.create_conversation(title=name) for name in ("kept", "gone"))
    for number in range(40):
        say(history, kept, f"kept {number}")
        say(history, gone, f"gone {number}")
    edited = say(history, kept, "edited")
    embed_all(meaning)
    history.replace_text(edited.id, "anew")
    pages = decrypted(path, KEY)
    assert all(pages.count(vector_of(f"gone {number}")) > 0 for number in range(40))
    history.forget([gone.id])
    pages = decrypted(path, KEY)
    for number in range(40):
        assert vector_of(f"gone {number}")[:16] not in pages
        assert vector_of(f"gone {number}")[-16:] not in pages
        assert vector_of(f"kept {number}") in pages
    assert vector_of("edited")[:16] not in pages


def test_hits_show_the_passage_and_leave_out_what_is_deleted(
    history: HistoryRepository, meaning: MeaningRepository
) -> None:
    chat, trashed = history.create_conversation(title="Kept"), history.create_conversation()
    message = say(history, chat, "A beginning. And then\nthe passage. An end.")
    deleted, elsewhere = say(history, chat, "deleted"), say(history, trashed, "elsewhere")
    history.delete_message(deleted.id)
    history.trash(trashed.id)
    places = [Place(deleted.id, 0, 7), Place(elsewhere.id, 0, 9), Place(message.id, 13, 21)]
    (hit,) = meaning.hits(places)
    assert (hit.message_id, hit.title, hit.by_meaning) == (message.id, "Kept", True)
    assert hit.snippet == "…And then the passage.…"


def test_vectors_are_read_in_pieces(history: HistoryRepository, meaning: MeaningRepository) -> None:
    chat = history.create_conversation()
    for number in range(5):
        say(history, chat, f"{number}")
    embed_all(meaning)
    first = meaning.vectors(0, 3)
    rest = meaning.vectors(first.facts[-1][0], 3)
    assert {facts[0] for facts in (*first.facts, *rest.facts)} == set(meaning.numbers())
    assert len(first.vectors) == 3 * 384
    assert rest.vectors == vector_of("1") + vector_of("0")
