"""Whether expressions with roots, unknown exponents or functions are equal, by their values.

Two that differ at one place are not equal. A root is often meant of positive numbers only, as when
√(x²) is said to be x: what differs at numbers below zero alone is left open.
"""

import random
from collections.abc import Collection
from fractions import Fraction
from typing import Any, Final

from assistant.tutor.maths.nodes import Call, Node, Number, Power, symbols, walk
from assistant.tutor.maths.values import Numbers, Undefined, exact

_ENOUGH: Final = 6
_TRIES: Final = 24
_AGREE: Final = 30
"""Digits."""
_APART: Final = 12
"""Digits from which on two values are called different, though not equal to ``_AGREE``."""
_READ: Final = frozenset({"sqrt", "cbrt", "abs", "ln", "log", "exp"})


def same_by_values(one: Node, other: Node, names: Collection[str]) -> bool | None:
    """Whether two expressions are equal; None where that is open, or a fraction would tell.

    Args:
        one: An expression with a root, a logarithm or an unknown exponent in it, or the other has.
        other: Another.
        names: The unknowns that may be in them.
    """
    parts = [part for tree in (one, other) for part in walk(tree)]
    calls = {part.name for part in parts if isinstance(part, Call)}
    beyond = bool(calls) or any(isinstance(part, Power) and _is_open(part) for part in parts)
    if not beyond or not calls <= _READ or not (symbols(one) | symbols(other)) <= set(names):
        return None
    positive = agreed(one, other, names, negative=False)
    if positive is False and any(isinstance(part, Number) and part.places for part in parts):
        return None  # a decimal may have been rounded
    if positive is not True or not names or not symbols(one) | symbols(other):
        return positive
    return None if agreed(one, other, names, negative=True) is False else True


def agreed(one: Node, other: Node, names: Collection[str], *, negative: bool) -> bool | None:
    """Whether two trees agree wherever both are real at numbers drawn at random.

    Args:
        one: A tree.
        other: Another.
        names: Their unknowns.
        negative: Whether numbers below zero are drawn too.
    """
    numbers = Numbers()
    draw = random.Random(20_260_301)  # noqa: S311 - the same points each time, no secrets
    seen = 0
    for _ in range(_TRIES):
        point = {name: numbers.of(_drawn(draw, negative=negative)) for name in sorted(names)}
        told = at_point(numbers, one, other, point)
        if told is False:
            return False
        seen += told is True
        if seen >= _ENOUGH or (seen and not names):
            return True
    return True if seen > 1 else None


def at_point(numbers: Numbers, one: Node, other: Node, point: dict[str, Any]) -> bool | None:
    """Whether two trees have one value at a point; None where one has none, or it is unclear."""
    try:
        first, second = numbers.value(one, point), numbers.value(other, point)
    except Undefined:
        return None
    if any(isinstance(value, numbers.context.mpc) for value in (first, second)):
        return None
    gap, size = abs(first - second), max(abs(first), abs(second), 1)
    if gap <= size * numbers.context.mpf(10) ** -_AGREE:
        return True
    return False if gap > size * numbers.context.mpf(10) ** -_APART else None


def about(node: Node) -> float | None:
    """What a number is worth, to the digits of a float; None for any other tree."""
    numbers = Numbers()
    try:
        value = None if symbols(node) else numbers.value(node, {})
    except Undefined:
        return None
    return None if value is None or isinstance(value, numbers.context.mpc) else float(value)


def _drawn(draw: random.Random, *, negative: bool) -> Fraction:
    value = Fraction(draw.randint(10**5, 9 * 10**6), 10**6)
    return -value if negative and draw.random() < 0.5 else value  # noqa: PLR2004 - half of them


def _is_open(node: Power) -> bool:
    power = exact(node.exponent)
    return power is None or power.denominator != 1
