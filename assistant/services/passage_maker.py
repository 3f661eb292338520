"""Makes passages of what was written, when nothing else is going on; goes on where it stopped."""

import threading
from collections.abc import Callable
from typing import Final

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.engine.embedding import Embedder
from assistant.services.jobs import Workers
from assistant.services.passages import passages_of, to_bytes
from assistant.store.meaning import MeaningRepository, Passage, Waiting

MESSAGES_AT_ONCE: Final = 8
"""Messages that are embedded together and kept in one transaction."""
_REST_S: Final = 3.0
"""Nothing is made so soon after something was written."""
_PAUSE_S: Final = 60.0
"""After that it looks whether there is something to do, whoever may have forgotten to say so."""


class PassageMaker:
    """A quiet thread; what it has not come to stays listed in the vault for the next time.

    Args:
        workers: The store thread.
        embedder: Gives the vectors.
        repository: Gives the vault's passages, on the store thread; raises when it is closed.
        wanted: Whether passages are to be made at present.
        failed: Gets what went wrong; nothing is made after that until the next start.
        rest_s: Seconds without a write before it begins.
    """

    def __init__(
        self,
        workers: Workers,
        embedder: Embedder,
        repository: Callable[[], MeaningRepository],
        wanted: Callable[[], bool],
        failed: Callable[[BaseException], None],
        *,
        rest_s: float = _REST_S,
    ) -> None:
        self._workers = workers
        self._embedder = embedder
        self._repository = repository
        self._wanted = wanted
        self._failed = failed
        self._rest_s = rest_s
        self._stop = CancelToken()
        self._touched = threading.Event()
        self._made: list[Callable[[], None]] = []
        self._pauses: list[Callable[[], None]] = []
        self._thread = threading.Thread(target=self._run, name="passages")

    def on_made(self, listener: Callable[[], None]) -> None:
        """Calls ``listener`` after passages were kept."""
        self._made.append(listener)

    def on_pause(self, listener: Callable[[], None]) -> None:
        """Calls ``listener`` about once a minute while there is nothing to do."""
        self._pauses.append(listener)

    def start(self) -> None:
        """Begins with what is left from the last time. After ``stop`` it begins nothing."""
        if not self._stop.cancelled:
            self._touched.set()
            self._thread.start()

    def touch(self) -> None:
        """Notes that something was written or may be done again."""
        self._touched.set()

    def stop(self) -> None:
        """Ends the thread; what is not kept yet is made anew the next time."""
        self._stop.cancel()
        self._touched.set()
        if self._thread.is_alive():
            self._thread.join()

    def make_some(self) -> bool:
        """Makes the passages of a few messages; whether there were any to make.

        Waits for the store thread and the embedder; not to be called on either.

        Raises:
            UserFacingError: The vault is not open, or the model cannot be used.
            Cancelled: ``stop`` was called.
        """
        repository = self._workers.on_store(self._repository).result()
        waiting = self._workers.on_store(lambda: repository.waiting(MESSAGES_AT_ONCE)).result()
        if not waiting:
            return False
        made = self._embedded(waiting)
        self._workers.on_store(lambda: repository.keep(made)).result()
        for listener in self._made:
            listener()
        return True

    def _embedded(self, waiting: list[Waiting]) -> list[tuple[Waiting, list[Passage]]]:
        places = [(each, *place) for each in waiting for place in passages_of(each.text)]
        made: dict[int, list[Passage]] = {each.message_id: [] for each in waiting}
        if places:
            texts = [each.text[start : start + length] for each, start, length in places]
            vectors = self._embedder.embed(texts, cancel=self._stop).result().vectors
            for (each, start, length), vector in zip(places, vectors, strict=True):
                made[each.message_id].append(Passage(start, length, to_bytes(vector)))
        return [(each, made[each.message_id]) for each in waiting]

    def _run(self) -> None:
        while not self._stop.cancelled:
            if not self._touched.wait(_PAUSE_S):
                for listener in self._pauses:
                    listener()
            self._touched.clear()
            # A write starts the rest anew; only then is there time.
            if self._stop.wait(self._rest_s) or self._touched.is_set():
                continue
            try:
                while self._wanted() and not self._touched.is_set() and self.make_some():
                    pass
            except Cancelled:
                continue
            except UserFacingError as error:
                if error.code != "vault_closed":
                    self._failed(error)
                    return
            except Exception as error:  # noqa: BLE001 - the job's edge: it is noted, search goes on
                self._failed(error)
                return
