"""Estimates are corrected where that has won before, and from nothing that comes later."""

import math
import random
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assistant.planner.learning.choosing import Choice, Past, choose
from assistant.planner.learning.duration_figures import CATEGORIES, Describer
from assistant.planner.learning.durations import Forecast, foretell
from assistant.planner.learning.intervals import Intervals
from assistant.planner.learning.likeness import MeaningLikeness, WordLikeness
from assistant.planner.learning.measures import measure_lengths
from assistant.planner.learning.timed_tasks import TimedTask

START = datetime(2024, 1, 1, tzinfo=UTC)
COUNT = 312


def made(factor: float, spread: float, seed: int = 1, count: int = COUNT) -> list[TimedTask]:
    """Tasks of three people who are wrong by a factor, and by chance."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    found: list[TimedTask] = []
    for at in range(count):
        estimate = chance.choice([0.5, 1, 2, 3, 4, 8, 16])
        actual = estimate * factor * math.exp(chance.gauss(0, spread))
        text = chance.choice(["write report", "fix the screen", "answer mail"])
        person = f"p{at % 3}"
        start = START + timedelta(days=at)
        found.append(TimedTask(person, text, "c", "1", estimate, actual, start))
    return found


def measured(tasks: list[TimedTask], told: list[Forecast]) -> tuple[float, float, float, float]:
    """MdMRE and MAE of the last part relative to the users', coverage, share corrected."""
    import numpy as np

    last = len(tasks) * 7 // 10
    actual = np.array([task.actual_hours or 0 for task in tasks[last:]])
    user = measure_lengths(np.array([task.estimate_hours for task in tasks[last:]]), actual)
    model = measure_lengths(np.array([one.hours for one in told[last:]]), actual)
    inside = [one.low <= h <= one.high for one, h in zip(told[last:], actual, strict=True)]
    corrected = sum(one.corrected for one in told[last:]) / len(inside)
    return (
        model.mdmre / user.mdmre,
        model.mae / user.mae,
        sum(map(bool, inside)) / len(inside),
        corrected,
    )


@pytest.fixture(scope="module")
def optimists() -> list[TimedTask]:
    return made(1.8, 0.3)


@pytest.fixture(scope="module")
def told(optimists: list[TimedTask]) -> list[Forecast]:
    return foretell(optimists)


def test_who_is_always_late_is_corrected(optimists: list[TimedTask], told: list[Forecast]) -> None:
    middle, distance, inside, corrected = measured(optimists, told)
    assert middle < 0.8
    assert distance < 0.8
    assert 0.7 < inside < 0.9
    assert corrected > 0.8
    assert not told[0].corrected
    assert told[0].low < told[0].hours < told[0].high


def test_who_is_right_is_left_alone() -> None:
    tasks = made(1.0, 0.3, seed=2, count=240)
    middle, distance, inside, _ = measured(tasks, foretell(tasks))
    assert middle <= 1.05
    assert distance <= 1.03
    assert 0.7 < inside < 0.92


def test_nothing_later_changes_a_prediction(
    optimists: list[TimedTask], told: list[Forecast]
) -> None:
    cut = 304
    chance = random.Random(5)  # noqa: S311 - nothing secret
    later = [
        replace(
            task,
            actual_hours=chance.uniform(1, 300),
            text="x",
            estimate_hours=task.estimate_hours * 9,
        )
        for task in optimists[cut:]
    ]
    # What began before and is not finished by then is not known either.
    still = {at for at in range(cut) if optimists[at].known_from > optimists[cut - 1].start}
    before = [
        replace(task, actual_hours=(task.actual_hours or 0) + 40) if at in still else task
        for at, task in enumerate(optimists[:cut])
    ]
    assert still
    again = foretell(before + later)[:cut]
    for one, other in zip(again, told, strict=False):
        assert (one.hours, one.low, one.high) == pytest.approx(
            (other.hours, other.low, other.high), rel=1e-9
        )


def test_a_larger_estimate_never_gives_less(optimists: list[TimedTask]) -> None:
    asked = [
        TimedTask("p1", "fix the screen", "c", "1", hours, None, START + timedelta(days=900))
        for hours in (0.25, 0.5, 1, 1.5, 2, 4, 6, 8, 12, 20)
    ]
    hours = [one.hours for one in foretell(optimists[:300] + asked)[300:]]
    assert hours == sorted(hours)


def test_a_correction_that_spoils_what_was_right_is_not_used() -> None:
    import numpy as np

    chance = np.random.default_rng(3)
    estimates = chance.choice([1.0, 2.0, 40.0], 900, p=[0.45, 0.45, 0.1])
    large = estimates > 10
    actuals = np.where(large, estimates * 0.5, estimates) * np.exp(chance.normal(0, 0.1, 900))
    corrections = np.full((900, 1), math.log(0.6))
    choice = choose(Past(estimates, actuals, corrections))
    asked = np.array([1.0, 40.0])
    small, big = choice.apply(asked, corrections[:2])
    assert small == 0
    assert big == pytest.approx(math.log(0.6))
    assert not choose(Past(estimates[:9], actuals[:9], corrections[:9])).is_used
    assert list(Choice().apply(asked, corrections[:2])) == [0, 0]


def test_intervals_follow_a_change() -> None:
    chance = random.Random(4)  # noqa: S311 - nothing secret
    intervals = Intervals((2.0,))
    inside: list[bool] = []
    for at in range(3000):
        residual = chance.gauss(0.0 if at < 1000 else 1.0, 0.3 if at < 2000 else 0.9)
        hours = chance.choice([1.0, 4.0])
        ends = intervals.ends(hours)
        inside.append(ends[0] <= residual <= ends[1])
        intervals.learn(hours, residual, ends)
    assert 0.77 < sum(inside[:1000]) / 1000 < 0.85
    assert 0.76 < sum(inside[1000:]) / 2000 < 0.83


def test_what_is_alike_is_found_by_words_and_by_meaning() -> None:
    import numpy as np

    words = WordLikeness(["write the lab report", "buy milk", "Lab report: chemistry", "", "call"])
    for at in range(2):
        words.add(at)
    assert words.near(3) == []
    assert words.near(2)[0][0] == 0
    assert 0 < words.near(2)[0][1] < 1
    meaning = MeaningLikeness(np.eye(3, dtype=np.float32)[[0, 1, 0]])
    assert meaning.near(2) == []
    meaning.add(0)
    meaning.add(1)
    assert meaning.near(2) == [(0, 1.0), (1, 0.0)]
    other = MeaningLikeness(np.eye(3, dtype=np.float32)[[0, 1, 0]])
    other.add(2)
    other.add(1)
    assert other.near(0) == [(2, 1.0), (1, 0.0)]


def test_what_is_known_is_not_copied_for_each_task() -> None:
    import numpy as np

    vectors = np.full((2000, 64), 0.125, dtype=np.float32)
    meaning = MeaningLikeness(vectors)
    for at in range(1999):
        meaning.add(at)
    tracemalloc.start()
    found = meaning.near(1999)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found[0] == (0, pytest.approx(1.0))
    assert most < vectors.nbytes / 4


def test_each_name_has_a_number_up_to_a_bound() -> None:
    tasks = [replace(one, person=f"p{at}") for at, one in enumerate(made(1.0, 0.1))]
    describer = Describer(tasks, WordLikeness([one.text for one in tasks]))
    codes = [row[CATEGORIES[0]] for row in describer.describe()]
    assert codes == [float(min(at, 200)) for at in range(COUNT)]
