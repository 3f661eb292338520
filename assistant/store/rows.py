"""Between what SQLite holds and domain values."""

from datetime import UTC, datetime, timedelta

from assistant.domain.conversation import Conversation
from assistant.domain.ids import ConversationId, MessageId, PersonaId
from assistant.store import tables

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_us(moment: datetime) -> int:
    """Whole microseconds since 1970 UTC, exact also before it.

    Args:
        moment: Must carry a time zone.
    """
    return (moment - _EPOCH) // _MICROSECOND


def from_us(us: int) -> datetime:
    """The moment in UTC."""
    return _EPOCH + timedelta(microseconds=us)


def storable(text: str) -> str:
    """The text as SQLite can hold it: a half surrogate, which is no character, becomes U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def to_conversation(row: tables.Conversation) -> Conversation:
    """The chat that a row describes."""
    return Conversation(
        id=ConversationId(row.id or 0),
        title=row.title,
        created_at=from_us(row.created_at_us),
        updated_at=from_us(row.updated_at_us),
        pinned=row.pinned,
        archived=row.archived,
        temporary=row.temporary,
        persona_id=None if row.persona_id is None else PersonaId(row.persona_id),
        system_prompt=row.system_prompt,
        model=row.model,
        active_leaf=None if row.active_leaf is None else MessageId(row.active_leaf),
        title_is_automatic=row.title_is_automatic,
        deleted_at=None if row.deleted_at_us is None else from_us(row.deleted_at_us),
        draft=row.draft,
    )
