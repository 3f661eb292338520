"""Equations in one unknown as exact fractions of polynomials, so that ways can be compared.

Two equations say the same if the same real numbers solve them. Both sides are brought to one
fraction of polynomials with whole coefficients; the numerators' irreducible factors that have
real roots, without what the denominators forbid, decide. Nothing is rounded or tried at points.
"""

import importlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.tutor.maths.nodes import (
    Call,
    Mixed,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    both_signs,
)
from assistant.tutor.maths.shapes import Expression, Relation, Saying, Several, Shape
from assistant.tutor.maths.values import exact
from assistant.tutor.steps.bounds import kept_within, parted
from assistant.tutor.steps.radicals import Unsolved, is_beyond_fractions, solved
from assistant.tutor.steps.sampled import same_by_values
from assistant.tutor.steps.singly import found_singly, singly

MOST_DEGREE = 12
MOST_BITS = 400
UNEQUAL = "\u2260"
_MOST_ITEMS = 6


@dataclass(frozen=True, slots=True)
class Solutions:
    """The real numbers that solve an equation, by the polynomials whose roots they are."""

    factors: frozenset[Any]
    """Irreducible polynomials with real roots, each made monic; none where everything solves it."""
    everything: bool = False
    forbidden: frozenset[Any] = field(default=frozenset(), compare=False)
    """Factors of denominators: their roots solve nothing."""
    but: frozenset[Any] = frozenset()
    """Where everything solves it: the factors whose roots do not."""
    rooted: bool = field(default=False, compare=False)
    """Whether there are roots, amounts or unknown exponents in it; ``forbidden`` are then as well
    the factors that squaring brings in, and a line may have but one of several cases."""


class TooHard(Exception):  # noqa: N818 - a state of the comparison, not an error of the product
    """Raised inside: not a fraction of polynomials in one unknown, or too large a one."""


