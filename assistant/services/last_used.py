"""When each model was last used."""

import contextlib
import threading
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import TypeAdapter

from assistant.domain.clock import Clock
from assistant.domain.ids import ModelId

_FILE = "models-used.json"
_TIMES = TypeAdapter(dict[str, datetime])
_FRESH = timedelta(minutes=1)
_MOST = 4096


class LastUsed:
    """A time for each model, kept in the profile. From any thread.

    Args:
        folder: Where it is kept.
        clock: Tells what is now.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._clock = clock
        self._path = folder / _FILE
        self._lock = threading.Lock()
        try:
            self._times = _TIMES.validate_json(self._path.read_bytes())
        except (OSError, ValueError):
            self._times: dict[str, datetime] = {}

    def of(self, model_id: ModelId) -> datetime | None:
        """When it was last used; None of one that never was."""
        with self._lock:
            return self._times.get(model_id)

    def note(self, model_id: ModelId) -> None:
        """It is used now; what cannot be written down is known until the end."""
        now = self._clock.now()
        with self._lock:
            before = self._times.get(model_id)
            if before is not None and abs(now - before) < _FRESH:
                return
            self._times[model_id] = now
            while len(self._times) > _MOST:
                del self._times[min(self._times, key=lambda each: self._times[each])]
            part = self._path.with_suffix(".part")
            with contextlib.suppress(OSError):
                part.write_bytes(_TIMES.dump_json(self._times))
                part.replace(self._path)
