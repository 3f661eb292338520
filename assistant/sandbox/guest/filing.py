"""Has ``open``, ``os`` and with them ``pathlib``, ``shutil`` and ``tempfile`` use the shelf."""

# Functions of the library are put in others' places here.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
import builtins
import errno
import io
import itertools
import os
import posixpath
import sys
import tempfile
from collections.abc import Callable, Iterator
from typing import Any, Final

from assistant.sandbox.guest.files import ROOT, as_stat

Ask = Callable[..., Any]
"""Takes the name of what is to be done and its words; see ``Shelf.do``."""

_FIRST_NUMBER: Final = 1 << 20
_ONE_PATH: Final = ("stat", "lstat", "listdir", "scandir", "mkdir", "rmdir", "unlink", "remove",
                    "access", "utime", "chmod", "truncate", "readlink", "chdir")  # fmt: skip
_TWO_PATHS: Final = ("rename", "replace")


class Held(io.BytesIO):
    """An open file; what was written reaches the shelf when it is flushed or closed."""

    _new = False
    """Whether something was written that is not on the shelf yet."""

    def __init__(self, filing: "Filing", path: str, mode: str) -> None:
        there = filing.do("kind", path)
        plain = mode.replace("b", "").replace("t", "")
        if plain[0] == "x" and there is not None:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)
        kept = b"" if plain[0] in "wx" or (plain[0] == "a" and there is None) else None
        super().__init__(filing.do("read", path) if kept is None else kept)
        self.name: Any = path
        self._filing = filing
        self.path = path
        self._reads = plain[0] == "r" or "+" in plain
        self._writes = plain[0] != "r" or "+" in plain
        self._at_end = plain[0] == "a"
        self._new = self._writes and (there is None or plain[0] in "wx")
        if self._at_end:
            self.seek(0, io.SEEK_END)
        self.flush()

    def readable(self) -> bool:
        """As it was opened."""
        return self._reads

    def writable(self) -> bool:
        """As it was opened."""
        return self._writes

    def read(self, size: int | None = -1, /) -> bytes:
        """Bytes from here on."""
        if not self._reads:
            raise io.UnsupportedOperation("not readable")
        return super().read(size)

    def write(self, data: Any, /) -> int:
        """Takes bytes."""
        if not self._writes:
            raise io.UnsupportedOperation("not writable")
        if self._at_end:
            self.seek(0, io.SEEK_END)
        self._new = True
        return super().write(data)

    def truncate(self, size: int | None = None, /) -> int:
        """Cuts it."""
        self._new = True
        return super().truncate(size)

    def flush(self) -> None:
        """Has what was written reach the shelf."""
        if not self.closed and self._new:
            self._new = False
            self._filing.do("write", self.path, self.getvalue())

    def close(self) -> None:
        """The same, and is over."""
        try:
            self.flush()
        finally:
            super().close()


class _Entry:
    """What ``os.scandir`` gives."""

    def __init__(self, folder: str, name: str, told: Any, path: str) -> None:
        self.name = name
        self.path = posixpath.join(folder, name)
        self._told = told
        self._whole = path

    def __fspath__(self) -> str:
        return self.path

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:
        """Whether it is a folder."""
        del follow_symlinks
        return self._told[0]

    def is_file(self, *, follow_symlinks: bool = True) -> bool:
        """Whether it is a file."""
        return not self.is_dir(follow_symlinks=follow_symlinks)

    def is_symlink(self) -> bool:
        """There are none."""
        return False

    def is_junction(self) -> bool:
        """There are none."""
        return False

    def inode(self) -> int:
        """Its number."""
        return self.stat().st_ino

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        """See ``os.stat``."""
        del follow_symlinks
        return as_stat(self._whole, self._told)


class _Entries(list[_Entry]):
    """Those of a folder, in a ``with`` or without."""

    def __enter__(self) -> Iterator[_Entry]:
        return iter(self)

    def __exit__(self, *_: object) -> None:
        return

    def __next__(self) -> _Entry:
        if not self:
            raise StopIteration
        return self.pop(0)

    def close(self) -> None:
        """Nothing is open."""


