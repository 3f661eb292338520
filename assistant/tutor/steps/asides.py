"""Lines of a way that work out a part, or name something, beside what has to be solved.

"D = 3^2 - 4*2*(-2) = 25" says nothing of x; "3^2 = 9" is a part of 18 - 2 * 3^2. Such a line is
right if its own sides are equal, and nothing else is held against it.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import isqrt
from typing import Any

from assistant.tutor.maths.nodes import (
    Node,
    Number,
    Power,
    Quotient,
    Sum,
    Symbol,
    children,
    symbols,
    walk,
    with_children,
)
from assistant.tutor.maths.shapes import Expression, Relation, Shape
from assistant.tutor.maths.values import exact
from assistant.tutor.steps.rational import Rational, TooHard, is_share, shape_names
from assistant.tutor.steps.writing import written

_DISCRIMINANTS = ("D", "d", "Delta")
_QUADRATIC = 2


def defines(shape: Shape, names: frozenset[str]) -> bool:
    """Whether a line gives a name that is none of these to what numbers come to."""
    if not isinstance(shape, Relation) or set(shape.signs) != {"="}:
        return False
    first, rest = shape.sides[0], shape.sides[1:]
    base = first.base if isinstance(first, Power) else first
    named = isinstance(base, Symbol) and base.name not in names
    return named and not any(symbols(side) for side in rest)


def unequal(shape: Relation) -> tuple[Node, Fraction, Node] | None:
    """The first two sides of numbers that differ: what was computed, its worth, what is said."""
    last: tuple[Node, Fraction] | None = None
    for side in shape.sides:
        value = None if symbols(side) else exact(side)
        if value is None:
            last = None
            continue
        if last is not None and value != last[1] and not _may_mean_it(last[0], side):
            return last[0], last[1], side
        last = side, value
    return None


def _may_mean_it(one: Node, other: Node) -> bool:
    """Whether two sides that differ may be meant all the same.

    One is the other rounded, a quotient without its rest, a sum with a percentage of itself, or
    it goes on from what came out: 12 + 8 = 20 / 4.
    """
    first, second = exact(one), exact(other)
    if first is None or second is None:
        return True
    start = other
    while children(start) and not isinstance(start, Number):
        start = children(start)[0]
    goes_on = start is not other and exact(start) == first
    whole = isinstance(other, Number) and not other.places
    rest = whole and isinstance(one, Quotient) and abs(first - second) < 1
    shares = any(has_shares(side) for side in (one, other))
    return goes_on or rest or shares or _rounded(other, second, first)


def has_shares(node: Node) -> bool:
    """Whether something is added to a percentage, perhaps of itself: 50 + 20%."""
    return any(
        isinstance(part, Sum) and any(is_share(term) for term in part.terms) for part in walk(node)
    )


def goes_on(shape: Relation) -> bool:
    """Whether sides of a chain differ that may be meant all the same."""
    numbers = [side for side in shape.sides if not symbols(side) and exact(side) is not None]
    return any(exact(one) != exact(other) and _may_mean_it(one, other) and not _written_out(other)
               for one, other in pairwise(numbers))  # fmt: skip


def _written_out(side: Node) -> bool:
    return isinstance(side, Number) and bool(side.places)


def _rounded(side: Node, value: Fraction, exactly: Fraction) -> bool:
    places = side.places if isinstance(side, Number) else None
    return bool(places) and abs(value - exactly) <= Fraction(1, 10**places)


def as_equation(shape: Relation) -> Relation | None:
    """c^2 = 9 + 16 = 25 as c^2 = 9 + 16; None where it is nothing of the kind, or does not hold."""
    unknown = symbols(shape.sides[0]) and not any(symbols(side) for side in shape.sides[1:])
    equals = len(shape.signs) > 1 and set(shape.signs) == {"="}
    if not equals or not unknown or unequal(shape) or goes_on(shape):
        return None
    return Relation((shape.sides[0], shape.sides[1]), ("=",))


def wrong_discriminant(shape: Relation, given: Shape | None, rational: Rational) -> str | None:
    """Words for a discriminant that is not that of the equation, "" for one that is.

    None for a line that is no discriminant: "L = 3" can be held against nothing.
    """
    name = shape.sides[0]
    value = exact(shape.sides[-1])
    named = isinstance(name, Symbol) and name.name in _DISCRIMINANTS
    if not named or value is None or not isinstance(given, Relation):
        return None
    try:
        rational.solutions(given)
        top, _ = rational.gap(given)
    except TooHard:
        return None
    if top.degree() != _QUADRATIC:
        return None
    right = _fraction(top.discriminant())
    # The equation may have been multiplied by a number first, or D be a quarter of it.
    if (value == right) or (value * right > 0 and _square(value / right)):
        return ""
    return f"{written(shape.sides[1])} is not the discriminant of the equation."


def _square(value: Fraction) -> bool:
    return all(isqrt(part) ** 2 == part for part in (value.numerator, value.denominator))


def _fraction(value: Any) -> Fraction:  # noqa: ANN401 - sympy has no types
    return Fraction(int(value.p), int(value.q))


def holds_at(relation: Relation, rational: Rational, factor: Any) -> bool | None:  # noqa: ANN401 - sympy has no types
    """Whether an equation holds at the root of a linear factor; None where it cannot be told."""
    if factor.degree() != 1:
        return None
    root = Number(_fraction(-factor.nth(0) / factor.nth(1)))
    values = [exact(put(side, rational.name, root)) for side in relation.sides]
    return None if None in values else len(set(values)) == 1


def put(node: Node, name: str, value: Node) -> Node:
    """The tree with a number for an unknown."""
    if isinstance(node, Symbol):
        return value if node.name == name else node
    parts = tuple(put(part, name, value) for part in children(node))
    return with_children(node, parts) if parts else node


class Parts:
    """The parts of an expression of numbers that were worked out so far."""

    def __init__(self, whole: Shape | None) -> None:
        numbers = isinstance(whole, Expression) and not symbols(whole.node)
        self._whole = whole.node if numbers and isinstance(whole, Expression) else None
        self._known = set(_numbers(self._whole)) if self._whole is not None else set[Fraction]()
        values = _part_values(self._whole) if self._whole is not None else ()
        self._values = frozenset[Fraction](values)
        self.value = exact(self._whole) if self._whole is not None else None
        self.strayed: int | None = None
        """The first aside that works out what is no part of the expression."""
        self.ended = True
        """Whether the line read last is no mere part."""

    def is_part(self, shape: Shape, place: int) -> bool:
        """Whether a line is a sum that holds, of numbers that are there or came out before."""
        self.ended = True
        if self._whole is None or shape_names(shape) or not isinstance(shape, Relation):
            return False
        if set(shape.signs) != {"="} or unequal(shape) is not None:
            return False
        first = shape.sides[0]
        value = exact(first)
        if value is None or value == self.value or not set(_numbers(first)) <= self._known:
            return False
        self._known |= {number for side in shape.sides for number in _numbers(side)}
        self._known.add(value)
        self.ended = False
        if value not in self._values and self.strayed is None:
            self.strayed = place
        return True


def _numbers(node: Node) -> Iterator[Fraction]:
    for part in walk(node):
        value = exact(part) if isinstance(part, Number) else None
        if value is not None:
            yield abs(value)


def _part_values(node: Node) -> Iterator[Fraction]:
    for part in walk(node):
        parts = [part]
        if isinstance(part, Sum):
            terms = part.terms
            ends = [(i, j) for i in range(len(terms)) for j in range(i + 2, len(terms) + 1)]
            parts += [Sum(terms[i:j]) for i, j in ends]
        for each in parts:
            value = exact(each)
            if value is not None:
                yield value
