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
from assistant.tutor.maths.nodes import Negative, Node, Number, Symbol, symbols, walk
from assistant.tutor.maths.shapes import Expression, Relation, Saying, Several, Shape
from assistant.tutor.steps.asides import (
    Parts,
    as_equation,
    defines,
    holds_at,
    unequal,
    wrong_discriminant,
)
from assistant.tutor.steps.prose import has_words
from assistant.tutor.steps.rational import Rational, Solutions, TooHard, shape_names
from assistant.tutor.steps.shaping import said, shape_of
from assistant.tutor.steps.slips import Slip, slip_between, slip_within
from assistant.tutor.steps.writing import MINUS, written

MOST_LINES = 200
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


def judged_algebra(
    lines: Sequence[str], given: str = "", *, loose: bool = False, bare: bool = True
) -> AlgebraWay | None:
    """Judges a way of equations or of equal expressions.

    Args:
        lines: The steps, each an equation, several joined by "or", or an expression.
        given: What they begin with; "" where the first line does.
        loose: Whether solutions may be lost or gained for a reason that is not in the lines: the
            problem asks for a length, or could not be read.
        bare: Whether the problem says no more than its equation; its words may rule solutions out
            otherwise, so that one that is lost is no error.

    Returns:
        None where the lines are no algebra in one unknown: sentences, or nothing to compare.
    """
    lines = lines[:MOST_LINES]
    if any(_TIMES.search(line) for line in lines):
        return None
    begins = shape_of(given)
    first = begins or (shape_of(lines[0]) if lines and not has_words(lines[0]) else None)
    expressions = isinstance(first, Expression)
    shapes = [shape_of(line) if first is None else said(line, expressions=expressions)
              for line in lines]  # fmt: skip
    asked = shape_names(begins) if begins is not None else frozenset[str]()
    asides = [begins is not None and shape is not None and defines(shape, asked)
              for shape in shapes]  # fmt: skip
    readable = [shape for shape in shapes if shape is not None]
    counted = [one for one, aside in zip(shapes, asides, strict=True) if one and not aside]
    names = asked.union(*(shape_names(shape) for shape in counted))
    if loose and begins is None and counted and not shape_names(counted[0]):
        return None
    only_numbers = not names and isinstance(begins, Expression)
    most_read = 2 * len(readable) > len(lines)
    if not (len(names) == 1 or only_numbers) or not most_read or not readable:
        return None
    judge = _Judge(Rational(next(iter(names), "x")), begins, loose=loose, bare=bare)
    return judge.judge([begins, *shapes], [False, *asides])


