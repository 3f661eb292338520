"""The vectors of all passages, in memory while somebody searches: some 410 bytes each.

A question is compared with every one of them, so that nothing is missed: 100,000 take about 10 ms
on one core, which is less than reading an approximate index out of an encrypted file would take.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assistant.domain.ids import MessageId
from assistant.services.jobs import Workers
from assistant.services.passages import DIMENSIONS
from assistant.store.meaning import MeaningRepository, Place

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_READ_AT_ONCE: Final = 2_000
"""So many are read in some 10 ms; what else the store thread has to do comes between."""
_COMPARED_AT_ONCE: Final = 2_048
"""Widened to float32 at once: what fits into the processor's cache."""
_LEAST_COSINE: Final = 0.25
"""Below this, texts have little to do with each other: of 240 pairs of a question and an answer to
another one, 99 % are below 0.21; to the same one, all of 16 are above 0.28."""
_LEAST_OF_BEST: Final = 0.5
"""What is much further off than the nearest does not speak of the same."""


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Rows in the order of their numbers.

    Args:
        facts: Of shape (rows, 4), int64: number, message, start and length of each passage.
        directions: Of shape (rows, DIMENSIONS), int8.
        scales: Of shape (rows,), float32: what makes each direction a unit vector.
    """

    facts: "NDArray[np.int64]"
    directions: "NDArray[np.int8]"
    scales: "NDArray[np.float32]"


class VectorIndex:
    """Finds the passages nearest to a vector; may be asked from several threads.

    Args:
        workers: The store thread.
        repository: Gives the vault's passages, on the store thread; raises when it is closed.
    """

    def __init__(self, workers: Workers, repository: Callable[[], MeaningRepository]) -> None:
        self._workers = workers
        self._repository = repository
        self._lock = threading.Lock()
        self._source: MeaningRepository | None = None
        self._table: _Table | None = None
        self._stale = threading.Event()
        self._forgotten = threading.Event()
        self._used_at = 0.0

    def changed(self) -> None:
        """Notes that passages may have come or gone; from any thread."""
        self._stale.set()

    def nearest(self, vector: "NDArray[np.float32]", count: int) -> list[Place]:
        """The passages nearest in meaning, one a message, the nearest first.

        Waits for the store thread; not to be called on it.

        Args:
            vector: A unit vector.
            count: Most to give; fewer where the rest has little to do with it.

        Raises:
            UserFacingError: The vault is not open.
        """
        with self._lock:
            table = self._refreshed()
            self._used_at = time.monotonic()
        self._drop_forgotten()
        return _nearest(table, vector, count)

    def forget(self) -> None:
        """Frees all vectors at once, as some are of what shall be forgotten; from any thread."""
        self._forgotten.set()
        self._drop_forgotten()

    def _drop_forgotten(self) -> None:
        # Who searches holds the lock while waiting for the store thread, which may be this one;
        # it comes here when it is done.
        if self._forgotten.is_set() and self._lock.acquire(blocking=False):
            try:
                self._forgotten.clear()
                self._table = self._source = None
            finally:
                self._lock.release()

    def drop_unused(self, idle_s: float) -> None:
        """Frees the memory if nobody has searched for so many seconds."""
        with self._lock:
            if time.monotonic() - self._used_at >= idle_s:
                self._table = self._source = None

    def _refreshed(self) -> _Table:
        stale = self._stale.is_set()
        self._stale.clear()
        try:
            source = self._workers.on_store(self._repository).result()
            table = self._table if source is self._source else None
            if table is None or stale:
                numbers = self._workers.on_store(source.numbers).result()
                table = self._brought_up_to_date(source, table or _room_for(0), numbers)
        except BaseException:
            self._stale.set()
            raise
        self._source, self._table = source, table
        return table

    def _brought_up_to_date(
        self, source: MeaningRepository, table: _Table, numbers: list[int]
    ) -> _Table:
        """Leaves out the rows that are gone and reads those that are new."""
        import numpy as np

        here = np.isin(table.facts[:, 0], np.asarray(numbers, dtype=np.int64))
        if not here.all():
            table = _Table(table.facts[here], table.directions[here], table.scales[here])
        last = int(table.facts[-1, 0]) if len(table.facts) else 0
        new = sum(number > last for number in numbers)
        if not new:
            return table
        # Room for all at once: a list of pieces that is joined in the end takes twice the memory.
        known = len(table.facts)
        grown = _room_for(known + new)
        _fill(grown, 0, table)
        while known < len(grown.facts):
            part = self._read(source, last, min(_READ_AT_ONCE, len(grown.facts) - known))
            if not len(part.facts):  # some went while these were read
                return _Table(grown.facts[:known], grown.directions[:known], grown.scales[:known])
            _fill(grown, known, part)
            known += len(part.facts)
            last = int(part.facts[-1, 0])
        return grown

    def _read(self, source: MeaningRepository, after: int, most: int) -> _Table:
        import numpy as np

        stored = self._workers.on_store(lambda: source.vectors(after, most)).result()
        facts = np.asarray(stored.facts, dtype=np.int64).reshape(-1, 4)
        directions = np.frombuffer(stored.vectors, dtype=np.int8).reshape(-1, DIMENSIONS)
        lengths = np.linalg.norm(directions.astype(np.float32), axis=1)
        return _Table(facts, directions, (1 / np.maximum(lengths, 1)).astype(np.float32))


def _room_for(rows: int) -> _Table:
    import numpy as np

    return _Table(
        np.empty((rows, 4), np.int64),
        np.empty((rows, DIMENSIONS), np.int8),
        np.empty(rows, np.float32),
    )


def _fill(table: _Table, at: int, part: _Table) -> None:
    end = at + len(part.facts)
    table.facts[at:end] = part.facts
    table.directions[at:end] = part.directions
    table.scales[at:end] = part.scales


def _nearest(table: _Table, vector: "NDArray[np.float32]", count: int) -> list[Place]:
    import numpy as np

    if not len(table.facts):
        return []
    pieces = [
        table.directions[at : at + _COMPARED_AT_ONCE].astype(np.float32) @ vector
        for at in range(0, len(table.facts), _COMPARED_AT_ONCE)
    ]
    cosines = np.concatenate(pieces) * table.scales
    least = max(_LEAST_COSINE, _LEAST_OF_BEST * float(cosines.max()))
    near = np.flatnonzero(cosines >= least)
    near = near[np.argsort(-cosines[near], kind="stable")]
    places: dict[int, Place] = {}
    for _, message, start, length in table.facts[near].tolist():
        if len(places) == count:
            break
        places.setdefault(message, Place(MessageId(message), start, length))
    return list(places.values())
