"""A twin of the vault without encryption, as the reference that its speed is measured against.

It is for made-up text only; nothing of the user's is ever written through it.
"""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from assistant.store.connection import (
    VaultConnection,
    encrypted_engine,
    open_connection,
    pragma_value,
    raw_connection,
)
from assistant.store.keys import DataKey
from assistant.store.migrations import migrate
from assistant.store.sqlcipher import dbapi2

_COPIED: Final = (
    "foreign_keys",
    "secure_delete",
    "trusted_schema",
    "cell_size_check",
    "mmap_size",
    "temp_store",
    "cache_size",
    "journal_mode",
    "synchronous",
    "fullfsync",
    "wal_autocheckpoint",
    "journal_size_limit",
)


def engines_to_compare(folder: Path) -> tuple[Engine, Engine]:
    """Makes two empty vaults with the current schema that differ in nothing but the key.

    Args:
        folder: Where their files go; ``encrypted.db`` and ``plain.db`` must not be there yet.

    Returns:
        The encrypted one, and the plain one on the same driver with the same pragmas.
    """
    key = DataKey.generate()
    path = folder / "encrypted.db"
    open_connection(path, key, create=True).close()
    encrypted = encrypted_engine(path, key)
    with encrypted.connect() as connection:
        raw = raw_connection(connection)
        pragmas = [f"auto_vacuum = {pragma_value(raw, 'auto_vacuum')}"]
        pragmas += [f"{name} = {pragma_value(raw, name)}" for name in _COPIED]
    plain = _plain_engine(folder / "plain.db", pragmas)
    for engine in (encrypted, plain):
        migrate(engine)
    return encrypted, plain


def _plain_engine(path: Path, pragmas: list[str]) -> Engine:
    def connect() -> VaultConnection:
        connection: VaultConnection = dbapi2.connect(
            str(path), isolation_level=None, check_same_thread=False, factory=VaultConnection
        )
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        return connection

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    engine = create_engine(
        "sqlite://", module=dbapi2, creator=connect, poolclass=QueuePool, hide_parameters=True
    )
    event.listen(engine, "begin", begin)
    return engine
