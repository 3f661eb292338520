"""Solutions one by one: each real number for itself, where polynomials with fractions do not tell.

√5 and -√5 solve the same polynomials, so that a line with one of them alone says nothing of these;
e² and ln 5 solve none. Numbers known to more than forty digits behind the point tell them apart.
"""

import importlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final

from assistant.tutor.maths.nodes import both_signs
from assistant.tutor.maths.shapes import Relation, Shape
from assistant.tutor.steps.polynomials import DIGITS
from assistant.tutor.steps.radicals import Unsolved, roots_of
from assistant.tutor.steps.transcendental import real_solutions

_TOLD_APART: Final = 40
_LARGEST: Final = 10**40
_SMALL: Final = 100


@dataclass(frozen=True, slots=True)
class RealNumber:
    """A solution; it stands where a polynomial does whose only root it is."""

    place: int
    """In units of the last digit that tells it apart."""
    value: Any = field(compare=False)
    """A number of mpmath."""
    exactly: Any = field(compare=False, default=None)
    """The same of sympy, where it is a fraction."""

    def degree(self) -> int:
        """1 where a polynomial of the first degree with whole coefficients has it as its root."""
        return 0 if self.exactly is None else 1

    def nth(self, power: int) -> Any:  # noqa: ANN401 - sympy has no types
        """A coefficient of that polynomial: x - 3."""
        return 1 if power else -self.exactly

    def real_roots(self) -> list[Any]:
        """Itself."""
        return [self.value]

    def count_roots(self) -> int:
        """Itself."""
        return 1


@dataclass(frozen=True, slots=True)
class FoundSingly:
    """What solves an equation, and what solves only what follows from it."""

    right: frozenset[RealNumber]
    brought_in: frozenset[RealNumber]


def found_singly(shape: Shape, name: str) -> FoundSingly:
    """What solves an equation with roots, logarithms, unknown exponents or e.

    Args:
        shape: The equation.
        name: The unknown.

    Raises:
        Unsolved: It is no such thing, or cannot be solved.
    """
    try:
        right, astray = roots_of(shape, name)
        return FoundSingly(
            _split({poly for poly, _ in right}, right.__contains__),
            _split({poly for poly, _ in astray}, astray.__contains__),
        )
    except Unsolved:
        pass
    if not isinstance(shape, Relation) or shape.signs != ("=",):
        raise Unsolved
    pairs = product(both_signs(shape.sides[0]), both_signs(shape.sides[1]))
    found = [real_solutions(left, right, name) for left, right in pairs]
    right = frozenset(_number(value, _fraction(value)) for one in found for value in one.right)
    astray = frozenset(_number(value, _fraction(value)) for one in found for value in one.astray)
    return FoundSingly(right, astray - right)


def singly(factors: Collection[Any]) -> frozenset[Any]:
    """The real roots of polynomials, each for itself.

    Args:
        factors: Irreducible ones, or numbers that are told apart already.
    """
    kept = {one for one in factors if isinstance(one, RealNumber)}
    return frozenset(kept) | _split({one for one in factors if one not in kept})


def _split(
    factors: Collection[Any], wanted: Callable[[tuple[Any, int]], bool] = lambda _: True
) -> frozenset[RealNumber]:
    sympy: Any = importlib.import_module("sympy")
    context: Any = importlib.import_module("mpmath").MPContext()
    context.dps = DIGITS
    found: set[RealNumber] = set()
    for factor in factors:
        for at, root in enumerate(factor.real_roots()):
            if wanted((factor, at)):
                value = context.mpf(str(sympy.N(root, DIGITS)))
                found.add(_number(value, root if root.is_Rational else None))
    return frozenset(found)


def _fraction(value: Any) -> Any:  # noqa: ANN401 - numbers of mpmath and sympy
    """The fraction of small numbers that a value is to the last digit; None for any other."""
    sympy: Any = importlib.import_module("sympy")
    for bottom in range(1, _SMALL):
        top = value.context.nint(value * bottom)
        if abs(value * bottom - top) * 10**_TOLD_APART < 1:
            return sympy.Rational(int(top), bottom)
    return None


def _number(value: Any, exactly: Any = None) -> RealNumber:  # noqa: ANN401 - numbers of mpmath and sympy
    if abs(value) > _LARGEST:
        raise Unsolved
    return RealNumber(int(value.context.nint(value * 10**_TOLD_APART)), value, exactly)
