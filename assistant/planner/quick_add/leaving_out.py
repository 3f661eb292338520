"""Days that a recurrence leaves out: “every monday except 24 nov and 1 dec”."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice, takewhile
from typing import Final

from assistant.domain.when import Grain, Sense, When
from assistant.planner.dates.words import PLURAL_WEEKDAYS, WEEKDAYS
from assistant.planner.quick_add.deadlines_apart import Reads
from assistant.planner.tasks.series import local

_MOST_ROWS: Final = 10
_MOST_ITEMS: Final = 40
_MOST_WORDS: Final = 8
"""Of one day or span: “the last two weeks of december 2026” has seven."""
_LEAD: Final = re.compile(
    r"(?P<open>\(\s*)?(?<![\w'-])(?:but +)?(?:except(?:ing)?(?: +for)?|excluding|excl\.?|without|"
    r"skip(?:ping)?|leaving +out|apart +from|other +than|"
    r"(?:(?<=\bday )|(?<=\bdays )|(?<=\bweekday ))but|"
    r"(?<!\bif )(?<!\bor )(?<!\bwhy )(?<!\bdo )(?<!\bdid )(?<!\bwill )(?<!\bcan )not)"
    r"(?: +(?:on|in|for|during|at))?\s+",
    re.IGNORECASE,
)
_JOINT: Final = re.compile(
    r"\s*(?:[,;&+]|[,;]?\s*\b(?:and|or|nor)\b)\s*(?:(?:not|also)\s+)?(?:(?:on|in|during)\s+)?",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\s,;&+()\x00]+")
_END: Final = ".!?:"
_DAY: Final = timedelta(days=1)
_OF: Final = re.compile(r"\s+(?:of|if|unless|when|while)\b", re.IGNORECASE)
_FIGURE: Final = re.compile(r"\d")
_CLOSES: Final = re.compile(
    r"\s*(?:$|[^\w\s]|\d|\x00|(?:at|from|in|for|and|or|nor|by|on|until|till?|with|starting|every|"
    r"each|daily|weekly|monthly|not|noon|midnight)\b)",
    re.IGNORECASE,
)
"""What may stand behind a day that is named without figures; a noun may not."""
_ONE: Final = r"\d{1,2}(?:st|nd|rd|th)?"
_NUMBER: Final = re.compile(
    rf"(?<![\w./:-]){_ONE}(?:\s?[-\u2013]\s?{_ONE})?(?![\w./:-])", re.IGNORECASE
)
_BARE: Final = re.compile(rf"(?:the +)?({_NUMBER.pattern})", re.IGNORECASE)
"""A day whose month stands with the day before or behind it: “23 and 30 dec”."""
_NO_DAY: Final = re.compile(
    r"\b(?:of|in) (?:the|a|each|every) (?:week|month|year)\b|"
    r"(?<!day)(?<!mon)(?<!tue)(?<!tues)(?<!wed)(?<!thu)(?<!thurs)(?<!fri)(?<!sat)(?<!sun)"
    r",(?! *\d{4}\b)|"
    r"^(?!.*\bbetween\b).*(?:&|\band\b)",
    re.IGNORECASE,
)
"""A day of each month is none that can be left out; “30 nov, 14” and “14 and 28 dec” are two."""
_GOES_ON: Final = re.compile(r"(?<=\S\s)(?:for|until|till?)\b", re.IGNORECASE)
_LONGEST_UNTIL: Final = timedelta(days=31)
_LEADING: Final = re.compile(r"(?:the|on|in|for|during|at)?\s*", re.IGNORECASE)
_OF_WEEK: Final = re.compile(
    rf"(?:the +)?(?:{'|'.join((*PLURAL_WEEKDAYS, *WEEKDAYS, 'weekends', 'weekdays', 'weekend'))})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words of a line that leave days out.

    Args:
        found: Where they stand; days of the week among them stay for the grammar.
        items: The words of each day or span of days.
    """

    found: tuple[int, int]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    start: int
    end: int
    words: str
    """In which it can be read by itself; empty for a day of the week."""


def left_out_in(text: str, reader: Reads) -> tuple[LeftOut, ...]:
    """Where days are left out, by words that can be read; whether something recurs is not asked.

    Args:
        text: What is left of a line.
        reader: Reads parts of it.
    """
    found: list[LeftOut] = []
    for lead in islice(_LEAD.finditer(text), _MOST_ROWS):
        if not found or lead.start() >= found[-1].found[1]:
            found += _left_out(text, lead, reader)
    return tuple(found)


