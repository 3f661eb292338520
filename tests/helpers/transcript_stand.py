"""A transcript in a window, with a source that answers from memory in the next turn."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assistant.domain.conversation import Message, MessageOutline, MessageStatus, Role
from assistant.domain.ids import ConversationId, MessageId
from assistant.render.formula import FormulaRenderer
from assistant.ui.chat.transcript import MessageHits, TranscriptView
from assistant.ui.chat.transcript.answer_row import AnswerRow
from assistant.ui.chat.transcript.prose import TextView
from assistant.ui.chat.transcript.question_row import QuestionRow
from assistant.ui.theme.theme import Theme

WHEN = datetime(2025, 11, 21, 17, 0, tzinfo=UTC)
T = TypeVar("T")


def message(number: int, role: Role, text: str, **fields: Any) -> Message:
    fields.setdefault("status", MessageStatus.COMPLETE)
    return Message(
        id=MessageId(number),
        conversation_id=ConversationId(1),
        parent_id=None,
        role=role,
        content=text,
        created_at=WHEN,
        **fields,
    )


def question(number: int, text: str = "Why?", **fields: Any) -> Message:
    return message(number, Role.USER, text, **fields)


def answer(number: int, text: str = "Because.", **fields: Any) -> Message:
    return message(number, Role.ASSISTANT, text, **fields)


def outline(messages: Sequence[Message]) -> list[MessageOutline]:
    return [MessageOutline(each.id, each.role, len(each.content), (each.id,)) for each in messages]


class AtOnce:
    """Does background work in the next turn of the loop, on this thread: no test waits for one."""

    def submit(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        QTimer.singleShot(0, lambda: done(work()))


class MemorySource:
    def __init__(self, messages: Sequence[Message]) -> None:
        self.messages = {each.id: each for each in messages}
        self.view: TranscriptView | None = None
        self.asked: list[MessageId] = []

    def request_messages(self, ids: tuple[MessageId, ...]) -> None:
        self.asked += ids
        found = [self.messages[each] for each in ids if each in self.messages]
        view = self.view
        assert view is not None
        QTimer.singleShot(0, view, lambda: view.provide(found))

    def request_hits(self, text: str) -> None:
        view = self.view
        assert view is not None
        hits = [
            MessageHits(each.id, each.content.lower().count(text.lower()))
            for each in self.messages.values()
        ]
        QTimer.singleShot(0, view, lambda: view.provide_hits(text, hits))


class Stand:
    def __init__(
        self, qtbot: QtBot, theme: Theme, messages: Sequence[Message], size: tuple[int, int]
    ) -> None:
        self.qtbot = qtbot
        self.theme = theme
        self.source = MemorySource(messages)
        self.view = TranscriptView(self.theme, FormulaRenderer(), AtOnce(), self.source)
        self.source.view = self.view
        qtbot.addWidget(self.view)
        self.view.resize(*size)
        self.view.show()
        self.view.set_messages(outline(messages))
        self.settle()

    def settle(self) -> None:
        """Until nothing is wanted and every row around the view is there."""
        reel = self.view.stage.reel

        def settled() -> bool:
            near = reel.in_view(reel.view)
            known = [reel.outlines[index].id for index in near]
            return all(each in self.view.stage.rows for each in known)

        self.qtbot.waitUntil(settled)
        for _ in range(3):
            QApplication.processEvents()

    def add(self, *messages: Message) -> None:
        for each in messages:
            self.source.messages[each.id] = each
        present = [self.source.messages[each.id] for each in self.view.outline]
        self.view.set_messages(outline([*present, *messages]))

    def row(self, number: int) -> AnswerRow | QuestionRow:
        row = self.view.stage.rows[MessageId(number)]
        assert isinstance(row, AnswerRow | QuestionRow)
        return row

    def answer(self, number: int) -> AnswerRow:
        row = self.row(number)
        assert isinstance(row, AnswerRow)
        return row

    def texts(self, number: int) -> list[TextView]:
        return self.row(number).texts()

    def shown(self, number: int) -> str:
        return "\n".join(text.toPlainText() for text in self.texts(number))
