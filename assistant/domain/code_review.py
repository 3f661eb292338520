"""What is known of a program that somebody wrote: what it does, and what is wrong with it."""

from dataclasses import dataclass
from enum import StrEnum


class CheckedBy(StrEnum):
    """What showed that something said of a program is so."""

    AST = "ast"
    """It was read off the program's structure."""
    RUFF = "ruff"
    RUN = "run"
    """The program was run, sealed off, and did it."""
    NOTHING = "nothing"
    """A model said it: shown as not checked."""


class Weight(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """It goes wrong as soon as this line is reached."""
    LIKELY = "likely"
    """It runs, and most likely does not do what was meant."""
    STYLE = "style"
    """It works, and can be written better."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a program does, in a sentence."""

    line: int
    """From 1."""
    depth: int
    """How many blocks it stands in."""
    words: str
    """Markdown, with code between backticks."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, or could be better."""

    kind: str
    """A known wrong idea in kebab-case (``mutable-default``), or a rule of ruff's (``F841``)."""
    line: int
    weight: Weight
    title: str
    words: str
    """What stands there and why it matters, in a sentence or two."""
    remedy: str
    """What to do about it; "" where nothing better is known."""
    checked_by: CheckedBy = CheckedBy.AST


@dataclass(frozen=True, slots=True)
class FunctionMeasure:
    """How involved a function is, or the program's own lines, under the name ``<module>``."""

    name: str
    line: int
    lines: int
    complexity: int
    """Ways through it: 1, and one more for each decision (McCabe 1976)."""
    nesting: int
    """Blocks in blocks, at the deepest place."""
    growth: str
    """An estimate, read off its loops: ``O(n²)``; what n is, ``growth_why`` says."""
    growth_why: str


@dataclass(frozen=True, slots=True)
class NameUse:
    """A name of a function's own, or of the program's."""

    name: str
    scope: str
    """The function that it belongs to; ``<module>`` for the program itself."""
    set_on: tuple[int, ...]
    """Lines that give it a value."""
    read_on: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a text is no program that could be looked at."""

    kind: str
    """``empty``, ``too_large``, ``not_text``, ``python2``, ``another_language``, ``syntax``."""
    line: int
    """0 where it is of no line."""
    words: str
    remedy: str


@dataclass(frozen=True, slots=True)
class CodeReading:
    """What can be read off a program without running it."""

    told: tuple[Told, ...] = ()
    findings: tuple[Finding, ...] = ()
    measures: tuple[FunctionMeasure, ...] = ()
    names: tuple[NameUse, ...] = ()
    unreadable: Unreadable | None = None
