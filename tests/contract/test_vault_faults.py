"""Faults in numbers: kills, flipped bits, a full disk. Real files, real processes."""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from assistant.domain.health import CheckState
from assistant.store.inspection import Condition, VaultDamaged, inspect
from assistant.store.migrations import MIGRATIONS, Migration, head, schema_version
from assistant.store.opening import VaultPlace, create_vault, open_vault
from assistant.store.unlock import ByKeyring
from assistant.store.vault import Vault
from tests.unit.store.vault_fixtures import MemoryKeyring, flip_bit, place_in, say, texts
from tests.unit.store.vault_worker import keyring_in, next_schema, place_with

WORKER = [sys.executable, "-m", "tests.unit.store.vault_worker"]
forks = pytest.mark.skipif(sys.platform == "win32", reason="the nursery of processes forks")


class Nursery:
    """Starts processes of the vault worker and kills them."""

    def __init__(self, orders: IO[str], answers: IO[str]) -> None:
        self._orders, self._answers = orders, answers

    def start_and_kill(self, role: str, folder: Path, first: str, after_s: float) -> list[str]:
        """Kills a new process some time after its first line of this kind; gives all it said."""
        self._send(f"{role} {folder}")
        lines: list[str] = []
        pid = 0
        while not pid or not any(line.startswith((first, "over")) for line in ["", *lines]):
            lines.append(self._answers.readline().strip())
            pid = pid or next((int(each[4:]) for each in lines if each.startswith("pid ")), 0)
        _let_pass(after_s)
        os.kill(pid, signal.SIGKILL)
        self._send("bury")
        while (line := self._answers.readline().strip()) != "dead":
            lines.append(line)
        return lines

    def _send(self, order: str) -> None:
        self._orders.write(f"{order}\n")
        self._orders.flush()


def _let_pass(seconds: float) -> None:
    """A time, because a kill has to be able to strike at any moment of what goes on."""
    threading.Event().wait(seconds)


@contextmanager
def nursery() -> Generator[Nursery]:
    with subprocess.Popen(
        [*WORKER, "nursery", "."], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Nursery(process.stdin, process.stdout)
        process.stdin.close()


def assert_sound(vault: Vault) -> None:
    """Integrity, references, and as many entries in the index as there are texts."""
    assert [c.state for c in vault.check(full=True) if c.name == "database"] == [CheckState.OK]
    with vault.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO message_search (message_search, rank) VALUES ('integrity-check', 1)"
        )
        indexed, messages, chats = (
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608 - fixed
            for table in ("message_search_docsize", "message", "conversation")
        )
    assert indexed == messages + chats


@forks
@pytest.mark.slow
def test_200_kills_lose_no_acknowledged_message(tmp_path: Path) -> None:
    place, keyring = place_in(tmp_path), keyring_in(tmp_path)
    vault, _ = create_vault(place, ByKeyring(keyring))
    say(vault, "the first")
    vault.close()
    chance = random.Random(200)  # noqa: S311 - a fixed seed, no secret
    said: list[str] = []
    with nursery() as workers:
        for number in range(200):
            # Half strike while the vault is opened, half while it is written.
            first, most_s = (("", 0.12), ("ack", 0.06))[number % 2]
            said += workers.start_and_kill("write", tmp_path, first, chance.uniform(0, most_s))
    acknowledged = {int(line[4:]) for line in said if line.startswith("ack ")}
    # A kill is not a lost tail: no false alarm in 200 starts.
    assert [line for line in said if line.startswith(("lost", "note", "error"))] == []
    # A slow machine acknowledges fewer between two kills; this only shows that any were.
    assert len(acknowledged) > 100
    vault = open_vault(place, ByKeyring(keyring))
    assert vault.notes == ()
    with vault.engine.connect() as connection:
        stored = set(connection.exec_driver_sql("SELECT id FROM message").scalars())
    assert acknowledged - stored == set()
    assert_sound(vault)
    for backup in vault.backups.stored():
        assert backup.sound()
    vault.close()


@forks
@pytest.mark.slow
def test_50_kills_during_a_migration_leave_the_old_schema_or_the_new(tmp_path: Path) -> None:
    original, keyring = tmp_path / "original", keyring_in(tmp_path / "original")
    original.mkdir()
    vault, _ = create_vault(place_in(original), ByKeyring(keyring))
    said = [f"message {number}" for number in range(400)]
    say(vault, *said)
    vault.close()
    chance = random.Random(50)  # noqa: S311 - a fixed seed, no secret
    seen: set[int] = set()
    with nursery() as workers:
        for number in range(50):
            folder = tmp_path / str(number)
            shutil.copytree(original, folder)
            # On a slow machine no other than the last may come to its end before it is struck.
            first, after_s = ("begin", chance.uniform(0, 0.25)) if number < 49 else ("end", 0.0)
            lines = workers.start_and_kill("migrate", folder, first, after_s)
            seen.add(_schema_after_kill(folder, said, finished="end" in lines))
            shutil.rmtree(folder)
    assert seen == {head(), head() + 1}


