"""A made-up chat and a made-up stream, the same on every run."""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QTimer

from assistant.domain.conversation import (
    FinishReason,
    Message,
    MessageNumbers,
    MessageStatus,
    Role,
)
from assistant.domain.ids import ConversationId, MessageId
from assistant.ui.chat.transcript import MessageHits, TranscriptView

SECTION_TOKENS = 200
_WHEN = datetime(2025, 11, 21, 17, 0, tzinfo=UTC)
_NUMBERS = MessageNumbers(300, 212, 400.0, 41.2)
_PROSE = (
    "The **standard deviation** says how far scores usually sit from their mean: small when "
    "they huddle together, *large* when they scatter. With `statistics` it is one call, and "
    "the two are read side by side. "
)
_SECTION = (
    "### What it measures\n\n"
    + _PROSE * 2
    + "\n\n- small: the scores agree\n- large: they do not, and **one** mean hides it\n"
    "- zero: all are the same\n\n"
    "| Class | Scores | Mean | Deviation |\n|---|---|---:|---:|\n"
    "| A | 68, 70, 72 | 70 | 1.63 |\n| B | 50, 70, 90 | 70 | 16.33 |\n\n"
    "```python\nfrom statistics import mean, pstdev\n\n"
    "for scores in ([68, 70, 72], [50, 70, 90]):\n"
    "    print(mean(scores), round(pstdev(scores), 2))  # both means are 70\n```\n\n"
)


def section() -> list[str]:
    """One section of an answer as exactly 200 tokens, of about four characters each."""
    size = len(_SECTION) / SECTION_TOKENS
    cuts = [round(index * size) for index in range(SECTION_TOKENS + 1)]
    return [_SECTION[start:end] for start, end in itertools.pairwise(cuts)]


def tokens_of(count: int) -> list[str]:
    """A stream of ``count`` tokens."""
    piece = section()
    return [piece[index % SECTION_TOKENS] for index in range(count)]


def chat(messages: int, first_id: int = 1) -> list[Message]:
    """Questions and answers in turn; every fourth answer has a table and code."""
    made: list[Message] = []
    for index in range(messages):
        user = index % 2 == 0
        if user:
            text = f"Question {index}: what does the deviation tell me that the mean does not?"
        elif index % 8 == 1:
            text = _SECTION
        else:
            text = f"Answer {index}. " + _PROSE * (1 + index % 3)
        made.append(
            Message(
                MessageId(first_id + index),
                ConversationId(1),
                None,
                Role.USER if user else Role.ASSISTANT,
                text,
                MessageStatus.COMPLETE,
                _WHEN,
                model="" if user else "SmolLM2 135M",
                finish_reason=None if user else FinishReason.STOP,
                numbers=None if user else _NUMBERS,
            )
        )
    return made


class BenchSource:
    """Answers from memory, in a later turn of the event loop as the store does."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self._messages = {message.id: message for message in messages}
        self._view: TranscriptView | None = None

    def attach(self, view: TranscriptView) -> None:
        """Answers to this view, whatever source it had before."""
        self._view = view
        view.set_source(self)

    def request_messages(self, ids: tuple[MessageId, ...]) -> None:
        """Hands contents over, in the next turn."""
        view = self._view
        found = [self._messages[each] for each in ids if each in self._messages]
        if view is not None and found:
            QTimer.singleShot(0, view, lambda: view.provide(found))

    def request_hits(self, text: str) -> None:
        """Counts occurrences, in the next turn."""
        view = self._view
        wanted = text.lower()
        hits = [
            MessageHits(message.id, message.content.lower().count(wanted))
            for message in self._messages.values()
        ]
        if view is not None:
            QTimer.singleShot(0, view, lambda: view.provide_hits(text, hits))
