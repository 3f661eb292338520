"""Times in an answer: 2 h 25 min are 145 minutes, and 9:15 pm is 21:15."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from assistant.tutor.steps.reading import Sentence
from assistant.tutor.steps.way import Way, last_answer, reference_answer

_HOUR: Final = 60
_HALF_DAY: Final = 12 * _HOUR
_AMOUNT: Final = re.compile(
    r"(\d+)\s?(?:h|hrs?|hours?|std\.?|stunden?|heures?|horas?)\s*(?:and|und|et|y|,)?\s*"
    r"(\d+)\s?(?:m|mins?|minutes?|minuten|minutos)?\b",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(r"(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?![\d:])(?:\s*([ap])\.?m)?", re.I)


def same_time(way: Way) -> bool:
    """Whether a way and the right one end with the same time, each in its own words."""
    told, right = _end(way.steps), _end(way.reference)
    if told is None and right is None:
        return False
    mine = {told} if told is not None else _plain(last_answer(way))
    theirs = {right} if right is not None else _plain(reference_answer(way))
    if mine & theirs:
        return True
    clocks = all(_CLOCK.search(line) for line in (_last(way.steps), _last(way.reference)))
    return clocks and bool({at % _HALF_DAY for at in mine} & {at % _HALF_DAY for at in theirs})


def _plain(value: Fraction | None) -> set[Fraction]:
    """A number alone, as minutes or as hours."""
    return set() if value is None else {value, value * _HOUR}


def _end(lines: Sequence[Sentence]) -> Fraction | None:
    """The minutes that the last line with a number tells; None where it tells no time."""
    text = _last(lines)
    amounts = list(_AMOUNT.finditer(text))
    clocks = list(_CLOCK.finditer(text))
    if amounts:
        return Fraction(int(amounts[-1][1]) * _HOUR + int(amounts[-1][2]))
    if not clocks:
        return None
    hour, minute, half = clocks[-1].groups()
    later = _HALF_DAY if half and half.lower() == "p" and int(hour) < _HALF_DAY // _HOUR else 0
    return Fraction(int(hour) * _HOUR + int(minute) + later)


def _last(lines: Sequence[Sentence]) -> str:
    return next((line.text for line in reversed(lines) if re.search(r"\d", line.text)), "")
