"""Files that lie in memory, below one folder: what tests and the program write and read.

There is one shelf of them, in the instance of the tests; the program asks for what lies on it. No
file of the machine is behind any of this, and an instance has no folder that could be opened.
"""

import errno
import os
import posixpath
import stat
from typing import Any, Final

ROOT: Final = "/tmp"  # noqa: S108 - it lies in memory
_MOST_BYTES: Final = 16 << 20
_MOST_FILES: Final = 2_000
_LONGEST_PATH: Final = 1_000


class Shelf:
    """The files and folders, by their whole paths; a folder holds None."""

    def __init__(self) -> None:
        self._pinned: dict[str, bytes] = {}
        self._held: dict[str, bytes | None] = {ROOT: None}
        self._changed: dict[str, int] = {ROOT: 0}
        self._count = 0
        self._folder = "/"

    def do(self, what: str, words: list[Any]) -> Any:
        """Does what is asked, with plain values.

        Returns:
            ``(True, value)``, or ``(False, (errno, path))``.
        """
        work = _WORK.get(what)
        if work is None or not all(type(word) in (str, bytes) for word in words):
            raise TypeError("a program may not ask for that")
        try:
            return True, work(self, *words)
        except OSError as error:
            return False, (error.errno, str(error.filename))

    def pin(self, path: str, data: bytes) -> None:
        """Puts a file where no other lies: it can be read, and is in no folder."""
        self._pinned[path] = data

    def where(self) -> str:
        """The folder from which other paths go out."""
        return self._folder

    def enter(self, path: str) -> None:
        """Goes into a folder."""
        if path != "/":
            self._is_folder(path)
        self._folder = path

    def kind(self, path: str) -> tuple[bool, int, int] | None:
        """Whether it is a folder, its bytes, when it was written; None for what is not there."""
        if path in self._pinned:
            return False, len(self._pinned[path]), 0
        if path not in self._held:
            return None
        held = self._held[path]
        return held is None, len(held or b""), self._changed[path]

    def read(self, path: str) -> bytes:
        """The content of a file."""
        held = self._pinned.get(path, self._held.get(path, _Missing))
        if held is _Missing:
            raise _trouble(errno.ENOENT, path)
        if held is None:
            raise _trouble(errno.EISDIR, path)
        return held

    def write(self, path: str, data: bytes) -> None:
        """Puts a file in its place, or another content in it."""
        self._is_folder(posixpath.dirname(path))
        old = self._held.get(path, b"")
        if old is None:
            raise _trouble(errno.EISDIR, path)
        size = sum(len(held or b"") for held in self._held.values())
        if size - len(old) + len(data) > _MOST_BYTES:
            raise _trouble(errno.ENOSPC, path)
        self._put(path, data)

    def make(self, path: str) -> None:
        """Makes a folder."""
        if path in self._held:
            raise _trouble(errno.EEXIST, path)
        self._is_folder(posixpath.dirname(path))
        self._put(path, None)

    def names(self, path: str) -> list[str]:
        """What lies in a folder."""
        self._is_folder(path)
        return [posixpath.basename(each) for each in self._held if posixpath.dirname(each) == path]

    def remove(self, path: str) -> None:
        """Takes a file away."""
        self.read(path)
        del self._held[path]

    def clear(self, path: str) -> None:
        """Takes an empty folder away."""
        if self.names(path) or path == ROOT:
            raise _trouble(errno.ENOTEMPTY, path)
        del self._held[path]

    def move(self, old: str, new: str) -> None:
        """Gives a file or a folder another path."""
        if old not in self._held:
            raise _trouble(errno.ENOENT, old)
        self._is_folder(posixpath.dirname(new))
        if self._held.get(new, b"") is None or new.startswith(f"{old}/"):
            raise _trouble(errno.EEXIST, new)
        for path in [each for each in self._held if each == old or each.startswith(f"{old}/")]:
            self._put(new + path[len(old) :], self._held.pop(path))

    def _put(self, path: str, held: bytes | None) -> None:
        if len(self._held) >= _MOST_FILES or len(path) > _LONGEST_PATH:
            raise _trouble(errno.ENOSPC, path)
        self._count += 1
        self._held[path], self._changed[path] = held, self._count

    def _is_folder(self, path: str) -> None:
        held = self._held.get(path, _Missing)
        if held is not None:
            raise _trouble(errno.ENOENT if held is _Missing else errno.ENOTDIR, path)


_Missing: Final[Any] = object()
_WORK: Final[dict[str, Any]] = {
    "where": Shelf.where,
    "enter": Shelf.enter,
    "kind": Shelf.kind,
    "read": Shelf.read,
    "write": Shelf.write,
    "make": Shelf.make,
    "names": Shelf.names,
    "remove": Shelf.remove,
    "clear": Shelf.clear,
    "move": Shelf.move,
}


def _trouble(number: int, path: str) -> OSError:
    return OSError(number, os.strerror(number), path)


def as_stat(path: str, told: tuple[bool, int, int]) -> os.stat_result:
    """What ``os.stat`` tells of a file or a folder."""
    folder, size, changed = told
    mode = stat.S_IFDIR | 0o755 if folder else stat.S_IFREG | 0o644
    number = hash(path) & 0xFFFFFFFF
    moment = 1_700_000_000 + changed
    return os.stat_result((mode, number, 1, 1, 0, 0, size, moment, moment, moment))
