"""What keys do to a program beyond typing: indents, pairs, comments. Works on any text cursor."""

import re
from collections.abc import Callable

from PySide6.QtGui import QTextCursor

INDENT = 4
PAIRS = {"(": ")", "[": "]", "{": "}", '"': '"', "'": "'"}
_CLOSERS = frozenset(PAIRS.values())
_QUOTES = frozenset("\"'")
_ENDS_BLOCK = re.compile(r"\s*(return|pass|break|continue|raise)\b")
_COMMENT = re.compile(r"(\s*)# ?")
_OPENS = re.compile(r":\s*(#.*)?$")
_Change = Callable[[str], tuple[int, int, str]]
"""From a line: where to change it, how many characters to take, what to put there."""
_Move, _Keep = QTextCursor.MoveOperation, QTextCursor.MoveMode.KeepAnchor


def new_line(cursor: QTextCursor) -> None:
    """A line break with the indent that follows: deeper after a colon, back after a return."""
    before = cursor.block().text()[: cursor.positionInBlock()]
    after = cursor.block().text()[cursor.positionInBlock() :]
    indent = len(before) - len(before.lstrip(" "))
    deeper = bool(_OPENS.search(before))
    inside = before[-1:] in PAIRS and PAIRS[before[-1]] == after[:1] and before[-1] not in _QUOTES
    if deeper or inside:
        wanted = indent + INDENT
    elif _ENDS_BLOCK.match(before):
        wanted = max(0, indent - INDENT)
    else:
        wanted = indent
    cursor.beginEditBlock()
    cursor.insertText("\n" + " " * wanted)
    if inside:
        place = cursor.position()
        cursor.insertText("\n" + " " * indent)
        cursor.setPosition(place)
    cursor.endEditBlock()


def indent(cursor: QTextCursor) -> None:
    """Spaces up to the next stop; a selection of lines goes deeper as a whole."""
    if _several_lines(cursor):
        _each_line(cursor, _deeper)
    else:
        column = cursor.positionInBlock() if not cursor.hasSelection() else _start_column(cursor)
        cursor.insertText(" " * (INDENT - column % INDENT))


def outdent(cursor: QTextCursor) -> None:
    """Takes up to four spaces off each line."""
    _each_line(cursor, _shallower)


def toggle_comment(cursor: QTextCursor) -> None:
    """Makes lines comments; makes them code again where all are comments."""
    lines = [text for text in _lines(cursor) if text.strip()]
    commented = bool(lines) and all(text.lstrip().startswith("#") for text in lines)
    _each_line(cursor, _uncommented if commented else _commenter(lines))


def backspace(cursor: QTextCursor) -> bool:
    """Takes an empty pair or a whole indent away; False where a plain Backspace will do."""
    if cursor.hasSelection():
        return False
    text, column = cursor.block().text(), cursor.positionInBlock()
    before, after = text[:column], text[column : column + 1]
    if before and PAIRS.get(before[-1]) == after != "":
        cursor.beginEditBlock()
        cursor.deleteChar()
        cursor.deletePreviousChar()
        cursor.endEditBlock()
        return True
    if before and not before.strip(" ") and len(before) >= 1:
        count = (len(before) - 1) % INDENT + 1
        cursor.movePosition(_Move.Left, _Keep, count)
        cursor.removeSelectedText()
        return True
    return False


def pair(cursor: QTextCursor, typed: str) -> bool:
    """Closes what is opened, wraps a selection, steps over a closing sign that is there.

    Returns:
        Whether it did anything; else the sign is to be typed as it is.
    """
    text, column = cursor.block().text(), cursor.positionInBlock()
    after, before = text[column : column + 1], text[:column]
    if cursor.hasSelection():
        if typed not in PAIRS:
            return False
        _wrap(cursor, typed)
        return True
    if typed in _CLOSERS and after == typed:
        cursor.movePosition(_Move.Right)
        return True
    closes = typed in PAIRS and (not after or after.isspace() or after in ")]},:")
    third = before.endswith(typed * 2)
    alone = typed in _QUOTES and (third or before[-1:].isalnum() or before.count(typed) % 2)
    if closes and not alone:
        cursor.insertText(typed + PAIRS[typed])
        cursor.movePosition(_Move.Left)
    return closes and not alone


