"""Dates that stand in a row: “at 8am and 6pm”, “mon 6pm and wed 7pm”."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.domain.when import Grain, Recurrence, Sense, When
from assistant.planner.dates.finding import Found
from assistant.planner.dates.neighbours import NUMBERED
from assistant.planner.quick_add.deadlines_apart import Reads

_JOINT: Final = re.compile(r"\s*(?:,|&|/|,?\s+and\b)\s*", re.IGNORECASE)
_MORE: Final = re.compile(
    r"\s*(?:,|&|/|,?\s+and\b)\s*\d{1,2}(?:[:.]\d\d)?(?=\s*(?:$|[,;.!?)](?:\s|$)))", re.IGNORECASE
)
"""One more hour, which alone is no date: “at 7 and 19”."""
_A_PAIR: Final = 2
_WRITTEN_OUT: Final = re.compile(r"(?<!\w)(?:to|until|till)(?!\w)", re.IGNORECASE)
"""“monday to friday”: one stretch of days."""
_OF_ONE: Final = re.compile(
    r"[,;:.!?](?!\w)|(?<!\w)(?:for|before|after|then|starts?|starting|begins?|opens?|closes?|ends?|"
    r"meet|leave|arrive|depart|check)(?!\w)",
    re.IGNORECASE,
)
"""What tells that a time is only of one of some days: “camp mon-fri, meet at 8am”."""
_TIME: Final = r"\d{1,2}(?:[:.]\d\d)?(?:\s?[ap]m)?"
_DAY: Final = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_DASH: Final = "[-\N{EN DASH}]"
_HOURS_OF_DAYS: Final = re.compile(
    rf"(?P<word>\w+\.?)?\s*(?<![\w.:])(?P<hours>{_TIME}\s?{_DASH}\s?{_TIME})\s+"
    rf"(?P<days>{_DAY}(?:\s?(?:{_DASH}|[/,&])\s?{_DAY})+)(?!\w)",
    re.IGNORECASE,
)
"""“9-5 mon-fri”: two hours in front of several days."""
_SPACE: Final = re.compile(r"\s+")


def row_of(whens: Sequence[When], text: str) -> tuple[int, int]:
    """From the first of some dates to the last that only commas and “and” part from it."""
    first, last = whens[0].found
    for one in whens[1:]:
        if one.sense is Sense.BY or _JOINT.fullmatch(text, last, one.found[0]) is None:
            break
        last = one.found[1]
    return first, last


def days_with_times(found: Found, text: str, reader: Reads) -> Found:
    """What a text says, days of a week that stand apart from their time as a recurrence.

    “10am standup mon-fri” says what “standup mon-fri 10am” does: from the time to the days there is
    nothing but what takes place. A time that stands behind the days, or in another part of the
    sentence, is one of a single trip, and stays in the title.
    """
    found = _days_of_daily(found, text, reader)
    of_hours = _hours_of_days(text, reader)
    if of_hours is not None:
        first, last = of_hours.found
        whens = (one for one in found.whens if one.found[1] <= first or one.found[0] >= last)
        return replace(found, whens=tuple(whens), recurrences=(of_hours,))
    spans = [one for one in found.whens if one.grain is Grain.DAY and one.end and one.start]
    times = [one for one in found.whens if one.has_clock and not one.has_date]
    if found.recurrences or (len(spans), len(times)) != (1, 1) or len(found.whens) > _A_PAIR:
        return found
    days, time = spans[0], times[0]
    again = reader.read(f"{text[slice(*days.found)]} {text[slice(*time.found)]}")
    if again.whens or len(again.recurrences) != 1:
        return found
    between = text[time.found[1] : days.found[0]]
    written_out = _WRITTEN_OUT.search(text, *days.found)
    if days.found[0] < time.found[0] or _OF_ONE.search(between) or written_out:
        return replace(found, whens=(days,))
    one = replace(again.recurrences[0], found=days.found)
    return replace(found, whens=(time,), recurrences=(one,))


def _days_of_daily(found: Found, text: str, reader: Reads) -> Found:
    """“daily scrum 9am mon-fri”: on these days, and the “daily” names the task."""
    spans = [one for one in found.whens if one.grain is Grain.DAY and one.start and one.end]
    if [one.rule for one in found.recurrences] != ["FREQ=DAILY"] or len(spans) != 1:
        return found
    again = reader.read(f"daily {text[slice(*spans[0].found)]}")
    if again.whens or len(again.recurrences) != 1 or "BYDAY" not in again.recurrences[0].rule:
        return found
    one = replace(again.recurrences[0], found=spans[0].found)
    whens = tuple(when for when in found.whens if when is not spans[0])
    return replace(found, whens=whens, recurrences=(one,))


def _hours_of_days(text: str, reader: Reads) -> Recurrence | None:
    """“9-5 mon-fri” as “mon-fri 9-5”; pages and the like are no hours."""
    match = _HOURS_OF_DAYS.search(text)
    if match is None or (match["word"] or "").rstrip(".").casefold() in NUMBERED:
        return None
    again = reader.read(f"{match['days']} {match['hours']}")
    if again.whens or len(again.recurrences) != 1 or again.recurrences[0].end is None:
        return None
    return replace(again.recurrences[0], found=(match.start("hours"), match.end("days")))


def is_further(one: When, ends: Sequence[int], text: str) -> bool:
    """Whether a date stands in a row behind something that ends at one of some places."""
    joints = (_JOINT.fullmatch(text, end, one.found[0]) for end in ends)
    return one.sense is not Sense.BY and any(joint is not None for joint in joints)


def kept_of(one: When, whens: Sequence[When], text: str, reader: Reads) -> int:
    """Where the words of a date begin that stay in the title; its end where none do.

    A task has one date. Of several in a row the first is taken, and as the others stay in the
    title, its words do so, too: “feed cat at 8am and 6pm”. A day that is said of all of them
    does not: “tomorrow at 8am and 6pm”.

    Args:
        one: The date that is taken.
        whens: All dates of the text.
        text: What is left of the line.
        reader: Reads parts of it again.
    """
    start, end = one.found
    following = [when for when in whens if when.found[0] >= start]
    more = one.has_clock and _MORE.match(text, end) is not None
    if one.sense is Sense.BY or not (more or row_of(following, text)[1] > end):
        return end
    if not one.has_date or (not more and following[1].has_date):
        return start
    for space in _SPACE.finditer(text, start, end):
        rest = reader.read(text[space.end() : end]).whens
        if len(rest) == 1 and rest[0].has_clock and not rest[0].has_date:
            return space.end()
    return start
