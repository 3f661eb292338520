"""What waits in the engine's queue: answers, and calls whose result goes into a future."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import FinishReason, MessageNumbers
from assistant.domain.errors import Cancelled
from assistant.domain.generation import GenerationDone, GenerationEvent, GenerationFailed
from assistant.engine.backend import Order
from assistant.engine.base import EventSink

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
    """An answer that is asked for, and whether its end has been told."""

    order: Order
    sink: EventSink
    want: Want
    ended: bool = False

    def emit(self, event: GenerationEvent) -> None:
        """Passes an event on, and nothing after the end."""
        if self.ended:
            return
        self.ended = isinstance(event, GenerationDone | GenerationFailed)
        self.sink(event)

    def give_up(self) -> None:
        """Ends it before it began."""
        self.emit(GenerationDone(FinishReason.CANCELLED, _NOTHING_DONE))


@dataclass(slots=True, eq=False)
class QueuedCall(Generic[Result]):
    """A call that is asked for.

    Args:
        work: What is done on the engine's thread.
        want: Whether the result is still wanted.
        brief: Short enough to run between two tokens of an answer.
    """

    work: Callable[[], Result]
    want: Want
    brief: bool = False
    future: "Future[Result]" = field(default_factory=Future[Result])

    def run(self) -> None:
        """Does the work; whatever it raises goes to the one who waits."""
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            self.want.stop.raise_if_cancelled()
            result = self.work()
        except Exception as error:  # noqa: BLE001 - the job's edge: the future carries it
            self.future.set_exception(error)
        else:
            self.future.set_result(result)

    def give_up(self) -> None:
        """Ends it before it began."""
        if self.future.set_running_or_notify_cancel():
            self.future.set_exception(Cancelled())
