"""What a course says of a word or a question: its cards, its lessons, and what its words mean."""

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from assistant.domain.course import Concept, Course
from assistant.domain.ids import ConceptId
from assistant.tutor.books.sentences import leans, sentences
from assistant.tutor.courses.goals import stems

_MARKED: Final = re.compile(r"\*\*([^*\n]{2,40})\*\*|(?<![*\w])\*([^*\n]{2,40})\*(?![*\w])")
_FENCE: Final = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_ITEM: Final = re.compile(r"^(?:[-*+]|\d+\.)\s+", re.MULTILINE)
_PARTNER: Final = re.compile(
    r"\W*(?:one|the (?:first|second|last|other|same)|you can do that)\b", re.I
)
"""Begins a passage that needs the one before it, though a sentence with it may go on by itself."""
_REASONS: Final = re.compile(r"\b(?:because|since|so that|that is why|why|reason|means)\b", re.I)
_DEFINED_BY: Final = re.compile(
    r"(?:\b(?:is|are|be|was)\s+(?:called\s+|named\s+)?(?:an?\s+|the\s+)?|\bcall(?:s|ed)?\s+(?:\w+\s+){0,3}"
    r"|[,(]\s*(?:also\s+)?(?:an?\s+|the\s+)?)$",
    re.IGNORECASE,
)
_DEFINES: Final = re.compile(
    r"[\w\s]{0,12}(?:\([^)]*\)\s*)?\s*(?:\b(?:is|are|means?|have|has|says?|holds?|keeps?)\b|:)",
    re.I,
)
_LONGEST: Final = 700
_FEWEST_WORDS: Final = 6
_MOST_WORDS_OF_TERM: Final = 4
_LEAST_SHARED: Final = 0.4
_FURTHER: Final = 0.75
"""What a passage is worth less for each concept that lies between."""
_REASON_WEIGHT: Final = 1.25
_LEAST_TERM: Final = 6
_WHAT: Final = stems("what does do mean is are there call stand for")
_CHECKS: Final = stems("check checking verify")


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of the course that stands by itself.

    Args:
        text: Markdown.
        concept: Whose lesson or card it is.
        question: What a card asks; "" for a passage of a lesson.
        away: Concepts between it and the one in hand: 0 for its own.
    """

    text: str
    concept: Concept
    question: str = ""
    away: int = 0

    def words(self, *, own: bool) -> str:
        """As it is shown, with where it is from.

        Args:
            own: Whether it is of the concept in hand.
        """
        where = "The lesson" if own else f"The lesson “{self.concept.title}”"
        return f"**{self.question}** {self.text}" if self.question else f"{where} says: {self.text}"


class Knowledge:
    """What a course says about a concept and what it rests on.

    Args:
        course: The course.
        concept: The one in hand.
    """

    def __init__(self, course: Course, concept: Concept) -> None:
        self._course = course
        self._concept = concept

    def about(self, wanted: Collection[str], *, reasons: bool = False) -> Iterator[Passage]:
        """Passages that share most with some words, the best first; none that share too little.

        A stem counts the more, the fewer passages hold it (inverse document frequency), and one
        that none holds as the rarest. A passage is worth the share of the asked words' weight that
        it holds; a card is looked at by its question, and by what that asks besides.

        Args:
            wanted: Stems of a question, or of what it is about.
            reasons: Whether those that give reasons are wanted.
        """
        scored = [(self._worth(one, wanted, reasons=reasons), one) for one in self._near]
        scored.sort(key=lambda pair: -pair[0])
        yield from (one for worth, one in scored if worth >= _LEAST_SHARED)

    def meaning(self, term: str) -> Iterator[Passage]:
        """Passages that say what a word means, the nearest lesson's first.

        Args:
            term: One word or a few, as the learner wrote it.
        """
        wanted = stems(term)
        if not wanted:
            return
        everywhere = tuple(self._passages(self._reach(whole=True)))
        for one in everywhere:
            if one.question and wanted <= stems(one.question) <= wanted | _WHAT:
                yield one
        told = [(rank, one) for one in everywhere if (rank := self._tells(one, term)) is not None]
        yield from (one for _, one in sorted(told, key=lambda pair: pair[0]))
        titled = [one for one in self._course.concepts if wanted <= stems(one.title)]
        for concept in sorted(titled, key=lambda one: len(one.title)):
            yield Passage(concept.summary, concept, f"{concept.title}:")

    def _tells(self, one: Passage, word: str) -> tuple[bool, bool, bool, int] | None:
        """How well a passage of a lesson says what a word means, the least first; None: not at all.

        The word itself before one that is longer, what defines it before what uses it, and the
        lesson that comes first in the course before those that build on it.
        """
        if one.question:
            return None
        order = {each.id: place for place, each in enumerate(self._course.concepts)}
        wanted = stems(word)
        ranks = [
            (
                stems(term) != wanted,
                not defined,
                term.casefold() != word.casefold(),
                order[one.concept.id],
            )
            for term, defined in _terms(one.text)
            if _is_called(wanted, term)
        ]
        return min(ranks, default=None)

    def terms_in(self, text: str) -> tuple[str, ...]:
        """Words of the near lessons that have a meaning of their own and occur in a text.

        Args:
            text: Of an exercise.
        """
        said = stems(text)
        found: dict[frozenset[str], str] = {}
        for one in self._passages(self._reach()):
            for term, defined in () if one.question else _terms(one.text):
                bare = stems(term)
                if defined and bare and bare <= said and len(term) >= _LEAST_TERM:
                    found.setdefault(bare, term)
        widest = [bare for bare in found if not any(bare < other for other in found)]
        return tuple(found[bare] for bare in sorted(widest, key=lambda one: -len(one)))

    def gist(self) -> str:
        """What the concept is about, and how its lesson begins."""
        own = self._passages({self._concept.id: 0})
        first = next((one.text for one in own if not one.question), "")
        return f"What this lesson is for: {self._concept.summary}\n\n{first}".strip()

    def check(self) -> Iterator[Passage]:
        """Passages of the concept's own lesson on how a result is checked."""
        for one in self._passages({self._concept.id: 0}):
            if not one.question and _CHECKS & stems(one.text):
                yield one

    def _worth(self, one: Passage, wanted: Collection[str], *, reasons: bool) -> float:
        held = stems(one.question) if one.question else stems(one.text)
        rare = max(self._weights.values(), default=1.0)
        whole = sum(self._weights.get(word, rare) for word in wanted)
        worth = sum(self._weights[word] for word in wanted if word in held) / max(whole, rare)
        if one.question:
            asked = sum(self._weights[word] for word in held)
            worth *= math.sqrt(whole / asked) if asked > whole else 1.0
        if reasons and _REASONS.search(f"{one.question} {one.text}"):
            worth *= _REASON_WEIGHT
        return worth * _FURTHER**one.away

    @cached_property
    def _near(self) -> tuple[Passage, ...]:
        return tuple(self._passages(self._reach()))

    @cached_property
    def _weights(self) -> dict[str, float]:
        held = [stems(f"{one.question} {one.text}") for one in self._near]
        every = frozenset[str]().union(*held)
        return {
            word: math.log(1 + len(held) / (1 + sum(word in one for one in held))) for word in every
        }

    def _reach(self, *, whole: bool = False) -> dict[ConceptId, int]:
        """How far concepts are: what it requires is one away, what that requires two.

        Args:
            whole: Whether the rest of the course counts as well, farther than all that.
        """
        far = {self._concept.id: 0}
        ring: Sequence[ConceptId] = [self._concept.id]
        for away in (1, 2) if not whole else range(1, len(self._course.concepts)):
            ring = [
                each for one in ring for each in self._course.by_id[one].requires if each not in far
            ]
            far.update(dict.fromkeys(ring, away))
        if whole:
            most = max(far.values()) + 1
            far = {one.id: most for one in self._course.concepts} | far
            far = dict(sorted(far.items(), key=lambda pair: pair[1]))
        return far

    def _passages(self, reach: dict[ConceptId, int]) -> Iterator[Passage]:
        for each, away in reach.items():
            concept = self._course.by_id[each]
            for card in concept.cards:
                yield Passage(card.back, concept, card.front, away)
            for text in paragraphs(concept.lesson.explanation):
                yield Passage(text, concept, away=away)


