"""Mastery of each concept, from the attempts on it: figures to be shown, and a word for each."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from assistant.domain.course import Course
from assistant.domain.exercise import AnswerKind
from assistant.domain.ids import ConceptId
from assistant.domain.study import Attempt, Mastery, Rung, Standing
from assistant.tutor.learner.ability import Ability, AbilityModel, Estimate, Evidence

RUNG_COST: Mapping[Rung, float] = {
    Rung.NONE: 0.0,
    Rung.NUDGE: 0.05,
    Rung.IDEA: 0.15,
    Rung.PART: 0.40,
    Rung.SOLUTION: 1.0,
}
"""Share of the credit that is gone once a rung was shown: 5, then 10, then 25 %, then all."""

GUESS: Mapping[AnswerKind, float] = {AnswerKind.CHOICE: 0.25}
"""Chance of a right answer by someone who knows nothing; 0 for the kinds that are not named."""

_MASTERED, _SURELY, _FIRM, _GROWING = 0.88, 0.75, 0.7, 0.4


def evidence_of(attempt: Attempt) -> Evidence | None:
    """What an attempt tells of what the learner can do alone; None where it tells nothing.

    Only the first try at an exercise counts, and only without a hint can it raise mastery. With a
    hint before it, it counts against mastery by what the hint cost if it was right, and in full if
    it was wrong all the same.
    """
    if attempt.try_number != 1:
        return None
    guess = GUESS.get(attempt.kind, 0.0)
    right = attempt.correct and attempt.rung is Rung.NONE
    aided = attempt.correct and not right
    weight = RUNG_COST[attempt.rung] if aided else 1.0
    return Evidence(
        attempt.concept, right, attempt.difficulty, weight, guess=guess, when=attempt.when
    )


def ability_of(
    course: Course, attempts: Iterable[Attempt], model: AbilityModel | None = None
) -> Ability:
    """The belief that the attempts lead to, the earliest taken in first."""
    ability = Ability({concept.id: concept.requires for concept in course.concepts}, model)
    for attempt in sorted(attempts, key=lambda attempt: attempt.when):
        evidence = evidence_of(attempt)
        if evidence is not None:
            ability.learn(evidence)
    return ability


def masteries(
    course: Course,
    attempts: Sequence[Attempt],
    now: datetime,
    *,
    due: Mapping[ConceptId, int] | None = None,
    ability: Ability | None = None,
) -> tuple[Mastery, ...]:
    """Mastery of each concept of a course, in the course's order.

    Args:
        course: The course.
        attempts: Those on it, in any order.
        now: The present moment.
        due: How many cards of each concept are due.
        ability: What ``ability_of`` gives for these attempts, where it is at hand.
    """
    ability = ability or ability_of(course, attempts)
    unaided: dict[ConceptId, int] = {}
    touched: set[ConceptId] = set()
    for attempt in attempts:
        touched.add(attempt.concept)
        unaided[attempt.concept] = unaided.get(attempt.concept, 0) + attempt.unaided
    found: list[Mastery] = []
    for concept in course.concepts:
        estimate = ability.foretell(concept.id, now=now)
        count = unaided.get(concept.id, 0)
        found.append(
            Mastery(
                concept.id,
                estimate.chance,
                estimate.low,
                estimate.high,
                count,
                standing(estimate, unaided=count, touched=concept.id in touched),
                (due or {}).get(concept.id, 0),
            )
        )
    return tuple(found)


def standing(estimate: Estimate, *, unaided: int, touched: bool) -> Standing:
    """Mastery in a word: high enough, and sure enough.

    Args:
        estimate: The chance of a right, unaided answer.
        unaided: Unaided answers on the concept itself: without any, nothing is mastered.
        touched: Whether anything was tried on it.
    """
    if not touched:
        return Standing.NOT_STARTED
    if unaided and estimate.chance >= _MASTERED and estimate.low >= _SURELY:
        return Standing.MASTERED
    if estimate.chance >= _FIRM:
        return Standing.FIRM
    return Standing.GROWING if estimate.chance >= _GROWING else Standing.BEGUN
