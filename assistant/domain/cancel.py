"""A flag that one thread sets and another reads."""

import threading

from assistant.domain.errors import Cancelled


class CancelToken:
    """Asks running work to stop; safe to use from any thread."""

    __slots__ = ("_event",)

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Asks for a stop; calling it again changes nothing."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether a stop was asked for."""
        return self._event.is_set()

    def raise_if_cancelled(self) -> None:
        """Unwinds the caller with ``Cancelled`` if a stop was asked for."""
        if self._event.is_set():
            raise Cancelled
