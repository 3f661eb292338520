"""The doctor's rows about an open vault."""

import shutil
from collections.abc import Callable
from typing import Final

from assistant.domain.health import Check, CheckState
from assistant.store.connection import WAL_PAGES, VaultConnection, pragma_value
from assistant.store.failures import database_errors
from assistant.store.migrations import schema_version, table_rows
from assistant.store.rows import FIRST_US, LAST_US
from assistant.store.vault_files import VaultFiles

Progress = Callable[[float], None]

_LOW_DISK_BYTES: Final = 256 << 20
_MB: Final = 1 << 20
_LONG_WAL_BYTES: Final = 2 * WAL_PAGES * 4096
_OUTSIDE: Final = """
    SELECT
        (SELECT count(*) FROM message WHERE created_at_us NOT BETWEEN :first AND :last
            OR deleted_at_us NOT BETWEEN :first AND :last)
        + (SELECT count(*) FROM conversation WHERE created_at_us NOT BETWEEN :first AND :last
            OR updated_at_us NOT BETWEEN :first AND :last
            OR deleted_at_us NOT BETWEEN :first AND :last)
"""
_RESTORE: Final = "Restore the newest good backup; the present files are kept beside it."


def check_vault(
    connection: VaultConnection,
    files: VaultFiles,
    *,
    ballast_held: bool,
    tail_failed: bool,
) -> tuple[Check, ...]:
    """Looks at an open vault; takes a few milliseconds.

    Args:
        connection: To the vault.
        files: Where it lies.
        ballast_held: Whether space is held back.
        tail_failed: Whether the last record of the log could not be written.
    """
    rows = [_encryption(connection), _log(files), _disk(files, held=ballast_held)]
    if tail_failed:
        rows.append(
            Check(
                "record of the last commit",
                CheckState.PROBLEM,
                "it cannot be written, so a lost end of the journal would not be noticed",
                "Check the disk and its free space.",
            )
        )
    rows.append(_set_aside(files))
    return tuple(rows)


def integrity(connection: VaultConnection, progress: Progress | None = None) -> Check:
    """Checks every page, table, index and reference. The log must be empty.

    Before a checkpoint the page check gives false alarms for sound databases.

    Args:
        connection: To the database.
        progress: Called with the part that is done; may raise to stop.
    """
    name = "database"
    with database_errors():
        tables = list(table_rows(connection))
        steps = [
            ("pages", "cipher_integrity_check"),
            *((table, f'integrity_check("{table}")') for table in tables),
            ("structure", "integrity_check(1)"),
            ("references", "foreign_key_check"),
        ]
        for number, (part, pragma) in enumerate(steps):
            found = connection.execute(f"PRAGMA {pragma}").fetchone()
            if found is not None and found[0] != "ok":
                return Check(name, CheckState.PROBLEM, f"damaged ({part})", _RESTORE)
            if progress is not None:
                progress((number + 1) / len(steps))
    return Check(name, CheckState.OK, f"every page, index and reference of {len(tables)} tables")


def moments(connection: VaultConnection) -> Check:
    """Looks for times that no calendar has; they are shown as its first or last day."""
    with database_errors():
        (count,) = connection.execute(_OUTSIDE, {"first": FIRST_US, "last": LAST_US}).fetchone()
    if count:
        return Check(
            "times",
            CheckState.NOTE,
            f"{count} chats or messages carry a time outside the calendar",
            "No word is lost: they stand under the first or the last day there is.",
        )
    return Check("times", CheckState.OK, "all lie inside the calendar")


def _encryption(connection: VaultConnection) -> Check:
    cipher = pragma_value(connection, "cipher_version")
    return Check(
        "encryption",
        CheckState.OK,
        f"SQLCipher {cipher}, AES-256, format {schema_version(connection)}",
    )


def _log(files: VaultFiles) -> Check:
    size = files.wal.stat().st_size if files.wal.exists() else 0
    detail = f"{size / _MB:.1f} MB"
    if size > _LONG_WAL_BYTES:
        return Check("journal", CheckState.NOTE, detail, "It is emptied when Lamplight is idle.")
    return Check("journal", CheckState.OK, detail)


def _disk(files: VaultFiles, *, held: bool) -> Check:
    free = shutil.disk_usage(files.database.parent).free
    detail = f"{free // _MB} MB free" + (", room to delete is held back" if held else "")
    if free < _LOW_DISK_BYTES:
        return Check("disk", CheckState.PROBLEM, detail, "Free some space on this disk.")
    return Check("disk", CheckState.OK if held else CheckState.NOTE, detail)


def _set_aside(files: VaultFiles) -> Check:
    aside = list(files.database.parent.glob(f"{files.database.stem}*.*-*Z*"))
    if not aside:
        return Check("files set aside", CheckState.OK, "none")
    size = sum(path.stat().st_size for path in aside)
    return Check(
        "files set aside",
        CheckState.NOTE,
        f"{len(aside)} files, {size / _MB:.1f} MB, from damage or from a restored backup",
        "They may still hold chats that were deleted since; delete them when you need none.",
    )
