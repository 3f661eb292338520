"""What an answer as a whole can be: an expression, a relation, a set, an interval, a list."""

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from assistant.tutor.maths.nodes import Node


@dataclass(frozen=True, slots=True)
class Expression:
    """A number or a term with unknowns."""

    node: Node


@dataclass(frozen=True, slots=True)
class Relation:
    """Sides with a sign between each and the next: 2x + 1 = 5, -1 < x ≤ 3."""

    sides: tuple[Node, ...]
    signs: tuple[str, ...]
    """Each one of = < > ≤ ≥ ≠ ≈."""


@dataclass(frozen=True, slots=True)
class Bracketed:
    """A point, a vector or an interval: what its brackets and its key say."""

    items: tuple["Shape", ...]
    opened: str
    closed: str


@dataclass(frozen=True, slots=True)
class Several:
    """A list, a set, or relations that hold together or one instead of the other."""

    items: tuple["Shape", ...]
    joined: str
    """``,`` a list, ``{`` a set, ``or``, ``and``, ``∩`` sets of which the common part is meant."""


@dataclass(frozen=True, slots=True)
class Union:
    """Intervals and sets put together."""

    parts: tuple["Shape", ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of equal length."""

    rows: tuple[tuple[Node, ...], ...]


class Saying(Enum):
    """Answers that are words."""

    NOTHING = "no solution"
    EVERYTHING = "all real numbers"
    UNDEFINED = "undefined"
    ENDLESS = "infinitely many solutions"


Shape: TypeAlias = Expression | Relation | Bracketed | Several | Union | Matrix | Saying
