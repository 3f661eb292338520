"""Sums as small trees of exact numbers, computed by code."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

MOST_DIGITS = 60
"""Numbers longer than this are not computed with: no pupil's sum needs them."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was written."""

    value: Fraction
    decimals: int = 0
    """Digits after the point: how closely a result was written."""
    percent: bool = False
    """Written with a percent sign; ``value`` is the hundredth part already."""


@dataclass(frozen=True, slots=True)
class Name:
    """An unknown: "x"."""

    letter: str


@dataclass(frozen=True, slots=True)
class Operation:
    """Two formulas joined by +, -, * or /."""

    sign: str
    left: "Formula"
    right: "Formula"


Formula = Number | Name | Operation


def value_of(formula: Formula, names: Mapping[str, Fraction] | None = None) -> Fraction | None:
    """Computes exactly.

    Args:
        formula: What to compute.
        names: What the unknowns are worth.

    Returns:
        None where an unknown has no value, something is divided by zero, or numbers get too long.
    """
    if isinstance(formula, Number):
        return formula.value
    if isinstance(formula, Name):
        return (names or {}).get(formula.letter)
    left, right = value_of(formula.left, names), value_of(formula.right, names)
    if left is None or right is None:
        return None
    return joined(formula.sign, left, right)


def joined(sign: str, left: Fraction, right: Fraction) -> Fraction | None:
    """One operation on two numbers; None for a division by zero or a number too long."""
    if sign == "+":
        value = left + right
    elif sign == "-":
        value = left - right
    elif sign == "*":
        value = left * right
    elif right:
        value = left / right
    else:
        return None
    return value if sized(value) else None


def sized(value: Fraction) -> bool:
    """Whether a number is short enough to go on computing with."""
    return max(value.numerator.bit_length(), value.denominator.bit_length()) < MOST_DIGITS * 4


def numbers_in(formula: Formula) -> tuple[Number, ...]:
    """The numbers of a formula, from left to right."""
    if isinstance(formula, Number):
        return (formula,)
    if isinstance(formula, Name):
        return ()
    return (*numbers_in(formula.left), *numbers_in(formula.right))


def leaves_in(formula: Formula) -> int:
    """How many numbers and unknowns a formula has."""
    if not isinstance(formula, Operation):
        return 1
    return leaves_in(formula.left) + leaves_in(formula.right)


def names_in(formula: Formula) -> frozenset[str]:
    """The unknowns of a formula."""
    if isinstance(formula, Name):
        return frozenset({formula.letter})
    if isinstance(formula, Number):
        return frozenset()
    return names_in(formula.left) | names_in(formula.right)


def operations_in(formula: Formula) -> tuple[Operation, ...]:
    """The operations of a formula, the innermost first."""
    if not isinstance(formula, Operation):
        return ()
    return (*operations_in(formula.left), *operations_in(formula.right), formula)


def root_of(left: Formula, right: Formula) -> Fraction | None:
    """Solves a linear equation in one unknown; None for any other."""
    letters = names_in(left) | names_in(right)
    if len(letters) != 1:
        return None
    (letter,) = letters
    gaps: list[Fraction] = []
    for place in (0, 1, 2, 5):
        names = {letter: Fraction(place)}
        a, b = value_of(left, names), value_of(right, names)
        if a is None or b is None:
            return None
        gaps.append(a - b)
    slope = gaps[1] - gaps[0]
    linear = gaps[2] == gaps[0] + 2 * slope and gaps[3] == gaps[0] + 5 * slope
    return -gaps[0] / slope if linear and slope else None


def same_number(told: Fraction, exact: Fraction, decimals: int = 0) -> bool:
    """Whether a number that was written down is the exact one, or the exact one rounded."""
    if told == exact:
        return True
    if decimals == 0:
        return False
    return abs(told - exact) <= Fraction(1, 10 ** min(decimals, MOST_DIGITS))


def shown(value: Fraction) -> str:
    """A number as a pupil would write it: 12, 2.5, 7/3."""
    text = typed(value)
    return text.replace("-", "\u2212")


def typed(value: Fraction) -> str:
    """A number as it is typed on a keyboard, with a hyphen for a minus."""
    if value.denominator == 1:
        return str(value.numerator)
    short = value.limit_denominator(10**6)
    if short == value and 10**6 % value.denominator == 0:
        return f"{float(value):.6f}".rstrip("0")
    if value.denominator < 1000:  # noqa: PLR2004 - a fraction longer than that is not read
        return f"{value.numerator}/{value.denominator}"
    return f"{float(value):.4f}".rstrip("0").rstrip(".")


def in_words(formula: Formula) -> str:
    """A sum as a pupil would write it: three times four, with a cross."""
    if isinstance(formula, Number):
        if formula.percent:
            return f"{shown(formula.value * 100)}%"
        fraction = formula.decimals == 0 and formula.value.denominator != 1
        return str(formula.value).replace("-", "\u2212") if fraction else shown(formula.value)
    if isinstance(formula, Name):
        return formula.letter
    signs = {"+": "+", "-": "\u2212", "*": "\u00d7", "/": "÷"}
    parts = [
        f"({in_words(part)})" if _loose(part, formula) else in_words(part)
        for part in (formula.left, formula.right)
    ]
    return f"{parts[0]} {signs[formula.sign]} {parts[1]}"


def _loose(part: Formula, whole: Operation) -> bool:
    if not isinstance(part, Operation):
        return False
    if whole.sign in "*/":
        return part.sign in "+-" or (whole.sign == "/" and part is whole.right)
    return whole.sign == "-" and part is whole.right and part.sign in "+-"
