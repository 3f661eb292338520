"""What becomes of the vault on each bad day: nothing is made anew, nothing is touched."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.health import CheckState
from assistant.store.inspection import Condition, VaultDamaged, inspect
from assistant.store.keyring_access import SystemKeyring, find_system_keyring
from assistant.store.keys import DataKey, WrongSecret, new_recovery_key
from assistant.store.opening import VaultPlace, create_vault, open_vault, restore_backup
from assistant.store.unlock import ByKeyring, ByPassphrase, ByRecoveryKey
from assistant.store.vault_files import VaultFiles
from tests.unit.store.vault_fixtures import (
    MemoryKeyring,
    file_hashes,
    flip_bit,
    place_in,
    say,
    texts,
)

SAID = [f"message {number}" for number in range(30)]


@dataclass
class Closed:
    """A vault with something in it and one backup, closed."""

    place: VaultPlace
    keyring: MemoryKeyring
    recovery_key: str

    @property
    def files(self) -> VaultFiles:
        return self.place.files

    @property
    def folder(self) -> Path:
        return self.place.files.database.parent


@pytest.fixture
def closed(tmp_path: Path) -> Closed:
    keyring = MemoryKeyring()
    place = place_in(tmp_path)
    vault, recovery_key = create_vault(place, ByKeyring(keyring))
    say(vault, *SAID)
    vault.back_up()
    vault.close()
    return Closed(place, keyring, recovery_key)


def gone(keyring: MemoryKeyring) -> None:
    keyring.fault = EnvironmentProblem("gone", "Mend it.", code="keyring_missing")


def locked(keyring: MemoryKeyring) -> None:
    keyring.fault = EnvironmentProblem("locked", "Unlock it.", code="keyring_locked")


def empty(keyring: MemoryKeyring) -> None:
    keyring.entries.clear()


def other_key(keyring: MemoryKeyring) -> None:
    keyring.entries = {entry: DataKey.generate().hex() for entry in keyring.entries}


def no_key(keyring: MemoryKeyring) -> None:
    keyring.entries = dict.fromkeys(keyring.entries, "x'zz'")


def short_key(keyring: MemoryKeyring) -> None:
    keyring.entries = {entry: text[:-2] for entry, text in keyring.entries.items()}


def other_back_end(keyring: MemoryKeyring) -> None:
    keyring.name, keyring.entries = "keyring.backends.kwallet.DBusKeyring", {}


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (gone, "keyring_missing"),
        (locked, "keyring_locked"),
        (empty, "keyring_entry_missing"),
        (other_key, "keyring_entry_changed"),
        (no_key, "keyring_entry_changed"),
        (short_key, "keyring_entry_changed"),
        (other_back_end, "keyring_entry_missing"),
    ],
)
def test_no_keyring_fault_makes_a_key_or_touches_the_data(
    closed: Closed, fault: Callable[[MemoryKeyring], None], code: str
) -> None:
    fault(closed.keyring)
    before, writes = file_hashes(closed.folder), closed.keyring.writes
    with pytest.raises(UserFacingError) as problem:
        open_vault(closed.place, ByKeyring(closed.keyring))
    assert problem.value.code == code
    assert problem.value.hint
    with pytest.raises(UserFacingError) as there:
        create_vault(closed.place, ByKeyring(closed.keyring))
    assert there.value.code == "vault_exists"
    assert (file_hashes(closed.folder), closed.keyring.writes) == (before, writes)
    # The recovery key opens it, and puts the key into a keyring that works.
    vault = open_vault(closed.place, ByRecoveryKey(closed.recovery_key))
    assert texts(vault) == SAID
    mended = MemoryKeyring()
    vault.protect(ByKeyring(mended))
    vault.close()
    open_vault(closed.place, ByKeyring(mended)).close()


def test_a_null_keyring_that_returns_none(closed: Closed) -> None:
    from keyring.backends.null import Keyring

    null = SystemKeyring(Keyring())  # pyright: ignore[reportArgumentType] - names its arguments otherwise
    before = file_hashes(closed.folder)
    with pytest.raises(EnvironmentProblem) as problem:
        open_vault(closed.place, ByKeyring(null))
    assert problem.value.code == "keyring_entry_missing"
    fresh = place_in(closed.folder / "fresh")
    with pytest.raises(EnvironmentProblem) as problem:
        create_vault(fresh, ByKeyring(null))
    assert problem.value.code == "keyring_forgets"
    assert inspect(fresh.files).condition is Condition.ABSENT
    assert {k: v for k, v in file_hashes(closed.folder).items() if "fresh" not in k} == before


def test_without_a_keyring_that_encrypts_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' environment configures the ``fail`` back end, as a headless machine has it."""
    with pytest.raises(EnvironmentProblem) as problem:
        find_system_keyring()
    assert problem.value.code == "keyring_missing"
    monkeypatch.setattr("keyring.get_keyring", object)
    monkeypatch.setattr("keyring.backend.get_all_keyring", lambda: [object()])
    with pytest.raises(EnvironmentProblem):
        find_system_keyring()


