"""What to do first: an order of tasks, and what an answer changes in it at once."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.ids import TaskId
from assistant.domain.task import Due, Priority, Task, TaskState
from assistant.planner.learning.answered import Choice, moved, pair_of, still_said
from assistant.planner.learning.ranking import by_first, ranked
from assistant.planner.learning.urgency import RULE, TERMS, importance

NOW = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Europe/Berlin"))


def task(number: int, **values: Any) -> Task:
    return Task(TaskId(number), f"task {number}", NOW - timedelta(days=1), **values)


def numbers(tasks: tuple[Task, ...]) -> list[int]:
    return [one.id for one in tasks]


def more(**terms: float) -> tuple[float, ...]:
    return tuple(terms.get(name, 0.0) for name in TERMS)


def test_the_most_urgent_that_can_be_done_comes_next() -> None:
    tasks = [
        task(1),
        task(2, due=Due(NOW + timedelta(hours=3)), waits_for=(TaskId(1),)),
        task(3, priority=Priority.HIGH),
        task(4, due=Due(NOW - timedelta(days=2)), waits_for=(TaskId(9),)),
        task(5, fixed_start=NOW + timedelta(hours=5)),
        task(6, fixed_start=NOW + timedelta(hours=2)),
        task(8, fixed_start=NOW + timedelta(days=1)),
        task(7, state=TaskState.DONE, ended=NOW),
    ]
    everything = [*tasks, task(9)]
    # The first is lent the urgency of what waits for it; the fourth waits for what is not listed.
    assert numbers(by_first(tasks, everything, NOW, RULE, ())) == [6, 5, 1, 2, 3, 4, 8, 7]
    assert numbers(by_first(tasks, tasks, NOW, RULE, ()))[2] == 4  # what it waited for is done


def test_what_was_said_to_come_first_does() -> None:
    tasks = [task(1), task(2), task(3)]
    points = {TaskId(1): 1.0, TaskId(2): 3.0, TaskId(3): 2.0}
    assert numbers(ranked(tasks, points)) == [2, 3, 1]
    assert numbers(ranked(tasks, points, [(TaskId(1), TaskId(2))])) == [1, 2, 3]
    circle = [(TaskId(1), TaskId(2)), (TaskId(2), TaskId(1))]
    assert numbers(ranked(tasks, points, circle)) == [3, 2, 1]


def test_a_circle_is_broken_within_it() -> None:
    tasks = [task(1), task(2, waits_for=(TaskId(1),)), task(3, waits_for=(TaskId(1),))]
    points = {TaskId(1): 1.0, TaskId(2): 2.0, TaskId(3): 3.0}
    assert numbers(ranked(tasks, points, [(TaskId(2), TaskId(1))])) == [2, 1, 3]


@given(st.lists(st.tuples(st.integers(0, 9), st.floats(-5, 5)), max_size=10), st.data())
def test_every_task_is_ranked_once_behind_what_it_waits_for(
    drawn: list[tuple[int, float]], data: st.DataObject
) -> None:
    count = len(drawn)
    earlier = [st.sets(st.integers(0, max(at - 1, 0)), max_size=2) for at in range(count)]
    waits: dict[int, set[int]] = {at: data.draw(earlier[at]) - {at} for at in range(count)}
    tasks = [task(at, waits_for=tuple(map(TaskId, waits[at]))) for at in range(count)]
    data.draw(st.randoms(use_true_random=False)).shuffle(tasks)
    found = numbers(ranked(tasks, {TaskId(at): one[1] for at, one in enumerate(drawn)}))
    assert sorted(found) == list(range(count))
    for at, firsts in waits.items():
        assert all(found.index(first) < found.index(at) for first in firsts)


def test_an_answer_moves_the_weights_a_little_and_never_far() -> None:
    chosen = Choice(NOW, more(due=-0.1, priority=0.3))
    once = moved(RULE, [chosen])
    assert once[0] < RULE[0]
    assert once[1] > RULE[1]
    assert once[2:] == RULE[2:]
    many = moved(RULE, [chosen] * 50)
    assert many[0] >= RULE[0] / 2
    assert many[1] <= RULE[1] * 2
    assert moved(RULE, [Choice(NOW, more())]) == RULE  # two that do not differ teach nothing
    sure = Choice(NOW, more(due=0.9))
    assert moved(RULE, [sure]) == RULE  # what stood in front anyway moves nothing


def test_steps_that_do_harm_afterwards_do_not_count() -> None:
    answer = Choice(NOW, more(due=-0.1, priority=0.3))
    against = [
        Choice(NOW + timedelta(days=at), more(due=0.1, priority=-0.3), 0.2, moves=False)
        for at in range(1, 4)
    ]
    for_it = [
        Choice(one.at, tuple(-value for value in one.more), 0.2, moves=False) for one in against
    ]
    assert moved(RULE, [answer, *against]) == RULE
    assert moved(RULE, [*for_it, answer]) == moved(RULE, [answer])


def test_an_answer_holds_until_the_other_one_is_much_more_urgent() -> None:
    answers = [(NOW, "first:1:2", "1"), (NOW, "focus", "50"), (NOW, "first:3:2", "2")]
    close = {TaskId(1): 4.0, TaskId(2): 5.0}
    assert still_said(answers, close) == ((1, 2),)  # the third is not open any more
    assert still_said([*answers, (NOW, "first:2:1", "2")], close) == ((2, 1),)
    assert still_said(answers, {TaskId(1): 4.0, TaskId(2): 8.0}) == ()
    assert pair_of("first:1:2", "2") == (2, 1)
    for question, answer in (("first:1:2", "3"), ("first:1", "1"), ("first:a:b", "a")):
        assert pair_of(question, answer) is None


def test_what_was_said_to_come_first_matters_more_to_a_plan() -> None:
    tasks = [task(1), task(2), task(3)]
    found = importance(tasks, NOW, RULE, [(TaskId(2), TaskId(1))])
    assert found[TaskId(2)] > 1 > found[TaskId(1)]
    assert found[TaskId(3)] == 1
