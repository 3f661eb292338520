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
_DECIMAL: Final = re.compile(r"(?<![\d.,])\d{1,6}\.\d{1,4}(?![\d.])")
_MONEY: Final = re.compile(
    r"[$\u20ac\u00a3]|\b(?:dollars?|euros?|pounds?|cents?|pence|costs?|prices?|pays?|paid|spends?"
    r"|spent|buys?|bought|money|change)\b",
    re.IGNORECASE,
)
_TIME: Final = re.compile(
    r"\b(?:h|hrs?|hours?|mins?|minutes?|seconds?|times?|clock|o'clock|[ap]m|morning|afternoon"
    r"|evening|night|noon|midnight|today|tomorrow|day|until|till|late|later|early|earlier|before"
    r"|after|when|duration|arriv\w*|depart\w*|leav\w*|left|start\w*|begin\w*|began|end\w*"
    r"|finish\w*|last\w*|takes?|took|long|film|movie|show|match|lesson|meeting|train|bus|flight"
    r"|journey|trip|shift|schedule\w*|open\w*|clos\w*|works?|worked|sle[ep]\w*|wak\w*)\b",
    re.IGNORECASE,
)
_HOURS: Final = frozenset(["h", "hr", "hrs", "hour", "hours"])


def spans(text: str, problem: str = "") -> bool:
    """Whether a sum in a text holds as times of a clock, or as what lies between two numbers.

    Args:
        text: A step.
        problem: Of prices, or with the numbers in it and no word of time, no clock is meant.
    """
    return any(
        _is_span(found, clock=not _without_clock(found, f"{problem} {text}", problem))
        for found in _SUM.finditer(text)
    )


def _without_clock(found: re.Match[str], told: str, problem: str) -> bool:
    if _TIME.search(told):
        return False
    given = set(_DECIMAL.findall(problem))
    return _MONEY.search(told) is not None or {found["one"], found["other"]} <= given


def _is_span(found: re.Match[str], *, clock: bool) -> bool:
    one, other, told = (Fraction(found[name]) for name in ("one", "other", "told"))
    times = [_hours(found[name]) if clock else None for name in ("one", "other", "told")]
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