class _Judge:
    def __init__(self, rational: Rational, given: Shape | None, *, loose: bool, bare: bool) -> None:
        self._rational = rational
        self._given = given
        self._loose = loose
        self._bare = bare
        self._compared = 0
        self._gained: frozenset[Any] = frozenset()
        self._verdict: StepVerdict | None = None
        self._root: _Line | None = None
        self._unheld = False
        """Whether the problem is there, but too hard to hold the first line against."""
        self._parts = Parts(given)

    def judge(self, shapes: Sequence[Shape | None], asides: Sequence[bool]) -> AlgebraWay | None:
        lines = [None if shape is None else self._line(shape) for shape in shapes]
        marks: list[Mark] = []
        last, split = lines[0], None
        self._unheld = self._given is not None and lines[0] is None
        self._loose = self._loose or self._unheld
        # The line whose cases are being gone through.
        for place, read_line in enumerate(lines[1:]):
            if asides[place + 1]:
                marks.append(self._aside(place, shapes[place + 1]))
                continue
            last = _first_side(read_line) if last is None else last
            self._root = self._root or (None if self._unheld else last)
            if read_line is None or last is None:
                marks.append(Mark.UNREAD if read_line is None else Mark.GIVEN)
                last = read_line if last is None else last
                continue
            line = self._as_before(last, read_line)
            if self._parts.is_part(read_line.shape, place) or _is_check(last, line):
                marks.append(_mark(same=True, verdict=self._verdict))
                self._compared += 1
                continue
            if _is_aside(last, line):
                marks.append(Mark.UNREAD)
                continue
            same = self._same(last, line)
            case = same is False and (
                _is_part(last, line) if split is last else self._is_case(last, lines[place + 1 :])
            )
            split = last if case else split
            same = self._allowed(last, line) if same is False and not case else case or same
            marks.append(_mark(same, self._verdict))
            if same is None:
                last = line if self._loose else last
                continue
            self._compared += 1
            if marks[-1] is Mark.WRONG:
                self._verdict = self._words_for(place, last, line)
            last = last if case else line
        return self._ended(marks, last)

    def _ended(self, marks: list[Mark], last: _Line | None) -> AlgebraWay | None:
        if not self._compared:
            return None
        verdict = self._verdict or self._kept_too_much(marks, last) or self._not_reached(last)
        if verdict is None:
            read_all = Mark.UNREAD not in marks and not self._unheld and self._sure()
            words = "" if read_all else "Some lines could not be read."
            verdict = StepVerdict(None, words, checked=read_all)
        return AlgebraWay(tuple(marks), verdict)

    def _sure(self) -> bool:
        """Whether no words of the problem can rule out one of several solutions."""
        root = self._root.solutions if self._root is not None else None
        one = root is not None and [each.degree() for each in root.factors] == [1]
        return self._bare or one

    def _aside(self, place: int, shape: Shape | None) -> Mark:
        """A line that names something else: its own sides have to be equal."""
        if not isinstance(shape, Relation):
            return Mark.UNREAD
        wrong = unequal(shape)
        words = wrong_discriminant(shape, self._given, self._rational)
        if wrong is not None:
            side, exactly, told = wrong
            words = f"{written(side)} is {_shown(exactly)}, not {_shown(told)}."
        mark = _mark(not words, self._verdict)
        if mark is Mark.WRONG:
            slip = "" if wrong is None else "arithmetic"
            self._verdict = StepVerdict(place, words, checked=True, misconception=slip)
        return mark

    def _allowed(self, before: _Line, line: _Line) -> bool | None:
        """Of a line with other solutions: True where it may have them, None where nobody knows.

        What a denominator forbids may be gained, when both sides are multiplied by it, and has to
        be thrown out again; what does not solve the equation of the problem may be.
        """
        old, new = before.solutions, line.solutions
        if old is None or new is None or old.everything or new.everything:
            return False
        if self._rounded(old, line):
            return None
        gained, lost = new.factors - old.factors, old.factors - new.factors
        root = self._root.solutions if self._root is not None else None
        if gained and not lost and root is not None and gained <= root.forbidden:
            self._gained |= gained
            return True
        if lost and not gained:
            return self._may_be_lost(lost, root)
        renamed = _is_answer(before.shape) and _is_answer(line.shape)
        return None if self._loose and (renamed or not (gained and lost)) else False

    def _rounded(self, old: Solutions, line: _Line) -> bool:
        """Whether a line gives the solutions in decimals, as near as it writes them."""
        decimals = _places(line.shape)
        if not decimals or line.solutions is None or not _is_answer(line.shape):
            return False
        exactly = [float(root) for one in old.factors for root in one.real_roots()]
        told = [float(root) for root in self._rational.roots(line.solutions)]
        return bool(told) and all(
            any(abs(root - one) <= 10**-decimals for one in exactly) for root in told
        )

    def _may_be_lost(self, lost: frozenset[Any], root: Solutions | None) -> bool | None:
        if root is not None and not root.everything:
            return not lost & root.factors or (None if self._loose or not self._bare else False)
        if isinstance(self._given, Relation):
            held = [holds_at(self._given, self._rational, factor) for factor in lost]
            unsure = None in held or (any(held) and not self._bare)
            return None if unsure else not any(held)
        return None if self._loose or not self._bare else False

    def _kept_too_much(self, marks: list[Mark], last: _Line | None) -> StepVerdict | None:
        """An end that still has a solution in it which a denominator forbids."""
        found = last.solutions if last is not None else None
        kept = found.factors & self._gained if found is not None else frozenset[Any]()
        if not kept or last is None or not _is_answer(last.shape):
            return None
        place = max(at for at, mark in enumerate(marks) if mark is Mark.RIGHT)
        marks[place] = Mark.WRONG
        roots = self._rational.roots(Solutions(kept))
        shown = f"{self._rational.name} = {_shown(roots[0])}" if roots else "It"
        why = f"{shown} does not solve the equation of the problem: it makes a denominator 0."
        return StepVerdict(place, why, checked=True)

    def _not_reached(self, last: _Line | None) -> StepVerdict | None:
        """An expression of which only parts were worked out, and some that are none."""
        if self._parts.value is None or self._parts.ended or last is None:
            return None
        if self._parts.strayed is None:
            return StepVerdict(None, "The last line is not the whole expression.", checked=False)
        why = "This is not a part of the expression: look at what has to be worked out first."
        return StepVerdict(self._parts.strayed, why, checked=False)

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
        if isinstance(shape, Relation) and not isinstance(self._given, Expression):
            shape = as_equation(shape) or shape
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
        if not right[0] and (not alike or not any(right)):
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

    def _words_for(self, place: int, before: _Line, after: _Line) -> StepVerdict:
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
            left, right = (self._worth(side, added[0]) for side in before.shape.sides)
            if left is not None and right is not None:
                return (
                    f"At {name} = {_shown(added[0])}, which solves this line, the line before has "
                    f"{_shown(left)} on the left and {_shown(right)} on the right."
                )
        lost = [root for root in self._rational.roots(old) if root not in self._roots(new)]
        if lost and not new.everything:
            return f"{name} = {_shown(lost[0])} solves the line before, but not this one."
        return "It does not have the same solutions as the line before."

    def _worth(self, side: Node, value: Any) -> Any:  # noqa: ANN401 - sympy has no types
        try:
            return self._rational.at(side, value)
        except TooHard:
            return None

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


