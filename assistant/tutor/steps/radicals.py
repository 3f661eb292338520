"""Equations in one unknown with roots, amounts |x|, powers like 2^x and logarithms, exactly.

Each root or amount is given a name of its own, and the names are eliminated by resultants, which
leaves a polynomial that every solution is a root of. Which of its real roots are solutions is
tried to eighty digits; the rest are what squaring brings in. Powers of one number are compared by
their exponents. What cannot be brought to this is too hard.
"""

import importlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, TypeAlias

from assistant.tutor.maths.nodes import (
    Call,
    Constant,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    both_signs,
    symbols,
    walk,
)
from assistant.tutor.maths.shapes import Relation, Several, Shape
from assistant.tutor.maths.values import Numbers, Undefined, exact

_MOST_ROOTS: Final = 3
"""Roots and amounts in one equation."""
_MOST_DEGREE: Final = 16
_MOST_SIZE: Final = 10**9
_MOST_ITEMS: Final = 6
_DIGITS: Final = 80
_NEAR: Final = 40
"""Digits after the point in which two sides that are equal agree."""
_SQUARE, _CUBE = 2, 3
Root: TypeAlias = tuple[Any, int]
"""An irreducible polynomial, and which of its real roots."""


class Unsolved(Exception):  # noqa: N818 - a state of the comparison, not an error of the product
    """Raised inside: the equation cannot be brought to a polynomial, or to too large a one."""


@dataclass(frozen=True, slots=True)
class Found:
    """What solves an equation.

    Args:
        factors: Irreducible polynomials all of whose real roots solve it.
        brought_in: Those whose real roots do not, though they solve a line that follows.
    """

    factors: frozenset[Any]
    brought_in: frozenset[Any]


def is_beyond_fractions(shape: Shape) -> bool:
    """Whether there is a root, an amount, a logarithm or an unknown exponent in an equation."""
    items = shape.items if isinstance(shape, Several) else (shape,)
    sides = [side for item in items if isinstance(item, Relation) for side in item.sides]
    return any(_is_hard(part) for side in sides for part in walk(side))


def _is_hard(node: Node) -> bool:
    if isinstance(node, Call):
        return node.name in {"sqrt", "cbrt", "abs", "log"} and exact(node) is None
    if not isinstance(node, Power):
        return False
    power = exact(node.exponent)
    return power is None or (power.denominator != 1 and exact(node) is None)


def solved(shape: Shape, name: str) -> Found:
    """What solves an equation, or one of several joined by "or" or commas.

    Args:
        shape: The equation, or several.
        name: The unknown.

    Raises:
        Unsolved: It is no such thing, or only some roots of a polynomial solve it.
    """
    right, astray = roots_of(shape, name)
    polys = {poly for poly, _ in right}
    for poly in polys:
        if any((poly, at) not in right for at in range(poly.count_roots())):
            raise Unsolved
    return Found(frozenset(polys), frozenset(poly for poly, _ in astray) - polys)


def roots_of(shape: Shape, name: str) -> tuple[frozenset[Root], frozenset[Root]]:
    """The single roots of polynomials that solve an equation, and those that only look so.

    Raises:
        Unsolved: It cannot be brought to a polynomial.
    """
    return _Solver(name).roots(shape)


