"""What a task is called: the words of a line that no part has taken, made tidy."""

import re
from collections.abc import Iterator
from typing import Final

from assistant.planner.dates.holidays import holiday_seeds
from assistant.planner.dates.lexer import tokens_of
from assistant.planner.dates.slips import mended
from assistant.planner.dates.words import MONTHS, WEEKDAYS

_LOOSE_ENDS: Final = " \t,;\u2013\u2014-"
_EMPTY: Final = re.compile(r"\(\s*\)|\[\s*\]|\{\s*\}")
_ENDING: Final = re.compile(r"(?<=\w) +([?.])$")
_OVER: Final = re.compile(r"over (?:the )?", re.IGNORECASE)
_MOVED_TO: Final = re.compile(
    r"(?<!\w)(moved|postponed|extended|rescheduled|shifted|changed|pushed(?: back)?|delayed)"
    r" (?:to|until|till)$",
    re.IGNORECASE,
)
"""“exam moved to” is what is left of “exam moved to Friday”."""
_MEAL: Final = re.compile(r"(?<!\w)(?:breakfast|lunch|dinner)(?!\w)", re.IGNORECASE)
_FIRST_MEAL: Final = re.compile(r"\s*(?:breakfast|lunch|dinner)\s+(?!:)", re.IGNORECASE)
_MEAL_OF: Final = re.compile(
    r"(?<![\w'\u2019])([a-z]{2,}(['\u2019]s)?) (breakfast|lunch|dinner)(?![\w'\u2019])",
    re.IGNORECASE,
)
_NO_NOUNS: Final = frozenset(
    ["at", "for", "after", "before", "during", "by", "until", "till", "the", "this", "over", "from"]
) | frozenset(
    ["around", "since", "every", "each", "next", "today", "tomorrow", "tmrw", "tmr", "pm", "am"],
).union(WEEKDAYS, MONTHS)
"""Behind these a meal is a time of day, elsewhere what takes place: “team lunch”."""
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


_BEFORE: Final = re.compile(r"(?:before|b4) ", re.IGNORECASE)
_NEXT_WORD: Final = re.compile(r" ([^\W\d_]{2,})")
_SMALL: Final = frozenset(
    ["at", "in", "on", "with", "for", "and", "or", "to", "from", "by", "due", "of", "the", "till"]
).union(
    ["before", "after", "until", "about", "around", "every", "my", "our", "then", "if", "please"],
    ["pls", "thanks", "so", "because", "when", "while", "via", "but", "as"],
)


_ASKED: Final = re.compile(
    r"(?:please |pls )?(?:remind me to|remember to|(?:don['\u2019]?t|do not) forget to|"
    r"i(?:['\u2019]ve got| need| have|(?: ha|['\u2019])ve) to|need to|gotta|i must) (?=\w)",
    re.IGNORECASE,
)
"""What one says to somebody, and does not write on a list: “remind me to call Ana”."""


def as_written_down(title: str) -> str:
    """A title without “remind me to” and the like in front of it."""
    plain = _ASKED.sub("", title, count=1) if _ASKED.match(title) else title
    return plain[0].upper() + plain[1:] if plain != title and title[0].isupper() else plain


def tidy(words: str) -> str:
    """A title without what parts leave behind: empty brackets, loose commas and colons."""
    title = _ENDING.sub(r"\1", " ".join(_EMPTY.sub(" ", words).split())).replace(" , ", ", ")
    title = _MOVED_TO.sub(r"\1", title)
    return title.strip(_LOOSE_ENDS).lstrip(":" + _LOOSE_ENDS)


def meals_in(text: str) -> Iterator[tuple[int, int]]:
    """Where meals stand: a time of day, and where a line names nothing else, its task."""
    return (match.span() for match in _MEAL.finditer(text))


def begins_with_meal(text: str) -> bool:
    """Whether a meal is the first that a line names: “dinner friday, bring wine”.

    Before a colon it is when: “lunch: call Ana”.
    """
    return _FIRST_MEAL.match(text) is not None


def holiday_in(text: str) -> str:
    """The longest name of a holiday in a text: what takes place where it says nothing else."""
    first, last = max(_holidays(text), key=lambda span: span[1] - span[0], default=(0, 0))
    return text[first:last]


def _holidays(text: str) -> list[tuple[int, int]]:
    tokens = tokens_of(text)
    return [(tokens[one.start].start, tokens[one.end - 1].end) for one in holiday_seeds(tokens)]


def is_holiday_of(text: str, found: tuple[int, int]) -> bool:
    """Whether a date is a holiday that belongs to the word behind it: “christmas party”.

    Args:
        text: The line.
        found: Where the date stands in it.
    """
    first, last = found
    led = _OVER.match(text, first)
    first = first if led is None else led.end()
    spans = [(one.start, one.end) for one in holiday_seeds(tokens_of(text[first:last]))]
    whole = (0, len(tokens_of(text[first:last]))) in spans
    return whole and has_noun_behind(text, last)


def is_before_event(text: str, found: tuple[int, int]) -> bool:
    """Whether a deadline tells before what: “slides before thurs standup”, “before 3pm call”.

    Args:
        text: The line; a deadline at its beginning tells it of nothing.
        found: Where the deadline stands in it.
    """
    first, last = found
    behind = bool(text[:first].strip()) and _BEFORE.match(text, first) is not None
    return behind and has_noun_behind(text, last)


def has_noun_behind(text: str, end: int) -> bool:
    """Whether the word behind a place in a text is one that a date there may belong to."""
    behind = _NEXT_WORD.match(text, end)
    return behind is not None and behind[1].lower() not in _SMALL


def without_events(title: str) -> str:
    """A title without what takes place in it at a part of the day, and without a holiday."""
    holiday = holiday_in(title)
    rest = title.replace(holiday, " ") if holiday else title
    return _NAMED_DAY.sub(" ", _EVENT.sub(" ", rest))


def events_in(text: str) -> Iterator[tuple[int, int]]:
    """Where days or their parts belong to what takes place: “parents evening”, “team lunch”.

    A holiday in front of a meal belongs to it: “christmas eve dinner”.
    """
    for form in (_EVENT, _NAMED_DAY):
        yield from (match.span(1) for match in form.finditer(text))
    holidays = {last: first for first, last in sorted(_holidays(text), reverse=True)}
    for match in _MEAL_OF.finditer(text):
        if match[2] or mended(match[1].lower()) not in _NO_NOUNS:
            yield holidays.get(match.end(1), match.start(3)), match.end()