def _left_out(text: str, lead: re.Match[str], reader: Reads) -> Iterator[LeftOut]:
    items = _items(text, lead.end(), reader)
    days = [one for one in items if one.words]
    if not days:
        return
    first, last = items.index(days[0]), items.index(days[-1])
    if last - first + 1 != len(days):
        return  # days of the week between others
    start, end = lead.start(), days[-1].end
    if first:
        start = items[first - 1].end
    elif days[-1] is not items[-1]:
        start, end = days[0].start, items[last + 1].start
    if lead["open"]:
        start, end = (start, end + 1) if text[end : end + 1] == ")" else (lead.end("open"), end)
    words = text[start:end]
    start, end = end - len(words.lstrip()), start + len(words.rstrip())
    yield LeftOut((start, end), tuple(one.words for one in days))


def without(text: str, some: Sequence[LeftOut]) -> str:
    """A text without the words that leave days out, each other place kept."""
    for one in some:
        start, end = one.found
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _items(text: str, place: int, reader: Reads) -> list[_Item]:
    """Days and spans that stand in a row from a place on."""
    found: list[_Item] = []
    bare: list[_Item] = []
    """Numbers that wait for the month of the day behind them."""
    joint = place
    while len(found) + len(bare) < _MOST_ITEMS:
        item = _item(text, joint, reader)
        number = None if item is not None else _BARE.match(text, joint)
        if item is None and number is None:
            break
        if item is not None:
            found += (_with_month(one, item) for one in bare)
            found.append(item)
            bare = []
        elif number is not None:
            bare.append(_Item(joint, number.end(), number[1]))
        following = _JOINT.match(text, (item or bare[-1]).end)
        if following is None:
            break
        joint = following.end()
    with_month = [one for one in found if _NUMBER.search(one.words)]
    if bare and with_month:
        more = [_with_month(one, with_month[-1]) for one in bare]
        found += takewhile(lambda one: day_of(one.words, reader) is not None, more)
    return found


def _with_month(number: _Item, like: _Item) -> _Item:
    """A bare number as a day of the month of another day."""
    return replace(number, words=_NUMBER.sub(number.words, like.words, count=1))


def _item(text: str, place: int, reader: Reads) -> _Item | None:
    """The longest day or span of days that begins at a place."""
    ends: list[int] = []
    for word in _WORD.finditer(text, place):
        if len(ends) == _MOST_WORDS or text[(ends or [place])[-1] : word.start()].strip(" ,"):
            break
        ends.append(word.end())
    for end in reversed(ends):
        words = text[place:end]
        for said in dict.fromkeys((words, words.rstrip(_END))):
            after = place + len(said)
            is_of_week = _OF_WEEK.fullmatch(said)
            if _tells_more(said, text[after:]):
                continue
            if is_of_week or day_of(said, reader) is not None:
                return _Item(place, after, "" if is_of_week else said)
    return None


def _tells_more(words: str, behind: str) -> bool:
    """Whether words go on: “the 1st of the month”, “the december party”, “sunday if it rains”."""
    if _OF.match(behind) or words.endswith(("'s", "\u2019s", "'", "\u2019")):
        return True
    return not (_FIGURE.search(words) or _CLOSES.match(behind))


def day_of(words: str, reader: Reads) -> tuple[datetime, datetime] | None:
    """The one day or span of days that some words are, without a zone; None where they are not."""
    if _OF_WEEK.fullmatch(words) or _NO_DAY.search(words):
        return None
    found = reader.read(words)
    if len(found.whens) != 1 or found.recurrences or found.durations:
        return None
    when = found.whens[0]
    whole = when.found[1] == len(words) and _LEADING.fullmatch(words, 0, when.found[0])
    span = _span_of(when) if whole else None
    goes_on = None if span is None else _GOES_ON.search(words)
    if span is None or goes_on is None:
        return span
    # “except 24 nov until june”, “except 24 nov for 10 weeks”: so long it comes again.
    is_short = goes_on[0].lower() != "for" and span[1] - span[0] <= _LONGEST_UNTIL
    return span if is_short else None


def _span_of(when: When) -> tuple[datetime, datetime] | None:
    if when.start is None or not when.has_date or when.has_clock or when.sense is Sense.BY:
        return None
    start = local(when.start).replace(hour=0, minute=0)
    if when.end is not None:
        return start, local(when.end)
    is_day = when.sense is Sense.POINT and when.grain is Grain.DAY
    return (start, start + _DAY) if is_day else None
