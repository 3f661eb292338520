"""Answers that are written by generators, advanced one event at a time in turns."""

import logging
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

from assistant.domain.errors import UserFacingError
from assistant.domain.generation import GenerationEvent, GenerationFailed
from assistant.engine.backend import Order, Work
from assistant.engine.queued import UNKNOWN_FAILURE

_log = logging.getLogger(__name__)

Writer = Generator[GenerationEvent | None, None, None]
"""Yields an event, or None where there is nothing to say; the last event is an end."""


@dataclass(slots=True, eq=False)
class TurnWork:
    """One answer and the generator that writes it."""

    order: Order
    writer: Writer


class InTurns:
    """The part of a ``Backend`` that has no batches: each step advances each answer once.

    Args:
        write: Begins an answer; failures are raised while it is written.
    """

    lanes = 8

    def __init__(self, write: Callable[[Order], Writer]) -> None:
        self._write = write

    def begin(self, order: Order) -> Work:
        """See ``Backend.begin``."""
        return TurnWork(order, self._write(order))

    def step(self, works: Sequence[Work]) -> None:
        """See ``Backend.step``."""
        for work in works:
            if isinstance(work, TurnWork):
                _advance(work)

    def drop(self, work: Work) -> None:
        """See ``Backend.drop``."""
        if isinstance(work, TurnWork):
            work.writer.close()


def _advance(work: TurnWork) -> None:
    try:
        event = next(work.writer)
    except StopIteration:
        _log.error("a backend ended an answer without an end")
        event = UNKNOWN_FAILURE
    except UserFacingError as error:
        event = GenerationFailed(error.message, error.hint, error.code)
    except Exception as error:  # noqa: BLE001 - the job's edge: the answer's end says it
        _log.error("an answer failed with %s", type(error).__name__)
        event = UNKNOWN_FAILURE
    if event is not None:
        work.order.emit(event)
