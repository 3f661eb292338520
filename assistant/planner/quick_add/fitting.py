"""Dates held against the words of the task: evenings, and spans that tell what it is about."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from assistant.domain.when import Grain, Sense, Span, When
from assistant.planner.dates.neighbours import TOLD_OF
from assistant.planner.quick_add.deadlines_apart import Reads
from assistant.planner.quick_add.naming import has_noun_behind, is_holiday_of

_EVENING: Final = re.compile(
    r"(?<!\w)(?:dinner|supper|drinks|pub|party|concert|gig|movie|cinema|theatre|theater|opera|"
    r"disco|date night)(?!\w)",
    re.IGNORECASE,
)
_MORNING: Final = re.compile(
    r"(?<!\w)(?:wake|get up|getting up|alarm|sunrise)(?!\w)", re.IGNORECASE
)
_FIRST, _LAST = 4, 9
"""Hours at which the one is seldom in the morning, and the other seldom in the evening."""
_LONG: Final = frozenset({Grain.QUARTER, Grain.DECADE, Grain.CENTURY})
_YEARS: Final = re.compile(r"\d{4} ?[-\u2013] ?\d{2,4}$")
"""“essay 1939-1945”."""
_FOR: Final = re.compile(r"for\b", re.IGNORECASE)
_BARE: Final = re.compile(
    r"(?:the |an? )?(?:\d|[qh] ?\d|quarter|first|second|third|fourth|last)", re.IGNORECASE
)
_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")
_LONG_PAST: Final = 1900
_CLOCK_AS_YEAR: Final = re.compile(r"(.*\D)(1\d|2[0-3])([0-5][05])")
_TOPIC: Final = re.compile(r"(?<!\w)(?:on|about|of|from|covering)\s+$", re.IGNORECASE)


def fitting(whens: Sequence[When], text: str, now: datetime) -> list[When]:
    """Dates as the words of a task have them meant.

    “dinner on friday at 7” is in the evening, and one wakes up at 6 in the morning: where the half
    of the day is open, that one is taken. “listen to 1990s music” is not done in the nineties, and
    “Q3 numbers” are not looked at all through a quarter: they tell what it is about.

    A holiday that another date stands beside is a name: “halloween party 24 oct”.

    Args:
        whens: The dates that were found.
        text: The line as it was written.
        now: The moment of reading.
    """
    late = _EVENING.search(text) is not None
    early = not late and _MORNING.search(text) is not None
    found = [_moved(one, 12 if late else -12) if late or early else one for one in whens]
    meant = [one for one in found if not _is_told_about(one, text, now)]
    named = [one for one in meant if one.sense is not Sense.BY and is_holiday_of(text, one.found)]
    dated = any(one.has_date and one not in named for one in meant)
    return [one for one in meant if one not in named] if dated else meant


def with_clocks(whens: Sequence[When], text: str, reader: Reads) -> list[When]:
    """Dates, a year long past as a time of day: “eye test 9 dec 1620”.

    Args:
        whens: The dates that were found.
        text: What is left of the line.
        reader: Reads parts of it again.
    """
    return [_with_clock(one, text, reader) for one in whens]


def _with_clock(one: When, text: str, reader: Reads) -> When:
    start = one.start
    if start is None or start.year >= _LONG_PAST or one.grain is not Grain.DAY or one.has_clock:
        return one
    figures = _CLOCK_AS_YEAR.fullmatch(text[slice(*one.found)])
    told = _TOPIC.search(text[: one.found[0]]) or TOLD_OF.intersection(text.lower().split())
    if figures is None or told:
        return one
    again = reader.read(f"{figures[1]} {figures[2]}:{figures[3]}").whens
    return replace(again[0], found=one.found) if len(again) == 1 and again[0].has_clock else one


def _moved(one: When, hours: int) -> When:
    """The reading in the other half of the day, where that is open and the hour is not its own."""
    if one.start is None or not one.has_clock:
        return one
    if not _FIRST <= one.start.hour + min(hours, 0) <= _LAST:
        return one
    moment = one.start + timedelta(hours=hours)
    other = next((other for other in one.alternatives if other.start == moment), None)
    if other is None:
        return one
    first = Span(one.start, one.end)
    others = tuple(one for one in one.alternatives if one != other)
    return replace(one, start=other.start, end=other.end, alternatives=(first, *others))


def _is_told_about(one: When, text: str, now: datetime) -> bool:
    """Whether a quarter or longer span is over or only named, and the line has other words."""
    first, last = one.found
    long = one.grain in _LONG or _YEARS.match(text[first:last]) is not None
    if not long or one.sense is Sense.BY or one.end is None:
        return False
    if not any(letter.isalpha() for letter in text[:first] + text[last:]):
        return False
    return one.end <= now or (one.grain is Grain.QUARTER and _is_topic(one.found, text))


def _is_topic(found: tuple[int, int], text: str) -> bool:
    """Whether a task is about a quarter: “sales for the next quarter”, “Q3 numbers”.

    “launch the product Q1 2027” says when: it has a year, and no word that it belongs to.
    """
    first, last = found
    if _FOR.match(text, first):
        return True
    if not _BARE.match(text, first):
        return False
    told = _YEAR.search(text[first:last]) is not None and _TOPIC.search(text[:first]) is None
    return not told or has_noun_behind(text, last)
