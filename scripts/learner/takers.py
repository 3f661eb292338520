"""Simulated learners who take a placement test; none of them is the one the test thinks of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from random import Random

from assistant.domain.ids import ConceptId

_HAS = 0.5
"""From this chance of doing an exercise without luck or slips a concept is counted as known."""


@dataclass(frozen=True, slots=True)
class Population:
    """Of what kind the learners are.

    Args:
        steep: How sharply knowledge ends at the learner's place in the course.
        rough: How far single concepts lie beside that.
        holes: Chance that a concept was forgotten, and all that rests on it is shaky.
        slips: From and to: each learner has a share of slips of his own.
        luck: The same of lucky guesses, each concept of its own.
    """

    steep: float
    rough: float
    holes: float
    slips: tuple[float, float]
    luck: tuple[float, float]


ORDERLY = Population(9.0, 0.10, 0.0, (0.02, 0.12), (0.0, 0.15))
PATCHY = Population(5.0, 0.22, 0.12, (0.05, 0.2), (0.0, 0.25))
EVERYBODY = (ORDERLY, PATCHY)


class Taker:
    """One learner: knows each concept to some degree, slips and guesses.

    Args:
        requires: Each concept with those that it builds on, in the course's order.
        kind: Of which population.
        draw: Chance.
    """

    def __init__(
        self, requires: Mapping[ConceptId, Sequence[ConceptId]], kind: Population, draw: Random
    ) -> None:
        size = len(requires)
        place = draw.uniform(-0.05, 1.05)
        self._draw = draw
        self._slip = draw.uniform(*kind.slips)
        self._luck = {one: draw.uniform(*kind.luck) for one in requires}
        self.degree: dict[ConceptId, float] = {}
        for at, (concept, bases) in enumerate(requires.items()):
            depth = (at + 0.5) / size + draw.gauss(0.0, kind.rough)
            degree = 1 / (1 + exp(-kind.steep * (place - depth)))
            if draw.random() < kind.holes:
                degree *= 0.3
            held = [self.degree[base] for base in bases if base in self.degree]
            self.degree[concept] = min([degree, *(one + 0.25 for one in held)])

    @property
    def known(self) -> frozenset[ConceptId]:
        """The concepts that the learner has."""
        return frozenset(one for one, degree in self.degree.items() if degree >= _HAS)

    def right(self, concept: ConceptId) -> bool:
        """Whether an answer is right, drawn anew each time."""
        can = self._draw.random() < self.degree[concept]
        return self._draw.random() < (1 - self._slip if can else self._luck[concept])