def test_three_wrong_secrets_change_no_byte(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    vault, _ = create_vault(place, ByPassphrase("the right passphrase"))
    say(vault, *SAID)
    vault.close()
    before = file_hashes(tmp_path)
    for wrong in (
        ByPassphrase("the wrong passphrase"),
        ByPassphrase("The right passphrase"),
        ByRecoveryKey(new_recovery_key()),
    ):
        with pytest.raises(WrongSecret):
            open_vault(place, wrong)
    assert file_hashes(tmp_path) == before


def to_nothing(files: VaultFiles) -> None:
    files.database.write_bytes(b"")


def to_half(files: VaultFiles) -> None:
    size = files.database.stat().st_size // 2
    files.database.write_bytes(files.database.read_bytes()[: size // 4096 * 4096])


def to_a_part_of_a_page(files: VaultFiles) -> None:
    files.database.write_bytes(files.database.read_bytes()[:-100])


def to_one_page(files: VaultFiles) -> None:
    files.database.write_bytes(files.database.read_bytes()[:4096])


def missing(files: VaultFiles) -> None:
    files.database.unlink()


def to_zeros(files: VaultFiles) -> None:
    files.database.write_bytes(bytes(files.database.stat().st_size))


def to_plain_sqlite(files: VaultFiles) -> None:
    import sqlite3

    files.database.unlink()
    connection = sqlite3.connect(files.database)
    connection.execute("CREATE TABLE message (id INTEGER)")
    connection.close()


DAMAGES = [
    to_nothing,
    to_half,
    to_a_part_of_a_page,
    to_one_page,
    missing,
    to_zeros,
    to_plain_sqlite,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_no_fresh_start_and_a_backup_is_the_way_out(
    closed: Closed, damage: Callable[[VaultFiles], None]
) -> None:
    damage(closed.files)
    left = closed.files.database.read_bytes() if closed.files.database.exists() else None
    with pytest.raises(VaultDamaged) as damaged:
        open_vault(closed.place, ByKeyring(closed.keyring))
    assert "backup" in damaged.value.hint
    with pytest.raises(UserFacingError) as there:
        create_vault(closed.place, ByKeyring(closed.keyring))
    assert there.value.code == "vault_exists"
    assert closed.keyring.writes == 1
    # The newest good one is found without a key, and put in place with one.
    newest = closed.place.backups.newest_good()
    assert newest is not None
    restore_backup(closed.place, ByKeyring(closed.keyring), newest.id)
    vault = open_vault(closed.place, ByKeyring(closed.keyring))
    assert texts(vault) == SAID
    aside = [check for check in vault.check() if check.name == "files set aside"]
    vault.close()
    kept = [path.read_bytes() for path in closed.folder.glob("vault.db.damaged-*")]
    assert kept == ([] if left is None else [left])
    assert aside[0].state is CheckState.NOTE


@pytest.mark.parametrize("traces", ["database", "backups"])
def test_a_missing_key_file_is_no_fresh_start(closed: Closed, traces: str) -> None:
    closed.files.key_file.unlink()
    closed.files.key_file_copy.unlink()
    if traces == "backups":
        closed.files.database.unlink()
    assert inspect(closed.files).condition is Condition.DAMAGED
    with pytest.raises(UserFacingError) as there:
        create_vault(closed.place, ByKeyring(closed.keyring))
    assert there.value.code == "vault_exists"
    (backup,) = closed.place.backups.list()
    restore_backup(closed.place, ByRecoveryKey(closed.recovery_key), backup.id)
    vault = open_vault(closed.place, ByKeyring(closed.keyring))
    assert texts(vault) == SAID
    vault.close()


def test_a_damaged_key_file_is_mended_from_its_copy(closed: Closed) -> None:
    flip_bit(closed.files.key_file, 200, 0)
    damaged = closed.files.key_file.read_bytes()
    vault = open_vault(closed.place, ByKeyring(closed.keyring))
    assert [note.name for note in vault.notes] == ["key file"]
    vault.close()
    assert closed.files.key_file.read_bytes() == closed.files.key_file_copy.read_bytes()
    (aside,) = closed.folder.glob("vault.json.damaged-*")
    assert aside.read_bytes() == damaged
    vault = open_vault(closed.place, ByKeyring(closed.keyring))
    assert vault.notes == ()
    vault.close()


def test_a_profile_copied_while_open_and_without_its_journal(tmp_path: Path) -> None:
    import shutil

    place, keyring = place_in(tmp_path / "a"), MemoryKeyring()
    vault, _ = create_vault(place, ByKeyring(keyring))
    say(vault, *SAID)
    copied = tmp_path / "b"
    shutil.copytree(tmp_path / "a", copied)
    other = place_in(copied)
    other.files.wal.unlink()
    other.files.shm.unlink()
    second = open_vault(other, ByKeyring(keyring))
    (note,) = second.notes
    assert note.state is CheckState.PROBLEM
    assert note.way_out
    assert texts(second) == []
    second.close()
    vault.close()


def test_a_journal_record_that_is_missing_is_noted(tmp_path: Path) -> None:
    import shutil

    place, keyring = place_in(tmp_path / "a"), MemoryKeyring()
    vault, _ = create_vault(place, ByKeyring(keyring))
    say(vault, *SAID)
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    vault.close()
    other = place_in(tmp_path / "b")
    other.files.tail.unlink()
    second = open_vault(other, ByKeyring(keyring))
    assert [note.state for note in second.notes] == [CheckState.NOTE]
    assert texts(second) == SAID
    second.close()