class Rational:
    """Works with fractions of polynomials in one unknown, or, to compare expressions, in several.

    Args:
        name: The unknown.
        others: Further ones.
        one_by_one: Whether each real solution counts for itself, ``singly.RealNumber`` standing
            for polynomials; equations with logarithms and e are solved as well then.
    """

    def __init__(self, name: str, *others: str, one_by_one: bool = False) -> None:
        self.one_by_one = one_by_one
        self._sympy: Any = importlib.import_module("sympy")
        self.name = name
        self._unknowns: dict[str, Any] = {
            each: self._sympy.Symbol(each) for each in (name, *others)
        }

    def poly(self, value: Any) -> Any:  # noqa: ANN401 - sympy has no types
        """A polynomial of a sympy expression or number."""
        return self._sympy.Poly(value, *self._unknowns.values(), domain="QQ")

    def fraction(self, node: Node) -> tuple[Any, Any]:
        """Numerator and denominator of a tree, not reduced.

        Raises:
            TooHard: There are roots, functions, other unknowns or too large numbers in it.
        """
        top, bottom = self._fraction(node)
        large = max(top.total_degree(), bottom.total_degree()) > MOST_DEGREE
        bits = max(int(c.p).bit_length() + int(c.q).bit_length() for c in top.coeffs())
        if large or bits > MOST_BITS:
            raise TooHard
        return top, bottom

    def _fraction(  # noqa: C901, PLR0911, PLR0912 - one case a node
        self, node: Node
    ) -> tuple[Any, Any]:
        one = self.poly(1)
        match node:
            case Number(value):
                if value.numerator.bit_length() + value.denominator.bit_length() > MOST_BITS:
                    raise TooHard
                return self.poly(self._sympy.Rational(value.numerator, value.denominator)), one
            case Mixed(whole, over, under):
                return self.poly(self._sympy.Rational(whole * under + over, under)), one
            case Symbol(name) if name in self._unknowns:
                return self.poly(self._unknowns[name]), one
            case Negative(of):
                top, bottom = self.fraction(of)
                return -top, bottom
            case Sum(terms):
                return self._sum(terms)
            case Product(factors):
                tops, bottoms = one, one
                for factor in factors:
                    top, bottom = self.fraction(factor)
                    if tops.total_degree() + top.total_degree() > MOST_DEGREE:
                        raise TooHard
                    tops, bottoms = tops * top, bottoms * bottom
                return tops, bottoms
            case Quotient(above, below):
                top, bottom = self.fraction(above)
                over, under = self.fraction(below)
                if over.is_zero:
                    raise TooHard
                return top * under, bottom * over
            case Power(base, exponent) if (power := exact(exponent)) is not None:
                if power.denominator != 1:
                    raise TooHard
                return self._power(base, int(power))
            case Call():
                value = exact(node)
                if value is None:
                    raise TooHard
                return self.fraction(Number(value))
            case _:
                raise TooHard

    def _sum(self, terms: tuple[Node, ...]) -> tuple[Any, Any]:
        if len(terms) > 1 and any(is_share(term) for term in terms):
            # 50 + 20% adds a fifth of 50, or 0.2.
            raise TooHard
        tops, bottoms = self.poly(0), self.poly(1)
        for term in terms:
            top, bottom = self.fraction(term)
            if bottom == bottoms:
                tops = tops + top
            else:
                tops, bottoms = tops * bottom + top * bottoms, bottoms * bottom
            if max(tops.total_degree(), bottoms.total_degree()) > MOST_DEGREE:
                raise TooHard
        return tops, bottoms

    def _power(self, base: Node, exponent: int) -> tuple[Any, Any]:
        top, bottom = self.fraction(base)
        degree = max(top.total_degree(), bottom.total_degree(), 1)
        if abs(exponent) * degree > MOST_DEGREE or (exponent < 0 and top.is_zero):
            raise TooHard
        if exponent < 0:
            top, bottom, exponent = bottom, top, -exponent
        return top**exponent, bottom**exponent

    def gap(self, relation: Relation) -> tuple[Any, Any]:
        """Left side less right side, as numerator and denominator."""
        left, right = relation.sides
        return self.fraction(Sum((left, Negative(right))))

    def same(self, one: Node, other: Node) -> bool:
        """Whether two expressions are equal wherever both are defined.

        Raises:
            TooHard: They cannot be compared.
        """
        try:
            a, b = self.fraction(one)
            c, d = self.fraction(other)
        except TooHard:
            same = same_by_values(one, other, self._unknowns)
            if same is None:
                raise
            return same
        return bool((a * d - c * b).is_zero)

    def solutions(self, shape: Shape) -> Solutions:
        """What solves an equation, or one of several joined by "or" or commas.

        Raises:
            TooHard: It is no such thing.
        """
        equation, bounds = parted(shape)
        if bounds:
            return self._bounded(self.solutions(equation), bounds)
        try:
            found = self._solutions_of(shape)
        except TooHard:
            if len(self._unknowns) > 1 or not (self.one_by_one or is_beyond_fractions(shape)):
                raise
            return self._beyond_fractions(shape)
        if not self.one_by_one:
            return found
        return Solutions(
            singly(found.factors),
            everything=found.everything,
            forbidden=singly(found.forbidden),
            but=singly(found.but),
            rooted=found.rooted,
        )

    def _bounded(self, found: Solutions, bounds: Sequence[Relation]) -> Solutions:
        """What of the solutions the problem lets through; the others may come up on the way."""
        kept = None if found.everything else kept_within(found.factors, bounds)
        if kept is None:
            raise TooHard
        inside, outside = kept
        return Solutions(inside, forbidden=found.forbidden | outside, rooted=True)

    def _beyond_fractions(self, shape: Shape) -> Solutions:
        try:
            if self.one_by_one:
                one = found_singly(shape, self.name)
                return Solutions(one.right, forbidden=one.brought_in, rooted=True)
            found = solved(shape, self.name)
        except Unsolved:
            raise TooHard from None
        return Solutions(found.factors, forbidden=found.brought_in, rooted=True)

    def _solutions_of(self, shape: Shape) -> Solutions:  # noqa: PLR0911 - one return a kind of line
        if shape is Saying.NOTHING:
            return Solutions(frozenset())
        if shape is Saying.EVERYTHING:
            return Solutions(frozenset(), everything=True)
        if isinstance(shape, Several) and shape.joined in (",", "or") and shape.items:
            return _either([self.solutions(item) for item in shape.items[:_MOST_ITEMS]])
        if isinstance(shape, Relation) and shape.signs == (UNEQUAL,):
            found = self.solutions(Relation(shape.sides, ("=",)))
            if found.everything:
                return Solutions(found.but)
            return _all_but(found.factors | found.forbidden, found.forbidden)
        if not isinstance(shape, Relation) or shape.signs != ("=",) or len(self._unknowns) > 1:
            raise TooHard
        factors: frozenset[Any] = frozenset()
        forbidden: frozenset[Any] = frozenset()
        for left in both_signs(shape.sides[0]):
            for right in both_signs(shape.sides[1]):
                one = self._solutions(Relation((left, right), ("=",)))
                if one.everything:
                    return one
                factors |= one.factors
                forbidden |= one.forbidden
        return Solutions(factors, forbidden=forbidden)

    def _solutions(self, relation: Relation) -> Solutions:
        top, bottom = self.gap(relation)
        forbidden = frozenset(factor.monic() for factor, _ in bottom.factor_list()[1])
        if top.is_zero:
            return _all_but(_real(forbidden), forbidden)
        found = {factor.monic() for factor, _ in top.factor_list()[1]} - forbidden
        return Solutions(_real(found), forbidden=forbidden)

    def alike_unsolvable(self, one: Relation, other: Relation) -> bool | None:
        """Whether an equation without solutions follows from another; None where it is open.

        That neither has a solution says nothing: 2x + 1 = 2x + 5 is not 2x + 2 = 2x + 5.
        """
        (a, b), (c, d) = self.gap(one), self.gap(other)
        gaps = a * d, c * b
        if gaps[0] == gaps[1] or gaps[0] == -gaps[1]:
            return True
        if gaps[0].total_degree() > 0 and gaps[0].monic() == gaps[1].monic():
            return True
        crossed = Product((one.sides[0], other.sides[1])), Product((other.sides[0], one.sides[1]))
        kept = [self.same(x, y) for x, y in zip(one.sides, other.sides, strict=True)]
        if self.same(*crossed) and not any(kept):
            return True
        stays = other.sides[kept.index(True)] if kept.count(True) == 1 else None
        constant = gaps[0].total_degree() == gaps[1].total_degree() == 0
        changed = stays is not None and constant and not self.fraction(stays)[0].is_zero
        return False if changed else None

    def roots(self, solutions: Solutions) -> tuple[Any, ...]:
        """The rational ones among the solutions, in order."""
        found = [-one.nth(0) / one.nth(1) for one in solutions.factors if one.degree() == 1]
        return tuple(sorted(found))

    def at(self, node: Node, value: Any) -> Any:  # noqa: ANN401 - sympy has no types
        """What an expression is worth at a number; None where it is not defined."""
        top, bottom = self.fraction(node)
        values = [value + place for place in range(len(self._unknowns))]
        under = bottom(*values)
        return None if under == 0 else top(*values) / under

    def at_words(self, value: int) -> str:
        """Where ``at`` puts in a number: "At x = 1", "At a = 1, b = 2"."""
        told = [f"{name} = {value + place}" for place, name in enumerate(self._unknowns)]
        return f"At {', '.join(told)}"


