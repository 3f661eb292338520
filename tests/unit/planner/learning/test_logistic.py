"""The fit of weights that begins at a rule."""

import pytest

from assistant.planner.learning.logistic import fit_towards, later_losses


@pytest.mark.parametrize("seed", range(6))
def test_a_rule_that_is_far_off_is_left_for_the_best_weights(seed: int) -> None:
    import numpy as np

    chance = np.random.default_rng(seed)
    rows = np.column_stack([np.ones(120), chance.normal(1.5, 0.8, 120), chance.normal(0, 1, 120)])
    outcomes = (chance.random(120) < 0.08).astype(float)  # the rule takes nearly all for sure
    rule = (3.0, 4.0, 0.5)
    weights = np.array(fit_towards(rows, outcomes, rule, 40.0))
    assert np.abs(weights).max() < 10
    chances = 1 / (1 + np.exp(-rows @ weights))
    pull = 0.25 * 40 * np.maximum(rows.std(axis=0), 0.05) ** 2
    slope = rows.T @ (chances - outcomes) + pull * (weights - np.array(rule))
    assert np.abs(slope).max() < 1e-4
    assert later_losses(rows, outcomes, rule, 40.0).model_wins


def test_where_nothing_is_known_the_rule_stands() -> None:
    import numpy as np

    rule = (0.6, 1.6, -0.8)
    assert fit_towards(np.zeros((0, 3)), np.zeros(0), rule, 40.0) == pytest.approx(rule)
