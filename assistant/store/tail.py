"""Remembers how far the write-ahead log reached at the last commit.

After each commit the number of frames in the log is written, signed, into a small file of two
slots that are used in turn. It is not synced: after a kill it is exact, after a power cut it
may be older than the log, never newer than what was acknowledged. At the next start it shows
whether the log lost its tail (a flipped bit, a file that is gone), which SQLite does not notice.
"""

import hmac
import os
import struct
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO, Final

from assistant.store.keys import DataKey
from assistant.store.wal import intact_frames, read_header

_MAGIC: Final = b"LLT1"
_BODY: Final = struct.Struct(">4sQ?4I")
_SIGNATURE_BYTES: Final = 32
# One slot per disk sector, so that a torn write spoils one of them at most.
_SLOT_BYTES: Final = 4096
_SLOTS: Final = 2
_WORD: Final = 1 << 32
_MOST_RESTARTS: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class TailRecord:
    """The log at one moment.

    Args:
        sequence: Grows with every record.
        checkpointing: The log was about to be emptied.
        salts: Of the log; (0, 0) when it was empty.
        frames: Committed frames in the log.
        backfilled: How many of them were already in the database file as well.
    """

    sequence: int
    checkpointing: bool
    salts: tuple[int, int]
    frames: int
    backfilled: int


class TailState(Enum):
    """What became of the log's tail."""

    SOUND = "sound"
    """Everything that was committed is there."""
    REDUNDANT = "redundant"
    """The log is damaged, but the database file has all of it."""
    LOST = "lost"
    """Committed changes are missing."""
    UNKNOWN = "unknown"
    """There is a log, but no record to compare it with."""


class Tail:
    """The file of two slots.

    Args:
        path: The file; made when it is first written.
        key: Signs the records, so that damage to them is noticed as well.
    """

    __slots__ = ("_key", "_path", "_sequence", "_stream", "_written", "failed")

    def __init__(self, path: Path, key: DataKey) -> None:
        self._path = path
        self._key = key.sign("lamplight tail", b"")
        self._stream: BinaryIO | None = None
        self._sequence = 0
        self._written: TailRecord | None = None
        self.failed = False
        """Whether the last record could not be written."""

    def read(self) -> TailRecord | None:
        """The newest sound record; None if there is none."""
        try:
            raw = self._path.read_bytes()
        except FileNotFoundError:
            return None
        slots = (raw[number * _SLOT_BYTES :] for number in range(_SLOTS))
        records = [record for record in map(self._parse, slots) if record is not None]
        if not records:
            return None
        newest = max(records, key=lambda record: record.sequence)
        self._sequence = newest.sequence
        return newest

    def write(
        self, wal: Path, frames: int, backfilled: int, *, checkpointing: bool = False
    ) -> None:
        """Notes the state of the log after a commit, or before it is emptied.

        A failure is noted in ``failed`` and not raised: the commit itself has succeeded.
        """
        salts = self._salts(wal, frames)
        record = TailRecord(self._sequence + 1, checkpointing, salts, frames, backfilled)
        body = _BODY.pack(_MAGIC, record.sequence, checkpointing, *salts, frames, backfilled)
        try:
            stream = self._stream or self._open()
            stream.seek(record.sequence % _SLOTS * _SLOT_BYTES)
            stream.write(body + hmac.digest(self._key, body, "sha256"))
            if checkpointing:
                os.fsync(stream.fileno())
        except OSError:
            self.failed = True
            self._written = None
            return
        self.failed = False
        self._sequence = record.sequence
        self._written = record

    def _salts(self, wal: Path, frames: int) -> tuple[int, int]:
        last = self._written
        # A log cannot have begun anew when none of it was in the database a commit ago.
        if last is not None and 0 < last.frames <= frames and last.backfilled == 0:
            return last.salts
        header = read_header(wal) if frames else None
        return header.salts if header else (0, 0)

    def close(self) -> None:
        """Closes the file."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _open(self) -> BinaryIO:
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        self._stream = os.fdopen(descriptor, "r+b", buffering=0)
        return self._stream

    def _parse(self, slot: bytes) -> TailRecord | None:
        body = slot[: _BODY.size]
        signature = slot[_BODY.size : _BODY.size + _SIGNATURE_BYTES]
        if not hmac.compare_digest(signature, hmac.digest(self._key, body, "sha256")):
            return None
        _, sequence, checkpointing, salt1, salt2, frames, backfilled = _BODY.unpack(body)
        return TailRecord(sequence, checkpointing, (salt1, salt2), frames, backfilled)


def tail_state(record: TailRecord | None, wal: Path) -> TailState:
    """Compares the log as it lies on disk, before SQLite opens it, with the last record."""
    size = wal.stat().st_size if wal.exists() else 0
    if record is None:
        return TailState.UNKNOWN if size else TailState.SOUND
    if record.frames == 0 or (record.checkpointing and size == 0):
        return TailState.SOUND
    header = read_header(wal)
    if header is not None and header.salts != record.salts:
        # A log starts anew only when all of it is in the database; then its salt is one higher,
        # or, where another connection emptied it, any other. Its record may not have come to disk.
        restarts = (header.salts[0] - record.salts[0]) % _WORD
        if record.checkpointing or 0 < restarts <= _MOST_RESTARTS:
            return TailState.SOUND
    elif intact_frames(wal, record.frames) >= record.frames:
        return TailState.SOUND
    return TailState.REDUNDANT if record.backfilled >= record.frames else TailState.LOST
