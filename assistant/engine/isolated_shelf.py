"""The shelf of a child process: what it computed goes through a pipe to the parent's shelf.

The child reads files that nobody vouches for. So it never has the shelf's keys, it can name only
the conversations that it was asked about, and what it puts there is kept apart: nothing but
another such child is ever given it.
"""

import json
import struct
import threading
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_HEAD = struct.Struct("<cII")
_PUT, _GET = b"p", b"g"
_FOUND, _NOTHING = b"1", b"0"
_LONGEST_BYTES = 1 << 30
_LONGEST_NAME = 4096


class Shelf(Protocol):
    """Keeps states beyond the memory; see ``assistant.engine.state_shelf.StateShelf``."""

    def put(self, cache_key: str, variant: str, data: bytes) -> None:
        """Keeps ``data`` under both names."""
        ...

    def get(self, cache_key: str, variant: str) -> bytes | None:
        """What was kept."""
        ...

    def drop(self, cache_key: str) -> None:
        """Keeps nothing under this key any longer."""
        ...


class PipedShelf:
    """The child's end: a shelf that is somewhere else. A parent that is gone keeps nothing.

    Args:
        pipe: To a ``ShelfClerk``.
    """

    def __init__(self, pipe: "Connection[bytes, bytes]") -> None:
        self._pipe = pipe
        self._lock = threading.Lock()

    def put(self, cache_key: str, variant: str, data: bytes) -> None:
        """See ``Shelf.put``; returns when the parent has it."""
        if len(data) <= _LONGEST_BYTES:
            self._ask(_PUT, cache_key, variant, data)

    def get(self, cache_key: str, variant: str) -> bytes | None:
        """See ``Shelf.get``."""
        return self._ask(_GET, cache_key, variant)

    def drop(self, cache_key: str) -> None:
        """See ``Shelf.drop``; the parent, which says what is to be forgotten, has done it."""

    def _ask(self, what: bytes, cache_key: str, variant: str, data: bytes = b"") -> bytes | None:
        names = cache_key.encode(), variant.encode()
        with self._lock:
            try:
                self._pipe.send_bytes(_HEAD.pack(what, *map(len, names)) + b"".join(names))
                if what == _PUT:
                    self._pipe.send_bytes(data)
                if self._pipe.recv_bytes() == _FOUND:
                    return self._pipe.recv_bytes()
            except (OSError, EOFError):
                return None
        return None


class ShelfClerk:
    """The parent's end: does what one child asks for on a thread of its own, until it has ended.

    Args:
        pipe: To the child's ``PipedShelf``.
        shelf: Where states are kept.
    """

    def __init__(self, pipe: "Connection[bytes, bytes]", shelf: Shelf) -> None:
        self._pipe = pipe
        self._shelf = shelf
        self._lock = threading.Lock()
        self._keys: set[str] = set()
        self._thread = threading.Thread(target=self._run, name="engine-shelf", daemon=True)
        self._thread.start()

    def allow(self, cache_key: str) -> None:
        """The child is asked about this conversation; from any thread."""
        with self._lock:
            self._keys.add(cache_key)

    def forbid(self, cache_key: str) -> None:
        """The conversation is forgotten: nothing of it is kept or taken any more."""
        with self._lock:
            self._keys.discard(cache_key)
            self._shelf.drop(cache_key)

    def end(self, timeout_s: float) -> None:
        """Waits until all that a child said before its end is done."""
        self._thread.join(timeout_s)

    def _run(self) -> None:
        try:
            while self._do(self._pipe.recv_bytes(_HEAD.size + 2 * _LONGEST_NAME)):
                pass
        except (OSError, EOFError):
            return  # it has ended
        finally:
            self._pipe.close()

    def _do(self, request: bytes) -> bool:
        """One request; False where it is none: the child is not listened to any more."""
        parts = _parts(request)
        if parts is None:
            return False
        what, cache_key, variant = parts
        data = self._pipe.recv_bytes(_LONGEST_BYTES) if what == _PUT else b""
        found = None
        with self._lock:
            if cache_key in self._keys:
                found = self._done(what, cache_key, json.dumps(["apart", variant]), data)
        self._pipe.send_bytes(_NOTHING if found is None else _FOUND)
        if found is not None:
            self._pipe.send_bytes(found)
        return True

    def _done(self, what: bytes, cache_key: str, variant: str, data: bytes) -> bytes | None:
        if what == _GET:
            return self._shelf.get(cache_key, variant)
        self._shelf.put(cache_key, variant, data)
        return None


def _parts(request: bytes) -> tuple[bytes, str, str] | None:
    if len(request) < _HEAD.size:
        return None
    what, first, second = _HEAD.unpack_from(request)
    names = request[_HEAD.size :]
    if what not in (_PUT, _GET) or first + second != len(names):
        return None
    try:
        return what, names[:first].decode(), names[first:].decode()
    except UnicodeDecodeError:
        return None
