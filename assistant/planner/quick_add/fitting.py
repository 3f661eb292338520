"""Dates held against the words of the task: evenings, and decades that are long over."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from assistant.domain.when import Grain, Sense, Span, When

_EVENING: Final = re.compile(
    r"(?<!\w)(?:dinner|supper|drinks|pub|party|concert|gig|movie|cinema|theatre|theater|opera|"
    r"disco|date night)(?!\w)",
    re.IGNORECASE,
)
_FIRST, _LAST = 5, 9
"""Hours that such a thing does not have in the morning."""
_LONG: Final = frozenset({Grain.DECADE})


def fitting(whens: Sequence[When], text: str, now: datetime) -> list[When]:
    """Dates as the words of a task have them meant.

    “dinner on friday at 7” is in the evening: where the half of the day is open, the later one is
    taken. “listen to 1990s music” is not done in the nineties: they tell what it is about.

    Args:
        whens: The dates that were found.
        text: The line as it was written.
        now: The moment of reading.
    """
    late = _EVENING.search(text) is not None
    found = [_in_the_evening(one) if late else one for one in whens]
    return [one for one in found if not _is_told_about(one, text, now)]


def _in_the_evening(one: When) -> When:
    if one.start is None or not one.has_clock or not _FIRST <= one.start.hour <= _LAST:
        return one
    evening = one.start + timedelta(hours=12)
    later = next((other for other in one.alternatives if other.start == evening), None)
    if later is None:
        return one
    first = Span(one.start, one.end)
    others = tuple(other for other in one.alternatives if other != later)
    return replace(one, start=later.start, end=later.end, alternatives=(first, *others))


def _is_told_about(one: When, text: str, now: datetime) -> bool:
    """Whether a decade or century is over, and the line has other words than it."""
    if one.grain not in _LONG or one.sense is Sense.BY or one.end is None or one.end > now:
        return False
    first, last = one.found
    return any(letter.isalpha() for letter in text[:first] + text[last:])
