"""Which pieces of a text a question is about, by its words."""

import math
from collections.abc import Sequence

from assistant.tutor.courses.goals import stems

_WEAK = stems("have has had must should need get go make use say take give mean call happen there")
"""Words that a question has whatever it is about."""


def pieces_of(text: str, most: int = 600) -> tuple[str, ...]:
    """Paragraphs of a text, short ones joined with what follows.

    Args:
        text: Markdown.
        most: Characters of a piece; a paragraph that is longer stays whole.
    """
    pieces: list[str] = []
    for paragraph in filter(None, (part.strip() for part in text.split("\n\n"))):
        if pieces and len(pieces[-1]) + len(paragraph) < most:
            pieces[-1] += f"\n\n{paragraph}"
        else:
            pieces.append(paragraph)
    return tuple(pieces)


def ranked(question: str, pieces: Sequence[str]) -> tuple[int, ...]:
    """Places of the pieces, the one that shares most with the question first.

    A word counts the more, the fewer pieces hold it (inverse document frequency); where the
    question shares nothing with any, they stay in their order.
    """
    wanted = stems(question) - _WEAK
    held = [stems(piece) for piece in pieces]
    weights = {
        word: math.log(1 + len(pieces) / (1 + sum(word in one for one in held))) for word in wanted
    }
    scores = [sum(weights[word] for word in wanted & one) for one in held]
    return tuple(sorted(range(len(pieces)), key=lambda at: (-scores[at], at)))
