"""A line of a way cut into what it says one after the other: "3x = 12 => x = 4" says two things."""

import re
from typing import Final

from assistant.tutor.maths.shapes import Expression, Saying
from assistant.tutor.maths.values import is_number
from assistant.tutor.steps.sampled import about
from assistant.tutor.steps.shaping import shape_of

_LONGEST: Final = 400
_ARROW: Final = re.compile(
    r"\\(?:Long|long)?(?:left)?(?:R|r)ightarrow\b|\\Leftrightarrow\b|\\implies\b|\\iff\b|\\therefore\b"
    r"|<=>|=>|[-=]{1,2}>|[\u21d2\u27f9\u27fa\u21d4\u2192\u27f6\u2234]"
)
_THEREFORE: Final = re.compile(
    r"(?:[,;]\s*|\s)(?:and\s+)?(?:so|thus|hence|therefore|then|giving|which\s+(?:gives|means))\b"
    r"[,:]?\s",
    re.IGNORECASE,
)
_BECAUSE: Final = re.compile(r"[,;(]?\s*\b(?:because|since)\b.*$", re.IGNORECASE)
_NOTE: Final = re.compile(r"\s*\|\s*(?:[-+*/:·÷\u00d7\u2212]|\\cdot|\\div|\\times)[^|]*$")
"""What is done next to both sides, behind a stroke: 2x + 3 = 11 | - 3."""
_LABEL: Final = re.compile(r"\s*(?:\((\d{1,2})\)|\[(\d{1,2})\]|(\d{1,2})/)\s+(?=[^\s=+*/^<>:-])")
_UNORDERED: Final = re.compile(r"\s*(?:\(\d{1,2}\)|\[\d{1,2}\]|\d{1,2}/)\s+\w[^=<>]*[=<>]")
"""A label or a factor: (3) 2x = 6."""
_LABEL_BEHIND: Final = re.compile(r"(?<=[\w)])\s+(?:\((\d{1,2})\)|\[(\d{1,2})\])[\s.,]*$")
_REFERRED: Final = re.compile(r"(?<=[A-Za-z]{2})\s+(?:\(\d{1,2}\)|\[\d{1,2}\])(?=\s|$)")
"""An equation by its number: from (2)."""
_NEXT: Final = re.compile(r"\n|\t|\s{2,}|(?<=[\d)])\s+(?=[A-Za-z](?:_?\d)?\s*=)")
"""Between two answers with no word: x = 2  x = 3."""
_DONE: Final = r"[-+*/:·÷\u00d7\u2212]\s?\(?[-\u2212]?\d+(?:[.,/]\d+)?[A-Za-z]?\)?"
_BARE_NOTE: Final = re.compile(rf"(?<=[\w)])\s+(?:{_DONE}|\(\s*{_DONE}\s*\)|\[\s*{_DONE}\s*\])\s*$")
_TICKS: Final = re.compile(r"[\u2713\u2714\u2705]")
_RELATION: Final = re.compile(r"[=<>\u2264\u2265\u2260]|\\[lg]eq?\b")
_LEADING: Final = re.compile(r"^\s*(?:" + _ARROW.pattern + r")\s*")
_SOLUTIONS: Final = re.compile(r"\s*(?:I?L|S|M|R|\U0001d543)\s*=\s*\\?\{([^{}\\|:<>]*)\\?\}[\s.]*")
_VALUE: Final = r"[-+\u2212]?\s?\d+(?:\.\d+|/\d+)?"
_ONE_SOLUTION: Final = re.compile(
    r"\s*(?:(?P<name>[A-Za-z])(?:_?\{?\d\}?|[\u2081-\u2084])?\s*=\s*)?(?P<value>[^=<>]+?)[.\s]*"
)
_PLAIN: Final = re.compile(_VALUE)
_BETWEEN: Final = re.compile(r"\s*(?:;|,\s|\bor\b|\band\b|\u2228)\s*")
_EQUALS_FIRST: Final = re.compile(r"^\s*=\s*(?![=<>])")
"""What goes on from the line before: = 22 + 5."""
_ROUNDING: Final = re.compile(
    r"(?<==)\s*([^=<>\u2248]{1,80}?)\s*\u2248\s*([-\u2212]?\d{1,9}\.\d{1,9})(?![\d.])(?!\s*[-+*/^])"
)
_DECIMAL_OR_TWO: Final = re.compile(r"\d,\d")
"""In a set 1,5 is one number or two."""


