"""Ways of algebra: every line has to say the same as the one before.

Equations in one unknown are compared by their real solutions, expressions by their difference,
both exactly. What cannot be compared exactly is passed over and said to be unchecked.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from assistant.domain.exercise import StepVerdict
from assistant.tutor.maths.nodes import Call, Constant, Negative, Number, walk
from assistant.tutor.maths.notation import trees
from assistant.tutor.maths.shapes import Expression, Relation, Shape
from assistant.tutor.maths.values import exact
from assistant.tutor.steps.asides import (
    Parts,
    as_equation,
    defines,
    holds_at,
    unequal,
    wrong_discriminant,
)
from assistant.tutor.steps.bounds import parted
from assistant.tutor.steps.coefficients import Coefficients, as_meant, coefficients_of
from assistant.tutor.steps.evidence import Evidence
from assistant.tutor.steps.lines import (
    Line,
    as_expression,
    endless,
    first_side,
    is_answer,
    is_aside,
    is_chain,
    is_check,
    is_part,
    places,
    within,
)
from assistant.tutor.steps.marks import AlgebraWay, Mark, mark_of
from assistant.tutor.steps.prose import has_words
from assistant.tutor.steps.rational import Rational, Solutions, TooHard, shape_names
from assistant.tutor.steps.shaping import said, shape_of

MOST_LINES = 200
_MOST_UNKNOWNS = 4
_STRAYED = "This is not a part of the expression: look at what has to be worked out first."
_OTHER_COEFFICIENTS = "These are not the numbers that stand in the equation: look at their signs."
_NEAR = Fraction(1, 50)
"""How far off a line may be where endless decimals were cut off before."""
_TIMES = re.compile(r"\d\s*[xX]\s*[$\d]")
"""An x that is a sign between numbers: "3 x 12 = 36" is no equation."""


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
        None where the lines are no algebra: sentences, equations in several unknowns, or nothing
        to compare.
    """
    lines = lines[:MOST_LINES]
    if any(_TIMES.search(line) for line in lines):
        return None
    begins = shape_of(given)
    first = begins or (shape_of(lines[0]) if lines and not has_words(lines[0]) else None)
    expressions = isinstance(first, Expression)
    asked = shape_names(begins) if begins is not None else frozenset[str]()
    formula = coefficients_of(parted(begins)[0]) if begins is not None else None
    lines = lines if formula is None else list(map(as_meant, lines))
    shapes = [shape_of(line) if first is None else said(line, expressions=expressions, names=asked)
              for line in lines]  # fmt: skip
    if formula is not None:
        shapes = [shape and formula.in_numbers(shape) for shape in shapes]
    shapes = [None if shape is not None and _may_be_natural(shape, first) else shape
              for shape in shapes]  # fmt: skip
    told = [formula.declared(shape) if formula is not None else {} for shape in shapes]
    asides = [begins is not None and shape is not None and (bool(each) or defines(shape, asked))
              for shape, each in zip(shapes, told, strict=True)]  # fmt: skip
    readable = [shape for shape in shapes if shape is not None]
    counted = [one for one, aside in zip(shapes, asides, strict=True) if one and not aside]
    names = asked.union(*(shape_names(shape) for shape in counted))
    if loose and begins is None and counted and not shape_names(counted[0]):
        return None
    most_read = 2 * len(readable) > len(lines)
    if not (len(names) == 1 or _only_expressions(begins, names)) or not most_read or not readable:
        return None
    unknowns = sorted(names) or ["x"]
    found: AlgebraWay | None = None
    for one_by_one in (False, True) if len(names) == 1 else (False,):
        rational = Rational(*unknowns, one_by_one=one_by_one)
        judge = _Judge(rational, begins, loose=loose, bare=bare, formula=formula)
        way = judge.judge([begins, *shapes], [False, *asides])
        if way is not None and (way.verdict.checked or way.verdict.step is not None):
            return way
        found = found or way
    return found


