"""What the planner's models are compared and measured with: a recurrent network, made tasks."""

import math

import pytest
from learnt.made_tasks import WORLDS, made_tasks
from learnt.recurrent import RecurrentNetwork, Sequences


def some(people: int, steps: int) -> Sequences:
    import numpy as np

    chance = np.random.default_rng(0)
    inputs = chance.normal(size=(people, steps, 2))
    # What came two steps before decides.
    outcomes = np.zeros((people, steps))
    outcomes[:, 2:] = inputs[:, :-2, 0] > 0
    there = np.ones((people, steps))
    there[:, :2] = 0
    return Sequences(inputs, outcomes, there)


def loss(network: RecurrentNetwork, data: Sequences) -> float:
    import numpy as np

    chances = network.chances(data)
    said = data.outcomes * np.log(chances) + (1 - data.outcomes) * np.log(1 - chances)
    return float(-(said * data.there).sum() / data.there.sum())


def test_the_slopes_of_the_network_are_those_of_its_loss() -> None:
    data = some(4, 5)
    network = RecurrentNetwork(2, hidden=3)
    network.fit(data, epochs=2)
    slopes = network.slopes(data)
    for name, weights in network.weights.items():
        for place in ((0, 0), (2, weights.shape[1] - 1)):
            weights[place] += 1e-6
            above = loss(network, data)
            weights[place] -= 2e-6
            below = loss(network, data)
            weights[place] += 1e-6
            assert slopes[name][place] == pytest.approx((above - below) / 2e-6, abs=1e-6)


def test_the_network_remembers_what_came_before() -> None:
    data = some(200, 8)
    network = RecurrentNetwork(2, hidden=8)
    before = loss(network, data)
    network.fit(data, epochs=40, batch=50, rate=2e-2)
    assert before == pytest.approx(math.log(2))
    assert loss(network, data) < 0.3


def test_made_tasks_are_as_their_world_says() -> None:
    tasks = made_tasks(WORLDS["optimists"], 800, seed=1)
    assert [task.start for task in tasks] == sorted(task.start for task in tasks)
    ratios = sorted((task.actual_hours or 0) / task.estimate_hours for task in tasks)
    assert 1.15 < ratios[400] < 1.7
    assert tasks == made_tasks(WORLDS["optimists"], 800, seed=1)
