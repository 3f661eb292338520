"""What an answer may mean besides, beside the key at hand: “1 and 1/2” is two numbers, or one.

Each of these is tried only where the likeliest reading is not right, and is right only where it
is equal to the key, so none of them has to be certain.
"""

import re
from typing import Final

from assistant.tutor.maths.nodes import symbols
from assistant.tutor.maths.notation import trees
from assistant.tutor.maths.phrases import in_terms
from assistant.tutor.maths.shapes import Expression, Relation, Shape
from assistant.tutor.maths.values import is_number

_MIXED: Final = re.compile(r"^\s*([-−]?\s*\d{1,6})\s*(?:and|&)\s*(\d{1,4}\s*[/⁄]\s*\d{1,4})\s*$")  # noqa: RUF001 - the sign itself is meant
_BOTH: Final = re.compile(r"(?<=[\w)\]])\s*\+\s*-\s*(?=[\w(\\√])")
_VALUE: Final = r"[a-zA-Z]\s*=\s*[-−+]?[\d./√]+"  # noqa: RUF001 - the sign itself is meant
_SIDE_BY_SIDE: Final = re.compile(rf"^\s*{_VALUE}(?:\s+{_VALUE})+\s*$")
_BETWEEN: Final = re.compile(r"(?<=[\d√.])\s+(?=[a-zA-Z])")
_ROOT: Final = re.compile(r"(?<![A-Za-z\\])(?:sq\.?\s?)?r(?:oo)?t\.?\s*(?:of\s+)?(?=[\d(A-Za-z])")
"""rt(2), 3rt2, sq rt 5; r and t may be letters, too."""
_LOST_POWER: Final = re.compile(r"(?<=[\d.])\s*[xX*×·]\s*10\s?([-−]\s?\d{1,3})(?!\d)\s*$")  # noqa: RUF001 - the sign itself is meant
"""3 x 10-5, whose exponent has come down."""
_COUNTED: Final = re.compile(r"([A-Za-z])_(\d)")


def other_writings(answer: str, key: Shape, typed_key: str) -> list[str]:
    """The answer written as what else it may mean, in signs.

    Args:
        answer: As it was typed.
        key: The key as it is read.
        typed_key: And as it is written.
    """
    names = frozenset[str]().union(*(symbols(node) for node in trees(key)))
    found: list[str] = []
    if not names & {"r", "t"}:
        answer = _ROOT.sub("√", answer)
    if isinstance(key, Expression | Relation):
        term = in_terms(answer, next(iter(names)) if len(names) == 1 else "")
        found += [term] if term else []
    if isinstance(key, Expression) and is_number(key.node):
        found.append(_LOST_POWER.sub(r" * 10^(\1)", answer))
    if isinstance(key, Expression) and is_number(key.node) and (mixed := _MIXED.match(answer)):
        found.append(f"{mixed[1]} {mixed[2]}")
    if "±" in typed_key or "\\pm" in typed_key:
        found.append(_BOTH.sub(" ± ", answer))
    if _SIDE_BY_SIDE.match(answer):
        found.append(_BETWEEN.sub(", ", answer))
    for letter, digit in sorted(set(_COUNTED.findall(" ".join(names)))):
        answer = re.sub(rf"(?<![A-Za-z\d_]){letter}{digit}(?!\d)", f"{letter}_{digit}", answer)
    return [*found, answer]
