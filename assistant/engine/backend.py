"""What stands behind the engine thread: one model, called from one thread only."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.domain.cancel import CancelToken
from assistant.domain.generation import GenerationEvent, GenerationRequest, Turn
from assistant.domain.model import LoadedModel, LoadOptions


@dataclass(frozen=True, slots=True)
class Order:
    """One answer as the engine thread hands it on.

    Args:
        request: What is asked for.
        cancel: Set when the answer is no longer wanted, by the user or because the engine closes.
        asked_at: ``time.perf_counter()`` when the request reached the engine.
    """

    request: GenerationRequest
    cancel: CancelToken
    asked_at: float


class Backend(Protocol):
    """The blocking calls of one inference library.

    All of them are made on one thread. What goes wrong is raised as ``UserFacingError``; the
    model that was loaded before stays usable unless ``load`` had to give it up.
    """

    def load(
        self,
        path: Path,
        options: LoadOptions,
        *,
        on_progress: Callable[[float], None],
        cancel: CancelToken,
    ) -> LoadedModel:
        """Loads a model in place of the one that is loaded; raises ``Cancelled``."""
        ...

    def unload(self) -> None:
        """Frees the model; does nothing when none is loaded."""
        ...

    def generate(self, order: Order) -> Generator[GenerationEvent | None, None, None]:
        """Writes one answer.

        Yields at least once a token and once a piece of the prompt (None where there is nothing
        to say), so that the thread can see to short requests in between. The last event is
        ``GenerationDone``; failures are raised. Closing the iterator early leaves the model
        usable.
        """
        ...

    def count_tokens(self, turns: Sequence[Turn]) -> int:
        """Tokens that the turns take as a prompt; may be called between two yields."""
        ...
