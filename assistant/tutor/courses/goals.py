"""Which concepts someone means who says in words what to learn."""

import math
import re
import unicodedata
from collections.abc import Mapping

from assistant.domain.course import Concept, Course
from assistant.domain.ids import ConceptId

_NOISE = re.compile(
    r"a|about|able|all|and|be|by|can|course|first|for|from|how|i|in|into|is|it|know|learn|like|master"
    r"|me|my|of|on|or|study|that|the|this|to|understand|want|what|will|with|would"
)
_JOINED = re.compile(r"\b(?:and|or)\b|[,;/&+]")
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
    found: dict[ConceptId, float] = {}
    for phrase in _JOINED.split(words.casefold()):
        for concept, score in _goals(course, stems(phrase)):
            found[concept] = max(score, found.get(concept, 0.0))
    return tuple(sorted(found, key=lambda concept: -found[concept]))


def _goals(course: Course, wanted: frozenset[str]) -> list[tuple[ConceptId, float]]:
    """Of one phrase: who wants “quadratic equations” does not want every equation."""
    rarity = _rarity(course, wanted)
    scored = {one: _score(one, wanted, rarity) for one in course.concepts}
    best = max(scored.values(), default=0.0)
    titled = [word for word in wanted if any(word in _named(one) for one in course.concepts)]
    telling = max(titled, key=lambda word: (rarity[word], word), default="")
    return [
        (one.id, score)
        for one, score in scored.items()
        if score
        and score >= best * _NEAR_BEST
        and (not telling or telling in _named(one) | stems(one.summary))
    ]


def _rarity(course: Course, wanted: frozenset[str]) -> dict[str, float]:
    """What each word tells: “quadratic” more than “equation”, which stands nearly everywhere."""
    texts = [_named(concept) | stems(concept.summary) for concept in course.concepts]
    found = {word: sum(word in text for text in texts) for word in wanted}
    return {word: math.log(1 + len(texts) / (1 + count)) for word, count in found.items()}


def _score(concept: Concept, wanted: frozenset[str], rarity: Mapping[str, float]) -> float:
    title = _named(concept)
    summary = stems(concept.summary) - title
    shared = sum(_TITLE_WEIGHT * rarity[word] for word in wanted & title)
    shared += sum(rarity[word] for word in wanted & summary)
    whole = _TITLE_WEIGHT * sum(rarity.values())
    return shared / whole + (
        0.1 if stems(concept.title) and stems(concept.title) <= wanted else 0.0
    )


def _named(concept: Concept) -> frozenset[str]:
    """Words of its title and of its id: “for: one after the other” is ``for-loops``."""
    return stems(f"{concept.title} {concept.id}")


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
