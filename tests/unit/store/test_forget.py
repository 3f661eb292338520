"""What is forgotten is nowhere: not in a page, the log, the index or a backup."""

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from assistant.domain.conversation import Conversation, Message, MessageStatus, Role
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.ids import ConversationId
from assistant.store import forget as forget_module
from assistant.store.connection import encrypted_engine
from assistant.store.forget import Forgotten, scrub
from assistant.store.history import HistoryCounts, HistoryRepository
from assistant.store.search import SearchRepository
from tests.helpers.store_engine import KEY, opened
from tests.helpers.vault_pages import decrypted

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
STEM = "zqx"
"""All canaries begin so and no other word does: a beginning that stays is a trace as well."""


@dataclass
class SettableClock:
    """A clock that the test moves."""

    moment: datetime = NOON

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vault.db"


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    with opened(path) as engine:
        yield engine


@pytest.fixture
def history(engine: Engine, clock: SettableClock) -> HistoryRepository:
    return HistoryRepository(engine, clock)


def canaries(count: int) -> Iterator[str]:
    """Words of one stem with endings of one to three letters, so that some begin others."""
    endings = itertools.product("abcdefgh", repeat=3)
    for number, ending in enumerate(itertools.islice(itertools.cycle(endings), count)):
        yield STEM + "".join(ending)[: number % 3 + 1]


def talk(history: HistoryRepository, chat: Conversation, *texts: str) -> list[Message]:
    made: list[Message] = []
    leaf = history.get(chat.id).active_leaf
    for text in texts:
        message = history.add_message(chat.id, leaf, Role.USER, text, MessageStatus.COMPLETE)
        made.append(message)
        leaf = message.id
    return made


def mixed(history: HistoryRepository) -> tuple[Conversation, Conversation]:
    """Two long chats, written in turns; only the second one has canaries."""
    kept = history.create_conversation(title="Kept")
    gone = history.create_conversation(title=f"{STEM} title")
    secret = canaries(600)
    for n in range(60):
        talk(history, kept, f"zq zqy lamp{n} zebra {'and so on ' * 9}")
        talk(history, gone, f"zq{n} {' '.join(itertools.islice(secret, 10))} \u5929{STEM}\u6c14")
    return kept, gone


def vocabulary(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE temp.words USING fts5vocab ('main', 'message_search', 'row')"
        )
        found = {row[0] for row in connection.exec_driver_sql("SELECT term FROM temp.words")}
        connection.exec_driver_sql("DROP TABLE temp.words")
    return found


def index_is_sound(engine: Engine) -> bool:
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO message_search (message_search, rank) VALUES ('integrity-check', 1)"
        )
        return connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def traces(path: Path) -> int:
    return decrypted(path, KEY).count(STEM.encode())


def test_nothing_of_a_forgotten_chat_stays(
    path: Path, engine: Engine, history: HistoryRepository
) -> None:
    kept, gone = mixed(history)
    history.set_draft(gone.id, f"{STEM} draft")
    history.set_persona(gone.id, None, f"{STEM} prompt")
    edited = talk(history, gone, f"{STEM}edited", f"{STEM}deleted", f"{STEM}grows")
    history.replace_text(edited[0].id, f"{STEM}again")
    history.delete_message(edited[1].id)
    history.reopen(edited[2].id)
    history.update_writing(edited[2].id, f"{STEM}growing " * 900)
    assert traces(path) > 600

    history.trash(gone.id)
    forgotten = history.forget([gone.id])

    assert len(forgotten.conversations) == 1
    assert path.with_name("vault.db-wal").stat().st_size == 0
    assert traces(path) == 0
    assert not {word for word in vocabulary(engine) if word.startswith(STEM)}
    assert index_is_sound(engine)
    assert history.counts() == HistoryCounts(1, 60)
    assert len(history.path(kept.id)) == 60
    assert len(SearchRepository(engine).search("zebra", limit=100)) == 60
    assert SearchRepository(engine).search(STEM) == []
    with pytest.raises(UserFacingError):
        history.get(gone.id)


