"""Which model answers where another one fails."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.generation import GenerationEvent, GenerationFailed, TextDelta
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelInfo
from assistant.engine.base import EventSink
from assistant.services.engine_health import BLAMELESS, EngineHealth
from assistant.services.models import ModelService

_TIERS: Final = ("small", "medium")
_THE_CHOICE: Final = frozenset({"model_unknown", "model_not_installed"})
"""The model that was asked for is not there: which one shall answer is the user's to say."""


@dataclass(frozen=True, slots=True)
class Move:
    """Another model takes an answer over.

    Args:
        model: Who answers now.
        why: In words, for whoever waits.
    """

    model: ModelInfo
    why: str


class Standby:
    """Knows the list of models that an answer moves along.

    Those of the same tier come first, then the others from the smallest on; only what is
    installed, nothing twice, and nothing that has failed several times in a row.

    Args:
        models: What is installed.
        health: Who has failed.
    """

    def __init__(self, models: ModelService, health: EngineHealth) -> None:
        self._models = models
        self._health = health

    def first(self, wanted: str) -> Move | None:
        """Who answers in the place of a model that rests; None where it can be asked itself."""
        try:
            model = self._models.chosen(wanted)
        except UserFacingError:
            return None  # which asking for it puts into words
        if model.path is None or not self._health.rests(model.path):
            return None
        instead = self._next(model, {model.id})
        if instead is None:
            return None
        why = f"{model.name} has failed several times in a row, so {instead.name} answers."
        return Move(instead, why)

    def after(self, tried: Sequence[ModelId], error: BaseException) -> Move | None:
        """Who answers after a failure; None where nobody else can, or it would not help.

        Args:
            tried: Who was asked, the one that failed last.
            error: What it said.
        """
        if not tried or isinstance(error, Cancelled) or not isinstance(error, UserFacingError):
            return None
        if error.code in BLAMELESS or error.code in _THE_CHOICE:
            return None
        failed = next((m for m in self._models.installed() if m.id == tried[-1]), None)
        instead = self._next(failed, set(tried)) if failed is not None else None
        if failed is None or instead is None:
            return None
        why = f"{failed.name} could not answer, so {instead.name} does. {error.message}"
        return Move(instead, why)

    def id_of(self, wanted: str) -> ModelId | None:
        """The model that a chat asks for, where it can be had."""
        try:
            return self._models.chosen(wanted).id
        except UserFacingError:
            return None

    def _next(self, failed: ModelInfo, tried: Collection[ModelId]) -> ModelInfo | None:
        able = [
            model
            for model in self._models.installed()
            if model.id not in tried and model.path is not None
        ]
        fresh = [model for model in able if model.path and not self._health.rests(model.path)]
        return min(fresh, key=lambda model: _distance(failed, model), default=None)


class BeforeFirstWord:
    """A sink that passes all on, but for a failure before the first word.

    Args:
        sink: Gets the rest.
        failed: Gets such a failure; on the thread that tells it.
    """

    def __init__(self, sink: EventSink, failed: Callable[[GenerationFailed], None]) -> None:
        self._sink = sink
        self._failed = failed
        self._spoke = False

    def __call__(self, event: GenerationEvent) -> None:
        """Takes one event of the engine."""
        self._spoke = self._spoke or isinstance(event, TextDelta)
        if isinstance(event, GenerationFailed) and not self._spoke:
            self._failed(event)
        else:
            self._sink(event)


def _distance(failed: ModelInfo, model: ModelInfo) -> tuple[bool, int, int]:
    tier = _TIERS.index(model.tier) if model.tier in _TIERS else len(_TIERS)
    return model.tier != failed.tier, tier, model.size_bytes
