"""A chat as a value of its own: no numbers of this vault, so it can go to another one."""

import hashlib
import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine
from sqlmodel import Session, col, select

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
from assistant.store import tables
from assistant.store.connection import raw_connection
from assistant.store.grams import grams_of
from assistant.store.messages import insert_message, read_messages, show
from assistant.store.rows import from_us, storable, to_us
from assistant.store.tree import MessageTree


@dataclass(frozen=True, slots=True)
class ExportedMessage:
    """One message of an exported chat.

    Args:
        parent: Place of the parent in ``ExportedConversation.messages``, always before this
            one; None at the start of the chat.
    """

    parent: int | None
    role: Role
    content: str
    status: MessageStatus
    created_at: datetime
    model: str = ""
    tier: str = ""
    route_reason: str = ""
    finish_reason: FinishReason | None = None
    numbers: MessageNumbers | None = None
    feedback: Feedback = Feedback.NONE
    error: str = ""
    pinned: bool = False


_CARRIED: Final = tuple(each.name for each in fields(ExportedMessage) if each.name != "parent")


@dataclass(frozen=True, slots=True)
class ExportedConversation:
    """A chat with all versions of its messages, in order of writing.

    Args:
        uid: 32 hex digits that the chat keeps wherever it goes.
        active_leaf: Place in ``messages`` of the end of the branch that is shown.
    """

    uid: str
    title: str
    title_is_automatic: bool
    created_at: datetime
    updated_at: datetime
    messages: tuple[ExportedMessage, ...]
    active_leaf: int | None = None
    pinned: bool = False
    archived: bool = False
    system_prompt: str = ""
    model: str = ""


def read_exported(connection: Connection, row: tables.Conversation) -> ExportedConversation:
    """The chat of a row with its tree; deleted messages are left out and seen through."""
    chat = ConversationId(row.id or 0)
    tree = MessageTree.of(raw_connection(connection), chat)
    messages = read_messages(connection, tree.ids)
    places = {message.id: place for place, message in enumerate(messages)}
    return ExportedConversation(
        uid=row.uid,
        title=row.title,
        title_is_automatic=row.title_is_automatic,
        created_at=from_us(row.created_at_us),
        updated_at=from_us(row.updated_at_us),
        messages=tuple(_exported(m, tree.parent(m.id), places) for m in messages),
        active_leaf=None if row.active_leaf is None else places.get(MessageId(row.active_leaf)),
        pinned=row.pinned,
        archived=row.archived,
        system_prompt=row.system_prompt,
        model=row.model,
    )


def write_all_exported(
    engine: Engine,
    chats: Sequence[ExportedConversation],
    on_next: Callable[[int], object] | None = None,
) -> list[ConversationId | None]:
    """Adds exported chats: all of them or, when something goes wrong, none.

    Args:
        engine: The vault.
        chats: What is added.
        on_next: Called with the place in ``chats`` before each; what it raises ends it.

    Returns:
        For each its id; of a chat in the trash that held all of it, which is taken out of there;
        or None if a chat holds all of it already.

    Raises:
        UserFacingError: The messages of one do not form a tree, or its uid is none
            (``import_invalid``).
    """
    added: list[ConversationId | None] = []
    with Session(engine) as session:
        for number, chat in enumerate(chats):
            if on_next is not None:
                on_next(number)
            added.append(_write_exported(session, chat))
        session.commit()
    return added


def _write_exported(session: Session, exported: ExportedConversation) -> ConversationId | None:
    """Adds an exported chat; the caller commits.

    A chat of the same uid that holds all its messages is not added again; when that lies in the
    trash it comes back. If the uid is taken by a chat without some of the messages, the import
    gets a uid that follows from its content, so that importing it once more finds it.
    """
    _check(exported)
    uid = exported.uid
    digests = _digests(exported.messages)
    row = _row_of(session, uid)
    while row is not None:
        present = _digests(read_exported(session.connection(), row).messages)
        if set(digests) <= set(present):
            return _bring_back(session, row)
        uid = hashlib.sha256("".join([uid, *digests]).encode()).hexdigest()[:32]
        row = _row_of(session, uid)
    return _add(session, exported, uid)


def _exported(
    message: Message, parent: int | None, places: dict[MessageId, int]
) -> ExportedMessage:
    place = None if parent is None else places[MessageId(parent)]
    return ExportedMessage(parent=place, **_carried(message))


def _carried(message: Message | ExportedMessage) -> dict[str, Any]:
    """The fields that a message keeps wherever it goes; nobody writes on it elsewhere."""
    carried = {name: getattr(message, name) for name in _CARRIED}
    if message.status is MessageStatus.WRITING:
        carried["status"] = MessageStatus.INTERRUPTED
    return carried


def _check(exported: ExportedConversation) -> None:
    count = len(exported.messages)
    sound = all(m.parent is None or 0 <= m.parent < i for i, m in enumerate(exported.messages))
    leaf = exported.active_leaf
    shown = leaf is None or 0 <= leaf < count
    named = len(exported.uid) == len(uuid.UUID(int=0).hex) and exported.uid.isalnum()
    if not (sound and shown and named):
        raise UserFacingError(
            "This chat cannot be imported: its messages do not follow from one another.",
            "Export it again from where it came from.",
            code="import_invalid",
        )


def _digests(messages: Sequence[ExportedMessage]) -> list[str]:
    """For each message a hash over itself and all that it follows."""
    digests: list[str] = []
    for m in messages:
        above = "" if m.parent is None else digests[m.parent]
        parts = [above, m.role.value, storable(m.content), to_us(m.created_at)]
        digests.append(hashlib.sha256(json.dumps(parts).encode()).hexdigest())
    return digests


def _row_of(session: Session, uid: str) -> tables.Conversation | None:
    return session.exec(
        select(tables.Conversation).where(col(tables.Conversation.uid) == uid)
    ).first()


def _bring_back(session: Session, row: tables.Conversation) -> ConversationId | None:
    if row.deleted_at_us is None:
        return None
    row.deleted_at_us = None
    session.add(row)
    session.flush()
    return ConversationId(row.id or 0)


def _add(session: Session, exported: ExportedConversation, uid: str) -> ConversationId:
    row = tables.Conversation(
        uid=uid,
        title=storable(exported.title),
        title_is_automatic=exported.title_is_automatic,
        created_at_us=to_us(exported.created_at),
        updated_at_us=to_us(exported.updated_at),
        pinned=exported.pinned,
        archived=exported.archived,
        model=storable(exported.model),
        system_prompt=storable(exported.system_prompt),
        grams=grams_of(exported.title),
    )
    session.add(row)
    session.flush()
    chat = ConversationId(row.id or 0)
    connection = session.connection()
    ids: list[MessageId] = []
    for message in exported.messages:
        parent = None if message.parent is None else ids[message.parent]
        ids.append(insert_message(connection, _message(message, chat, parent)))
    shown = None if exported.active_leaf is None else ids[exported.active_leaf]
    show(connection, chat, MessageTree.of(raw_connection(connection), chat).latest_below(shown))
    return chat


def _message(message: ExportedMessage, chat: ConversationId, parent: MessageId | None) -> Message:
    return Message(id=MessageId(0), conversation_id=chat, parent_id=parent, **_carried(message))
