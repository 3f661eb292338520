"""One engine out of two: models that are vouched for run in this process, others in their own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import EnvironmentProblem
from assistant.domain.generation import GenerationRequest, Turn
from assistant.domain.model import LoadedModel, LoadOptions
from assistant.engine.base import Engine, EventSink


class EngineByTrust:
    """An ``Engine`` that hands everything on to one of two, by ``LoadOptions.isolated``.

    Where the memory does not hold a model, what the other one has loaded is freed for it.

    Args:
        here: Runs models in this process.
        apart: Runs them in a process of its own, and says so of them.
    """

    def __init__(self, here: Engine, apart: Engine) -> None:
        self._here = here
        self._apart = apart
        self._lock = threading.Lock()
        self._last = here
        """Was asked for a model last; answers where none is named."""
        self._loaded: set[bool] = set()
        """Which of the two has loaded anything."""

    def load(
        self,
        path: Path,
        options: LoadOptions,
        *,
        on_progress: Callable[[float], None] | None = None,
        cancel: CancelToken | None = None,
    ) -> "Future[LoadedModel]":
        """See ``Engine.load``."""
        outcome: Future[LoadedModel] = Future()
        apart = options.isolated
        with self._lock:
            before, self._last = self._last, self._of(apart=apart)

        def begin() -> "Future[LoadedModel]":
            return self._of(apart=apart).load(path, options, on_progress=on_progress, cancel=cancel)

        def again(_: "Future[None]") -> None:
            begin().add_done_callback(settle)

        def first(done: "Future[LoadedModel]") -> None:
            with self._lock:
                movable = (not apart) in self._loaded
            if isinstance(done.exception(), EnvironmentProblem) and movable:
                with self._lock:
                    self._loaded.discard(not apart)
                self._of(apart=not apart).unload().add_done_callback(again)
            else:
                settle(done)

        def settle(done: "Future[LoadedModel]") -> None:
            error = done.exception()
            with self._lock:
                if error is None:
                    self._loaded.add(apart)
                elif self._last is self._of(apart=apart):
                    self._last = before
            if error is not None:
                outcome.set_exception(error)
            else:
                outcome.set_result(done.result())

        begin().add_done_callback(first)
        return outcome

    def unload(self, model: LoadedModel | None = None) -> "Future[None]":
        """See ``Engine.unload``."""
        if model is not None:
            return self._engine(model).unload(model)
        return _both(self._here.unload(), self._apart.unload())

    def generate(
        self,
        request: GenerationRequest,
        sink: EventSink,
        cancel: CancelToken,
        model: LoadedModel | None = None,
    ) -> None:
        """See ``Engine.generate``."""
        self._engine(model).generate(request, sink, cancel, model)

    def count_tokens(
        self, turns: Sequence[Turn], model: LoadedModel | None = None
    ) -> "Future[int]":
        """See ``Engine.count_tokens``."""
        return self._engine(model).count_tokens(turns, model)

    def forget(self, cache_key: str) -> "Future[None]":
        """See ``Engine.forget``."""
        return _both(self._here.forget(cache_key), self._apart.forget(cache_key))

    def close(self, timeout_s: float = 5.0) -> bool:
        """See ``Engine.close``."""
        ended = [self._here.close(timeout_s), self._apart.close(timeout_s)]
        return all(ended)

    def _of(self, *, apart: bool) -> Engine:
        return self._apart if apart else self._here

    def _engine(self, model: LoadedModel | None) -> Engine:
        if model is not None:
            return self._of(apart=model.isolated)
        with self._lock:
            return self._last


def _both(one: "Future[None]", other: "Future[None]") -> "Future[None]":
    """Done when both are, with the error of the first that has one."""
    outcome: Future[None] = Future()

    def one_done(_: "Future[None]") -> None:
        other.add_done_callback(other_done)

    def other_done(_: "Future[None]") -> None:
        error = one.exception() or other.exception()
        if error is not None:
            outcome.set_exception(error)
        else:
            outcome.set_result(None)

    one.add_done_callback(one_done)
    return outcome
