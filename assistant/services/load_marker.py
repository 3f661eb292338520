"""A note in the profile of what the engine is about to do, in case it ends the process."""

import contextlib
import threading
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter

from assistant.domain.errors import UserFacingError
from assistant.store.instance import InstanceLock


class Doing(StrEnum):
    """What may end the process."""

    LOADING = "loading"
    ANSWERING = "answering"
    """For the first time since the load."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What was being done with which model file.

    Args:
        file: Name of the file; the store's names say nothing but a hash.
        doing: What was being done.
    """

    file: str
    doing: Doing


_MARK = TypeAdapter(Mark)


class LoadMarker:
    """The note of one profile.

    It is written before the engine does something that may end the process, and removed after
    it. Found at a start, its process died in between: it is put aside, and stays until that model
    has answered well. A note of another process that lives is left alone.

    Args:
        folder: Where it lies.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "engine-at-work.json"
        self._aside = folder / "engine-ended-here.json"
        self._instance = InstanceLock(folder / "engine-at-work.lock")
        self._holding = False
        self._lock = threading.Lock()
        self._at_work: object = None
        if self._path.exists() and self._hold():
            with contextlib.suppress(OSError):
                self._path.replace(self._aside)
        self.found = _read(self._aside)
        """What an earlier start ended over; for all of this run, also once it is forgiven."""

    def begin(self, mark: Mark) -> object:
        """Writes the note; hand what this returns to ``end``."""
        with self._lock:
            key = self._at_work = object()
            if self._hold():
                self._write(mark)
        return key

    def end(self, key: object) -> None:
        """Removes the note, unless another was written since."""
        with self._lock:
            if key is self._at_work:
                self._remove()

    def forgive(self) -> None:
        """The model that an earlier start ended over has answered well, or is gone."""
        with contextlib.suppress(OSError):
            self._aside.unlink(missing_ok=True)

    def close(self) -> None:
        """A clean end: nothing is left."""
        with self._lock:
            if self._at_work is not None:
                self._remove()
            self._instance.release()
            self._holding = False

    def _write(self, mark: Mark) -> None:
        part = self._path.with_suffix(".part")  # a death in the middle leaves no half a note
        try:
            part.write_bytes(_MARK.dump_json(mark))
            part.replace(self._path)
        except OSError:  # a full disk: the start goes on without
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)

    def _remove(self) -> None:
        self._at_work = None
        if self._holding:
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _hold(self) -> bool:
        """Whether the note is this process's to write."""
        if not self._holding:
            with contextlib.suppress(UserFacingError):  # another process lives, or a full disk
                self._instance.acquire()
                self._holding = True
        return self._holding


def _read(path: Path) -> Mark | None:
    try:
        return _MARK.validate_json(path.read_bytes())
    except (OSError, ValueError):
        return None
