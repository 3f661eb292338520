"""What was computed for chats, kept on the disk: encrypted, and never missed when it is lost.

A file's name is two keyed hashes: the first half names the chat, so that all of it can be dropped,
the second half the rest. No list is kept beside the files.
"""

import contextlib
import hmac
import logging
import os
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from assistant.domain.errors import EnvironmentProblem
from assistant.store.sealed_file import seal, sealed_size, unseal

_log = logging.getLogger(__name__)

SHELF_PURPOSE: Final = "lamplight state shelf"
_SUFFIX: Final = ".state"
_UNFINISHED: Final = ".part"
_DIGITS: Final = 32
_LEAST_FREE_BYTES: Final = 256 << 20
"""The last of the disk is for what the user writes."""


@dataclass(frozen=True, slots=True)
class _Keys:
    """Of one vault."""

    content: bytes = field(repr=False)
    names: bytes = field(repr=False)

    @classmethod
    def of(cls, secret: bytes) -> Self:
        return cls(
            hmac.digest(secret, b"content", "sha256"), hmac.digest(secret, b"names", "sha256")
        )

    def folder(self) -> str:
        return self._hash(b"folder")

    def chat(self, cache_key: str) -> str:
        return self._hash(b"chat", cache_key)

    def file(self, cache_key: str, variant: str) -> str:
        first = self.chat(cache_key)
        return f"{first}-{self._hash(b'variant', first, variant)}{_SUFFIX}"

    def _hash(self, what: bytes, *words: str) -> str:
        content = b"\0".join((what, *(word.encode() for word in words)))
        return hmac.digest(self.names, content, "sha256").hex()[:_DIGITS]


