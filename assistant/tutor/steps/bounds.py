"""What a problem says besides its equation of where the unknown lies: x > 0, 0 < x < 5."""

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any, Final

from assistant.tutor.maths.nodes import Symbol, symbols
from assistant.tutor.maths.shapes import Relation, Several, Shape
from assistant.tutor.maths.values import exact

_ORDERS: Final = frozenset("<>\u2264\u2265\u2260")


def is_bound(shape: Shape) -> bool:
    """Whether a line compares an unknown that stands alone with numbers, and is no equation."""
    if not isinstance(shape, Relation) or not set(shape.signs) <= _ORDERS:
        return False
    alone = [side for side in shape.sides if isinstance(side, Symbol)]
    others = [side for side in shape.sides if not isinstance(side, Symbol)]
    return len(alone) == 1 and all(exact(side) is not None for side in others)


def parted(shape: Shape) -> tuple[Shape, tuple[Relation, ...]]:
    """An equation and the bounds beside it; the shape itself and none where there are none."""
    if not isinstance(shape, Several) or shape.joined not in (",", "and"):
        return shape, ()
    bounds = tuple(item for item in shape.items if isinstance(item, Relation) and is_bound(item))
    rest = tuple(item for item in shape.items if item not in bounds)
    equation = rest[0] if len(rest) == 1 else None
    if not bounds or not isinstance(equation, Relation) or equation.signs != ("=",):
        return shape, ()
    names = [frozenset[str]().union(*map(symbols, one.sides)) for one in (equation, *bounds)]
    return (equation, bounds) if len(set(names)) == 1 else (shape, ())


def kept_within(
    factors: Collection[Any], bounds: Sequence[Relation]
) -> tuple[frozenset[Any], frozenset[Any]] | None:
    """Those of the solutions that lie within the bounds, and those that do not.

    Args:
        factors: Polynomials or numbers, as in ``rational.Solutions``.
        bounds: As of ``parted``.

    Returns:
        None where only some of the roots of one lie within.
    """
    kept: set[Any] = set()
    for factor in factors:
        held = {all(_holds(bound, float(root)) for bound in bounds)
                for root in factor.real_roots()}  # fmt: skip
        if len(held) != 1:
            return None
        kept |= {factor} if True in held else set()
    return frozenset(kept), frozenset(factors) - kept


def _holds(bound: Relation, value: float) -> bool:
    """Whether a bound lets a number through; ends are fractions, which a float tells apart."""
    ends = [value if isinstance(side, Symbol) else float(exact(side) or 0) for side in bound.sides]
    return all(_compared(one, sign, other)
               for (one, other), sign in zip(pairwise(ends), bound.signs, strict=True))  # fmt: skip


def _compared(one: float, sign: str, other: float) -> bool:
    if sign == "\u2260":
        return one != other
    less = one < other if sign in "<\u2264" else one > other
    return less or (sign in "\u2264\u2265" and one == other)
