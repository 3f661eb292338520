"""Parts that a sign marks: priority, tags, project, place, people, and tasks that come first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.domain.task import Priority
from assistant.planner.quick_add.company import people_in, places_in
from assistant.planner.quick_add.dependencies import dependencies_in
from assistant.planner.quick_add.parts import PartKind


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked part; ``kept`` says that its words stay in the title."""

    kind: PartKind
    value: str
    start: int
    end: int
    kept: bool = False


_LEVELS = {
    "urgent": Priority.URGENT,
    "u": Priority.URGENT,
    "critical": Priority.URGENT,
    "high": Priority.HIGH,
    "h": Priority.HIGH,
    "hi": Priority.HIGH,
    "1": Priority.HIGH,
    "medium": Priority.MEDIUM,
    "med": Priority.MEDIUM,
    "m": Priority.MEDIUM,
    "normal": Priority.MEDIUM,
    "2": Priority.MEDIUM,
    "low": Priority.LOW,
    "l": Priority.LOW,
    "3": Priority.LOW,
}
_BANGS = {"!!!": Priority.HIGH, "!!": Priority.MEDIUM, "!": Priority.LOW}
_NAME = r"(?:\"([^\"\n]{1,80})\"|([^\W\d_][\w/-]*))"

_UNIT_MINUTES = {"h": 60.0, "m": 1.0, "d": 1440.0}
_LENGTH = re.compile(
    r"(?:~ ?|≈ ?)(\d{1,4}(?:[.,]\d{1,2})?) ?(h|m|d)(?:r|rs|our|ours|in|ins|inute|inutes|ay|ays)?"
    r"(?: ?(\d{1,2}) ?m(?:in|ins)?)?(?!\w)",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"(?<!\w)for (?:about |around |~ ?)?(\d{1,4}(?:[.,]\d{1,2})?) ?(h|m)"
    r"(?:r|rs|our|ours|in|ins|inute|inutes)?(?: ?(\d{1,2}) ?m(?:in|ins)?)?(?!\w)",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"(?<![\w.,:])(\d{1,2}) ?(?:x|\u00d7|\*) ?(\d{1,2}(?:[.,]\d{1,2})?) ?"
    r"(h(?:rs?|ours?)?|min(?:s|utes?)?)(?!\w)",
    re.IGNORECASE,
)
"""“2x45min”: as long as all of them together; “8x50m” are metres."""
_TIMES = re.compile(
    r"(?<![\w.,:])(\d{1,3}(?:[.,]\d{1,2})?) ?(h(?:rs?|ours?)?|min(?:s|utes?)?) ?(?:x|\u00d7|\*) ?"
    r"(\d{1,2})(?![\w.,:]\d|\w)",
    re.IGNORECASE,
)
"""“15 min x 4”."""
_REPEATING = re.compile(r"(?<!\w)(?:every|each|daily|weekly|monthly|yearly)(?!\w)", re.IGNORECASE)
_PRIORITY = re.compile(r"(?<!\S)!([A-Za-z]+|[1-3])(?![\w!])|(?<!\S)([pP][1-4])(?!\w)")
_BANG = re.compile(r"(?<!\S)(!{1,3})(?!\S)")
_TAG = re.compile(rf"(?<!\S)#{_NAME}")
_PROJECT = re.compile(rf"(?<!\S)\+{_NAME}")
_BIG = r"[^\W\d_a-z][\w'\u2019-]*"
_PLACE = re.compile(
    rf"(?<!\S)@(?:\"([^\"\n]{{1,80}})\"|([^\W\d_][\w/'\u2019-]*)| ({_BIG}(?: {_BIG})?))"
)


def marks_in(text: str, tasks: Sequence[str] = ()) -> Iterator[Mark]:
    """The marked parts of a line.

    Args:
        text: The line.
        tasks: Titles of tasks that are known: “after” one of these names a dependency also
            without quotation marks.
    """
    yield from _priorities(text)
    yield from _lengths(text)
    for kind, pattern in (
        (PartKind.TAG, _TAG),
        (PartKind.PROJECT, _PROJECT),
        (PartKind.PLACE, _PLACE),
    ):
        for match in pattern.finditer(text):
            value = next(one for one in match.groups() if one)
            yield Mark(kind, value, match.start(), match.end())
    for start, end in people_in(text):
        yield Mark(PartKind.PERSON, text[start:end], start, end, kept=True)
    for start, end in places_in(text):
        yield Mark(PartKind.PLACE, text[start:end], start, end, kept=True)
    for title, start, end in dependencies_in(text, tasks):
        yield Mark(PartKind.AFTER, title, start, end)


def _priorities(text: str) -> Iterator[Mark]:
    for match in _PRIORITY.finditer(text):
        if match[2]:
            level = {"1": Priority.HIGH, "2": Priority.MEDIUM, "3": Priority.LOW}.get(match[2][1])
            value = level.value if level is not None else ""
            yield Mark(PartKind.PRIORITY, value, match.start(), match.end())
        elif match[1].lower() in _LEVELS:
            level = _LEVELS[match[1].lower()]
            yield Mark(PartKind.PRIORITY, level.value, match.start(), match.end())
    for match in _BANG.finditer(text):
        yield Mark(PartKind.PRIORITY, _BANGS[match[1]].value, match.start(), match.end())


def _lengths(text: str) -> Iterator[Mark]:
    """Estimates behind a tilde (“~3h”, “~1h 30m”, “~45 min”), and in parts (“2x45min”).

    In a line that repeats also “for 1h”: the grammar of dates would take the time before it for a
    span, and the recurrence would be lost.
    """
    parts = [(one, one[1], one[2], one[3]) for one in _PARTS.finditer(text)]
    parts += [(one, one[3], one[1], one[2]) for one in _TIMES.finditer(text)]
    for match, times, length, unit in parts:
        minutes = int(times) * float(length.replace(",", ".")) * _UNIT_MINUTES[unit[0].lower()]
        if minutes >= 1:
            yield Mark(PartKind.DURATION, str(round(minutes)), match.start(), match.end())
    found = list(_LENGTH.finditer(text))
    if _REPEATING.search(text):
        found += _FOR.finditer(text)
    for match in found:
        minutes = float(match[1].replace(",", ".")) * _UNIT_MINUTES[match[2].lower()]
        minutes += float(match[3] or 0)
        if minutes >= 1:
            yield Mark(PartKind.DURATION, str(round(minutes)), match.start(), match.end())
