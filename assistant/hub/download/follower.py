"""Hashes a file while it is being written, from the disk, on a thread of its own."""

import hashlib
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.hub.download.stepping_back import step_back

_PIECE_BYTES = 1 << 20
_SYNC_EVERY_BYTES = 16 << 20
_GIT_NAMES_UP_TO_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Hashes:
    """Of a whole file, lower-case hex.

    Args:
        git_sha1: As git names a blob of this content.
    """

    sha256: str
    git_sha1: str


class HashFollower:
    """Reads behind the writer, so that little is left to check after the last byte.

    What is there already is read as well, while the network goes on behind it. It also has the
    system put the file on the disk every 16 MiB: the writer is never held up by that, and a power
    cut costs no more.

    Args:
        path: The file; it exists.
        size: Bytes that it will have.
        written: Bytes that it has.
    """

    def __init__(self, path: Path, size: int, written: int) -> None:
        self._path = path
        self._size = size
        self._written = written
        self._read = 0
        self._stopped = False
        self._begun = False
        self._error: OSError | None = None
        self._changed = threading.Condition()
        self._sha256 = hashlib.sha256()
        self._sha1 = hashlib.sha1(f"blob {size}\0".encode(), usedforsecurity=False)
        # A second hash of gigabytes is not for nothing: only small files are named by it.
        self._named_by_git = size <= _GIT_NAMES_UP_TO_BYTES
        self._thread = threading.Thread(target=self._follow, name="hash", daemon=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        if self._begun:
            self._thread.join()

    def begin(self) -> None:
        """Starts reading; the first byte from the network need not wait for that."""
        if not self._begun:
            self._begun = True
            self._thread.start()

    def advance(self, written: int) -> None:
        """Tells that so many bytes are in the file now; called with each piece that came.

        The reader is woken once in a megabyte: each time takes turns from every other thread.
        """
        if written - self._written < _PIECE_BYTES and written < self._size and self._begun:
            return
        self.catch_up(written)

    def catch_up(self, written: int) -> None:
        """As ``advance``, and wakes the reader in any case."""
        self.begin()
        with self._changed:
            self._written = written
            self._changed.notify_all()

    def stop(self) -> None:
        """Has ``finish`` return early."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def finish(self) -> Hashes | None:
        """Waits until the whole file is hashed and on the disk; None if it was stopped before.

        Raises:
            OSError: It could not be read, or not be put on the disk.
        """
        self.begin()
        self._thread.join()
        if self._error is not None:
            raise self._error
        if self._read < self._size:
            return None
        return Hashes(
            self._sha256.hexdigest(), self._sha1.hexdigest() if self._named_by_git else ""
        )

    def _follow(self) -> None:
        step_back()
        try:
            self._hash()
        except OSError as error:
            self._error = error

    def _hash(self) -> None:
        buffer = memoryview(bytearray(_PIECE_BYTES))
        synced = 0
        # Opened for writing too: Windows puts no other file on the disk.
        with self._path.open("r+b", buffering=0) as stream:
            while self._read < self._size and (ready := self._ready()):
                count = stream.readinto(buffer[: min(ready, _PIECE_BYTES)])
                if not count:
                    raise OSError(0, "the file became shorter", str(self._path))
                self._sha256.update(buffer[:count])
                if self._named_by_git:
                    self._sha1.update(buffer[:count])
                self._read += count
                if self._read - synced >= _SYNC_EVERY_BYTES:
                    os.fsync(stream.fileno())
                    synced = self._read
            if self._read == self._size:
                os.fsync(stream.fileno())

    def _ready(self) -> int:
        """Bytes that can be read now, waiting for the first; 0 when it is to stop."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or self._written > self._read)
            return 0 if self._stopped else self._written - self._read
