"""Whom a line names and where: “with Ana”, “meet Sara and Ben”, “at school”, “at Luigi's”."""

import re
from collections.abc import Iterator
from typing import Final

from assistant.planner.dates.words import MONTHS, WEEKDAYS

_NAME: Final = r"[^\W\d_a-z][\w'\u2019-]*"
_WITH: Final = re.compile(
    rf"(?<!\w)with ((?:Dr\.? |Prof\.? |Mr\.? |Ms\.? |Mrs\.? )?{_NAME}"
    rf"(?: {_NAME})?(?:(?:, | and | & |, and ){_NAME})*)"
)
_VERBS: Final = "[Mm]eet|[Cc]all|[Pp]hone|[Tt]ext|[Ee]mail"
_NEXT: Final = (
    r"(?i:\s*$|,| (?:at|and|with|about|in|on|re|for|to|by|after|before|every|from|regarding|today|"
    r"tonight|tomorrow|next|this|[\d@#+!~]|mon|tue|wed|thu|fri|sat|sun))"
)
_MEET: Final = re.compile(
    rf"(?<!\w)(?:{_VERBS}) ({_NAME}(?:(?:, | and | & |, and ){_NAME})*)(?={_NEXT})"
)
_AND: Final = re.compile(r", and |, | and | & ")
_PLACES: Final = (
    "school|home|work|uni|university|college|campus|church|hospital|(?:the )?(?:gym|library|office|"
    "lab|park|beach|station|airport|bank|pharmacy|supermarket|mall|cafe|caf\u00e9|restaurant|pool|"
    "studio|museum|cinema|theatre|theater|clinic|market|bakery|doctor's|dentist's|vet's|"
    "hairdresser's|starbucks|ikea)"
)
_AT: Final = re.compile(rf"(?<!\w)at (?:({_PLACES})(?={_NEXT})|((?:the )?{_NAME}(?: {_NAME})?))")
_NO_NAMES: Final = (
    frozenset(MONTHS)
    | frozenset(WEEKDAYS)
    | frozenset(
        [
            "noon",
            "eod",
            "eow",
            "eom",
            "eoy",
            "midnight",
            "christmas",
            "easter",
            "night",
            "lunch",
            "i",
            "home",
        ]
    )
    | frozenset(["today", "tomorrow", "tonight", "am", "pm", "once", "least", "first", "last"])
)


def people_in(text: str) -> Iterator[tuple[int, int]]:
    """Where names of people stand."""
    for match in (*_WITH.finditer(text), *_MEET.finditer(text)):
        begin = match.start(1)
        for name in _AND.split(match[1]):
            begin = text.index(name, begin)
            end = begin + len(_named(name))
            if end > begin:
                yield begin, end


def places_in(text: str) -> Iterator[tuple[int, int]]:
    """Where places stand behind an “at”."""
    for match in _AT.finditer(text):
        if match[1]:
            begin = match.end(1) - len(match[1].removeprefix("the "))
            yield begin, match.end(1)
        else:
            begin = match.end(2) - len(match[2].removeprefix("the "))
            end = begin + len(_named(text[begin : match.end(2)]))
            if end > begin:
                yield begin, end


def _named(words: str) -> str:
    """A name up to the first word that tells a time."""
    kept = words.split(" ")
    for place, word in enumerate(kept):
        if word.lower().removesuffix("'s") in _NO_NAMES:
            return " ".join(kept[:place])
    return words
