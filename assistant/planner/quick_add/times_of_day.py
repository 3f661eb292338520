"""Wishes for a time of day: “every wednesday morning”, “after 4pm” on whatever day."""

import re
from datetime import time

from assistant.domain.task import DayPart
from assistant.domain.when import Recurrence, Sense, When
from assistant.planner.dates.words import PARTS

_NOON, _EVENING, _AFTER_WORK = 12, 18, 17
_OTHER_PARTS = frozenset(["school", "work", "lunchtime", "tonight"])
"""Words of other parts of the day: “after school”, “after work”."""


def part_of_day(hour: int) -> DayPart:
    """In which part of the day an hour lies."""
    if hour < _NOON:
        return DayPart.MORNING
    return DayPart.AFTERNOON if hour < _EVENING else DayPart.EVENING


def wish_of(one: Recurrence, words: str) -> DayPart | None:
    """When in the day something that comes again is liked, where no clock time was named.

    Args:
        one: What was found.
        words: The words that say so: “every wednesday morning”.
    """
    if one.has_clock or one.first is None or one.first.time() == time():
        return None
    named = frozenset(re.findall(r"[a-z]+", words.lower()))
    if not named & (PARTS.keys() | _OTHER_PARTS):
        return None
    if one.first.hour == _AFTER_WORK:
        return DayPart.EVENING
    return part_of_day(one.first.hour)


def wish_from(when: When) -> DayPart | None:
    """The part of the day that a time without a day begins in: “after 4pm”, of any day.

    “After 9am” leaves most of the day, and wishes for none of its parts.
    """
    is_open = when.sense is Sense.SPAN and when.end is None and when.start is not None
    if not is_open or when.has_date or not when.has_clock or when.start is None:
        return None
    return None if when.start.hour < _NOON else part_of_day(when.start.hour)
