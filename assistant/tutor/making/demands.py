"""How hard a question about a program really is, measured on what it puts before the learner.

The level of a draw only says what was asked for. What a question demands is read off its program:
how many things happen in it, how deep they lie in each other, and whether the answer is chosen,
typed or written. Each generator has its own scale: 1 for what demands least of all that it makes,
5 for what demands most.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Final

from assistant.tutor.making.drafts import About, Draft, Draw

_PANEL: Final = 30
"""How many questions of each level a scale is made of."""
_INDENT: Final = 4
_FELT: Final = 1.15
_DEPTH: Final = 0.5
_NUMBER_STEP: Final = 0.25
_TOKEN: Final = re.compile(
    r"""(?P<text>[fr]?(?:"[^"\n]*"|'[^'\n]*'))|(?P<number>\d+(?:\.\d+)?)|(?P<word>[^\W\d]\w*)"""
    r"""|(?P<sign>\*\*|//|[-+*/%]=|[<>=!]=|[^\s\w])"""
)
_WORDS: Final = {
    **dict.fromkeys(("class", "yield"), 3.0),
    **dict.fromkeys(("def", "for", "while", "lambda", "global", "nonlocal"), 2.0),
    **dict.fromkeys(("if", "elif", "try", "except", "finally", "raise", "super"), 1.5),
    **dict.fromkeys(("and", "or", "not", "is", "with", "break", "continue"), 1.0),
}
_SIGNS: Final = {
    **dict.fromkeys(("**", "//", "%"), 1.5),
    **dict.fromkeys(("+", "-", "*", "/", "<", ">", "==", "!=", "<=", ">="), 1.0),
    **dict.fromkeys(("+=", "-=", "*=", "/=", "%="), 1.0),
    **dict.fromkeys(("[", "{", "."), 0.7),
    **dict.fromkeys(("(", "="), 0.5),
}
_NAMED, _FORMATTED, _OTHER = 0.3, 1.5, 0.1
_ASKED: Final = {
    About.PROGRAM: 0.0,
    About.GAP: 1.0,
    About.ONLY_PRINTS: 1.0,
    About.CHANGE: 2.0,
    About.TESTS: 12.0,
}
_TYPED: Final = 2.0
"""What it adds that nothing is there to choose from."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The demands of a generator's questions, the least first."""

    demands: tuple[int, ...]

    def difficulty(self, draft: Draft) -> float:
        """From 1 to 5: the share of the generator's questions that demand less, and the numbers.

        The same question with other numbers is never more than half a step away.
        """
        demand = demand_of(draft)
        below, upto = bisect_left(self.demands, demand), bisect_right(self.demands, demand)
        share = (below + upto) / 2 / len(self.demands)
        return round(min(max(1 + 4 * share + _size_of_numbers(draft), 1.0), 5.0), 2)


@lru_cache(maxsize=256)
def scale_of(generator: str) -> Scale:
    """The scale of a generator, from a panel of its questions; always the same one."""
    from assistant.tutor.making.registry import GENERATORS

    make = GENERATORS[generator]
    drafts = (
        make(Draw(f"{generator}:scale:{level}:{number}", level))
        for level in range(1, 6)
        for number in range(_PANEL)
    )
    return Scale(tuple(sorted(demand_of(draft) for draft in drafts)))


def demand_of(draft: Draft) -> int:
    """What a question about a program asks of the learner, whatever numbers and texts are in it.

    It counts in steps of a seventh: less than that is no difference that anyone feels.
    """
    about = draft.claim.about
    typed = _TYPED if about is About.PROGRAM and not draft.choices else 0.0
    whole = _ASKED[about] + typed + _steps(_program(draft))
    return round(log(1 + whole) / log(_FELT))


def _program(draft: Draft) -> str:
    return draft.code.reference if draft.code is not None else draft.claim.data[0]


def _steps(program: str) -> float:
    """Things that happen, weighted, and how deep each line stands in others."""
    depth = sum(
        (len(line) - len(line.lstrip())) // _INDENT for line in program.splitlines() if line.strip()
    )
    return depth * _DEPTH + sum(_weight(found) for found in _TOKEN.finditer(program))


def _weight(found: re.Match[str]) -> float:
    if found["sign"]:
        return _SIGNS.get(found["sign"], _OTHER)
    if found["text"]:
        return _FORMATTED if found["text"].startswith("f") else _NAMED
    return _WORDS.get(found["word"] or "", _NAMED)


def _size_of_numbers(draft: Draft) -> float:
    """A quarter of a step less for one digit, none for two, and more for three."""
    digits = max((len(one["number"] or "") for one in _TOKEN.finditer(_program(draft))), default=1)
    return _NUMBER_STEP * (min(max(digits, 1), 3) - 2)
