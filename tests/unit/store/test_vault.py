"""Making, opening, closing and keeping a vault."""

import base64
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from assistant.domain.clock import FixedClock
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.health import CheckState
from assistant.store import key_file, opening
from assistant.store.inspection import Condition, VaultInspection, inspect
from assistant.store.instance import AlreadyRunning
from assistant.store.keys import RecoveryKeyMistyped, WrongSecret, new_recovery_key
from assistant.store.migrations import Migration
from assistant.store.opening import VaultPlace, create_vault, open_vault, restore_backup
from assistant.store.unlock import ByKeyring, ByPassphrase, ByRecoveryKey
from assistant.store.vault_files import VaultFiles
from tests.unit.store.vault_fixtures import NOON, MemoryKeyring, history, say, texts

PASSPHRASE = "three unrelated words"  # noqa: S105 - of a vault that lives for one test


def test_it_is_made_once_and_opened_often(place: VaultPlace, keyring: MemoryKeyring) -> None:
    assert inspect(place.files).condition is Condition.ABSENT
    with pytest.raises(UserFacingError) as absent:
        open_vault(place, ByKeyring(keyring))
    assert absent.value.code == "vault_absent"
    assert not place.files.database.parent.exists()

    vault, recovery_key = create_vault(place, ByKeyring(keyring))
    say(vault, "one", "two")
    assert vault.test_recovery_key(recovery_key)
    assert vault.keys.keyring is not None
    vault.close()
    vault.close()
    assert not place.files.wal.exists()
    assert inspect(place.files).condition is Condition.KEYRING
    vault = open_vault(place, ByKeyring(keyring))
    assert vault.notes == ()
    assert texts(vault) == ["one", "two"]
    vault.close()
    with pytest.raises(UserFacingError) as there:
        create_vault(place, ByKeyring(keyring))
    assert there.value.code == "vault_exists"
    assert keyring.writes == 1


def test_one_process_part_at_a_time(place: VaultPlace, keyring: MemoryKeyring) -> None:
    vault, _ = create_vault(place, ByKeyring(keyring))
    with pytest.raises(AlreadyRunning):
        open_vault(place, ByKeyring(keyring))
    vault.close()
    open_vault(place, ByKeyring(keyring)).close()


def test_passphrase_mode_and_its_way_out(place: VaultPlace, keyring: MemoryKeyring) -> None:
    vault, recovery_key = create_vault(place, ByPassphrase(PASSPHRASE))
    say(vault, "one")
    vault.close()
    assert inspect(place.files).condition is Condition.PASSPHRASE
    for wrong, code in (
        (ByPassphrase("three unrelated word"), "wrong_passphrase"),
        (ByKeyring(keyring), "needs_passphrase"),
        (ByRecoveryKey(new_recovery_key()), "wrong_recovery_key"),
        (ByRecoveryKey(recovery_key[:-1]), "recovery_key_mistyped"),
    ):
        with pytest.raises(UserFacingError) as refused:
            open_vault(place, wrong)
        assert refused.value.code == code
    vault = open_vault(place, ByRecoveryKey(recovery_key))
    vault.protect(ByPassphrase("another passphrase"))
    vault.close()
    with pytest.raises(WrongSecret):
        open_vault(place, ByPassphrase(PASSPHRASE))
    vault = open_vault(place, ByPassphrase("another passphrase"))
    assert texts(vault) == ["one"]
    vault.close()


def test_between_keyring_and_passphrase(place: VaultPlace, keyring: MemoryKeyring) -> None:
    vault, recovery_key = create_vault(place, ByKeyring(keyring))
    vault.back_up()
    vault.protect(ByPassphrase(PASSPHRASE), old_keyring=keyring)
    assert keyring.entries == {}
    vault.close()
    vault = open_vault(place, ByPassphrase(PASSPHRASE))
    vault.protect(ByKeyring(keyring))
    assert len(keyring.entries) == 1
    assert vault.test_recovery_key(recovery_key)
    (backup,) = vault.backups.stored()
    assert backup.record.key_file == vault.keys
    vault.close()
    open_vault(place, ByKeyring(keyring)).close()
    with pytest.raises(UserFacingError) as refused:
        open_vault(place, ByPassphrase(PASSPHRASE))
    assert refused.value.code == "needs_keyring"


