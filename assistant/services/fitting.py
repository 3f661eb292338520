"""Whether a model fits this machine: estimated, and corrected by what its loads really took."""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.domain.model import (
    Fit,
    FitVerdict,
    KvType,
    LoadedModel,
    MemoryUse,
    ModelInfo,
    ModelShape,
)
from assistant.engine.gguf_preflight import GgufFacts, preflight
from assistant.engine.machine import Memory, memory_now
from assistant.engine.memory_fit import estimate_fit

_FILE = "fits.json"
_FRESH_S = 1.0


@dataclass(frozen=True, slots=True)
class Experience:
    """What is known of one model on this machine.

    Args:
        use: What its last load took.
        anyway: The user wants it loaded whatever the estimate says.
    """

    use: MemoryUse | None = None
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class _Stored:
    models: dict[str, Experience] = field(default_factory=dict[str, Experience])


_STORED = TypeAdapter(_Stored)


class Fitting:
    """Judges models by their headers, each read once, and by what they took before.

    From any thread.

    Args:
        folder: Where what is learnt is kept, by the hash of the file; None forgets it.
        clock: Seconds that only ever grow.
    """

    def __init__(
        self, folder: Path | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._looked_at = -math.inf
        self._memory: Memory | None = None
        self._path = folder / _FILE if folder is not None else None
        self._lock = threading.Lock()
        self._facts: dict[Path, GgufFacts] = {}
        self._known = self._read()

    def judge(self, model: ModelInfo, context_length: int, kv_type: KvType = KvType.F16) -> Fit:
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
        memory = self._memory_now()
        return estimate_fit(facts.shape, context_length, memory, self.known(model).use, kv_type)

    def judge_shape(
        self, shape: ModelShape, context_length: int, kv_type: KvType = KvType.F16
    ) -> Fit:
        """Whether a model that is not here would fit the memory that is free now."""
        return estimate_fit(shape, context_length, self._memory_now(), None, kv_type)

    def _memory_now(self) -> Memory | None:
        """The free memory as of this second: lists ask two hundred times in a row."""
        with self._lock:
            if self._clock() - self._looked_at > _FRESH_S:
                self._memory, self._looked_at = memory_now(), self._clock()
            return self._memory

    def known(self, model: ModelInfo) -> Experience:
        """What was learnt of a model; nothing of one that was never loaded."""
        with self._lock:
            return self._known.get(model.sha256, Experience())

    def learn(self, model: ModelInfo, loaded: LoadedModel) -> None:
        """Takes what a load took; what cannot be written down is known until the end."""
        if loaded.memory is not None and loaded.memory.weights_bytes > 0:
            self._keep(model, replace(self.known(model), use=loaded.memory))

    def allow(self, model: ModelInfo) -> None:
        """From now on it is loaded whatever the estimate says."""
        self._keep(model, replace(self.known(model), anyway=True))

    def _keep(self, model: ModelInfo, experience: Experience) -> None:
        with self._lock:
            if not model.sha256 or self._known.get(model.sha256) == experience:
                return
            self._known[model.sha256] = experience
            self._write()

    def _read(self) -> dict[str, Experience]:
        if self._path is None:
            return {}
        try:
            return dict(_STORED.validate_json(self._path.read_bytes()).models)
        except (OSError, ValidationError):
            return {}  # it is learnt again with the next load

    def _write(self) -> None:
        if self._path is None:
            return
        part = self._path.with_suffix(".part")
        try:
            part.write_bytes(_STORED.dump_json(_Stored(self._known)))
            part.replace(self._path)
        except OSError:
            part.unlink(missing_ok=True)
