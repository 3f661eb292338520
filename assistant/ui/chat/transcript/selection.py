"""What of an answer is selected, over all the parts that it is shown in."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextCursor, QTextDocument, QTextFragment
from PySide6.QtWidgets import QApplication, QWidget

from assistant.ui.chat.transcript.style import SOURCE_PROPERTY

_OBJECT = "\ufffc"
_LINE_SEPARATOR = "\u2028"


class TextPart(Protocol):
    """A part whose text can be selected: prose, code or a table."""

    def text_widget(self) -> QWidget:
        """The widget that shows the text."""
        ...

    def text_cursor(self) -> QTextCursor:
        """A copy of its cursor."""
        ...

    def put_cursor(self, cursor: QTextCursor) -> None:
        """Selects what ``cursor`` selects."""
        ...

    def position_at(self, point: QPoint) -> int:
        """The character nearest to a point in the text widget's coordinates."""
        ...


def plain_text(document: QTextDocument, start: int, end: int) -> str:
    """The characters from ``start`` to ``end``, inline objects as what they stand for."""
    lines: list[str] = []
    block = document.findBlock(start)
    while block.isValid() and block.position() <= end:
        line = ""
        iterator = block.begin()
        while not iterator.atEnd():
            line += _fragment_text(iterator.fragment(), start, end)
            iterator += 1
        lines.append(line.replace(_LINE_SEPARATOR, "\n"))
        block = block.next()
    return "\n".join(lines)


def _fragment_text(fragment: QTextFragment, start: int, end: int) -> str:
    begin = fragment.position()
    text = fragment.text()[max(0, start - begin) : max(0, end - begin)]
    if _OBJECT in text:
        source = fragment.charFormat().property(SOURCE_PROPERTY)
        text = text.replace(_OBJECT, str(source or ""))
    return text


class Selection:
    """Carries a selection from part to part of one message while the mouse is dragged."""

    def __init__(self) -> None:
        self._parts: Sequence[TextPart] = ()
        self._anchor: tuple[int, int] | None = None

    def set_parts(self, parts: Sequence[TextPart]) -> None:
        """The parts from top to bottom."""
        self._parts = parts

    def begin(self, part: TextPart) -> None:
        """A drag begins in ``part``; whatever is selected elsewhere is dropped."""
        for other in self._parts:
            if other is not part:
                _drop(other)
        self._anchor = (self._index(part), part.text_cursor().anchor())

    def drag(self, part: TextPart, point: QPoint) -> bool:
        """Extends the selection to ``point`` (in coordinates of ``part``'s text).

        Returns:
            Whether the drag left the part, so that its own handling must not run.
        """
        if self._anchor is None:
            return False
        place = part.text_widget().mapToGlobal(point)
        target = self._nearest(place)
        origin, anchor = self._anchor
        if target == origin:
            for index, other in enumerate(self._parts):
                if index != origin:
                    _drop(other)
            return False
        there = self._parts[target]
        position = there.position_at(there.text_widget().mapFromGlobal(place))
        down = target > origin
        for index, each in enumerate(self._parts):
            last = _length(each)
            if index == origin:
                _select(each, anchor, last if down else 0)
            elif index == target:
                _select(each, 0 if down else last, position)
            elif min(origin, target) < index < max(origin, target):
                _select(each, 0, last)
            else:
                _drop(each)
        return True

    def select_all(self) -> None:
        """Selects the whole message."""
        for part in self._parts:
            _select(part, 0, _length(part))

    def text(self) -> str:
        """What is selected, parts divided by an empty line; empty for nothing."""
        found: list[str] = []
        for part in self._parts:
            cursor = part.text_cursor()
            if cursor.hasSelection():
                document = cursor.document()
                found.append(plain_text(document, cursor.selectionStart(), cursor.selectionEnd()))
        return "\n\n".join(found)

    def copy(self) -> bool:
        """Puts it on the clipboard; False when nothing is selected."""
        text = self.text()
        if text:
            QApplication.clipboard().setText(text)
        return bool(text)

    def _index(self, part: TextPart) -> int:
        return next(i for i, each in enumerate(self._parts) if each is part)

    def _nearest(self, place: QPoint) -> int:
        best, distance = 0, 1 << 30
        for index, part in enumerate(self._parts):
            widget = part.text_widget()
            y = widget.mapFromGlobal(place).y()
            away = max(0, -y, y - widget.height())
            if away < distance:
                best, distance = index, away
        return best


def _length(part: TextPart) -> int:
    return part.text_cursor().document().characterCount() - 1


def _select(part: TextPart, anchor: int, position: int) -> None:
    cursor = part.text_cursor()
    cursor.setPosition(anchor)
    cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
    part.put_cursor(cursor)


def _drop(part: TextPart) -> None:
    cursor = part.text_cursor()
    if cursor.hasSelection():
        cursor.clearSelection()
        part.put_cursor(cursor)
