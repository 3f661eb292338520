"""Between what SQLite holds and domain values."""

from datetime import UTC, datetime, timedelta
from typing import Final

from assistant.domain.conversation import Conversation
from assistant.domain.ids import ConversationId, MessageId, PersonaId
from assistant.store import tables

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
# A day inside of what a datetime can hold, so that it can be shown in every time zone.
_FIRST = datetime(1, 1, 2, tzinfo=UTC)
_LAST = datetime(9999, 12, 30, tzinfo=UTC)
FIRST_US: Final = (_FIRST - _EPOCH) // _MICROSECOND
LAST_US: Final = (_LAST - _EPOCH) // _MICROSECOND
"""Rows hold moments from ``FIRST_US`` to ``LAST_US``; others are read as the nearer of the two."""


def to_us(moment: datetime) -> int:
    """Whole microseconds since 1970 UTC, exact also before it.

    Args:
        moment: Must carry a time zone.
    """
    return (moment - _EPOCH) // _MICROSECOND


def from_us(us: int) -> datetime:
    """The moment in UTC; one outside the calendar is read as its first or last day.

    No such row is ever written, but one that came to be must not make its chat unreadable.
    """
    return _EPOCH + timedelta(microseconds=min(max(us, FIRST_US), LAST_US))


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