def _is_aside(before: _Line, line: _Line) -> bool:
    """Whether a line is true in itself and says nothing of the one before: 20 · 14 = 280."""
    found = line.solutions
    always = not isinstance(line.shape, Saying) and found is not None and found.everything
    return always and not (before.solutions is not None and before.solutions.everything)


def _is_part(before: _Line, line: _Line) -> bool:
    return before.solutions is not None and _within(line, before.solutions.factors)


def _within(line: _Line, whole: frozenset[Any]) -> bool:
    found = line.solutions
    return found is not None and not found.everything and bool(found.factors) and (
        found.factors < whole
    )  # fmt: skip


def _places(shape: Shape) -> int:
    """The most digits after the point of a decimal in a line; 0 where there are none."""
    if isinstance(shape, Several):
        return max((_places(item) for item in shape.items), default=0)
    if not isinstance(shape, Relation):
        return 0
    numbers = [part for side in shape.sides for part in walk(side) if isinstance(part, Number)]
    return max((number.places or 0 for number in numbers), default=0)


def _is_answer(shape: Shape) -> bool:
    """X = 3, or several such."""
    if isinstance(shape, Several):
        return all(_is_answer(item) for item in shape.items)
    return isinstance(shape, Relation) and isinstance(shape.sides[0], Symbol)


def _mark(same: bool | None, verdict: StepVerdict | None) -> Mark:  # noqa: FBT001 - three states
    if same is None:
        return Mark.UNREAD
    if same:
        return Mark.RIGHT if verdict is None else Mark.FOLLOWS
    return Mark.WRONG if verdict is None else Mark.WRONG_TOO


def _shown(value: Any) -> str:  # noqa: ANN401 - sympy has no types
    return str(value).replace("-", MINUS)
