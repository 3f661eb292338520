"""What a connection must prove, and what its errors may say."""

import sqlite3
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from assistant.domain.errors import EnvironmentProblem
from assistant.store import connection as module
from assistant.store.connection import encrypted_engine, memory_engine, open_connection
from assistant.store.failures import database_errors, file_errors
from assistant.store.keys import DataKey
from assistant.store.sqlcipher import dbapi2

KEY = DataKey.generate()
CANARY = "xylophone-canary-text"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    connection = open_connection(path, KEY, create=True)
    connection.execute("CREATE VIRTUAL TABLE words USING fts5 (text)")
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT UNIQUE) STRICT")
    connection.close()
    return path


@pytest.fixture
def engine(database: Path) -> Iterator[Engine]:
    engine = encrypted_engine(database, KEY)
    yield engine
    engine.dispose()


def test_the_standard_library_is_refused(tmp_path: Path, database: Path) -> None:
    for path, create in ((database, False), (tmp_path / "new.db", True)):
        with pytest.raises(EnvironmentProblem) as problem:
            open_connection(path, KEY, create=create, driver=sqlite3)
        assert problem.value.code == "driver_unsafe"


def test_an_old_sqlite_is_refused(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "OLDEST_SQLITE", (99, 0, 0))
    with pytest.raises(EnvironmentProblem) as problem:
        open_connection(database, KEY)
    assert problem.value.code == "driver_unsafe"


def test_missing_and_empty_files_are_refused_and_not_made(tmp_path: Path) -> None:
    missing, empty = tmp_path / "missing.db", tmp_path / "empty.db"
    empty.touch()
    for path in (missing, empty):
        with pytest.raises(EnvironmentProblem) as problem:
            open_connection(path, KEY)
        assert problem.value.code == "vault_damaged"
    assert not missing.exists()
    assert empty.stat().st_size == 0


def test_a_wrong_key_changes_no_byte(database: Path) -> None:
    before = database.read_bytes()
    with pytest.raises(EnvironmentProblem) as problem:
        open_connection(database, DataKey.generate())
    assert problem.value.code == "vault_damaged"
    assert database.read_bytes() == before


def test_every_pragma_is_in_force_on_every_connection(engine: Engine) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
        "temp_store": 2,
        "cache_size": -65536,
        "wal_autocheckpoint": 1000,
        "auto_vacuum": 2,
        "cipher_use_hmac": "1",
        "cipher_page_size": "4096",
        "cipher_log_level": "NONE",
    }
    with engine.connect() as first, engine.connect() as second:
        for connection in (first, second):
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
            assert found == wanted
            with pytest.raises(DBAPIError):
                connection.exec_driver_sql("SELECT load_extension('x')")


def test_memory_has_the_same_rules_and_no_file(tmp_path: Path) -> None:
    engine = memory_engine()
    with engine.begin() as connection:
        for name, value in (("foreign_keys", 1), ("trusted_schema", 0), ("temp_store", 2)):
            assert connection.exec_driver_sql(f"PRAGMA {name}").scalar() == value
        assert connection.exec_driver_sql("PRAGMA database_list").one()[2] == ""
    engine.dispose()
    assert list(tmp_path.iterdir()) == []


def test_ddl_is_part_of_its_transaction(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE other (id INTEGER)")
        connection.rollback()
        names = connection.exec_driver_sql("SELECT name FROM sqlite_schema").scalars().all()
    assert "other" not in names


def test_our_own_mistakes_keep_their_type_and_lose_their_text(engine: Engine) -> None:
    bad = [
        ("INSERT INTO note (text) VALUES (?)", (CANARY,)),
        ("SELECT * FROM words WHERE words MATCH ?", (f'"{CANARY}',)),
        ("SELECT * FROM words WHERE words MATCH ?", (f"{CANARY}:x",)),
        ("INSERT INTO note (id, text) VALUES (?, ?)", (CANARY, "x")),
        ("SELECT json_extract(?, '$')", (CANARY,)),
    ]
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO note (text) VALUES (?)", (CANARY,))
    for statement, values in bad * 6:
        with engine.connect() as connection, pytest.raises(DBAPIError) as error:
            connection.exec_driver_sql(statement, values)
        assert "canary" not in "".join(traceback.format_exception(error.value))
        assert "SQLITE" in str(error.value)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SQLITE_FULL", "disk_full"),
        ("SQLITE_BUSY_SNAPSHOT", "vault_busy"),
        ("SQLITE_LOCKED", "vault_busy"),
        ("SQLITE_READONLY_DBMOVED", "vault_readonly"),
        ("SQLITE_IOERR_WRITE", "disk_error"),
        ("SQLITE_CORRUPT_VTAB", "vault_damaged"),
        ("SQLITE_NOTADB", "vault_damaged"),
        ("SQLITE_CANTOPEN", "vault_unreachable"),
        ("SQLITE_NOMEM", "out_of_memory"),
    ],
)
def test_what_the_machine_does_becomes_a_sentence(name: str, code: str) -> None:
    error = dbapi2.OperationalError(CANARY)
    error.sqlite_errorname = name
    with pytest.raises(EnvironmentProblem) as problem, database_errors():
        raise error
    assert problem.value.code == code
    assert problem.value.hint
    assert CANARY not in "".join(traceback.format_exception(problem.value))


def test_a_lock_held_elsewhere_is_said(engine: Engine, database: Path) -> None:
    other = open_connection(database, KEY)
    other.execute("BEGIN IMMEDIATE")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1")
        with pytest.raises(EnvironmentProblem) as problem:
            connection.exec_driver_sql("INSERT INTO note (text) VALUES ('x')")
    other.close()
    assert problem.value.code == "vault_busy"


def test_a_full_disk_is_told_from_a_broken_one() -> None:
    import errno

    for number, code in ((errno.ENOSPC, "disk_full"), (errno.EIO, "disk_error")):
        with pytest.raises(EnvironmentProblem) as problem, file_errors():
            raise OSError(number, "x")
        assert problem.value.code == code
