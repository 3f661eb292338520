"""Asks an engine and waits: greedy, so that every run computes the same."""

import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import MessageNumbers, Role
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import (
    GenerationDone,
    GenerationEvent,
    GenerationFailed,
    GenerationRequest,
    SamplingParams,
    TextDelta,
    Turn,
)
from assistant.domain.health import BenchRow
from assistant.domain.model import LoadedModel
from assistant.engine.base import Engine

PATIENCE_S = 600.0
WORDS = "Rivers carve valleys, and valleys carry rivers to the sea. "


@dataclass(slots=True)
class Reply:
    """One answer as it was measured.

    Args:
        text: All of it.
        done: Its end.
        times: ``time.perf_counter()`` at each text.
    """

    text: str
    done: GenerationDone
    times: list[float]

    @property
    def numbers(self) -> MessageNumbers:
        """What the engine counted."""
        return self.done.numbers


@dataclass(slots=True)
class Pending:
    """One answer that was asked for."""

    ended: "Future[GenerationDone]" = field(default_factory=Future[GenerationDone])
    texts: list[str] = field(default_factory=list[str])
    times: list[float] = field(default_factory=list[float])
    on_event: Callable[[GenerationEvent], None] | None = None

    def __call__(self, event: GenerationEvent) -> None:
        """Hears one event."""
        if self.on_event is not None:
            self.on_event(event)
        if isinstance(event, TextDelta):
            self.texts.append(event.text)
            self.times.append(time.perf_counter())
        elif isinstance(event, GenerationFailed):
            self.ended.set_exception(UserFacingError(event.message, event.hint, code=event.code))
        elif isinstance(event, GenerationDone):
            self.ended.set_result(event)

    def reply(self) -> Reply:
        """Waits for the end.

        Raises:
            UserFacingError: It failed.
        """
        done = self.ended.result(PATIENCE_S)
        return Reply("".join(self.texts), done, self.times)


class Asker:
    """Asks one engine.

    Args:
        engine: With a model loaded.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def start(
        self,
        request: GenerationRequest,
        *,
        model: LoadedModel | None = None,
        cancel: CancelToken | None = None,
        on_event: Callable[[GenerationEvent], None] | None = None,
    ) -> Pending:
        """Asks and does not wait."""
        pending = Pending(on_event=on_event)
        self.engine.generate(request, pending, cancel or CancelToken(), model)
        return pending

    def ask(self, request: GenerationRequest, *, model: LoadedModel | None = None) -> Reply:
        """Asks and waits; see ``Pending.reply``."""
        return self.start(request, model=model).reply()

    def all_at_once(self, requests: Sequence[GenerationRequest]) -> tuple[list[Reply], float]:
        """Asks all together; the replies, and the seconds until the last of them."""
        began = time.perf_counter()
        pending = [self.start(request) for request in requests]
        replies = [each.reply() for each in pending]
        return replies, time.perf_counter() - began

    def one_by_one(self, requests: Sequence[GenerationRequest]) -> tuple[list[Reply], float]:
        """Asks each when the one before has ended."""
        began = time.perf_counter()
        replies = [self.ask(request) for request in requests]
        return replies, time.perf_counter() - began


def request(text: str, max_tokens: int, *, key: str = "") -> GenerationRequest:
    """A question that is answered greedily."""
    return GenerationRequest(question(text), greedy(max_tokens), cache_key=key)


def question(text: str) -> tuple[Turn, ...]:
    """What the user says."""
    return (Turn(Role.USER, text),)


def greedy(max_tokens: int) -> SamplingParams:
    """Sampling without chance."""
    return SamplingParams(temperature=0.0, repeat_penalty=1.0, max_tokens=max_tokens)


def paired(
    name: str,
    unit: str,
    pairs: tuple[Sequence[float], Sequence[float]],
    *,
    goal: float,
    at_least: bool = False,
    note: str = "",
) -> BenchRow:
    """A row of measurements that took turns: the median of their ratios, and how they spread.

    Args:
        name: Of the row.
        unit: Of what was measured.
        pairs: Ours and the reference's, in the order in which they took turns.
        goal: Of the ratio.
        at_least: Whether the goal is a lower bound.
        note: More words.
    """
    ours, reference = pairs
    ratios = sorted(a / b for a, b in zip(ours, reference, strict=True))
    spread = f"{len(ratios)} pairs, {ratios[0]:.3f} to {ratios[-1]:.3f}"
    return BenchRow(
        name=name,
        value=statistics.median(ours),
        unit=unit,
        reference=statistics.median(reference),
        ratio=statistics.median(ratios),
        goal=goal,
        at_least=at_least,
        note=f"{note}; {spread}" if note else spread,
    )
