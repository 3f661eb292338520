"""Tasks with estimates as the literature finds them, made by chance.

Real length over estimate is close to log-normal with heavy tails (Jørgensen; Little 2006); people
differ in bias and spread; estimates are round numbers; large estimates come out relatively shorter
and small ones longer than said (a power below 1); a share of the booked hours equals the estimate;
kinds of work differ. Nothing here is taken from any one set of data.
"""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from assistant.planner.learning.timed_tasks import TimedTask

_ROUND = (0.25, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 21, 28, 35, 40, 60, 80)
_WORDS = ("fix", "report", "screen", "import", "meeting", "tests", "customer", "export", "print")


@dataclass(frozen=True, slots=True)
class World:
    """How people estimate in one made world.

    Args:
        people: How many.
        power: Real length grows with the estimate to this power.
        bias: Mean logarithm of real length over estimate.
        differing: How far people differ in it.
        spread: Scale of the noise.
        exact: Share of tasks booked exactly as estimated.
        tails: Degrees of freedom of the noise.
        drift: How much the bias moves over the whole time.
    """

    people: int = 20
    power: float = 0.88
    bias: float = 0.05
    differing: float = 0.25
    spread: float = 0.45
    exact: float = 0.25
    tails: float = 4.0
    drift: float = 0.0


WORLDS = {
    "office": World(),
    "office, no power": World(power=1.0),
    "true on average": World(power=1.0, bias=0.0, differing=0.0),
    "optimists": World(bias=0.35, exact=0.1),
    "pessimists": World(bias=-0.25, exact=0.1),
    "many people": World(people=400),
    "one person": World(people=1),
    "drifting": World(drift=0.6, exact=0.1),
    "heavy tails": World(tails=2.0, spread=0.4, exact=0.3),
    "steady power": World(power=0.8, exact=0.3, spread=0.35),
}


def made_tasks(world: World, count: int, seed: int) -> list[TimedTask]:
    """So many tasks of a world, ordered by start."""
    import numpy as np

    chance = np.random.default_rng(seed)
    person = chance.choice(world.people, count, p=chance.dirichlet(np.full(world.people, 0.7)))
    biases = chance.normal(0, world.differing, world.people)
    kinds = chance.normal(0, 0.2, len(_WORDS))
    kind = chance.integers(0, len(_WORDS), count)
    sizes = np.exp(chance.normal(math.log(3), 1.2, count))
    rounded = np.array(_ROUND)
    estimates = rounded[np.abs(np.log(sizes[:, None] / rounded)).argmin(axis=1)]
    lean = (world.power - 1) * np.log(estimates / 3) + world.bias
    lean += biases[person] + kinds[kind] + world.drift * (np.arange(count) / count - 0.5)
    noise = world.spread * chance.standard_t(world.tails, count)
    noise[chance.random(count) < world.exact] = np.nan
    ratio = np.where(np.isnan(noise), 1.0, np.exp(lean + np.nan_to_num(noise)))
    actuals = np.maximum(0.25, np.round(estimates * ratio * 4) / 4)
    begin = datetime(2020, 1, 6, tzinfo=UTC)
    days = np.sort(chance.integers(0, 365 * 4, count))
    return [
        TimedTask(
            f"p{person[at]}",
            f"{_WORDS[kind[at]]} {chance.integers(0, 50)}",
            f"c{kind[at] % 3}",
            str(chance.integers(1, 6)),
            float(estimates[at]),
            float(min(actuals[at], 2000)),
            begin + timedelta(days=int(days[at])),
        )
        for at in range(count)
    ]
