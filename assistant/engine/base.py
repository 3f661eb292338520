"""The seam behind which every inference engine stands."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.domain.cancel import CancelToken
from assistant.domain.generation import GenerationEvent, GenerationRequest, Turn
from assistant.domain.model import LoadedModel, LoadOptions

if TYPE_CHECKING:
    from concurrent.futures import Future

EventSink = Callable[[GenerationEvent], None]
"""Receives events in order, on the engine's own thread; must return quickly and not raise."""


class Engine(Protocol):
    """Loaded models and the one thread that owns every native call to them.

    Every method may be called from any thread and returns at once. Answers take turns: those of
    the most urgent priority are written together, the others wait meanwhile.
    """

    def load(
        self,
        path: Path,
        options: LoadOptions,
        *,
        on_progress: Callable[[float], None] | None = None,
        cancel: CancelToken | None = None,
    ) -> "Future[LoadedModel]":
        """Loads a model beside those that are loaded; at once where it is already.

        Others that are idle are freed where the memory does not hold them all.

        Args:
            path: The model file.
            options: How to load it; values out of range are clamped.
            on_progress: Receives 0 to 1, on the engine's thread.
            cancel: Gives the load up; the future then raises ``Cancelled``.

        Raises (from the future):
            UserFacingError: The file is missing, broken, or not a model that can be loaded.
            EnvironmentProblem: It does not fit into memory.
        """
        ...

    def unload(self, model: LoadedModel | None = None) -> "Future[None]":
        """Frees a model, or all, once the answers asked of it before have ended."""
        ...

    def generate(
        self,
        request: GenerationRequest,
        sink: EventSink,
        cancel: CancelToken,
        model: LoadedModel | None = None,
    ) -> None:
        """Asks for one answer; ``sink`` gets its events and exactly one end.

        A cancel is honoured during prefill and between tokens, keeps the prompt cache, and
        ends with ``GenerationDone(CANCELLED)``. Nothing is ever raised: a model that is not
        loaded or a prompt that is too long ends with ``GenerationFailed``.

        Args:
            request: What is asked for.
            sink: Gets the events.
            cancel: Set when it is no longer wanted.
            model: Who shall answer; None for the one that was loaded last.
        """
        ...

    def count_tokens(
        self, turns: Sequence[Turn], model: LoadedModel | None = None
    ) -> "Future[int]":
        """Tokens that the turns take as a prompt, template included."""
        ...

    def forget(self, cache_key: str) -> "Future[None]":
        """Drops all that the prompt caches hold of the requests with this key."""
        ...

    def close(self, timeout_s: float = 5.0) -> bool:
        """Cancels all, frees the models and ends the thread; True if it ended in time."""
        ...
