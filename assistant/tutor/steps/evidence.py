"""Words for a line that does not follow: the slip that leads to it, and a number that shows it."""

from collections.abc import Collection
from fractions import Fraction
from math import isclose
from typing import Any

from assistant.domain.exercise import StepVerdict
from assistant.tutor.maths.nodes import Node, Number, Quotient, symbols
from assistant.tutor.maths.shapes import Expression, Relation, Shape
from assistant.tutor.maths.values import exact
from assistant.tutor.steps.asides import unequal
from assistant.tutor.steps.formula import shown as as_written
from assistant.tutor.steps.lines import Line, is_part, places
from assistant.tutor.steps.rational import Rational, Solutions, TooHard
from assistant.tutor.steps.sampled import about
from assistant.tutor.steps.slips import Slip, slip_between, slip_within
from assistant.tutor.steps.writing import MINUS, unlike, written

_TRIED = (1, 2, 3, 5, 7)


class Evidence:
    """Explains what is wrong between two lines.

    Args:
        rational: Of the unknown.
        given: What the way begins with.
    """

    def __init__(self, rational: Rational, given: Shape | None) -> None:
        self._rational = rational
        self._decimal = given is not None and places(given) > 0

    def verdict(self, place: int, before: Line, after: Line) -> StepVerdict:
        """What to say of the line at ``place``."""
        slip = None
        one, other = before.shape, after.shape
        if is_part(before, after):
            slip = Slip(self._lost(before, after), "A solution was lost.")
        elif isinstance(one, Relation) and isinstance(other, Relation):
            if one.signs == other.signs == ("=",):
                slip = slip_between(one, other, self._rational)
        elif isinstance(one, Expression) and isinstance(other, Expression):
            slip = slip_within(one.node, other.node, self._rational)
        parts = [slip.words if slip else "", self._evidence(before, after)]
        why = " ".join(part for part in parts if part)
        return StepVerdict(place, why, checked=True, misconception=slip.id if slip else "")

    def number(self, value: Any, *near: Shape) -> str:  # noqa: ANN401 - sympy has no types
        """A number for a sentence: with a point where the lines have decimals."""
        decimal = self._decimal or any(places(shape) for shape in near)
        fraction = Fraction(int(value.numerator), int(value.denominator))
        text = as_written(fraction) if decimal else str(fraction)
        return text.replace("-", MINUS)

    def sum_of(self, shape: Relation) -> str:
        """Words for a chain of numbers whose own sides differ; "" for any other."""
        wrong = unequal(shape)
        if wrong is None:
            return ""
        side, exactly, told = wrong
        now = exact(told)
        near = "" if now is None else self.number(now, shape)
        return unlike(side, told, self.number(exactly, shape), near)

    def _lost(self, before: Line, after: Line) -> str:
        """By which wrong idea: dividing by the unknown, half of a square's roots, or one case."""
        if before.solutions is None or after.solutions is None:
            return "only-one"
        kept, had = (_sizes(each.solutions.factors) for each in (after, before) if each.solutions)
        lost = [root for root in had if not any(isclose(root, one) for one in kept)]
        if lost == [0]:
            return "divides-by-x"
        halves = lost and all(any(isclose(-root, one) for one in kept) for root in lost)
        return "forgets-negative" if halves else "only-one"

    def _evidence(self, before: Line, after: Line) -> str:
        """A number that shows it."""
        one, other = before.shape, after.shape
        if isinstance(one, Expression) and isinstance(other, Expression):
            return self._different(one, other)
        old, new = before.solutions, after.solutions
        if old is None or new is None:
            return ""
        name = self._rational.name
        added = [root for root in self._roots(new) if root not in self._roots(old)]
        if added and isinstance(one, Relation) and not old.everything:
            left, right = (self._worth(side, added[0]) for side in one.sides)
            if left is not None and right is not None:
                return (
                    f"At {name} = {self.number(added[0], one, other)}, which solves this line, the "
                    f"line before has {self.number(left, one, other)} on the left and "
                    f"{self.number(right, one, other)} on the right."
                )
        lost = [root for root in self._roots(old) if root not in self._roots(new)]
        if lost and not new.everything:
            apart = self._numbers_apart(other) if isinstance(other, Relation) else ""
            root = self.number(lost[0], one, other)
            return apart or f"{name} = {root} solves the line before, but not this one."
        return self._nearly(old, new) or "It does not have the same solutions as the line before."

    def _nearly(self, old: Solutions, new: Solutions) -> str:
        """A solution that is no fraction and that one of the lines has alone; "" for none."""
        if old.everything or new.everything:
            return ""
        had, has = _sizes(old.factors), _sizes(new.factors)
        name = self._rational.name
        for one, other, words in (
            (had, has, "solves the line before, but not this one."),
            (has, had, "solves this line, but not the line before."),
        ):
            apart = [root for root in one if not any(isclose(root, each) for each in other)]
            if apart:
                return f"{name} \u2248 {f'{apart[0]:.4g}'.replace('-', MINUS)} {words}"
        return ""

    def _numbers_apart(self, shape: Relation) -> str:
        """That the two sides of an equation of numbers are not the same; "" for any other."""
        values = [exact(side) for side in shape.sides]
        told = [self.number(value, shape) for value in values if value is not None]
        if len(told) != len(values) or len(set(told)) == 1 or shape.signs != ("=",):
            return ""
        left, right = shape.sides
        return unlike(left, right, told[0], told[1])

    def _worth(self, side: Node, value: Any) -> Any:  # noqa: ANN401 - sympy has no types
        try:
            return self._rational.at(side, value)
        except TooHard:
            return None

    def _roots(self, solutions: Solutions) -> tuple[Any, ...]:
        return () if solutions.everything else self._rational.roots(solutions)

    def _different(self, first: Expression, second: Expression) -> str:
        try:
            return self._exactly_different(first, second)
        except TooHard:
            return _about_unlike(first.node, second.node)

    def _exactly_different(self, first: Expression, second: Expression) -> str:
        one, other = first.node, second.node
        if not symbols(one) and not symbols(other):
            return self._unlike_numbers(first, second)
        for value in _TRIED:
            worth, now = self._rational.at(one, value), self._rational.at(other, value)
            if worth is not None and now is not None and worth != now:
                return (
                    f"{self._rational.at_words(value)} the line before is "
                    f"{self.number(worth, first, second)}, this one "
                    f"{self.number(now, first, second)}."
                )
        return "It is not equal to the line before."

    def _unlike_numbers(self, first: Expression, second: Expression) -> str:
        one, other = first.node, second.node
        exactly, told = (
            self.number(self._rational.at(node, 0), first, second) for node in (one, other)
        )
        if isinstance(one, Number):
            return f"The line before is {exactly}, this one {told}."
        if written(one) == exactly:
            return unlike(one, other, exactly, told)
        shown = written(other) if isinstance(other, Quotient) else told
        return f"{written(one)} is {exactly}, not {shown}."


def _sizes(factors: Collection[Any]) -> list[float]:
    return [float(root) for one in factors for root in one.real_roots()]


def _about_unlike(one: Node, other: Node) -> str:
    """What two numbers with roots are worth, as near as it is seen that they differ."""
    worth, now = about(one), about(other)
    if worth is None or now is None or f"{worth:.4g}" == f"{now:.4g}":
        return "It is not equal to the line before."
    shown = [f"{value:.4g}".replace("-", MINUS) for value in (worth, now)]
    return f"The line before is about {shown[0]}, this one {shown[1]}."
