"""Rows for people: columns that line up, or two lines each where the terminal is narrow."""

import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_GAP = "  "
_NARROWEST = 24


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Args:
        head: Its heading.
        right: Numbers line up at their ends.
        alone: How a cell is told where no heading stands above it.
    """

    head: str
    right: bool = False
    alone: str = "{}"


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int | None) -> list[str]:
    """The rows under a heading; as two lines each, without one, where they are too wide for that.

    Args:
        columns: Those in which no row says anything are left out.
        rows: A text for each column.
        width: Of the terminal; None does not limit it.

    Returns:
        Lines without a line's end.
    """
    used = [at for at in range(len(columns)) if any(row[at] for row in rows)]
    shown = [columns[at] for at in used]
    cells = [[_one_line(row[at]) for at in used] for row in rows]
    widths = [
        max(columns_of(text) for text in (column.head, *(row[at] for row in cells)))
        for at, column in enumerate(shown)
    ]
    if width is not None and sum(widths) + len(_GAP) * (len(widths) - 1) > width:
        return _blocks(shown, cells, width)
    heads = [column.head for column in shown]
    return [_line(shown, row, widths) for row in (heads, *cells)] if cells else []


def facts(rows: Sequence[tuple[str, str]], width: int | None) -> list[str]:
    """``Name  value`` lines of one thing; what has no value is left out, what is long is broken."""
    told = [(name, _one_line(value)) for name, value in rows if value]
    margin = max((columns_of(name) for name, _ in told), default=0) + len(_GAP) + 2
    return [
        line
        for name, value in told
        for line in paragraph(f"{_GAP}{_padded(name, margin - len(_GAP))}", value, width, margin)
    ]


def paragraph(head: str, text: str, width: int | None, margin: int) -> list[str]:
    """A text after its head, broken at words so that each further line begins at a margin."""
    if width is None:
        return [f"{head}{text}"]
    return textwrap.wrap(
        text,
        max(width, margin + _NARROWEST),
        initial_indent=head,
        subsequent_indent=" " * margin,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [head]


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes: Chinese and the like take two a letter."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    none = sum(unicodedata.combining(letter) > 0 for letter in text)
    return len(text) + wide - none


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _padded(text: str, columns: int, *, right: bool = False) -> str:
    room = " " * max(columns - columns_of(text), 0)
    return f"{room}{text}" if right else f"{text}{room}"


def _line(columns: Sequence[Column], row: Sequence[str], widths: Sequence[int]) -> str:
    each = zip(columns, row, widths, strict=True)
    padded = [_padded(text, room, right=column.right) for column, text, room in each]
    return _GAP.join(padded).rstrip()


def _blocks(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Each row as a line with its first cell, and the others in a sentence below it."""
    lines: list[str] = []
    for row in rows:
        lines += [row[0]]
        each = zip(columns[1:], row[1:], strict=True)
        told = " · ".join(column.alone.format(text) for column, text in each if text)
        lines += paragraph(_GAP, told, width, len(_GAP))
    return lines
