"""Every schema that was ever released opens, is upgraded, and keeps its rows."""

import json
import shutil
from pathlib import Path

import pytest

from assistant.domain.health import CheckState
from assistant.store import study_tables, tables, task_tables
from assistant.store.connection import memory_engine
from assistant.store.migrations import head, migrate
from assistant.store.opening import open_vault
from assistant.store.unlock import ByPassphrase
from tests.data.make_schema_fixture import FOLDER, PASSPHRASE, all_rows
from tests.unit.store.vault_fixtures import place_in

RELEASED = sorted(FOLDER.glob("v*"), key=lambda path: int(path.name[1:]))


def test_there_is_a_vault_of_every_schema() -> None:
    assert [path.name for path in RELEASED] == [f"v{number + 1}" for number in range(head())]


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.name)
def test_it_opens_and_keeps_every_value(released: Path, tmp_path: Path) -> None:
    place = place_in(tmp_path)
    place.files.backups.mkdir(parents=True)
    shutil.copyfile(released / "vault.db", place.files.database)
    shutil.copyfile(released / "vault.json", place.files.key_file)
    vault = open_vault(place, ByPassphrase(PASSPHRASE))
    assert vault.keys.schema_version == head()
    found = all_rows(vault)
    wanted = json.loads((released / "rows.json").read_text(encoding="utf-8"))
    assert wanted["message"]
    for table, rows in wanted.items():
        for before, after in zip(rows, found[table], strict=True):
            assert {name: after[name] for name in before} == before
    database = [check.state for check in vault.check(full=True) if check.name == "database"]
    assert database == [CheckState.OK]
    vault.close()


def test_the_newest_schema_has_the_tables_of_the_classes() -> None:
    metadata = tables.SQLModel.metadata
    assert study_tables.SQLModel.metadata is metadata
    assert task_tables.SQLModel.metadata is metadata
    assert {"message", "attempt", "task"} <= metadata.tables.keys()
    migrated, declared = memory_engine(), memory_engine()
    migrate(migrated)
    metadata.create_all(declared)
    shapes: list[dict[str, object]] = []
    for engine in (migrated, declared):
        with engine.connect() as connection:
            shapes.append(
                {
                    name: {
                        "columns": {
                            row[1]: (bool(row[3]) or bool(row[5]), row[5])
                            for row in connection.exec_driver_sql(f"PRAGMA table_info({name})")
                        },
                        "references": {
                            tuple(row[2:7])
                            for row in connection.exec_driver_sql(
                                f"PRAGMA foreign_key_list({name})"
                            )
                        },
                    }
                    for name in metadata.tables
                }
            )
        engine.dispose()
    assert shapes[0] == shapes[1]
