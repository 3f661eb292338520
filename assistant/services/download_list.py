"""The list of downloads: what is in it, where that is noted, and who hears when it changes."""

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path

from assistant.domain.download import Download, DownloadId
from assistant.hub.download import Staging
from assistant.services.download_entries import Entry, write_queue

Listener = Callable[[tuple[Download, ...]], None]


class DownloadList:
    """The downloads in their order.

    Args:
        staging: Where they lie until they are whole, and the note of the list beside them.

    Attributes:
        lock: Held by whoever looks at an entry or changes one; may be taken twice.
        entries: Changed only under the lock.
    """

    def __init__(self, staging: Staging) -> None:
        self.staging = staging
        self.lock = threading.RLock()
        self.entries: list[Entry] = []
        self._listeners: list[Listener] = []

    @property
    def file(self) -> Path:
        """Of the note."""
        return self.staging.root / "queue.json"

    @property
    def disk_is_here(self) -> bool:
        """Whether the disk is; a folder that is made in its place would fill another one."""
        return self.staging.root.parent.is_dir()

    def all(self) -> tuple[Download, ...]:
        """As they stand now."""
        with self.lock:
            return tuple(entry.shown() for entry in self.entries)

    def find(self, download_id: DownloadId) -> Entry | None:
        """The one of an id; the caller holds the lock."""
        return next((entry for entry in self.entries if entry.order.id == download_id), None)

    def save(self) -> None:
        """Notes the list; the caller holds the lock."""
        # Where the disk takes nothing more, the orders themselves still lie there.
        with contextlib.suppress(OSError):
            write_queue(self.file, self.entries)

    def on_changes(self, listener: Listener) -> None:
        """Calls ``listener``, on any thread, when one changes."""
        self._listeners.append(listener)

    def tell(self) -> None:
        """Tells all who listen how they stand."""
        shown = self.all()
        for listener in tuple(self._listeners):
            listener(shown)
