"""Has the model read along while a message is written, so that its answer begins at once."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from assistant.domain.model import ModelState, ModelStatus
from assistant.services.chat import ChatService
from assistant.ui.chat.answering import Answering
from assistant.ui.chat.place import ChatPlace
from assistant.ui.chat.session import ChatSession

if TYPE_CHECKING:
    from assistant.domain.ids import ConversationId
    from assistant.services.jobs import Job

_PAUSE_MS = 300
_FEW_WORDS = 4
"""Fewer new words are read as fast when they are sent."""


class ReadingAlong(QObject):
    """Reads a chat when it is opened, and the draft in it when the typing pauses.

    Args:
        place: Where one writes.
        session: Which chat is shown.
        answering: The answers under way; nothing is read ahead beside them.
        chat: Reads.
    """

    def __init__(
        self, place: ChatPlace, session: ChatSession, answering: Answering, chat: ChatService
    ) -> None:
        super().__init__(place)
        self._composer = place.composer
        self._session = session
        self._answering = answering
        self._chat = chat
        self._ready = False
        self._reading: Job[int] | None = None
        self._read: tuple[ConversationId | None, int] = (None, 0)
        """The chat that was read, and how many words of its draft."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._look)
        place.composer.text_changed.connect(self._typed)
        place.composer.send_requested.connect(self._sent)
        session.shown.connect(self._shown)
        session.chat_changed.connect(self._typed)
        answering.finished.connect(self._typed)

    def show_model(self, status: ModelStatus) -> None:
        """Begins when a model is ready; one that was changed has read nothing."""
        ready = status.state is ModelState.READY
        if ready and not self._ready:
            self._shown()
        elif not ready:
            self.stop()
        self._ready = ready

    def stop(self) -> None:
        """Gives up what is being read; what was read until now stays of use."""
        self._timer.stop()
        reading, self._reading = self._reading, None
        if reading is not None:
            reading.cancel()

    def _shown(self) -> None:
        self.stop()
        self._read = (None, 0)
        self._timer.start()

    def _sent(self) -> None:
        self.stop()
        self._read = (self._session.id, 0)

    def _typed(self, *_: object) -> None:
        if self._composer.text:
            self._timer.start()
        elif self._read[0] == self._session.id:
            self.stop()

    def _look(self) -> None:
        chat, draft = self._session.id, self._composer.text
        if chat is None or not self._ready or self._answering.busy:
            return
        words = len(draft.split())
        seen, read = self._read
        grown = words - read if seen == chat else words
        opened = seen != chat and bool(self._session.outline)
        if not opened and abs(grown) < _FEW_WORDS:
            return
        self.stop()
        self._read = (chat, words)
        self._reading = self._chat.read_ahead(chat, draft)
