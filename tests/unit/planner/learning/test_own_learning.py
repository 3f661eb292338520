"""What is learnt of one person: order, finishing, rhythm, drift; and how models are kept."""

import importlib
import math
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.task import Due, Happened, Priority, Task, TaskEvent, TaskState, Work
from assistant.planner.learning import finishing
from assistant.planner.learning.drift import has_drifted
from assistant.planner.learning.finishing import (
    RULE_ON_TIME,
    FinishingModel,
    causes,
    learn_finishing,
    record_of,
    situation,
    suggestion,
    told,
)
from assistant.planner.learning.finishing import TERMS as TERMS_OF_FINISHING
from assistant.planner.learning.insights import Spent, patterns, where_time_went
from assistant.planner.learning.keeping import from_bytes, to_bytes
from assistant.planner.learning.likeness import WordLikeness
from assistant.planner.learning.logistic import Against
from assistant.planner.learning.own_durations import OwnModel, ask, said_again, train
from assistant.planner.learning.questions import FIRST, next_question
from assistant.planner.learning.rhythm import (
    Alert,
    energy,
    expected_curve,
    focus,
    switching_cost,
)
from assistant.planner.learning.timed_tasks import TimedTask, Tracked
from assistant.planner.learning.urgency import (
    RULE,
    TERMS,
    choices_of,
    learn_order,
    urgency,
    values_of,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def task(number: int, **more: object) -> Task:
    made = Task(TaskId(number), f"task {number}", NOW - timedelta(days=10))
    return replace(made, **more)  # type: ignore[arg-type] - of a test's own words


def points(one: Task) -> float:
    return sum(term.points for term in urgency(one, NOW))


def test_urgency_is_the_sum_of_what_is_shown() -> None:
    soon = Due(NOW, whole_day=False)
    later = Due(NOW + timedelta(days=30))
    assert points(task(1, due=soon)) > points(task(2, due=later)) > points(task(3))
    assert points(task(1, priority=Priority.URGENT)) > points(task(2, priority=Priority.LOW))
    assert (
        points(task(1, state=TaskState.DOING))
        > points(task(1))
        > points(task(1, state=TaskState.WAITING))
    )
    overdue = {t.name: t.value for t in urgency(task(1, due=Due(NOW - timedelta(days=9))), NOW)}
    assert overdue["due"] == 1
    assert set(overdue) == set(TERMS)


def test_who_does_old_things_first_is_understood() -> None:
    chance = random.Random(1)  # noqa: S311 - nothing secret
    tasks: list[Task] = []
    for at in range(160):
        created = NOW - timedelta(days=600 - at * 3)
        short = chance.random() < 0.5
        # Short ones are done at once, all others a month later.
        ended = created + timedelta(days=1 if short else 30)
        estimate = 10 if short else 60
        tasks.append(
            Task(TaskId(at), "x", created, state=TaskState.DONE, ended=ended, estimate_min=estimate)
        )
    choices = choices_of(tasks)
    model = learn_order(choices)
    assert model is not None
    assert model.against.model_wins
    assert model.weights[TERMS.index("short")] > RULE[TERMS.index("short")]
    assert model.weights[TERMS.index("begun")] == pytest.approx(RULE[TERMS.index("begun")])
    assert learn_order(choices[:5]) is None
    # However they are handed in, the model is tried on those that were made last.
    answered_late = learn_order([*choices[50:], *choices[:50]])
    assert answered_late == model


def test_what_is_done_is_compared_with_the_five_open_ones_that_were_added_last() -> None:
    chance = random.Random(3)  # noqa: S311 - nothing secret
    tasks: list[Task] = []
    for at in range(1, 121):
        # Hours are few, so that many are added and done in the same one.
        created = NOW - timedelta(hours=chance.randrange(2, 60))
        ended = chance.choice((None, created + timedelta(hours=chance.randrange(60))))
        one = task(at, created=created, ended=ended, due=Due(NOW + timedelta(days=at % 9)))
        state = chance.choice((TaskState.DONE, TaskState.DROPPED)) if ended else one.state
        tasks.append(replace(one, state=state, estimate_min=chance.choice((5, 60))))
    expected: list[tuple[datetime, tuple[float, ...]]] = []
    done = [(one.ended, one.id, one) for one in tasks if one.ended and one.state is TaskState.DONE]
    for now, _, one in sorted(done, key=lambda each: each[:2]):
        was_open = [
            each
            for each in tasks
            if each.created < now and (each.ended is None or each.ended > now)
        ]
        for other in sorted(was_open, key=lambda each: each.created)[-5:]:
            more = zip(TERMS, values_of(one, now), values_of(other, now), strict=True)
            state = {"begun", "waiting", "blocks"}
            expected.append((now, tuple(0.0 if n in state else a - b for n, a, b in more)))
    assert len(expected) > 100
    assert choices_of(tasks) == expected
    since = expected[len(expected) // 2][0]
    assert choices_of(tasks, since) == [each for each in expected if each[0] > since]


def past_tasks(count: int, *, late_if_long: bool) -> tuple[list[Task], dict[TaskId, float]]:
    chance = random.Random(2)  # noqa: S311 - nothing secret
    tasks: list[Task] = []
    hours: dict[TaskId, float] = {}
    for at in range(count):
        created = NOW - timedelta(days=400 - 3 * at)
        long = chance.random() < 0.5
        due = created + timedelta(days=8)
        late = long is late_if_long
        ended = due + timedelta(days=3 if late else -2)
        one = task(at + 1, created=created, due=Due(due, whole_day=False), ended=ended)
        tasks.append(replace(one, state=TaskState.DONE))
        hours[one.id] = 8.0 if long else 1.0
    return tasks, hours


def test_chances_of_finishing_are_learnt_and_explained() -> None:
    tasks, hours = past_tasks(120, late_if_long=True)
    record = record_of(tasks, [], [])
    model = learn_finishing(record, NOW, hours)
    assert model is not None
    assert model.against is not None
    assert model.against.model_wins
    asked = task(500, due=Due(NOW + timedelta(days=4), whole_day=False), created=NOW)
    long, short = (situation(asked, NOW, size, record) for size in (8.0, 1.0))
    assert long is not None
    assert short is not None
    assert told(model, long)[0] < told(model, short)[0] - 0.2
    assert told(model, long)[1] > told(model, short)[1]
    assert causes(model, long)[0].effect != 0
    assert suggestion(model, long)
    assert learn_finishing(record_of(tasks[:5], [], []), NOW, hours) is None


def looked_at(tasks: list[Task], events: list[TaskEvent]) -> list[tuple[float, ...]]:
    """The figures of each look at past tasks."""
    seen: list[tuple[float, ...]] = []

    def kept(rows: object, *_: object) -> tuple[float, ...]:
        seen.extend(tuple(row) for row in rows)  # type: ignore[attr-defined] - an array
        return (0.0,) * 8

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finishing, "fit_towards", kept)
        learn_finishing(record_of(tasks, [], events), NOW, {})
    return seen[: len(seen) // 2]


def test_when_a_past_task_is_looked_at_does_not_tell_when_it_was_done() -> None:
    rooms: list[set[float]] = []
    for days in (7, 30):
        tasks, _ = past_tasks(30, late_if_long=True)
        same = [
            replace(one, ended=one.created + timedelta(days=days)) for one in tasks if one.ended
        ]
        same = [one for one in same if one.ended and one.ended < NOW][:22]
        rooms.append({round(row[1], 6) for row in looked_at(same, [])})
    assert rooms[0] == rooms[1]
    assert len(rooms[0]) == 2
    # Done early: there was only one moment at which it was still open.
    tasks, _ = past_tasks(30, late_if_long=True)
    early = [replace(one, ended=one.created + timedelta(days=3)) for one in tasks]
    assert len(looked_at(early, [])) == 30


def test_a_past_task_is_looked_at_with_the_deadline_that_it_had() -> None:
    tasks, hours = past_tasks(60, late_if_long=True)
    tasks = [replace(one, ended=one.created + timedelta(days=11)) for one in tasks]
    was = looked_at(tasks, [])
    moved: list[Task] = []
    events: list[TaskEvent] = []
    for one in tasks:
        assert one.due is not None
        old, new = one.due.moment, one.due.moment + timedelta(days=5)
        # Put off on the very day, and in time for the new deadline: the old one was missed.
        moved.append(replace(one, due=Due(new, whole_day=False)))
        value = f"{old.isoformat()} {new.isoformat()}"
        events.append(TaskEvent(one.id, old - timedelta(hours=1), Happened.DUE_MOVED, value))
    # What came of other tasks is counted by what holds now; all else is as it was.
    others = {"usual", "run", "alike"}
    own = [at for at, name in enumerate(TERMS_OF_FINISHING) if name not in others]
    now = looked_at(moved, events)
    assert [[row[at] for at in own] for row in now] == [[row[at] for at in own] for row in was]
    model = learn_finishing(record_of(moved, [], events), NOW, hours)
    assert model is not None
    assert model.on_time[0] < RULE_ON_TIME[0]


def test_both_looks_at_a_task_stand_on_one_side_of_a_trial() -> None:
    tasks, hours = past_tasks(45, late_if_long=True)
    # The first half is done so early that it is looked at once only.
    tasks = [
        replace(one, ended=one.created + timedelta(days=3 if at < 20 else 7))
        for at, one in enumerate(tasks)
    ]
    cuts: list[int] = []

    def kept(rows: object, *rest: object) -> Against:
        cuts.append(int(rest[-1]))  # type: ignore[call-overload] - a number
        return Against(len(rows), 1.0, 0.5)  # type: ignore[arg-type] - an array

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finishing, "later_losses", kept)
        learn_finishing(record_of(tasks, [], []), NOW, hours)
    # 45 tasks: 31 earlier ones, of which 20 are looked at once and 11 twice.
    assert cuts == [20 + 2 * 11] * 2


def test_nothing_later_changes_a_situation() -> None:
    tasks, _ = past_tasks(40, late_if_long=True)
    asked = task(500, due=Due(NOW + timedelta(days=4)), created=NOW - timedelta(days=5))
    work = [Work(asked.id, NOW - timedelta(hours=3), NOW + timedelta(hours=5))]
    moved = f"{NOW.isoformat()} {(NOW + timedelta(days=4)).isoformat()}"
    events = [TaskEvent(asked.id, NOW - timedelta(days=1), Happened.DUE_MOVED, moved)]
    before = situation(asked, NOW, 6.0, record_of(tasks, work, events))
    later = [
        *events,
        TaskEvent(asked.id, NOW + timedelta(hours=1), Happened.DUE_MOVED, moved),
    ]
    more = [*work, Work(asked.id, NOW + timedelta(hours=6), NOW + timedelta(hours=7))]
    changed = [
        replace(one, ended=NOW + timedelta(days=1)) if (one.ended or NOW) > NOW else one
        for one in tasks
    ]
    assert situation(asked, NOW, 6.0, record_of(changed, more, later)) == before
    assert before is not None
    assert before.moved == 1
    assert before.share_done == pytest.approx(0.5)
    assert situation(task(1), NOW, 1.0, record_of([], [], [])) is None


def test_the_plain_rule_already_tells_hurried_from_calm() -> None:
    record = record_of([], [], [])
    model = FinishingModel()
    chance: dict[float, float] = {}
    for days in (0.1, 1.0, 10.0):
        asked = task(1, due=Due(NOW + timedelta(days=days), whole_day=False))
        found = situation(asked, NOW, 3.0, record)
        assert found is not None
        chance[days] = told(model, found)[0]
        assert suggestion(model, found)
    assert chance[0.1] < 0.3 < chance[1.0] < chance[10.0]
    assert chance[10.0] > 0.8


def test_energy_moves_to_when_work_goes_well() -> None:
    prior = expected_curve(Alert.EVENING)
    assert prior[0][18] > prior[0][9] > prior[0][3]
    work: list[Work] = []
    speed: dict[TaskId, float] = {}
    for week in range(8):
        for at, hour in enumerate((9, 18)):
            one = TaskId(2 * week + at)
            start = datetime(2026, 1, 5, hour, tzinfo=UTC) + timedelta(weeks=week)
            work.append(Work(one, start, start + timedelta(hours=1, minutes=30)))
            speed[one] = 2.0 if hour == 9 else 0.5
    curve = energy(work, speed, UTC, prior)
    assert curve[0][9] > 1.3 * prior[0][9]
    assert curve[0][18] < 0.8 * prior[0][18]
    assert prior[3][9] < curve[3][9] < curve[0][9]
    assert all(0 <= level <= 1 for day in curve for level in day)
    assert energy([], {}, UTC, prior) == prior


def test_focus_and_switching_are_drawn_to_what_is_usual() -> None:
    assert focus([]).minutes == 50
    stretches = [
        Work(TaskId(at), NOW + timedelta(hours=at), NOW + timedelta(hours=at, minutes=20))
        for at in range(60)
    ]
    assert 20 < focus(stretches).minutes < 26
    joined = [
        Work(TaskId(1), NOW, NOW + timedelta(minutes=20)),
        Work(TaskId(1), NOW + timedelta(minutes=22), NOW + timedelta(minutes=50)),
    ]
    assert focus(joined).stretches == 1
    assert switching_cost({}, {}) == 8
    often = {TaskId(at): 4 for at in range(50)}
    assert switching_cost(often, dict.fromkeys(often, 60.0)) == pytest.approx(20, abs=1)


def test_growing_errors_are_noticed() -> None:
    chance = random.Random(3)  # noqa: S311 - nothing secret
    calm = [abs(chance.gauss(0, 0.3)) for _ in range(200)]
    assert not has_drifted(calm)
    assert not has_drifted(calm[:10])
    assert has_drifted(calm + [one + 0.8 for one in calm[:40]])


def timed(count: int, factor: float) -> list[TimedTask]:
    chance = random.Random(4)  # noqa: S311 - nothing secret
    return [
        TimedTask(
            "me",
            f"write part {at % 3}",
            "+1",
            "",
            hours := chance.choice([0.5, 1.0, 2.0, 4.0]),
            hours * factor * math.exp(chance.gauss(0, 0.25)),
            NOW + timedelta(days=at),
            NOW + timedelta(days=at, hours=9),
        )
        for at in range(count)
    ]


def test_a_model_is_kept_and_read_back() -> None:
    tasks = timed(120, 1.7)
    texts = [one.text for one in tasks]
    model, trial = train(tasks, WordLikeness(texts), WordLikeness(texts))
    assert trial.won
    assert trial.model.mae < 0.8 * trial.user.mae
    again = OwnModel.of(from_bytes(to_bytes(model.kept())))
    assert again == model
    asked = replace(tasks[0], start=NOW + timedelta(days=300), estimate_hours=2.0)
    likeness = [WordLikeness([*texts, asked.text]) for _ in range(3)]
    found = ask(again, tasks, asked, likeness[0])
    assert found == ask(model, tasks, asked, likeness[1])
    assert 2.6 < found.hours < 4.4
    assert found.low < found.hours < found.high
    assert found.corrected
    told_again = said_again(again, [*tasks, asked], WordLikeness([*texts, asked.text]))
    assert told_again[-1] == pytest.approx(found.hours)
    assert len(told_again) == len(tasks) + 1
    assert ask(None, tasks, asked, likeness[2]).hours == 2.0


def test_a_kept_model_with_strange_types_is_refused() -> None:
    import numpy as np

    boosted = importlib.import_module("sklearn.ensemble").HistGradientBoostingRegressor(
        max_iter=2, categorical_features=[0]
    )
    rows = np.array([[at % 3, at] for at in range(60)])
    boosted.fit(rows, np.arange(60.0))
    strange_kind = importlib.import_module("sklearn.preprocessing").FunctionTransformer
    back = from_bytes(to_bytes({"boosted": boosted}))
    assert np.array_equal(back["boosted"].predict(rows), boosted.predict(rows))
    strange = to_bytes({"weights": strange_kind(func=print)})
    for data, words in (
        (strange, "print"),
        (b"PK\x03\x04 no", "damaged"),
        (b"", "damaged"),
        (to_bytes({"weights": [1.0]})[:-30], "damaged"),
    ):
        with pytest.raises(UserFacingError, match=words) as caught:
            from_bytes(data)
        assert caught.value.code == "learnt_model_refused"


def test_what_is_asked_would_change_a_plan() -> None:
    done = [(NOW - timedelta(days=2), one.id, "x") for one in FIRST]
    assert next_question([], [], NOW) == FIRST[0]
    assert next_question([], done, NOW) is None
    unknown = task(1, due=Due(NOW + timedelta(days=2)))
    asked = next_question([unknown, task(2)], done, NOW)
    assert asked is not None
    assert asked.id == "length:1"
    pair = [task(1, estimate_min=30), task(2, estimate_min=30), task(3, state=TaskState.DOING)]
    first = next_question(pair, done, NOW)
    assert first is not None
    assert first.id == "first:1:2"
    assert next_question(pair, [*done, (NOW, "first:1:2", "1")], NOW) is None
    tomorrow = NOW + timedelta(days=1)
    answered = [*done, (NOW, "first:1:2", "1")]
    assert next_question(pair, answered, tomorrow) is None


def test_patterns_are_told_where_they_stand_out() -> None:
    tasks = timed(30, 2.0) + [replace(one, category="+2") for one in timed(30, 1.0)]
    names = {"+1": "Chemistry", "+2": "Garden"}
    found = patterns(tasks, names)
    assert any("Chemistry" in one.text and one.factor > 1.7 for one in found)
    assert not patterns(tasks[:3], names)


def test_time_of_tasks_that_are_not_done_went_somewhere_too() -> None:
    tracked = [
        Tracked("+1", 2.0, 1.0, is_open=False),
        Tracked("+1", 0.5, None, is_open=True),
        Tracked("+2", 1.0, 3.0, is_open=True),
    ]
    spent = where_time_went(tracked, {"+1": "Chemistry", "+2": "Garden"})
    assert spent == (Spent("Chemistry", 2, 1.0, 2.5, 1, 1), Spent("Garden", 1, 3.0, 1.0, 1, 1))
