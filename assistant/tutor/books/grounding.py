"""Whether what was said stands in the passages that it was said from: decided by code.

A sentence is supported where one passage holds most of its words in one place and none of the rest
in another, all of its numbers, and says no where it says no. A mark such as [2] that names a
passage which was not given is taken out. This shows that the words stand there, not that they are
true: that is for whoever wrote the passage.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from assistant.tutor.books.ranking import ranked
from assistant.tutor.books.sentences import leans, sentences
from assistant.tutor.courses.goals import stems

_MARK: Final = re.compile(
    r"\s*[\[(](?:passages?\s*|source\s*)?(\d+(?:\s*(?:,|and)\s*\d+)*)[\])]", re.I
)
_BRACKET: Final = re.compile(
    r"(?P<code>```.*?```|`[^`\n]+`)|\s*\[(?:passages?\s*|source\s*)?\d+(?:\s*(?:,|and)\s*\d+)*\]",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER: Final = re.compile(r"\d+(?:[.,/]\d+)*")
_NOT: Final = re.compile(
    r"\b(?:not|never|no|none|nothing|cannot|without|neither|nor)\b|n['\u2019]t\b", re.I
)
_SHARE: Final = 0.6
"""Share of its words that has to stand in the passage."""
_FEWEST_WORDS: Final = 2
_CLOSING: Final = "\"'\u2019\u201d)*_"
"""What may stand behind a question mark: quotation marks, a bracket, emphasis."""


class Support(StrEnum):
    """What is known of a sentence."""

    SUPPORTED = "supported"
    UNCHECKED = "unchecked"
    NO_CLAIM = "no_claim"
    """A question, or too few words to say anything."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer.

    Args:
        text: Markdown, without the marks of its sources.
        sources: Numbers, from 1, of the passages that hold it; empty unless it is supported.
        support: Whether code found it in them.
        literal: It is no Markdown but the words of a book that holds none.
    """

    text: str
    sources: tuple[int, ...]
    support: Support
    literal: bool = False


def grounded(answer: str, passages: Sequence[str]) -> tuple[Sentence, ...]:
    """Looks up every sentence of an answer in what was given.

    Args:
        answer: Markdown, with marks such as [2], which may be missing or wrong.
        passages: What was given; the mark [1] means the first.
    """
    found = (_sentence(piece, passages) for piece in sentences(answer))
    # A small model says the same again and again.
    return tuple({one.text: one for one in found if one.text}.values())


def quoted(question: str, passages: Sequence[str], most: int = 2) -> tuple[Sentence, ...]:
    """The sentences of the passages that a question is about, with the one behind the best.

    Args:
        question: What the learner typed.
        passages: As for ``grounded``.
        most: Sentences at most.

    Returns:
        In their order; empty where none shares a word with the question.
    """
    told = [
        (number, part)
        for number, passage in enumerate(passages, start=1)
        for part in sentences(passage)
        if len(stems(part)) >= _FEWEST_WORDS and not part.startswith(("#", "```", "|"))
    ]
    first = {" ".join(part.split()): at for at, (_, part) in reversed(list(enumerate(told)))}
    parts = [told[at] for at in sorted(first.values())]  # what is said twice is quoted once
    order = ranked(question, [part for _, part in parts])
    if not order or not stems(question) & stems(parts[order[0]][1]):
        return ()
    best = order[0]
    row = parts[best : best + most]
    return tuple(
        Sentence(part, (number,), Support.SUPPORTED)
        for number, part in row
        if number == parts[best][0]
    )


def without_marks(text: str) -> str:
    """A text without the marks of its sources; what looks like one in code stays."""
    return _BRACKET.sub(lambda match: match["code"] or "", text).strip()


def _sentence(piece: str, passages: Sequence[str]) -> Sentence:
    marked = [int(number) for match in _MARK.finditer(piece) for number in _numbers(match[1])]
    text = without_marks(piece)
    words = stems(text)
    if text.rstrip(_CLOSING).endswith(("?", ":")) or len(words) < _FEWEST_WORDS:
        return Sentence(text, (), Support.NO_CLAIM)
    named = [number for number in dict.fromkeys(marked) if 0 < number <= len(passages)]
    # What it names is asked first; where that does not hold it, another may.
    held = tuple(number for number in named if holds(passages[number - 1], text))
    if not held:
        others = (number for number in range(1, len(passages) + 1) if number not in named)
        held = tuple(number for number in others if holds(passages[number - 1], text))[:1]
    return Sentence(text, held, Support.SUPPORTED if held else Support.UNCHECKED)


def _numbers(marks: str) -> list[str]:
    return re.findall(r"\d+", marks)


def holds(passage: str, sentence: str) -> bool:
    """Whether a passage says what a sentence says, by its words, numbers and noes."""
    if sentence.startswith("```"):
        rows = [" ".join(row.split()) for row in sentence.strip("`").splitlines()[1:]]
        return {row for row in rows if row} <= {" ".join(r.split()) for r in passage.splitlines()}
    numbers = set(_NUMBER.findall(sentence))
    if not numbers <= set(_NUMBER.findall(passage)):
        return False
    words = frozenset(word for word in stems(sentence) if not word.isdigit())
    parts = sentences(passage)
    # Two sentences say one thing only where the second goes on about the first.
    windows = [*parts, *(f"{one} {other}" for one, other in pairwise(parts) if leans(other))]
    best = max(windows, key=lambda window: len(words & stems(window)), default="")
    if not words or len(words & stems(passage)) < _SHARE * len(words):
        return False
    near = words & stems(best)
    if len(near) < _SHARE * len(words) or (words - near) & stems(passage):
        # A word of another sentence was put in the place of one of this: “division” for “addition”.
        return False
    return len(_NOT.findall(sentence)) == len(_NOT.findall(best))
