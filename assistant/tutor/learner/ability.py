"""A belief about what a learner can do, concept by concept, updated by each answer.

A logistic model with a state: the log-odds of a right, unaided answer to an exercise of middling
difficulty are ``g + d[k]``, a general ability and a deviation for concept ``k``. Both are Gaussian;
concepts that build on each other are correlated, so that an answer on one tells something of the
others. Each answer is taken in by assumed-density filtering (Minka 2001): the exact posterior's
mean and variance along the one direction that the answer speaks about, by Gauss-Hermite quadrature.
The state moves: practice adds a little, and with time the belief grows less certain and sinks back
towards what one would think of this learner without it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.domain.ids import ConceptId

_Vector = NDArray[np.float64]
_NODES, _WEIGHTS = (np.asarray(part, np.float64) for part in np.polynomial.hermite_e.hermegauss(31))
_MIDDLE = 3.0
_DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class AbilityModel:
    """The figures of the model; log-odds where nothing else is said.

    Set by hand. ``scripts/fit_learner.py`` fits those that data can tell: on half of 13,084 problem
    sets worked in ASSISTments it finds figures that lower the log loss of the other half by 0.003
    only, so these stayed.
    """

    start: float = 0.0
    """Mean of the general ability before anything is known."""
    general_sd: float = 0.9
    concept_sd: float = 1.1
    kinship: float = 0.75
    """Correlation of the deviations of a concept and one that it requires: 0 to below 1."""
    difficulty_step: float = 0.7
    """What one step of an exercise's difficulty takes away."""
    gain: float = 0.12
    """What answering once, right or wrong, adds to the concept."""
    drift_sd: float = 0.2
    """How much a concept moves, unforeseen, from one answer on it to the next."""
    fade_days: float = 240.0
    """After so many days without practice, the deviation has sunk to 1/e."""
    slip: float = 0.03
    """Chance of a wrong answer by someone who can do it perfectly."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One answer, as far as the belief goes.

    Args:
        concept: What it was about.
        right: Whether it was right.
        difficulty: Of the exercise, 1 to 5.
        weight: How much it counts: 1 for an unaided answer, less for one after a small hint.
        guess: Chance of a right answer by someone who knows nothing of it.
        when: Moment of the answer; None where time is not told.
    """

    concept: ConceptId
    right: bool
    difficulty: float = _MIDDLE
    weight: float = 1.0
    guess: float = 0.0
    when: datetime | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A chance, with the ends of its 80 % interval."""

    chance: float
    low: float
    high: float


class Ability:
    """The belief about one learner in one course.

    Args:
        requires: Each concept, with those that it builds on.
        model: The figures of the model.
    """

    def __init__(
        self,
        requires: Mapping[ConceptId, Sequence[ConceptId]],
        model: AbilityModel | None = None,
    ) -> None:
        self.model = model or AbilityModel()
        self.requires = requires
        self._index = {concept: at for at, concept in enumerate(requires)}
        size = len(self._index) + 1
        self._prior = np.zeros((size, size))
        self._prior[:-1, :-1] = self.model.concept_sd**2 * _kinship(
            self._index, requires, self.model.kinship
        )
        self._prior[-1, -1] = self.model.general_sd**2
        self._covariance = self._prior.copy()
        self._mean: _Vector = np.zeros(size)
        self._mean[-1] = self.model.start
        self._seen: list[datetime | None] = [None] * (size - 1)

    @property
    def concepts(self) -> tuple[ConceptId, ...]:
        """What it is about."""
        return tuple(self._index)

    def learn(self, evidence: Evidence) -> None:
        """Takes one answer in; of a concept that the course does not have, nothing is learnt."""
        at = self._index.get(evidence.concept)
        if at is None or evidence.weight <= 0.0:
            return
        self._fade(at, evidence.when)
        mean, variance = self._along(at)
        moments = _posterior(
            mean, variance, evidence, self._offset(evidence.difficulty), self.model
        )
        self._condition(at, mean, variance, *moments)
        self._mean[at] += self.model.gain * evidence.weight
        self._covariance[at, at] += self.model.drift_sd**2 * evidence.weight

    def foretell(
        self,
        concept: ConceptId,
        difficulty: float = _MIDDLE,
        *,
        now: datetime | None = None,
        guess: float = 0.0,
    ) -> Estimate:
        """The chance of a right, unaided answer.

        Args:
            concept: One of ``concepts``.
            difficulty: Of the exercise, 1 to 5.
            now: The moment of the question; None for that of the last answer.
            guess: Chance of a right answer by someone who knows nothing.

        Raises:
            KeyError: The concept is not one of them.
        """
        at = self._index[concept]
        mean, variance = self._faded(at, now)
        mean += self._offset(difficulty)
        spread = math.sqrt(variance)
        chance = float(_WEIGHTS @ self._right(mean + spread * _NODES, guess) / _WEIGHTS.sum())
        ends = self._right(np.array([mean - _EIGHTY * spread, mean + _EIGHTY * spread]), guess)
        return Estimate(chance, float(ends[0]), float(ends[1]))

    def difficulty_for(
        self, concept: ConceptId, chance: float, *, now: datetime | None = None
    ) -> float:
        """How difficult an exercise may be to be answered right with this chance: 1 to 5."""
        easy, hard = 1.0, 5.0
        for _ in range(24):
            middle = (easy + hard) / 2
            if self.foretell(concept, middle, now=now).chance > chance:
                easy = middle
            else:
                hard = middle
        return (easy + hard) / 2

    def _offset(self, difficulty: float) -> float:
        return -self.model.difficulty_step * (difficulty - _MIDDLE)

    def _right(self, log_odds: _Vector, guess: float) -> _Vector:
        return _chance(log_odds, guess, self.model.slip)

    def _shares(self, at: int) -> _Vector:
        """How each part of the state varies together with ``g + d[at]``."""
        return self._covariance[:, at] + self._covariance[:, -1]

    def _along(self, at: int) -> tuple[float, float]:
        shares = self._shares(at)
        return float(self._mean[at] + self._mean[-1]), float(shares[at] + shares[-1])

    def _condition(
        self, at: int, mean: float, variance: float, new_mean: float, new_variance: float
    ) -> None:
        shares = self._shares(at) / variance
        self._mean += shares * (new_mean - mean)
        self._covariance -= np.outer(shares, shares) * (variance - new_variance)

    def _kept(self, at: int, now: datetime | None) -> float:
        """What is left of a deviation since it was last seen: 1 for all."""
        seen = self._seen[at]
        if seen is None or now is None or now <= seen:
            return 1.0
        return math.exp(-(now - seen).total_seconds() / _DAY_S / self.model.fade_days)

    def _faded(self, at: int, now: datetime | None) -> tuple[float, float]:
        kept = self._kept(at, now)
        mean = kept * self._mean[at] + self._mean[-1]
        cross = kept * self._covariance[at, -1]
        own = kept**2 * self._covariance[at, at] + (1 - kept**2) * self._prior[at, at]
        return float(mean), float(own + 2 * cross + self._covariance[-1, -1])

    def _fade(self, at: int, now: datetime | None) -> None:
        kept = self._kept(at, now)
        if kept < 1.0:
            self._mean[at] *= kept
            self._covariance[at, :] *= kept
            self._covariance[:, at] *= kept
            self._covariance[at, at] += (1 - kept**2) * self._prior[at, at]
        if now is not None:
            self._seen[at] = now


_EIGHTY = 1.2815515655446004
"""Standard deviations from the mean to either end of the middle 80 % of a Gaussian."""


def _chance(log_odds: _Vector, guess: float, slip: float) -> _Vector:
    return guess + (1 - guess - slip) / (1 + np.exp(-np.clip(log_odds, -30, 30)))


def _posterior(
    mean: float, variance: float, evidence: Evidence, offset: float, model: AbilityModel
) -> tuple[float, float]:
    """Mean and variance of the log-odds after an answer."""
    points = mean + math.sqrt(variance) * _NODES
    right = _chance(points + offset, evidence.guess, model.slip)
    likelihood = (right if evidence.right else 1 - right) ** evidence.weight
    weights = _WEIGHTS * likelihood
    weights /= weights.sum()
    new_mean = float(weights @ points)
    return new_mean, max(float(weights @ (points - new_mean) ** 2), 1e-6)


def _kinship(
    index: Mapping[ConceptId, int],
    requires: Mapping[ConceptId, Sequence[ConceptId]],
    nearest: float,
) -> NDArray[Any]:
    """Correlations of concepts: large between those that build on each other.

    A Gaussian Markov random field on the graph (precision: the graph's Laplacian and the unit),
    scaled to unit variances; its strength makes a lone pair correlate by ``nearest``.
    """
    size = len(index)
    strength = nearest / (1 - nearest)
    precision = np.eye(size)
    for concept, before in requires.items():
        for other in before:
            if other not in index:
                continue
            a, b = index[concept], index[other]
            precision[a, a] += strength
            precision[b, b] += strength
            precision[a, b] -= strength
            precision[b, a] -= strength
    covariance = np.linalg.inv(precision)
    scale = np.sqrt(np.diag(covariance))
    return covariance / np.outer(scale, scale)
