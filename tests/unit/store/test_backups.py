"""Rolling backups: made, verified, thinned, restored, scrubbed."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from assistant.domain.clock import FixedClock
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.ids import BackupId
from assistant.store.backup_record import Keep, StoredBackup, surplus
from assistant.store.connection import open_connection
from assistant.store.forget import scrub
from assistant.store.inspection import VaultDamaged
from assistant.store.keys import DataKey
from assistant.store.migrations import MIGRATIONS, Migration, head, table_rows
from assistant.store.opening import VaultPlace, create_vault, open_vault, restore_backup
from assistant.store.unlock import ByKeyring, ByRecoveryKey
from tests.unit.store.vault_fixtures import (
    NOON,
    MemoryKeyring,
    flip_bit,
    history,
    place_in,
    say,
    texts,
)
from tests.unit.store.vault_worker import next_schema, place_with


def key_of(keyring: MemoryKeyring) -> DataKey:
    (text,) = keyring.entries.values()
    return DataKey.from_hex(text)


def all_rows(path: Path, key: DataKey) -> dict[str, list[object]]:
    connection = open_connection(path, key)
    tables = table_rows(connection)
    assert {"conversation", "message"} <= tables.keys()
    rows: dict[str, list[object]] = {
        table: connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - names of tables
        for table in tables
    }
    connection.close()
    return rows


def test_a_restored_backup_equals_what_was_there_row_by_row(
    place: VaultPlace, keyring: MemoryKeyring
) -> None:
    vault, _ = create_vault(place, ByKeyring(keyring))
    say(vault, *(f"text {number}" for number in range(300)))
    unsent = history(vault).create_conversation()
    history(vault).set_draft(unsent.id, "not sent, so no chat yet")
    made = vault.back_up()
    assert (made.conversations, made.messages, made.verified) == (1, 300, True)
    vault.checkpoint()
    before = all_rows(place.files.database, key_of(keyring))
    say(vault, "later")
    assert vault.verify_backup(made.id) == made
    vault.restore_backup(made.id)
    assert all_rows(place.files.database, key_of(keyring)) == before
    vault = open_vault(place, ByKeyring(keyring))
    assert vault.notes == ()
    assert len(texts(vault)) == 300
    vault.close()
    (aside,) = place.files.database.parent.glob("vault.db.replaced-*")
    assert len(all_rows(aside, key_of(keyring))["message"]) == 301


def test_a_backup_opens_elsewhere_with_the_recovery_key(
    place: VaultPlace, keyring: MemoryKeyring, tmp_path: Path
) -> None:
    vault, recovery_key = create_vault(place, ByKeyring(keyring))
    say(vault, "one")
    made = vault.back_up()
    vault.close()
    other = place_in(tmp_path / "other machine")
    other.files.backups.mkdir(parents=True)
    for path in place.files.backups.glob("vault-*"):
        (other.files.backups / path.name).write_bytes(path.read_bytes())
    with pytest.raises(VaultDamaged):
        open_vault(other, ByRecoveryKey(recovery_key))
    restore_backup(other, ByRecoveryKey(recovery_key), made.id)
    vault = open_vault(other, ByRecoveryKey(recovery_key))
    assert texts(vault) == ["one"]
    vault.protect(ByKeyring(MemoryKeyring()))
    vault.close()


def test_damage_is_found_with_and_without_the_key(
    place: VaultPlace, keyring: MemoryKeyring
) -> None:
    vault, _ = create_vault(place, ByKeyring(keyring))
    say(vault, "one")
    good, bad = vault.back_up(), vault.back_up()
    flip_bit(place.files.backups / bad.id, 9000, 2)
    newest = vault.backups.newest_good()
    assert newest is not None
    assert newest.id == good.id
    for call in (vault.verify_backup, vault.restore_backup):
        with pytest.raises(EnvironmentProblem) as damaged:
            call(bad.id)
        assert damaged.value.code == "backup_damaged"
    with pytest.raises(UserFacingError) as missing:
        vault.verify_backup(BackupId("../vault.db"))
    assert missing.value.code == "backup_missing"
    assert texts(vault) == ["one"]
    vault.close()


def test_making_one_leaves_no_draft_behind(place: VaultPlace, keyring: MemoryKeyring) -> None:
    vault, _ = create_vault(place, ByKeyring(keyring))
    leftover = place.files.backups / "vault-000009-20260301T120000Z.backup.new"
    leftover.write_bytes(b"half")
    made = vault.back_up()
    vault.verify_backup(made.id)
    vault.close()
    names = {path.name for path in place.files.backups.iterdir()}
    assert names == {made.id, made.id.replace(".backup", ".json"), "vault.json"}


def test_thinning_keeps_days_and_weeks(place: VaultPlace, keyring: MemoryKeyring) -> None:
    vault, _ = create_vault(place, ByKeyring(keyring))
    vault.back_up()
    (model,) = vault.backups.stored()
    vault.close()
    backups = [
        StoredBackup(
            Path(f"vault-{1000 - hours:06d}.backup"),
            model.record.model_copy(
                update={
                    "sequence": 1000 - hours,
                    "made_at": NOON.moment - timedelta(hours=hours),
                }
            ),
        )
        for hours in range(0, 900, 6)
    ]
    gone = surplus(backups, Keep(newest=3, days=7, weeks=4))
    kept = [backup for backup in backups if backup not in gone]
    ages = [(NOON.moment - backup.record.made_at).total_seconds() / 86400 for backup in kept]
    assert ages[:3] == [0, 0.25, 0.5]
    assert len([age for age in ages if age < 7]) in (9, 10)
    assert 10 <= len(kept) <= 15
    assert ages[-1] > 21


def test_old_ones_go_when_new_ones_come(place: VaultPlace, keyring: MemoryKeyring) -> None:
    vault, _ = create_vault(place, ByKeyring(keyring))
    made = [vault.back_up() for _ in range(6)]
    assert [each.id for each in vault.backups.list()] == [each.id for each in made[:-4:-1]]
    vault.close()
    later = replace(place, clock=FixedClock(NOON.moment - timedelta(days=400)))
    vault = open_vault(later, ByKeyring(keyring))
    newest = vault.back_up()
    assert vault.backups.list()[0] == newest
    vault.close()


def test_what_is_forgotten_is_in_no_backup(place: VaultPlace, keyring: MemoryKeyring) -> None:
    canary = "forget-me-not-canary"
    vault, _ = create_vault(place, ByKeyring(keyring))
    kept = say(vault, "stays")
    without = vault.back_up()
    gone = say(vault, canary, f"{canary} again")
    with_it = vault.back_up()
    forgotten = history(vault).forget([gone])
    result = vault.rewrite_backups_after_forget(lambda connection: scrub(connection, forgotten))
    assert result.changed == (with_it.id,)
    assert result.unreadable == ()
    assert vault.verify_backup(with_it.id).messages == 1
    assert vault.verify_backup(without.id).messages == 1
    assert history(vault).get(kept).title == "A chat"
    vault.close()
    for path in (place.files.database, *place.files.backups.glob("*.backup")):
        assert canary.encode() not in decrypted_pages(path, key_of(keyring))


def decrypted_pages(path: Path, key: DataKey) -> bytes:
    """Every page of a database in the clear, the free ones as well."""
    connection = open_connection(path, key)
    count = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute("CREATE VIRTUAL TABLE temp.v USING fts5vocab('main', 'message_search', row)")
    words = " ".join(row[0] for row in connection.execute("SELECT term FROM temp.v"))
    connection.execute("ATTACH ':memory:' AS plain KEY ''")
    connection.close()
    plain = export_pages(path, key)
    assert len(plain) == count * 4096
    return plain + words.encode()


def export_pages(path: Path, key: DataKey) -> bytes:
    """Decrypts a SQLCipher 4 file by hand: AES-256-CBC, 80 reserved bytes at a page's end."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    raw = path.read_bytes()
    pages: list[bytes] = []
    for start in range(0, len(raw), 4096):
        page = raw[start : start + 4096]
        body = page[16:-80] if start == 0 else page[:-80]
        iv = page[-80:-64]
        decryptor = Cipher(algorithms.AES(key.raw), modes.CBC(iv)).decryptor()
        pages.append((decryptor.update(body) + decryptor.finalize()).ljust(4096, b"\0"))
    return b"".join(pages)


