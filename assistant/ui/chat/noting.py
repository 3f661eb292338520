"""What the planner said in a chat, on its way into the conversation."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConversationId, PersonaId, StepId
from assistant.services.core import Core
from assistant.services.planning.desk import PlanChanges
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.bridge.mailbox import Mailbox
from assistant.ui.chat.answering import Answering

if TYPE_CHECKING:
    from assistant.domain.conversation import Message

_GONE: Final = frozenset({"message_unknown", "chat_unknown"})


@dataclass(slots=True, eq=False)
class Here:
    """The chat that is shown, also before it has a row: it gets one with its first words."""

    temporary: bool = False
    persona_id: PersonaId | None = None
    system_prompt: str = ""
    waiting: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """``draft`` or ``send`` with its words, to be done once the row is there."""
    notes: "list[Note]" = field(default_factory=list["Note"])
    """What is kept in it then."""
    row: ConversationId | None = None
    gone: bool = False
    """It was temporary, and one has left it."""


@dataclass(slots=True, eq=False)
class Note:
    """What was said to the planner in a chat, and its answer."""

    here: Here
    words: str
    said: str
    """In Markdown."""
    stored: "Message | None" = None


@dataclass(frozen=True, slots=True)
class Deed:
    """What the planner did by a step, and what is said of it from then on."""

    note: Note
    undone: str
    """In Markdown, while the step is taken back."""
    again: str
    """Once it is done again."""


class NoteKeeper(QObject):
    """Keeps notes once no answer is under way in their chat, so that neither gets into the other.

    Args:
        core: The services.
        relay: Brings outcomes here.
        answering: The answers under way.
        parent: The owner.
    """

    kept = Signal(object)
    """A ``Note`` that is among the messages now."""
    failed = Signal(object, object)
    """A ``Note`` that could not be kept, and a ``UserFacingError``."""
    changed = Signal(object)
    """The id of a message that says something else now."""

    def __init__(self, core: Core, relay: JobRelay, answering: Answering, parent: QObject) -> None:
        super().__init__(parent)
        self._core = core
        self._relay = relay
        self._answering = answering
        self._waiting: list[Note] = []
        self._deeds: dict[StepId, Deed] = {}
        """In memory alone: of those before the start it is not known any more."""
        self._steps = Mailbox(self._stepped, self)
        core.planning.desk.on_changes(self._steps.post)
        answering.finished.connect(self._ended)
        answering.refused.connect(self._ended)

    def keep(self, note: Note) -> None:
        """Keeps a note whose chat has a row."""
        if self._answering.in_chat(note.here.row) is not None:
            self._waiting.append(note)
        else:
            self._store(note)

    def follow(self, step: StepId, deed: Deed) -> None:
        """Marks a note when its step is taken back or done again, wherever that is asked for."""
        self._deeds[step] = deed

    def close(self) -> None:
        """Keeps what waits, as no answer is written any more, and marks nothing from here on."""
        self._steps.close()
        waiting, self._waiting = self._waiting, []
        for note in waiting:
            self._store(note)

    def _stepped(self, values: list[object]) -> None:
        for change in values:
            if isinstance(change, PlanChanges) and change.undoing:
                deed = self._deeds.get(change.step.id)
                if deed is not None:
                    self._change(deed.note, deed.undone if change.step.undone else deed.again)

    def _change(self, note: Note, said: str) -> None:
        note.said = said
        if note.stored is not None:
            self._replace(note, note.stored)

    def _ended(self, *_: object) -> None:
        waiting, self._waiting = self._waiting, []
        for note in waiting:
            self.keep(note)

    def _store(self, note: Note) -> None:
        if note.here.row is None or note.here.gone:
            return
        job = self._core.chat.notes.keep(note.here.row, note.words, note.said)
        self._relay.watch_about(job, note, self._stored, self.failed_to_keep)

    def _stored(self, note: Note, message: "Message") -> None:
        note.stored = message
        if note.said != message.content:  # it was taken back meanwhile
            self._replace(note, message)
        self.kept.emit(note)

    def failed_to_keep(self, note: Note, error: UserFacingError) -> None:
        """Tells it, unless the chat was left for good."""
        if not note.here.gone:
            self.failed.emit(note, error)

    def _replace(self, note: Note, message: "Message") -> None:
        if note.here.gone:
            return
        job = self._core.history.replace_text(message.conversation_id, message.id, note.said)
        self._relay.watch_about(job, note, self._replaced, self._not_replaced)

    def _replaced(self, note: Note, _: object) -> None:
        if note.stored is not None:
            self.changed.emit(note.stored.id)

    def _not_replaced(self, note: Note, error: UserFacingError) -> None:
        """Of a message that was deleted since there is nothing to be marked."""
        if error.code not in _GONE:
            self.failed_to_keep(note, error)
