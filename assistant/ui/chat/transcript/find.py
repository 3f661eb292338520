"""Marked words in the messages that are shown."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from assistant.domain.ids import MessageId
from assistant.ui.chat.transcript.prose import TextView
from assistant.ui.chat.transcript.row import Row
from assistant.ui.chat.transcript.source import MessageHits
from assistant.ui.chat.transcript.style import TranscriptStyle

_MOST_MARKS = 500


@dataclass(frozen=True, slots=True)
class Marks:
    """Words to be marked, in one message or in all of them."""

    words: tuple[str, ...] = ()
    only_in: MessageId | None = None


def occurrences(text: TextView, words: tuple[str, ...]) -> list[QTextCursor]:
    """Where the words stand in a text, in order."""
    document = text.document()
    found: list[QTextCursor] = []
    for word in words:
        if not word:
            continue
        cursor = document.find(word, 0)
        while not cursor.isNull() and len(found) < _MOST_MARKS:
            found.append(cursor)
            cursor = document.find(word, cursor)
    return sorted(found, key=lambda cursor: cursor.selectionStart())


def mark(row: Row, marks: Marks, style: TranscriptStyle, current: int | None) -> QPoint | None:
    """Marks words in a row.

    Args:
        row: The message.
        marks: What to mark.
        style: Colours.
        current: Which occurrence is the one that was jumped to; None for none.

    Returns:
        Upper and lower edge of that one, from the row's top, as x and y of a point.
    """
    words = marks.words if marks.only_in in (None, row.outline.id) else ()
    number = 0
    place: QPoint | None = None
    total = sum(len(occurrences(text, words)) for text in row.texts()) if current else 0
    wanted = min(current, max(0, total - 1)) if current is not None else -1
    for text in row.texts():
        selections: list[QTextEdit.ExtraSelection] = []
        for cursor in occurrences(text, words):
            selection = QTextEdit.ExtraSelection()
            selection.cursor = cursor
            selection.format = _format(style, current=number == wanted)
            selections.append(selection)
            if number == wanted:
                rect = text.cursorRect(cursor)
                bar = text.horizontalScrollBar()
                if bar.maximum() and not 0 <= rect.left() <= text.width() - 40:
                    bar.setValue(bar.value() + rect.left() - text.width() // 2)
                top = text.text_widget().mapTo(row, rect.topLeft()).y()
                place = QPoint(top, top + rect.height())
            number += 1
        if selections or text.extraSelections():
            text.setExtraSelections(selections)
    return place


def _format(style: TranscriptStyle, *, current: bool) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setBackground(
        QColor(style.theme.tokens.lamp if current else style.theme.tokens.mastery[1])
    )
    form.setForeground(style.color("onlamp" if current else "ink"))
    return form


class Finding:
    """Which of the occurrences in a chat is the current one."""

    def __init__(self) -> None:
        self.text = ""
        self.waiting = False
        self._hits: tuple[MessageHits, ...] = ()
        self.number = -1

    @property
    def count(self) -> int:
        """Occurrences in all messages."""
        return sum(hit.count for hit in self._hits)

    def begin(self, text: str) -> None:
        """Looks for something else; the hits come later."""
        self.text, self._hits, self.number, self.waiting = text, (), -1, bool(text)

    def take(self, hits: tuple[MessageHits, ...]) -> None:
        """The hits, in the order of the messages."""
        self._hits, self.waiting = tuple(hit for hit in hits if hit.count > 0), False
        self.number = -1

    def first_from(self, places: dict[MessageId, int], place: int) -> None:
        """Makes the first occurrence in or after a message the current one."""
        before = 0
        for hit in self._hits:
            if places.get(hit.message_id, -1) >= place:
                self.number = before
                return
            before += hit.count
        self.number = 0 if self._hits else -1

    def step(self, by: int) -> None:
        """Goes to the next or the one before, round and round."""
        if self.count:
            self.number = (self.number + by) % self.count

    def current(self) -> tuple[MessageId, int] | None:
        """The message, and which of its occurrences."""
        left = self.number
        for hit in self._hits:
            if 0 <= left < hit.count:
                return hit.message_id, left
            left -= hit.count
        return None
