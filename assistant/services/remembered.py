"""What was computed for chats, in the engine and on the disk: it lives and goes with them."""

from collections.abc import Sequence

from assistant.domain.ids import ConversationId
from assistant.engine.base import Engine
from assistant.store.state_shelf import SHELF_PURPOSE, StateShelf
from assistant.store.vault import Vault


def cache_key(conversation_id: ConversationId) -> str:
    """Under which the engine keeps what it computed for a chat."""
    return f"conversation-{conversation_id}"


class Remembered:
    """Keeps the engine's memory and the shelf in step with the vault; on the store thread.

    Args:
        shelf: On the disk; nothing is put there while the vault is closed.
    """

    def __init__(self, shelf: StateShelf) -> None:
        self.shelf = shelf
        self._engine: Engine | None = None

    def attach(self, engine: Engine) -> None:
        """Names the engine, which is made with the shelf."""
        self._engine = engine

    def opened(self, vault: Vault) -> None:
        """The vault is open: what its chats left on the shelf can be found."""
        self.shelf.unlock(vault.derived_key(SHELF_PURPOSE))

    def closing(self) -> None:
        """The vault is about to be closed: what waits is written, and the keys are let go."""
        self.shelf.lock()

    def replaced(self) -> None:
        """Another history takes the place of this one."""
        self.shelf.clear()

    def forget(self, ids: Sequence[ConversationId]) -> None:
        """Drops all that was computed for these chats; to be called before they are deleted.

        Raises:
            EnvironmentProblem: A file of it cannot be deleted.
        """
        for chat_id in ids:
            self.shelf.forget(cache_key(chat_id))
            if self._engine is not None:
                # Not waited for: the shelf takes nothing of it any more, and closing the
                # engine drops the rest.
                self._engine.forget(cache_key(chat_id))
