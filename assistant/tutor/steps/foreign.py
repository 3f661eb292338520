"""Numbers of a way that come from nowhere: a sign that one was copied wrongly."""

from fractions import Fraction

from assistant.tutor.steps.formula import Formula, Number, names_in, numbers_in
from assistant.tutor.steps.known import CONSTANTS, known_of
from assistant.tutor.steps.way import Way, numbers_of, values_of

_PAIR = 2
_SMALL = 12
"""Whole numbers up to here may come from anything: sides, days, people who are named."""


def foreign_number(way: Way) -> tuple[int, Fraction, Fraction] | None:
    """The first number in a sum that is nearly one of those before it, but none of them.

    Only whole numbers beyond the small ones that differ from one of the problem, or from what came
    out, in one digit or in the order of two: what anybody knows, as the ounces of a pound, or what
    a number was taken apart into, comes from nowhere as well.

    Returns:
        The step, the number, and the one that may have been meant.
    """
    told = set(numbers_of(way.problem))
    given = set(known_of(way).given) | told
    if not given:
        return None
    seen = given | set(CONSTANTS)
    for place, step in enumerate(way.steps):
        # What a step says outside of sums may be worked out in the head.
        seen.update(mention.number.value for mention in step.mentions)
        for chain in step.chains:
            first = chain.sides[0]
            for number in _operands(first):
                if (
                    chain.whole
                    and not names_in(first)
                    and _odd(number)
                    and not _made(number.value, given, seen)
                ):
                    named = sorted(told | (seen - CONSTANTS))
                    meant = next((one for one in named if _alike(one, number.value)), None)
                    if meant is not None:
                        return place, number.value, meant
            seen.update(number.value for side in chain.sides for number in numbers_in(side))
            seen.update(values_of(chain))
    return None


def _operands(side: Formula) -> tuple[Number, ...]:
    return () if isinstance(side, Number) else numbers_in(side)


def _odd(number: Number) -> bool:
    value = abs(number.value)
    return value.denominator == 1 and value > _SMALL and not number.percent


def _alike(one: Fraction, other: Fraction) -> bool:
    """Whether two whole numbers differ in one digit, or in the order of two neighbours."""
    first, second = str(abs(one)), str(abs(other))
    if len(first) != len(second) or "/" in first:
        return False
    places = [at for at, pair in enumerate(zip(first, second, strict=True)) if pair[0] != pair[1]]
    if len(places) == _PAIR:
        a, b = places
        return b == a + 1 and first[a] == second[b] and first[b] == second[a]
    return len(places) == 1


def _made(value: Fraction, given: set[Fraction], seen: set[Fraction]) -> bool:
    """Whether a number is there, or one operation in the head away."""
    value = abs(value)
    if value in seen or -value in seen:
        return True
    known = {abs(one) for one in seen}
    return any(
        value + one in known
        or value - one in known
        or (one != 0 and (value / one in known or value * one in known))
        for one in {abs(one) for one in given} | {Fraction(100), Fraction(1000)}
    )