def is_share(term: Node) -> bool:
    """Whether a term is a percentage."""
    inner = term.of if isinstance(term, Negative) else term
    return isinstance(inner, Call) and inner.name == "percent"


def _real(factors: Collection[Any]) -> frozenset[Any]:
    return frozenset(one for one in factors if one.count_roots() > 0)


def _all_but(but: frozenset[Any], forbidden: frozenset[Any]) -> Solutions:
    return Solutions(frozenset(), everything=True, forbidden=forbidden, but=but)


def _either(found: Sequence[Solutions]) -> Solutions:
    """What solves one of several."""
    factors = frozenset[Any]().union(*(one.factors for one in found))
    rooted = any(one.rooted for one in found)
    forbidden = frozenset[Any]().union(*(one.forbidden for one in found))
    whole = [one.but for one in found if one.everything]
    if not whole:
        return Solutions(factors, forbidden=forbidden, rooted=rooted)
    but = frozenset[Any].intersection(*whole) - factors
    return _all_but(but, forbidden)


def shape_names(shape: Shape) -> frozenset[str]:
    """The unknowns of a line."""
    from assistant.tutor.maths.nodes import symbols

    if isinstance(shape, Expression):
        return symbols(shape.node)
    if isinstance(shape, Relation):
        return frozenset[str]().union(*(symbols(side) for side in shape.sides))
    if isinstance(shape, Several):
        return frozenset[str]().union(*(shape_names(item) for item in shape.items))
    return frozenset()
