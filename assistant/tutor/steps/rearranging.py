"""Ways that solve a formula for one of its letters: v = d/t for t.

The letters are given values at which the formula holds, each to sixty digits. A line that does not
hold there does not follow from the formula; one that holds at all of them does, as surely as a
point drawn at random tells (Schwartz and Zippel). Letters of a formula are mostly sizes: the
values are positive, and what fails only where some are negative is not called wrong, nor checked.
"""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from typing import Any, Final

from assistant.domain.exercise import StepVerdict
from assistant.tutor.maths.nodes import (
    Constant,
    Negative,
    Node,
    Sum,
    Symbol,
    both_signs,
    symbols,
    walk,
)
from assistant.tutor.maths.shapes import Relation, Several, Shape
from assistant.tutor.maths.values import Numbers, Undefined
from assistant.tutor.steps.lines import places
from assistant.tutor.steps.marks import AlgebraWay, Mark, mark_of
from assistant.tutor.steps.rational import shape_names
from assistant.tutor.steps.sampled import at_point
from assistant.tutor.steps.shaping import said, shape_of
from assistant.tutor.steps.writing import MINUS

_EQUATION: Final = r"(?:the\s+)?(?:formula|equation)?\s*(?P<formula>[^=?!;:\n]+=[^=?!;:\n]+?)"
_FOR: Final = r"(?:for\s+(?P<letter>[a-z])|to\s+make\s+(?P<subject>[a-z])\s+the\s+subject)"
_MAKE: Final = r"make\s+(?P<letter>[a-z])\s+the\s+subject\s+(?:of|in)"
_ZERO: Final = r"(?:>|\u2265|>=|\\geq?)\s*0"
_LETTERS: Final = r"[a-z](?:\s*(?:,|and)\s*[a-z])*"
_SIZED: Final = rf"{_LETTERS}\s*(?:{_ZERO}|(?:is|are)\s+(?:both\s+|all\s+)?positive)"
_ALL: Final = (
    r"(?:all\s+)?(?:the\s+)?(?:letters|variables|quantities|values|lengths)(?:\s+are)?\s+positive"
)
_CONDITION: Final = rf"(?:{_SIZED}|{_ALL})"
_SUCH_THAT: Final = r"(?:\s*[,(]|\s+(?:where|with|given|that|assuming|assume|if|when|for))+"
_CONDITIONS: Final = (
    rf"(?:{_SUCH_THAT}\s*(?P<conditions>{_CONDITION}(?:\s*(?:,|and)\s*{_CONDITION})*))?"
)
"""That letters are positive: where r > 0 and h > 0."""
_TASKS: Final = tuple(
    re.compile(rf"\W*(?:please\s+)?{task}{_CONDITIONS}\W*", re.IGNORECASE)
    for task in (
        rf"(?:solve|rearrange|transpose)\s+{_EQUATION}\s+{_FOR}",
        rf"{_MAKE}\s+{_EQUATION}",
        rf"solve\s+for\s+(?P<letter>[a-z])\s*(?:in|:)?\s*{_EQUATION}",
    )
)
"""Problems that ask for nothing else, so that no value is put in and nothing is ruled out."""
_MOST_LETTERS: Final = 8
_MOST_LINES: Final = 60
_POINTS: Final = 5
_FEWEST: Final = 3
_TRIES: Final = 40
_SIZES: Final = 4
"""Values are drawn up to 900, 90, 9 and 0.9 in turn: of no use are an F below 32 in
F = 9C/5 + 32, and an r above 1 in S = a/(1 - r)."""
_MOST_READINGS: Final = 16
_SLASHED: Final = re.compile(
    r"(?<![\d\s])\s*/\s*(?!pi\s*(?:$|[^\sA-Za-z\d(\\√]))(?:\d[\d.]*|[A-Za-z]+)\s*[A-Za-z(\\√π]"
    r"|/\s*\d[\d.]*[A-Za-z(\\√π]"
)
"""A product below a line that has no brackets, or a fraction before a factor: s/2a."""
_NEAR: Final = Fraction(1, 50)
"""How far off a line with decimals may be, which were rounded."""
_SMALL: Final = (2, 3, 5, 7, 11, 13, 17, 19)
"""What the letters are worth at the point that is told of."""
_SOME: Final = "No line is shown to be wrong, but not everything could be checked."
_POSITIVE: Final = "No line is wrong as long as all letters are positive."


@dataclass(frozen=True, slots=True)
class Task:
    """A formula that is to be solved for one of its letters."""

    formula: str
    letter: str
    positive: frozenset[str] = frozenset()
    """Letters that the problem says to be greater than zero."""


