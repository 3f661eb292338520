"""A flag that one thread sets and another reads."""

import threading
from collections.abc import Callable

from assistant.domain.errors import Cancelled


class CancelToken:
    """Asks running work to stop; safe to use from any thread."""

    __slots__ = ("_event", "_lock", "_watchers")

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.RLock()
        self._watchers: list[Callable[[], None]] = []

    def cancel(self) -> None:
        """Asks for a stop; calling it again changes nothing."""
        with self._lock:
            if self._event.is_set():
                return
            self._event.set()
            watchers, self._watchers = self._watchers, []
            for watcher in watchers:
                watcher()

    @property
    def cancelled(self) -> bool:
        """Whether a stop was asked for."""
        return self._event.is_set()

    def raise_if_cancelled(self) -> None:
        """Unwinds the caller with ``Cancelled`` if a stop was asked for."""
        if self._event.is_set():
            raise Cancelled

    def wait(self, timeout_s: float) -> bool:
        """Sleeps until a stop is asked for or the time is over; whether one was."""
        return self._event.wait(timeout_s)

    def watch(self, watcher: Callable[[], None]) -> None:
        """Calls ``watcher`` once when a stop is asked for, or now if it was already.

        It runs on the thread that cancels and must return at once.
        """
        with self._lock:
            if not self._event.is_set():
                self._watchers.append(watcher)
                return
        watcher()

    def unwatch(self, watcher: Callable[[], None]) -> None:
        """Takes ``watcher`` off; when this returns it is not running and will not run."""
        with self._lock:
            if watcher in self._watchers:
                self._watchers.remove(watcher)
