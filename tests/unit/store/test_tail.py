"""What is known of the write-ahead log from outside."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.store.connection import VaultConnection, open_connection
from assistant.store.keys import DataKey
from assistant.store.tail import Tail, TailState, tail_state
from assistant.store.wal import intact_frames, read_header
from tests.unit.store.vault_fixtures import flip_bit

KEY = DataKey.generate()
FRAME = 24 + 4096


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[VaultConnection]:
    connection = open_connection(tmp_path / "a.db", KEY, create=True)
    connection.execute("CREATE TABLE note (text TEXT)")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    yield connection
    connection.close()


@pytest.fixture
def wal(tmp_path: Path) -> Path:
    return tmp_path / "a.db-wal"


@pytest.fixture
def tail(tmp_path: Path) -> Iterator[Tail]:
    tail = Tail(tmp_path / "a.tail", KEY)
    yield tail
    tail.close()


def write(connection: VaultConnection, count: int) -> None:
    for _ in range(count):
        connection.execute("INSERT INTO note VALUES (randomblob(500))")


def state(connection: VaultConnection) -> tuple[int, int]:
    row = connection.execute("PRAGMA wal_checkpoint = NOOP").fetchone()
    return row[1], row[2]


def test_frames_are_counted_as_sqlite_counts_them(connection: VaultConnection, wal: Path) -> None:
    assert read_header(wal) is None
    write(connection, 12)
    frames, _ = state(connection)
    assert frames >= 12
    assert intact_frames(wal, frames) == frames
    assert intact_frames(wal, frames + 5) == frames


def test_a_flip_ends_the_count_at_its_frame(connection: VaultConnection, wal: Path) -> None:
    write(connection, 9)
    frames, _ = state(connection)
    for frame in range(frames):
        for offset in (0, 9, 17, 24, 24 + 4095):
            flip_bit(wal, 32 + frame * FRAME + offset, 3)
            assert intact_frames(wal, frames) == frame
            flip_bit(wal, 32 + frame * FRAME + offset, 3)
    for offset in range(32):
        flip_bit(wal, offset, 1)
        assert read_header(wal) is None
        assert intact_frames(wal, frames) == 0
        flip_bit(wal, offset, 1)
    assert intact_frames(wal, frames) == frames


def test_a_record_comes_back_and_the_newest_wins(
    connection: VaultConnection, wal: Path, tail: Tail, tmp_path: Path
) -> None:
    assert tail.read() is None
    for _ in range(5):
        write(connection, 1)
        tail.write(wal, *state(connection))
    record = Tail(tmp_path / "a.tail", KEY).read()
    assert record is not None
    assert (record.sequence, record.frames) == (5, state(connection)[0])
    assert tail_state(record, wal) is TailState.SOUND
    assert Tail(tmp_path / "a.tail", DataKey.generate()).read() is None


def test_a_torn_record_leaves_the_one_before(
    connection: VaultConnection, wal: Path, tail: Tail, tmp_path: Path
) -> None:
    for _ in range(2):
        write(connection, 1)
        tail.write(wal, *state(connection))
    flip_bit(tmp_path / "a.tail", 5, 0)
    record = Tail(tmp_path / "a.tail", KEY).read()
    assert record is not None
    assert record.sequence == 1
    flip_bit(tmp_path / "a.tail", 4096 + 5, 0)
    assert Tail(tmp_path / "a.tail", KEY).read() is None
    assert tail_state(None, wal) is TailState.UNKNOWN


def test_a_log_that_is_gone_is_a_loss(
    connection: VaultConnection, wal: Path, tail: Tail, tmp_path: Path
) -> None:
    write(connection, 3)
    tail.write(wal, *state(connection))
    record = tail.read()
    assert tail_state(record, tmp_path / "nowhere-wal") is TailState.LOST


def test_what_is_in_the_database_already_is_no_loss(
    connection: VaultConnection, wal: Path, tail: Tail, tmp_path: Path
) -> None:
    write(connection, 3)
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    frames, backfilled = state(connection)
    assert frames == backfilled
    tail.write(wal, frames, backfilled)
    flip_bit(wal, 32 + 30, 0)
    assert tail_state(tail.read(), wal) is TailState.REDUNDANT
    assert tail_state(tail.read(), tmp_path / "nowhere-wal") is TailState.REDUNDANT


def test_a_log_that_began_anew_is_no_loss(
    connection: VaultConnection, wal: Path, tail: Tail
) -> None:
    write(connection, 30)
    tail.write(wal, *state(connection))
    record = tail.read()
    connection.execute("PRAGMA wal_checkpoint(RESTART)")
    write(connection, 1)
    assert state(connection)[0] < 30
    assert tail_state(record, wal) is TailState.SOUND


def test_every_record_names_the_log_that_it_is_about(
    connection: VaultConnection, wal: Path, tail: Tail, tmp_path: Path
) -> None:
    for pragma in ("PASSIVE", "FULL", "RESTART", "TRUNCATE") * 3:
        write(connection, 4)
        tail.write(wal, *state(connection))
        record = Tail(tmp_path / "a.tail", KEY).read()
        header = read_header(wal)
        assert record is not None
        assert header is not None
        assert record.salts == header.salts
        connection.execute(f"PRAGMA wal_checkpoint({pragma})")
        tail.write(wal, *state(connection))


def test_an_announced_emptying_is_no_loss(
    connection: VaultConnection, wal: Path, tail: Tail
) -> None:
    write(connection, 3)
    tail.write(wal, *state(connection), checkpointing=True)
    assert tail_state(tail.read(), wal) is TailState.SOUND
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert wal.stat().st_size == 0
    assert tail_state(tail.read(), wal) is TailState.SOUND


def test_a_record_that_cannot_be_written_is_noted_and_not_raised(
    connection: VaultConnection, wal: Path, tmp_path: Path
) -> None:
    tail = Tail(tmp_path / "no folder" / "a.tail", KEY)
    write(connection, 1)
    tail.write(wal, *state(connection))
    assert tail.failed


def test_a_log_begun_anew_by_another_connection_is_sound_though_its_record_was_lost(
    connection: VaultConnection, wal: Path, tail: Tail, tmp_path: Path
) -> None:
    """As after a power cut: of the records only the one before the checkpoint is on the disk."""
    writer = open_connection(tmp_path / "a.db", KEY)
    write(writer, 3)
    tail.write(wal, *state(connection), checkpointing=True)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    write(writer, 2)
    record, header = tail.read(), read_header(wal)
    assert record is not None
    assert header is not None
    assert (header.salts[0] - record.salts[0]) % 2**32 > 2**16
    assert tail_state(record, wal) is TailState.SOUND
    writer.close()