class Filing:
    """Stands between the library and the shelf.

    Args:
        ask: Does something with the shelf; see ``Shelf.do``.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._own: dict[str, Any] = {}
        self._numbers = itertools.count(_FIRST_NUMBER)
        self._open: dict[int, Held] = {}

    def install(self) -> None:
        """Takes the library's place."""
        self._own = {
            name: getattr(os, name) for name in (*_ONE_PATH, *_TWO_PATHS) if hasattr(os, name)
        }
        self._own |= {
            name: getattr(os, name) for name in ("open", "close", "read", "write", "fstat")
        }
        self._own |= {"file": io.open, "getcwd": os.getcwd}
        for name in _ONE_PATH:
            if name in self._own:
                setattr(os, name, self._of_path(name))
        for name in _TWO_PATHS:
            setattr(os, name, self._of_paths(name))
        os.open, os.close, os.read = self._open_path, self._close, self._read
        os.write, os.fstat, os.getcwd = self._write, self._fstat, self._getcwd
        builtins.open = io.open = self.file  # pyright: ignore[reportAttributeAccessIssue] - in its place
        tempfile.tempdir = ROOT

    def do(self, what: str, *words: Any) -> Any:
        """Has something done with the shelf.

        Raises:
            OSError: As the library raises it.
        """
        done, given = self._ask(what, *words)
        if not done:
            raise OSError(given[0], os.strerror(given[0]), given[1])
        return given

    def whole(self, path: Any) -> str | None:
        """A path on the shelf; None for any other."""
        if isinstance(path, int):
            return None
        try:
            plain = os.fsdecode(path)
        except TypeError:
            return None
        if not plain.startswith("/"):
            plain = posixpath.join(self.do("where"), plain)
        plain = posixpath.normpath(plain)
        return plain if plain == ROOT or plain.startswith(f"{ROOT}/") else None

    def file(  # noqa: PLR0913, PLR0917 - open's own
        self,
        file: Any,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,  # noqa: FBT001, FBT002 - open's own
        opener: Any = None,
    ) -> Any:
        """``open``."""
        sys.audit("open", file, mode, 0)
        if opener is not None:
            flags = os.O_RDWR | (os.O_CREAT if mode[:1] in "wax" else 0)
            file = opener(file, flags)
        held = self._open.get(file) if isinstance(file, int) else None
        path = None if held is not None else self.whole(file)
        if held is None and path is None:
            return self._own["file"](file, mode, buffering, encoding, errors, newline, closefd)
        plain = mode.replace("b", "").replace("t", "").replace("+", "")
        if plain not in ("r", "w", "a", "x") or ("b" in mode and encoding is not None):
            raise ValueError(f"invalid mode: {mode!r}")
        raw = held if held is not None else Held(self, str(path), mode)
        if held is None:
            raw.name = os.fspath(file)  # pyright: ignore[reportArgumentType, reportCallIssue] - a path
        if "b" in mode:
            return raw
        wrapped: Any = io.TextIOWrapper(
            raw, encoding or "utf-8", errors, newline, line_buffering=buffering == 1
        )
        wrapped.mode = mode
        return wrapped

    # What stands in the places of os's functions.

    def _of_path(self, name: str) -> Callable[..., Any]:
        own, work = self._own[name], _WORK[name]

        def instead(path: Any = ".", *args: Any, **kwargs: Any) -> Any:
            whole = self.whole(path)
            if name == "chdir" and os.fspath(path) == "/":
                return self.do("enter", "/")
            if whole is None:
                return own(path, *args, **kwargs)
            return work(self, whole, path, *args)

        instead.__name__ = name
        return instead

    def _of_paths(self, name: str) -> Callable[..., Any]:
        own = self._own[name]

        def instead(old: Any, new: Any, **kwargs: Any) -> None:
            first, second = self.whole(old), self.whole(new)
            if first is None or second is None:
                own(old, new, **kwargs)
                return
            there = self.do("kind", second)
            if there is not None and not there[0]:
                self.do("remove", second)
            self.do("move", first, second)

        instead.__name__ = name
        return instead

    def told(self, whole: str, _path: Any, *_: Any) -> os.stat_result:
        """What ``os.stat`` tells."""
        told = self.do("kind", whole)
        if told is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), os.fspath(_path))
        return as_stat(whole, told)

    def entries(self, whole: str, path: Any, *_: Any) -> _Entries:
        """What ``os.scandir`` gives."""
        folder = os.fspath(path)
        names: list[str] = self.do("names", whole)
        paths = [(name, posixpath.join(whole, name)) for name in names]
        return _Entries(_Entry(folder, name, self.do("kind", each), each) for name, each in paths)

    def is_there(self, whole: str, _path: Any, *_: Any) -> bool:
        """Whether there is anything; all of it may be read and written."""
        return self.do("kind", whole) is not None

    def cut(self, whole: str, _path: Any, length: int = 0, *_: Any) -> None:
        """Cuts a file, or makes it longer."""
        self.do("write", whole, self.do("read", whole)[:length].ljust(length, b"\0"))

    def no_link(self, whole: str, _path: Any, *_: Any) -> str:
        """There are no links."""
        self.told(whole, _path)
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), whole)

    def touched(self, whole: str, path: Any, *_: Any) -> None:
        """Changes nothing but for the error where there is no such file."""
        self.told(whole, path)

    def _open_number(self, whole: str, flags: int) -> int:
        there = self.do("kind", whole)
        if flags & os.O_EXCL and flags & os.O_CREAT and there is not None:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), whole)
        if there is None and not flags & os.O_CREAT:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), whole)
        if there is not None and there[0]:
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), whole)
        fresh = there is None or bool(flags & os.O_TRUNC)
        number = next(self._numbers)
        self._open[number] = Held(self, whole, "w+b" if fresh else "r+b")
        return number

    def _getcwd(self) -> str:
        return self.do("where")

    def _named(self, number: Any) -> Held | None:
        return self._open.get(number) if isinstance(number, int) else None

    def _close(self, fd: Any) -> None:
        held = self._open.pop(fd, None) if isinstance(fd, int) else None
        if held is None:
            self._own["close"](fd)
        else:
            held.close()

    def _read(self, fd: Any, length: int) -> bytes:
        held = self._named(fd)
        return self._own["read"](fd, length) if held is None else held.read(length)

    def _write(self, fd: Any, data: Any) -> int:
        held = self._named(fd)
        return self._own["write"](fd, data) if held is None else held.write(data)

    def _fstat(self, fd: Any) -> Any:
        held = self._named(fd)
        return self._own["fstat"](fd) if held is None else self.told(held.path, held.path)

    def _open_path(self, path: Any, flags: int, *args: Any, **kwargs: Any) -> int:
        whole = self.whole(path)
        if whole is None:
            return self._own["open"](path, flags, *args, **kwargs)
        return self._open_number(whole, flags)


_WORK: Final[dict[str, Callable[..., Any]]] = {
    "stat": Filing.told,
    "lstat": Filing.told,
    "listdir": lambda filing, whole, *_: filing.do("names", whole),
    "scandir": Filing.entries,
    "mkdir": lambda filing, whole, *_: filing.do("make", whole),
    "rmdir": lambda filing, whole, *_: filing.do("clear", whole),
    "unlink": lambda filing, whole, *_: filing.do("remove", whole),
    "remove": lambda filing, whole, *_: filing.do("remove", whole),
    "access": Filing.is_there,
    "utime": Filing.touched,
    "chmod": Filing.touched,
    "truncate": Filing.cut,
    "readlink": Filing.no_link,
    "chdir": lambda filing, whole, *_: filing.do("enter", whole),
}
