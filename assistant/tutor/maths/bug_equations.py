"""Wrong ways to solve equations and inequalities in one unknown, each carried to its end."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from assistant.tutor.maths.nodes import (
    Call,
    Negative,
    Node,
    Number,
    Product,
    Sum,
    Symbol,
    put_in,
    symbols,
)
from assistant.tutor.maths.shapes import Relation, Several, Shape
from assistant.tutor.maths.values import exact

EquationRule = Callable[[Relation], Iterator[Shape]]
_TURNED: Final = {"<": ">", ">": "<", "≤": "≥", "≥": "≤"}
_PAIR: Final = 2


def coefficients(node: Node, name: str) -> tuple[Fraction, Fraction, Fraction] | None:
    """The coefficients of x², x and 1; None where a tree is no polynomial of that degree.

    Found by its values at three places and checked at two more.
    """
    values = [exact(put_in(node, name, Number(Fraction(place)))) for place in (0, 1, -1, 2, 5)]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    constant, one, minus_one, two, five = known
    square, linear = (one + minus_one) / 2 - constant, (one - minus_one) / 2
    for place, value in ((2, two), (5, five)):
        if square * place**2 + linear * place + constant != value:
            return None
    return square, linear, constant


def _unknown(relation: Relation) -> str | None:
    names = symbols(Sum(relation.sides))
    pair = len(relation.sides) == _PAIR
    return next(iter(names)) if len(names) == 1 and pair else None


def roots(relation: Relation) -> Shape | None:
    """The solutions of a linear or quadratic equation, or of a linear inequality.

    None where it is neither, or has no solution that can be written with rational numbers.
    """
    name = _unknown(relation)
    if name is None:
        return None
    found = coefficients(Sum((relation.sides[0], Negative(relation.sides[1]))), name)
    if found is None:
        return None
    square, linear, constant = found
    sign = relation.signs[0]
    if not square and linear:
        turned = _TURNED.get(sign, sign) if linear < 0 else sign
        return _solved(name, -constant / linear, turned)
    root = _root(linear**2 - 4 * square * constant)
    if sign != "=" or not square or root is None:
        return None
    return _several(name, [(-linear + each) / (2 * square) for each in (root, -root)])


def _root(value: Fraction) -> Fraction | None:
    return exact(Call("sqrt", (Number(value),)))


def _solved(name: str, value: Fraction, sign: str = "=") -> Shape:
    return Relation((Symbol(name), Number(value)), (sign,))


def _several(name: str, values: list[Fraction]) -> Shape:
    distinct = sorted(set(values))
    if len(distinct) == 1:
        return _solved(name, distinct[0])
    return Several(tuple(_solved(name, value) for value in distinct), "or")


def _sides(relation: Relation) -> tuple[str, tuple[Fraction, ...], tuple[Fraction, ...]] | None:
    """The unknown, and each linear side as the factor of the unknown and the number."""
    name = _unknown(relation)
    if name is None:
        return None
    parts = [coefficients(side, name) for side in relation.sides]
    if parts[0] is None or parts[1] is None or parts[0][0] or parts[1][0]:
        return None
    return name, parts[0][1:], parts[1][1:]


def sign_kept(relation: Relation) -> Iterator[Shape]:
    """X + 3 = 7 becomes x = 7 + 3; 5x = 2x + 6 becomes 5x + 2x = 6."""
    found = _sides(relation)
    if found is None:
        return
    name, (a, b), (c, d) = found
    for factor, number in ((a - c, d + b), (a + c, d - b), (a + c, d + b)):
        if factor:
            yield _solved(name, number / factor, relation.signs[0])


def same_operation(relation: Relation) -> Iterator[Shape]:
    """3x = 12 becomes x = 36 or x = 9, and -x = 5 becomes x = 5."""
    found = _sides(relation)
    if found is None:
        return
    name, (a, b), (c, d) = found
    factor, number = a - c, d - b
    for value in (number * factor, number - factor, number + factor):
        yield _solved(name, value, relation.signs[0])
    if factor < 0:
        yield _solved(name, number / -factor, relation.signs[0])


def one_term_divided(relation: Relation) -> Iterator[Shape]:
    """2x + 6 = 10 becomes x + 6 = 5, or x + 3 = 10."""
    found = _sides(relation)
    if found is None:
        return
    name, (a, b), (c, d) = found
    if a and not c:
        yield _solved(name, d / a - b, relation.signs[0])
        yield _solved(name, d - b / a, relation.signs[0])


def one_root(relation: Relation) -> Iterator[Shape]:
    """x² = 9 becomes x = 3."""
    solved = roots(relation)
    if isinstance(solved, Several):
        yield from solved.items


def sign_of_factor(relation: Relation) -> Iterator[Shape]:
    """(x - 2)(x + 3) = 0 becomes x = -2 or x = 3."""
    name, solved = _unknown(relation), roots(relation)
    product = any(isinstance(side, Product) for side in relation.sides)
    if name is None or not isinstance(solved, Several) or not product:
        return
    turned = [
        -value
        for item in solved.items
        if isinstance(item, Relation) and (value := exact(item.sides[1])) is not None
    ]
    yield _several(name, turned)


def not_turned(relation: Relation) -> Iterator[Shape]:
    """-2x < 6 becomes x < -3."""
    solved = roots(relation)
    if isinstance(solved, Relation) and solved.signs[0] in _TURNED:
        yield Relation(solved.sides, (_TURNED[solved.signs[0]],))


EQUATION_RULES: Final[tuple[tuple[str, EquationRule], ...]] = (
    ("moved-without-sign", sign_kept),
    ("same-operation-again", same_operation),
    ("wrong-order", one_term_divided),
    ("forgets-negative", one_root),
    ("signs-of-solutions", sign_of_factor),
    ("sign-not-turned", not_turned),
)
"""The wrong ways, each with the id of its idea."""
