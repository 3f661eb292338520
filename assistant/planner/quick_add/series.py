"""What comes again within a span: “swim every monday in january”, “daily 1-10 dec”."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from assistant.domain.when import Recurrence, Sense, When
from assistant.planner.dates.finding import Found
from assistant.planner.quick_add.deadlines_apart import Reads

_BOUND: Final = re.compile(r"COUNT|UNTIL|FREQ=YEARLY")
_SPACE: Final = re.compile(r"[\s,]+")
_DAY: Final = timedelta(1)
_WEEK: Final = timedelta(7, hours=1)
_MONTH: Final = timedelta(32)


def series_within(
    one: Recurrence, found: Found, text: str, reader: Reads
) -> tuple[Recurrence, When] | None:
    """What comes again, from the first time in a span to the last, and the span.

    None where the line names no span of days in which it comes more than once.

    Args:
        one: As it was read, for ever.
        found: All that was found.
        text: What was read.
        reader: Reads parts of it again.
    """
    if _BOUND.search(one.rule) or one.after_completion:
        return None
    for when in found.whens:
        for span, time in _days_and_time(when, text, reader):
            bounded = _bounded(one, span, f"{text[slice(*one.found)]} {time}", reader)
            if bounded is not None:
                return replace(bounded, found=one.found), when
    return None


def _bounded(one: Recurrence, span: When, words: str, reader: Reads) -> Recurrence | None:
    if span.start is None or span.end is None or one.first is None:
        return None
    if span.end - span.start <= _least(one.rule) or span.end <= one.first:
        return None
    again = (reader.at(span.start) if span.start > one.first else reader).read(words)
    if again.whens or len(again.recurrences) != 1:
        return None
    inside = again.recurrences[0]
    last = span.end - timedelta(seconds=1)
    if inside.first is None or inside.first > last:
        return None
    if one.has_clock and not inside.has_clock:
        # Its time stands elsewhere in the line.
        first = inside.first.replace(hour=one.first.hour, minute=one.first.minute)
        end = None if one.end is None else first + (one.end - one.first)
        inside = replace(one, first=first, end=end)
    return replace(inside, rule=f"{inside.rule};UNTIL={last:%Y%m%dT%H%M%S}")


def _least(rule: str) -> timedelta:
    """What a span has to be longer than, to hold a rule more than once."""
    if rule.startswith("FREQ=MONTHLY"):
        return _MONTH
    several = "," in rule.partition("BYDAY=")[2]
    return _WEEK if rule.startswith("FREQ=WEEKLY") and not several else _DAY


def _days_and_time(when: When, text: str, reader: Reads) -> Iterator[tuple[When, str]]:
    """A span of days, and the words of a time that stand in front of or behind it."""
    if when.sense is Sense.BY or not when.has_date:
        return
    if not when.has_clock:
        yield when, ""
        return
    start, end = when.found
    for space in _SPACE.finditer(text, start, end):
        first, last = text[start : space.start()], text[space.end() : end]
        for days, time in ((first, last), (last, first)):
            spans, times = reader.read(days).whens, reader.read(time).whens
            if len(spans) == len(times) == 1 and not spans[0].has_clock and not times[0].has_date:
                yield spans[0], time
