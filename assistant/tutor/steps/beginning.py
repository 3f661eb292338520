"""What a problem of algebra begins with: the equation or expression in its sentence."""

import re
from dataclasses import dataclass
from typing import Final

from assistant.tutor.maths.nodes import Number, Symbol
from assistant.tutor.maths.shapes import Expression
from assistant.tutor.steps.prose import expression_asked_about, relations_within
from assistant.tutor.steps.shaping import shape_of

_LONGEST: Final = 4_000
_DOLLARS: Final = re.compile(r"\$\$?([^$\n]{1,400})\$?\$")
_MARKUP: Final = re.compile(r"\\[()\[\]]")
_WORD: Final = re.compile(r"(?<!\\)[A-Za-z]{3,}")
_RELATION: Final = re.compile(r"[=<>\u2264\u2265]")
_TOGETHER: Final = re.compile(r"\b(?:systems?|simultaneous(?:ly)?|pair|both)\b", re.IGNORECASE)
_COMMANDS: Final = re.compile(
    r"\b(?:solve|simplify|expand|factor(?:i[sz]e)?|evaluate|"
    r"find the (?:roots?|zeros?|solutions?))\b",
    re.IGNORECASE,
)
_MOST: Final = 8


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the first line is held against."""

    text: str = ""
    """An equation, several of a system, or an expression; "" where none was found."""
    unread: bool = False
    """Whether there is one in the problem, but none, or more than one, could be read."""


def beginning(problem: str) -> Beginning:
    """Finds the one equation, system or expression that a problem is about.

    It is looked for in the whole text, whatever the words around it are.
    """
    text = _MARKUP.sub(" ", _DOLLARS.sub(_plain, problem[:_LONGEST]))
    if not _RELATION.search(text):
        asked = expression_asked_about(text)
        shape = shape_of(asked)
        if isinstance(shape, Expression) and not isinstance(shape.node, Number | Symbol):
            return Beginning(asked)
        return Beginning(unread=_COMMANDS.search(text) is not None)
    found = list(dict.fromkeys(_readable(text)))
    if len(found) == 1:
        return Beginning(found[0])
    if 1 < len(found) <= _MOST and _TOGETHER.search(text):
        return Beginning(", ".join(found))
    return Beginning(unread=True)


def _readable(text: str) -> list[str]:
    found: list[str] = []
    for run in relations_within(text):
        if shape_of(run) is not None:
            found.append(run)
        else:
            parts = [part.strip() for part in run.split(",") if _RELATION.search(part)]
            found.extend(part for part in parts if shape_of(part) is not None)
    return found


def _plain(found: re.Match[str]) -> str:
    """What stands between dollar signs, if it is mathematics and no price."""
    inner = found.group(1)
    return found.group() if _WORD.search(inner) else f" {inner} "
