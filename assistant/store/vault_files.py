"""Where the files of one vault lie, and how they are written so that none is ever lost."""

import os
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class VaultFiles:
    """The files of one vault.

    Args:
        database: The encrypted database; all other files lie beside it.
        backups: Folder of the rolling backups, and of a second copy of the key file.
    """

    database: Path
    backups: Path

    @property
    def wal(self) -> Path:
        """Write-ahead log: what was committed and is not yet in the database file."""
        return self.database.with_name(self.database.name + "-wal")

    @property
    def shm(self) -> Path:
        """Index of the write-ahead log; holds no content and can be rebuilt."""
        return self.database.with_name(self.database.name + "-shm")

    @property
    def key_file(self) -> Path:
        """The wrapped keys and what tells a wrong key from a damaged file."""
        return self.database.with_suffix(".json")

    @property
    def key_file_copy(self) -> Path:
        """The same once more: without it a passphrase opens nothing."""
        return self.backups / self.key_file.name

    @property
    def tail(self) -> Path:
        """How far the write-ahead log reached at the last commit."""
        return self.database.with_suffix(".tail")

    @property
    def ballast(self) -> Path:
        """Space that is given back when the disk is full, so that deleting still works."""
        return self.database.with_suffix(".ballast")

    @property
    def lock(self) -> Path:
        """Held by the process that has the vault open."""
        return self.database.with_suffix(".lock")


def sync_folder(folder: Path) -> None:
    """Makes new and renamed entries of ``folder`` durable; NTFS does this by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_atomically(path: Path, content: bytes) -> None:
    """Replaces ``path`` by ``content``: after a power cut it is the old file or the new one.

    Raises:
        OSError: The disk is full or refuses; the old file is as it was.
    """
    temporary = path.with_name(path.name + ".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Makes the content of a finished file durable."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def aside_name(path: Path, label: str, now: datetime) -> Path:
    """A free name beside ``path``, such as ``vault.db.damaged-20260131T101500Z``."""
    stamp = now.strftime("%Y%m%dT%H%M%SZ")
    candidate = path.with_name(f"{path.name}.{label}-{stamp}")
    number = 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.name}.{label}-{stamp}-{number}")
    return candidate


def move_aside(path: Path, label: str, now: datetime) -> Path | None:
    """Renames ``path`` to a free name beside it; None when it does not exist."""
    if not path.exists():
        return None
    target = aside_name(path, label, now)
    path.rename(target)
    sync_folder(path.parent)
    return target