def paragraphs(explanation: str) -> tuple[str, ...]:
    """The passages of a lesson that can be read by themselves.

    Headings, tables, pictures and programs are left out, and so is what leans on the text before
    it or breaks off before something that is shown. Items of a list stand for themselves.

    Args:
        explanation: Markdown.
    """
    kept: list[str] = []
    for block in _FENCE.sub("\n\n```\n\n", explanation).split("\n\n"):
        for part in _parts(block.strip()):
            text = _short(part)
            begins = text[:1].islower() and not _ITEM.match(block.strip())
            if text and not begins and not (leans(text) or _PARTNER.match(text)):
                kept.append(text)
    return tuple(kept)


def _parts(block: str) -> Sequence[str]:
    if block.startswith(("#", "|", "!", "```", "$$", ">")):
        return ()
    if _ITEM.match(block):
        return [part.strip() for part in _ITEM.split(block) if part.strip()]
    return [block]


def _short(text: str) -> str:
    """Whole sentences of a passage up to its longest; "" where nothing is left."""
    kept: list[str] = []
    for one in sentences(text):
        if sum(map(len, kept)) + len(one) > _LONGEST:
            break
        kept.append(one)
    while kept and kept[-1].rstrip("* ").endswith((":", ",", "?")):
        kept.pop()
    told = " ".join(kept)
    return told if len(told.split()) >= _FEWEST_WORDS else ""


def _is_called(wanted: frozenset[str], word: str) -> bool:
    """Whether a word of a lesson is what was asked for, with one more word at most."""
    found = stems(word)
    return wanted <= found and len(found - wanted) <= 1


def _terms(text: str) -> Iterator[tuple[str, bool]]:
    """The words that a passage marks, and whether the sentence round them says what they are."""
    for sentence in sentences(text):
        for found in _MARKED.finditer(sentence):
            term = (found[1] or found[2]).strip()
            plain = len(term.split()) <= _MOST_WORDS_OF_TERM and term[-1] not in ".!?:"
            if plain and any(map(str.isalpha, term)):
                before, behind = sentence[: found.start()], sentence[found.end() :]
                yield term, bool(_DEFINED_BY.search(before) or _DEFINES.match(behind))
