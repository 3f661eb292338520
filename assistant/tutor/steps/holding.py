"""Whether a sum holds: the sides that are said to be equal, computed.

A sum is only said to be wrong where every way to read it is: "50 + 20%" adds 0.2 or a fifth of 50,
"12 + 8 = 20 / 4 = 5" goes on from what came out, a quotient may be given without its rest.
"""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Final, TypeAlias

from assistant.tutor.steps.formula import (
    Formula,
    Number,
    Operation,
    joined,
    names_in,
    numbers_in,
    operations_in,
    same_number,
    value_of,
)
from assistant.tutor.steps.reading import Chain

_SCALES: Final = frozenset(
    scale
    for value in (Fraction(18, 5), 7, 12, 24, 60, 100, 365, 1000, 3600)
    for scale in (Fraction(value), 1 / Fraction(value))
)
"""A result that is off by one of these may have been given in another unit: "4 * 50 cents = $2"."""

_GROUPED: Final = frozenset(
    scale for value in (2, 6, 12, 24) for scale in (Fraction(value), Fraction(1, value))
)
_TIMES: Final = 100
_HALF_DAY: Final = 12
_MOST_READINGS: Final = 16

Rounded: TypeAlias = Mapping[Fraction, Fraction]
"""What numbers were exactly that were written down rounded."""


def wrong_sum(
    chain: Chain, *, strict: bool = True, rounded: Rounded | None = None
) -> tuple[Formula, Fraction, Fraction] | None:
    """The first sum of a chain that does not hold.

    Args:
        chain: The sides that are said to be equal.
        strict: Whether a sum that was not read whole is left alone; else it is judged as read.
        rounded: What came out rounded before: with 14.29 for 100 / 7, 14.29 * 7 may be 100.

    Returns:
        What was to be computed, what the chain says and what it should say; None where every sum
        holds, or where it was not read whole and nothing can be said of it.
    """
    if (strict and not chain.whole) or not any(isinstance(side, Operation) for side in chain.sides):
        return None
    known = {**(rounded or {}), **roundings(chain, rounded or {})}
    values = [(side, () if names_in(side) else _values(side, known)) for side in chain.sides]
    begins = next((one for one, found in values if found and isinstance(one, Operation)), None)
    for (before, exact), (side, told) in pairwise(values):
        if not exact or not told:
            continue
        if _equal(before, exact, side, told) or _in_another_unit(exact[0], told[0]):
            continue
        if _goes_on(exact, side):
            begins = side
            continue
        if isinstance(before, Operation):
            begins = before
        elif begins is None:
            begins = side
        return _found(begins, side, exact[0], told[0])
    return None


def may_be_time(chain: Chain, told: Fraction, exact: Fraction) -> bool:
    """Whether a sum may be one of the clock: 9 + 5 = 2, 815 + 50 = 905, 9 - 12 = 3."""
    signs = {part.sign for side in chain.sides for part in operations_in(side)}
    if signs.isdisjoint("+-"):
        return False
    numbers = [number for side in chain.sides for number in numbers_in(side)]
    plain = all(one.value.denominator == 1 and abs(one.value) < _TIMES for one in numbers)
    return not plain or (told - exact) % _HALF_DAY == 0 or told == -exact


def may_be_groups(told: Fraction, exact: Fraction) -> bool:
    """Whether one number may count pairs or dozens and the other single things."""
    return bool(exact) and told / exact in _GROUPED


def plainly_divides(chain: Chain) -> bool:
    """Whether a chain is a division of whole numbers that comes out whole: 52/2 = 36, no share."""
    sums = [side for side in chain.sides if isinstance(side, Operation)]
    if len(sums) != 1 or sums[0].sign != "/":
        return False
    over, under = sums[0].left, sums[0].right
    if not isinstance(over, Number) or not isinstance(under, Number) or not under.value:
        return False
    whole = all(
        each.denominator == 1 for each in (over.value, under.value, over.value / under.value)
    )
    return whole and over.value / under.value > 1


def _found(
    begins: Formula, side: Formula, exact: Fraction, told: Fraction
) -> tuple[Formula, Fraction, Fraction]:
    return (begins, exact, told) if begins is side else (begins, told, exact)


