"""Sides of a line as sums of products of letters, one sum above another; exact."""

from collections.abc import Iterable
from fractions import Fraction
from math import lcm
from typing import Final, TypeAlias

from assistant.tutor.maths.nodes import Negative, Node, Power, Product, Quotient, Sum, Symbol
from assistant.tutor.maths.values import exact

Terms: TypeAlias = dict[tuple[str, ...], Fraction]
"""What each product of letters is multiplied by; ("x", "x") is x², () the number by itself."""
Ratio: TypeAlias = tuple[Terms, Terms]
"""One sum above another."""

_ONE: Final[Terms] = {(): Fraction(1)}
_MOST_TERMS: Final = 60
_MOST_POWER: Final = 4


def ratio_of(node: Node) -> Ratio | None:  # noqa: PLR0911 - one return a case
    """A side multiplied out; None where it is no such thing, or too long."""
    value = exact(node)
    if value is not None:
        return ({(): value} if value else {}), _ONE
    match node:
        case Symbol(name):
            return {(name,): Fraction(1)}, _ONE
        case Negative(of):
            return _times(ratio_of(of), ({(): Fraction(-1)}, _ONE))
        case Sum(terms):
            return _summed(map(ratio_of, terms))
        case Product(factors):
            return _multiplied(map(ratio_of, factors))
        case Quotient(top, bottom):
            below = ratio_of(bottom)
            turned = (below[1], below[0]) if below is not None and below[0] else None
            return _times(ratio_of(top), turned)
        case Power(base, exponent) if (power := exact(exponent)) in range(1, _MOST_POWER + 1):
            return _multiplied([ratio_of(base)] * int(power or 1))
        case _:
            return None


def difference(left: Node, right: Node) -> Ratio | None:
    """The left side less the right one; None where either cannot be read."""
    return _summed([ratio_of(left), ratio_of(Negative(right))])


def product(one: Terms, other: Terms) -> Terms:
    """Two sums multiplied out."""
    found: Terms = {}
    for first, amount in one.items():
        for second, by in other.items():
            key = tuple(sorted(first + second))
            found[key] = found.get(key, Fraction(0)) + amount * by
    return {key: value for key, value in found.items() if value}


def letters(terms: Terms) -> frozenset[str]:
    """All letters of a sum."""
    return frozenset(name for key in terms for name in key)


def degree(terms: Terms) -> int:
    """Letters in its longest product."""
    return max(map(len, terms), default=0)


def leading(terms: Terms, name: str) -> Terms:
    """What the highest power of a letter is multiplied by."""
    power = max((key.count(name) for key in terms), default=0)
    return {
        tuple(one for one in key if one != name): value
        for key, value in terms.items()
        if power and key.count(name) == power
    }


def constant_of(terms: Terms) -> Fraction:
    """The number that stands by itself."""
    return terms.get((), Fraction(0))


def proportion(one: Terms, other: Terms) -> Fraction | None:
    """How many times another sum one is; None where it is no multiple of it."""
    if not one or one.keys() != other.keys():
        return None
    shares = {one[key] / other[key] for key in one}
    return shares.pop() if len(shares) == 1 else None


def integers(values: Iterable[Fraction]) -> tuple[int, ...]:
    """Numbers times their common denominator."""
    told = tuple(values)
    many = lcm(*(one.denominator for one in told))
    return tuple(int(one * many) for one in told)


def _times(one: Ratio | None, other: Ratio | None) -> Ratio | None:
    if one is None or other is None or len(one[0]) * len(other[0]) > _MOST_TERMS:
        return None
    return product(one[0], other[0]), product(one[1], other[1])


def _multiplied(parts: Iterable[Ratio | None]) -> Ratio | None:
    found: Ratio | None = (_ONE, _ONE)
    for part in parts:
        found = _times(found, part)
    return found


def _summed(parts: Iterable[Ratio | None]) -> Ratio | None:
    top, bottom = Terms(), _ONE
    for part in parts:
        if part is None or len(top) + len(part[0]) > _MOST_TERMS:
            return None
        if part[1] == bottom:
            left, right = top, part[0]
        else:
            left, right = product(top, part[1]), product(part[0], bottom)
            bottom = product(bottom, part[1])
        keys = left.keys() | right.keys()
        both = {key: left.get(key, Fraction(0)) + right.get(key, Fraction(0)) for key in keys}
        top = {key: value for key, value in both.items() if value}
    return _lowered(top, bottom)


def _lowered(top: Terms, bottom: Terms) -> Ratio:
    """A number below goes into the amounts above."""
    if bottom.keys() == {()}:
        return {key: value / bottom[()] for key, value in top.items()}, _ONE
    return top, bottom
