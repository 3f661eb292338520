"""Values from any thread, delivered on the thread that made the mailbox."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot


class Mailbox(QObject):
    """Takes values on any thread and hands them over on its own, one wake-up for a burst.

    Args:
        deliver: Receives all values since the last delivery, oldest first, on the thread that
            made the mailbox.
        parent: The owner.
    """

    _woken = Signal()

    def __init__(self, deliver: Callable[[list[object]], None], parent: QObject) -> None:
        super().__init__(parent)
        self._deliver = deliver
        self._lock = threading.Lock()
        self._values: list[object] = []
        self._closed = False
        self._woken.connect(self._empty, Qt.ConnectionType.QueuedConnection)

    def post(self, value: object) -> None:
        """Puts a value in; from any thread. Dropped once the mailbox is closed."""
        with self._lock:
            if self._closed:
                return
            self._values.append(value)
            # The lock is held so that ``close`` cannot come between the question and the emit.
            if len(self._values) == 1:
                self._woken.emit()

    def close(self) -> None:
        """Takes nothing more and forgets what was not delivered."""
        with self._lock:
            self._closed = True
            self._values.clear()

    @Slot()
    def _empty(self) -> None:
        with self._lock:
            values, self._values = self._values, []
        if values:
            self._deliver(values)
