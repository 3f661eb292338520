"""Whether any answer is being written."""

import threading
from collections.abc import Callable


class UnderWay:
    """Counts the answers that are being written. From any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: list[Callable[[bool], None]] = []
        self._count = 0

    def on_change(self, listener: Callable[[bool], None]) -> None:
        """Calls ``listener`` with True when an answer is begun, with False after the last one.

        It is called on whatever thread brings it about and must return at once.
        """
        with self._lock:
            self._listeners.append(listener)

    def count(self, by: int) -> None:
        """One more, or one less."""
        with self._lock:
            before, self._count = self._count, self._count + by
            if bool(before) is not bool(self._count):
                for listener in self._listeners:
                    listener(self._count > 0)
