"""Ways of linear systems and of inequalities: which numbers a line lets through.

An inequality in one unknown holds or fails the same all between two neighbouring zeros of its
sides, so that it is known when it is known at each zero and at one number between them. All of it
is exact.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Any, Final, TypeAlias

from assistant.domain.exercise import StepVerdict
from assistant.tutor.maths.nodes import Constant, Negative, Node, Symbol
from assistant.tutor.maths.reading import Reading, read
from assistant.tutor.maths.shapes import (
    Bracketed,
    Expression,
    Relation,
    Saying,
    Several,
    Shape,
    Union,
)
from assistant.tutor.steps.ending import is_end
from assistant.tutor.steps.marks import AlgebraWay, Mark, mark_of
from assistant.tutor.steps.prose import has_words, relations_within
from assistant.tutor.steps.rational import Rational, TooHard, shape_names
from assistant.tutor.steps.shaping import said, shape_of
from assistant.tutor.steps.systems import (
    SUPPOSING,
    TRIED,
    holds,
    judged_system,
    relations_of,
    shown_point,
)

_ORDERS: Final = frozenset("<>\u2264\u2265\u2260")
_INTERVAL: Final = re.compile(r"[(\[].*,.*[)\]]")
_ENDLESS: Final = re.compile(r"\\?\b(?:inf(?:inity|ty)?|oo)\b")
_BRACKETS: Final = ("()", "(]", "[)", "[]")
_INFINITY: Final = Constant("inf")
_TWO: Final = 2
_UNDER: Final = re.compile(r":|\b(?:for|where|with)\b", re.IGNORECASE)
_SOME: Final = "No line is shown to be wrong, but not everything could be checked."
_Set: TypeAlias = Sequence[bool | None]
"""At which of some numbers a line holds."""
_MOST_LINES: Final = 60
_MOST_RELATIONS: Final = 8
_MOST_UNKNOWNS: Final = 4


def judged_by_points(lines: Sequence[str], given: str, *, bare: bool = True) -> AlgebraWay | None:
    """Judges a way of a linear system, or of an inequality in one unknown.

    Args:
        lines: The steps.
        given: The system or the inequality of the problem.
        bare: Whether the problem says no more; its words may rule numbers out otherwise.

    Returns:
        None where the problem is neither, or too hard to be decided exactly.
    """
    begins = shape_of(given)
    if begins is None or len(lines) > _MOST_LINES:
        return None
    relations = relations_of(begins)
    names = shape_names(begins)
    if any(set(each.signs) & _ORDERS for each in relations):
        one = len(names) == 1
        if one and any(SUPPOSING.search(line) for line in lines):
            marks = (Mark.UNREAD,) * len(lines)
            return AlgebraWay(marks, StepVerdict(None, TRIED, checked=False))
        return _inequality(lines, begins, next(iter(names)), bare=bare) if one else None
    equal = all(each.signs == ("=",) for each in relations)
    if equal and 1 < len(relations) <= _MOST_RELATIONS and 1 < len(names) <= _MOST_UNKNOWNS:
        return judged_system(lines, relations, sorted(names))
    return None


def _inequality(lines: Sequence[str], begins: Shape, name: str, *, bare: bool) -> AlgebraWay | None:
    shapes = [_line(line, name) for line in lines]
    read = [shape for shape in shapes if shape is not None and _says_which(shape, name)]
    try:
        points = _points([begins, *read], Rational(name), whole=not bare) if read else []
    except TooHard:
        points = []
    sets = [[_through(shape, name, value) for value in points] for shape in [begins, *read]]
    if not points or any(None in each for each in sets):
        return None
    parts = [part for at, shape in enumerate([begins, *read]) if sets[at] == sets[0]
             for part in _pieces(shape)]  # fmt: skip
    pieces = [[_through(part, name, value) for value in points] for part in parts]
    first = _first_astray(sets, pieces, points)
    places = [place for place, shape in enumerate(shapes) if shape is not None and shape in read]
    whole = all(shape is not None and (shape in read or _excludes(shape)) for shape in shapes)
    shown = first is not None and whole and sets[-1] != sets[0] and (
        bare or _gains(points, sets[first], sets[first + 1])
    )  # fmt: skip
    marks = [Mark.UNREAD] * len(lines)
    for at, place in enumerate(places):
        marks[place] = _mark_at(sets, at, first, shown=shown)
    if first is None:
        sure = whole and bare and sets[-1] == sets[0] and is_end(read[-1])
        verdict = StepVerdict(None, "" if sure else _SOME, checked=sure)
    elif sets[-1] == sets[0]:
        words = "The end is right; not every line says the same as the one before."
        verdict = StepVerdict(None, words, checked=False)
    elif shown:
        words = f"{name} = {_difference(points, sets[first], sets[first + 1])}."
        verdict = StepVerdict(places[first], words, checked=True)
    else:
        verdict = StepVerdict(None, _SOME, checked=False)
    return AlgebraWay(tuple(marks), verdict)


def _mark_at(sets: Sequence[_Set], at: int, first: int | None, *, shown: bool) -> Mark:
    """The mark of a line that was read; ``sets`` begins with that of the problem."""
    if not shown or first is None:
        right = first is None or sets[at + 1] == sets[0]
        return Mark.RIGHT if right else Mark.UNREAD
    if at <= first:
        return Mark.WRONG if at == first else Mark.RIGHT
    return mark_of(sets[at + 1] in (sets[at], sets[0]), wrong_before=True)


def _line(line: str, name: str) -> Shape | None:
    """What a line says, intervals as inequalities; None where it holds under a condition only."""
    if _conditions(line):
        return None
    shape = said(line, expressions=False)
    line = _ENDLESS.sub("\u221e", line)
    if shape is not None or has_words(line) or not _INTERVAL.search(line):
        return shape
    found = read(re.sub(rf"^\s*{name}\s*\u2208", "", line))
    return _within(found.shape, name) if isinstance(found, Reading) else None


def _within(shape: Shape, name: str) -> Shape | None:
    """The inequality for an interval, or for several put together."""
    if isinstance(shape, Union):
        parts = [_within(part, name) for part in shape.parts]
        told = tuple(part for part in parts if part is not None)
        return Several(told, "or") if len(told) == len(parts) else None
    if not isinstance(shape, Bracketed):
        return None
    nodes = [item.node for item in shape.items if isinstance(item, Expression)]
    if not len(nodes) == len(shape.items) == _TWO or shape.opened + shape.closed not in _BRACKETS:
        return None
    sides: list[Node] = [nodes[0], Symbol(name), nodes[1]]
    signs = ["<" if shape.opened == "(" else "\u2264", "<" if shape.closed == ")" else "\u2264"]
    if nodes[1] == _INFINITY:
        sides, signs = sides[:-1], signs[:-1]
    if nodes[0] == Negative(_INFINITY):
        sides, signs = sides[1:], signs[1:]
    return Relation(tuple(sides), tuple(signs)) if signs else Saying.EVERYTHING


def _first_astray(
    sets: Sequence[_Set], pieces: Sequence[_Set], points: Sequence[Fraction]
) -> int | None:
    """The first line that is neither the problem again nor a part or a case of it.

    Parts and cases have to make up the whole in the end; else the first of them is meant.
    """
    whole = sets[0]
    branch, begun, done = whole, None, list[_Set]()
    for at, each in enumerate(sets[1:]):
        if each == whole:
            branch, begun, done = whole, None, []
        elif each != branch:
            if each not in pieces and not _is_case(each, whole, points):
                return at
            branch = each
            done.append(each)
            begun = at if begun is None else begun
            columns = list(zip(*done, strict=True))
            together = [any(one) for one in columns], [all(one) for one in columns]
            begun = None if list(whole) in together else begun
    return begun


def _is_case(each: _Set, whole: _Set, points: Sequence[Fraction]) -> bool:
    """Whether a set is some of the separate stretches that the whole one is made of."""
    order = sorted(range(len(points)), key=lambda at: points[at])
    within = all(whole[at] or not each[at] for at in order)
    uncut = all(each[one] == each[other] for one, other in pairwise(order)
                if whole[one] and whole[other])  # fmt: skip
    return within and uncut and any(each)


def _pieces(shape: Shape) -> list[Shape]:
    """What is said together or one instead of the other: -3 < x and x < 2 of -3 < x < 2."""
    if isinstance(shape, Several):
        return [piece for item in shape.items for piece in (item, *_pieces(item))]
    if isinstance(shape, Relation) and len(shape.signs) > 1:
        neighbours = zip(pairwise(shape.sides), shape.signs, strict=True)
        return [Relation(pair, (sign,)) for pair, sign in neighbours]
    return []


def _excludes(shape: Shape) -> bool:
    """Whether a line only says what the unknown is not: a condition beside the way."""
    relations = relations_of(shape)
    return bool(relations) and all(set(each.signs) == {"\u2260"} for each in relations)


def _conditions(line: str) -> bool:
    """Whether a line holds under a condition only: for x > 0: x < 1."""
    return len(relations_within(line)) > 1 and _UNDER.search(line) is not None


def _gains(points: Sequence[Fraction], before: _Set, after: _Set) -> bool:
    """Whether a whole number solves a line, but not the one before."""
    rows = zip(points, before, after, strict=True)
    return any(new and not old and value.denominator == 1 for value, old, new in rows)


def _difference(
    points: Sequence[Fraction], before: Sequence[bool | None], after: Sequence[bool | None]
) -> str:
    at = next(at for at, one in enumerate(before) if one != after[at])
    words = "solves this line, but not the one before"
    if before[at]:
        words = "solves the line before, but not this one"
    return f"{shown_point(points[at])} {words}"


def _says_which(shape: Shape, name: str) -> bool:
    """Whether a line is an inequality again, and no zero, trial or end of an interval."""
    if isinstance(shape, Saying):
        return True
    orders = any(set(each.signs) & _ORDERS for each in relations_of(shape)) and not _excludes(shape)
    return orders and shape_names(shape) == frozenset({name})


def _points(shapes: Sequence[Shape], rational: Rational, *, whole: bool) -> list[Fraction]:
    """Every zero of every line, and a number on each side of it; ``whole`` ones around it too.

    Raises:
        TooHard: A zero is not rational, or a side is no fraction of polynomials.
    """
    zeros: set[Fraction] = set()
    for relation in (each for shape in shapes for each in relations_of(shape)):
        for one, other in pairwise(relation.sides):
            for part in rational.gap(Relation((one, other), ("=",))):
                zeros |= _zeros(part)
    if whole:
        zeros |= {Fraction(floor(zero) + by) for zero in zeros for by in (-1, 0, 1, 2)}
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
        orders = any(set(each.signs) & _ORDERS for each in relations_of(shape))
        both = shape.joined == "and" or (shape.joined == "," and orders)
        return all(parts) if both else any(parts)
    if isinstance(shape, Relation):
        return bool(holds(shape, {name: value}))
    return None
