"""A file of no use but its size: on a full disk even deleting needs some space."""

import os
import secrets
import shutil
from pathlib import Path
from typing import Final

BALLAST_BYTES: Final = 32 << 20
_CHUNK_BYTES: Final = 1 << 20
_SPARE: Final = 2
_LENT_BYTES: Final = 1 << 20


class Ballast:
    """Space held back in one file.

    Args:
        path: The file.
        size_bytes: How much is held back.
    """

    __slots__ = ("_path", "_size_bytes")

    def __init__(self, path: Path, size_bytes: int = BALLAST_BYTES) -> None:
        self._path = path
        self._size_bytes = size_bytes

    @property
    def held(self) -> bool:
        """Whether the space is held back now."""
        try:
            return self._path.stat().st_size >= self._size_bytes
        except FileNotFoundError:
            return False

    def free(self) -> None:
        """Gives the space back to the disk."""
        self._path.unlink(missing_ok=True)

    def lend(self) -> bool:
        """Gives a part of it back, for a small write that must not fail.

        Returns:
            Whether there was any left.
        """
        left = self._path.stat().st_size if self._path.exists() else 0
        if left:
            os.truncate(self._path, max(0, left - _LENT_BYTES))
        return left > 0

    def restore(self) -> bool:
        """Holds the space back again if the disk has at least twice as much free.

        Returns:
            Whether it is held now; False on a disk that is too full.
        """
        if self.held:
            return True
        if shutil.disk_usage(self._path.parent).free < _SPARE * self._size_bytes:
            return False
        # Random, because a file system that compresses would hold back nothing for zeros.
        chunk = secrets.token_bytes(min(_CHUNK_BYTES, self._size_bytes))
        try:
            with self._path.open("wb") as stream:
                for _ in range(self._size_bytes // len(chunk)):
                    stream.write(chunk)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError:
            self.free()
            return False
        return self.held