def statements(line: str, *, expressions: bool = False, number: int = 1) -> tuple[str, ...]:
    """What a line says, in order; the line itself where it is one thing.

    Args:
        line: As it was written.
        expressions: Whether the way is one of equal expressions, where an arrow may stand for an
            equals sign; between numbers of an inequality it may stand for "at least".
        number: Of the line, from 1: up to it "(2) x = 4" begins with a label.
    """
    if len(line) > _LONGEST:
        return (line,)
    line = _without_label(line, number)
    text = _LEADING.sub("", _TICKS.sub(" ", line))
    text = _NOTE.sub("", text) if text.count("|") == 1 else text
    kept = _BECAUSE.sub("", text)
    text = kept if kept.strip() else text
    text = without_equals(text) if expressions else text
    found = [text]
    for cut in (_ARROW, _THEREFORE, _NEXT):
        found = [part for each in found for part in _cut(each, cut, expressions=expressions)]
    return tuple(found) or (line,)


def without_equals(text: str) -> str:
    """A line that goes on from the one before, without the sign that says so: = 22 + 5."""
    return _EQUALS_FIRST.sub("", text)


def without_note(text: str) -> str:
    """A line without what may be a note of what is done next: 3x = 15 :3; "" where there is none.

    The same signs may belong to the line itself.
    """
    found = _BARE_NOTE.search(text)
    return text[: found.start()] if found and _RELATION.search(text[: found.start()]) else ""


def _without_label(line: str, number: int) -> str:
    """A line without its own number; nothing where a number in brackets may be a factor."""
    label = _LABEL.match(line)
    if label and int(label.group(1) or label.group(2) or label.group(3)) <= number:
        line = line[label.end() :]
    elif _UNORDERED.match(line):
        return ""
    line = _REFERRED.sub(" ", line)
    behind = _LABEL_BEHIND.search(line)
    if behind is None or not _RELATION.search(line):
        return line
    return line[: behind.start()] if int(behind.group(1) or behind.group(2)) == number else ""


def without_roundings(text: str) -> str:
    """A line without the decimals that its numbers are about, where they are: x = √5 ≈ 2.24.

    Decimals that are too far off are left, so that nobody takes the line for right.
    """
    return _ROUNDING.sub(
        lambda found: found[1] if _is_about(found[1], found[2]) else found[0], text
    )


def _is_about(exactly: str, told: str) -> bool:
    shape = shape_of(exactly)
    value = about(shape.node) if isinstance(shape, Expression) else None
    places = len(told.partition(".")[2])
    return value is not None and abs(value - float(told.replace("\u2212", "-"))) <= 10**-places


def as_solutions(text: str, names: frozenset[str]) -> str:
    """Solutions as what the unknown is: "L = {2; 3}" and "x = 2, 3" as "x = 2 or x = 3"."""
    if len(names) != 1:
        return text
    found = _SOLUTIONS.fullmatch(text)
    if found is None:
        return _listed(text, next(iter(names)))
    if _DECIMAL_OR_TWO.search(found.group(1)):
        return text
    name, inner = next(iter(names)), found.group(1).strip()
    items = [item.strip() for item in re.split("[;,]", inner)]
    if not inner:
        return "no solution"
    plain = all(
        item and "=" not in item and "." not in item.strip("0123456789.-") for item in items
    )
    return " or ".join(f"{name} = {item}" for item in items) if plain else text


def _listed(text: str, name: str) -> str:
    """One answer after the other, said with the unknown: x1 = 2; x2 = 3."""
    found = [_ONE_SOLUTION.fullmatch(part) for part in _BETWEEN.split(text)]
    items = [each for each in found if each is not None]
    if len(items) < len(found) or len(items) < 2 or items[0]["name"] != name:  # noqa: PLR2004 - one alone is read as it is
        return text
    if any(each["name"] not in (None, name) for each in items):
        return text
    if not all(_is_number(each["value"]) for each in items):
        return text
    return " or ".join(f"{name} = {each['value']}" for each in items)


def _is_number(value: str) -> bool:
    """Whether a solution is written as a number, perhaps with roots: 2 + √3."""
    if _PLAIN.fullmatch(value):
        return True
    shape = shape_of(value)
    return isinstance(shape, Expression) and is_number(shape.node)


def _cut(text: str, between: re.Pattern[str], *, expressions: bool) -> list[str]:
    parts = [part.strip() for part in between.split(text)]
    parts = [part for part in parts if part]
    if len(parts) > 1 and (expressions or all(_says_something(part) for part in parts)):
        return parts
    return [text.strip()]


def _says_something(part: str) -> bool:
    return _RELATION.search(part) is not None or isinstance(shape_of(part.rstrip(".,")), Saying)
