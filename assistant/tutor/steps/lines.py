"""A line of a way of algebra with what solves it, and what kind of line it is."""

from dataclasses import dataclass
from typing import Any

from assistant.tutor.maths.nodes import Negative, Number, Quotient, Symbol, symbols, walk
from assistant.tutor.maths.shapes import Expression, Relation, Saying, Several, Shape
from assistant.tutor.maths.values import exact
from assistant.tutor.steps.rational import Solutions, shape_names


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says."""

    shape: Shape
    solutions: Solutions | None
    """None for an expression."""


def is_chain(shape: Shape) -> bool:
    """A = B = C."""
    return isinstance(shape, Relation) and len(shape.signs) > 1 and set(shape.signs) == {"="}


def first_side(line: Line | None) -> Line | None:
    """The A of a first line A = B = C, which is what the rest is held against."""
    if line is None or not isinstance(line.shape, Relation) or not is_chain(line.shape):
        return None
    first, *others = (symbols(side) for side in line.shape.sides)
    if first and not any(others):
        return None
    return Line(Expression(line.shape.sides[0]), None)


def as_expression(line: Line | None) -> Expression | None:
    """The expression that a line gives, or that it begins with; None for any other line."""
    if line is None or isinstance(line.shape, Expression):
        return line.shape if line is not None and isinstance(line.shape, Expression) else None
    equals = isinstance(line.shape, Relation) and set(line.shape.signs) == {"="}
    return Expression(line.shape.sides[0]) if equals and isinstance(line.shape, Relation) else None


def endless(shape: Shape) -> bool:
    """Whether a division in a line gives an endless decimal."""
    if isinstance(shape, Several):
        return any(endless(item) for item in shape.items)
    sides = shape.sides if isinstance(shape, Relation) else ()
    sides = (shape.node,) if isinstance(shape, Expression) else sides
    unders = [exact(part.bottom) for side in sides for part in walk(side)
              if isinstance(part, Quotient)]  # fmt: skip
    return any(under is not None and _has_other_primes(under.numerator) for under in unders)


def _has_other_primes(number: int) -> bool:
    """Than 2 and 5."""
    for prime in (2, 5):
        while number and number % prime == 0:
            number //= prime
    return abs(number) > 1


def is_check(before: Line, line: Line) -> bool:
    """Whether a line only puts the solution in and computes: 2 · 3 + 4 = 10."""
    if line.solutions is None or before.solutions is None or shape_names(line.shape):
        return False
    sums = isinstance(line.shape, Relation) and not all(
        isinstance(side, Number | Negative) for side in line.shape.sides
    )
    return sums and line.solutions.everything and not before.solutions.everything


def is_aside(before: Line, line: Line) -> bool:
    """Whether a line is true in itself and says nothing of the one before: 20 · 14 = 280."""
    found = line.solutions
    always = not isinstance(line.shape, Saying) and found is not None and found.everything
    return always and not (before.solutions is not None and before.solutions.everything)


def is_part(before: Line, line: Line) -> bool:
    """Whether a line has some of the solutions of the one before, and no other."""
    return before.solutions is not None and within(line, before.solutions.factors)


def within(line: Line, whole: frozenset[Any]) -> bool:
    """Whether a line has some of these solutions, and no other."""
    found = line.solutions
    return found is not None and not found.everything and bool(found.factors) and (
        found.factors < whole
    )  # fmt: skip


def places(shape: Shape) -> int:
    """The most digits after the point of a decimal in a line; 0 where there are none."""
    if isinstance(shape, Several):
        return max((places(item) for item in shape.items), default=0)
    if isinstance(shape, Expression):
        sides = (shape.node,)
    elif isinstance(shape, Relation):
        sides = shape.sides
    else:
        return 0
    numbers = [part for side in sides for part in walk(side) if isinstance(part, Number)]
    return max((number.places or 0 for number in numbers), default=0)


def is_answer(shape: Shape) -> bool:
    """X = 3, several such, or words for all numbers."""
    if isinstance(shape, Several):
        return all(is_answer(item) for item in shape.items)
    if isinstance(shape, Saying):
        return shape is Saying.EVERYTHING
    return isinstance(shape, Relation) and isinstance(shape.sides[0], Symbol)
