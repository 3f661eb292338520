"""What a task is called: the words of a line that no part has taken, made tidy."""

import re
from collections.abc import Iterator
from typing import Final

from assistant.planner.dates.holidays import holiday_seeds
from assistant.planner.dates.lexer import tokens_of

_LOOSE_ENDS: Final = " \t,;\u2013\u2014-"
_EMPTY: Final = re.compile(r"\(\s*\)|\[\s*\]|\{\s*\}")
_MEAL: Final = re.compile(r"(?<!\w)(?:breakfast|lunch|dinner)(?!\w)", re.IGNORECASE)
_EVENT: Final = re.compile(
    r"(?<!\w)(?:parents?['\u2019]?s?|open|movie|film|games?|quiz|date|poker|pizza|bowling|karaoke|"
    r"prom|girls['\u2019]?|boys['\u2019]?|opening|music|talent|info|information) "
    r"(evening|night|afternoon|morning)(?!\w)",
    re.IGNORECASE,
)


_NAMED_DAY: Final = re.compile(
    r"(?<!\w)(?:taco|super|giving|casual|throwback|meatless|fish|pancake|curry|movie|game) "
    r"((?:mon|tues|wednes|thurs|fri|satur|sun)day)(?!\w)",
    re.IGNORECASE,
)


def tidy(words: str) -> str:
    """A title without what parts leave behind: empty brackets, loose commas and colons."""
    title = " ".join(_EMPTY.sub(" ", words).split())
    return title.strip(_LOOSE_ENDS).lstrip(":" + _LOOSE_ENDS)


def meals_in(text: str) -> Iterator[tuple[int, int]]:
    """Where meals stand: a time of day, and where a line names nothing else, its task."""
    return (match.span() for match in _MEAL.finditer(text))


def holiday_in(text: str) -> str:
    """The longest name of a holiday in a text: what takes place where it says nothing else."""
    tokens = tokens_of(text)
    spans = [(tokens[one.start].start, tokens[one.end - 1].end) for one in holiday_seeds(tokens)]
    first, last = max(spans, key=lambda span: span[1] - span[0], default=(0, 0))
    return text[first:last]


def without_events(title: str) -> str:
    """A title without what takes place in it at a part of the day."""
    return _NAMED_DAY.sub(" ", _EVENT.sub(" ", title))


def events_in(text: str) -> Iterator[tuple[int, int]]:
    """Where days or their parts belong to what takes place: “parents evening”, “taco tuesday”."""
    return (match.span(1) for form in (_EVENT, _NAMED_DAY) for match in form.finditer(text))
