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
    """One loaded model and the one thread that owns every native call to it.

    Every method may be called from any thread and returns at once; work is done in the order
    in which it was asked for, except that a cancelled request gives way immediately.
    """

    def load(
        self,
        path: Path,
        options: LoadOptions,
        *,
        on_progress: Callable[[float], None] | None = None,
        cancel: CancelToken | None = None,
    ) -> "Future[LoadedModel]":
        """Loads a model in place of the one that is loaded.

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

    def unload(self) -> "Future[None]":
        """Frees the model; does nothing when none is loaded."""
        ...

    def generate(self, request: GenerationRequest, sink: EventSink, cancel: CancelToken) -> None:
        """Queues one answer; ``sink`` gets its events and exactly one end.

        A cancel is honoured during prefill and between tokens, keeps the prompt cache, and
        ends with ``GenerationDone(CANCELLED)``. Nothing is ever raised: a model that is not
        loaded or a prompt that is too long ends with ``GenerationFailed``.
        """
        ...

    def count_tokens(self, turns: Sequence[Turn]) -> "Future[int]":
        """Tokens that the turns take as a prompt, template included."""
        ...

    def close(self, timeout_s: float = 5.0) -> bool:
        """Cancels all, frees the model and ends the thread; True if it ended in time."""
        ...
