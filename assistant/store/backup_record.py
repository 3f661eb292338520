"""What is noted beside each backup, and which backups are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from assistant.domain.ids import BackupId
from assistant.domain.vault import BackupInfo
from assistant.store.key_file import KeyFile

SUFFIX: Final = ".backup"
_MONTHS: Final = 3


class BackupContent(BaseModel):
    """What was verified, and by which hash it is known again."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sha256: str
    size_bytes: int
    schema_version: int
    rows: dict[str, int]
    chats: int | None = None
    """Rows of chats without those that only hold a draft; None in records of before."""


class BackupRecord(BaseModel):
    """The ``.json`` beside a backup; with it the backup opens on any machine.

    ``contents`` has two entries while a backup is being rewritten, the old and the new one, so
    that a kill between the two renames leaves a sound backup.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int = 1
    sequence: int
    made_at: datetime
    contents: Annotated[tuple[BackupContent, ...], Field(min_length=1)]
    key_file: KeyFile


@dataclass(frozen=True, slots=True)
class StoredBackup:
    """A backup on disk: the database, and the record beside it."""

    path: Path
    record: BackupRecord

    @property
    def id(self) -> BackupId:
        """The file name."""
        return BackupId(self.path.name)

    @property
    def record_path(self) -> Path:
        """Where the record lies."""
        return self.path.with_suffix(".json")

    def sound(self) -> bool:
        """Whether the file is bit for bit what was verified; needs no key."""
        return self.content_of(self.path) is not None

    def content_of(self, path: Path) -> BackupContent | None:
        """What was verified of this very file or copy; None if it is damaged."""
        digest = file_sha256(path)
        return next((each for each in self.record.contents if each.sha256 == digest), None)

    def info(self, *, verified: bool) -> BackupInfo:
        """As the front ends see it."""
        content = self.record.contents[0]
        return BackupInfo(
            id=self.id,
            made_at=self.record.made_at,
            size_bytes=content.size_bytes,
            conversations=content.rows["conversation"] if content.chats is None else content.chats,
            messages=content.rows.get("message", 0),
            verified=verified,
        )


@dataclass(frozen=True, slots=True)
class Keep:
    """How many backups are kept; one may count for several reasons.

    Args:
        newest: Whatever their age.
        days: The last one of each of the latest days that have one.
        weeks: The same by calendar week.
    """

    newest: int = 3
    days: int = 7
    weeks: int = 4


def file_sha256(path: Path) -> str:
    """SHA-256 of a file in hexadecimal digits."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def backup_name(sequence: int, made_at: datetime) -> str:
    """Sorted by sequence, so that a clock that was set back does not confuse the order."""
    return f"vault-{sequence:06d}-{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}{SUFFIX}"


def read_record(path: Path) -> BackupRecord | None:
    """The record at ``path``; None if it is missing or damaged."""
    try:
        return BackupRecord.model_validate_json(path.read_bytes())
    except (OSError, ValueError):
        return None


def surplus(backups: Sequence[StoredBackup], keep: Keep) -> list[StoredBackup]:
    """Those that may go, thinned as Anki does: dense lately, a day and a week apart before.

    Args:
        backups: Newest first.
        keep: How many stay.
    """
    kept = {backup.id for backup in backups[: keep.newest]}
    for count, pattern in ((keep.days, "%Y-%m-%d"), (keep.weeks, "%G-%V"), (_MONTHS, "%Y-%m")):
        periods: dict[str, BackupId] = {}
        for backup in backups:
            periods.setdefault(backup.record.made_at.strftime(pattern), backup.id)
        kept.update(list(periods.values())[:count])
    return [backup for backup in backups if backup.id not in kept]