def asked_for(problem: str) -> Task | None:
    """The formula that a problem asks to solve for a letter; None for another problem.

    Args:
        problem: Its text.
    """
    text = problem.replace("$", "")
    found = next((one for task in _TASKS if (one := task.fullmatch(text))), None)
    if found is None:
        return None
    letter = found["letter"] or found.groupdict().get("subject", "")
    shape = shape_of(found["formula"])
    names = shape_names(shape) if shape is not None else frozenset[str]()
    if not isinstance(shape, Relation) or len(names) <= 1 or letter not in names:
        return None
    return Task(found["formula"], letter, _positive(found["conditions"] or "", names))


def _positive(conditions: str, names: frozenset[str]) -> frozenset[str]:
    """The letters that these conditions say to be positive."""
    if re.search(_ALL, conditions, re.IGNORECASE):
        return names
    told = re.findall(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])", conditions)
    return frozenset(told) & names


def judged_formula(lines: Sequence[str], task: Task) -> AlgebraWay | None:
    """Judges a way that solves a formula for one of its letters.

    Args:
        lines: The steps.
        task: What is asked for.

    Returns:
        None where the problem is no equation of several letters, or no values fit it.
    """
    begins = shape_of(task.formula)
    names = shape_names(begins) if begins is not None else frozenset[str]()
    if not isinstance(begins, Relation) or begins.signs != ("=",):
        return None
    if not 1 < len(names) <= _MOST_LETTERS or len(lines) > _MOST_LINES:
        return None
    judge = _Judge(begins, names, task)
    shapes = [said(line, expressions=False, names=names) for line in lines]
    return judge.judge(shapes, [_SLASHED.search(line) is not None for line in lines])


@dataclass(frozen=True, slots=True)
class _Held:
    """Whether a line holds where all letters are positive, and where some are not."""

    positive: bool | None
    signed: bool | None
    fails: bool = True
    """Whether there is any place of the second kind where it does not."""


