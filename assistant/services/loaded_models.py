"""Which models the engine holds, and which of them nobody has asked for a while."""

import threading
import time
from collections import Counter

from assistant.domain.ids import ModelId
from assistant.domain.model import LoadedModel


class LoadedModels:
    """Models that were loaded and not ejected since; from any thread.

    The engine may have freed some of them where the memory was short.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._models: dict[ModelId, LoadedModel] = {}
        self._used_at: dict[ModelId, float] = {}
        self._in_hand: Counter[ModelId] = Counter()

    def add(self, model_id: ModelId, loaded: LoadedModel) -> None:
        """It was loaded."""
        with self._lock:
            self._models[model_id] = loaded
            self._used_at[model_id] = time.monotonic()

    def pop(self, model_id: ModelId) -> LoadedModel | None:
        """It is to be freed; None where it was not loaded."""
        with self._lock:
            return self._models.pop(model_id, None)

    def clear(self) -> None:
        """All are to be freed."""
        with self._lock:
            self._models.clear()

    def drop_isolated(self) -> None:
        """The process of those that run apart is gone."""
        with self._lock:
            gone = [each for each, loaded in self._models.items() if loaded.isolated]
            for each in gone:
                del self._models[each]

    def id_of(self, loaded: LoadedModel) -> ModelId | None:
        """Under which id it was loaded; None where it is not here any more."""
        with self._lock:
            return next((key for key, each in self._models.items() if each is loaded), None)

    def begin(self, loaded: LoadedModel) -> ModelId | None:
        """An answer is asked of it; whose it is, for ``end``."""
        with self._lock:
            for model_id, each in self._models.items():
                if each is loaded:
                    self._in_hand[model_id] += 1
                    return model_id
        return None

    def end(self, model_id: ModelId | None) -> None:
        """That answer has ended."""
        if model_id is not None:
            with self._lock:
                self._in_hand[model_id] -= 1
                self._used_at[model_id] = time.monotonic()

    def pop_unused(self, idle_s: float) -> dict[ModelId, LoadedModel]:
        """Those that have nothing in hand and were not used for so long; they are to be freed."""
        before = time.monotonic() - idle_s
        with self._lock:
            unused = [
                each
                for each in self._models
                if not self._in_hand[each] and self._used_at[each] <= before
            ]
            return {each: self._models.pop(each) for each in unused}
