"""What stands behind the engine thread: one model, called from one thread only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import GenerationEvent, GenerationRequest, Turn
from assistant.domain.model import LoadedModel, LoadOptions

UNSOUND = UserFacingError(
    "The model computes nonsense: its weights are damaged or it needs another version.",
    "Download the model again, or choose another one.",
    code="model_unsound",
)


@dataclass(frozen=True, slots=True)
class Order:
    """One answer as the engine thread hands it on.

    Args:
        request: What is asked for.
        cancel: Set when the answer is no longer wanted, by the user or because the engine closes.
        asked_at: ``time.perf_counter()`` when the request reached the engine.
        emit: Takes the events of the answer; never raises.
    """

    request: GenerationRequest
    cancel: CancelToken
    asked_at: float
    emit: Callable[[GenerationEvent], None]


class Work(Protocol):
    """One answer in a backend's hands."""

    @property
    def order(self) -> Order:
        """What it was begun for."""
        ...


class Backend(Protocol):
    """The blocking calls of one inference library.

    All of them but ``interrupt`` are made on one thread. What goes wrong is raised as
    ``UserFacingError``; the model stays usable unless ``load`` failed.
    """

    lanes: int
    """How many answers it can have in hand."""

    def load(
        self,
        path: Path,
        options: LoadOptions,
        *,
        on_progress: Callable[[float], None],
        cancel: CancelToken,
    ) -> LoadedModel:
        """Loads its model, once; raises ``Cancelled``."""
        ...

    def unload(self) -> None:
        """Frees the model; does nothing when none is loaded."""
        ...

    def begin(self, order: Order) -> Work:
        """Takes an answer in hand; only when fewer than ``lanes`` are."""
        ...

    def step(self, works: Sequence[Work]) -> None:
        """Advances at least one of these answers: by a token, or by a piece of its prompt.

        The end of an answer, failures of its own included, goes to ``order.emit``. What is
        raised concerns all of them.
        """
        ...

    def drop(self, work: Work) -> None:
        """Takes an answer out of its hands, ended or not; what was read of it may be kept."""
        ...

    def interrupt(self) -> None:
        """Has the step in hand end as soon as it can, losing nothing; from any thread."""
        ...

    def forget(self, cache_key: str) -> None:
        """Drops all that is kept of the requests with this key."""
        ...

    def count_tokens(self, turns: Sequence[Turn]) -> int:
        """Tokens that the turns take as a prompt; may be called between two steps."""
        ...
