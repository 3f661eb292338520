"""Numbers between bounds, digit by digit.

A range of numbers with equally many digits is a short tree: the digits that both bounds share,
then the lower edge, the middle, where every digit is free, and the upper edge.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

from assistant.engine.gbnf.rules import UnsupportedError, choice, literal, repeated

MOST_DIGITS = 15
"""Whole numbers of so many digits are exact in every reader of JSON."""
_MOST_DECIMALS = 6
_MOST_LISTED = 500

_INTEGER = f'("0" | "-"? [1-9] [0-9]{{0,{MOST_DIGITS - 1}}})'
_WHOLE_PART = f'"-"? ("0" | [1-9] [0-9]{{0,{MOST_DIGITS - 1}}})'

Bounds = tuple[Fraction | None, Fraction | None]


def integer(schema: Mapping[str, Any]) -> str:
    """A whole number within the bounds of a schema."""
    return _number(schema, whole=True)


def number(schema: Mapping[str, Any]) -> str:
    """A number within the bounds of a schema; never with an exponent."""
    return _number(schema, whole=False)


def _number(schema: Mapping[str, Any], *, whole: bool) -> str:
    step = _exact(schema.get("multipleOf"), "multipleOf")
    low, low_open = _tighter(schema, "minimum", "exclusiveMinimum", max)
    high, high_open = _tighter(schema, "maximum", "exclusiveMaximum", min)
    most = 0 if whole and step in (None, 1) else _places(step)
    if step is not None and most is None:
        return _steps((low, high), (low_open, high_open), step, whole=whole)
    if low is None and high is None:
        return _free_number(most)
    forms: list[str] = []
    for decimals in range((_decimals(low, high) if most is None else most) + 1):
        scale = 10**decimals
        first = _first(low, scale, exclusive=low_open)
        last = -_first(None if high is None else -high, scale, exclusive=high_open)
        forms += _between(first, last, decimals)
    if not forms:
        raise UnsupportedError("no number lies within its bounds")
    return choice(forms)


def _places(step: Fraction | None) -> int | None:
    """How many decimals a step allows where it is 1, 0.1, 0.01 and so on."""
    places = (places for places in range(_MOST_DECIMALS + 1) if step == Fraction(1, 10**places))
    return next(places, None)


def _free_number(decimals: int | None) -> str:
    if decimals == 0:
        return _INTEGER
    return f'{_WHOLE_PART} ("." [0-9]{{1,{decimals or MOST_DIGITS}}})?'


def _first(low: Fraction | None, scale: int, *, exclusive: bool) -> int:
    """The least whole number, of parts of ``scale``, that is allowed."""
    if low is None:
        return -(10**MOST_DIGITS) + 1
    scaled = low * scale
    return floor(scaled) + 1 if exclusive else ceil(scaled)


def _decimals(low: Fraction | None, high: Fraction | None) -> int:
    """How many decimals are needed to lie between the bounds; two at least."""
    for count in range(2, _MOST_DECIMALS):
        if all(bound is None or (bound * 10**count).denominator == 1 for bound in (low, high)):
            return count
    return _MOST_DECIMALS


def _tighter(
    schema: Mapping[str, Any],
    closed: str,
    opened: str,
    pick: Any,  # noqa: ANN401 - max or min
) -> tuple[Fraction | None, bool]:
    """A bound, and whether it is itself left out."""
    inside, outside = _exact(schema.get(closed), closed), _exact(schema.get(opened), opened)
    if inside is None or outside is None:
        return (inside, False) if outside is None else (outside, True)
    return (outside, True) if pick(inside, outside) == outside else (inside, False)


def _exact(value: object, name: str) -> Fraction | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnsupportedError(f"{name} is no number")
    try:
        return Fraction(str(value))
    except ValueError as error:  # an infinity
        raise UnsupportedError(f"{name} is no number") from error


def _steps(bounds: Bounds, opened: tuple[bool, bool], step: Fraction, *, whole: bool) -> str:
    """The multiples of a step, one by one; the nearest to 0 where a side is open."""
    if step <= 0:
        raise UnsupportedError("multipleOf is not above 0")
    low, high = bounds
    first = None if low is None else _first(low / step, 1, exclusive=opened[0])
    last = None if high is None else -_first(-high / step, 1, exclusive=opened[1])
    if first is None:
        first = 0 if last is None or last >= 0 else last - _MOST_LISTED + 1
    if last is None:
        last = first + _MOST_LISTED - 1
    if last - first >= _MOST_LISTED:
        raise UnsupportedError(f"there are more than {_MOST_LISTED} multiples within the bounds")
    values = [each * step for each in range(first, last + 1)]
    shown = [_shown(value) for value in values if not whole or value.denominator == 1]
    if not shown:
        raise UnsupportedError("no multiple lies within the bounds")
    return choice(literal(text) for text in shown)


def _shown(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    text = f"{float(value):.10f}".rstrip("0")
    if Fraction(text) != value:
        raise UnsupportedError("a multiple has no end after the point")
    return text


def _between(first: int, last: int, decimals: int) -> list[str]:
    """All numbers of parts of 10^``decimals`` from the first to the last, as alternatives."""
    forms: list[str] = []
    if first < 0:
        below = _positive(max(1, -last), -first, decimals)
        forms += [f'"-" {form}' for form in below]
    if last >= 0:
        forms += _positive(max(0, first), last, decimals)
    return forms


def _positive(first: int, last: int, decimals: int) -> list[str]:
    forms: list[str] = []
    last = min(last, 10 ** (MOST_DIGITS + decimals) - 1)
    for digits in range(decimals + 1, len(str(max(last, 0))) + 1 + decimals):
        least = 0 if digits == decimals + 1 else 10 ** (digits - 1)
        low, high = max(first, least), min(last, 10**digits - 1)
        if low <= high:
            forms.append(_same_length(f"{low:0{digits}}", f"{high:0{digits}}", decimals))
    return forms


def _same_length(low: str, high: str, decimals: int) -> str:
    """The numbers from ``low`` to ``high``, equally many digits, the last few after the point."""
    if not low:
        return ""
    # The point stands before the first of the decimals.
    point = '"." ' if decimals and len(low) == decimals else ""
    if set(low) == {"0"} and set(high) == {"9"}:
        return _any_digits(len(low), decimals)
    if low[0] == high[0]:
        return f"{point}{literal(low[0])} {_same_length(low[1:], high[1:], decimals)}".rstrip()
    rest = len(low) - 1
    first, last = int(low[0]), int(high[0])
    forms: list[str] = []
    if low[1:].strip("0"):
        edge = _same_length(low[1:], "9" * rest, decimals)
        forms.append(f"{literal(low[0])} {edge}".rstrip())
        first += 1
    top = high[1:].strip("9")
    if top:
        last -= 1
    if first <= last:
        forms.append(f"[{first}-{last}] {_any_digits(rest, decimals)}".rstrip())
    if top:
        edge = _same_length("0" * rest, high[1:], decimals)
        forms.append(f"{literal(high[0])} {edge}".rstrip())
    return point + choice(forms)


def _any_digits(count: int, decimals: int) -> str:
    """Free digits, with the point where it belongs when it has not come yet."""
    if not decimals or count < decimals:
        return repeated("[0-9]", count, count)
    before = repeated("[0-9]", count - decimals, count - decimals)
    return f'{before} "." {repeated("[0-9]", decimals, decimals)}'.strip()