def _may_be_natural(shape: Shape, begins: Shape | None) -> bool:
    """Whether log in a line may be ln, since the problem has e or ln and no log."""
    if begins is None:
        return False
    asked, said_here = (_functions(each) for each in (begins, shape))
    return "log" in said_here and "log" not in asked and not asked.isdisjoint({"ln", "exp", "e"})


def _functions(shape: Shape) -> set[str]:
    """The functions and constants in a line."""
    parts = [part for tree in trees(shape) for part in walk(tree)]
    return {part.name for part in parts if isinstance(part, Call | Constant)}


def _only_expressions(begins: Shape | None, names: frozenset[str]) -> bool:
    return isinstance(begins, Expression) and len(names) <= _MOST_UNKNOWNS


class _Judge:
    def __init__(
        self,
        rational: Rational,
        given: Shape | None,
        *,
        loose: bool,
        bare: bool,
        formula: Coefficients | None,
    ) -> None:
        self._formula = formula
        self._told: dict[str, Fraction] = {}
        """What was said that the coefficients are."""
        self._misread: tuple[int, dict[str, Fraction]] | None = None
        """Where that was not what they are, and what was said."""
        self._rational = rational
        self._given = given
        self._loose = loose
        self._bare = bare
        self._compared = 0
        self._gained: frozenset[Any] = frozenset()
        self._verdict: StepVerdict | None = None
        self._chosen: tuple[int, Line, Line] | None = None
        """Where, of solutions that squaring brought in and right ones, the former are kept."""
        self._root: Line | None = None
        self._unheld = False
        """Whether the problem is there, but too hard to hold the first line against."""
        self._passed_over = False
        """Whether a line was taken for work beside the way."""
        self._parts = Parts(given)
        self._evidence = Evidence(rational, given)
        self._endless = False
        """Whether there are numbers in the lines that no decimal is equal to."""

    def judge(self, shapes: Sequence[Shape | None], asides: Sequence[bool]) -> AlgebraWay | None:
        lines = [None if shape is None else self._line(shape) for shape in shapes]
        self._begin(lines[0], shapes)
        marks: list[Mark] = []
        last, split = lines[0], None
        # ``split`` is the line whose cases are being gone through.
        for place, read_line in enumerate(lines[1:]):
            if asides[place + 1] or self._false_sum(shapes[place + 1]):
                marks.append(self._aside(place, shapes[place + 1]))
                continue
            last = first_side(read_line) if last is None else last
            self._root = self._root or (None if self._unheld else last)
            if read_line is None or last is None:
                marks.append(Mark.UNREAD if read_line is None else Mark.GIVEN)
                last = read_line if last is None else last
                continue
            line = self._as_before(last, read_line)
            if self._parts.is_part(read_line.shape, place) or is_check(last, line):
                marks.append(self._mark(same=True))
                self._compared += 1
                continue
            if is_aside(last, line):
                marks.append(Mark.UNREAD)
                continue
            same = self._same(last, line)
            if same is False and not self._is_claim(last, line, lines[place + 2 :]):
                marks.append(Mark.UNREAD)
                self._passed_over = True
                continue
            case = same is False and (
                is_part(last, line) if split is last else self._is_case(last, lines[place + 1 :])
            )
            split = last if case else split
            self._chosen = (place, last, line) if self._chooses_wrongly(last, line) else None
            same = self._allowed(last, line) if same is False and not case else case or same
            marks.append(self._mark(same=same))
            if same is None:
                last = line if self._loose else last
                continue
            self._compared += 1
            if marks[-1] is Mark.WRONG:
                self._accuse(place, last, line, marks)
            last = last if case else line
        return self._ended(marks, last)

    def _accuse(self, place: int, last: Line, line: Line, marks: list[Mark]) -> None:
        found = self._evidence.verdict(place, last, line)
        declared = self._put_in_wrongly(line)
        if declared is not None:
            marks[declared], marks[place] = Mark.WRONG, Mark.FOLLOWS
            found = StepVerdict(declared, _OTHER_COEFFICIENTS, checked=True)
        self._verdict = replace(found, checked=not self._passed_over)

    def _begin(self, first: Line | None, shapes: Sequence[Shape | None]) -> None:
        told = (shape for shape in shapes if shape is not None)
        self._endless = self._rational.one_by_one or any(endless(shape) for shape in told)
        self._unheld = self._given is not None and first is None
        self._loose = self._loose or self._unheld

    def _ended(self, marks: list[Mark], last: Line | None) -> AlgebraWay | None:
        if not self._compared:
            return None
        verdict = self._verdict or self._chose(marks)
        verdict = verdict or self._kept_too_much(marks, last) or self._not_reached(last)
        strayed = self._parts.strayed
        if strayed is not None and verdict is not None and strayed <= (verdict.step or 0):
            # The end is wrong because of what was worked out first.
            marks[verdict.step or 0] = Mark.WRONG_TOO
            marks[strayed] = Mark.WRONG
            verdict = StepVerdict(strayed, _STRAYED, checked=False)
        if verdict is None:
            read_all = Mark.UNREAD not in marks and not self._unheld and self._bare
            words = "" if read_all else "Some lines could not be read."
            verdict = StepVerdict(None, words, checked=read_all)
        return AlgebraWay(tuple(marks), verdict)

    def _aside(self, place: int, shape: Shape | None) -> Mark:
        """A line that names something else: its own sides have to be equal."""
        declared = self._declared(place, shape)
        if declared is not None or not isinstance(shape, Relation):
            return declared or Mark.UNREAD
        wrong = self._evidence.sum_of(shape)
        words = wrong or wrong_discriminant(shape, self._given, self._rational)
        if words is None and not is_chain(shape):
            return Mark.UNREAD
        mark = self._mark(same=not words)
        if mark is Mark.WRONG:
            slip = "arithmetic" if wrong else ""
            self._verdict = StepVerdict(place, words or "", checked=True, misconception=slip)
            self._compared += 1
        return mark

    def _declared(self, place: int, shape: Shape | None) -> Mark | None:
        """The mark of a line that says what a, b and c are; None for any other."""
        found = self._formula.declared(shape) if self._formula is not None else {}
        if not found or self._formula is None:
            return None
        self._told |= found
        if self._formula.fits(self._told):
            return self._mark(same=True)
        self._misread = self._misread or (place, self._told)
        return Mark.UNREAD

    def _put_in_wrongly(self, line: Line) -> int | None:
        """Where the coefficients were said that a wrong line comes of; None where it does not."""
        if self._misread is None or self._formula is None or len(self._told) < len("abc"):
            return None
        place, told = self._misread
        try:
            found = self._rational.solutions(self._formula.equation(told))
        except TooHard:
            return None
        return place if found == line.solutions else None

    def _mark(self, *, same: bool | None) -> Mark:
        return mark_of(same, wrong_before=self._verdict is not None)

    def _false_sum(self, shape: Shape | None) -> bool:
        """Whether sides that are numbers differ, where no equation is judged that may say so."""
        if not isinstance(shape, Relation) or set(shape.signs) != {"="} or places(shape):
            return False
        numbers = isinstance(self._given, Expression) and not shape_names(shape)
        chain = is_chain(shape) and not isinstance(self._given, Expression)
        return (numbers or chain) and unequal(shape) is not None

    def _is_claim(self, before: Line, line: Line, rest: Sequence[Line | None]) -> bool:
        """Whether an expression is said to be equal to the one before.

        The way ends with it, or goes on from it and does not come back. Else it is some part that
        is worked out beside.
        """
        if not isinstance(before.shape, Expression) or not isinstance(line.shape, Expression):
            return True
        further = [one for each in rest if (one := as_expression(each)) and one != line.shape]
        if not further:
            return True
        try:
            back = any(self._rational.same(before.shape.node, one.node) for one in further)
            return not back and self._rational.same(line.shape.node, further[0].node)
        except TooHard:
            return False

    def _allowed(self, before: Line, line: Line) -> bool | None:  # noqa: PLR0911 - one return a reason
        """Of a line with other solutions: True where it may have them, None where nobody knows.

        What a denominator forbids may be gained, when both sides are multiplied by it, and has to
        be thrown out again; what does not solve the equation of the problem may be.
        """
        old, new = before.solutions, line.solutions
        if old is None or new is None or old.everything != new.everything:
            return False
        if self._rounded(old, line):
            return None
        gained = new.factors - old.factors | (old.but - new.but)
        lost = old.factors - new.factors | (new.but - old.but)
        root = self._root.solutions if self._root is not None else None
        if gained and not lost and root is not None and gained <= root.forbidden:
            self._gained |= gained
            return True
        rooted = root is not None and root.rooted
        if lost and not gained and not (rooted and root and lost & root.factors):
            return self._may_be_lost(lost, root)
        if rooted and root is not None and (not lost or new.factors <= _cases_of(root)):
            return None
        renamed = is_answer(before.shape) and is_answer(line.shape)
        # What is asked about the unknown once it is known may gain some: its square, say.
        further = not lost and not self._bare
        loose = self._loose and (renamed or not (gained and lost))
        return None if further or loose else False

    def _rounded(self, old: Solutions, line: Line) -> bool:
        """Whether a line gives the solutions in decimals, as near as it writes them."""
        decimals = places(line.shape)
        if not decimals or line.solutions is None:
            return False
        if not is_answer(line.shape):
            return self._nearly(old, line)
        exactly = [float(root) for one in old.factors for root in one.real_roots()]
        told = [float(root) for root in self._rational.roots(line.solutions)]
        near = bool(told) and all(
            any(abs(root - one) <= 10**-decimals for one in exactly) for root in told
        )
        return near or self._nearly(old, line)

    def _nearly(self, old: Solutions, line: Line) -> bool:
        """Whether a line with decimals for endless fractions has nearly the same solutions."""
        if line.solutions is None or not self._endless:
            return False
        root = self._root.solutions if self._root is not None else None
        exactly, beside, told = (
            [float(value) for one in each for value in one.real_roots()]
            for each in (old.factors, root.forbidden if root else (), line.solutions.factors)
        )
        near = [any(_is_near(value, one) for one in told) for value in exactly]
        sound = [any(_is_near(one, value) for one in [*exactly, *beside]) for value in told]
        return bool(told) and all(near) and all(sound)

    def _may_be_lost(self, lost: frozenset[Any], root: Solutions | None) -> bool | None:
        if root is not None and not root.everything:
            return not lost & root.factors or (None if self._loose or not self._bare else False)
        if isinstance(self._given, Relation):
            held = [holds_at(self._given, self._rational, factor) for factor in lost]
            unsure = None in held or (any(held) and not self._bare)
            return None if unsure else not any(held)
        return None if self._loose or not self._bare else False

    def _chooses_wrongly(self, before: Line, line: Line) -> bool:
        """Whether of several answers only such are kept as do not solve the problem."""
        root = self._root.solutions if self._root is not None else None
        if root is None or not root.rooted or not (is_part(before, line) and is_answer(line.shape)):
            return False
        return line.solutions is not None and line.solutions.factors <= root.forbidden

    def _chose(self, marks: list[Mark]) -> StepVerdict | None:
        """A way that ends with what does not solve the equation of the problem."""
        if self._chosen is None:
            return None
        place, before, line = self._chosen
        marks[place] = Mark.WRONG
        return self._evidence.verdict(place, before, line)

    def _kept_too_much(self, marks: list[Mark], last: Line | None) -> StepVerdict | None:
        """An end that still has a solution in it which a denominator forbids."""
        found = last.solutions if last is not None else None
        kept = frozenset[Any]()
        if found is not None:
            kept = self._gained - found.but if found.everything else found.factors & self._gained
        if not kept or last is None or not is_answer(last.shape):
            return None
        place = max(at for at, mark in enumerate(marks) if mark is Mark.RIGHT)
        marks[place] = Mark.WRONG
        roots = self._rational.roots(Solutions(kept))
        shown = f"{self._rational.name} = {self._evidence.number(roots[0])}" if roots else "It"
        rooted = self._root is not None and self._root.solutions and self._root.solutions.rooted
        because = "." if rooted else ": it makes a denominator 0."
        why = f"{shown} does not solve the equation of the problem{because}"
        return StepVerdict(place, why, checked=True)

    def _not_reached(self, last: Line | None) -> StepVerdict | None:
        """An expression of which only parts were worked out, and some that are none."""
        if self._parts.value is None or self._parts.ended or last is None:
            return None
        if self._parts.strayed is None:
            return StepVerdict(None, "The last line is not the whole expression.", checked=False)
        return StepVerdict(self._parts.strayed, _STRAYED, checked=False)

    def _is_case(self, before: Line, rest: Sequence[Line | None]) -> bool:
        """Whether a line is one of several cases that later lines complete: x = 2, then x = 3."""
        line = rest[0]
        if line is None or line.solutions is None or before.solutions is None:
            return False
        whole = before.solutions.factors
        if before.solutions.everything or not within(line, whole):
            return False
        cases = [one.solutions.factors for one in rest if one and one.solutions
                 and within(one, whole)]  # fmt: skip
        answers = {one.solutions for one in rest if one and is_answer(one.shape)}
        # As many answers as there are solutions: one that is none of them is wrong for itself.
        as_many = is_answer(line.shape) and len(answers) >= len(whole)
        return as_many or frozenset[Any]().union(*cases) == whole

    def _line(self, shape: Shape) -> Line | None:
        if isinstance(shape, Relation) and not isinstance(self._given, Expression):
            shape = as_equation(shape) or shape
        if isinstance(shape, Expression) or is_chain(shape):
            return Line(shape, None)
        try:
            return Line(shape, self._rational.solutions(shape))
        except TooHard:
            return None

    def _as_before(self, before: Line, line: Line) -> Line:
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
        return Line(Expression(off or shape.sides[-1]), None)

    def _same(self, before: Line, after: Line) -> bool | None:
        """None where the two cannot be compared: an equation and an expression."""
        try:
            if isinstance(before.shape, Expression) and isinstance(after.shape, Expression):
                same = self._rational.same(before.shape.node, after.shape.node)
                return same or (None if _rounds(before.shape, after.shape) else False)
            if before.solutions is None or after.solutions is None:
                return None
            unsolvable = before.solutions == after.solutions == Solutions(frozenset())
            one, other = before.shape, after.shape
            if unsolvable and isinstance(one, Relation) and isinstance(other, Relation):
                return self._rational.alike_unsolvable(one, other)
        except TooHard:
            return None
        return before.solutions == after.solutions


def _is_near(exactly: float, told: float) -> bool:
    return abs(exactly - told) <= _NEAR * abs(exactly)


def _cases_of(root: Solutions) -> frozenset[Any]:
    """What may come up on the way, one case at a time or by squaring."""
    return root.factors | root.forbidden


def _rounds(exactly: Expression, told: Expression) -> bool:
    """Whether a decimal is a number as near as it is written."""
    worth, value = exact(exactly.node), exact(told.node)
    decimals = places(told)
    if decimals <= 0 or worth is None or value is None:
        return False
    if not isinstance(told.node, Number | Negative) or endless(exactly):
        return endless(exactly) and abs(worth - value) <= _NEAR * abs(worth)
    return abs(worth - value) <= Fraction(1, 10**decimals)
