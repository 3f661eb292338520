"""Conversations and their messages, as values.

The messages of a conversation form a tree: an edited question or a regenerated answer is a
sibling of the one that it replaces, under the same parent. ``Conversation.active_leaf`` names
the end of the branch that is shown; the shown messages are the ancestors of that leaf.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from assistant.domain.ids import ConversationId, MessageId, PersonaId

PLANNER: Final = "Planner"
"""In the place of a model's name: the planner said it, by the plan and not by a model."""


class Role(StrEnum):
    """Who speaks."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


class MessageStatus(StrEnum):
    """How far a message has come."""

    COMPLETE = "complete"
    WRITING = "writing"
    """Being generated now; found after a crash it is shown as INTERRUPTED."""
    STOPPED = "stopped"
    """The user stopped it; the text so far is kept."""
    INTERRUPTED = "interrupted"
    """The application ended while it was written; the text so far is kept."""
    FAILED = "failed"


class Feedback(StrEnum):
    """The user's thumb."""

    NONE = "none"
    UP = "up"
    DOWN = "down"


class FinishReason(StrEnum):
    """Why an answer ended."""

    STOP = "stop"
    LENGTH = "length"
    CANCELLED = "cancelled"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class MessageNumbers:
    """What one answer cost, measured by the engine."""

    prompt_tokens: int
    completion_tokens: int
    ttft_ms: float
    """From the request reaching the engine to its first text."""
    tokens_per_second: float
    """Completion tokens after the first, over the time they took."""
    cached_tokens: int = 0
    """Prompt tokens that were still in the prompt cache and not computed again."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message as stored."""

    id: MessageId
    conversation_id: ConversationId
    parent_id: MessageId | None
    role: Role
    content: str
    status: MessageStatus
    created_at: datetime
    model: str = ""
    """Display name of the model that wrote it; empty for the user's words."""
    tier: str = ""
    route_reason: str = ""
    finish_reason: FinishReason | None = None
    numbers: MessageNumbers | None = None
    feedback: Feedback = Feedback.NONE
    error: str = ""
    pinned: bool = False
    """A pinned message stays in the prompt when older ones are left out."""


@dataclass(frozen=True, slots=True)
class MessageOutline:
    """What the list of messages needs before it loads their text."""

    id: MessageId
    role: Role
    characters: int
    versions: tuple[MessageId, ...]
    """All siblings in order of creation, this one included; one entry if there is no other."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One chat, without its messages."""

    id: ConversationId
    title: str
    created_at: datetime
    updated_at: datetime
    pinned: bool = False
    archived: bool = False
    temporary: bool = False
    """Lives in memory only and is gone when it is closed."""
    persona_id: PersonaId | None = None
    system_prompt: str = ""
    model: str = ""
    """Id of the model last used in it; empty for the default."""
    active_leaf: MessageId | None = None
    title_is_automatic: bool = True
    deleted_at: datetime | None = None
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the oldest part of a chat said, in few words.

    Args:
        conversation_id: The chat.
        upto: The last message that it stands for, those before it included.
        content: The words.
        in_use: Whether the model reads it in their place; the user may switch it off.
    """

    conversation_id: ConversationId
    upto: MessageId
    content: str
    in_use: bool = True


@dataclass(frozen=True, slots=True)
class Persona:
    """A named system prompt."""

    id: PersonaId
    name: str
    system_prompt: str
    builtin: bool = False


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One result of a search over everything.

    Args:
        conversation_id: The chat it is in.
        message_id: The message, or None when the title matched.
        role: Who said it; SYSTEM stands for a title.
        title: Title of the chat.
        snippet: Plain text around the match.
        marks: (start, end) character offsets into ``snippet`` of the matched words.
        time: When the message was written.
        by_meaning: It says in other words what was searched for; nothing in it is marked.
    """

    conversation_id: ConversationId
    message_id: MessageId | None
    role: Role
    title: str
    snippet: str
    marks: tuple[tuple[int, int], ...]
    time: datetime
    by_meaning: bool = False
