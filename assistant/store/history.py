"""Chats and their messages in the vault.

Every method blocks, opens one short transaction and is called from the store thread. Ids of
messages define their order; moments are for reading only, because clocks are set back.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from assistant.domain.clock import Clock
from assistant.domain.conversation import (
    Conversation,
    Feedback,
    FinishReason,
    Message,
    MessageNumbers,
    MessageOutline,
    MessageStatus,
    Role,
)
from assistant.domain.ids import ConversationId, MessageId, PersonaId
from assistant.store import conversations, tables
from assistant.store.connection import raw_connection
from assistant.store.forget import Forgotten, chats, expired, numbers_of, scrub
from assistant.store.grams import grams_of
from assistant.store.messages import (
    active_leaf,
    finish,
    insert_message,
    read_messages,
    read_one,
    require_parent,
    show,
    touch,
    unknown_message,
)
from assistant.store.rows import storable, to_conversation, to_us
from assistant.store.summaries import SummaryRepository
from assistant.store.transfer import (
    ExportedConversation,
    read_exported,
    write_all_exported,
)
from assistant.store.tree import MessageTree

_DAY_US = 86_400_000_000


@dataclass(frozen=True, slots=True)
class HistoryCounts:
    """How much there is, deleted but not yet forgotten things included."""

    conversations: int
    messages: int


class HistoryRepository:
    """Chats and their messages.

    Args:
        engine: Of an open vault whose schema is current.
        clock: Gives the moments that are written.
    """

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def now(self) -> datetime:
        """The moment that a write would carry now."""
        return self._clock.now()

    # Chats

    def create_conversation(
        self,
        *,
        title: str = "",
        persona_id: PersonaId | None = None,
        system_prompt: str = "",
        model: str = "",
        temporary: bool = False,
    ) -> Conversation:
        """A new, empty chat. A title that is given counts as the user's own.

        ``temporary`` is only noted here: the caller picks a repository that is in memory.
        """
        now = self._now_us()
        row = tables.Conversation(
            uid=uuid.uuid4().hex,
            title=storable(title),
            title_is_automatic=not title,
            created_at_us=now,
            updated_at_us=now,
            temporary=temporary,
            persona_id=persona_id,
            model=model,
            system_prompt=storable(system_prompt),
            grams=grams_of(title),
        )
        with Session(self._engine) as session:
            session.add(row)
            session.commit()
            return to_conversation(row)

    def get(self, conversation_id: ConversationId) -> Conversation:
        """The chat, also when it is in the trash.

        Raises:
            UserFacingError: There is none of this id (``chat_unknown``).
        """
        with Session(self._engine) as session:
            return to_conversation(conversations.require_row(session, conversation_id))

    def list_conversations(
        self, *, archived: bool = False, unsent: bool = False
    ) -> list[Conversation]:
        """Either the archived chats or the others: pinned first, then by last message.

        Args:
            archived: Which of them.
            unsent: Also rows that only hold the draft of a new chat; they are no chats yet.
        """
        with Session(self._engine) as session:
            return conversations.listed(session, archived=archived, unsent=unsent)

    def list_trashed(self) -> list[Conversation]:
        """Deleted chats that can still come back, last deleted first."""
        with Session(self._engine) as session:
            return conversations.trashed(session)

    def rename(self, conversation_id: ConversationId, title: str) -> Conversation:
        """Gives the chat a title that is no longer replaced by an automatic one."""
        title = storable(title)
        self._set(conversation_id, title=title, grams=grams_of(title), title_is_automatic=False)
        return self.get(conversation_id)

    def set_automatic_title(self, conversation_id: ConversationId, title: str) -> Conversation:
        """Gives the chat a title unless the user has given one."""
        with self._engine.begin() as connection:
            conversations.set_automatic_title(connection, conversation_id, title)
        return self.get(conversation_id)

    def set_pinned(self, conversation_id: ConversationId, *, pinned: bool) -> None:
        """Keeps the chat at the top of the list, or no longer."""
        self._set(conversation_id, pinned=pinned)

    def set_archived(self, conversation_id: ConversationId, *, archived: bool) -> None:
        """Takes the chat out of the list (it is still found by search), or back."""
        self._set(conversation_id, archived=archived)

    def set_persona(
        self, conversation_id: ConversationId, persona_id: PersonaId | None, system_prompt: str
    ) -> None:
        """Sets who answers; ``system_prompt`` is what is sent, the persona is its origin."""
        self._set(conversation_id, persona_id=persona_id, system_prompt=storable(system_prompt))

    def set_model(self, conversation_id: ConversationId, model: str) -> None:
        """Remembers the id of the model last used."""
        self._set(conversation_id, model=model)

    def set_draft(self, conversation_id: ConversationId, draft: str) -> None:
        """Keeps what stands in the composer; ``Conversation.draft`` reads it."""
        self._set(conversation_id, draft=storable(draft))

    def trash(self, conversation_id: ConversationId) -> None:
        """Deletes the chat so that ``restore`` can bring it back."""
        self._set(conversation_id, deleted_at_us=self._now_us())

    def restore(self, conversation_id: ConversationId) -> None:
        """Takes the chat out of the trash."""
        self._set(conversation_id, deleted_at_us=None)

    def branch(self, conversation_id: ConversationId, message_id: MessageId) -> Conversation:
        """A new chat with a copy of everything from the start to this message.

        Thumbs are not copied: each was given once. The text of an answer that is being written
        is copied as far as it is.
        """
        with Session(self._engine) as session:
            original = conversations.require_row(session, conversation_id)
            path = self._tree(session.connection(), conversation_id, message_id).path(message_id)
            made = conversations.copy_chat(session, original, path, self._now_us())
            session.commit()
            return to_conversation(made)

    # The messages, written

    def add_message(  # noqa: PLR0913 - the fields of a message
        self,
        conversation_id: ConversationId,
        parent_id: MessageId | None,
        role: Role,
        content: str,
        status: MessageStatus,
        *,
        model: str = "",
        tier: str = "",
        route_reason: str = "",
    ) -> Message:
        """Adds a message below ``parent_id`` and shows it: it becomes the active leaf.

        On return it is on the disk. A second child of the same parent is another version.

        Raises:
            UserFacingError: The chat is not there (``chat_unknown``), or the parent is not in
                it (``message_unknown``).
        """
        message = Message(
            id=MessageId(0),
            conversation_id=conversation_id,
            parent_id=parent_id,
            role=role,
            content=storable(content),
            status=status,
            created_at=self.now(),
            model=model,
            tier=tier,
            route_reason=route_reason,
        )
        with self._engine.begin() as connection:
            touch(connection, conversation_id, to_us(message.created_at))
            if parent_id is not None:
                require_parent(connection, conversation_id, parent_id)
            added = insert_message(connection, message)
            show(connection, conversation_id, added)
        return replace(message, id=added)

    def update_writing(self, message_id: MessageId, content: str) -> None:
        """Saves the text so far of an answer that is being written; others are left alone."""
        content = storable(content)
        with self._engine.begin() as connection:
            connection.exec_driver_sql(
                "UPDATE message SET content = ?, characters = ? "
                "WHERE id = ? AND status = 'writing'",
                (content, len(content), message_id),
            )

    def finish_message(
        self,
        message_id: MessageId,
        content: str,
        status: MessageStatus,
        finish_reason: FinishReason | None = None,
        numbers: MessageNumbers | None = None,
        error: str = "",
    ) -> Message:
        """Saves an answer that has ended, and lets search find it.

        Raises:
            UserFacingError: The message was forgotten meanwhile (``message_unknown``).
        """
        with self._engine.begin() as connection:
            finish(connection, message_id, content, status, (finish_reason, numbers, error))
            # Deleted while it was written, it is finished as well: it may be restored.
            message = read_one(connection, message_id, deleted_too=True)
            touch(connection, message.conversation_id, self._now_us())
            return message

    def reopen(self, message_id: MessageId) -> Message:
        """Makes an answer one that is being written again, to be continued."""
        return self._change(
            message_id,
            "UPDATE message SET status = 'writing', finish_reason = NULL, error = '' WHERE id = ?",
        )

    def replace_text(self, message_id: MessageId, content: str) -> Message:
        """Corrects a text in place, without a new version."""
        content = storable(content)
        return self._change(
            message_id,
            "UPDATE message SET content = ?, characters = ?, grams = ? WHERE id = ?",
            (content, len(content), grams_of(content)),
        )

    def set_source(
        self, message_id: MessageId, *, model: str, tier: str = "", route_reason: str = ""
    ) -> Message:
        """Notes which model writes an answer, and why it was chosen."""
        return self._change(
            message_id,
            "UPDATE message SET model = ?, tier = ?, route_reason = ? WHERE id = ?",
            (model, tier, route_reason),
        )

    def set_feedback(self, message_id: MessageId, feedback: Feedback) -> None:
        """Keeps the user's thumb."""
        self._change(message_id, "UPDATE message SET feedback = ? WHERE id = ?", (feedback.value,))

    def set_message_pinned(self, message_id: MessageId, *, pinned: bool) -> None:
        """Keeps a message in the prompt when older ones are left out."""
        self._change(message_id, "UPDATE message SET pinned = ? WHERE id = ?", (pinned,))

    def delete_message(self, message_id: MessageId) -> Conversation:
        """Takes a message out; what is below it moves up to its parent. Can be undone.

        When it was the end of what is shown, the newest branch above it is shown instead.
        """
        with self._engine.begin() as connection:
            chat = read_one(connection, message_id).conversation_id
            connection.exec_driver_sql(
                "UPDATE message SET deleted_at_us = ? WHERE id = ?", (self._now_us(), message_id)
            )
            leaf = active_leaf(connection, chat)
            if leaf == message_id:
                tree = MessageTree.of(raw_connection(connection), chat)
                leaf = tree.latest_below(tree.parent(message_id))
                show(connection, chat, leaf)
        return self.get(chat)

    def restore_message(self, message_id: MessageId) -> Conversation:
        """Takes the deletion of a message back, and shows a branch that it is on.

        Raises:
            UserFacingError: It was forgotten for good (``message_unknown``).
        """
        with self._engine.begin() as connection:
            connection.exec_driver_sql(
                "UPDATE message SET deleted_at_us = NULL WHERE id = ?", (message_id,)
            )
            chat = read_one(connection, message_id).conversation_id
            tree = MessageTree.of(raw_connection(connection), chat)
            if message_id not in tree.path(active_leaf(connection, chat)):
                show(connection, chat, tree.latest_below(message_id))
        return self.get(chat)

    def select_version(
        self, conversation_id: ConversationId, message_id: MessageId
    ) -> Conversation:
        """Shows the branch through this message, down to what was last written below it."""
        with self._engine.begin() as connection:
            tree = self._tree(connection, conversation_id, message_id)
            show(connection, conversation_id, tree.latest_below(message_id))
        return self.get(conversation_id)

    def mark_interrupted(self) -> int:
        """Ends answers that an earlier run left unfinished; their text is kept.

        Returns:
            How many there were.
        """
        with self._engine.begin() as connection:
            found = connection.exec_driver_sql(
                "SELECT id, content FROM message WHERE status = 'writing'"
            ).all()
            for message_id, content in found:
                connection.exec_driver_sql(
                    "UPDATE message SET status = 'interrupted', grams = ? WHERE id = ?",
                    (grams_of(content), message_id),
                )
        return len(found)

    # The messages, read

    def outline(self, conversation_id: ConversationId) -> tuple[MessageOutline, ...]:
        """What the list needs of all shown messages; reads no text."""
        with self._engine.connect() as connection:
            leaf = active_leaf(connection, conversation_id)
            return MessageTree.of(raw_connection(connection), conversation_id).outline(leaf)

    def messages(self, ids: Sequence[MessageId]) -> list[Message]:
        """Messages in the order asked for; deleted and unknown ones are left out."""
        with self._engine.connect() as connection:
            return read_messages(connection, ids)

    def path(self, conversation_id: ConversationId, upto: MessageId | None = None) -> list[Message]:
        """The messages from the first to ``upto``, or to the end of what is shown."""
        with self._engine.connect() as connection:
            leaf = active_leaf(connection, conversation_id) if upto is None else upto
            tree = MessageTree.of(raw_connection(connection), conversation_id)
            return read_messages(connection, tree.path(leaf))

    def counts(self) -> HistoryCounts:
        """How many rows there are."""
        with self._engine.connect() as connection:
            chats = connection.exec_driver_sql("SELECT count(*) FROM conversation").scalar_one()
            messages = connection.exec_driver_sql("SELECT count(*) FROM message").scalar_one()
        return HistoryCounts(chats, messages)

    @property
    def summaries(self) -> SummaryRepository:
        """What the oldest parts of chats said."""
        return SummaryRepository(self._engine)

    # For good, and to other places

    def forget(self, ids: Sequence[ConversationId]) -> Forgotten:
        """Removes chats for good; see ``store.forget`` for what that means.

        Returns:
            What ``store.forget.scrub`` needs to remove them from a backup as well.

        Raises:
            EnvironmentProblem: As ``store.forget.scrub``.
        """
        return self._forget(chats(self._engine, ids))

    def with_expired(self, days: int) -> list[ConversationId]:
        """The chats of which ``forget_expired`` removes all or a part."""
        return numbers_of(self._engine, expired(self._engine, self._now_us() - days * _DAY_US))

    def forget_expired(self, days: int) -> Forgotten:
        """Removes for good what was deleted ``days`` days ago or earlier, chats and messages."""
        limit = self._now_us() - days * _DAY_US
        return self._forget(expired(self._engine, limit))

    def export_conversation(self, conversation_id: ConversationId) -> ExportedConversation:
        """The chat with its whole tree, all versions included, deleted messages left out."""
        with Session(self._engine) as session:
            row = conversations.require_row(session, conversation_id)
            return read_exported(session.connection(), row)

    def import_conversation(self, exported: ExportedConversation) -> ConversationId | None:
        """Adds one exported chat; gives what ``import_conversations`` gives for it."""
        return self.import_conversations([exported])[0]

    def import_conversations(
        self,
        exported: Sequence[ExportedConversation],
        on_next: Callable[[int], object] | None = None,
    ) -> list[ConversationId | None]:
        """Adds exported chats, all or none, as ``write_all_exported`` says."""
        return write_all_exported(self._engine, exported, on_next)

    def _now_us(self) -> int:
        return to_us(self.now())

    def _forget(self, gone: Forgotten) -> Forgotten:
        with self._engine.connect() as connection:
            scrub(connection, gone)
        return gone

    def _set(self, conversation_id: ConversationId, **values: object) -> None:
        with self._engine.begin() as connection:
            conversations.set_fields(connection, conversation_id, **values)

    def _change(
        self, message_id: MessageId, statement: str, values: tuple[object, ...] = ()
    ) -> Message:
        with self._engine.begin() as connection:
            connection.exec_driver_sql(statement, (*values, message_id))
            return read_one(connection, message_id)

    def _tree(
        self, connection: Connection, conversation_id: ConversationId, message_id: MessageId
    ) -> MessageTree:
        tree = MessageTree.of(raw_connection(connection), conversation_id)
        if message_id not in tree:
            raise unknown_message()
        return tree
