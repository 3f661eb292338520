"""Where engines leave what they computed for conversations beyond the memory."""

from typing import Protocol


class StateShelf(Protocol):
    """Keeps states beyond the memory, encrypted; called on the engine's thread."""

    def put(self, cache_key: str, variant: str, data: bytes) -> None:
        """Keeps ``data``, in place of what was there under both names; returns at once."""
        ...

    def get(self, cache_key: str, variant: str) -> bytes | None:
        """What was kept, or None where it is not there or cannot be trusted."""
        ...

    def drop(self, cache_key: str) -> None:
        """Keeps nothing of this conversation any longer, in any variant."""
        ...
