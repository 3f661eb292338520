"""Numbers of a way that come from nowhere: a sign that one was copied wrongly."""

from fractions import Fraction

from assistant.tutor.steps.formula import Formula, Number, names_in, numbers_in
from assistant.tutor.steps.known import CONSTANTS, known_of
from assistant.tutor.steps.way import Way, numbers_of, values_of

_SMALL = 12
"""Whole numbers up to here may come from anything: sides, days, people who are named."""


def foreign_number(way: Way) -> tuple[int, Fraction] | None:
    """The first number in a sum that neither the problem nor anything before it has.

    Only whole numbers beyond the small ones, and only where the problem has numbers of its own;
    a share, a rate or a constant is often put in another form.

    Returns:
        The step and the number.
    """
    given = set(known_of(way).given) | set(numbers_of(way.problem))
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
                    return place, number.value
            seen.update(number.value for side in chain.sides for number in numbers_in(side))
            seen.update(values_of(chain))
    return None


def _operands(side: Formula) -> tuple[Number, ...]:
    return () if isinstance(side, Number) else numbers_in(side)


def _odd(number: Number) -> bool:
    value = abs(number.value)
    return value.denominator == 1 and value > _SMALL and not number.percent


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
