"""Temporary chats: a database that is in memory only and gone with the process."""

from typing import Final

from sqlalchemy import Engine

from assistant.store.connection import memory_engine
from assistant.store.migrations import migrate

FIRST_ID: Final = 1 << 40
"""Ids of temporary chats and messages begin here, so that they are never those of stored ones."""


def temporary_engine() -> Engine:
    """An engine over an empty history in memory; disposing of it forgets everything."""
    engine = memory_engine()
    migrate(engine)
    with engine.begin() as connection:
        for table in ("conversation", "message"):
            connection.exec_driver_sql(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, FIRST_ID - 1)
            )
    return engine
