"""The history of temporary chats: made when it is first needed, gone when it is closed."""

from typing import TYPE_CHECKING

from assistant.domain.clock import Clock
from assistant.domain.ids import ConversationId
from assistant.store.history import HistoryRepository
from assistant.store.temporary import temporary_engine

if TYPE_CHECKING:
    from collections.abc import Callable


class TemporaryHistory:
    """Holds the one database in memory; on the store thread only.

    Args:
        clock: Gives the moments that are written.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._repository: HistoryRepository | None = None
        self._dispose: Callable[[], None] | None = None

    def repository(self) -> HistoryRepository:
        """The history; an empty one when there was none."""
        if self._repository is None:
            engine = temporary_engine()
            self._dispose = engine.dispose
            self._repository = HistoryRepository(engine, self._clock)
        return self._repository

    def ids(self) -> list[ConversationId]:
        """All chats in it."""
        if self._repository is None:
            return []
        found = self._repository.list_conversations(archived=False, unsent=True)
        return [chat.id for chat in found + self._repository.list_conversations(archived=True)]

    def close(self) -> None:
        """Forgets everything in it."""
        if self._dispose is not None:
            self._dispose()
        self._repository = self._dispose = None
