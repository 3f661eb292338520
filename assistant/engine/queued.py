"""What waits in the engine's queue: answers, and calls whose result goes into a future."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import FinishReason, MessageNumbers
from assistant.domain.errors import Cancelled
from assistant.domain.generation import (
    GenerationDone,
    GenerationEvent,
    GenerationFailed,
    GenerationRequest,
)
from assistant.domain.model import LoadedModel
from assistant.engine.backend import Order
from assistant.engine.base import EventSink

_log = logging.getLogger(__name__)

UNKNOWN_FAILURE = GenerationFailed(
    "Something went wrong inside the engine.",
    "Try again; if it happens again, load the model anew.",
    "engine_failed",
)
_NOTHING_DONE = MessageNumbers(0, 0, 0.0, 0.0)

Result = TypeVar("Result")


@dataclass(slots=True, eq=False)
class Want:
    """Whether something in the queue is still wanted.

    The caller's token is only listened to; the engine sets ``stop``, so that closing it does not
    cancel what belongs to the caller.

    Args:
        source: The caller's token.
        wake: Told on the cancelling thread once ``stop`` is set.
    """

    source: CancelToken | None
    wake: Callable[[], None]
    stop: CancelToken = field(default_factory=CancelToken)

    def listen(self) -> None:
        """Begins to follow the caller's token."""
        if self.source is not None:
            self.source.watch(self.drop)

    def drop(self) -> None:
        """It is no longer wanted."""
        self.stop.cancel()
        self.wake()

    def forget(self) -> None:
        """Stops following the caller's token."""
        if self.source is not None:
            self.source.unwatch(self.drop)


@dataclass(slots=True, eq=False)
class QueuedAnswer:
    """An answer that is asked for, and whether its end has been told.

    Args:
        request: What is asked for.
        sink: Receives the events.
        want: Whether it is still wanted.
        model: The loaded model that shall write it; None for the one loaded last.
    """

    request: GenerationRequest
    sink: EventSink
    want: Want
    model: LoadedModel | None = None
    asked_at: float = field(default_factory=time.perf_counter)
    ended: bool = False

    @property
    def order(self) -> Order:
        """What the backend is told."""
        return Order(self.request, self.want.stop, self.asked_at, self.emit)

    def emit(self, event: GenerationEvent) -> None:
        """Passes an event on, and nothing after the end.

        A sink that raises ends its answer, not the thread.
        """
        if self.ended:
            return
        self.ended = isinstance(event, GenerationDone | GenerationFailed)
        try:
            self.sink(event)
        except Exception as error:  # noqa: BLE001 - whoever listens must not end the engine
            _log.error("an answer failed with %s", type(error).__name__)
            self._break_off()

    def give_up(self) -> None:
        """Ends it before it began."""
        self.emit(GenerationDone(FinishReason.CANCELLED, _NOTHING_DONE))

    def _break_off(self) -> None:
        if self.ended:
            return
        self.ended = True
        try:
            self.sink(UNKNOWN_FAILURE)
        except Exception as error:  # noqa: BLE001 - it was told; more cannot be done
            _log.error("a receiver of engine events raised %s", type(error).__name__)


@dataclass(slots=True, eq=False)
class QueuedCall(Generic[Result]):
    """A call that is asked for.

    Args:
        work: What is done on the engine's thread.
        want: Whether the result is still wanted.
    """

    work: Callable[[], Result]
    want: Want
    future: "Future[Result]" = field(default_factory=Future[Result])
    _begun: bool = False

    def run(self, later: type[Exception]) -> bool:
        """Does the work; whatever it raises goes to the one who waits.

        Returns:
            False when it raised ``later``: it is to be done again.
        """
        if not self._begun and not self.future.set_running_or_notify_cancel():
            return True
        self._begun = True
        try:
            self.want.stop.raise_if_cancelled()
            result = self.work()
        except later:
            return False
        except Exception as error:  # noqa: BLE001 - the job's edge: the future carries it
            self.future.set_exception(error)
        else:
            self.future.set_result(result)
        return True

    def give_up(self) -> None:
        """Ends it before it began."""
        if self._begun or self.future.set_running_or_notify_cancel():
            self.future.set_exception(Cancelled())
