"""The placement test: at each step the question whose answer would tell most."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assistant.domain.ids import ConceptId
from assistant.tutor.learner.ability import Ability

_KNOWN, _LIKELY, _UNKNOWN = 0.7, 0.6, 0.45
_MOST_QUESTIONS = 20
_ENOUGH_SHARE = 0.15
"""The test ends once the best question would tell less than this share of what the first told."""
_MOST_OF_ONE = 2


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask next.

    Args:
        concept: What about.
        difficulty: How difficult, 1 to 5.
        number: Which question it is, from 1.
    """

    concept: ConceptId
    difficulty: float
    number: int


def next_question(
    ability: Ability,
    asked: Mapping[ConceptId, int],
    *,
    askable: Collection[ConceptId] | None = None,
    longest: int = _MOST_QUESTIONS,
) -> Question | None:
    """The question that would tell most; None once the test should end.

    Args:
        ability: The belief so far, the answers of this test taken in.
        asked: How often each concept was asked about.
        askable: Concepts that there are exercises for; all when None.
        longest: How many questions a test may have.
    """
    number = sum(asked.values()) + 1
    if number > longest:
        return None
    left = [
        concept
        for concept in ability.concepts
        if asked.get(concept, 0) < _MOST_OF_ONE and (askable is None or concept in askable)
    ]
    if not left:
        return None
    worth = {concept: ability.worth(concept) for concept in left}
    best = max(left, key=lambda concept: worth[concept])
    if number > 1 and worth[best] < _ENOUGH_SHARE * _first_worth(ability):
        return None
    return Question(best, ability.difficulty_for(best, 0.5), number)


def _first_worth(ability: Ability) -> float:
    stranger = ability.stranger()
    return max(stranger.worth(concept) for concept in stranger.concepts)


def known(ability: Ability) -> frozenset[ConceptId]:
    """The concepts that the learner has: their lessons may be skipped.

    They are those that are likely and not too unsure, and what these rest on where it is likely.
    """
    found = {concept: ability.foretell(concept) for concept in ability.concepts}
    queue = [
        concept
        for concept, estimate in found.items()
        if estimate.chance >= _KNOWN and estimate.low >= _UNKNOWN
    ]
    sure: set[ConceptId] = set()
    while queue:
        concept = queue.pop()
        if concept not in sure:
            sure.add(concept)
            bases = ability.requires.get(concept, ())
            queue.extend(base for base in bases if found[base].chance >= _LIKELY)
    return frozenset(sure)
