"""Which chat is shown, and the way of what is written in it."""

from collections import deque
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from assistant.domain.conversation import Conversation, MessageOutline
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConversationId, MessageId, PersonaId
from assistant.services.core import Core
from assistant.services.history import Changes, OpenedChat
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.chat.answering import Answering, Running
from assistant.ui.chat.noting import Here, Note, NoteKeeper


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a chat to go to once it is open."""

    message_id: MessageId | None = None
    words: tuple[str, ...] = ()


class ChatSession(QObject):
    """One chat is shown at a time; answers in others go on.

    Args:
        core: The services.
        relay: Brings outcomes here.
        answering: The answers under way.
        parent: The owner.
    """

    shown = Signal()
    """Another chat is shown, or a new one."""
    spot_changed = Signal()
    """Another place in the shown chat is to be looked at."""
    outline_changed = Signal()
    chat_changed = Signal()
    """Title, persona or another field of the shown chat."""
    queue_changed = Signal()
    given_back = Signal(str, object)
    """Words that could not be sent, and a ``UserFacingError`` or None."""

    def __init__(self, core: Core, relay: JobRelay, answering: Answering, parent: QObject) -> None:
        super().__init__(parent)
        self._core = core
        self._relay = relay
        self._answering = answering
        self.conversation: Conversation | None = None
        self.outline: tuple[MessageOutline, ...] = ()
        self.spot = Spot()
        self.unsent: Conversation | None = None
        """A chat in which nothing was sent yet; its draft waits there."""
        self.here = Here()
        """The shown chat, whether it has a row or not."""
        self._creating: deque[Here] = deque()
        self._queued: dict[ConversationId, str] = {}
        self._opening: Watch | None = None
        self._refreshing = False
        self._stale = False
        self._kept_draft = ""
        self._left_temporary: ConversationId | None = None
        self.notes = NoteKeeper(core, relay, answering, self)
        answering.finished.connect(self._answer_finished)
        answering.refused.connect(self._answer_refused)

    # What is shown

    @property
    def id(self) -> ConversationId | None:
        """The shown chat; None for one that has no row yet."""
        return self.conversation.id if self.conversation is not None else None

    @property
    def temporary(self) -> bool:
        """Whether the shown chat is kept nowhere."""
        return self.conversation.temporary if self.conversation else self.here.temporary

    @property
    def system_prompt(self) -> str:
        """What the model is told before the shown chat."""
        return self.conversation.system_prompt if self.conversation else self.here.system_prompt

    @property
    def persona_id(self) -> PersonaId | None:
        """Where that came from."""
        return self.conversation.persona_id if self.conversation else self.here.persona_id

    @property
    def running(self) -> Running | None:
        """The answer under way in the shown chat."""
        return self._answering.in_chat(self.id)

    @property
    def queued(self) -> str:
        """Words that are sent when the answer under way has ended."""
        return self._queued.get(self.id, "") if self.id is not None else ""

    @property
    def reading(self) -> bool:
        """Whether a chat is being read from the store."""
        return self._refreshing or self._opening is not None or bool(self._creating)

    def new(self, *, temporary: bool = False) -> None:
        """Shows a new chat. It gets a row when something is written in it.

        Words that were begun in a new chat and never sent are there again.
        """
        if not temporary and self.unsent is not None:
            if self.unsent.id != self.id:
                self.open(self.unsent.id)
                return
            if not self.outline and self.running is None:
                self.shown.emit()
                return
        self._leave()
        self.here = Here(temporary=temporary)
        self.conversation, self.outline, self.spot = None, (), Spot()
        self._kept_draft = ""
        self.shown.emit()

    def open(self, conversation_id: ConversationId, spot: Spot | None = None) -> None:
        """Shows a chat, at a place in it."""
        if self._opening is not None:
            self._opening.drop()
        self.spot = spot or Spot()
        if conversation_id == self.id:
            self.spot_changed.emit()
            return
        job = self._core.history.open(conversation_id)
        self._opening = self._relay.watch(job, self._opened)

    def changed(self, changes: Changes) -> None:
        """Reads the shown chat again when something was written to it."""
        if self.id in changes.conversations:
            self.refresh()

    def refresh(self) -> None:
        """Reads the shown chat again."""
        if self.id is None:
            return
        if self._refreshing:
            self._stale = True
            return
        self._refreshing = True
        self._relay.watch(self._core.history.open(self.id), self._refreshed, self._gone)

    def _opened(self, opened: OpenedChat) -> None:
        self._leave()
        self.here = Here(opened.conversation.temporary, row=opened.conversation.id)
        self.conversation, self.outline = opened.conversation, opened.outline
        self._kept_draft = opened.conversation.draft
        self.shown.emit()

    def _refreshed(self, opened: OpenedChat) -> None:
        self._refreshing = False
        if opened.conversation.id == self.id:
            if opened.conversation.deleted_at is not None:
                self.new()
                return
            before, self.conversation = self.conversation, opened.conversation
            unlike = before is None or replace(before, draft="") != replace(
                opened.conversation, draft=""
            )
            if opened.outline != self.outline:
                self.outline = opened.outline
                self.outline_changed.emit()
            if unlike:
                self.chat_changed.emit()
        self._refresh_again()

    def _gone(self, _: UserFacingError) -> None:
        """The chat was forgotten for good."""
        self._refreshing = False
        self.new()

    def _refresh_again(self) -> None:
        if self._stale:
            self._stale = False
            self.refresh()

    def _leave(self) -> None:
        """A temporary chat is gone when one leaves it."""
        if self._opening is not None:
            self._opening.drop()
            self._opening = None
        chat, self.conversation = self.conversation, None
        self.here.gone = self.here.temporary
        if chat is None or not chat.temporary:
            return
        self._queued.pop(chat.id, None)
        if self._answering.in_chat(chat.id) is not None:
            self._left_temporary = chat.id
            self._answering.stop(chat.id)
        else:
            self._core.close_temporary()

    def _forget_left(self, conversation_id: ConversationId) -> bool:
        """Whether the answer that ended was that of a temporary chat one has left."""
        if conversation_id != self._left_temporary:
            return False
        self._left_temporary = None
        if self.conversation is None or not self.conversation.temporary:
            self._core.close_temporary()
        return True

    def note_unsent(self, chat: Conversation | None) -> None:
        """Takes the chat in which something was begun and nothing sent."""
        self.unsent = chat

    # Writing

    def keep_draft(self, text: str) -> None:
        """Keeps what stands in the composer; words in a temporary chat stay in memory."""
        if text == self._kept_draft:
            return
        self._kept_draft = text
        if self.conversation is not None:
            self._relay.watch(self._core.history.set_draft(self.conversation.id, text))
        elif not self.here.temporary and (text.strip() or self.here.waiting):
            self._with_row("draft", text)

    def send(self, text: str) -> bool:
        """Sends a message, or lets it wait for the answer under way.

        Returns:
            False when one waits already: the words are still the composer's.
        """
        if self.conversation is None:
            if any(what == "send" for what, _ in self.here.waiting):
                return False
            self._with_row("send", text)
        elif self.running is None:
            self._send(self.conversation.id, text)
        elif self.conversation.id in self._queued:
            return False
        else:
            self._queued[self.conversation.id] = text
            self.queue_changed.emit()
        self._kept_draft = ""
        return True

    def note(self, note: Note) -> None:
        """Keeps what the planner said; a new chat gets its row by that."""
        if note.here.row is not None:
            self.notes.keep(note)
        elif not note.here.gone:
            note.here.notes.append(note)
            self._make_row(note.here)

    def take_queued(self) -> str:
        """Takes the waiting words back."""
        words = self._queued.pop(self.id, "") if self.id is not None else ""
        self.queue_changed.emit()
        return words

    def stop(self) -> None:
        """Stops the answer under way here; what was written stays."""
        self._answering.stop(self.id)

    def set_persona(self, persona_id: PersonaId | None, system_prompt: str) -> None:
        """Says who answers from the next answer on."""
        if self.conversation is None:
            self.here.persona_id, self.here.system_prompt = persona_id, system_prompt
            self.chat_changed.emit()
            return
        job = self._core.history.set_persona(self.conversation.id, persona_id, system_prompt)
        self._relay.watch(job)

    def _send(self, conversation_id: ConversationId, text: str) -> None:
        answer = self._core.chat.send(conversation_id, text)
        self._answering.start(conversation_id, answer, text)

    def _with_row(self, what: str, text: str) -> None:
        """Does something with the new chat's row, making it first."""
        new = self.here
        if what == "draft":
            new.waiting = [each for each in new.waiting if each[0] != "draft"]
        new.waiting.append((what, text))
        self._make_row(new)

    def _make_row(self, new: Here) -> None:
        if new in self._creating:
            return
        self._creating.append(new)
        job = self._core.history.create(
            temporary=new.temporary,
            persona_id=new.persona_id,
            system_prompt=new.system_prompt,
        )
        self._relay.watch(job, self._created, self._not_created)

    def _created(self, conversation: Conversation) -> None:
        new = self._creating.popleft()
        new.row = conversation.id
        if new is self.here and self.conversation is None:
            self.conversation = conversation
            self.chat_changed.emit()
        for note in new.notes:
            self.notes.keep(note)
        for what, text in new.waiting:
            if what == "send":
                self._send(conversation.id, text)
            else:
                self._relay.watch(self._core.history.set_draft(conversation.id, text))
        new.waiting.clear()
        new.notes.clear()

    def _not_created(self, error: UserFacingError) -> None:
        new = self._creating.popleft()
        words = next((text for what, text in new.waiting if what == "send"), "")
        for note in new.notes:
            self.notes.failed_to_keep(note, error)
        new.waiting.clear()
        new.notes.clear()
        self.given_back.emit(words, error)

    def _answer_finished(self, running: Running, message: object) -> None:
        words = self._queued.pop(running.conversation_id, "")
        if self._forget_left(running.conversation_id) or not words:
            return
        here = running.conversation_id == self.id
        if running.answer.cancel_token.cancelled and here:
            # Whoever stops an answer wants to look again before something new is written.
            self.given_back.emit(words, None)
        else:
            self._send(running.conversation_id, words)
        self.queue_changed.emit()

    def _answer_refused(self, running: Running, error: UserFacingError) -> None:
        queued = self._queued.pop(running.conversation_id, "")
        if self._forget_left(running.conversation_id):
            return
        words = "\n\n".join(part for part in (running.asked, queued) if part)
        stored = running.message is not None
        self.given_back.emit(queued if stored else words, error)
        self.queue_changed.emit()
