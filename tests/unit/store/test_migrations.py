"""The runner: one step, one transaction, checked before it is committed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection

from assistant.domain.errors import UserFacingError
from assistant.store.connection import open_connection
from assistant.store.key_file import NewerVault
from assistant.store.migrations import MIGRATIONS, Migration, head, schema_version, table_rows
from assistant.store.opening import VaultPlace, create_vault, open_vault
from assistant.store.unlock import ByKeyring
from tests.unit.store.vault_fixtures import MemoryKeyring, file_hashes, say, texts
from tests.unit.store.vault_worker import next_schema, place_with

NEXT = Migration(head() + 1, next_schema)


def test_steps_are_numbered_from_one_without_gaps() -> None:
    assert [migration.version for migration in MIGRATIONS] == list(range(1, head() + 1))


def test_a_step_keeps_rows_and_is_preceded_by_a_verified_backup(
    place: VaultPlace, keyring: MemoryKeyring
) -> None:
    vault, _ = create_vault(place, ByKeyring(keyring))
    say(vault, "one", "two")
    assert vault.backups.list() == ()
    vault.close()
    newer = place_with(place, (*MIGRATIONS, NEXT))
    vault = open_vault(newer, ByKeyring(keyring))
    assert texts(vault) == ["one", "two"]
    assert vault.keys.schema_version == head() + 1
    (backup,) = vault.backups.list()
    assert backup.messages == 2
    assert vault.backups.stored()[0].record.contents[0].schema_version == head()
    vault.close()
    with pytest.raises(NewerVault):
        open_vault(place, ByKeyring(keyring))


def drop_messages(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM message WHERE id = 1")
    connection.exec_driver_sql("DELETE FROM unembedded WHERE message_id = 1")


def break_reference(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE message SET conversation_id = 99")


def drop_table(connection: Connection) -> None:
    connection.exec_driver_sql("DROP TABLE preset")


@pytest.mark.parametrize("upgrade", [drop_messages, break_reference, drop_table])
def test_a_step_that_fails_its_checks_changes_nothing(
    place: VaultPlace, keyring: MemoryKeyring, upgrade: Callable[[Connection], None]
) -> None:
    vault, _ = create_vault(place, ByKeyring(keyring))
    say(vault, "one", "two")
    with vault.engine.connect() as connection:
        schema = connection.exec_driver_sql("SELECT sql FROM sqlite_schema").all()
    vault.close()
    bad = place_with(place, (*MIGRATIONS, Migration(head() + 1, upgrade)))
    with pytest.raises(UserFacingError) as failed:
        open_vault(bad, ByKeyring(keyring))
    assert failed.value.code == "migration_failed"
    vault = open_vault(place, ByKeyring(keyring))
    assert texts(vault) == ["one", "two"]
    with vault.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT sql FROM sqlite_schema").all() == schema
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    vault.close()


def test_a_step_may_say_that_it_changes_counts(place: VaultPlace, keyring: MemoryKeyring) -> None:
    vault, _ = create_vault(place, ByKeyring(keyring))
    say(vault, "one", "two")
    vault.close()
    tables = frozenset({"message", "unembedded"})
    step = Migration(head() + 1, drop_messages, may_change_count=tables)
    vault = open_vault(place_with(place, (*MIGRATIONS, step)), ByKeyring(keyring))
    assert texts(vault) == ["two"]
    vault.close()


def test_a_newer_schema_is_left_alone(place: VaultPlace, keyring: MemoryKeyring) -> None:
    newer = place_with(place, (*MIGRATIONS, NEXT))
    vault, _ = create_vault(newer, ByKeyring(keyring))
    keys = vault.keys
    vault.close()
    before = file_hashes(place.files.database.parent)
    with pytest.raises(NewerVault):
        open_vault(place, ByKeyring(keyring))
    assert file_hashes(place.files.database.parent) == before
    # The same when only the database itself says so.
    from assistant.store import key_file

    key_file.save(place.files, keys.changed(schema_version=1))
    database = place.files.database.read_bytes()
    with pytest.raises(NewerVault):
        open_vault(place, ByKeyring(keyring))
    assert place.files.database.read_bytes() == database


def test_table_rows_leaves_out_shadow_tables(tmp_path: Path) -> None:
    from assistant.store.keys import DataKey

    connection = open_connection(tmp_path / "a.db", DataKey.generate(), create=True)
    connection.execute("CREATE TABLE odd (id INTEGER)")
    connection.execute("INSERT INTO odd VALUES (1), (2)")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5 (text)")
    assert table_rows(connection) == {"odd": 2}
    assert schema_version(connection) == 0
    connection.close()
