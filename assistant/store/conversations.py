"""The statements that read and write rows of chats, for repositories with a transaction.

What is said in a chat is the matter of ``store.messages`` and ``store.tree``.
"""

import uuid
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, or_, true, update
from sqlmodel import Session, col, select

from assistant.domain.conversation import Conversation
from assistant.domain.ids import ConversationId, MessageId
from assistant.store import tables
from assistant.store.grams import grams_of
from assistant.store.messages import copy_message, unknown_chat
from assistant.store.rows import storable, to_conversation

_SENT: Final = or_(
    col(tables.Conversation.active_leaf).is_not(None), col(tables.Conversation.title) != ""
)
"""Other rows hold the draft of a new chat, in which nothing was sent, and are no chats yet."""


def require_row(session: Session, conversation_id: ConversationId) -> tables.Conversation:
    """The row of a chat, also when it is in the trash.

    Raises:
        UserFacingError: There is none of this id (``chat_unknown``).
    """
    row = session.get(tables.Conversation, conversation_id)
    if row is None:
        raise unknown_chat()
    return row


def listed(session: Session, *, archived: bool, unsent: bool = False) -> list[Conversation]:
    """Either the archived chats or the others: pinned first, then by last message.

    Args:
        session: On the vault.
        archived: Which of them.
        unsent: Also what only holds the draft of a new chat.
    """
    query = (
        select(tables.Conversation)
        .where(
            col(tables.Conversation.deleted_at_us).is_(None),
            col(tables.Conversation.archived) == archived,
            true() if unsent else _SENT,
        )
        .order_by(
            col(tables.Conversation.pinned).desc(),
            col(tables.Conversation.updated_at_us).desc(),
            col(tables.Conversation.id).desc(),
        )
    )
    return [to_conversation(row) for row in session.exec(query)]


def trashed(session: Session) -> list[Conversation]:
    """Deleted chats that can still come back, last deleted first."""
    query = (
        select(tables.Conversation)
        .where(col(tables.Conversation.deleted_at_us).is_not(None), _SENT)
        .order_by(col(tables.Conversation.deleted_at_us).desc(), col(tables.Conversation.id).desc())
    )
    return [to_conversation(row) for row in session.exec(query)]


def set_fields(connection: Connection, conversation_id: ConversationId, **values: object) -> None:
    """Writes fields of a chat.

    Raises:
        UserFacingError: There is no such chat (``chat_unknown``).
    """
    changed = connection.execute(
        update(tables.Conversation)
        .where(col(tables.Conversation.id) == conversation_id)
        .values(**values)
    )
    if not changed.rowcount:
        raise unknown_chat()


def set_automatic_title(
    connection: Connection, conversation_id: ConversationId, title: str
) -> None:
    """Gives the chat a title unless the user has given one."""
    title = storable(title)
    connection.execute(
        update(tables.Conversation)
        .where(
            col(tables.Conversation.id) == conversation_id,
            col(tables.Conversation.title_is_automatic).is_(True),
        )
        .values(title=title, grams=grams_of(title))
    )


def copy_chat(
    session: Session, original: tables.Conversation, path: Sequence[MessageId], now_us: int
) -> tables.Conversation:
    """Adds a chat with copies of these messages, each below the one before it."""
    made = tables.Conversation(
        uid=uuid.uuid4().hex,
        title=f"{original.title} (branch)",
        title_is_automatic=original.title_is_automatic,
        created_at_us=now_us,
        updated_at_us=now_us,
        temporary=original.temporary,
        persona_id=original.persona_id,
        model=original.model,
        system_prompt=original.system_prompt,
        grams=original.grams,
    )
    session.add(made)
    session.flush()
    connection = session.connection()
    leaf: MessageId | None = None
    for source in path:
        leaf = copy_message(connection, source, ConversationId(made.id or 0), leaf)
    made.active_leaf = leaf
    return made
