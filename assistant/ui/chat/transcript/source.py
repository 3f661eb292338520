"""What the transcript asks of whoever keeps the messages; no Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from assistant.domain.ids import MessageId

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MessageHits:
    """How often a text occurs in one message."""

    message_id: MessageId
    count: int


class TranscriptSource(Protocol):
    """Answers later, on the GUI thread, so that the window never waits for the store."""

    def request_messages(self, ids: tuple[MessageId, ...]) -> None:
        """Asks for contents; they come back through ``TranscriptView.provide``."""
        ...

    def request_hits(self, text: str) -> None:
        """Asks where ``text`` occurs; answered through ``TranscriptView.provide_hits``."""
        ...


class Background(Protocol):
    """Runs work off the GUI thread."""

    def submit(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Runs ``work`` on another thread and hands its result to ``done`` on the GUI thread.

        ``done`` is not called when ``work`` raised, or when the window is gone.
        """
        ...
