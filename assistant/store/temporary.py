"""Temporary chats: a vault that is in memory only and gone with the process."""

from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from assistant.domain.clock import Clock
from assistant.store.failures import translate_engine_errors
from assistant.store.history import HistoryRepository
from assistant.store.migrations import m0001_first
from assistant.store.sqlcipher import dbapi2

FIRST_ID: Final = 1 << 40
"""Ids of temporary chats and messages begin here, so that they are never those of stored ones."""


def open_temporary(clock: Clock) -> tuple[HistoryRepository, Engine]:
    """Makes an empty history in memory.

    Returns:
        The history, and its engine: disposing of that forgets everything.
    """
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        poolclass=StaticPool,
        connect_args={"check_same_thread": False},
        hide_parameters=True,
    )
    translate_engine_errors(engine)
    event.listen(engine, "connect", _keep_in_memory)
    with engine.begin() as connection:
        _make(connection)
    return HistoryRepository(engine, clock), engine


def _keep_in_memory(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in ("temp_store = MEMORY", "foreign_keys = ON", "trusted_schema = OFF"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _make(connection: Connection) -> None:
    m0001_first.upgrade(connection)
    for table in ("conversation", "message"):
        connection.exec_driver_sql(
            "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, FIRST_ID - 1)
        )
