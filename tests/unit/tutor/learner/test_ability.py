"""What a belief makes of answers."""

import itertools
from datetime import UTC, datetime, timedelta

import numpy as np  # noqa: TID253 - as the module under test
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.ids import ConceptId
from assistant.tutor.learner.ability import Ability, AbilityModel, Evidence

A, B, C, FAR = (ConceptId(name) for name in ("a", "b", "c", "far"))
_CHAIN = {A: (), B: (A,), C: (B,), FAR: ()}
_DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)


def _chance(ability: Ability, concept: ConceptId = A, difficulty: float = 3.0) -> float:
    return ability.foretell(concept, difficulty).chance


def test_a_right_answer_raises_and_a_wrong_one_lowers() -> None:
    right, wrong, untouched = Ability(_CHAIN), Ability(_CHAIN), Ability(_CHAIN)
    right.learn(Evidence(A, right=True))
    wrong.learn(Evidence(A, right=False))
    assert _chance(wrong) < _chance(untouched) < _chance(right)


def test_an_answer_tells_most_of_its_concept_and_less_of_those_further_away() -> None:
    ability, before = Ability(_CHAIN), Ability(_CHAIN)
    for _ in range(3):
        ability.learn(Evidence(A, right=True))
    gains = [_chance(ability, c) - _chance(before, c) for c in (A, B, C, FAR)]
    assert gains == sorted(gains, reverse=True)
    assert min(gains) > 0


def test_with_answers_the_interval_narrows() -> None:
    ability = Ability(_CHAIN)
    widths: list[float] = []
    for turn in range(12):
        estimate = ability.foretell(A)
        assert estimate.low < estimate.chance < estimate.high
        widths.append(estimate.high - estimate.low)
        ability.learn(Evidence(A, right=turn % 2 == 0))
    assert widths[-1] < 0.6 * widths[0]


def test_a_hard_exercise_that_is_solved_says_more_than_an_easy_one() -> None:
    easy, hard = Ability(_CHAIN), Ability(_CHAIN)
    easy.learn(Evidence(A, right=True, difficulty=1))
    hard.learn(Evidence(A, right=True, difficulty=5))
    assert _chance(hard) > _chance(easy)


def test_a_choice_that_may_be_guessed_says_less() -> None:
    sure, guessed = Ability(_CHAIN), Ability(_CHAIN)
    sure.learn(Evidence(A, right=True))
    guessed.learn(Evidence(A, right=True, guess=0.5))
    assert _chance(guessed) < _chance(sure)


def test_evidence_of_no_weight_or_of_another_course_changes_nothing() -> None:
    ability, before = Ability(_CHAIN), Ability(_CHAIN)
    ability.learn(Evidence(A, right=False, weight=0.0))
    ability.learn(Evidence(ConceptId("elsewhere"), right=False))
    assert _chance(ability) == _chance(before)


def test_what_is_not_practised_sinks_back_and_grows_uncertain() -> None:
    ability = Ability(_CHAIN)
    for _ in range(6):
        ability.learn(Evidence(A, right=True, when=_DAY))
    now = ability.foretell(A, now=_DAY)
    later = ability.foretell(A, now=_DAY + timedelta(days=400))
    stranger = Ability(_CHAIN).foretell(A)
    assert stranger.chance < later.chance < now.chance
    assert later.high - later.low > now.high - now.low


def test_a_clock_that_goes_back_takes_nothing_away() -> None:
    ability = Ability(_CHAIN)
    ability.learn(Evidence(A, right=True, when=_DAY))
    assert ability.foretell(A, now=_DAY - timedelta(days=9)) == ability.foretell(A, now=_DAY)


@pytest.mark.parametrize("chance", [0.6, 0.8])
def test_the_difficulty_for_a_chance_gives_that_chance(chance: float) -> None:
    ability = Ability(_CHAIN)
    ability.learn(Evidence(A, right=True))
    difficulty = ability.difficulty_for(A, chance)
    assert 1 < difficulty < 5
    assert _chance(ability, A, difficulty) == pytest.approx(chance, abs=1e-3)


def test_the_difficulty_stays_within_what_there_is() -> None:
    ability = Ability(_CHAIN)
    assert ability.difficulty_for(A, 0.001) == pytest.approx(5, abs=1e-3)
    assert ability.difficulty_for(A, 0.999) == pytest.approx(1, abs=1e-3)


_answers = st.lists(
    st.builds(
        Evidence,
        st.sampled_from([A, B, C, FAR]),
        right=st.booleans(),
        difficulty=st.floats(1, 5),
        weight=st.floats(0, 1),
        guess=st.sampled_from([0.0, 0.25, 0.5]),
        when=st.none()
        | st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(  # noqa: DTZ001 - given a zone below
            lambda moment: moment.replace(tzinfo=UTC)
        ),
    ),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(_answers)
def test_whatever_is_answered_the_belief_stays_a_belief(answers: list[Evidence]) -> None:
    ability = Ability(_CHAIN)
    for answer in answers:
        ability.learn(answer)
    for concept, difficulty in itertools.product(_CHAIN, (1.0, 3.0, 5.0)):
        estimate = ability.foretell(concept, difficulty)
        assert 0 <= estimate.low < estimate.high <= 1
        assert 0 < estimate.chance < 1


def test_what_is_foretold_of_learners_made_by_the_model_comes_true() -> None:
    """400 learners, drawn from the model itself: of answers foretold at p, a share p is right."""
    chance = np.random.default_rng(7)
    model = AbilityModel(gain=0.0, drift_sd=0.0)
    concepts = {ConceptId(f"c{at}"): () for at in range(5)}
    foretold: list[float] = []
    came: list[bool] = []
    for _ in range(400):
        ability = Ability(concepts, model)
        general = chance.normal(model.start, model.general_sd)
        own = {concept: chance.normal(0, model.concept_sd) for concept in concepts}
        for _ in range(12):
            concept = list(concepts)[chance.integers(len(concepts))]
            difficulty = float(chance.integers(1, 6))
            odds = general + own[concept] - model.difficulty_step * (difficulty - 3)
            right = bool(chance.random() < (1 - model.slip) / (1 + np.exp(-odds)))
            foretold.append(ability.foretell(concept, difficulty).chance)
            came.append(right)
            ability.learn(Evidence(concept, right, difficulty))
    told, happened = np.array(foretold), np.array(came, dtype=float)
    bins = np.clip((told * 10).astype(int), 0, 9)
    error = 0.0
    for at in range(10):
        inside = bins == at
        if inside.any():
            error += abs(float(told[inside].mean() - happened[inside].mean())) * inside.mean()
    assert error < 0.025