def test_a_keyring_that_refuses_leaves_the_passphrase(
    place: VaultPlace, keyring: MemoryKeyring
) -> None:
    vault, _ = create_vault(place, ByPassphrase(PASSPHRASE))
    keyring.fault = EnvironmentProblem("locked", code="keyring_locked")
    with pytest.raises(EnvironmentProblem):
        vault.protect(ByKeyring(keyring))
    vault.close()
    open_vault(place, ByPassphrase(PASSPHRASE)).close()


def test_a_new_recovery_key_retires_the_old_one(place: VaultPlace, keyring: MemoryKeyring) -> None:
    vault, old = create_vault(place, ByKeyring(keyring))
    backup = vault.back_up()
    new = vault.renew_recovery_key()
    assert vault.test_recovery_key(new)
    assert not vault.test_recovery_key(old)
    with pytest.raises(RecoveryKeyMistyped):
        vault.test_recovery_key("not a key")
    vault.close()
    with pytest.raises(WrongSecret):
        open_vault(place, ByRecoveryKey(old))
    # Nor does the old one open a backup that was made before.
    for path in (place.files.key_file, place.files.key_file_copy, place.files.database):
        path.unlink()
    with pytest.raises(WrongSecret):
        restore_backup(place, ByRecoveryKey(old), backup.id)
    restore_backup(place, ByRecoveryKey(new), backup.id)
    open_vault(place, ByRecoveryKey(new)).close()


def test_making_it_may_be_interrupted(place: VaultPlace, keyring: MemoryKeyring) -> None:
    vault, _ = create_vault(place, ByKeyring(keyring))
    unfinished = vault.keys.changed(finished=False)
    vault.close()
    key_file.save(place.files, unfinished)
    assert inspect(place.files).condition is Condition.ABSENT
    vault, recovery_key = create_vault(place, ByKeyring(keyring))
    assert vault.test_recovery_key(recovery_key)
    assert vault.keys.vault_id != unfinished.vault_id
    vault.close()
    assert len(list(place.files.database.parent.glob("vault.db.unfinished-*"))) == 1


def test_idle_empties_the_journal_and_holds_space(
    place: VaultPlace, keyring: MemoryKeyring
) -> None:
    vault, _ = create_vault(place, ByKeyring(keyring))
    say(vault, *("x" * 3000 for _ in range(50)))
    assert vault.wal_bytes() > 0
    vault.free_ballast()
    assert not place.files.ballast.exists()
    vault.idle()
    assert vault.wal_bytes() == 0
    assert place.files.ballast.stat().st_size == place.ballast_bytes
    vault.close()


