"""Which concepts someone means who says in words what to learn."""

import re
import unicodedata

from assistant.domain.course import Concept, Course
from assistant.domain.ids import ConceptId

_NOISE = re.compile(
    r"a|about|able|all|and|be|by|can|course|first|for|from|how|i|in|into|is|it|know|learn|like|master"
    r"|me|my|of|on|or|study|that|the|this|to|understand|want|what|will|with|would"
)
_ENDINGS = ("ations", "ation", "ings", "ing", "ers", "ies", "ed", "es", "er", "e", "s", "y")
_SHORTEST_STEM = 3
_TITLE_WEIGHT = 3
_NEAR_BEST = 0.6


def goals_in_words(course: Course, words: str) -> tuple[ConceptId, ...]:
    """Concepts that share words with the wish, the nearest first.

    Args:
        course: The course to look in.
        words: “I want to learn recursion”.

    Returns:
        Empty where the words are about the course as a whole or about none of its concepts.
    """
    wanted = stems(words)
    if not wanted or wanted <= stems(course.title):
        return ()
    scored = [(_score(concept, wanted), concept.id) for concept in course.concepts]
    best = max((score for score, _ in scored), default=0.0)
    near = [(score, concept) for score, concept in scored if score and score >= best * _NEAR_BEST]
    return tuple(concept for _, concept in sorted(near, key=lambda pair: -pair[0]))


def _score(concept: Concept, wanted: frozenset[str]) -> float:
    title = stems(concept.title)
    summary = stems(concept.summary) - title
    shared = _TITLE_WEIGHT * len(wanted & title) + len(wanted & summary)
    return shared / (_TITLE_WEIGHT * len(wanted)) + (0.1 if title and title <= wanted else 0.0)


def stems(text: str) -> frozenset[str]:
    """Words of a text without their endings, accents and case; small words are left out."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))
    return frozenset(_stem(word) for word in words if not _NOISE.fullmatch(word))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
