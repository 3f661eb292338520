"""The JSON form of exported chats: read strictly, written completely.

A file is one object: ``format`` is ``lamplight-chats``, ``version`` is 1, ``conversations`` a
list. A message's ``parent`` is the place of its parent in the chat's list of messages.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from assistant.domain.conversation import (
    Feedback,
    FinishReason,
    MessageNumbers,
    MessageStatus,
    Role,
)
from assistant.domain.errors import UserFacingError
from assistant.store.transfer import ExportedConversation, ExportedMessage

_MOST_TOKENS = 2**53


def _in_utc(moment: datetime) -> datetime:
    """The moment as it is stored; one that leaves the calendar there could not be read again."""
    try:
        return moment.astimezone(UTC)
    except (OverflowError, OSError, ValueError):
        msg = "the moment lies outside the calendar"
        raise ValueError(msg) from None


_Moment = Annotated[datetime, AfterValidator(_in_utc)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Numbers(_Part):
    prompt_tokens: int = Field(ge=0, le=_MOST_TOKENS)
    completion_tokens: int = Field(ge=0, le=_MOST_TOKENS)
    ttft_ms: float = Field(ge=0, allow_inf_nan=False)
    tokens_per_second: float = Field(ge=0, allow_inf_nan=False)
    cached_tokens: int = Field(default=0, ge=0, le=_MOST_TOKENS)


class _Message(_Part):
    parent: int | None
    role: Role
    text: str
    time: _Moment
    status: MessageStatus = MessageStatus.COMPLETE
    model: str = ""
    tier: str = ""
    route_reason: str = ""
    finish_reason: FinishReason | None = None
    numbers: _Numbers | None = None
    feedback: Feedback = Feedback.NONE
    error: str = ""
    pinned: bool = False

    @classmethod
    def of(cls, message: ExportedMessage) -> "_Message":
        numbers = message.numbers
        return cls(
            parent=message.parent,
            role=message.role,
            text=message.content,
            time=message.created_at,
            status=message.status,
            model=message.model,
            tier=message.tier,
            route_reason=message.route_reason,
            finish_reason=message.finish_reason,
            numbers=numbers and _Numbers.model_validate(numbers, from_attributes=True),
            feedback=message.feedback,
            error=message.error,
            pinned=message.pinned,
        )

    def value(self) -> ExportedMessage:
        numbers = self.numbers
        # A message that was being written where it was exported is nobody's work here.
        writing = self.status is MessageStatus.WRITING
        return ExportedMessage(
            parent=self.parent,
            role=self.role,
            content=self.text,
            status=MessageStatus.INTERRUPTED if writing else self.status,
            created_at=self.time,
            model=self.model,
            tier=self.tier,
            route_reason=self.route_reason,
            finish_reason=self.finish_reason,
            numbers=numbers and MessageNumbers(**numbers.model_dump()),
            feedback=self.feedback,
            error=self.error,
            pinned=self.pinned,
        )


class _Conversation(_Part):
    uid: str = Field(pattern=r"^[0-9a-f]{32}$")
    title: str
    title_is_automatic: bool = False
    created: _Moment
    updated: _Moment
    pinned: bool = False
    archived: bool = False
    system_prompt: str = ""
    model: str = ""
    active_leaf: int | None = None
    messages: list[_Message]

    @model_validator(mode="after")
    def _is_a_tree(self) -> Self:
        """Here as well as in the store, so that a file is refused before any chat is added."""
        count = len(self.messages)
        parents = [message.parent for message in self.messages]
        sound = all(p is None or 0 <= p < place for place, p in enumerate(parents))
        if not sound or not (self.active_leaf is None or 0 <= self.active_leaf < count):
            msg = "the messages do not follow from one another"
            raise ValueError(msg)
        return self

    @classmethod
    def of(cls, chat: ExportedConversation) -> "_Conversation":
        return cls(
            uid=chat.uid,
            title=chat.title,
            title_is_automatic=chat.title_is_automatic,
            created=chat.created_at,
            updated=chat.updated_at,
            pinned=chat.pinned,
            archived=chat.archived,
            system_prompt=chat.system_prompt,
            model=chat.model,
            active_leaf=chat.active_leaf,
            messages=[_Message.of(message) for message in chat.messages],
        )

    def value(self) -> ExportedConversation:
        return ExportedConversation(
            uid=self.uid,
            title=self.title,
            title_is_automatic=self.title_is_automatic,
            created_at=self.created,
            updated_at=self.updated,
            messages=tuple(message.value() for message in self.messages),
            active_leaf=self.active_leaf,
            pinned=self.pinned,
            archived=self.archived,
            system_prompt=self.system_prompt,
            model=self.model,
        )


class _File(_Part):
    format: Literal["lamplight-chats"] = "lamplight-chats"
    version: Literal[1] = 1
    conversations: list[_Conversation]


def write_file(chats: Sequence[ExportedConversation]) -> str:
    """The JSON text of these chats."""
    content = _File(conversations=[_Conversation.of(chat) for chat in chats])
    return content.model_dump_json(indent=1)


def read_file(text: str) -> list[ExportedConversation]:
    """The chats of a JSON text.

    Raises:
        UserFacingError: It is not such a file; says where it goes wrong, never what stands there.
    """
    try:
        content = _File.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "its beginning"
        raise UserFacingError(
            f"This is not a file of chats that can be imported (at {place}).",
            "Choose a JSON file that Lamplight exported.",
            code="import_invalid",
        ) from None
    return [chat.value() for chat in content.conversations]
