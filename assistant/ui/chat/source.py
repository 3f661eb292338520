"""Gives the transcript what it asks for: contents, and where a text occurs."""

from PySide6.QtCore import QObject

from assistant.domain.conversation import Message
from assistant.domain.ids import MessageId
from assistant.services.history import HistoryService
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.chat.session import ChatSession
from assistant.ui.chat.transcript.source import MessageHits
from assistant.ui.chat.transcript.view import TranscriptView


class SessionSource(QObject):
    """Asks the store, and hands the answers to the transcript.

    Args:
        history: The store.
        relay: Brings its answers here.
        session: Which chat is meant.
    """

    def __init__(self, history: HistoryService, relay: JobRelay, session: ChatSession) -> None:
        super().__init__(session)
        self._history = history
        self._relay = relay
        self._session = session
        self._view: TranscriptView | None = None
        self._wanted = ""
        self._finding: Watch | None = None

    def serve(self, view: TranscriptView) -> None:
        """From now on answers go to this transcript."""
        self._view = view

    def request_messages(self, ids: tuple[MessageId, ...]) -> None:
        """See ``TranscriptSource``."""
        self._relay.watch(self._history.messages(ids), self._provide)

    def reread(self, message_id: MessageId) -> None:
        """Hands a message over again, because it was changed."""
        self.request_messages((message_id,))

    def request_hits(self, text: str) -> None:
        """See ``TranscriptSource``."""
        if self._session.id is None:
            return
        if self._finding is not None:
            self._finding.drop()
        self._wanted = text
        folded = text.casefold()
        job = self._history.find_in(
            self._session.id, lambda content: content.casefold().count(folded)
        )
        self._finding = self._relay.watch(job, self._provide_hits)

    def _provide(self, messages: list[Message]) -> None:
        if self._view is not None:
            self._view.provide(messages)

    def _provide_hits(self, hits: list[tuple[MessageId, int]]) -> None:
        if self._view is not None:
            found = [MessageHits(message_id, count) for message_id, count in hits]
            self._view.provide_hits(self._wanted, found)
