"""A stream of which only whole, clean sentences get through."""

import re
from typing import Protocol

from assistant.tutor.hints.leaks import Leak

_ENDS = re.compile(r"(?<=[.!?:])[\s]+|\n+")
_LONGEST = 600
"""Characters that are held back at most before they are looked at without an end of a sentence."""


class Knows(Protocol):
    """Whoever can tell that a text holds the answer."""

    def leak(self, text: str) -> Leak | None:
        """The first part that holds it; None where there is none."""
        ...


class HeldBack:
    """Takes a reply as it is written and lets through what is surely not the answer.

    A sentence is looked at together with all that came before it, so that an answer that is spread
    over two of them is seen. From the first leak on nothing more gets through.

    Args:
        guard: Knows the answer.
    """

    def __init__(self, guard: Knows) -> None:
        self._guard = guard
        self._passed = ""
        self._waiting = ""
        self.leak: Leak | None = None

    @property
    def text(self) -> str:
        """What got through so far."""
        return self._passed

    def add(self, piece: str) -> str:
        """Takes the next piece; gives what may be shown now, which may be nothing."""
        if self.leak is not None:
            return ""
        self._waiting += piece
        end = 0
        for match in _ENDS.finditer(self._waiting):
            if not _inside_mathematics(self._passed + self._waiting[: match.end()]):
                end = match.end()
        if end == 0 and len(self._waiting) > _LONGEST:
            end = len(self._waiting)
        return self._let(end) if end else ""

    def close(self) -> str:
        """The reply has ended; gives what may be shown of the rest."""
        return self._let(len(self._waiting)) if self.leak is None and self._waiting else ""

    def _let(self, end: int) -> str:
        piece, rest = self._waiting[:end], self._waiting[end:]
        self.leak = self._guard.leak(self._passed + piece)
        if self.leak is not None:
            self._waiting = ""
            return ""
        self._passed += piece
        self._waiting = rest
        return piece


def _inside_mathematics(text: str) -> bool:
    """Whether a formula, or a fence of code, is open at the end of a text."""
    without_code = re.sub(r"`[^`\n]+`", "", text)
    return without_code.count("$") % 2 == 1 or text.count("```") % 2 == 1