class _Solver:
    def __init__(self, name: str) -> None:
        self._sympy: Any = importlib.import_module("sympy")
        self._name = name
        self._unknown = self._sympy.Symbol(name)

    def roots(self, shape: Shape) -> tuple[frozenset[Root], frozenset[Root]]:
        """The real numbers that solve it, and those that only look so."""
        if isinstance(shape, Several) and shape.joined in (",", "or"):
            found = [self.roots(item) for item in shape.items[:_MOST_ITEMS]]
        elif isinstance(shape, Relation) and shape.signs == ("=",):
            found = [
                self._roots(left, right)
                for left in both_signs(shape.sides[0])
                for right in both_signs(shape.sides[1])
            ]
        else:
            raise Unsolved
        right = frozenset[Root]().union(*(one for one, _ in found))
        return right, frozenset[Root]().union(*(other for _, other in found)) - right

    def _roots(self, left: Node, right: Node) -> tuple[frozenset[Root], frozenset[Root]]:
        if not (symbols(left) | symbols(right)) <= {self._name}:
            raise Unsolved
        left, right = _without_exponents(left, right)
        poly = self._eliminated(Sum((left, Negative(right))))
        fits: dict[bool, set[Root]] = {True: set(), False: set()}
        for factor, _ in poly.factor_list()[1]:
            monic = factor.monic()
            for at, root in enumerate(monic.real_roots()):
                fits[self._holds(left, right, root)].add((monic, at))
        return frozenset(fits[True]), frozenset(fits[False])

    def _eliminated(self, node: Node) -> Any:  # noqa: ANN401 - sympy has no types
        """A polynomial that is zero wherever the tree is."""
        walked = _Walked(self._sympy, self._unknown)
        top = self._sympy.numer(self._sympy.together(walked.expression(node)))
        for symbol, equation in reversed(walked.named):
            top = self._sympy.resultant(self._sympy.expand(top), equation, symbol)
        poly = self._sympy.Poly(self._sympy.expand(top), self._unknown, domain="QQ")
        sizes = (abs(each.p) + each.q for each in poly.coeffs())
        if poly.is_zero or poly.degree() > _MOST_DEGREE or max(sizes) > _MOST_SIZE**3:
            raise Unsolved
        return poly

    def _holds(self, left: Node, right: Node, root: Any) -> bool:  # noqa: ANN401 - sympy has no types
        numbers = Numbers()
        numbers.context.dps = _DIGITS
        point = {self._name: numbers.context.mpf(str(self._sympy.N(root, _DIGITS)))}
        try:
            one, other = numbers.value(left, point), numbers.value(right, point)
        except Undefined:
            return False
        if any(isinstance(each, numbers.context.mpc) for each in (one, other)):
            return False
        return bool(abs(one - other) <= numbers.context.mpf(10) ** -_NEAR * max(1, abs(one)))


class _Walked:
    """A tree as sympy has it, with a name for each root and amount in it."""

    def __init__(self, sympy: Any, unknown: Any) -> None:  # noqa: ANN401 - sympy has no types
        self._sympy = sympy
        self._unknown = unknown
        self._known: dict[Node, Any] = {}
        self.named: list[tuple[Any, Any]] = []

    def expression(self, node: Node) -> Any:  # noqa: ANN401, PLR0911 - sympy has no types, one case a node
        """The tree.

        Raises:
            Unsolved: There is something else in it.
        """
        value = exact(node) if not symbols(node) else None
        if value is not None:
            if max(abs(value.numerator), value.denominator) > _MOST_SIZE:
                raise Unsolved
            return self._sympy.Rational(value.numerator, value.denominator)
        match node:
            case Symbol():
                return self._unknown
            case Negative(of):
                return -self.expression(of)
            case Sum(terms):
                return self._sympy.Add(*map(self.expression, terms))
            case Product(factors):
                return self._sympy.Mul(*map(self.expression, factors))
            case Quotient(top, bottom):
                return self.expression(top) / self.expression(bottom)
            case Power(base, exponent):
                return self._power(base, exact(exponent))
            case Call():
                return self._called(node)
            case _:
                raise Unsolved

    def _power(self, base: Node, exponent: Fraction | None) -> Any:  # noqa: ANN401 - sympy has no types
        if exponent is None or abs(exponent) * exponent.denominator > _MOST_DEGREE:
            raise Unsolved
        inner = self.expression(base)
        if exponent.denominator > 1:
            inner = self._root(Call("sqrt", (base, Number(Fraction(exponent.denominator)))), inner)
        return inner**exponent.numerator

    def _called(self, node: Call) -> Any:  # noqa: ANN401 - sympy has no types
        if node.name not in {"sqrt", "cbrt", "abs"}:
            raise Unsolved
        return self._root(node, self.expression(node.arguments[0]))

    def _root(self, node: Call, inner: Any) -> Any:  # noqa: ANN401 - sympy has no types
        if node in self._known:
            return self._known[node]
        index = exact(node.arguments[1]) if len(node.arguments) > 1 else Fraction(_SQUARE)
        index = Fraction(_CUBE) if node.name == "cbrt" else index
        if index not in (_SQUARE, _CUBE) or len(self.named) >= _MOST_ROOTS:
            raise Unsolved
        symbol = self._sympy.Symbol(f"root{len(self.named)}")
        top, bottom = self._sympy.fraction(self._sympy.together(inner))
        power = int(index)
        equation = (
            bottom**2 * symbol**2 - top**2 if node.name == "abs" else bottom * symbol**power - top
        )
        self.named.append((symbol, self._sympy.expand(equation)))
        self._known[node] = symbol
        return symbol


