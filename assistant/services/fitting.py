"""Whether a model fits this machine."""

from typing import TYPE_CHECKING

from assistant.domain.model import Fit, FitVerdict, ModelInfo
from assistant.engine.gguf_preflight import GgufFacts, preflight
from assistant.engine.machine import memory_now
from assistant.engine.memory_fit import estimate_fit

if TYPE_CHECKING:
    from pathlib import Path


class Fitting:
    """Judges models by their headers, each read once."""

    def __init__(self) -> None:
        self._facts: dict[Path, GgufFacts] = {}

    def judge(self, model: ModelInfo, context_length: int) -> Fit:
        """Whether ``model`` fits the memory that is free now.

        Raises:
            UserFacingError: Its file is broken.
        """
        if model.path is None:
            return Fit(
                FitVerdict.UNKNOWN, model.size_bytes, 0, "It is not here; its size is on the disk."
            )
        facts = self._facts.get(model.path)
        if facts is None:
            facts = self._facts[model.path] = preflight(model.path)
        return estimate_fit(facts, context_length, memory_now())
