"""Mastery of each concept, from the attempts on it: figures to be shown, and a word for each."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from assistant.domain.course import Course
from assistant.domain.exercise import AnswerKind
from assistant.domain.ids import ConceptId
from assistant.domain.study import Attempt, Mastery, Rung, Standing
from assistant.tutor.learner.ability import Ability, AbilityModel, Estimate, Evidence
from assistant.tutor.learner.placement import Places, latest_test, places_of

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

_FOUND_KNOWN = 3.0
"""What a placement test takes as known weighs like so many right answers: enough to be firm."""
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
    """The belief that the attempts lead to, the earliest taken in first.

    With the last answer of a placement test comes what the whole of it found out, on the concepts
    that it did not ask about as well. Only the test that counts tells something: not one that
    another took the place of, nor one that is taken again and not ended.
    """
    ability = Ability({concept.id: concept.requires for concept in course.concepts}, model)
    for _ in learned(ability, course, attempts):
        pass
    return ability


def learned(ability: Ability, course: Course, attempts: Iterable[Attempt]) -> Iterator[Attempt]:
    """Has a belief take in attempts as ``ability_of`` does; gives each once it is taken in."""
    ordered = sorted(attempts, key=lambda attempt: attempt.when)
    test = latest_test(ordered)
    for attempt in ordered:
        evidence = evidence_of(attempt) if not attempt.placement or attempt in test else None
        if evidence is not None:
            ability.learn(evidence)
        if test and attempt is test[-1]:
            for finding in _findings(course, test):
                ability.learn(finding)
        yield attempt


def _findings(course: Course, test: Sequence[Attempt]) -> Iterator[Evidence]:
    """What a placement test tells of each concept of which it is sure."""
    places = _placed(course, test)
    known, unknown, when = places.known(), places.unknown(), test[-1].when
    for concept in course.concepts:
        if concept.id in known:
            yield Evidence(concept.id, right=True, weight=_FOUND_KNOWN, when=when)
        elif concept.id in unknown:
            yield Evidence(concept.id, right=False, when=when)


def _placed(course: Course, test: Sequence[Attempt]) -> Places:
    return places_of({one.id: one.requires for one in course.concepts}, test, GUESS)


def masteries(
    course: Course,
    attempts: Sequence[Attempt],
    now: datetime,
    *,
    due: Mapping[ConceptId, int] | None = None,
    ability: Ability | None = None,
) -> tuple[Mastery, ...]:
    """Mastery of each concept of a course, in the course's order.

    A placement test is no lesson: what it asked about is not started by that, but what is firm by
    it is taken as known, and so is not taught again.

    Args:
        course: The course.
        attempts: Those on it, in any order.
        now: The present moment.
        due: How many cards of each concept are due.
        ability: What ``ability_of`` gives for these attempts, where it is at hand.
    """
    ability = ability or ability_of(course, attempts)
    practice = [one for one in attempts if not one.placement]
    test = latest_test(attempts)
    touched = {one.concept for one in practice}
    unaided = Counter(one.concept for one in (*practice, *test) if one.unaided)
    placed = _placed(course, test).known() if test else frozenset[ConceptId]()
    found: list[Mastery] = []
    for concept in course.concepts:
        estimate = ability.foretell(concept.id, now=now)
        count = unaided[concept.id]
        begun = concept.id in touched or (concept.id in placed and estimate.chance >= _FIRM)
        word = standing(estimate, unaided=count, touched=begun)
        found.append(
            Mastery(
                concept.id,
                estimate.chance,
                estimate.low,
                estimate.high,
                count,
                word,
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
