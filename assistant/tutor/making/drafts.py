"""What a generator makes: an exercise whose key nobody has checked yet, and what is to be checked.

A generator is a function of a ``Draw``: it takes its numbers, words and its level from there.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Final, TypeVar

from assistant.domain.exercise import AnswerKind, CodeTask, Form

Thing = TypeVar("Thing")
COMPUTE: Final = ("Work out {}.", "Compute {}.", "What is {}?", "Calculate {}.", "Find {}.")
SOLVE: Final = ("Solve {}.", "Find {x} if {}.", "For which {x} is {}?", "Find the solution of {}.")


class About(Enum):
    """What has to be recomputed to prove a key, and from what."""

    VALUE = "value"
    """One expression; the answer is equal to it."""
    SOLUTIONS = "solutions"
    """An equation and its unknown; the answer is all of its real solutions."""
    POSITIVE = "positive"
    """A formula and its letter, which stands for no negative number."""
    SYSTEM = "system"
    """Two equations in x and y: both numbers."""
    SECOND = "second"
    """The same, and only y is asked for."""
    LINE = "line"
    """Slope, and both coordinates of a point."""
    DOUBLE = "double"
    """A quadratic in x with a letter, and that letter: positive, and so that there is one zero."""
    DISCRIMINANT = "discriminant"
    """A quadratic in x."""
    AXIS = "axis"
    VERTEX = "vertex"
    EXTREME = "extreme"
    """The value at the vertex."""
    OPENS = "opens"
    """A sign for the first number, the crossing of the y-axis, pairs of choice and quadratic."""
    INEQUALITY = "inequality"
    """An inequality in x."""
    ONLY_TRUE = "only true"
    """Pairs of a choice and a statement: that of the right choice is true, the others are not."""
    COMMON_FACTOR = "common factor"
    """Two whole numbers."""
    COMMON_MULTIPLE = "common multiple"
    PRIME = "prime"
    """Choices, of which one is a prime number."""
    TIMES_IN = "times in"
    """A prime and a number: how often the one divides the other."""
    PROGRAM = "program"
    """A program; the answer is what it prints."""
    GAP = "gap"
    """A program with a gap, what it is to print, and the choices: with the right one alone it
    does."""
    CHANGE = "change"
    """A faulty program, what it is to print, and changes of a line: with the right one alone it
    does."""
    ONLY_PRINTS = "only prints"
    """A program, ``True`` or ``False``, and expressions: after it the right one alone has that
    truth."""
    TESTS = "tests"
    """Wrong programs; the tests refuse them and the starter, and accept the reference."""
    MUSIC = "music"
    """A question of music: what is asked, and about what; see ``proving_music``."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What the key says, put so that it can be recomputed without the generator.

    Args:
        about: The kind of question.
        data: What it is about, in plain notation: ``("3x + 5 = 11", "x")``.
    """

    about: About
    data: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An exercise without id, concept and proof; the fields are those of ``Exercise`` and ``Key``.

    ``wrong`` may hold answers that happen to be right or the same as another: they are taken out.
    """

    kind: AnswerKind
    prompt: str
    answer: str
    claim: Claim
    nudge: str
    idea: str
    part: str
    solution: tuple[str, ...]
    others: tuple[str, ...] = ()
    form: Form = Form.ANY
    unit: str = ""
    tolerance: float = 0.0
    wrong: tuple[tuple[str, str], ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    """Text and misconception."""
    given: str = ""
    title: str = ""
    code: CodeTask | None = None


class Draw:
    """Chance with a level: the same for the same name.

    Args:
        name: What the numbers follow from.
        level: From 1 to 5.
    """

    def __init__(self, name: str, level: int) -> None:
        # For variety, not for secrets: a text seeds the same numbers on every system.
        self._random = random.Random(name)  # noqa: S311 - nothing secret is drawn
        self.level = level

    def integer(self, low: int, high: int, *without: int) -> int:
        """A whole number between two, both included, that is none of those left out."""
        return self._random.choice([n for n in range(low, high + 1) if n not in without])

    def signed(self, low: int, high: int, *without: int) -> int:
        """The same, positive or negative."""
        both = [*range(low, high + 1), *range(-high, -low + 1)]
        return self._random.choice([n for n in both if n not in without])

    def pick(self, *things: Thing) -> Thing:
        """One of these."""
        return self._random.choice(things)

    def from_level(self, level: int) -> bool:
        """Whether the level is this one or beyond."""
        return self.level >= level

    def coin(self) -> bool:
        """Yes or no."""
        return bool(self.pick(0, 1))

    def by_level(self, *things: Thing) -> Thing:
        """The one for this level; the last for all levels beyond."""
        return things[min(self.level, len(things)) - 1]

    def shuffled(self, things: Sequence[Thing]) -> tuple[Thing, ...]:
        """All of these in another order."""
        return tuple(self._random.sample(things, len(things)))

    def some(self, things: Sequence[Thing], count: int) -> list[Thing]:
        """So many different ones of these."""
        return self._random.sample(things, count)

    def ask(self, what: str, *frames: str) -> str:
        """A question in one of several wordings, with ``what`` in the place of ``{}``."""
        return self._random.choice(frames or COMPUTE).replace("{}", what)


Generator = Callable[[Draw], Draft]


def plain(number: Fraction | int) -> str:
    """A number as it is typed: ``-3/4``."""
    return str(Fraction(number))


def tex(number: Fraction | int) -> str:
    """A number as LaTeX."""
    value = Fraction(number)
    if value.denominator == 1:
        return str(value.numerator)
    sign = "-" if value < 0 else ""
    return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def inner(number: Fraction | int) -> str:
    """A number as it stands after an operator: in brackets where it is negative."""
    return f"({tex(number)})" if number < 0 else tex(number)


def poly(*coefficients: int, letter: str = "x") -> str:
    """A polynomial from its highest power on, both LaTeX and plain: ``3x^2 - x + 5``."""
    size = len(coefficients) - 1
    pieces: list[str] = []
    for at, number in enumerate(coefficients):
        power = size - at
        name = "" if not power else letter if power == 1 else f"{letter}^{power}"
        if number:
            count = "" if abs(number) == 1 and name else str(abs(number))
            sign = ("-" if number < 0 else "") if not pieces else (" - " if number < 0 else " + ")
            pieces.append(f"{sign}{count}{name}")
    return "".join(pieces) or "0"


def decimal(number: Fraction | int) -> str:
    """A terminating decimal, written out.

    Raises:
        ValueError: It does not terminate within twelve places.
    """
    value = Fraction(number)
    for places in range(13):
        if (value * 10**places).denominator == 1:
            return f"{int(value * 10**places) / 10**places:.{places}f}"
    raise ValueError(f"{value} does not end")
