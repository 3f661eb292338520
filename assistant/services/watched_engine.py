"""The engine with somebody who listens: every failure is noticed, a loop or a silence is ended."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import FinishReason
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.generation import (
    GenerationDone,
    GenerationEvent,
    GenerationFailed,
    GenerationRequest,
    Notice,
    PrefillProgress,
    TextDelta,
    Turn,
)
from assistant.domain.model import LoadedModel, LoadOptions
from assistant.engine.base import Engine, EventSink
from assistant.engine.repetition import RepetitionDetector
from assistant.services.engine_health import EngineHealth
from assistant.services.silence import Silence

if TYPE_CHECKING:
    from concurrent.futures import Future

_LETTERS_PER_TOKEN = 3

REPEATS = GenerationFailed(
    "The model began to say the same over and over, so it was stopped.",
    "Regenerate the answer, or raise the repetition penalty.",
    "repeats_itself",
)


class WatchedEngine:
    """An ``Engine`` that tells ``EngineHealth`` of all that is asked of another one.

    Args:
        engine: Does the work.
        health: Keeps count.
        silence: Gives up what the engine has fallen silent over.
    """

    def __init__(self, engine: Engine, health: EngineHealth, silence: Silence) -> None:
        self._engine = engine
        self._health = health
        self._silence = silence
        self._last: Path | None = None

    def load(
        self,
        path: Path,
        options: LoadOptions,
        *,
        on_progress: Callable[[float], None] | None = None,
        cancel: CancelToken | None = None,
    ) -> "Future[LoadedModel]":
        """See ``Engine.load``."""

        def loaded(done: "Future[LoadedModel]") -> None:
            self._silence.load_ended()
            error = None if done.cancelled() else done.exception()
            if isinstance(error, UserFacingError):
                self._health.load_failed(path, error.code, error.message)
            elif error is not None and not isinstance(error, Cancelled):
                self._health.load_failed(path, "internal", "It failed while it was loaded.")
            elif error is None and not done.cancelled():
                self._last = path
                self._health.loaded(done.result())

        self._silence.load_begins()
        loading = self._engine.load(path, options, on_progress=on_progress, cancel=cancel)
        loading.add_done_callback(loaded)
        return loading

    def unload(self, model: LoadedModel | None = None) -> "Future[None]":
        """See ``Engine.unload``."""
        return self._engine.unload(model)

    def generate(
        self,
        request: GenerationRequest,
        sink: EventSink,
        cancel: CancelToken,
        model: LoadedModel | None = None,
    ) -> None:
        """See ``Engine.generate``.

        An answer in free words that repeats itself ends with ``repeats_itself``, one whose
        engine has fallen silent with ``engine_silent``; the second may be told on another
        thread than the engine's.
        """
        path = model.path if model is not None else self._last
        if path is None or request.read_only:
            self._engine.generate(request, sink, cancel, model)
            return
        watch = _Watch(path, sink, cancel, self._health, self._silence)
        watch.detector = None if request.json_schema else RepetitionDetector()
        watch.begin(sum(len(turn.content) for turn in request.turns) // _LETTERS_PER_TOKEN)
        self._engine.generate(request, watch, watch.stop, model)

    def count_tokens(
        self, turns: Sequence[Turn], model: LoadedModel | None = None
    ) -> "Future[int]":
        """See ``Engine.count_tokens``."""
        return self._engine.count_tokens(turns, model)

    def forget(self, cache_key: str) -> "Future[None]":
        """See ``Engine.forget``."""
        return self._engine.forget(cache_key)

    def close(self, timeout_s: float = 5.0) -> bool:
        """See ``Engine.close``."""
        ended = self._engine.close(timeout_s)
        self._silence.close()
        return ended


class _Watch:
    """The sink of one answer: passes its events on, up to one end."""

    def __init__(
        self,
        path: Path,
        sink: EventSink,
        cancel: CancelToken,
        health: EngineHealth,
        silence: Silence,
    ) -> None:
        self.stop = CancelToken()
        self.detector: RepetitionDetector | None = None
        self._path = path
        self._sink = sink
        self._cancel = cancel
        self._health = health
        self._silence = silence
        self._lock = threading.RLock()
        self._ended = False

    def begin(self, prompt_tokens: int) -> None:
        """Begins to listen, for its end as well as for the caller's."""
        self._vigil = self._silence.begin(self._fell_silent, prompt_tokens)
        self._cancel.watch(self.stop.cancel)

    def __call__(self, event: GenerationEvent) -> None:
        """Takes one event of the engine."""
        with self._lock:
            if self._ended:
                return
            match event:
                case PrefillProgress(done, total):
                    self._silence.heard(self._vigil, total - done)
                case TextDelta(text):
                    self._silence.heard(self._vigil)
                    if self.detector is not None and self.detector.feed(text):
                        self._sink(event)
                        self._end(REPEATS)
                        self.stop.cancel()
                        return
                case Notice():
                    pass
                case _:
                    self._end(event)
                    return
            self._sink(event)

    def _fell_silent(self, after_s: float) -> None:
        with self._lock:
            if not self._ended:
                words = f"Nothing has come from the model for {after_s:.0f} seconds."
                self._end(GenerationFailed(words, "Try again.", "engine_silent"))
                self.stop.cancel()

    def _end(self, end: GenerationDone | GenerationFailed) -> None:
        self._ended = True
        self._silence.end(self._vigil)
        self._cancel.unwatch(self.stop.cancel)
        if isinstance(end, GenerationFailed):
            self._health.failed(self._path, end.code, end.message)
        else:
            gave_up = end.finish_reason is FinishReason.CANCELLED
            self._health.answered(self._path, end.numbers, cancelled=gave_up)
        self._sink(end)
