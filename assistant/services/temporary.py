"""The history of temporary chats: made when it is first needed, gone when it is closed."""

from typing import TYPE_CHECKING

from assistant.domain.clock import Clock
from assistant.store.history import HistoryRepository
from assistant.store.temporary import temporary_engine

if TYPE_CHECKING:
    from sqlalchemy import Engine


class TemporaryHistory:
    """Holds the one database in memory; on the store thread only.

    Args:
        clock: Gives the moments that are written.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._opened: tuple[HistoryRepository, Engine] | None = None

    def repository(self) -> HistoryRepository:
        """The history; an empty one when there was none."""
        if self._opened is None:
            engine = temporary_engine()
            self._opened = (HistoryRepository(engine, self._clock), engine)
        return self._opened[0]

    def close(self) -> None:
        """Forgets everything in it."""
        if self._opened is not None:
            self._opened[1].dispose()
            self._opened = None
