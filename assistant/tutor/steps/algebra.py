"""Ways of algebra: every line has to say the same as the one before.

Equations in one unknown are compared by their real solutions, expressions by their difference,
both exactly. What cannot be compared exactly is passed over and said to be unchecked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assistant.domain.exercise import StepVerdict
from assistant.tutor.maths.nodes import Negative, Node, Number, symbols
from assistant.tutor.maths.reading import Reading, read
from assistant.tutor.maths.shapes import Expression, Relation, Saying, Several, Shape
from assistant.tutor.steps.prose import equation_within, expression_within, has_words
from assistant.tutor.steps.rational import Rational, Solutions, TooHard, shape_names
from assistant.tutor.steps.slips import Slip, slip_between, slip_within
from assistant.tutor.steps.writing import MINUS

MOST_LINES = 200
_LONGEST_LINE = 400
_TIMES = re.compile(r"\d\s*[xX]\s*[$\d]")
"""An x that is a sign between numbers: "3 x 12 = 36" is no equation."""


class Mark(StrEnum):
    """What became of a line."""

    GIVEN = "given"
    """The line to begin with, where the problem does not say it."""
    RIGHT = "right"
    WRONG = "wrong"
    FOLLOWS = "follows"
    """Right in itself, but it builds on a wrong one."""
    WRONG_TOO = "wrong_too"
    """Wrong again, after the first wrong one."""
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class AlgebraWay:
    """A way of algebra, judged."""

    marks: tuple[Mark, ...]
    verdict: StepVerdict


@dataclass(frozen=True, slots=True)
class _Line:
    shape: Shape
    solutions: Solutions | None


def judged_algebra(lines: Sequence[str], given: str = "") -> AlgebraWay | None:
    """Judges a way of equations or of equal expressions.

    Args:
        lines: The steps, each an equation, several joined by "or", or an expression.
        given: What they begin with; "" where the first line does.

    Returns:
        None where the lines are no algebra in one unknown: sentences, or nothing to compare.
    """
    lines = lines[:MOST_LINES]
    if any(_TIMES.search(line) for line in lines):
        return None
    begins = _shape(given)
    first = begins or (_shape(lines[0]) if lines and not has_words(lines[0]) else None)
    expressions = isinstance(first, Expression)
    shapes = [_shape(line) if first is None else _said(line, expressions=expressions)
              for line in lines]  # fmt: skip
    readable = [shape for shape in shapes if shape is not None]
    names = frozenset[str]().union(*(shape_names(shape) for shape in (begins, *readable) if shape))
    only_numbers = not names and isinstance(begins, Expression)
    most_read = 2 * len(readable) > len(lines)
    if not (len(names) == 1 or only_numbers) or not most_read or not readable:
        return None
    return _Judge(Rational(next(iter(names), "x"))).judge([begins, *shapes])


def _said(line: str, *, expressions: bool) -> Shape | None:
    """What a line says in signs: itself, or the equation or the one expression in a sentence."""
    whole = _shape(line)
    if isinstance(whole, Saying) or not has_words(line):
        return whole
    found = equation_within(line) or (expression_within(line) if expressions else "")
    within = _shape(found)
    return within if isinstance(within, Relation | Several | Expression) else None


def _shape(line: str) -> Shape | None:
    if not line.strip() or len(line) > _LONGEST_LINE:
        return None
    found = read(line)
    if not isinstance(found, Reading):
        return None
    shape = found.shape
    single = all(len(name) == 1 for name in shape_names(shape))
    kinds = Expression | Relation | Several | Saying
    return shape if single and isinstance(shape, kinds) else None


class _Judge:
    def __init__(self, rational: Rational) -> None:
        self._rational = rational
        self._compared = 0

    def judge(self, shapes: Sequence[Shape | None]) -> AlgebraWay | None:
        lines = [None if shape is None else self._line(shape) for shape in shapes]
        marks: list[Mark] = []
        last, verdict, split = lines[0], None, None
        # The line whose cases are being gone through.
        for place, read_line in enumerate(lines[1:]):
            last = _first_side(read_line) if last is None else last
            if read_line is None or last is None:
                marks.append(Mark.UNREAD if read_line is None else Mark.GIVEN)
                last = read_line if last is None else last
                continue
            line = self._as_before(last, read_line)
            if _is_check(last, line):
                marks.append(_mark(same=True, verdict=verdict))
                continue
            same = self._same(last, line)
            case = same is False and (
                _is_part(last, line) if split is last else self._is_case(last, lines[place + 1 :])
            )
            split = last if case else split
            marks.append(_mark(same or case if same is not None else None, verdict))
            if marks[-1] is Mark.UNREAD:
                continue
            self._compared += 1
            if marks[-1] is Mark.WRONG:
                verdict = self._verdict(place, last, line)
            last = last if case else line
        if not self._compared:
            return None
        whole = Mark.UNREAD not in marks
        none = StepVerdict(None, "" if whole else "Some lines could not be read.", checked=whole)
        return AlgebraWay(tuple(marks), verdict or none)

    def _is_case(self, before: _Line, rest: Sequence[_Line | None]) -> bool:
        """Whether a line is one of several cases that later lines complete: x = 2, then x = 3."""
        line = rest[0]
        if line is None or line.solutions is None or before.solutions is None:
            return False
        whole = before.solutions.factors
        if before.solutions.everything or not _within(line, whole):
            return False
        cases = [one.solutions.factors for one in rest if one and one.solutions
                 and _within(one, whole)]  # fmt: skip
        return frozenset[Any]().union(*cases) == whole

    def _line(self, shape: Shape) -> _Line | None:
        if isinstance(shape, Expression) or _is_chain(shape):
            return _Line(shape, None)
        try:
            return _Line(shape, self._rational.solutions(shape))
        except TooHard:
            return None

    def _as_before(self, before: _Line, line: _Line) -> _Line:
        """A line "A = B" behind the expression A says B; B is what it is held against then."""
        shape, first = line.shape, before.shape
        if not isinstance(first, Expression) or not isinstance(shape, Relation):
            return line
        if set(shape.signs) != {"="}:
            return line
        try:
            right = [self._rational.same(first.node, side) for side in shape.sides]
            alike = self._rational.same(shape.sides[0], shape.sides[-1])
        except TooHard:
            return line
        if not right[0] and not alike:
            return line
        off = next((side for side, same in zip(shape.sides, right, strict=True) if not same), None)
        return _Line(Expression(off or shape.sides[-1]), None)

    def _same(self, before: _Line, after: _Line) -> bool | None:
        """None where the two cannot be compared: an equation and an expression."""
        try:
            if isinstance(before.shape, Expression) and isinstance(after.shape, Expression):
                return self._rational.same(before.shape.node, after.shape.node)
        except TooHard:
            return None
        if before.solutions is None or after.solutions is None:
            return None
        return before.solutions == after.solutions

    def _verdict(self, place: int, before: _Line, after: _Line) -> StepVerdict:
        slip = None
        one, other = before.shape, after.shape
        if _is_part(before, after):
            slip = Slip(self._lost(before, after), "A solution was lost.")
        elif isinstance(one, Relation) and isinstance(other, Relation):
            if one.signs == other.signs == ("=",):
                slip = slip_between(one, other, self._rational)
        elif isinstance(one, Expression) and isinstance(other, Expression):
            slip = slip_within(one.node, other.node, self._rational)
        parts = [slip.words if slip else "", self._evidence(before, after)]
        why = " ".join(part for part in parts if part)
        return StepVerdict(place, why, checked=True, misconception=slip.id if slip else "")

    def _lost(self, before: _Line, after: _Line) -> str:
        """By which wrong idea: dividing by the unknown, half of a square's roots, or one case."""
        if before.solutions is None or after.solutions is None:
            return "only-one"
        kept = self._roots(after.solutions)
        lost = [root for root in self._roots(before.solutions) if root not in kept]
        if lost == [0]:
            return "divides-by-x"
        return "forgets-negative" if lost and all(-root in kept for root in lost) else "only-one"

    def _evidence(self, before: _Line, after: _Line) -> str:
        """A number that shows it."""
        if isinstance(before.shape, Expression) and isinstance(after.shape, Expression):
            return self._different(before.shape.node, after.shape.node)
        old, new = before.solutions, after.solutions
        if old is None or new is None:
            return ""
        name = self._rational.name
        added = [root for root in self._rational.roots(new) if root not in self._roots(old)]
        if added and isinstance(before.shape, Relation) and not old.everything:
            left, right = (self._rational.at(side, added[0]) for side in before.shape.sides)
            if left is not None and right is not None:
                return (
                    f"At {name} = {_shown(added[0])}, which solves this line, the line before has "
                    f"{_shown(left)} on the left and {_shown(right)} on the right."
                )
        lost = [root for root in self._rational.roots(old) if root not in self._roots(new)]
        if lost and not new.everything:
            return f"{name} = {_shown(lost[0])} solves the line before, but not this one."
        return "It does not have the same solutions as the line before."

    def _roots(self, solutions: Solutions) -> tuple[Any, ...]:
        return self._rational.roots(solutions)

    def _different(self, one: Node, other: Node) -> str:
        if not symbols(one) and not symbols(other):
            values = [_shown(self._rational.at(node, 0)) for node in (one, other)]
            return f"The line before is {values[0]}, this one {values[1]}."
        for value in (1, 2, 3, 5, 7):
            first, second = self._rational.at(one, value), self._rational.at(other, value)
            if first is not None and second is not None and first != second:
                return (
                    f"At {self._rational.name} = {value} the line before is {_shown(first)}, "
                    f"this one {_shown(second)}."
                )
        return "It is not equal to the line before."


