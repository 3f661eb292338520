"""Formulas that are rearranged: a = F/m says the same as F = ma.

Equal are two equations that have the same solutions. Where the key is linear in the unknown that
the answer is solved for, there is one value of it for all others, so putting that value in settles
both directions. A key that was itself solved by a division (a = F/m) is not equal to where it came
from in this sense: whoever is asked to solve for a does not have it in F = ma.
"""

from collections.abc import Sequence
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
    name = answer[0]
    if Symbol(name) in key.sides or not is_formula(key):
        return ""
    return name if solves(comparison, key, answer) else ""


def is_formula(relation: Relation) -> bool:
    """Whether an equation is one of three letters or more that does not look solved: F = ma.

    What was solved for its letter has a difference, a quotient or a root in it: W = (P - 2L)/2.
    """
    names = symbols(Sum(relation.sides))
    return len(names) >= _FEWEST and not any(
        _was_solved(part) for side in relation.sides for part in walk(side)
    )


def solves(comparison: Comparison, relation: Relation, found: tuple[str, Node]) -> bool:
    """Whether an equation that is linear in a letter has that value of it as its one solution.

    Args:
        comparison: Compares trees.
        relation: The equation.
        found: The letter and its value.
    """
    name, value = found
    difference = Sum((relation.sides[0], Negative(relation.sides[1])))
    names = symbols(difference)
    if name not in names or not symbols(value) <= names - {name}:
        return False
    more, less = (
        _with(difference, name, Sum((Symbol(name), step))) for step in (ONE, Negative(ONE))
    )
    double = Product((Number(ONE.value * 2), difference))
    if not comparison.same(Sum((more, less)), double) or comparison.same(more, difference):
        return False
    return comparison.same(_with(difference, name, value), ZERO)


def is_held_by(
    comparison: Comparison, relation: Relation, name: str, values: Sequence[Node]
) -> bool:
    """Whether several numbers solve an equation in one unknown, as 2 and 3 do x² - 5x + 6 = 0.

    Args:
        comparison: Compares trees.
        relation: The equation; it may have further solutions, but not all numbers.
        name: The unknown that they are of; "" for any.
        values: The numbers.
    """
    difference = Sum((relation.sides[0], Negative(relation.sides[-1])))
    names = symbols(difference)
    if relation.signs != ("=",) or len(names) != 1 or name not in {"", *names}:
        return False
    gaps = [_with(difference, min(names), value) for value in values if not symbols(value)]
    held = len(gaps) == len(values) > 1 and all(comparison.same(gap, ZERO) for gap in gaps)
    return held and not comparison.same(difference, ZERO)


def _was_solved(node: Node) -> bool:
    """Whether a part comes of taking away or dividing by unknowns, of a root or the like."""
    if isinstance(node, Sum):
        return any(isinstance(term, Negative) and symbols(term) for term in node.terms)
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
