"""What the beginning of a Markdown line can mean: pure recognition, no state.

The patterns hold no nested or adjacent unbounded repeats, so that they are linear in the line.
"""

import re
from dataclasses import dataclass

from assistant.render.blocks import Alignment
from assistant.render.line import Line

MAX_COLUMNS = 64
"""A wider table is read as running text: padding its rows would multiply a hostile text."""

CODE_AFTER_MARKER = 4
"""More white space than this after a list marker is an item that begins with indented code."""

SPECIAL = frozenset("#`~*+-_>$\\0123456789")
"""A line that begins with none of these opens no block by its beginning."""

_HEADING = re.compile(r"(#{1,6})(?:[ \t]|$)")
_FENCE = re.compile(r"`{3,}|~{3,}")
_NUMBER = re.compile(r"(\d{1,9})([.)])")
_BEGIN = re.compile(r"\\begin\{([a-zA-Z]{1,20}\*?)\}")
_DELIMITER = re.compile(r":?-+:?")
_BAR = re.compile(r"(?<!\\)\|")
_WORD_PAIR = re.compile(r"[^\W\d_]{2,}[ ,]+[^\W\d_]{2,}")
_ENVIRONMENTS = frozenset(
    (
        "align",
        "alignat",
        "aligned",
        "array",
        "bmatrix",
        "Bmatrix",
        "cases",
        "displaymath",
        "eqnarray",
        "equation",
        "flalign",
        "gather",
        "gathered",
        "math",
        "matrix",
        "multline",
        "pmatrix",
        "smallmatrix",
        "split",
        "vmatrix",
        "Vmatrix",
    )
)
_PUNCTUATION = frozenset(".,;:")
_LEAST_RULE = 3


def is_rule(content: str) -> bool:
    """Whether a line without its indent is a thematic break."""
    if content[0] not in "*-_":
        return False
    marks = content.replace(" ", "").replace("\t", "")
    return len(marks) >= _LEAST_RULE and marks.count(content[0]) == len(marks)


def heading(content: str) -> tuple[int, str] | None:
    """Level and text of an ATX heading."""
    found = _HEADING.match(content)
    if found is None:
        return None
    text = content[found.end(1) :].strip(" \t")
    bare = text.rstrip("#")
    if not bare or bare[-1] in " \t":
        text = bare.rstrip(" \t")
    return len(found[1]), text


def fence(content: str) -> tuple[str, int, str] | None:
    """Character, length and language of an opening code fence."""
    found = _FENCE.match(content)
    if found is None:
        return None
    info = content[found.end() :].strip(" \t")
    character = content[0]
    if character == "`" and "`" in info:
        return None
    language = info.split(maxsplit=1)[0].lower() if info else ""
    return character, found.end(), language


def closes_fence(content: str, character: str, length: int) -> bool:
    """Whether a line without its indent closes a fence of ``length`` such characters."""
    marks = content.rstrip(" \t")
    return len(marks) >= length and marks.count(character) == len(marks)


@dataclass(frozen=True, slots=True)
class Marker:
    """The beginning of a list item.

    Args:
        kind: The bullet, or the character after the number: lists differ by it.
        number: None for bullets.
        width: Characters of the marker.
    """

    kind: str
    number: int | None
    width: int


def marker(content: str) -> Marker | None:
    """The list marker that a line without its indent begins with."""
    if content[0] in "*+-":
        found = Marker(content[0], None, 1)
    else:
        number = _NUMBER.match(content)
        if number is None:
            return None
        found = Marker(number[2], int(number[1]), number.end())
    after = content[found.width : found.width + 1]
    return found if after in ("", " ", "\t") else None


def item_indent(line: Line, found: Marker) -> int:
    """Read a list marker and the white space after it.

    Returns:
        Columns by which the item's further lines have to be indented.
    """
    outer = line.indent
    line.skip_indent()
    line.skip_characters(found.width)
    fits = not line.blank and line.indent <= CODE_AFTER_MARKER
    padding = line.indent if fits else 1
    line.skip_columns(padding)
    return outer + found.width + padding


def is_prose(text: str) -> bool:
    r"""Whether what stands between formula delimiters reads as a sentence.

    Two words side by side and no sign of mathematics: ``5 to US`` between two prices, or
    ``citation needed`` between escaped brackets.
    """
    return not any(sign in text for sign in "\\^_=<>{}+") and bool(_WORD_PAIR.search(text))


def math_opening(content: str) -> tuple[str, str] | None:
    r"""What closes the formula that a line without its indent opens, and its first text.

    A formula is opened by ``$$``, by an escaped square bracket or by ``\begin`` of an environment
    of mathematics; for the last the text holds the opening too.
    """
    if content.startswith("$$"):
        closing, first = "$$", content[2:]
        if first.startswith("$"):
            return None
    elif content.startswith("\\["):
        closing, first = "\\]", content[2:]
    else:
        begin = _BEGIN.match(content)
        if begin is None or begin[1].rstrip("*") not in _ENVIRONMENTS:
            return None
        return f"\\end{{{begin[1]}}}", content
    return None if is_prose(first) else (closing, first)


def math_closing(content: str, closing: str) -> tuple[str, str] | None:
    """Split a line at the end of its formula.

    Returns:
        The last text of the formula, with punctuation that follows it, and the rest of the
        line; None when the formula goes on.
    """
    at = content.find(closing)
    if at < 0:
        return None
    end = at + len(closing)
    text = content[: at if closing in ("$$", "\\]") else end].rstrip()
    rest = content[end:].strip()
    if len(rest) == 1 and rest in _PUNCTUATION:
        return text + rest, ""
    return text, rest


def alignments(content: str) -> tuple[Alignment, ...] | None:
    """The columns that a table's delimiter row names; None when it is no such row."""
    content = content.strip(" \t")
    if "|" not in content or content.strip("-:| \t"):
        return None
    columns: list[Alignment] = []
    for cell in cells(content):
        if _DELIMITER.fullmatch(cell) is None or len(columns) == MAX_COLUMNS:
            return None
        if not cell.endswith(":"):
            columns.append(Alignment.LEFT)
        else:
            columns.append(Alignment.CENTRE if cell.startswith(":") else Alignment.RIGHT)
    return tuple(columns) or None


def cells(row: str) -> list[str]:
    """The source of the cells of a table row; an escaped bar belongs to its cell."""
    parts = _BAR.split(row.strip(" \t"))
    if parts[0] == "":
        del parts[0]
    if parts and parts[-1] == "":
        del parts[-1]
    return [part.strip(" \t").replace("\\|", "|") for part in parts]