class StateShelf:
    """Files by last use, within a budget. It keeps and finds nothing until it is unlocked.

    From any thread. A file that is damaged, cut off or was given another's name is not there.

    Args:
        folder: Where it has a folder of its own for each vault.
        budget_bytes: Of the disk; asked at every ``put``, 0 keeps nothing.
    """

    def __init__(self, folder: Path, budget_bytes: Callable[[], int]) -> None:
        self._root = folder
        self._budget_bytes = budget_bytes
        self._changed = threading.Condition()
        self._keys: _Keys | None = None
        self._folder = folder
        self._files: OrderedDict[str, int] = OrderedDict()
        """Sizes by name, the one that was used longest ago first."""
        self._waiting: dict[str, bytes] = {}
        """To be written, or being written."""
        self._writing = ""
        self._gone: set[str] = set()
        self._writer: ThreadPoolExecutor | None = None

    def unlock(self, secret: bytes) -> None:
        """Opens the shelf of one vault and removes those of all others.

        Args:
            secret: 32 bytes derived from the vault's key for ``SHELF_PURPOSE``.
        """
        self.lock()
        with self._changed:
            keys = _Keys.of(secret)
            self._keys, self._folder = keys, self._root / keys.folder()
            self._gone.clear()
            if not self._budget_bytes():
                self._remove(self._root)
                return
            for other in _entries(self._root):
                if other != self._folder:
                    self._remove(other)
            self._files = self._found()
            self._make_room(0)

    def lock(self) -> None:
        """Writes what waits and lets go of the keys; unlocking it again is possible."""
        with self._changed:
            writer, self._writer = self._writer, None
            self._keys = None
        if writer is not None:
            writer.shutdown(wait=True)
        with self._changed:
            self._files.clear()
            self._waiting.clear()

    def put(self, cache_key: str, variant: str, data: bytes) -> None:
        """Keeps ``data``, in place of what was there under both names; returns at once."""
        with self._changed:
            budget = self._budget_bytes()
            if self._keys is None or cache_key in self._gone:
                return
            if sealed_size(len(data)) > budget:
                self._make_room(0)  # it may be switched off by now
                return
            name = self._keys.file(cache_key, variant)
            self._waiting[name] = data
            if self._writer is None:
                self._writer = ThreadPoolExecutor(1, thread_name_prefix="shelf")
            self._writer.submit(self._write, name, self._keys)

    def get(self, cache_key: str, variant: str) -> bytes | None:
        """What was kept, or None where it is not there or cannot be trusted."""
        with self._changed:
            if self._keys is None:
                return None
            name = self._keys.file(cache_key, variant)
            waiting = self._waiting.get(name)
            if waiting is not None:
                return waiting
            if name not in self._files:
                return None
            data = self._read(name, self._keys)
            if data is None:
                self._discard(name)
            else:
                self._files.move_to_end(name)
                with contextlib.suppress(OSError):  # it only counts as used less lately
                    os.utime(self._folder / name)
            return data

    def drop(self, cache_key: str) -> None:
        """Keeps nothing of this chat any longer, in any variant."""
        with self._changed:
            if self._keys is None:
                return
            first = self._keys.chat(cache_key)
            for name in [each for each in self._waiting if each.startswith(first)]:
                del self._waiting[name]
            self._changed.wait_for(lambda: not self._writing.startswith(first))
            for name in [each for each in self._files if each.startswith(first)]:
                self._discard(name)

    def forget(self, cache_key: str) -> None:
        """As ``drop``, and takes nothing of this chat until it is unlocked again.

        Raises:
            EnvironmentProblem: A file of it cannot be deleted.
        """
        with self._changed:
            self._gone.add(cache_key)
            self.drop(cache_key)
            first = self._keys.chat(cache_key) if self._keys is not None else None
            if first is not None and any(n.startswith(first) for n in self._files):
                raise EnvironmentProblem(
                    "A file computed from a chat cannot be deleted; the chat is still there.",
                    f"Delete the folder {self._root} yourself; nothing else is lost with it.",
                    code="shelf_not_cleared",
                )

    def clear(self) -> None:
        """Removes everything that is kept here, of every vault."""
        with self._changed:
            self._waiting.clear()
            self._changed.wait_for(lambda: not self._writing)
            self._files.clear()
            self._remove(self._root)

    # On the writer's thread

    def _write(self, name: str, keys: _Keys) -> None:
        with self._changed:
            data = self._waiting.get(name)
            if data is None:
                return
            self._writing = name
            if name in self._files:
                self._files.move_to_end(name)
            self._make_room(sealed_size(len(data)) - self._files.get(name, 0))
        part = self._folder / (name + _UNFINISHED)
        try:
            self._write_part(part, name, keys, data)
            with self._changed:
                if self._waiting.get(name) is data:
                    part.replace(self._folder / name)
                    self._files[name] = sealed_size(len(data))
                    self._files.move_to_end(name)
        except OSError as error:
            _log.info("a state was not kept: %s", type(error).__name__)
        finally:
            with self._changed:
                with contextlib.suppress(OSError):
                    part.unlink(missing_ok=True)
                if self._waiting.get(name) is data:
                    del self._waiting[name]
                self._writing = ""
                self._changed.notify_all()

    def _write_part(self, part: Path, name: str, keys: _Keys, data: bytes) -> None:
        for folder in (self._root, self._folder):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if shutil.disk_usage(self._folder).free < sealed_size(len(data)) + _LEAST_FREE_BYTES:
            raise OSError("the disk is nearly full")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            for chunk in seal(keys.content, name, data):
                if self._waiting.get(name) is not data:
                    return  # it was dropped, or something newer came in its place
                stream.write(chunk)

    # With the lock held

    def _read(self, name: str, keys: _Keys) -> bytes | None:
        try:
            with (self._folder / name).open("rb") as stream:
                return unseal(keys.content, name, stream)
        except OSError:
            return None

    def _make_room(self, needed: int) -> None:
        budget = self._budget_bytes()
        for name in tuple(self._files):
            if sum(self._files.values()) + needed <= budget:
                return
            self._discard(name)

    def _discard(self, name: str) -> None:
        try:
            (self._folder / name).unlink(missing_ok=True)
        except OSError as error:
            _log.info("a state was not deleted: %s", type(error).__name__)
            return
        self._files.pop(name, None)

    def _found(self) -> OrderedDict[str, int]:
        found: list[tuple[int, str, int]] = []
        for path in _entries(self._folder):
            if path.suffix != _SUFFIX:
                self._remove(path)
                continue
            with contextlib.suppress(OSError):
                status = path.stat()
                found.append((status.st_mtime_ns, path.name, status.st_size))
        return OrderedDict((name, size) for _, name, size in sorted(found))

    def _remove(self, path: Path) -> None:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


_BINARY: Final = getattr(os, "O_BINARY", 0)


def _entries(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(folder.iterdir())
    except OSError:
        return
