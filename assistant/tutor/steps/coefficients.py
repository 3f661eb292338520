"""The letters of the quadratic formula, for which the numbers of the equation are put in.

"x = (-b ± √(b² - 4ac))/(2a)" says nothing of x until it is known what a, b and c are; those of the
problem's equation are meant, or any multiple of them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from assistant.tutor.maths.nodes import (
    Call,
    Node,
    Number,
    Power,
    Product,
    Sum,
    Symbol,
    walk,
)
from assistant.tutor.maths.shapes import Relation, Several, Shape
from assistant.tutor.maths.values import exact
from assistant.tutor.steps.asides import put
from assistant.tutor.steps.rational import Rational, TooHard, shape_names

_FORMULA: Final = frozenset("abc")
_REDUCED: Final = frozenset("pq")
_QUADRATIC: Final = 2
_DISCRIMINANTS: Final = frozenset({"D", "d", "Delta"})
_SLASHED: Final = re.compile(r"/\s*2\s*\*?\s*a(?![A-Za-z])")
"""Nobody means half of it times a."""
_PRODUCT: Final = re.compile(r"(?<=4)\s*(?:\*|\u00b7|\\cdot)?\s*ac(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Of a x² + b x + c = 0."""

    name: str
    """The unknown."""
    values: Mapping[str, Fraction]
    """What a, b and c are, and p and q of x² + p x + q = 0."""

    def in_numbers(self, shape: Shape) -> Shape:
        """The formula with the numbers put in; any other line as it is."""
        if not isinstance(shape, Relation) or set(shape.signs) != {"="}:
            return shape
        letters = shape_names(shape) & (_FORMULA | _REDUCED)
        others = shape_names(shape) - letters
        if letters not in (_FORMULA, _REDUCED):
            return shape
        rooted = any(_is_root(part) for side in shape.sides for part in walk(side))
        solved = others == frozenset({self.name}) and rooted and shape.sides[0] == Symbol(self.name)
        discriminant = others <= _DISCRIMINANTS and letters == _FORMULA
        if not solved and not discriminant:
            return shape
        return Relation(tuple(self._put(side) for side in shape.sides), shape.signs)

    def declared(self, shape: Shape | None) -> dict[str, Fraction]:
        """What a line says that a, b and c are; empty for a line that says anything else."""
        items = shape.items if isinstance(shape, Several) and shape.joined == "," else (shape,)
        found: dict[str, Fraction] = {}
        for item in items:
            if not isinstance(item, Relation) or item.signs != ("=",):
                return {}
            letter, value = item.sides[0], exact(item.sides[1])
            if not isinstance(letter, Symbol) or letter.name not in _FORMULA or value is None:
                return {}
            found[letter.name] = value
        return found

    def fits(self, told: Mapping[str, Fraction]) -> bool:
        """Whether these are the coefficients of the equation, perhaps times a number."""
        shares = {told[each] / self.values[each] for each in told if self.values[each]}
        zeros = all(not told[each] for each in told if not self.values[each])
        return zeros and len(shares) <= 1 and shares != {Fraction(0)}

    def equation(self, told: Mapping[str, Fraction]) -> Relation:
        """The equation that has these coefficients."""
        unknown = Symbol(self.name)
        square = Power(unknown, Number(Fraction(_QUADRATIC)))
        terms = (_times(told["a"], square), _times(told["b"], unknown), Number(told["c"]))
        return Relation((Sum(terms), Number(Fraction(0))), ("=",))

    def _put(self, node: Node) -> Node:
        for letter, value in self.values.items():
            node = put(node, letter, Number(value))
        return node


def coefficients_of(shape: Shape | None) -> Coefficients | None:
    """Those of a quadratic equation in one unknown; None for any other problem."""
    names = shape_names(shape) if shape is not None else frozenset[str]()
    if not isinstance(shape, Relation) or shape.signs != ("=",) or len(names) != 1:
        return None
    name = next(iter(names))
    try:
        top, bottom = Rational(name).gap(shape)
    except TooHard:
        return None
    if top.degree() != _QUADRATIC or bottom.degree() > 0 or name in _FORMULA | _REDUCED:
        return None
    a, b, c = (_fraction(top.nth(power)) for power in (2, 1, 0))
    return Coefficients(name, {"a": a, "b": b, "c": c, "p": b / a, "q": c / a})


def as_meant(line: str) -> str:
    """A line with the formula's own products: …/2a as …/(2a), and 4ac no word."""
    return _PRODUCT.sub("*a*c", _SLASHED.sub("/(2a)", line))


def _times(value: Fraction, node: Node) -> Node:
    return Product((Number(value), node))


def _is_root(node: Node) -> bool:
    half = isinstance(node, Power) and exact(node.exponent) == Fraction(1, 2)
    return half or (isinstance(node, Call) and node.name == "sqrt")


def _fraction(value: Any) -> Fraction:  # noqa: ANN401 - sympy has no types
    return Fraction(int(value.p), int(value.q))
