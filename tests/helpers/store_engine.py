"""Engines over a new database of the current schema, in memory or in an encrypted file."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from assistant.store.connection import encrypted_engine, memory_engine, open_connection
from assistant.store.keys import DataKey
from assistant.store.migrations import migrate

KEY = DataKey(b"\x5a" * 32)


@contextmanager
def opened(path: Path | None = None) -> Generator[Engine]:
    """An engine over a new database; disposed of at the end."""
    if path is None:
        engine = memory_engine()
    else:
        open_connection(path, KEY, create=True).close()
        engine = encrypted_engine(path, KEY)
    try:
        migrate(engine)
        yield engine
    finally:
        engine.dispose()
