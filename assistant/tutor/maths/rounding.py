"""Numbers that are not exactly equal: tolerances, and keys that are decimals."""

from fractions import Fraction
from typing import Any, Final

from assistant.tutor.maths.nodes import Call, Mixed, Negative, Node, Number, Power, Product
from assistant.tutor.maths.values import Numbers, Undefined, exact

_SLACK: Final = Fraction(1, 10**12)
_ONE_PERCENT: Final = Fraction(1, 100)
_FEWEST_PLACES: Final = 2
_HUNDREDTHS: Final = 2
_PAIR: Final = 2


def places_of(node: Node) -> int | None:
    """Digits after the point that a decimal was written with; None for an exact number."""
    match node:
        case Number(_, places):
            return places
        case Negative(of):
            return places_of(of)
        case Call("percent", (of,)):
            places = places_of(of)
            return None if places is None else places + _HUNDREDTHS
        case Product((mantissa, Power(Number(base), exponent))) if base == 10:  # noqa: PLR2004 - scientific notation
            places, power = places_of(mantissa), exact(exponent)
            return None if places is None or power is None else places - int(power)
        case _:
            return None


def digits_match(numbers: Numbers, key: Node, answer: Node, tolerance: float) -> bool:
    """Whether a number is the key within the tolerance, or to the digits that the key gives.

    A decimal with more digits than the key has must besides be within one per cent of it: 0.54
    is not 0.5, while 0.7071 is 0.71. A fraction or a root must be within two: √5 is 2.2.
    """
    values = _values(numbers, key, answer)
    if values is None:
        return False
    wanted, given = values
    away = abs(wanted - given)
    if tolerance > 0:
        return bool(away <= abs(wanted) * numbers.of(Fraction(tolerance) + _SLACK))
    places = places_of(key)
    if places is None:
        return False
    half = numbers.of(Fraction(1, 2) * Fraction(10) ** -places * (1 + _SLACK))
    if away > half:
        return False
    share = _ONE_PERCENT * (_PAIR if places_of(answer) is None else 1)
    return bool(away <= abs(wanted) * numbers.of(share))


def rounded_only(numbers: Numbers, key: Node, answer: Node) -> bool:
    """Whether an answer is the key but for having been rounded: 0.33 for 1/3."""
    places = places_of(answer)
    values = _values(numbers, key, answer)
    if places is None or values is None or (isinstance(key, Mixed) and places < 1):
        return False
    wanted, given = values
    digits = _FEWEST_PLACES if abs(given) < 1 else 1
    half = numbers.of(Fraction(1, 2) * Fraction(10) ** -places * (1 + _SLACK))
    close = abs(wanted - given) <= min(half, abs(wanted) * numbers.of(_ONE_PERCENT * _PAIR))
    return places >= digits and bool(close)


def _values(numbers: Numbers, key: Node, answer: Node) -> tuple[Any, Any] | None:
    try:
        wanted, given = numbers.value(key, {}), numbers.value(answer, {})
    except Undefined:
        return None
    complex_type = numbers.context.mpc
    if isinstance(wanted, complex_type) or isinstance(given, complex_type):
        return None
    return wanted, given
