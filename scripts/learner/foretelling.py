"""Ways to foretell the next answer, each from the learner's earlier answers only."""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache

import numpy as np  # noqa: TID253 - nobody waits for a script to start

from assistant.domain.ids import ConceptId
from assistant.tutor.learner.ability import Ability, AbilityModel, Evidence
from learner.answers import Answer, Sequences

Foretell = Callable[[Sequence[Answer]], list[float]]
"""Chances of a right answer, one for each of a learner's answers, none from itself or later."""


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-min(max(odds, -30.0), 30.0)))


def ours(
    requires: Mapping[str, Sequence[str]],
    model: AbilityModel | None = None,
    difficulties: Mapping[str, float] | None = None,
) -> Foretell:
    """The application's model: as it ships, it has seen no other learner.

    Args:
        requires: Each concept, with those that it builds on.
        model: Its figures; those that ship where none are given.
        difficulties: Of concepts, in the steps of exercises (1 to 5, also between and beyond),
            which stand in for those of their answers.
    """
    graph = {ConceptId(name): [ConceptId(one) for one in some] for name, some in requires.items()}
    of_concept = difficulties or {}
    tied = any(graph.values())

    @cache
    def foretell_all(answers: tuple[Answer, ...]) -> list[float]:
        met = {ConceptId(one.concept): () for one in answers}
        # Where nothing ties concepts to each other, those not met say nothing and cost time.
        ability = Ability(graph if tied else met, model)
        found: list[float] = []
        for one in answers:
            concept = ConceptId(one.concept)
            difficulty = of_concept.get(one.concept, one.difficulty)
            found.append(ability.foretell(concept, difficulty, now=one.when).chance)
            ability.learn(Evidence(concept, one.right, difficulty, when=one.when))
        return found

    return lambda answers: list(foretell_all(tuple(answers)))


def rated(training: Sequences, model: AbilityModel | None = None) -> Mapping[str, float]:
    """How difficult concepts are by the share of other learners' right answers, as of exercises."""
    step = (model or AbilityModel()).difficulty_step
    return {
        name: 3.0 - math.log((right + 1) / (of - right + 1)) / step
        for name, (right, of) in _counted(training).items()
    }


def mean_of(training: Sequences) -> Foretell:
    """The share of right answers of other learners on the same concept."""
    shares = _shares(training)
    overall = _overall(training)
    return lambda answers: [shares.get(one.concept, overall) for one in answers]


def last_answer(training: Sequences) -> Foretell:
    """As the answer before on the same concept turned out, by how often that holds for others."""
    counts = {state: [1.0, 2.0] for state in (None, False, True)}
    for answers in training.values():
        for before, one in zip(_before(answers), answers, strict=True):
            counts[before][0] += one.right
            counts[before][1] += 1
    chances = {state: right / of for state, (right, of) in counts.items()}
    return lambda answers: [chances[before] for before in _before(answers)]


def elo(training: Sequences) -> Foretell:
    """Elo with a figure for the learner, the concept, and the learner in the concept.

    Concepts begin where other learners left them (Pelanek 2016: steps that fall with the count).
    """
    hardness: dict[str, float] = {}
    seen: dict[str, int] = {}
    for answers in training.values():
        _elo(answers, hardness, seen, moving=True)
    return lambda answers: _elo(answers, hardness, seen, moving=False)


def _elo(
    answers: Sequence[Answer], hardness: dict[str, float], seen: dict[str, int], *, moving: bool
) -> list[float]:
    general = 0.0
    special: dict[str, float] = {}
    found: list[float] = []
    for count, one in enumerate(answers):
        own = special.get(one.concept, 0.0)
        chance = _chance(general + own - hardness.get(one.concept, 0.0))
        found.append(chance)
        off = one.right - chance
        general += off * 1.0 / (1 + 0.05 * count)
        special[one.concept] = own + 0.4 * off
        if moving:
            step = 1.0 / (1 + 0.05 * seen.get(one.concept, 0))
            hardness[one.concept] = hardness.get(one.concept, 0.0) - step * off
            seen[one.concept] = seen.get(one.concept, 0) + 1
    return found


def pfa(training: Sequences) -> Foretell:
    """Performance factors analysis (Pavlik 2009): log-odds linear in counts, for each concept.

    The difficulty of the exercise is one more term, since ours is told it as well.
    """
    rows: dict[str, list[tuple[float, float, float, bool]]] = {}
    for answers in training.values():
        for (right, wrong), one in zip(_counts(answers), answers, strict=True):
            rows.setdefault(one.concept, []).append((right, wrong, one.difficulty - 3.0, one.right))
    fitted = {concept: _fit(some) for concept, some in rows.items()}
    none = _fit([row for some in rows.values() for row in some])

    def foretell(answers: Sequence[Answer]) -> list[float]:
        found: list[float] = []
        for (right, wrong), one in zip(_counts(answers), answers, strict=True):
            weights = fitted.get(one.concept, none)
            found.append(
                _chance(float(weights @ np.array([1.0, right, wrong, one.difficulty - 3.0])))
            )
        return found

    return foretell


def _fit(rows: Sequence[tuple[float, float, float, bool]]) -> np.ndarray:
    """Logistic regression by Newton's method with a small ridge."""
    features = np.array([[1.0, right, wrong, hard] for right, wrong, hard, _ in rows])
    wanted = np.array([float(right) for *_, right in rows])
    weights = np.zeros(4)
    for _ in range(25):
        chance = 1 / (1 + np.exp(-np.clip(features @ weights, -30, 30)))
        slope = features.T @ (chance - wanted) + 0.1 * weights
        bend = (features * (chance * (1 - chance))[:, None]).T @ features + 0.1 * np.eye(4)
        weights -= np.linalg.solve(bend, slope)
    return weights


def _counts(answers: Sequence[Answer]) -> list[tuple[float, float]]:
    so_far: dict[str, list[float]] = {}
    found: list[tuple[float, float]] = []
    for one in answers:
        counts = so_far.setdefault(one.concept, [0.0, 0.0])
        found.append((counts[0], counts[1]))
        counts[0 if one.right else 1] += 1
    return found


def _before(answers: Sequence[Answer]) -> list[bool | None]:
    last: dict[str, bool] = {}
    found: list[bool | None] = []
    for one in answers:
        found.append(last.get(one.concept))
        last[one.concept] = one.right
    return found


def _shares(training: Sequences) -> dict[str, float]:
    return {concept: right / of for concept, (right, of) in _counted(training).items()}


def _counted(training: Sequences) -> dict[str, tuple[int, int]]:
    """Right answers, and all, on each concept."""
    counts: dict[str, list[int]] = {}
    for answers in training.values():
        for one in answers:
            some = counts.setdefault(one.concept, [0, 0])
            some[0] += one.right
            some[1] += 1
    return {concept: (right, of) for concept, (right, of) in counts.items()}


def _overall(training: Sequences) -> float:
    every = [one.right for answers in training.values() for one in answers]
    return sum(every) / max(len(every), 1)
