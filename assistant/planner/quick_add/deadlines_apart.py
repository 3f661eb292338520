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

    def at(self, moment: datetime) -> "Reads":
        """The same against another moment."""
        ...


def deadlines_apart(found: Found, text: str, reader: Reads) -> Found:
    """What a text says, with a deadline that the recurrence had taken in as one of its own.

    Args:
        found: As the grammar read it, which takes “fri every other week” for one recurrence.
        text: What was read.
        reader: Reads parts of it again.
    """
    if not found.recurrences:
        return _from_the_second_on(found, text, reader)
    one, *others = found.recurrences
    apart = _in_front(one, text, reader) or _behind(one, text, reader)
    if apart is None:
        return found
    deadline, recurrence = apart
    return replace(found, whens=(deadline, *found.whens), recurrences=(recurrence, *others))


def _from_the_second_on(found: Found, text: str, reader: Reads) -> Found:
    """“every mon due wed” on a Tuesday: the grammar finds an end before the first Monday."""
    cut = _BY.search(text)
    if found.whens or cut is None or not _REPEATING.search(text, 0, cut.start()):
        return found
    before = reader.read(text[: cut.start()])
    if before.whens or len(before.recurrences) != 1:
        return found
    one = replace(before.recurrences[0], found=(before.recurrences[0].found[0], len(text)))
    apart = _behind(one, text, reader)
    return found if apart is None else replace(found, whens=(apart[0],), recurrences=(apart[1],))


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
        start = before[0].first if len(before) == 1 else None
        when = None if start is None else _deadline(text[cut.start() : last], start, reader)
        if start is None or when is None or when.end is None:
            continue
        if when.has_date and cut[0].lower() == "by":
            continue  # “every day by june” tells how long it goes on
        due = when.end if when.has_date else _at(start, when.end)
        begin, end = when.found
        place = (begin + cut.start(), end + cut.start())
        found = (before[0].found[0] + first, before[0].found[1] + first)
        return (
            replace(when, start=None, end=due, found=place, has_date=True),
            # The day that comes again is kept beside a deadline on another day.
            replace(
                before[0],
                found=found,
                first=start if when.has_date and "BY" in before[0].rule else None,
            ),
        )
    return None


def _deadline(text: str, start: datetime, reader: Reads) -> When | None:
    """The one deadline that a text names; a day of it is the first one from the beginning on."""
    for one in (reader, reader.at(start)):
        after = one.read(text).whens
        if len(after) != 1 or after[0].sense is not Sense.BY:
            return None
        if not after[0].has_date or after[0].end is None or after[0].end > start:
            return after[0]
    return None


def _at(day: datetime, clock: datetime) -> datetime:
    return day.replace(hour=clock.hour, minute=clock.minute, second=clock.second, microsecond=0)
