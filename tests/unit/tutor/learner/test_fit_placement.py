"""The thresholds of the placement test: judged on simulated learners that it does not think of."""

from random import Random

import pytest
from fit_placement import HELD_OUT, judged, result_of
from learner.takers import EVERYBODY, Taker

from assistant.domain.ids import ConceptId
from assistant.tutor.learner.placement import TUNED, Places, Tuning

LINE = {ConceptId(f"k{at}"): [ConceptId(f"k{at - 1}")] if at else [] for at in range(12)}


def _taker(kind: int, seed: int) -> Taker:
    return Taker(LINE, EVERYBODY[kind], Random(seed))  # noqa: S311 - simulation


def test_what_ships_is_better_than_what_was_guessed_on_learners_it_was_not_fitted_on() -> None:
    guessed = Tuning(0.8, 0.03, 0.1, 0.08)
    costs = [sum(one.cost for one in judged(HELD_OUT, tuning, 5, 7)) for tuning in (TUNED, guessed)]
    assert costs[0] < costs[1]


def test_takers_are_the_same_for_the_same_chance_and_of_two_kinds() -> None:
    one, same = (_taker(0, 3) for _ in range(2))
    assert one.degree == same.degree
    firm = _taker(0, 5)
    assert firm.known <= LINE.keys()
    assert _taker(1, 5).degree != firm.degree
    for concept, bases in LINE.items():
        assert all(firm.degree[concept] <= firm.degree[base] + 0.25 for base in bases)


def test_a_wrong_skip_costs_more_than_a_lesson_too_many() -> None:
    taker = _taker(0, 3)
    all_known = result_of(dict.fromkeys(LINE, 1.0), taker, 0.8, 5)
    none_known = result_of(dict.fromkeys(LINE, 0.0), taker, 0.8, 5)
    assert all_known.missed == none_known.skipped == 0
    assert all_known.skipped + none_known.missed == pytest.approx(1)
    assert all_known.cost == pytest.approx(3 * all_known.skipped + 0.02)


def test_a_tuning_decides_what_is_known() -> None:
    bold, wary = (Places(LINE, Tuning(known, 0.05, 0.06, 0.18)) for known in (0.5, 0.99))
    for places in (bold, wary):
        places.learn(ConceptId("k5"), right=True)
    assert wary.known() < bold.known()
