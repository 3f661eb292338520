"""Ways of linear systems and of inequalities: which numbers a line lets through.

A line of a system is right if the system's one solution satisfies it. An inequality in one unknown
holds or fails the same all between two neighbouring zeros of its sides, so that it is known when
it is known at each zero and at one number between them. All of it is exact.
"""

import importlib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from assistant.domain.exercise import StepVerdict
from assistant.tutor.maths.nodes import Negative, Node, Number, Sum
from assistant.tutor.maths.shapes import Relation, Saying, Several, Shape
from assistant.tutor.maths.values import exact
from assistant.tutor.steps.asides import put
from assistant.tutor.steps.rational import Rational, TooHard, shape_names
from assistant.tutor.steps.shaping import said, shape_of
from assistant.tutor.steps.writing import MINUS

_ORDERS: Final = frozenset("<>\u2264\u2265\u2260")
_MOST_LINES: Final = 60
_MOST_RELATIONS: Final = 8
_MOST_UNKNOWNS: Final = 4


def judged_by_points(lines: Sequence[str], given: str) -> StepVerdict | None:
    """Judges a way of a linear system, or of an inequality in one unknown.

    Args:
        lines: The steps.
        given: The system or the inequality of the problem.

    Returns:
        None where the problem is neither, or too hard to be decided exactly.
    """
    begins = shape_of(given)
    if begins is None or len(lines) > _MOST_LINES:
        return None
    relations = _relations(begins)
    names = shape_names(begins)
    if any(set(each.signs) & _ORDERS for each in relations):
        return _inequality(lines, begins, next(iter(names))) if len(names) == 1 else None
    equal = all(each.signs == ("=",) for each in relations)
    if equal and 1 < len(relations) <= _MOST_RELATIONS and 1 < len(names) <= _MOST_UNKNOWNS:
        return _system(lines, relations, sorted(names))
    return None


def _relations(shape: Shape) -> list[Relation]:
    if isinstance(shape, Several):
        return [one for item in shape.items for one in _relations(item)]
    return [shape] if isinstance(shape, Relation) else []


def _system(
    lines: Sequence[str], relations: Sequence[Relation], names: Sequence[str]
) -> StepVerdict | None:
    point = _solved(relations, names)
    if point is None:
        return None
    whole, found = True, set[str]()
    for place, line in enumerate(lines):
        shape = said(line, expressions=False)
        told = _relations(shape) if shape is not None else []
        if isinstance(shape, Several) and shape.joined == "or":
            told = []
        held = [_holds(each, point) for each in told]
        whole = whole and bool(told) and None not in held
        if False in held:
            wrong = told[held.index(False)]
            at = ", ".join(f"{name} = {_shown(point[name])}" for name in names
                           if name in shape_names(wrong))  # fmt: skip
            words = f"The equations of the problem lead to {at}, and this line does not hold there."
            return StepVerdict(place, words, checked=True)
        for each in told:
            if shape_names(Relation(each.sides[:1], ())) and len(each.signs) == 1:
                found |= shape_names(each) if len(shape_names(each)) == 1 else set()
    done = whole and found == set(names)
    words = "" if done else "No line is wrong, but not all could be read, or the end is missing."
    return StepVerdict(None, words, checked=done)


def _solved(relations: Sequence[Relation], names: Sequence[str]) -> dict[str, Fraction] | None:
    """The one solution of linear equations; None where there is not exactly one."""
    zero = dict.fromkeys(names, Fraction(0))
    rows: list[list[Fraction]] = []
    for each in relations:
        base = _gap(each, zero)
        slopes = [_gap(each, zero | {name: Fraction(1)}) for name in names]
        test = _gap(each, {name: Fraction(3 + 4 * at * at) for at, name in enumerate(names)})
        if base is None or test is None or None in slopes:
            return None
        row = [slope - base for slope in slopes if slope is not None]
        if base + sum(k * (3 + 4 * at * at) for at, k in enumerate(row)) != test:
            return None
        rows.append([*row, -base])
    sympy: Any = importlib.import_module("sympy")
    matrix = sympy.Matrix([[sympy.Rational(v.numerator, v.denominator) for v in r] for r in rows])
    reduced, pivots = matrix.rref()
    if tuple(pivots) != tuple(range(len(names))):
        return None
    ends = [reduced[at, len(names)] for at in range(len(names))]
    point = {n: Fraction(int(v.p), int(v.q)) for n, v in zip(names, ends, strict=True)}
    linear = all(_holds(each, point) for each in relations)
    return point if linear else None


def _gap(relation: Relation, point: Mapping[str, Fraction]) -> Fraction | None:
    node: Node = Sum((relation.sides[0], Negative(relation.sides[-1])))
    return _worth(node, point)


