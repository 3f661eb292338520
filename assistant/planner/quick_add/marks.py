"""Parts that a sign marks: priority, tags, project, place, people, and tasks that come first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.domain.task import Priority
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
_REPEATING = re.compile(r"(?<!\w)(?:every|each|daily|weekly|monthly|yearly)(?!\w)", re.IGNORECASE)
_PRIORITY = re.compile(r"(?<!\S)!([A-Za-z]+|[1-3])(?![\w!])|(?<!\S)([pP][1-4])(?!\w)")
_BANG = re.compile(r"(?<!\S)(!{1,3})(?!\S)")
_TAG = re.compile(rf"(?<!\S)#{_NAME}")
_PROJECT = re.compile(rf"(?<!\S)\+{_NAME}")
_PLACE = re.compile(rf"(?<!\S)@{_NAME}")
_WITH = re.compile(
    r"(?<!\w)with ((?:Dr\.? |Prof\.? |Mr\.? |Ms\.? |Mrs\.? )?[^\W\d_a-z][\w'\u2019-]*"
    r"(?: [^\W\d_a-z][\w'\u2019-]*)?(?:(?:, | and | & |, and )[^\W\d_a-z][\w'\u2019-]*)*)"
)
_AFTER = re.compile(
    r"(?<!\w)(?:after|depends on|blocked by):? (?:\"([^\"\n]{1,120})\"|\[\[([^\]\n]{1,120})\]\])",
    re.IGNORECASE,
)
_TRIGGER = re.compile(r"(?<!\w)(?:after|depends on|blocked by):? ", re.IGNORECASE)


def may_name_tasks(text: str) -> bool:
    """Whether a line has words behind which the title of a task may stand."""
    return _TRIGGER.search(text) is not None


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
            yield Mark(kind, match[1] or match[2], match.start(), match.end())
    for match in _WITH.finditer(text):
        for name in re.split(r", and |, | and | & ", match[1]):
            start = text.index(name, match.start(1))
            yield Mark(PartKind.PERSON, name, start, start + len(name), kept=True)
    yield from _dependencies(text, tasks)


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
    """Estimates behind a tilde: “~3h”, “~1h 30m”, “~45 min”.

    In a line that repeats also “for 1h”: the grammar of dates would take the time before it for a
    span, and the recurrence would be lost.
    """
    found = list(_LENGTH.finditer(text))
    if _REPEATING.search(text):
        found += _FOR.finditer(text)
    for match in found:
        minutes = float(match[1].replace(",", ".")) * _UNIT_MINUTES[match[2].lower()]
        minutes += float(match[3] or 0)
        if minutes >= 1:
            yield Mark(PartKind.DURATION, str(round(minutes)), match.start(), match.end())


def _dependencies(text: str, tasks: Sequence[str]) -> Iterator[Mark]:
    for match in _AFTER.finditer(text):
        yield Mark(PartKind.AFTER, match[1] or match[2], match.start(), match.end())
    if not tasks:
        return
    triggers = list(_TRIGGER.finditer(text))
    named = sorted({task for task in tasks if task.strip()}, key=len, reverse=True) * bool(triggers)
    for trigger in triggers:
        begin = trigger.end()
        for task in named:
            end = begin + len(task)
            whole = not text[end : end + 1].isalnum()
            if whole and text[begin:end].lower() == task.lower():
                yield Mark(PartKind.AFTER, task, trigger.start(), end)
                break