class _Judge:
    def __init__(self, formula: Relation, names: frozenset[str], task: Task) -> None:
        self._formula = formula
        self._task = task
        self._names = sorted(names)
        self._numbers = Numbers()
        self._draw = random.Random(20_260_301)  # noqa: S311 - the same points each time, no secrets
        self._positive = self._points(negative=False)
        self._signed = self._points(negative=True)

    def judge(self, shapes: Sequence[Shape | None], doubtful: Sequence[bool]) -> AlgebraWay | None:
        """See ``judged_formula``; ``doubtful`` lines are not called wrong."""
        if len(self._positive) < _FEWEST:
            return None
        marks: list[Mark] = []
        verdict: StepVerdict | None = None
        held: list[_Held] = []
        for place, shape in enumerate(shapes):
            if shape is not None and len(shape_names(shape)) == 1:
                marks += [Mark.UNREAD] * (len(shapes) - place)  # numbers were put in
                break
            one = self._held(shape)
            held.append(one)
            wrong = one.positive is False and one.signed is not True and not doubtful[place]
            same = True if one.positive else False if wrong else None
            marks.append(mark_of(same, wrong_before=verdict is not None))
            if wrong and verdict is None and shape is not None:
                verdict = StepVerdict(place, self._why(shape), checked=True)
        if all(mark is Mark.UNREAD for mark in marks):
            return None
        return AlgebraWay(tuple(marks), verdict or self._ended(marks, shapes, held))

    def _ended(
        self, marks: Sequence[Mark], shapes: Sequence[Shape | None], held: Sequence[_Held]
    ) -> StepVerdict:
        whole = all(mark is Mark.RIGHT for mark in marks)
        if not whole or not self._is_end(shapes[-1]):
            return StepVerdict(None, _SOME, checked=False)
        sizes = any(part == Constant("pi") for side in self._formula.sides for part in walk(side))
        sure = sizes or not held[-1].fails
        return StepVerdict(None, "" if sure else _POSITIVE, checked=sure)

    def _is_end(self, shape: Shape | None) -> bool:
        """Whether a line has a letter alone on one side, and it is the one that was asked for."""
        items = shape.items if isinstance(shape, Several) else (shape,)
        return all(isinstance(item, Relation) and self._is_solved(item) for item in items)

    def _is_solved(self, relation: Relation) -> bool:
        one, other = relation.sides[0], relation.sides[-1]
        for side, rest in ((one, other), (other, one)):
            if isinstance(side, Symbol) and side.name not in symbols(rest):
                sure = side.name not in self._task.positive or len(both_signs(rest)) == 1
                return side.name == self._task.letter and sure
        return False

    def _held(self, shape: Shape | None) -> _Held:
        names = shape_names(shape) if shape is not None else frozenset[str]()
        if shape is None or not names or not names <= set(self._names):
            return _Held(None, None)
        positive, signed = (
            [each for point in points if (each := self._holds(shape, point)) is not None]
            for points in (self._positive, self._signed)
        )
        return _Held(_agreed(positive), _agreed(signed), fails=False in signed)

    def _holds(self, shape: Shape, point: dict[str, Any]) -> bool | None:
        if isinstance(shape, Several) and _of_one_letter(shape):
            told = [self._holds(item, point) for item in shape.items]
            return True if True in told else None if None in told else False
        if not isinstance(shape, Relation) or set(shape.signs) != {"="}:
            return None
        told = [self._equal(shape, sides, point) for sides in _readings(shape)]
        return True if True in told else None if None in told or not told else False

    def _equal(self, shape: Relation, sides: Sequence[Node], point: dict[str, Any]) -> bool | None:
        found = [at_point(self._numbers, one, other, point) for one, other in pairwise(sides)]
        if False in found and places(shape) and self._near(sides, point):
            return None
        return False if False in found else None if None in found else True

    def _near(self, sides: Sequence[Node], point: dict[str, Any]) -> bool:
        values = [value for side in sides if (value := self._value(side, point)) is not None]
        size = max((abs(value) for value in values), default=0)
        return all(abs(one - other) <= size * float(_NEAR) for one, other in pairwise(values))

    def _value(self, node: Node, point: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a number of mpmath
        try:
            value = self._numbers.value(node, point)
        except Undefined:
            return None
        return None if isinstance(value, self._numbers.context.mpc) else value

    def _points(self, *, negative: bool) -> list[dict[str, Any]]:
        """Values of the letters at which the formula holds."""
        found: list[dict[str, Any]] = []
        for turn in range(_TRIES):
            drawn = {name: self._drawn(at, turn, negative=negative)
                     for at, name in enumerate(self._names)}  # fmt: skip
            point = self._fitted(drawn)
            positive = self._task.positive if negative else self._names
            if point is not None and all(point[name] > 0 for name in positive):
                found.append(point)
            if len(found) >= _POINTS:
                break
        return found

    def _drawn(self, at: int, turn: int, *, negative: bool) -> Any:  # noqa: ANN401 - a number of mpmath
        if not turn and not negative:
            return self._numbers.of(Fraction(_SMALL[at % len(_SMALL)]))
        value = Fraction(self._draw.randint(10**5, 9 * 10**6), 10 ** (4 + turn % _SIZES))
        minus = negative and self._draw.random() < 0.5  # noqa: PLR2004 - half of them
        return self._numbers.of(-value if minus else value)

    def _fitted(self, drawn: dict[str, Any]) -> dict[str, Any] | None:
        """The values with one of them changed so that the formula holds."""
        for one, other in (self._formula.sides, self._formula.sides[::-1]):
            if isinstance(one, Symbol) and one.name not in symbols(other):
                value = self._value(other, drawn)
                return None if value is None else {**drawn, one.name: value}
        gap = Sum((self._formula.sides[0], Negative(self._formula.sides[1])))
        for name in self._names:
            point = self._with_root(gap, name, drawn)
            if point is not None:
                return point
        return None

    def _with_root(self, gap: Node, name: str, drawn: dict[str, Any]) -> dict[str, Any] | None:
        """The same for any letter, found by Muller's or the secant method."""

        def at(value: Any) -> Any:  # noqa: ANN401 - a number of mpmath
            found = self._value(gap, {**drawn, name: value})
            if found is None:
                raise ValueError
            return found

        try:
            root = self._numbers.context.findroot(at, drawn[name])
        except (ValueError, ZeroDivisionError):
            return None
        whole = isinstance(root, self._numbers.context.mpf)
        return {**drawn, name: root} if whole else None

    def _why(self, shape: Shape) -> str:
        """The values at which it is seen."""
        relation = shape.items[0] if isinstance(shape, Several) else shape
        if not isinstance(relation, Relation):
            return ""
        point = self._positive[0]
        left, right = (self._value(both_signs(side)[0], point) for side in
                       (relation.sides[0], relation.sides[-1]))  # fmt: skip
        told = ", ".join(f"{name} = {_shown(point[name])}" for name in self._names)
        if left is None or right is None or isinstance(shape, Several):
            return "It does not follow from the formula."
        return (
            f"With {told} the formula holds, but the left side of this line is {_shown(left)} "
            f"and the right side {_shown(right)}."
        )


def _agreed(told: Sequence[bool]) -> bool | None:
    """True and False where it is so everywhere, and at places enough."""
    if len(told) < _FEWEST:
        return None
    return True if all(told) else None if any(told) else False


def _of_one_letter(shape: Several) -> bool:
    """Whether several values of one letter are given: x = 2, x = -2; but not x = 0, y = 2."""
    sides = {item.sides[0] for item in shape.items if isinstance(item, Relation)}
    return shape.joined in ("or", ",") and len(sides) == 1


def _readings(relation: Relation) -> list[tuple[Node, ...]]:
    """The sides with each sign that ± may stand for."""
    found = product(*(both_signs(side) for side in relation.sides))
    return [sides for sides, _ in zip(found, range(_MOST_READINGS), strict=False)]


def _shown(value: Any) -> str:  # noqa: ANN401 - a number of mpmath
    return f"{float(value):.4g}".replace("-", MINUS)
