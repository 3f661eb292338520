"""Deadlines that stand beside a recurrence: “by fri 5pm every other week” names both."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol

from assistant.domain.when import Recurrence, Sense, When
from assistant.planner.dates.finding import Found

_DEADLINE: Final = re.compile(
    r"(?<!\w)(?:due(?: by| on)?|by|before|no later than|not later than):?\s+$", re.IGNORECASE
)
_REPEATING: Final = re.compile(
    r"(?<!\w)(?:every|each|daily|weekly|monthly|yearly|annually|fortnightly|bi-?weekly)(?!\w)",
    re.IGNORECASE,
)
_BY: Final = re.compile(r"(?<!\w)(by|due(?: by| on| at)?)(?!\w)", re.IGNORECASE)


class Reads(Protocol):
    """Reads dates against one moment."""

    def read(self, text: str) -> Found:
        """What a text says about time."""
        ...


def deadlines_apart(found: Found, text: str, reader: Reads) -> Found:
    """What a text says, with a deadline that the recurrence had taken in as one of its own.

    Args:
        found: As the grammar read it, which takes “fri every other week” for one recurrence.
        text: What was read.
        reader: Reads parts of it again.
    """
    if not found.recurrences:
        return found
    one, *others = found.recurrences
    apart = _in_front(one, text, reader) or _behind(one, text, reader)
    if apart is None:
        return found
    deadline, recurrence = apart
    return replace(found, whens=(deadline, *found.whens), recurrences=(recurrence, *others))


def _in_front(one: Recurrence, text: str, reader: Reads) -> tuple[When, Recurrence] | None:
    """“by fri 5pm every other week”: the deadline is the first one."""
    first, last = one.found
    cut = _REPEATING.search(text, first, last)
    if cut is None or not _DEADLINE.search(text[:first]):
        return None
    before = [
        when
        for when in reader.read(text[: cut.start()]).whens
        if when.sense is Sense.BY and when.has_date and when.found[1] > first
    ]
    after = reader.read(text[cut.start() : last]).recurrences
    if len(before) != 1 or len(after) != 1:
        return None
    start, end = after[0].found
    place = (start + cut.start(), end + cut.start())
    return before[0], replace(after[0], found=place, first=None)


def _behind(one: Recurrence, text: str, reader: Reads) -> tuple[When, Recurrence] | None:
    """“every month on the 1st by 5pm”, “every mon due wed”: due at that time of each."""
    first, last = one.found
    for cut in _BY.finditer(text, first, last):
        before = reader.read(text[first : cut.start()]).recurrences
        after = reader.read(text[cut.start() : last]).whens
        if len(before) != 1 or len(after) != 1:
            continue
        start, when = before[0].first, after[0]
        if start is None or when.end is None or when.sense is not Sense.BY:
            continue
        if when.has_date and cut[0].lower() == "by":
            continue  # “every day by june” tells how long it goes on
        due = when.end if when.has_date else _at(start, when.end)
        begin, end = when.found
        place = (begin + cut.start(), end + cut.start())
        found = (before[0].found[0] + first, before[0].found[1] + first)
        return (
            replace(when, start=None, end=due, found=place, has_date=True),
            replace(before[0], found=found, first=None),
        )
    return None


def _at(day: datetime, clock: datetime) -> datetime:
    return day.replace(hour=clock.hour, minute=clock.minute, second=clock.second, microsecond=0)