def test_the_decryption_by_hand_sees_what_is_there(
    place: VaultPlace, keyring: MemoryKeyring
) -> None:
    vault, _ = create_vault(place, ByKeyring(keyring))
    say(vault, "visible-canary")
    vault.close()
    assert b"visible-canary" in export_pages(place.files.database, key_of(keyring))


def test_a_backup_that_cannot_be_scrubbed_is_named(
    place: VaultPlace, keyring: MemoryKeyring
) -> None:
    vault, _ = create_vault(place, ByKeyring(keyring))
    damaged, unnamed = vault.back_up(), vault.back_up()
    flip_bit(place.files.backups / damaged.id, 9000, 2)
    (place.files.backups / unnamed.id).with_suffix(".json").write_text("{")
    result = vault.rewrite_backups_after_forget(lambda _: True)
    assert set(result.unreadable) == {damaged.id, unnamed.id}
    vault.close()


def test_a_backup_of_an_older_schema_is_scrubbed_too(
    place: VaultPlace, keyring: MemoryKeyring
) -> None:
    vault, _ = create_vault(place, ByKeyring(keyring))
    say(vault, "one")
    made = vault.back_up()
    seen: list[int] = []

    def look(connection: Connection) -> bool:
        seen.append(int(connection.exec_driver_sql("PRAGMA user_version").scalar_one()))
        return True

    migrations = (*MIGRATIONS, Migration(head() + 1, next_schema))
    vault.backups.rewrite_after_forget(key_of(keyring), look, migrations)
    assert seen == [head() + 1]
    vault.close()
    vault = open_vault(place_with(place, migrations), ByKeyring(keyring))
    assert vault.verify_backup(made.id).messages == 1
    vault.close()
