"""How each model does: what was asked of it, what failed, how fast it is. In memory only."""

import statistics
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from assistant.domain.conversation import MessageNumbers
from assistant.domain.health import Check, CheckState
from assistant.domain.ids import ModelId
from assistant.domain.model import LoadedModel, ModelInfo

BLAMELESS: Final = frozenset(
    {
        "adapter_missing",
        "adapter_unusable",
        "context_full",
        "engine_closed",
        "engine_missing",
        "engine_not_started",
        "model_changed",
        "no_model",
        "prompt_empty",
        "prompt_too_long",
        "schema_unusable",
    }
)
"""Failures that another model would not mend: they are counted, and not held against a model."""

_KEPT = 100
_MOST_MODELS = 64
_LEAST_TOKENS = 8
"""Shorter answers say nothing about speed."""
_IN_A_ROW = 3
_REST_S = 600.0


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle and the worse end of up to a hundred measurements."""

    median: float
    p90: float
    """Nine in ten are no worse."""


@dataclass(frozen=True, slots=True)
class ModelHealth:
    """What is known of one model since the application began.

    Args:
        requests: Answers that ended, in whatever way.
        failures: Codes of failures, loads included, and how often each came.
        cancelled: Answers that were given up.
        tokens_per_second: None before the first answer of some length.
        first_token_ms: From the request to the first text.
        memory_bytes: What it took at its last load; 0 if it was not loaded.
        last_error: The sentence that the last failure was told with.
        rests: It failed several times in a row, and others are asked first for a while.
    """

    id: ModelId
    name: str
    requests: int
    failures: tuple[tuple[str, int], ...]
    cancelled: int
    tokens_per_second: Spread | None
    first_token_ms: Spread | None
    memory_bytes: int
    last_error: str
    rests: bool


@dataclass(slots=True)
class _Record:
    requests: int = 0
    failures: Counter[str] = field(default_factory=Counter[str])
    cancelled: int = 0
    rates: deque[float] = field(default_factory=lambda: deque(maxlen=_KEPT))
    waits_ms: deque[float] = field(default_factory=lambda: deque(maxlen=_KEPT))
    memory_bytes: int = 0
    last_error: str = ""
    in_a_row: int = 0
    rests_until: float = 0.0


class EngineHealth:
    """Keeps count of every model by its file; from any thread.

    Args:
        clock: Seconds that only ever grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._records: dict[Path, _Record] = {}
        self._rate_listeners: list[Callable[[Path, float], None]] = []

    def on_rate(self, listener: Callable[[Path, float], None]) -> None:
        """Calls ``listener`` with a model's file and the tokens per second of each longer answer.

        It is called on the thread of the engine and must return at once.
        """
        self._rate_listeners.append(listener)

    # What happens

    def loaded(self, model: LoadedModel) -> None:
        """A model was loaded."""
        with self._lock:
            self._record(model.path).memory_bytes = model.memory_bytes

    def load_failed(self, path: Path, code: str, message: str) -> None:
        """A model could not be loaded."""
        with self._lock:
            self._blame(self._record(path), code, message)

    def answered(self, path: Path, numbers: MessageNumbers, *, cancelled: bool) -> None:
        """An answer ended well, or was given up."""
        with self._lock:
            record = self._record(path)
            record.requests += 1
            record.cancelled += cancelled
            if numbers.completion_tokens:
                record.in_a_row, record.rests_until = 0, 0.0
                record.waits_ms.append(numbers.ttft_ms)
            telling = numbers.completion_tokens >= _LEAST_TOKENS
            if telling:
                record.rates.append(numbers.tokens_per_second)
        for listener in self._rate_listeners if telling else ():
            listener(path, numbers.tokens_per_second)

    def failed(self, path: Path, code: str, message: str) -> None:
        """An answer failed."""
        with self._lock:
            record = self._record(path)
            record.requests += 1
            self._blame(record, code, message)

    def _record(self, path: Path) -> _Record:
        record = self._records.pop(path, None) or _Record()
        self._records[path] = record  # the one used last stands last
        while len(self._records) > _MOST_MODELS:
            del self._records[next(iter(self._records))]
        return record

    def _blame(self, record: _Record, code: str, message: str) -> None:
        record.failures[code] += 1
        if code in BLAMELESS:
            return
        record.last_error = message
        record.in_a_row += 1
        if record.in_a_row >= _IN_A_ROW:
            record.rests_until = self._clock() + _REST_S

    # What is known

    def rests(self, path: Path) -> bool:
        """Whether a model failed several times in a row, not long ago."""
        with self._lock:
            record = self._records.get(path)
            return record is not None and self._clock() < record.rests_until

    def snapshot(self, models: Iterable[ModelInfo]) -> list[ModelHealth]:
        """What is known of those of these models that were used."""
        with self._lock:
            now = self._clock()
            return [
                _health(model, self._records[model.path], now)
                for model in models
                if model.path in self._records
            ]

    def checks(self, models: Iterable[ModelInfo]) -> list[Check]:
        """A row for the doctor for each model that was used."""
        return [_check(health) for health in self.snapshot(models)]


def _health(model: ModelInfo, record: _Record, now: float) -> ModelHealth:
    return ModelHealth(
        id=model.id,
        name=model.name,
        requests=record.requests,
        failures=tuple(record.failures.most_common()),
        cancelled=record.cancelled,
        tokens_per_second=_spread(record.rates, slow_is_low=True),
        first_token_ms=_spread(record.waits_ms, slow_is_low=False),
        memory_bytes=record.memory_bytes,
        last_error=record.last_error,
        rests=now < record.rests_until,
    )


def _spread(values: Iterable[float], *, slow_is_low: bool) -> Spread | None:
    ordered = sorted(values, reverse=slow_is_low)
    if not ordered:
        return None
    return Spread(statistics.median(ordered), ordered[(len(ordered) * 9 - 1) // 10])


def _check(health: ModelHealth) -> Check:
    words = [f"{health.requests} answers since the start"]
    if health.tokens_per_second is not None:
        words.append(f"{health.tokens_per_second.median:.0f} tokens/s")
    if health.first_token_ms is not None:
        words.append(f"first word after {health.first_token_ms.median:.0f} ms")
    failures = ", ".join(f"{code} {count}" for code, count in health.failures)
    if failures:
        words.append(f"failures: {failures}")
    detail = "; ".join(words) + "."
    name = f"Answers of {health.name}"
    if health.rests:
        return Check(
            name,
            CheckState.PROBLEM,
            f"{detail} {health.last_error}".rstrip(),
            "Other models answer for a while; remove it and import it again if this goes on.",
        )
    return Check(name, CheckState.NOTE if health.failures else CheckState.OK, detail)
