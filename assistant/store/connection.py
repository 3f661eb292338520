"""The only place that opens a database: keys first, then proof that the keys are in use.

Without a key SQLCipher writes plain text, the standard library's ``sqlite3`` ignores
``PRAGMA key`` without a word, and an empty file opens as a healthy empty database. So every
connection has to prove itself before it is used, and callers say whether a file must exist.
"""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Final, Protocol

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool

from assistant.domain.errors import EnvironmentProblem
from assistant.store.failures import database_errors, file_errors, translate_engine_errors
from assistant.store.keys import DataKey
from assistant.store.sqlcipher import dbapi2

OLDEST_SQLITE: Final = (3, 53, 2)
"""Older ones have the WAL-reset bug and an FTS5 overflow (CVE-2026-11824)."""
PAGE_BYTES: Final = 4096
WAL_PAGES: Final = 1000
"""The log is copied into the database when it reaches 4 MB."""

_WAL_BYTES: Final = WAL_PAGES * PAGE_BYTES
_INCREMENTAL: Final = 2
_BUSY_S: Final = 5.0
_EMPTIES_LOG: Final = "wal_checkpoint(TRUNCATE)"

_PRAGMAS: Final = (
    "foreign_keys = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "mmap_size = 0",
    "temp_store = MEMORY",
    "cache_size = -65536",
)
_FILE_PRAGMAS: Final = (
    # FULL: of 500 simulated power cuts none lost an acknowledged row; NORMAL lost some in 291.
    "synchronous = FULL",
    "fullfsync = ON",
    f"wal_autocheckpoint = {WAL_PAGES}",
    f"journal_size_limit = {_WAL_BYTES}",
)


class VaultConnection(dbapi2.Connection):
    """A connection that tells when a transaction that changed something has been committed."""

    on_commit: Callable[["VaultConnection"], None] | None = None
    _changes_seen = 0

    def commit(self) -> None:
        """Commits, then tells ``on_commit``."""
        super().commit()
        if self.on_commit is not None and self.total_changes != self._changes_seen:
            self._changes_seen = self.total_changes
            self.on_commit(self)


def open_connection(
    path: Path, key: DataKey, *, create: bool = False, driver: ModuleType = dbapi2
) -> VaultConnection:
    """Opens the encrypted database at ``path`` with all pragmas set.

    Args:
        path: The file.
        key: Its key.
        create: Whether a new database is wanted; otherwise a missing or empty file is refused.
        driver: The database driver; anything but SQLCipher is refused.

    Raises:
        EnvironmentProblem: The file is missing, empty, damaged, or the driver cannot encrypt.
    """
    if not create and (not path.exists() or path.stat().st_size == 0):
        raise EnvironmentProblem(
            "The history file is missing or empty.",
            "Restore the newest good backup.",
            code="vault_damaged",
        )
    with database_errors(), file_errors():
        if create:
            path.touch(mode=0o600)
        connection: VaultConnection = driver.connect(
            str(path),
            isolation_level=None,
            check_same_thread=False,
            timeout=_BUSY_S,
            factory=VaultConnection if driver is dbapi2 else driver.Connection,
        )
        try:
            _unlock(connection, key)
            _set_pragmas(connection, create=create)
        except BaseException:
            connection.close()
            raise
    return connection


class LogWatcher(Protocol):
    """Is told what happens to the write-ahead log, in the thread in which it happens."""

    def committed(self, connection: VaultConnection) -> None:
        """A transaction that changed rows was committed."""
        ...

    def emptying(self, connection: VaultConnection) -> None:
        """The log is about to be emptied."""
        ...

    def emptied(self, connection: VaultConnection) -> None:
        """The log was emptied, or could not be."""
        ...


def encrypted_engine(path: Path, key: DataKey, watcher: LogWatcher | None = None) -> Engine:
    """An engine on an existing encrypted database.

    Args:
        path: The file.
        key: Its key.
        watcher: Told of commits and checkpoints, if given.
    """

    def connect() -> VaultConnection:
        connection = open_connection(path, key)
        connection.on_commit = watcher.committed if watcher else None
        return connection

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=connect,
        poolclass=QueuePool,
        hide_parameters=True,
    )
    _prepare(engine)
    if watcher is not None:
        _watch_checkpoints(engine, watcher)
    return engine


def memory_engine() -> Engine:
    """An engine on a database in memory alone, for chats that never touch the disk."""

    def connect() -> VaultConnection:
        connection: VaultConnection = dbapi2.connect(
            ":memory:", isolation_level=None, check_same_thread=False, factory=VaultConnection
        )
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine(
        "sqlite://", module=dbapi2, creator=connect, poolclass=StaticPool, hide_parameters=True
    )
    _prepare(engine)
    return engine


def raw_connection(connection: Connection) -> VaultConnection:
    """The driver's connection below an SQLAlchemy one."""
    raw = connection.connection.driver_connection
    if not isinstance(raw, VaultConnection):
        raise TypeError("not a connection of the vault")
    return raw


def pragma_value(connection: dbapi2.Connection, name: str) -> str:
    """The value of a pragma as text, empty when it has none."""
    row = connection.execute(f"PRAGMA {name}").fetchone()
    return "" if row is None else str(row[0])


def _prepare(engine: Engine) -> None:
    translate_engine_errors(engine)
    # The driver would begin transactions by itself, but not before DDL; so we do, for all.
    event.listen(engine, "begin", _begin)


def _watch_checkpoints(engine: Engine, watcher: LogWatcher) -> None:
    def before(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if _EMPTIES_LOG in statement:
            watcher.emptying(raw_connection(connection))

    def after(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if _EMPTIES_LOG in statement:
            watcher.emptied(raw_connection(connection))

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "after_cursor_execute", after)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _unlock(connection: VaultConnection, key: DataKey) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    version = connection.execute("SELECT sqlite_version()").fetchone()
    sqlite = tuple(int(part) for part in str(version[0]).split("."))
    sound = (
        pragma_value(connection, "cipher_version")
        and pragma_value(connection, "cipher_use_hmac") == "1"
        and pragma_value(connection, "cipher_page_size") == str(PAGE_BYTES)
        and sqlite >= OLDEST_SQLITE
    )
    if not sound:
        raise EnvironmentProblem(
            "The database driver cannot encrypt, or is too old to be safe.",
            "Install Lamplight's locked dependencies again.",
            code="driver_unsafe",
        )
    connection.enable_load_extension(False)  # noqa: FBT003 - the driver takes no keyword
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()


def _set_pragmas(connection: VaultConnection, *, create: bool) -> None:
    if create:
        connection.execute(f"PRAGMA auto_vacuum = {_INCREMENTAL}")
    if pragma_value(connection, "journal_mode = WAL") != "wal":
        raise EnvironmentProblem(
            "The disk that holds the history does not support a write-ahead log.",
            "Move Lamplight's data folder to a local disk.",
            code="no_wal",
        )
    for pragma in (*_PRAGMAS, *_FILE_PRAGMAS):
        connection.execute(f"PRAGMA {pragma}")
