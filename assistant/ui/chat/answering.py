"""Answers under way, in whatever chat: taken from the pump, told to whoever shows them."""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from assistant.domain.ids import ConversationId
from assistant.services.answers import (
    Accepted,
    Answer,
    AnswerEvent,
    Finished,
    LeftOut,
    NotSaved,
    Reading,
    Refused,
    Text,
    Waiting,
)
from assistant.ui.bridge.answers import AnswerPump

if TYPE_CHECKING:
    from assistant.domain.conversation import Message

_FEW_TOKENS = 8


class Running:
    """One answer under way.

    Args:
        answer: Where its events come from.
        conversation_id: The chat that it belongs to.
        asked: The words that were sent, to be given back if they are refused.
    """

    __slots__ = (
        "answer",
        "asked",
        "began_at",
        "conversation_id",
        "left_out",
        "message",
        "pieces",
        "reading",
        "tokens",
        "waiting",
    )

    def __init__(self, answer: Answer, conversation_id: ConversationId, asked: str) -> None:
        self.answer = answer
        self.conversation_id = conversation_id
        self.asked = asked
        self.message: Message | None = None
        """Its row, once it is stored."""
        self.pieces: list[str] = []
        self.waiting = ""
        """What it waits for, in words."""
        self.reading = 0.0
        self.left_out = 0
        self.tokens = 0
        """Written so far, as nearly as it can be told before the end."""
        self.began_at = 0.0
        """When the first text came, by the monotonic clock."""

    @property
    def tokens_per_second(self) -> float:
        """The pace so far; 0 while it is not known."""
        took = time.monotonic() - self.began_at
        return (self.tokens - 1) / took if self.tokens > _FEW_TOKENS and took > 0 else 0.0

    def add(self, event: Text) -> None:
        """Takes text that came."""
        if not self.tokens:
            self.began_at = time.monotonic()
        self.waiting = ""
        self.tokens += event.pieces
        self.pieces.append(event.text)

    @property
    def text(self) -> str:
        """All text that came, without what was there before it was continued."""
        self.pieces[:] = ["".join(self.pieces)]
        return self.pieces[0]


class Answering(QObject):
    """Holds what is under way, at most one answer a chat.

    Args:
        parent: The owner.
    """

    accepted = Signal(object)
    """A ``Running`` whose question is stored; so for all below."""
    progressed = Signal(object)
    """It waits, or reads."""
    text_came = Signal(object, str)
    left_out = Signal(object)
    not_saved = Signal(object)
    """A ``UserFacingError``: a save failed, the answer goes on."""
    finished = Signal(object, object)
    """A ``Running`` and the ``Message`` as it is stored now."""
    refused = Signal(object, object)
    """A ``Running`` and a ``UserFacingError``: nothing was stored, or no longer can be."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pump = AnswerPump(self)
        self._pump.drained.connect(self._take)
        self._running: dict[ConversationId, Running] = {}

    def start(self, conversation_id: ConversationId, answer: Answer, asked: str = "") -> Running:
        """Follows an answer to its end."""
        running = Running(answer, conversation_id, asked)
        self._running[conversation_id] = running
        self._pump.watch(answer)
        return running

    @property
    def busy(self) -> bool:
        """Whether any answer is under way."""
        return bool(self._running)

    def in_chat(self, conversation_id: ConversationId | None) -> Running | None:
        """The answer under way in a chat."""
        return self._running.get(conversation_id) if conversation_id is not None else None

    def stop(self, conversation_id: ConversationId | None) -> None:
        """Stops the answer in a chat; what was written stays."""
        running = self.in_chat(conversation_id)
        if running is not None:
            running.answer.cancel()

    def stop_all(self) -> None:
        """Stops every answer and looks at none any more."""
        for running in self._running.values():
            running.answer.cancel()
        self._pump.close()
        self._running.clear()

    def _take(self, answer: Answer, events: list[AnswerEvent]) -> None:
        for running in tuple(self._running.values()):
            if running.answer is answer:
                for event in events:
                    self._take_one(running, event)

    def _take_one(self, running: Running, event: AnswerEvent) -> None:
        match event:
            case Text(text):
                running.add(event)
                self.text_came.emit(running, text)
            case Accepted(_, _, message):
                running.message = message
                self.accepted.emit(running)
            case Waiting(reason):
                running.waiting = reason
                self.progressed.emit(running)
            case Reading(fraction):
                running.waiting = ""
                running.reading = fraction
                self.progressed.emit(running)
            case LeftOut(count):
                running.left_out = count
                self.left_out.emit(running)
            case NotSaved(error):
                self.not_saved.emit(error)
            case Finished() | Refused():
                self._end(running, event)

    def _end(self, running: Running, event: Finished | Refused) -> None:
        self._running.pop(running.conversation_id, None)
        if isinstance(event, Finished):
            self.finished.emit(running, event.message)
        else:
            self.refused.emit(running, event.error)