def _without_exponents(left: Node, right: Node) -> tuple[Node, Node]:
    """Sides that are powers of one number by their exponents; a logarithm's by what it says."""
    for one, other in ((left, right), (right, left)):
        told = _said_by_log(one, other)
        if told is not None:
            return told
    unknown = [part for side in (left, right) for part in walk(side)
               if isinstance(part, Power) and symbols(part.exponent)]  # fmt: skip
    if not unknown:
        return left, right
    one, other = _as_power(left), _as_power(right)
    bases = set[object](one or {}) | set[object](other or {})
    if one is None or other is None or len(bases) != 1:
        raise Unsolved
    base = min(bases, key=str)
    return _summed(one.get(base, [])), _summed(other.get(base, []))


def _said_by_log(one: Node, other: Node) -> tuple[Node, Node] | None:
    """log_b(f) = c says f = b^c."""
    value = exact(other)
    if not isinstance(one, Call) or one.name != "log" or value is None or symbols(other):
        return None
    argument, *bases = one.arguments
    power = Power(bases[0] if bases else Number(Fraction(10)), other)
    return (argument, power) if exact(power) is not None else None


_Powers: TypeAlias = dict[object, list[Node]]
"""Of each base, prime or e, the exponents that it is raised to, to be added."""


def _as_power(node: Node) -> _Powers | None:
    """A side as a product of powers; None where it is none, or may be negative."""
    found: _Powers | None = None
    value = exact(node) if not symbols(node) else None
    if value is not None:
        found = _of_number(value)
    elif node == Constant("e"):
        found = {"e": [Number(Fraction(1))]}
    elif isinstance(node, Product):
        found = _joined([_as_power(factor) for factor in node.factors])
    elif isinstance(node, Quotient):
        found = _joined([_as_power(node.top), _raised(_as_power(node.bottom), _MINUS_ONE)])
    elif isinstance(node, Power):
        found = _raised(_as_power(node.base), node.exponent)
    elif isinstance(node, Call) and node.name == "exp":
        found = {"e": [node.arguments[0]]}
    elif isinstance(node, Call) and node.name == "sqrt" and len(node.arguments) == 1:
        found = _raised(_as_power(node.arguments[0]), Number(Fraction(1, 2)))
    return found


_MINUS_ONE: Final = Number(Fraction(-1))


def _of_number(value: Fraction) -> _Powers | None:
    if value <= 0 or max(value.numerator, value.denominator) > _MOST_SIZE:
        return None
    sympy: Any = importlib.import_module("sympy")
    found: _Powers = {}
    for number, sign in ((value.numerator, 1), (value.denominator, -1)):
        for prime, times in sympy.factorint(number).items():
            found[int(prime)] = [Number(Fraction(sign * int(times)))]
    return found


def _joined(parts: Sequence[_Powers | None]) -> _Powers | None:
    found: _Powers = {}
    for part in parts:
        if part is None:
            return None
        for base, exponents in part.items():
            found[base] = [*found.get(base, []), *exponents]
    return found


def _raised(powers: _Powers | None, exponent: Node) -> _Powers | None:
    if powers is None:
        return None
    return {base: [Product((_summed(each), exponent))] for base, each in powers.items()}


def _summed(terms: Collection[Node]) -> Node:
    return Sum(tuple(terms)) if len(terms) > 1 else next(iter(terms), Number(Fraction(0)))
