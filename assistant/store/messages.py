"""The statements that read and write rows of messages, for repositories with a transaction.

They are plain SQL: appending and saving while an answer grows are on the path of every word.
"""

import json
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection

from assistant.domain.conversation import (
    Feedback,
    FinishReason,
    Message,
    MessageNumbers,
    MessageStatus,
    Role,
)
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConversationId, MessageId
from assistant.store.grams import grams_of
from assistant.store.rows import from_us, storable, to_us

# The ids come as a JSON array, so that one prepared statement serves any number of them.
_READ: Final = """
    SELECT id, conversation_id, parent_id, role, content, status, created_at_us, model, tier,
        route_reason, finish_reason, prompt_tokens, completion_tokens, ttft_ms,
        tokens_per_second, cached_tokens, feedback, error, pinned
    FROM message
    WHERE id IN (SELECT value FROM json_each(?)) AND (? OR deleted_at_us IS NULL)
"""
_INSERT: Final = """
    INSERT INTO message (conversation_id, parent_id, role, status, feedback, created_at_us,
        characters, pinned, finish_reason, prompt_tokens, completion_tokens, ttft_ms,
        tokens_per_second, cached_tokens, model, tier, route_reason, error, content, grams)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_COPY: Final = """
    INSERT INTO message (conversation_id, parent_id, role, status, created_at_us, characters,
        pinned, finish_reason, prompt_tokens, completion_tokens, ttft_ms, tokens_per_second,
        cached_tokens, model, tier, route_reason, error, content, grams)
    SELECT ?, ?, role, CASE status WHEN 'writing' THEN 'interrupted' ELSE status END,
        created_at_us, characters, pinned, finish_reason, prompt_tokens, completion_tokens,
        ttft_ms, tokens_per_second, cached_tokens, model, tier, route_reason, error, content,
        grams
    FROM message WHERE id = ?
"""
_FINISH: Final = """
    UPDATE message SET content = ?, characters = ?, grams = ?, status = ?, finish_reason = ?,
        prompt_tokens = ?, completion_tokens = ?, ttft_ms = ?, tokens_per_second = ?,
        cached_tokens = ?, error = ?
    WHERE id = ?
"""


def unknown_chat() -> UserFacingError:
    """What to say when a chat was forgotten, or never was."""
    return UserFacingError(
        "This chat is not there any more.", "Choose another from the list.", code="chat_unknown"
    )


def unknown_message() -> UserFacingError:
    """What to say when a message was deleted or forgotten, or never was."""
    return UserFacingError("This message is not there any more.", code="message_unknown")


def read_messages(
    connection: Connection, ids: Sequence[MessageId], *, deleted_too: bool = False
) -> list[Message]:
    """Messages in the order asked for; those that are unknown or deleted are left out."""
    if not ids:
        return []
    rows = connection.exec_driver_sql(_READ, (json.dumps(ids), deleted_too))
    found: dict[MessageId, Message] = {row[0]: _to_message(row) for row in rows}
    return [found[message_id] for message_id in ids if message_id in found]


def read_one(
    connection: Connection, message_id: MessageId, *, deleted_too: bool = False
) -> Message:
    """One message.

    Raises:
        UserFacingError: It is not there (``message_unknown``).
    """
    found = read_messages(connection, [message_id], deleted_too=deleted_too)
    if not found:
        raise unknown_message()
    return found[0]


def insert_message(connection: Connection, message: Message) -> MessageId:
    """Adds a row for a message; its ``id`` is not looked at, the new one is returned."""
    content = storable(message.content)
    reason = message.finish_reason
    values = (
        message.conversation_id,
        message.parent_id,
        message.role.value,
        message.status.value,
        message.feedback.value,
        to_us(message.created_at),
        len(content),
        message.pinned,
        None if reason is None else reason.value,
        *_costs(message.numbers),
        storable(message.model),
        storable(message.tier),
        storable(message.route_reason),
        storable(message.error),
        content,
        grams_of(content),
    )
    return MessageId(connection.exec_driver_sql(_INSERT, values).lastrowid or 0)


def copy_message(
    connection: Connection, source: MessageId, chat: ConversationId, parent: MessageId | None
) -> MessageId:
    """Copies a message without its thumb into another chat."""
    copied = connection.exec_driver_sql(_COPY, (chat, parent, source)).lastrowid
    return MessageId(copied or 0)


def finish(
    connection: Connection,
    message_id: MessageId,
    content: str,
    status: MessageStatus,
    end: tuple[FinishReason | None, MessageNumbers | None, str],
) -> None:
    """Writes the last state of an answer: its text, and why it ended, its cost, its error."""
    reason, numbers, error = end
    content = storable(content)
    values = (content, len(content), grams_of(content), status.value)
    why = None if reason is None else reason.value
    connection.exec_driver_sql(
        _FINISH, (*values, why, *_costs(numbers), storable(error), message_id)
    )


def require_parent(
    connection: Connection, conversation_id: ConversationId, parent_id: MessageId
) -> None:
    """Checks that a message may go below ``parent_id``, which may be deleted itself.

    Raises:
        UserFacingError: It is not in this chat (``message_unknown``).
    """
    chat = connection.exec_driver_sql(
        "SELECT conversation_id FROM message WHERE id = ?", (parent_id,)
    ).scalar()
    if chat != conversation_id:
        raise unknown_message()


def active_leaf(connection: Connection, conversation_id: ConversationId) -> MessageId | None:
    """The end of what is shown of a chat.

    Raises:
        UserFacingError: There is no such chat (``chat_unknown``).
    """
    row = connection.exec_driver_sql(
        "SELECT active_leaf FROM conversation WHERE id = ?", (conversation_id,)
    ).one_or_none()
    if row is None:
        raise unknown_chat()
    return row[0]


def show(connection: Connection, conversation_id: ConversationId, leaf: MessageId | None) -> None:
    """Makes ``leaf`` the end of what is shown of a chat."""
    connection.exec_driver_sql(
        "UPDATE conversation SET active_leaf = ? WHERE id = ?", (leaf, conversation_id)
    )


def touch(connection: Connection, conversation_id: ConversationId, now_us: int) -> None:
    """Notes when a chat last changed.

    Raises:
        UserFacingError: There is no such chat (``chat_unknown``).
    """
    changed = connection.exec_driver_sql(
        "UPDATE conversation SET updated_at_us = ? WHERE id = ?", (now_us, conversation_id)
    )
    if not changed.rowcount:
        raise unknown_chat()


def _costs(numbers: MessageNumbers | None) -> tuple[int | float | None, ...]:
    if numbers is None:
        return (None,) * 5
    return (
        numbers.prompt_tokens,
        numbers.completion_tokens,
        numbers.ttft_ms,
        numbers.tokens_per_second,
        numbers.cached_tokens,
    )


def _to_message(row: Sequence[Any]) -> Message:
    return Message(
        id=row[0],
        conversation_id=row[1],
        parent_id=row[2],
        role=Role(row[3]),
        content=row[4],
        status=MessageStatus(row[5]),
        created_at=from_us(row[6]),
        model=row[7],
        tier=row[8],
        route_reason=row[9],
        finish_reason=None if row[10] is None else FinishReason(row[10]),
        numbers=None if row[11] is None else MessageNumbers(*row[11:16]),
        feedback=Feedback(row[16]),
        error=row[17],
        pinned=bool(row[18]),
    )