def roundings(chain: Chain, before: Rounded) -> dict[Fraction, Fraction]:
    """The numbers of a chain that are what was computed, rounded; with what they are exactly."""
    found: dict[Fraction, Fraction] = {}
    for one, other in pairwise(chain.sides):
        exactly, first = _exactly({**before, **found}, one), _first_of(other)
        if exactly is None or not isinstance(first, Number) or first.value == exactly:
            continue
        if same_number(first.value, exactly, first.decimals):
            found[first.value] = exactly
    return found


def _first_of(side: Formula) -> Formula:
    while isinstance(side, Operation):
        side = side.left
    return side


def _exactly(rounded: Rounded, side: Formula) -> Fraction | None:
    """What a side is worth with the exact numbers in the place of rounded ones."""
    if isinstance(side, Operation):
        left, right = _exactly(rounded, side.left), _exactly(rounded, side.right)
        return None if left is None or right is None else joined(side.sign, left, right)
    return rounded.get(side.value, side.value) if isinstance(side, Number) else None


def _values(side: Formula, rounded: Rounded) -> tuple[Fraction, ...]:
    """What a side can be worth; the plain reading first."""
    plain = value_of(side)
    if plain is None:
        return ()
    exactly = _exactly(rounded, side) if isinstance(side, Operation) else None
    further = () if exactly is None else (exactly,)
    return tuple(dict.fromkeys((plain, *_shared(side), *further)))


def _shared(side: Formula) -> tuple[Fraction, ...]:
    """What a side is worth where + 5% adds a share of what was there before, or at first."""
    if not isinstance(side, Operation) or side.sign not in "+-":
        return ()
    right, base = side.right, _base_of(side)
    before = _shared(side.left) or tuple(one for one in (value_of(side.left),) if one is not None)
    value = value_of(right)
    if value is None:
        return ()
    if not isinstance(right, Number) or not right.percent:
        ways = [(left, value) for left in before]
    else:
        ways = [(left, left * value) for left in before]
        ways += [] if base is None else [(left, base * value) for left in before]
    made = (joined(side.sign, left, right) for left, right in ways[:_MOST_READINGS])
    return tuple(dict.fromkeys(one for one in made if one is not None))


def _base_of(side: Formula) -> Fraction | None:
    """What a percentage is first added to: 200 of 200 + 5% + 5%."""
    while isinstance(side, Operation) and side.sign in "+-":
        side = side.left
    return value_of(side)


def loosely(chain: Chain) -> bool:
    """Whether computed sides differ: rounded, a quotient without its rest, in another unit."""
    values = [None if names_in(side) else value_of(side) for side in chain.sides]
    return any(
        one is not None and other is not None and one != other for one, other in pairwise(values)
    )


def _equal(
    before: Formula, exact: tuple[Fraction, ...], side: Formula, told: tuple[Fraction, ...]
) -> bool:
    decimals = max(_decimals(before), _decimals(side))
    if any(same_number(one, other, decimals) for one in told for other in exact):
        return True
    return (isinstance(side, Number) and _quotient_alone(before, exact[0], told[0])) or (
        isinstance(before, Number) and _quotient_alone(side, told[0], exact[0])
    )


def _decimals(side: Formula) -> int:
    return side.decimals if isinstance(side, Number) else 0


def _quotient_alone(side: Formula, exact: Fraction, told: Fraction) -> bool:
    """17 / 5 = 3, and nobody says whether a rest was meant."""
    divides = isinstance(side, Operation) and side.sign == "/"
    return divides and abs(exact) > 1 and told in (floor(exact), ceil(exact))


def _in_another_unit(exact: Fraction, told: Fraction) -> bool:
    return bool(exact) and told / exact in _SCALES


def _goes_on(before: tuple[Fraction, ...], side: Formula) -> bool:
    """12 + 8 = 20 / 4: the side begins with what came out before it."""
    first = _first_of(side)
    if first is side or not isinstance(first, Number):
        return False
    return any(same_number(first.value, value, first.decimals) for value in before)