def _worth(node: Node, point: Mapping[str, Fraction]) -> Fraction | None:
    for name, value in point.items():
        node = put(node, name, Number(value))
    return exact(node)


def _holds(relation: Relation, point: Mapping[str, Fraction]) -> bool | None:
    values = [_worth(side, point) for side in relation.sides]
    if None in values:
        return None
    numbers = [value for value in values if value is not None]
    pairs = zip(pairwise(numbers), relation.signs, strict=False)
    return all(_compared(one, sign, other) for (one, other), sign in pairs)


def _compared(one: Fraction, sign: str, other: Fraction) -> bool:
    told = {
        "=": one == other, "<": one < other, ">": one > other, "\u2264": one <= other,
        "\u2265": one >= other, "\u2260": one != other,
    }  # fmt: skip
    return told.get(sign, False)


def _inequality(lines: Sequence[str], begins: Shape, name: str) -> StepVerdict | None:
    shapes = [said(line, expressions=False) for line in lines]
    read = [shape for shape in shapes if shape is not None and _says_which(shape, name)]
    try:
        points = _points([begins, *read], Rational(name)) if read else []
    except TooHard:
        points = []
    sets = [[_through(shape, name, value) for value in points] for shape in [begins, *read]]
    if not points or any(None in each for each in sets):
        return None
    places = [place for place, shape in enumerate(shapes) if shape is not None and shape in read]
    differs = [at for at in range(len(read)) if sets[at] != sets[at + 1]]
    if not differs:
        whole = len(read) == len(lines)
        words = "" if whole else "Some lines could not be read."
        return StepVerdict(None, words, checked=whole)
    if sets[-1] == sets[0]:
        words = "The end is right; not every line says the same as the one before."
        return StepVerdict(None, words, checked=False)
    first = differs[0]
    words = f"{name} = {_difference(points, sets[first], sets[first + 1])}."
    return StepVerdict(places[first], words, checked=True)


def _difference(
    points: Sequence[Fraction], before: Sequence[bool | None], after: Sequence[bool | None]
) -> str:
    at = next(at for at, one in enumerate(before) if one != after[at])
    words = "solves this line, but not the one before"
    if before[at]:
        words = "solves the line before, but not this one"
    return f"{_shown(points[at])} {words}"


def _says_which(shape: Shape, name: str) -> bool:
    """Whether a line is an inequality again, and no zero, trial or end of an interval."""
    if isinstance(shape, Saying):
        return True
    orders = any(set(each.signs) & _ORDERS for each in _relations(shape))
    return orders and shape_names(shape) == frozenset({name})


def _points(shapes: Sequence[Shape], rational: Rational) -> list[Fraction]:
    """Every zero of every line, and a number on each side of it.

    Raises:
        TooHard: A zero is not rational, or a side is no fraction of polynomials.
    """
    zeros: set[Fraction] = set()
    for relation in (each for shape in shapes for each in _relations(shape)):
        for one, other in pairwise(relation.sides):
            for part in rational.gap(Relation((one, other), ("=",))):
                zeros |= _zeros(part)
    ends = sorted(zeros)
    between = [(one + other) / 2 for one, other in pairwise(ends)]
    outside = [ends[0] - 1, ends[-1] + 1] if ends else [Fraction(0)]
    # A whole number is easier to see than a half: the outer ones come first.
    return [*outside, *ends, *between]


def _zeros(polynomial: Any) -> set[Fraction]:  # noqa: ANN401 - sympy has no types
    found: set[Fraction] = set()
    if polynomial.is_zero:
        return found
    for factor, _ in polynomial.factor_list()[1]:
        if factor.degree() == 1:
            root = -factor.nth(0) / factor.nth(1)
            found.add(Fraction(int(root.p), int(root.q)))
        elif factor.count_roots() > 0:
            raise TooHard
    return found


def _through(shape: Shape, name: str, value: Fraction) -> bool | None:
    """Whether a line holds at a number; a line that is not defined there does not."""
    if isinstance(shape, Saying):
        return {Saying.NOTHING: False, Saying.EVERYTHING: True}.get(shape)
    if isinstance(shape, Several):
        parts = [_through(item, name, value) for item in shape.items]
        if None in parts or shape.joined not in ("or", "and", ","):
            return None
        orders = any(set(each.signs) & _ORDERS for each in _relations(shape))
        both = shape.joined == "and" or (shape.joined == "," and orders)
        return all(parts) if both else any(parts)
    if isinstance(shape, Relation):
        return bool(_holds(shape, {name: value}))
    return None


def _shown(value: Fraction) -> str:
    return str(value).replace("-", MINUS)