def _is_chain(shape: Shape) -> bool:
    """A = B = C."""
    return isinstance(shape, Relation) and len(shape.signs) > 1 and set(shape.signs) == {"="}


def _first_side(line: _Line | None) -> _Line | None:
    """The A of a first line A = B = C, which is what the rest is held against."""
    if line is None or not isinstance(line.shape, Relation) or not _is_chain(line.shape):
        return None
    return _Line(Expression(line.shape.sides[0]), None)


def _is_check(before: _Line, line: _Line) -> bool:
    """Whether a line only puts the solution in and computes: 2 · 3 + 4 = 10."""
    if line.solutions is None or before.solutions is None or shape_names(line.shape):
        return False
    sums = isinstance(line.shape, Relation) and not all(
        isinstance(side, Number | Negative) for side in line.shape.sides
    )
    return sums and line.solutions.everything and not before.solutions.everything


def _is_part(before: _Line, line: _Line) -> bool:
    return before.solutions is not None and _within(line, before.solutions.factors)


def _within(line: _Line, whole: frozenset[Any]) -> bool:
    found = line.solutions
    return found is not None and not found.everything and bool(found.factors) and (
        found.factors < whole
    )  # fmt: skip


def _mark(same: bool | None, verdict: StepVerdict | None) -> Mark:  # noqa: FBT001 - three states
    if same is None:
        return Mark.UNREAD
    if same:
        return Mark.RIGHT if verdict is None else Mark.FOLLOWS
    return Mark.WRONG if verdict is None else Mark.WRONG_TOO


def _shown(value: Any) -> str:  # noqa: ANN401 - sympy has no types
    return str(value).replace("-", MINUS)
