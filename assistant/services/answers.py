"""An answer of a chat while it comes."""

from dataclasses import dataclass

from assistant.domain.conversation import Conversation, Message
from assistant.domain.errors import UserFacingError
from assistant.services.streams import EventStream, Reading, Text, Waiting

__all__ = [
    "Accepted",
    "Answer",
    "AnswerEvent",
    "Finished",
    "LeftOut",
    "NotSaved",
    "Reading",
    "Refused",
    "Text",
    "Waiting",
]


@dataclass(frozen=True, slots=True)
class Accepted:
    """The question is stored for good, and the answer's empty row beside it."""

    conversation: Conversation
    question: Message | None
    """None when an answer is regenerated or continued."""
    answer: Message


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The conversation is longer than the context: its oldest messages are no longer read."""

    messages: int


@dataclass(frozen=True, slots=True)
class NotSaved:
    """A save failed; the answer goes on and is saved again when it can be."""

    error: UserFacingError


@dataclass(frozen=True, slots=True)
class Finished:
    """The last event: the answer as it is stored now."""

    message: Message
    error: UserFacingError | None = None
    """Why it failed; None unless it did."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The last event when nothing could be stored: the words are still the composer's."""

    error: UserFacingError


AnswerEvent = Accepted | Waiting | Reading | Text | LeftOut | NotSaved | Finished | Refused


class Answer(EventStream[AnswerEvent]):
    """One answer under way."""

    def __init__(self) -> None:
        super().__init__((Finished, Refused))
