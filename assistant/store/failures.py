"""Turns what SQLite and SQLCipher say into sentences for the user.

Two kinds are told apart. What the machine or the file does to us (full, locked, read-only,
damaged) becomes an ``EnvironmentProblem`` here, in one place. All else is our own mistake and
keeps its type for the logs. Neither kind carries what the user wrote: SQLite quotes parts of a
search or of a value in some messages, so every message that is not known to be safe is removed.
"""

import errno
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from assistant.domain.errors import EnvironmentProblem
from assistant.store.sqlcipher import dbapi2

_KNOWN: Final = {
    "SQLITE_FULL": (
        "disk_full",
        "The disk is full: this could not be saved.",
        "Free some space, or delete chats you no longer need; deleting still works.",
    ),
    "SQLITE_BUSY": (
        "vault_busy",
        "The history is in use by another program.",
        "Close other windows of Lamplight and tools that look at its files, then try again.",
    ),
    "SQLITE_READONLY": (
        "vault_readonly",
        "The history cannot be written: its folder or file is read-only.",
        "Check the permissions of Lamplight's data folder.",
    ),
    "SQLITE_IOERR": (
        "disk_error",
        "The disk reported an error while the history was read or written.",
        "Check the disk and its free space; a backup can be restored if this stays.",
    ),
    "SQLITE_CORRUPT": (
        "vault_damaged",
        "The history file is damaged.",
        "Restore the newest good backup; the damaged file is kept beside it.",
    ),
    "SQLITE_NOTADB": (
        "vault_damaged",
        "The history file cannot be read: its beginning is damaged.",
        "Restore the newest good backup; the damaged file is kept beside it.",
    ),
    "SQLITE_CANTOPEN": (
        "vault_unreachable",
        "The history file cannot be opened.",
        "Check that Lamplight's data folder exists and that its files are yours to read and write.",
    ),
    "SQLITE_NOMEM": (
        "out_of_memory",
        "There is not enough free memory.",
        "Close other programs or choose a smaller model.",
    ),
}
_SAME: Final = {
    "SQLITE_LOCKED": "SQLITE_BUSY",
    "SQLITE_PERM": "SQLITE_READONLY",
    "SQLITE_PROTOCOL": "SQLITE_BUSY",
}
_OF_FILES: Final = {
    errno.ENOSPC: "SQLITE_FULL",
    errno.EDQUOT: "SQLITE_FULL",
    errno.EFBIG: "SQLITE_FULL",
    errno.EROFS: "SQLITE_READONLY",
    errno.EACCES: "SQLITE_CANTOPEN",
    errno.EPERM: "SQLITE_CANTOPEN",
}


def environment_problem(error: BaseException) -> EnvironmentProblem | None:
    """What ``error`` of the database driver means for the user; None if it is our mistake."""
    name = str(getattr(error, "sqlite_errorname", "") or "")
    # Extended names carry a third part: SQLITE_IOERR_WRITE is an SQLITE_IOERR.
    primary = "_".join(name.split("_")[:2])
    known = _KNOWN.get(_SAME.get(primary, primary))
    if known is None:
        return None
    code, message, hint = known
    return EnvironmentProblem(message, hint, code=code)


def remove_text(error: BaseException) -> None:
    """Takes the words out of a driver's error; SQLite's name for it stays."""
    name = str(getattr(error, "sqlite_errorname", "") or type(error).__name__)
    error.args = (name,)


@contextmanager
def database_errors() -> Generator[None]:
    """Translates errors of the bare driver, for work outside of an SQLAlchemy engine.

    Raises:
        EnvironmentProblem: The machine or the file is in the way.
    """
    try:
        yield
    except dbapi2.Error as error:
        problem = environment_problem(error)
        remove_text(error)
        if problem is None:
            raise
        raise problem from None


@contextmanager
def file_errors() -> Generator[None]:
    """Translates errors of the file system, for work on files beside the database.

    Raises:
        EnvironmentProblem: The disk is full (``disk_full``), the right is missing
            (``vault_unreachable``, ``vault_readonly``), or the disk fails (``disk_error``).
    """
    try:
        yield
    except OSError as error:
        code, message, hint = _KNOWN[_OF_FILES.get(error.errno or 0, "SQLITE_IOERR")]
        raise EnvironmentProblem(message, hint, code=code) from error


def translate_engine_errors(engine: Engine) -> None:
    """Makes every statement, commit and connection of ``engine`` speak as described above."""

    def translate(context: ExceptionContext) -> EnvironmentProblem | None:
        original: Any = context.original_exception
        if not isinstance(original, dbapi2.Error):
            return None
        problem = environment_problem(original)
        remove_text(original)
        wrapped = context.sqlalchemy_exception
        if wrapped is not None:
            wrapped.args = (str(original),)
        return problem

    event.listen(engine, "handle_error", translate)
