"""What went before tells of what comes: the terms of sequence in the chance of finishing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from learnt.made_people import made_life

from assistant.domain.ids import TaskId
from assistant.domain.task import Due, Task, TaskState, Work
from assistant.planner.learning.finishing import (
    PLAIN,
    RULE_ON_TIME,
    TERMS,
    Examples,
    FinishingModel,
    causes,
    examples,
    learn_finishing,
    record_of,
    situation,
    suggestion,
)
from assistant.planner.learning.logistic import later_losses

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def task(number: int, days: float, tag: str = "a", *, late: bool | None = False) -> Task:
    """One that was due some days ago; done a day before or after that, or open."""
    end = NOW - timedelta(days=days)
    ended = None if late is None else end + timedelta(days=1 if late else -1)
    made = Task(TaskId(number), f"task {number}", end - timedelta(days=4), tags=(tag,))
    state = TaskState.OPEN if late is None else TaskState.DONE
    return replace(made, due=Due(end, whole_day=False), ended=ended, state=state)


def asked(tag: str = "a") -> Task:
    end = NOW + timedelta(days=4)
    made = Task(TaskId(99), "asked", NOW - timedelta(days=4), tags=(tag,))
    return replace(made, due=Due(end, whole_day=False))


def values(tasks: list[Task], work: list[Work] | None = None, tag: str = "a") -> dict[str, float]:
    found = situation(asked(tag), NOW, 4.0, record_of([*tasks, asked(tag)], work or [], []))
    assert found is not None
    return dict(zip(TERMS, found.values, strict=True))


def test_the_last_tasks_count_most() -> None:
    slipping = values([task(at, 40 - at, late=at >= 6) for at in range(9)])
    mending = values([task(at, 40 - at, late=at < 6) for at in range(9)])
    assert (slipping["run"], mending["run"]) == (-0.6, 0.6)
    assert slipping["usual"] > mending["usual"]  # in all, more were in time
    nothing = values([])
    assert (nothing["run"], nothing["alike"]) == (0, 0)


def test_an_open_task_past_its_deadline_is_late_and_the_asked_one_does_not_count() -> None:
    assert values([task(1, 2, late=None)])["run"] == -0.2
    late = replace(asked(), due=Due(NOW - timedelta(days=1), whole_day=False))
    found = situation(late, NOW, 4.0, record_of([late], [], []))
    assert found is not None
    assert (found.run, found.usual) == (0, 0.7)


def test_tasks_of_the_same_kind_tell_apart() -> None:
    past = [task(at, 40 - at, "ab"[at % 2], late=at % 2 == 0) for at in range(20)]
    assert values(past, tag="a")["alike"] < -0.2
    assert values(past, tag="b")["alike"] > 0.2
    assert values(past, tag="c")["alike"] == 0


def test_when_within_its_time_it_was_begun() -> None:
    idle = values([])
    assert (idle["waited"], idle["early"]) == (0.5, 0)
    at_once = Work(TaskId(99), NOW - timedelta(days=4), NOW - timedelta(days=4, hours=-2))
    today = Work(TaskId(99), NOW - timedelta(hours=2), NOW - timedelta(hours=1))
    begun = values([], [at_once, today])
    assert (begun["waited"], begun["early"]) == (0, 1)
    late = values([], [today])
    assert late["early"] == pytest.approx(0.5, abs=0.02)


def without_sequence(found: Examples) -> Examples:
    plain = found.values.copy()
    plain[:, len(PLAIN) :] = 0.0
    return replace(found, values=plain)


@pytest.mark.parametrize("person", ["streaks", "by kind", "mixed"])
def test_what_went_before_foretells_what_comes_after(person: str) -> None:
    gained: list[float] = []
    for seed in range(3):
        life = made_life(person, 160, seed)
        record = record_of(life.tasks, life.work, life.events)
        latest = max(one.ended for one in life.tasks if one.ended)
        found = examples(record, latest, life.hours)
        losses = [
            later_losses(one.values, one.on_time, RULE_ON_TIME, 40.0, one.cut)
            for one in (without_sequence(found), found)
        ]
        assert losses[1].model_wins
        gained.append(losses[0].model - losses[1].model)
    assert sum(gained) > 0


def test_reasons_and_the_suggestion_are_of_what_was_learnt() -> None:
    life = made_life("by kind", 300, 1)
    record = record_of(life.tasks, life.work, life.events)
    latest = max(one.ended for one in life.tasks if one.ended)
    model = learn_finishing(record, latest, life.hours)
    assert model is not None
    end = latest + timedelta(days=6)
    slips, goes = (
        situation(
            Task(TaskId(9999), "asked", latest, tags=(tag,), due=Due(end, whole_day=False)),
            latest,
            2.0,
            record,
        )
        for tag in ("uni", "home")
    )
    assert slips is not None
    assert goes is not None
    said = {one.name: one for one in causes(model, slips)}
    assert said["alike"].effect < 0
    assert said["alike"].text.endswith("less often than others")
    assert {one.name: one for one in causes(model, goes)}["alike"].text.endswith(
        "more often than others"
    )
    place = TERMS.index("alike")
    assert said["alike"].effect == pytest.approx(model.on_time[place] * slips.values[place])
    only = FinishingModel(tuple(3.0 if name == "alike" else 0.0 for name in TERMS))
    assert "slip" in suggestion(only, replace(slips, share_done=0.5))
    only = FinishingModel(tuple(-3.0 if name == "waited" else 0.0 for name in TERMS))
    waiting = situation(asked(), NOW, 4.0, record_of([], [], []))
    assert waiting is not None
    assert [one.text for one in causes(only, waiting)] == [
        "50% of its time has passed and it is not begun"
    ]
    assert suggestion(only, waiting).startswith("Begin")
