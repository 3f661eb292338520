"""Cuts Markdown into sentences without cutting formulas or code."""

import re
from collections.abc import Iterator

_END = re.compile(
    r"(?<=[.!?])[\"'\u201d\u2019)\]]*(?:\s*\[\d+(?:\s*,\s*\d+)*\])*\s+|\n+|(?<=[\u3002\uff01\uff1f])"
)
_SHORT = re.compile(r"\b(?:e\.g|i\.e|etc|vs|cf|Dr|Mr|Mrs|Ms|No|pp?|Fig|Eq)\.\s*$")

_LEANS = re.compile(
    r"\W*(?:it|its|that|this|these|those|they|them|their|he|she|his|her|so|then|here|there|such"
    r"|both|each|also|thus|hence|therefore|because|for (?:example|instance)|and|but|or)\b",
    re.IGNORECASE,
)


def leans(text: str) -> bool:
    """Whether a text begins as one does that goes on about what stands before it."""
    return _LEANS.match(text) is not None


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text in order; together they are all of it but the space between them.

    A mark of a source behind the full stop, as in “It is so. [2]”, stays with its sentence.

    Args:
        text: Markdown.
    """
    found = (piece.strip() for piece in _pieces(text))
    return tuple(piece for piece in found if piece)


def _pieces(text: str) -> Iterator[str]:
    start = 0
    for match in _END.finditer(text):
        piece = text[start : match.end()]
        if _open(piece) or _SHORT.search(piece.rstrip()):
            continue
        yield piece
        start = match.end()
    yield text[start:]


def _open(piece: str) -> bool:
    """Whether a formula or a fence of code is open at its end."""
    if piece.count("```") % 2 == 1:
        return True
    return re.sub(r"`[^`\n]+`", "", piece).replace("\\$", "").count("$") % 2 == 1
