"""Spans that look like sums: pages 12-15 are 4 pages, 2.30 + 1.45 on a clock is 4.15."""

import re
from fractions import Fraction
from typing import Final

_MINUTES: Final = 60
_HALF_DAY: Final = 12
_SUM: Final = re.compile(
    r"(?<![\d.,/*\u00d7·÷+-])(?P<one>\d{1,6}(?:\.\d{1,4})?)(?P<sign>\s*[-\u2013\u2212+]\s*)"
    r"(?P<other>\d{1,6}(?:\.\d{1,4})?)\s*=\s*(?P<told>\d{1,6}(?:\.\d{1,4})?)(?!\d|\.\d|[/*%])(?P<after>\s*[A-Za-z]*)"
)
_CLOCK: Final = re.compile(r"(\d{1,2})\.([0-5]\d)")
_HOURS: Final = frozenset(["h", "hr", "hrs", "hour", "hours"])


def spans(text: str) -> bool:
    """Whether a sum in a text holds as times of a clock, or as what lies between two numbers."""
    return any(_is_span(found) for found in _SUM.finditer(text))


def _is_span(found: re.Match[str]) -> bool:
    one, other, told = (Fraction(found[name]) for name in ("one", "other", "told"))
    times = [_hours(found[name]) for name in ("one", "other", "told")]
    begins, ends, result = times
    if found["sign"].strip() == "+":
        return begins is not None and ends is not None and begins + ends == result
    hours = found["after"].strip().lower() in _HOURS
    if begins is not None and ends is not None:
        gap = ends - begins
        if result in (gap, -gap) or (hours and told in (gap, gap + _HALF_DAY, gap + 2 * _HALF_DAY)):
            return True
    if found["sign"] != found["sign"].strip():
        return False
    gap = other - one
    around = hours and told in (gap + _HALF_DAY, gap + 2 * _HALF_DAY)
    return around or (gap > 0 and told in (gap, gap + 1))


def _hours(text: str) -> Fraction | None:
    """The hours that a time of a clock says: 2.30 is two and a half."""
    found = _CLOCK.fullmatch(text)
    return None if found is None else int(found[1]) + Fraction(int(found[2]), _MINUTES)
