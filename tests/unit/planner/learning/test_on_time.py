"""Chances of handing in on time, from what a due morning shows."""

import math
import random
from dataclasses import replace

import pytest

from assistant.domain.errors import Cancelled
from assistant.planner.learning.measures import measure_chances
from assistant.planner.learning.on_time import OnTimeModel, enough
from assistant.planner.learning.submissions import Submission, first_days, read_submissions

TABLE = b"student,module,presentation,type,weight,due_day,submitted_day\n1,M,2013J,T,5,10,10\n"


def made(students: range) -> list[Submission]:
    """Students of whom some are always late, at eight works of two modules."""
    found: list[Submission] = []
    for student in students:
        chance = random.Random(student)  # noqa: S311 - nothing secret
        habit = chance.gauss(1.0, 2.5)
        for at in range(8):
            due = 20 + 25 * at
            day = due - round(chance.gauss(habit, 1.0) + (at % 2))
            done = math.inf if chance.random() < 0.03 else day
            kind = "TMA" if at % 2 else "CMA"
            found.append(
                Submission(f"s{student}", f"M{student % 2}", "2013J", kind, 10.0, due, done)
            )
    return found


@pytest.fixture(scope="module")
def model() -> OnTimeModel:
    return OnTimeModel(made(range(150)))


def test_habits_of_the_unseen_are_found(model: OnTimeModel) -> None:
    import numpy as np

    asked = made(range(1000, 1080))
    happened = np.array([row.on_time for row in asked], dtype=np.float64)
    found = measure_chances(model.chances(asked), happened)
    assert found.auc is not None
    assert found.auc > 0.85
    assert found.ece < 0.1
    assert found.count == len(asked)


def test_nothing_later_changes_a_chance(model: OnTimeModel) -> None:
    import numpy as np

    asked = made(range(1000, 1030))
    before = model.chances(asked)
    chance = random.Random(9)  # noqa: S311 - nothing secret
    cut = 120
    # From a due day on, nothing of that day and later is known; neither is when it came in.
    changed = [
        replace(row, submitted_day=cut + chance.randrange(200)) if row.submitted_day >= cut else row
        for row in asked
    ]
    assert changed != asked
    earlier = np.array([row.due_day <= cut for row in asked])
    after = model.chances(changed)
    assert np.array_equal(before[earlier], after[earlier])
    assert not np.array_equal(before, after)


def test_that_a_row_is_there_does_not_tell_that_it_will_come_in(model: OnTimeModel) -> None:
    import numpy as np

    asked = made(range(1000, 1060))
    cut = 120
    # A table may name only what came in some day: what is out by then may be missing from it.
    there = [row for row in asked if row.due_day >= cut or row.submitted_day < cut]
    assert len(there) < len(asked)
    then = [row.due_day == cut for row in asked]
    still = [row.due_day == cut for row in there]
    assert np.array_equal(model.chances(asked)[then], model.chances(there)[still])


def test_what_is_overdue_counts_where_no_calendar_tells_it(model: OnTimeModel) -> None:
    def own(lead: int) -> list[Submission]:
        return [Submission("x", "own", "2013J", "TMA", 1.0, day, day - lead) for day in (9, 19, 29)]

    calm, late = (model.chances(own(lead))[-1] for lead in (2, -40))
    assert late < calm - 0.1


@pytest.mark.parametrize("nth", [0, 4, 40, -1])
def test_a_stop_is_heard_in_training(nth: int) -> None:
    calls = 0

    def counting() -> None:
        nonlocal calls
        calls += 1

    train = made(range(40))
    OnTimeModel(train, counting)
    assert calls > 40
    left = nth % calls

    def stopping() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Cancelled

    with pytest.raises(Cancelled):
        OnTimeModel(train, stopping)
    with pytest.raises(Cancelled):
        read_submissions(TABLE, "a.csv", stopping)


def test_the_order_of_the_rows_does_not_matter(model: OnTimeModel) -> None:
    import numpy as np

    asked = made(range(1000, 1010))
    order = list(range(len(asked)))
    random.Random(1).shuffle(order)  # noqa: S311 - nothing secret
    mixed = model.chances([asked[at] for at in order])
    assert np.allclose(mixed, model.chances(asked)[order])


def test_what_was_never_seen_has_a_chance_too(model: OnTimeModel) -> None:
    strange = Submission("x", "new", "autumn", "quiz", math.nan, 5, math.inf)
    (chance,) = model.chances([strange])
    assert 0 < chance < 1


def test_where_only_one_person_was_ever_late_nothing_is_read_backwards() -> None:
    def always(student: str, lead: int) -> list[Submission]:
        return [
            Submission(student, "M", "2013J", "TMA", 10.0, day, day - lead)
            for day in range(20, 220, 25)
        ]

    train = [row for at in range(1, 30) for row in always(f"s{at}", 2)] + always("s0", -5)
    model = OnTimeModel(train)
    calm, late = (model.chances(always("new", lead))[-1] for lead in (2, -5))
    assert late < calm - 0.02
    assert calm > 0.9


def test_rounds_follow_one_another() -> None:
    days = first_days(["2014B", "2013J"])
    assert days["2014B"] - days["2013J"] == 123
    assert first_days(["b", "2013J", "a"]) == {"2013J": 0, "a": 400, "b": 800}


def test_enough_needs_people_and_both_outcomes() -> None:
    rows = made(range(19))
    assert not enough(rows)
    assert enough(made(range(20)))
    assert not enough([row for row in made(range(40)) if row.on_time])


def test_measures_are_as_defined() -> None:
    import numpy as np

    chances = np.array([0.1, 0.4, 0.4, 0.9])
    found = measure_chances(chances, np.array([0.0, 0.0, 1.0, 1.0]))
    assert found.auc == pytest.approx(3.5 / 4)
    assert found.brier == pytest.approx((0.01 + 0.16 + 0.36 + 0.01) / 4)
    assert found.ece == pytest.approx((0.1 + 0.2 + 0.1) / 4)
    assert measure_chances(chances, np.ones(4)).auc is None
