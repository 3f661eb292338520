"""Brings a vault to the newest schema, one verified step at a time.

``PRAGMA user_version`` names the schema. Each step runs in one transaction, which is committed
only when the result has been checked, so a kill at any moment leaves the old schema or the new
one. Before each step of a vault that holds something a verified backup is made.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from assistant.domain.errors import UserFacingError
from assistant.store.connection import pragma_value, raw_connection
from assistant.store.key_file import NewerVault
from assistant.store.migrations import (
    m0001_first,
    m0002_meaning,
    m0003_summary,
    m0004_search_pages,
    m0005_parameters,
    m0006_study,
    m0007_books,
    m0008_planner,
    m0009_proposals,
    m0010_occurrences,
    m0011_left_out,
    m0012_rewritten,
)
from assistant.store.sqlcipher import dbapi2


@dataclass(frozen=True, slots=True)
class Migration:
    """One step.

    Args:
        version: The schema it leads to; steps are numbered from 1 without gaps.
        upgrade: Does it, inside a transaction of the runner, with foreign keys not enforced.
        may_change_count: Tables whose number of rows may differ afterwards.
    """

    version: int
    upgrade: Callable[[Connection], None]
    may_change_count: frozenset[str] = frozenset()


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, m0001_first.upgrade),
    Migration(2, m0002_meaning.upgrade),
    Migration(3, m0003_summary.upgrade),
    Migration(4, m0004_search_pages.upgrade),
    Migration(5, m0005_parameters.upgrade),
    Migration(6, m0006_study.upgrade),
    Migration(7, m0007_books.upgrade),
    Migration(8, m0008_planner.upgrade),
    Migration(9, m0009_proposals.upgrade),
    Migration(10, m0010_occurrences.upgrade),
    Migration(11, m0011_left_out.upgrade),
    Migration(12, m0012_rewritten.upgrade),
)


def head(migrations: tuple[Migration, ...] = MIGRATIONS) -> int:
    """The newest schema that is known."""
    return migrations[-1].version


def schema_version(connection: dbapi2.Connection) -> int:
    """The schema of an open database; 0 when it is empty."""
    return int(pragma_value(connection, "user_version"))


def refuse_newer(version: int, migrations: tuple[Migration, ...]) -> None:
    """Stops before a database that only a newer Lamplight understands.

    Raises:
        NewerVault: It is one.
    """
    if version > head(migrations):
        raise NewerVault(
            "This history was written by a newer Lamplight.",
            "Install the newest version; the history was not touched.",
            code="newer_vault",
        )


def table_rows(connection: dbapi2.Connection) -> dict[str, int]:
    """Number of rows of every ordinary table."""
    names = [
        str(row[0])
        for row in connection.execute(
            "SELECT name FROM pragma_table_list"
            " WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            " ORDER BY name"
        )
    ]
    return {
        # A table's name cannot be a bound parameter; these come from the schema itself.
        name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608 - our own names
        for name in names
    }


def migrate(
    engine: Engine,
    migrations: tuple[Migration, ...] = MIGRATIONS,
    before: Callable[[int], None] | None = None,
) -> int:
    """Runs all steps that the database has not seen, those of a new one in one transaction.

    Args:
        engine: On the database.
        migrations: All known steps in order.
        before: Makes a verified backup; called with the present schema ahead of each step,
            unless the database began empty.

    Returns:
        How many steps were run.

    Raises:
        NewerVault: The database has a schema that is not known; it was not touched.
        UserFacingError: A step failed its checks; the database is as it was before it.
    """
    with engine.connect() as connection:
        raw = raw_connection(connection)
        version = schema_version(raw)
        refuse_newer(version, migrations)
        unseen = [migration for migration in migrations if migration.version > version]
        if version == 0:
            _run(connection, unseen)
            return len(unseen)
        for migration in unseen:
            if before is not None:
                before(schema_version(raw))
            _run(connection, [migration])
    return len(unseen)


def _run(connection: Connection, migrations: Sequence[Migration]) -> None:
    """Runs steps in one transaction, each with its checks."""
    raw = raw_connection(connection)
    # Rebuilding a table drops the old one, which would cascade to whatever points at it.
    # The pragma does nothing inside a transaction, so it stands around it.
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        with connection.begin():
            for migration in migrations:
                rows = table_rows(raw)
                migration.upgrade(connection)
                _verify(raw, rows, migration)
                connection.exec_driver_sql(f"PRAGMA user_version = {migration.version}")
    finally:
        raw.execute("PRAGMA foreign_keys = ON")


def _verify(raw: dbapi2.Connection, before: dict[str, int], migration: Migration) -> None:
    after = table_rows(raw)
    changed = {name for name in before.keys() & after.keys() if before[name] != after[name]}
    gone = before.keys() - after.keys()
    sound = (
        not (changed | gone) - migration.may_change_count
        and raw.execute("PRAGMA foreign_key_check").fetchone() is None
        and pragma_value(raw, "integrity_check(1)") == "ok"
    )
    if not sound:
        raise UserFacingError(
            f"The history could not be brought to format {migration.version}.",
            "Nothing was changed. Go on with the version that you had, and report this.",
            code="migration_failed",
        )