def home(cursor: QTextCursor, *, select: bool) -> None:
    """To the first letter of the line; from there to its very beginning."""
    text = cursor.block().text()
    first = len(text) - len(text.lstrip())
    column = 0 if cursor.positionInBlock() == first else first
    mode = _Keep if select else QTextCursor.MoveMode.MoveAnchor
    cursor.setPosition(cursor.block().position() + column, mode)


def partner(text: str, place: int) -> int | None:
    """Where the bracket at ``place`` is closed or opened; None where it is not a bracket or alone.

    Args:
        text: The program.
        place: Index into it.
    """
    sign = text[place : place + 1]
    opening, closing = "([{", ")]}"
    if not sign or sign not in opening + closing:
        return None
    forward = sign in opening
    other = closing[opening.index(sign)] if forward else opening[closing.index(sign)]
    depth = 0
    places = range(place, len(text)) if forward else range(place, -1, -1)
    for at in places:
        if text[at] == sign:
            depth += 1
        elif text[at] == other:
            depth -= 1
            if depth == 0:
                return at
    return None


def _wrap(cursor: QTextCursor, typed: str) -> None:
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    cursor.beginEditBlock()
    cursor.setPosition(end)
    cursor.insertText(PAIRS[typed])
    cursor.setPosition(start)
    cursor.insertText(typed)
    cursor.endEditBlock()
    cursor.setPosition(start + 1)
    cursor.setPosition(end + 1, _Keep)


def _several_lines(cursor: QTextCursor) -> bool:
    document = cursor.document()
    first = document.findBlock(cursor.selectionStart())
    return first != document.findBlock(cursor.selectionEnd())


def _start_column(cursor: QTextCursor) -> int:
    start = cursor.selectionStart()
    return start - cursor.document().findBlock(start).position()


def _span(cursor: QTextCursor) -> tuple[int, int]:
    """Numbers of the first and the last line that are selected."""
    document = cursor.document()
    first = document.findBlock(cursor.selectionStart()).blockNumber()
    last_block = document.findBlock(cursor.selectionEnd())
    last = last_block.blockNumber()
    if last > first and cursor.selectionEnd() == last_block.position():
        last -= 1  # nothing of it is selected
    return first, last


def _lines(cursor: QTextCursor) -> list[str]:
    first, last = _span(cursor)
    document = cursor.document()
    return [document.findBlockByNumber(number).text() for number in range(first, last + 1)]


def _each_line(cursor: QTextCursor, change: _Change) -> None:
    first, last = _span(cursor)
    document = cursor.document()
    worker = QTextCursor(document)
    worker.beginEditBlock()
    for number in range(first, last + 1):
        block = document.findBlockByNumber(number)
        start, taken, put = change(block.text())
        worker.setPosition(block.position() + start)
        worker.setPosition(block.position() + start + taken, _Keep)
        if taken or put:
            worker.insertText(put)
    worker.endEditBlock()


def _deeper(text: str) -> tuple[int, int, str]:
    return 0, 0, " " * INDENT if text.strip() else ""


def _shallower(text: str) -> tuple[int, int, str]:
    return 0, min(INDENT, len(text) - len(text.lstrip(" "))), ""


def _uncommented(text: str) -> tuple[int, int, str]:
    found = _COMMENT.match(text)
    if found is None:
        return 0, 0, ""
    return len(found[1]), len(found[0]) - len(found[1]), ""


def _commenter(lines: list[str]) -> _Change:
    column = min((len(text) - len(text.lstrip()) for text in lines), default=0)
    return lambda text: (column, 0, "# " if text.strip() else "")
