"""Asks an engine and waits: what the engine's tests share."""

import multiprocessing
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import Role
from assistant.domain.generation import (
    GenerationDone,
    GenerationEvent,
    GenerationFailed,
    GenerationRequest,
    PrefillProgress,
    SamplingParams,
    TextDelta,
    Turn,
)
from assistant.engine.base import Engine

_PATIENCE_S = 60.0


def engine_children() -> list[BaseProcess]:
    """The processes in which models run; a sandbox for programs may be kept warm beside them."""
    return [child for child in multiprocessing.active_children() if child.name != "sandbox"]


@dataclass(slots=True)
class Heard:
    """The events of one answer, as they come."""

    on_event: Callable[[GenerationEvent], None] | None = None
    events: list[GenerationEvent] = field(default_factory=list[GenerationEvent])
    threads: set[str] = field(default_factory=set[str])
    ended: threading.Event = field(default_factory=threading.Event)

    def __call__(self, event: GenerationEvent) -> None:
        self.events.append(event)
        self.threads.add(threading.current_thread().name)
        if self.on_event is not None:
            self.on_event(event)
        if isinstance(event, GenerationDone | GenerationFailed):
            self.ended.set()

    @property
    def text(self) -> str:
        return "".join(e.text for e in self.events if isinstance(e, TextDelta))

    def text_when_done(self) -> str:
        assert self.done
        return self.text

    @property
    def progress(self) -> list[PrefillProgress]:
        return [e for e in self.events if isinstance(e, PrefillProgress)]

    @property
    def done(self) -> GenerationDone:
        end = self.end
        assert isinstance(end, GenerationDone), end
        return end

    @property
    def failed(self) -> GenerationFailed:
        end = self.end
        assert isinstance(end, GenerationFailed), end
        return end

    @property
    def end(self) -> GenerationDone | GenerationFailed:
        assert self.ended.wait(_PATIENCE_S), "the answer never ended"
        ends = [e for e in self.events if isinstance(e, GenerationDone | GenerationFailed)]
        assert len(ends) == 1
        assert self.events[-1] is ends[0]
        return ends[0]


def user(*contents: str) -> tuple[Turn, ...]:
    """Turns of the user and the assistant in turn, the user first."""
    roles = (Role.USER, Role.ASSISTANT)
    return tuple(Turn(roles[at % 2], content) for at, content in enumerate(contents))


def greedy(max_tokens: int = 16) -> SamplingParams:
    """Sampling without chance."""
    return SamplingParams(temperature=0.0, repeat_penalty=1.0, max_tokens=max_tokens)


def start(
    engine: Engine,
    request: GenerationRequest,
    *,
    cancel: CancelToken | None = None,
    on_event: Callable[[GenerationEvent], None] | None = None,
) -> Heard:
    """Asks and does not wait."""
    heard = Heard(on_event)
    engine.generate(request, heard, cancel or CancelToken())
    return heard


def ask(engine: Engine, *contents: str, max_tokens: int = 16, stop: tuple[str, ...] = ()) -> Heard:
    """Asks and waits for the end."""
    heard = start(engine, GenerationRequest(user(*contents), greedy(max_tokens), stop))
    assert heard.end
    return heard
