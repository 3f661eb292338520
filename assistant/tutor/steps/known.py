"""What a way may be held against: the numbers of the problem and the values of a right way."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from assistant.tutor.steps.formula import (
    joined,
    operations_in,
    value_of,
)
from assistant.tutor.steps.reading import Chain
from assistant.tutor.steps.routes import right_values
from assistant.tutor.steps.way import (
    MOST_RESULTS,
    Way,
    numbers_of,
    parts_of,
    reference_answer,
    results_of,
)

CONSTANTS = frozenset(
    Fraction(value)
    for value in (1, 2, 3, 4, 5, 7, 10, 12, 24, 28, 30, 31, 36, 50, 52, 60, 100, 365, 1000, 3600)
)
"""Numbers that anybody knows: days of a week, months of a year, cents of a dollar."""


@dataclass(frozen=True, slots=True)
class Known:
    """The values that a way may be held against."""

    given: frozenset[Fraction]
    """Numbers of the problem, and their hundredths and the rest to 1 where they are percents."""
    right: frozenset[Fraction]
    """Values that the right way comes by."""
    right_numbers: frozenset[Fraction]
    """All numbers that the right way names."""
    route: frozenset[Fraction]
    """Values of other right ways besides, multiplied out from this one."""
    near: frozenset[Fraction]
    """What one more operation makes of two values of the right way or the problem."""
    answer: Fraction | None
    pairs: Mapping[tuple[Fraction, Fraction], frozenset[str]]
    """Operands of the right way, in order of size, with the signs between them."""


def known_of(way: Way) -> Known:
    """Collects what the problem and the right way name."""
    given = set(numbers_of(way.problem))
    given |= {1 - value for value in given if 0 < value < 1}
    right = set(results_of(way.reference))
    for line in way.reference:
        for chain in line.chains:
            right.update(parts_of(chain))
    answer = reference_answer(way)
    if answer is not None:
        right.add(answer)
    numbers = {value for line in way.reference for value in numbers_of(line)} | right
    pairs: dict[tuple[Fraction, Fraction], set[str]] = {}
    for line in way.reference:
        for chain in line.chains:
            for key, sign in pairs_of(chain):
                pairs.setdefault(key, set()).add(sign)
    frozen = {key: frozenset(signs) for key, signs in pairs.items()}
    near = _near(given, right)
    route = right_values(way.reference) | numbers
    return Known(
        frozenset(given), frozenset(right), frozenset(numbers), route, near, answer, frozen
    )


def _near(given: set[Fraction], right: set[Fraction]) -> frozenset[Fraction]:
    values = sorted(right)[:MOST_RESULTS] + sorted(given)[:MOST_RESULTS]
    found: set[Fraction] = set()
    for a, b in combinations(values, 2):
        for sign in "+-*/":
            for value in (joined(sign, a, b), joined(sign, b, a)):
                if value is not None:
                    found.add(value)
    return frozenset(found)


def pairs_of(chain: Chain) -> list[tuple[tuple[Fraction, Fraction], str]]:
    """Every two numbers that a chain joins, the smaller first, with the sign between them."""
    found: list[tuple[tuple[Fraction, Fraction], str]] = []
    for side in chain.sides:
        for part in operations_in(side):
            left, right = value_of(part.left), value_of(part.right)
            if left is not None and right is not None:
                found.append(((min(left, right), max(left, right)), part.sign))
    return found
