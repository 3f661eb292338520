"""Deadlines by where they stand: “report friday due”, “start on Monday, due Friday”."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from assistant.domain.when import Grain, Sense, When
from assistant.planner.dates.words import WEEKDAYS
from assistant.planner.quick_add.deadlines_apart import Reads

_BEHIND: Final = re.compile(r"(?<!\w)((?:is )?due[\s.!]*)$", re.IGNORECASE)
_IN_FRONT: Final = re.compile(
    r"(?<!\w)(due(?: back)?)(?= (?:in|before|b4|at|for)(?: the| my)?(?: \w+){1,3}\s*$)",
    re.IGNORECASE,
)
"""“due in class Friday”, “due before class Friday 9am”."""
_WORD: Final = re.compile(r"[a-z]+")
_NEAR: Final = frozenset(["this", "last", "past"])


_END_OF_DAY: Final = re.compile(
    r"(?<!\w)(?:eod|eob|cob|end of (?:the )?day|close of (?:business|play))(?!\w)", re.IGNORECASE
)
_MINUTE: Final = timedelta(minutes=1)


def due_at_end_of_day(whens: Sequence[When], text: str) -> list[When]:
    """Dates, those that are the end of a day as deadlines: “slides eod Friday”."""
    return [
        replace(one, start=None, end=one.start, sense=Sense.BY)
        if one.sense is Sense.POINT and _END_OF_DAY.search(text[slice(*one.found)])
        else one
        for one in whens
    ]


def on_its_own_day(when: When, words: str) -> When:
    """A deadline; “by Friday night” is over on Friday, and not at the midnight of Saturday."""
    in_words = when.grain is Grain.HOUR and not any(one.isdigit() for one in words)
    if when.end is None or not in_words or when.end.time() != datetime.min.time():
        return when
    return replace(when, end=when.end - _MINUTE)


def due_behind(text: str, whens: list[When], reader: Reads) -> tuple[list[When], tuple[int, int]]:
    """Dates, the only one a deadline where “due” stands behind the task, and where that stands.

    Args:
        text: What is left of the line.
        whens: What was found in it.
        reader: Reads parts of it again.
    """
    dated = [one for one in whens if one.has_date]
    if len(dated) != 1 or dated[0].sense is Sense.BY:
        return whens, (0, 0)
    when = dated[0]
    last = _BEHIND.search(text) or _IN_FRONT.search(text[: when.found[0]])
    if last is None:
        return whens, (0, 0)
    again = reader.read(f"by {text[slice(*when.found)].strip()}").whens
    if len(again) != 1 or again[0].sense is not Sense.BY:
        return whens, (0, 0)
    meant = replace(again[0], found=when.found)
    return [meant if one is when else one for one in whens], last.span(1)


def after_the_start(when: When, begin: When, words: str, reader: Reads) -> When:
    """A deadline by its weekday: the first one behind the beginning that the line names.

    Args:
        when: The deadline.
        begin: The beginning.
        words: Those of the deadline.
        reader: Reads them against the beginning.
    """
    if begin.start is None or when.end is None or when.end > begin.start:
        return when
    said = set(_WORD.findall(words.lower()))
    if said.isdisjoint(WEEKDAYS) or not said.isdisjoint(_NEAR):
        return when
    again = reader.at(begin.start).read(words).whens
    if len(again) != 1 or again[0].sense is not Sense.BY or again[0].end is None:
        return when
    return replace(again[0], found=when.found) if again[0].end > begin.start else when
