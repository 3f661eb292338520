"""Conversations for the front ends: every call is a job on the store thread.

Stored chats live in the vault; temporary ones in a database that exists in memory only. Their
ids lie apart, so the same calls serve both.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.domain.conversation import (
    Conversation,
    Feedback,
    Message,
    MessageOutline,
    SearchHit,
)
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConversationId, MessageId, PersonaId
from assistant.services.jobs import Job, Workers
from assistant.store.history import HistoryRepository
from assistant.store.search import SearchRepository
from assistant.store.temporary import FIRST_ID


@dataclass(frozen=True, slots=True)
class Changes:
    """What a write changed, for whoever shows it."""

    conversations: frozenset[ConversationId] = field(default_factory=frozenset[ConversationId])
    """Chats whose messages or own fields changed."""
    listing: bool = False
    """Whether the list of chats has to be read again."""


@dataclass(frozen=True, slots=True)
class OpenedChat:
    """What a front end needs to show a chat before any text is loaded."""

    conversation: Conversation
    outline: tuple[MessageOutline, ...]


class HistoryService:
    """Reads and writes conversations.

    Args:
        workers: The store thread.
        stored: Gives the vault's repository; raises when the vault is not open.
        ephemeral: The repository of temporary chats.
        search: Gives the vault's search; raises when the vault is not open.
    """

    def __init__(
        self,
        workers: Workers,
        stored: Callable[[], HistoryRepository],
        ephemeral: Callable[[], HistoryRepository],
        search: Callable[[], SearchRepository],
    ) -> None:
        self._workers = workers
        self._stored = stored
        self._ephemeral = ephemeral
        self._search = search
        self._lock = threading.Lock()
        self._listeners: list[Callable[[Changes], None]] = []

    def on_changes(self, listener: Callable[[Changes], None]) -> None:
        """Calls ``listener`` on the store thread after every write."""
        with self._lock:
            self._listeners.append(listener)

    def announce(self, changes: Changes) -> None:
        """Tells the listeners; for the services."""
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(changes)

    def repository(self, some_id: int) -> HistoryRepository:
        """The repository that an id belongs to; on the store thread only."""
        return self._ephemeral() if some_id >= FIRST_ID else self._stored()

    # Reading

    def conversations(
        self, *, archived: bool = False, unsent: bool = False
    ) -> Job[list[Conversation]]:
        """Pinned ones first, then by last change; temporary ones are not listed.

        Args:
            archived: The archived chats in place of the others.
            unsent: Also a row that only holds the draft of a new chat.
        """
        return self._workers.on_store(
            lambda: self._stored().list_conversations(archived=archived, unsent=unsent)
        )

    def trashed(self) -> Job[list[Conversation]]:
        """Deleted chats that can still be brought back."""
        return self._workers.on_store(lambda: self._stored().list_trashed())

    def open(self, conversation_id: ConversationId) -> Job[OpenedChat]:
        """The chat and the outline of its shown messages."""

        def work() -> OpenedChat:
            repository = self.repository(conversation_id)
            return OpenedChat(repository.get(conversation_id), repository.outline(conversation_id))

        return self._workers.on_store(work)

    def messages(self, ids: Sequence[MessageId]) -> Job[list[Message]]:
        """Messages by id, all of one chat, in the order asked for."""
        if not ids:
            return Job[list[Message]].done_with([])
        return self._workers.on_store(lambda: self.repository(ids[0]).messages(ids))

    def path(self, conversation_id: ConversationId) -> Job[list[Message]]:
        """All shown messages of a chat."""
        return self._workers.on_store(
            lambda: self.repository(conversation_id).path(conversation_id)
        )

    def find_in(
        self, conversation_id: ConversationId, matches: Callable[[str], int]
    ) -> Job[list[tuple[MessageId, int]]]:
        """Messages of a chat with how often ``matches`` found something in each."""

        def work() -> list[tuple[MessageId, int]]:
            path = self.repository(conversation_id).path(conversation_id)
            counted = [(message.id, matches(message.content)) for message in path]
            return [(message_id, count) for message_id, count in counted if count]

        return self._workers.on_store(work)

    def search(self, query: str, *, limit: int = 30, offset: int = 0) -> Job[list[SearchHit]]:
        """Titles and contents of all chats, best first."""
        return self._workers.on_store(
            lambda: self._search().search(query, limit=limit, offset=offset)
        )

    # Writing chats

    def create(
        self,
        *,
        temporary: bool = False,
        persona_id: PersonaId | None = None,
        system_prompt: str = "",
        model: str = "",
    ) -> Job[Conversation]:
        """A new, empty chat."""

        def work() -> Conversation:
            repository = self._ephemeral() if temporary else self._stored()
            made = repository.create_conversation(
                persona_id=persona_id,
                system_prompt=system_prompt,
                model=model,
                temporary=temporary,
            )
            self.announce(Changes(frozenset({made.id}), listing=not temporary))
            return made

        return self._workers.on_store(work)

    def rename(self, conversation_id: ConversationId, title: str) -> Job[Conversation]:
        """Gives a chat a title of the user's own.

        Raises (from the job):
            UserFacingError: The title is empty.
        """
        cleaned = " ".join(title.split())

        def work(repository: HistoryRepository) -> None:
            if not cleaned:
                raise UserFacingError("A title needs at least one character.", code="title_empty")
            repository.rename(conversation_id, cleaned)

        return self._change(conversation_id, work)

    def set_pinned(self, conversation_id: ConversationId, *, pinned: bool) -> Job[Conversation]:
        """Pins a chat to the top of the list, or lets it go."""
        return self._change(conversation_id, lambda r: r.set_pinned(conversation_id, pinned=pinned))

    def set_archived(self, conversation_id: ConversationId, *, archived: bool) -> Job[Conversation]:
        """Takes a chat out of the list without deleting it, or brings it back."""
        return self._change(
            conversation_id, lambda r: r.set_archived(conversation_id, archived=archived)
        )

    def set_persona(
        self, conversation_id: ConversationId, persona_id: PersonaId | None, system_prompt: str
    ) -> Job[Conversation]:
        """Sets who answers in this chat; holds from the next answer on."""
        return self._change(
            conversation_id,
            lambda r: r.set_persona(conversation_id, persona_id, system_prompt),
        )

    def set_model(self, conversation_id: ConversationId, model: str) -> Job[Conversation]:
        """Remembers the model that this chat uses."""
        return self._change(conversation_id, lambda r: r.set_model(conversation_id, model))

    def set_draft(self, conversation_id: ConversationId, draft: str) -> Job[None]:
        """Keeps what stands in the composer, so that a crash does not lose it."""
        return self._workers.on_store(
            lambda: self.repository(conversation_id).set_draft(conversation_id, draft)
        )

    def trash(self, conversation_id: ConversationId) -> Job[Conversation]:
        """Deletes a chat so that ``restore`` can bring it back."""
        return self._change(conversation_id, lambda r: r.trash(conversation_id))

    def restore(self, conversation_id: ConversationId) -> Job[Conversation]:
        """Takes a deletion back."""
        return self._change(conversation_id, lambda r: r.restore(conversation_id))

    # Writing messages

    def select_version(
        self, conversation_id: ConversationId, message_id: MessageId
    ) -> Job[Conversation]:
        """Shows the branch that goes through this message."""
        return self._change(
            conversation_id,
            lambda r: r.select_version(conversation_id, message_id),
            listing=False,
        )

    def delete_message(
        self, conversation_id: ConversationId, message_id: MessageId
    ) -> Job[Conversation]:
        """Takes one message out; what follows it stays."""
        return self._change(conversation_id, lambda r: r.delete_message(message_id), listing=False)

    def restore_message(
        self, conversation_id: ConversationId, message_id: MessageId
    ) -> Job[Conversation]:
        """Takes the deletion of a message back."""
        return self._change(conversation_id, lambda r: r.restore_message(message_id), listing=False)

    def replace_text(
        self, conversation_id: ConversationId, message_id: MessageId, text: str
    ) -> Job[Conversation]:
        """Corrects the text of an answer in place."""
        return self._change(
            conversation_id, lambda r: r.replace_text(message_id, text), listing=False
        )

    def set_feedback(self, message_id: MessageId, feedback: Feedback) -> Job[None]:
        """Keeps the user's thumb."""
        return self._workers.on_store(
            lambda: self.repository(message_id).set_feedback(message_id, feedback)
        )

    def set_message_pinned(
        self, conversation_id: ConversationId, message_id: MessageId, *, pinned: bool
    ) -> Job[Conversation]:
        """Keeps a message in the prompt when older ones are left out."""
        return self._change(
            conversation_id,
            lambda r: r.set_message_pinned(message_id, pinned=pinned),
            listing=False,
        )

    def branch(self, conversation_id: ConversationId, message_id: MessageId) -> Job[Conversation]:
        """A new chat that begins with everything up to this message."""

        def work() -> Conversation:
            made = self.repository(conversation_id).branch(conversation_id, message_id)
            self.announce(Changes(frozenset({made.id}), listing=not made.temporary))
            return made

        return self._workers.on_store(work)

    def _change(
        self,
        conversation_id: ConversationId,
        work: Callable[[HistoryRepository], object],
        *,
        listing: bool = True,
    ) -> Job[Conversation]:
        def on_store() -> Conversation:
            repository = self.repository(conversation_id)
            work(repository)
            changed = repository.get(conversation_id)
            self.announce(Changes(frozenset({conversation_id}), listing=listing))
            return changed

        return self._workers.on_store(on_store)