def test_without_the_log_being_cut_traces_would_stay(
    path: Path, history: HistoryRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leave(_connection: Connection) -> None:
        """Does not cut the log."""

    monkeypatch.setattr(forget_module, "_clear_log", leave)
    _, gone = mixed(history)
    history.forget([gone.id])
    assert traces(path) > 0


def test_a_full_disk_takes_the_slow_way(
    path: Path,
    engine: Engine,
    history: HistoryRepository,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(_connection: Connection) -> None:
        raise EnvironmentProblem("The disk is full.", code="disk_full")

    monkeypatch.setattr(forget_module, "_rewrite_index", full)
    _, gone = mixed(history)
    words = {STEM + ending for ending in ("ab", "cde", "fghab")}
    talk(history, gone, " ".join(words))
    history.forget([gone.id])
    content = decrypted(path, KEY)
    assert not [word for word in vocabulary(engine) if word.startswith(STEM)]
    assert content.count(f" {STEM}".encode()) == 0
    assert history.counts() == HistoryCounts(1, 60)
    assert index_is_sound(engine)


def test_another_failure_changes_nothing(
    engine: Engine, history: HistoryRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_connection: Connection) -> None:
        raise EnvironmentProblem("The disk reported an error.", code="disk_error")

    _, gone = mixed(history)
    with monkeypatch.context() as patched:
        patched.setattr(forget_module, "_rewrite_index", broken)
        with pytest.raises(EnvironmentProblem):
            history.forget([gone.id])
    assert len(history.path(gone.id)) == 60
    assert index_is_sound(engine)
    history.forget([gone.id])
    assert index_is_sound(engine)


def test_a_reader_of_the_log_is_told_of(
    path: Path, engine: Engine, history: HistoryRepository
) -> None:
    _, gone = mixed(history)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 10")
    reader = encrypted_engine(path, KEY)
    try:
        with reader.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM message").scalar()
            with pytest.raises(EnvironmentProblem) as caught:
                history.forget([gone.id])
        assert caught.value.code == "log_in_use"
    finally:
        reader.dispose()
    assert history.counts() == HistoryCounts(1, 60)


def test_forgetting_nothing_writes_nothing(path: Path, history: HistoryRepository) -> None:
    mixed(history)
    log = path.with_name("vault.db-wal")
    before = log.stat().st_size
    assert before > 0
    assert not history.forget([ConversationId(99)])
    assert not history.forget([])
    assert not history.forget_expired(0)
    assert log.stat().st_size == before


def test_what_expired_is_forgotten_and_the_rest_stays(
    path: Path, engine: Engine, history: HistoryRepository, clock: SettableClock
) -> None:
    kept, gone = mixed(history)
    messages = talk(history, kept, f"{STEM}one", "two", f"{STEM}three", "four")
    for message in (messages[0], messages[2]):
        history.delete_message(message.id)
    history.trash(gone.id)
    clock.moment += timedelta(days=10)
    history.trash(history.create_conversation(title="later").id)

    assert not history.forget_expired(11)
    forgotten = history.forget_expired(10)
    assert (len(forgotten.conversations), len(forgotten.messages)) == (1, 2)
    assert traces(path) == 0
    assert index_is_sound(engine)
    assert [m.content for m in history.path(kept.id)[-2:]] == ["two", "four"]
    assert history.path(kept.id)[-1].parent_id == messages[1].id
    assert [chat.title for chat in history.list_trashed()] == ["later"]
    with pytest.raises(UserFacingError):
        history.restore_message(messages[0].id)


def test_a_backup_is_scrubbed_of_the_same(
    path: Path, engine: Engine, history: HistoryRepository, clock: SettableClock
) -> None:
    kept, gone = mixed(history)
    message = talk(history, kept, f"{STEM}last")[0]
    engine.dispose()
    backup = path.with_name("backup.db")
    shutil.copyfile(path, backup)
    history.delete_message(message.id)
    single = history.forget_expired(0)
    chat = history.forget([gone.id])
    assert (len(single.messages), len(chat.conversations)) == (1, 1)
    forgotten = Forgotten(chat.conversations, single.messages)

    copy = encrypted_engine(backup, KEY)
    try:
        with copy.connect() as connection:
            assert scrub(connection, forgotten)
            assert not scrub(connection, forgotten)
        assert traces(backup) == 0
        assert index_is_sound(copy)
        assert len(HistoryRepository(copy, clock).path(kept.id)) == 60
    finally:
        copy.dispose()


def test_a_number_that_was_used_again_is_not_taken_for_the_old_chat(
    path: Path, engine: Engine, history: HistoryRepository, clock: SettableClock
) -> None:
    kept = history.create_conversation(title="before")
    engine.dispose()
    older = path.with_name("older.db")
    shutil.copyfile(path, older)
    first = history.create_conversation(title="first of this number")
    old = talk(history, first, "old")[0]
    restored = encrypted_engine(older, KEY)
    try:
        clock.moment += timedelta(seconds=1)
        after = HistoryRepository(restored, clock)
        second = after.create_conversation(title="second of this number")
        new = talk(after, second, "new")[0]
        assert (second.id, new.id) == (first.id, old.id)
        forgotten = after.forget([second.id])
    finally:
        restored.dispose()
    with engine.connect() as connection:
        assert not scrub(connection, forgotten)
    assert [chat.title for chat in history.list_conversations()] == [first.title, kept.title]


def test_an_empty_vault_can_forget_its_last_chat(
    engine: Engine, history: HistoryRepository
) -> None:
    chat = history.create_conversation()
    history.forget([chat.id])
    assert history.counts() == HistoryCounts(0, 0)
    assert index_is_sound(engine)
