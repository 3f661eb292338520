"""The placement test: at each step the question whose answer would tell most.

What a learner has is thought of as a set of concepts that holds what each of them rests on, a
state of the course's knowledge space (Doignon and Falmagne 1985). Many such states, drawn by
chance, carry the belief; each answer weighs them by how well they fit it, with room for slips and
for lucky guesses.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.domain.ids import ConceptId
from assistant.domain.study import Attempt, Placing

MOST_QUESTIONS = 20
_MOST_OF_ONE = 2
_MIDDLE = 3.0
_STATES, _SPREAD = 4096, 0.15
_COURSES_KEPT = 4
_ONE_TEST = timedelta(days=14)
"""Answers further apart belong to different tests."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """What was fitted: see ``scripts/fit_placement.py``, which says on whom and how well.

    Args:
        known: From this chance on the learner has a concept, and its lesson may be skipped.
        narrow: The test ends once so small a share of the concepts is expected to be judged
            wrongly.
        slip: Chance of a wrong answer by who has the concept.
        luck: Chance of a right one by who does not.
    """

    known: float = 0.85
    narrow: float = 0.04
    slip: float = 0.06
    luck: float = 0.25


TUNED = Tuning()


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


class Places:
    """The belief about which concepts a learner has.

    Args:
        requires: Each concept with those that it builds on, in the course's order: none before
            what it builds on.
        tuning: How answers are weighed.
    """

    def __init__(
        self, requires: Mapping[ConceptId, Sequence[ConceptId]], tuning: Tuning = TUNED
    ) -> None:
        self.tuning = tuning
        self.concepts = tuple(requires)
        self._index = {concept: at for at, concept in enumerate(self.concepts)}
        self._states = _drawn(
            tuple(
                tuple(self._index[base] for base in requires[concept] if base in self._index)
                for concept in self.concepts
            )
        )
        self._log_weights: NDArray[np.float64] = np.zeros(_STATES)
        self._any_right = False

    def learn(self, concept: ConceptId, *, right: bool, guess: float = 0.0) -> None:
        """Takes an answer in; one on a concept that the course does not have tells nothing.

        Args:
            concept: What it was about.
            right: Whether it was right.
            guess: Chance of a right answer by someone who knows nothing.
        """
        at = self._index.get(concept)
        if at is not None:
            self._any_right |= right
            chance = np.where(
                self._states[:, at] > 0, 1 - self.tuning.slip, max(self.tuning.luck, guess)
            )
            self._log_weights += np.log(chance if right else 1 - chance)

    def chances(self) -> dict[ConceptId, float]:
        """The chance that the learner has each concept: 0 to 1."""
        return {
            concept: float(chance)
            for concept, chance in zip(self.concepts, self._chances(), strict=True)
        }

    def unsure(self) -> float:
        """The share of the concepts that would be judged wrongly, as far as is known: 0 to 0.5."""
        chances = self._chances()
        return float(np.minimum(chances, 1 - chances).mean()) if len(chances) else 0.0

    def worth(self) -> dict[ConceptId, float]:
        """What an answer on each would tell: the fall of variance, summed over all concepts."""
        weights, chances = self._weights(), self._chances()
        luck, told_apart = self.tuning.luck, 1 - self.tuning.luck - self.tuning.slip
        together = (self._states * weights[:, None]).T @ self._states
        shared = together - np.outer(chances, chances)
        answer = luck + told_apart * chances
        told = told_apart**2 * (shared**2).sum(axis=0) / (answer * (1 - answer))
        return {concept: float(each) for concept, each in zip(self.concepts, told, strict=True)}

    def known(self) -> frozenset[ConceptId]:
        """The concepts that the learner has, by all that is known: their lessons may be skipped.

        None without what it rests on: every state holds that, so it is at least as likely. And
        none at all before anything was answered right: few lack the first ones, but who answered
        nothing showed nothing.
        """
        if not self._any_right:
            return frozenset()
        return frozenset(
            one for one, chance in self.chances().items() if chance >= self.tuning.known
        )

    def unknown(self) -> frozenset[ConceptId]:
        """The concepts that the learner as surely does not have."""
        return frozenset(
            one for one, chance in self.chances().items() if chance <= 1 - self.tuning.known
        )

    def _weights(self) -> NDArray[np.float64]:
        weights = np.exp(self._log_weights - self._log_weights.max())
        return weights / weights.sum()

    def _chances(self) -> NDArray[np.float64]:
        return np.clip(self._weights() @ self._states, 0.0, 1.0)


@lru_cache(maxsize=_COURSES_KEPT)
def _drawn(requires: tuple[tuple[int, ...], ...]) -> NDArray[Any]:
    """States by chance, always the same: an order near the course's, cut off anywhere.

    To draw them is most of the work of a question, and every look at what is mastered needs them.

    Args:
        requires: For each concept the places of those that it builds on.

    Returns:
        1 where a state holds a concept, not to be written to: ``(_STATES, len(requires))``.
    """
    size = len(requires)
    rng = np.random.default_rng(size)
    turn = np.empty((_STATES, size))
    for at, bases in enumerate(requires):
        turn[:, at] = at / max(size, 1) + rng.normal(0.0, _SPREAD, _STATES)
        for base in bases:
            turn[:, at] = np.maximum(turn[:, at], turn[:, base] + 1e-9)
    ranks = turn.argsort(axis=1).argsort(axis=1)
    states = (ranks < rng.integers(0, size + 1, _STATES)[:, None]).astype(np.float64)
    states.flags.writeable = False
    return states


def places_of(
    requires: Mapping[ConceptId, Sequence[ConceptId]],
    answers: Sequence[Attempt],
    guess: Mapping[Any, float],
) -> Places:
    """The belief that the answers of one test lead to.

    Args:
        requires: Each concept with those that it builds on, in the course's order.
        answers: Those of the test.
        guess: Chance of a right answer by who knows nothing, by the kind of answer.
    """
    places = Places(requires)
    for answer in answers:
        places.learn(answer.concept, right=answer.correct, guess=guess.get(answer.kind, 0.0))
    return places


def latest_test(
    attempts: Sequence[Attempt],
    now: datetime | None = None,
    *,
    which: Placing = Placing.COUNTS,
) -> tuple[Attempt, ...]:
    """The answers of the placement test that was taken last, the earliest first.

    Args:
        attempts: Those on a course, in any order.
        now: Where it is given, a test that was left too long before it is none.
        which: The test that counts, or the one that is taken again and not ended.
    """
    answers = sorted((one for one in attempts if one.placement is which), key=lambda one: one.when)
    first, after = len(answers), now
    while first and (after is None or after - answers[first - 1].when <= _ONE_TEST):
        first -= 1
        after = answers[first].when
    return tuple(answers[first:])


def next_question(
    places: Places,
    asked: Mapping[ConceptId, int],
    *,
    askable: Collection[ConceptId] | None = None,
    longest: int = MOST_QUESTIONS,
) -> Question | None:
    """The question that would tell most; None once the test should end.

    Args:
        places: The belief so far, the answers of this test taken in.
        asked: How often each concept was asked about.
        askable: Concepts that there are exercises for; all when None.
        longest: How many questions a test may have.
    """
    number = sum(asked.values()) + 1
    if number > longest or places.unsure() <= places.tuning.narrow:
        return None
    left = [
        concept
        for concept in places.concepts
        if asked.get(concept, 0) < _MOST_OF_ONE and (askable is None or concept in askable)
    ]
    if not left:
        return None
    worth = places.worth()
    return Question(max(left, key=lambda concept: worth[concept]), _MIDDLE, number)
