"""Formulas that are rearranged: a = F/m says the same as F = ma.

Equal are two equations that have the same solutions. Where the key is linear in the unknown that
the answer is solved for, there is one value of it for all others, so putting that value in settles
both directions. A key that was itself solved by a division (a = F/m) is not equal to where it came
from in this sense: whoever is asked to solve for a does not have it in F = ma.
"""

from typing import Final

from assistant.tutor.maths.nodes import (
    ONE,
    ZERO,
    Call,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    children,
    symbols,
    walk,
    with_children,
)
from assistant.tutor.maths.sampling import Comparison
from assistant.tutor.maths.shapes import Relation
from assistant.tutor.maths.values import exact

_FEWEST: Final = 3
"""Letters of a formula: with two it is a line or a function, written as it is asked for."""


def rearranged(comparison: Comparison, key: Relation, answer: tuple[str, Node]) -> str:
    """The letter that an answer solves the key for; "" where it says something else.

    Args:
        comparison: Compares trees.
        key: An equation.
        answer: The name that the answer is solved for, and what it is equal to.
    """
    name, value = answer
    difference = Sum((key.sides[0], Negative(key.sides[1])))
    names = symbols(difference)
    if name not in names or len(names) < _FEWEST or not symbols(value) <= names - {name}:
        return ""
    if Symbol(name) in key.sides or any(map(_was_solved, walk(difference))):
        return ""
    more, less = (
        _with(difference, name, Sum((Symbol(name), step))) for step in (ONE, Negative(ONE))
    )
    double = Product((Number(ONE.value * 2), difference))
    if not comparison.same(Sum((more, less)), double) or comparison.same(more, difference):
        return ""
    return name if comparison.same(_with(difference, name, value), ZERO) else ""


def _was_solved(node: Node) -> bool:
    """Whether a part of an equation comes of dividing by unknowns, of a root or the like."""
    if isinstance(node, Quotient):
        return bool(symbols(node.bottom))
    if isinstance(node, Power):
        power = exact(node.exponent)
        return bool(symbols(node)) and (power is None or power < 0 or power.denominator != 1)
    return isinstance(node, Call) and bool(symbols(node))


def _with(node: Node, name: str, value: Node) -> Node:
    if node == Symbol(name):
        return value
    return with_children(node, tuple(_with(part, name, value) for part in children(node)))
