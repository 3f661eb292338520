"""Events of an answer while it comes: a buffer between worker threads and whoever shows it."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from assistant.domain.cancel import CancelToken

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Waiting:
    """The answer waits for something, in words: a model that loads, another answer."""

    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How much of the prompt is read, 0 to 1."""

    fraction: float


@dataclass(frozen=True, slots=True)
class Text:
    """Text that continues the answer."""

    text: str
    pieces: int = field(default=1, compare=False)
    """How many pieces the engine gave it in: about as many as tokens."""


class EventStream(Generic[E]):
    """One answer under way. Written to by worker threads, drained by one reader.

    A front end with a timer calls ``drain``; one that may block iterates.

    Args:
        last: Types of the events that end it.
    """

    def __init__(self, last: tuple[type, ...]) -> None:
        self.cancel_token = CancelToken()
        self._last = last
        self._events: deque[E] = deque()
        self._changed = threading.Condition()
        self._ended = False
        self._wake: Callable[[], None] | None = None

    def cancel(self) -> None:
        """Stops it; what was written stays."""
        self.cancel_token.cancel()

    @property
    def ended(self) -> bool:
        """Whether its last event was put in; it may still wait to be drained."""
        with self._changed:
            return self._ended

    def on_wake(self, wake: Callable[[], None]) -> None:
        """Calls ``wake``, on a worker's thread, when events come after the buffer was empty."""
        with self._changed:
            self._wake = wake
            pending = bool(self._events)
        if pending:
            wake()

    def put(self, event: E) -> None:
        """Adds an event; for the services."""
        with self._changed:
            first = not self._events
            self._events.append(event)
            if isinstance(event, self._last):
                self._ended = True
            wake = self._wake if first else None
            self._changed.notify_all()
        if wake is not None:
            wake()

    def drain(self) -> list[E]:
        """All events since the last call, with neighbouring texts joined; never waits."""
        with self._changed:
            events = list(self._events)
            self._events.clear()
        return _joined(events)

    def __iter__(self) -> Iterator[E]:
        """Waits for events until the last one; not for the GUI thread."""
        while True:
            with self._changed:
                # A time-out keeps Ctrl-C working on Windows, where a bare wait blocks it.
                while not self._events:
                    if self._ended:  # another iteration, that was left early, had the last event
                        return
                    self._changed.wait(0.2)
                events = list(self._events)
                self._events.clear()
            for event in _joined(events):
                yield event
                if isinstance(event, self._last):
                    return


def _joined(events: list[E]) -> list[E]:
    joined: list[E] = []
    texts: list[Text] = []
    for event in events:
        if isinstance(event, Text):
            texts.append(event)
            continue
        if texts:
            joined.append(cast("E", _one_text(texts)))
            texts = []
        joined.append(event)
    if texts:
        joined.append(cast("E", _one_text(texts)))
    return joined


def _one_text(texts: list[Text]) -> Text:
    return Text("".join(each.text for each in texts), sum(each.pieces for each in texts))