def test_as_much_is_lent_as_makes_room(
    place: VaultPlace, keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_vault(replace(place, ballast_bytes=4 << 20), ByKeyring(keyring))[0].close()
    place = replace(place, ballast_bytes=4 << 20)
    has_room = iter((False, False, False, True))  # at first, and after each part that is lent
    asked: list[VaultFiles] = []

    def room(_folder: Path) -> bool:
        return next(has_room)

    def full_at_first(files: VaultFiles, migrations: tuple[Migration, ...]) -> VaultInspection:
        asked.append(files)
        if len(asked) == 1:
            raise EnvironmentProblem("The disk is full.", code="disk_full")
        return inspect(files, migrations)

    monkeypatch.setattr(opening, "_has_room", room)
    monkeypatch.setattr(opening, "inspect", full_at_first)
    open_vault(place, ByKeyring(keyring)).close()
    assert len(asked) == 2
    assert place.files.ballast.stat().st_size == 1 << 20


def test_a_long_journal_is_cut_by_itself(place: VaultPlace, keyring: MemoryKeyring) -> None:
    vault, _ = create_vault(place, ByKeyring(keyring))
    say(vault, *("x" * 30_000 for _ in range(400)))
    assert vault.wal_bytes() <= 5 << 20
    vault.close()


def test_deleting_gives_space_back(place: VaultPlace, keyring: MemoryKeyring) -> None:
    vault, _ = create_vault(place, ByKeyring(keyring))
    chat = say(vault, *("x" * 30_000 for _ in range(40)))
    vault.checkpoint()
    large = place.files.database.stat().st_size
    with vault.room_to_delete():
        history(vault).forget([chat])
    assert place.files.database.stat().st_size < large / 4
    assert place.files.ballast.exists()
    vault.close()


def test_checks_are_rows_and_tell_damage_from_health(
    place: VaultPlace, keyring: MemoryKeyring
) -> None:
    vault, _ = create_vault(place, ByKeyring(keyring))
    say(vault, "one")
    done: list[float] = []
    rows = {check.name: check for check in vault.check(full=True, progress=done.append)}
    assert rows["database"].state is CheckState.OK
    assert rows["encryption"].state is CheckState.OK
    assert done == sorted(done)
    assert done[-1] == 1.0
    assert "database" not in {check.name for check in vault.check()}
    vault.close()


def test_a_time_outside_the_calendar_leaves_a_chat_readable_and_is_told(
    place: VaultPlace, keyring: MemoryKeyring
) -> None:
    vault, _ = create_vault(place, ByKeyring(keyring))
    chat = say(vault, "one", "two")
    assert {check.name: check for check in vault.check(full=True)}["times"].state is CheckState.OK
    far = (1 << 62, -(1 << 62))
    with vault.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE conversation SET created_at_us = ?", far[:1])
        connection.exec_driver_sql("UPDATE conversation SET updated_at_us = ?", far[1:])
        connection.exec_driver_sql("UPDATE message SET created_at_us = ? WHERE id = 1", far[:1])
    repository = history(vault)
    (listed,) = repository.list_conversations()
    assert (listed.created_at.year, listed.updated_at.year) == (9999, 1)
    assert [message.content for message in repository.path(chat)] == ["one", "two"]
    assert repository.path(chat)[0].created_at.year == 9999
    # Every zone of the world can show it.
    for hours in (-12, 14):
        assert listed.created_at.astimezone(timezone(timedelta(hours=hours))).year == 9999
        assert listed.updated_at.astimezone(timezone(timedelta(hours=hours))).year == 1
    times = {check.name: check for check in vault.check(full=True)}["times"]
    assert times.state is CheckState.NOTE
    assert times.detail.startswith("2 ")
    vault.close()


def test_a_clock_set_back_leaves_the_order(place: VaultPlace, keyring: MemoryKeyring) -> None:
    vault, _ = create_vault(place, ByKeyring(keyring))
    first = vault.back_up()
    say(vault, "one")
    vault.close()
    for number, years in enumerate((-1, +1, -56)):
        clock = FixedClock(NOON.moment + timedelta(days=365 * years))
        vault = open_vault(replace(place, clock=clock), ByKeyring(keyring))
        say(vault, f"later {number}")
        made = vault.back_up()
        assert vault.backups.list()[0].id == made.id != first.id
        assert texts(vault) == ["one", *(f"later {n}" for n in range(number + 1))]
        vault.close()


def test_nothing_readable_is_left_anywhere(place: VaultPlace, keyring: MemoryKeyring) -> None:
    canaries = [f"canary-{number:02d}-heliotrope" for number in range(20)]
    vault, recovery_key = create_vault(place, ByKeyring(keyring))
    chat = say(vault, *canaries)
    history(vault).rename(chat, canaries[0])
    vault.back_up()
    (entry,) = keyring.entries.values()
    secrets = [recovery_key, entry]

    def found() -> list[str]:
        wanted: list[bytes] = []
        for text in canaries + secrets:
            wanted += [text.encode(), text.encode("utf-16-le"), base64.b64encode(text.encode())]
        wanted.append(bytes.fromhex(entry))
        return [
            path.name
            for path in place.files.database.parent.rglob("*")
            if path.is_file()
            for needle in wanted
            if needle in path.read_bytes()
        ]

    assert vault.wal_bytes() > 0
    assert found() == []
    vault.close()
    assert found() == []
    assert not place.files.database.read_bytes().startswith(b"SQLite format 3")
    for path in place.files.backups.glob("*.backup"):
        assert not path.read_bytes().startswith(b"SQLite format 3")
