"""Polynomials whose coefficients are real numbers to many digits: e², ln 5 and π among them.

They take over where fractions no longer do. A polynomial of degree n has n roots, and all of them
are found, so that no solution is overlooked.
"""

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Any, Final, TypeAlias

from assistant.tutor.maths.nodes import (
    Negative,
    Node,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    symbols,
)
from assistant.tutor.maths.values import Numbers, Undefined, exact
from assistant.tutor.steps.radicals import Unsolved

DIGITS: Final = 120
_MOST_DEGREE: Final = 12
_NOTHING: Final = 60
"""Digits behind the point from which on a coefficient is rounding only."""
_REAL: Final = 30
"""The same for the imaginary part of a root; that of a double one is found less closely."""

Polynomial: TypeAlias = tuple[Any, ...]
"""Its coefficients, numbers of mpmath, that of the constant first."""
Ratio: TypeAlias = tuple[Polynomial, Polynomial]
"""One polynomial above another."""
Named: TypeAlias = Callable[[Node], Ratio | None]
"""What a part of a tree is in the unknown that is put in its place; None for any other part."""


class Polynomials:
    """Makes polynomials of trees and finds their roots.

    Args:
        name: The unknown.
    """

    def __init__(self, name: str) -> None:
        self.numbers = Numbers()
        self.context: Any = self.numbers.context
        self.context.dps = DIGITS
        self.name = name

    def value(self, node: Node) -> Any:  # noqa: ANN401 - a number of mpmath
        """What a tree without the unknown is worth.

        Raises:
            Unsolved: It has no real value.
        """
        try:
            value = None if symbols(node) else self.numbers.value(node, {})
        except Undefined:
            value = None
        if value is None or isinstance(value, self.context.mpc):
            raise Unsolved
        return value

    def ratio(self, node: Node, named: Named | None = None) -> Ratio:  # noqa: PLR0911 - one return a case
        """A tree as a fraction of polynomials in the unknown, or in what ``named`` puts for it.

        Raises:
            Unsolved: There is something else in it.
        """
        if not symbols(node):
            return (self.value(node),), self._one()
        put = None if named is None else named(node)
        if put is not None:
            return put
        match node:
            case Symbol(name) if name == self.name and named is None:
                return (self.context.mpf(0), self.context.mpf(1)), self._one()
            case Negative(of):
                top, bottom = self.ratio(of, named)
                return tuple(-each for each in top), bottom
            case Sum(terms):
                return self._sum([self.ratio(term, named) for term in terms])
            case Product(factors):
                return self._product([self.ratio(factor, named) for factor in factors])
            case Quotient(above, below):
                top, bottom = self.ratio(below, named)
                return self._product([self.ratio(above, named), (bottom, top)])
            case Power(base, exponent) if (power := exact(exponent)) is not None:
                if power.denominator != 1:
                    raise Unsolved
                return self.raised(self.ratio(base, named), int(power))
            case _:
                raise Unsolved

    def raised(self, ratio: Ratio, power: int) -> Ratio:
        """A fraction of polynomials times itself; a negative power turns it round.

        Raises:
            Unsolved: The degree is too high.
        """
        top, bottom = ratio if power >= 0 else ratio[::-1]
        if abs(power) > _MOST_DEGREE:
            raise Unsolved
        return self._product([(top, bottom)] * abs(power))

    def roots(self, polynomial: Polynomial) -> list[Any]:
        """All real roots, in order.

        Raises:
            Unsolved: Every number is one, or they cannot be found.
        """
        size = max((abs(each) for each in polynomial), default=0)
        coefficients = list(polynomial)
        nothing = size * self.context.mpf(10) ** -_NOTHING
        while coefficients and abs(coefficients[-1]) <= nothing:
            coefficients.pop()
        if not coefficients or len(coefficients) > _MOST_DEGREE + 1:
            raise Unsolved
        if len(coefficients) == 1:
            return []
        try:
            found = self.context.polyroots(coefficients[::-1], maxsteps=300, extraprec=400)
        except self.context.NoConvergence:
            raise Unsolved from None
        near = self.context.mpf(10) ** -_REAL
        real = (root for root in found if abs(root.imag) <= near * max(1, abs(root)))
        return sorted(root.real for root in real)

    def product(self, one: Polynomial, other: Polynomial) -> Polynomial:
        """One polynomial times another.

        Raises:
            Unsolved: The degree is too high.
        """
        if len(one) + len(other) > _MOST_DEGREE + 2:
            raise Unsolved
        found = [self.context.mpf(0)] * (len(one) + len(other) - 1)
        for at, first in enumerate(one):
            for by, second in enumerate(other):
                found[at + by] += first * second
        return tuple(found)

    def difference(self, one: Polynomial, other: Polynomial) -> Polynomial:
        """One polynomial less another."""
        pairs = zip_longest(one, other, fillvalue=self.context.mpf(0))
        return tuple(first - second for first, second in pairs)

    def _one(self) -> Polynomial:
        return (self.context.mpf(1),)

    def _sum(self, parts: Sequence[Ratio]) -> Ratio:
        top, bottom = parts[0]
        for over, under in parts[1:]:
            less = tuple(-each for each in self.product(over, bottom))
            top = self.difference(self.product(top, under), less)
            bottom = self.product(bottom, under)
        return top, bottom

    def _product(self, parts: Sequence[Ratio]) -> Ratio:
        top, bottom = self._one(), self._one()
        for over, under in parts:
            top, bottom = self.product(top, over), self.product(bottom, under)
        return top, bottom