def _schema_after_kill(folder: Path, said: list[str], *, finished: bool) -> int:
    from assistant.store.connection import open_connection
    from assistant.store.keys import DataKey

    place, keyring = place_in(folder), keyring_in(folder)
    (entry,) = keyring.path.iterdir()
    connection = open_connection(place.files.database, DataKey.from_hex(entry.read_text()))
    version = schema_version(connection)
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    rows = connection.execute("SELECT content FROM message ORDER BY id").fetchall()
    connection.close()
    assert [row[0] for row in rows] == said
    assert ("length" in names) == (version == head() + 1)
    assert not finished or version == head() + 1
    newer = place_with(place, (*MIGRATIONS, Migration(head() + 1, next_schema)))
    vault = open_vault(newer, ByKeyring(keyring))
    assert texts(vault) == said
    assert_sound(vault)
    vault.close()
    return version


@forks
@pytest.mark.slow
def test_30_kills_while_it_is_made_never_lock_anyone_out(tmp_path: Path) -> None:
    chance = random.Random(30)  # noqa: S311 - a fixed seed, no secret
    absent = 0
    with nursery() as workers:
        for number in range(30):
            folder = tmp_path / str(number)
            folder.mkdir()
            lines = workers.start_and_kill("create", folder, "begin", chance.uniform(0, 0.3))
            place, keyring = place_in(folder), keyring_in(folder)
            condition = inspect(place.files).condition
            assert condition in {Condition.ABSENT, Condition.KEYRING}
            if condition is Condition.ABSENT:
                absent += 1
                assert "end" not in lines
                create_vault(place, ByKeyring(keyring))[0].close()
            open_vault(place, ByKeyring(keyring)).close()
    assert absent > 0


def made(tmp_path: Path, messages: int) -> tuple[VaultPlace, MemoryKeyring, Vault]:
    place, keyring = place_in(tmp_path / "original"), MemoryKeyring()
    vault, _ = create_vault(place, ByKeyring(keyring))
    say(vault, *(f"message {number} {'x' * 500}" for number in range(messages)))
    return place, keyring, vault


def test_40_flipped_bits_in_the_database_are_all_noticed(tmp_path: Path) -> None:
    place, keyring, vault = made(tmp_path, 200)
    vault.close()
    whole = place.files.database.read_bytes()
    chance = random.Random(40)  # noqa: S311 - a fixed seed, no secret
    for _ in range(40):
        offset = chance.randrange(len(whole))
        flip_bit(place.files.database, offset, chance.randrange(8))
        damaged = place.files.database.read_bytes()
        with pytest.raises(VaultDamaged):
            open_vault(place, ByKeyring(keyring))
        assert place.files.database.read_bytes() == damaged
        place.files.database.write_bytes(whole)
    vault = open_vault(place, ByKeyring(keyring))
    assert len(texts(vault)) == 200
    vault.close()


def test_40_flipped_bits_in_the_journal_every_lost_tail_is_reported(tmp_path: Path) -> None:
    _, keyring, vault = made(tmp_path, 60)
    chance = random.Random(41)  # noqa: S311 - a fixed seed, no secret
    lost = 0
    for number in range(40):
        folder = tmp_path / str(number)
        shutil.copytree(tmp_path / "original", folder)
        place = place_in(folder)
        flip_bit(place.files.wal, chance.randrange(vault.wal_bytes()), chance.randrange(8))
        damaged = place.files.wal.read_bytes()
        second = open_vault(place, ByKeyring(keyring))
        missing = 60 - len(texts(second))
        reported = [note for note in second.notes if note.state is CheckState.PROBLEM]
        assert_sound(second)
        second.close()
        assert bool(reported) >= (missing > 0)
        if reported:
            lost += missing > 0
            (kept,) = place.files.database.parent.glob("vault.db-wal.damaged-*")
            assert kept.read_bytes() == damaged
        shutil.rmtree(folder)
    vault.close()
    assert lost > 20


def _unshare_works() -> bool:
    unshare = shutil.which("unshare")
    if sys.platform != "linux" or unshare is None:
        return False
    script = 'mount -t tmpfs -o size=2m none "$0"'
    probe = subprocess.run(
        [unshare, "-rm", "sh", "-c", script, "/tmp"],  # noqa: S108 - in a namespace of its own
        capture_output=True,
        check=False,
    )
    return probe.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no way to a small disk without drivers")
def test_a_full_disk_keeps_what_was_acknowledged_and_deletes(tmp_path: Path) -> None:
    """On Linux a disk of 2 MB in a namespace of its own; elsewhere a limit on file sizes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    real = _unshare_works()
    if real:
        # The files are looked at by a second start in the same namespace, for they go with it.
        script = (
            'mount -t tmpfs -o size=2m none "$1" && "$2" -m tests.unit.store.vault_worker fill'
            ' "$1" 0 && cp -r "$1" "$3"'
        )
        command = ["unshare", "-rm", "sh", "-ec", script, "-", str(folder), sys.executable]
        command.append(str(tmp_path / "after"))
    else:
        command = [*WORKER, "fill", str(folder), str(1 << 20)]
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    lines = result.stdout.splitlines()
    acknowledged = [line for line in lines if line.startswith("ack ")]
    assert len(acknowledged) > 5
    (full,) = [line for line in lines if line.startswith("full ")]
    if real:
        assert full == "full disk_full"
        assert "deleted" in lines
    assert "check database ok" in lines
    assert lines[-1] == "closed"
    after = tmp_path / "after" if real else folder
    vault = open_vault(place_in(after), ByKeyring(keyring_in(after)))
    deleted = 3 if "deleted" in lines else 0
    assert len(texts(vault)) >= len(acknowledged) - deleted
    assert_sound(vault)
    vault.close()
