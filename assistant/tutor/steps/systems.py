"""Ways of linear systems: a line is right if the one solution satisfies it. All of it is exact."""

import importlib
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from assistant.domain.exercise import StepVerdict
from assistant.tutor.maths.nodes import Negative, Node, Number, Sum
from assistant.tutor.maths.shapes import Relation, Several, Shape
from assistant.tutor.maths.values import exact
from assistant.tutor.steps.asides import put
from assistant.tutor.steps.beginning import gives_value
from assistant.tutor.steps.marks import AlgebraWay, Mark, mark_of
from assistant.tutor.steps.rational import shape_names
from assistant.tutor.steps.shaping import said
from assistant.tutor.steps.writing import MINUS

SUPPOSING: Final = re.compile(
    r"\b(?:suppos\w*|assum\w*|tr(?:y|ied|ying)|guess\w*|let|if|case|when|test|check|otherwise|"
    r"maybe|perhaps|for example|say)\b",
    re.IGNORECASE,
)
TRIED: Final = "Something is tried or supposed on this way, so that its lines are not checked."
_PAIRS: Final = re.compile(r"\s*\(([^()=]+)\)\s*=\s*\(([^()=]+)\)[.\s]*")


def relations_of(shape: Shape) -> list[Relation]:
    """All relations of a line, a chain of equalities cut into its links."""
    if isinstance(shape, Several):
        return [one for item in shape.items for one in relations_of(item)]
    if not isinstance(shape, Relation):
        return []
    if len(shape.signs) > 1 and set(shape.signs) == {"="}:
        return [Relation(pair, ("=",)) for pair in pairwise(shape.sides)]
    return [shape]


def judged_system(
    lines: Sequence[str], relations: Sequence[Relation], names: Sequence[str]
) -> AlgebraWay | None:
    """Judges a way of linear equations: every line has to hold at the one solution.

    Args:
        lines: The steps.
        relations: The equations of the problem.
        names: Their unknowns.

    Returns:
        None where they are not linear, or have not exactly one solution.
    """
    point = _solved(relations, names)
    if point is None:
        return None
    found, wrong = set[str](), list[tuple[int, Relation]]()
    marks: list[Mark] = []
    for place, line in enumerate(lines):
        told = _told(line, names)
        held = [holds(each, point) for each in told]
        same = False if False in held else True if told and None not in held else None
        marks.append(mark_of(same, wrong_before=bool(wrong)))
        if same is False:
            wrong.append((place, told[held.index(False)]))
        for each in told:
            found |= shape_names(each) if gives_value(each) else set()
    if wrong and any(SUPPOSING.search(line) for line in lines):
        kept = tuple(mark if mark is Mark.RIGHT else Mark.UNREAD for mark in marks)
        return AlgebraWay(kept, StepVerdict(None, TRIED, checked=False))
    if wrong:
        place, relation = wrong[0]
        names_said = " and ".join(name for name in names if name in shape_names(relation))
        words = f"What solves the equations of the problem does not fit this line for {names_said}."
        if not names_said:
            words = "The sides of this line are not equal."
        return AlgebraWay(tuple(marks), StepVerdict(place, words, checked=True))
    done = Mark.UNREAD not in marks and found == set(names)
    words = "" if done else "No line is wrong, but not all could be read, or the end is missing."
    return AlgebraWay(tuple(marks), StepVerdict(None, words, checked=done))


def _told(line: str, names: Sequence[str]) -> list[Relation]:
    """What a line of a system says that has to hold: chains cut, (x, y) = (3, 1) as two."""
    if SUPPOSING.search(line):
        return []
    pair = _PAIRS.fullmatch(line)
    if pair is not None:
        left, right = (each.split(",") for each in pair.groups())
        line = ", ".join(map("=".join, zip(left, right, strict=False)))
        if len(left) != len(right) or sorted(each.strip() for each in left) != list(names):
            return []
    shape = said(line, expressions=False)
    if shape is None or (isinstance(shape, Several) and shape.joined == "or"):
        return []
    return relations_of(shape)


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
    linear = all(holds(each, point) for each in relations)
    return point if linear else None


def _gap(relation: Relation, point: Mapping[str, Fraction]) -> Fraction | None:
    node: Node = Sum((relation.sides[0], Negative(relation.sides[-1])))
    return _worth(node, point)


def _worth(node: Node, point: Mapping[str, Fraction]) -> Fraction | None:
    for name, value in point.items():
        node = put(node, name, Number(value))
    return exact(node)


def holds(relation: Relation, point: Mapping[str, Fraction]) -> bool | None:
    """Whether a relation holds at a point; None where a side is not defined or no fraction."""
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


def shown_point(value: Fraction) -> str:
    """A coordinate for a sentence."""
    return str(value).replace("-", MINUS)
