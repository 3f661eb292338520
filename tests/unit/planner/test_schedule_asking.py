"""Weeks as the user has them, in slots: clock changes, parts of tasks, rings, pins."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.clock_face import ClockFace
from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.lengths import length
from assistant.domain.schedule import Because, Block, BlockKind, Busy, Hours
from assistant.domain.task import DayPart, Due, Priority, Splitting, Task, TaskState
from assistant.planner.schedule.asking import asked
from assistant.planner.schedule.checker import violations
from assistant.planner.schedule.order import ring_of
from assistant.planner.schedule.slots import SlotLine
from assistant.planner.schedule.solve import Request, solve
from assistant.planner.schedule.telling import week_plan, when, with_reasons
from assistant.planner.schedule.week import Customs, StudyWish, WeekAsk

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=BERLIN)
ALL_DAY = tuple(Hours(day, ((time(9), time(12)), (time(13), time(0)))) for day in range(7))
RULES = Request(0.3, solver=False)


def task(key: int, **parts: object) -> Task:
    made = Task(TaskId(key), f"task {key}", MONDAY, estimate_min=60)
    return replace(made, **parts)


def ask(*tasks: Task, now: datetime = MONDAY, **parts: object) -> WeekAsk:
    return replace(WeekAsk(now, BERLIN, 7, tasks, ALL_DAY), **parts)


@pytest.mark.parametrize(
    ("now", "slots"),
    [
        (datetime(2026, 3, 28, 12, 1, tzinfo=BERLIN), 12 * 12 - 1 + 23 * 12),
        (datetime(2026, 10, 24, 12, 0, tzinfo=BERLIN), 12 * 12 + 25 * 12),
        (datetime(2026, 6, 1, 0, 0, tzinfo=UTC), 22 * 12 + 24 * 12),
    ],
)
def test_days_with_a_change_of_the_clock_have_their_own_length(now: datetime, slots: int):
    line = SlotLine(now, 2, BERLIN)

    assert line.horizon == slots
    assert line.end.astimezone(BERLIN).time() == time(0)
    assert line.moment(line.days[1]).time() == time(0)


def test_hours_follow_the_wall_clock_over_a_change():
    line = SlotLine(datetime(2026, 3, 28, 0, 0, tzinfo=BERLIN), 2, BERLIN)
    spans = line.hours(ALL_DAY)

    assert [line.moment(start).hour for start, _ in spans] == [9, 13, 9, 13]
    assert [line.moment(end).hour for _, end in spans] == [12, 0, 12, 0]
    night = line.hours([Hours(6, ((time(1), time(4)),))])
    assert [end - start for start, end in night] == [2 * 12]


@given(st.integers(0, 365 * 24 * 3600), st.integers(1, 9))
def test_slots_and_moments_lead_back_and_forth(seconds: int, days: int):
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    line = SlotLine(now, days, BERLIN)

    assert timedelta() <= line.start - now < timedelta(minutes=5)
    for slot in (0, line.horizon // 2, line.horizon):
        assert line.floor(line.moment(slot)) == line.ceil(line.moment(slot)) == slot
    assert line.ceil(line.moment(3) - timedelta(seconds=1)) == 3
    assert line.floor(line.moment(3) - timedelta(seconds=1)) == 2


def test_energy_follows_the_hours():
    curve = tuple(tuple(hour / 24 for hour in range(24)) for _ in range(7))
    problem = asked(ask(task(1), customs=Customs(curve=curve))).problem

    assert len(problem.energy) == problem.horizon
    assert (problem.energy[0], problem.energy[12], problem.energy[11]) == (38, 42, 38)


def test_a_task_becomes_an_item():
    due = Due(datetime(2026, 3, 4, tzinfo=BERLIN))
    one = task(
        1,
        priority=Priority.HIGH,
        due=due,
        project=ProjectId(4),
        splitting=Splitting(allowed=True, least_min=30),
        prefers=DayPart.MORNING,
        not_before=MONDAY + timedelta(hours=2),
        place="home",
    )
    found = asked(ask(one, worked={TaskId(1): 20.0}))
    (item,) = found.problem.items

    assert (item.slots, item.weight, item.release, item.least) == (8, 5, 24, 6)
    assert found.line.moment(item.due or 0) == datetime(2026, 3, 5, tzinfo=BERLIN)
    assert (item.group, item.place, item.late) == (4, "home", False)
    assert found.line.moment(item.preferred[1][0]).hour == 0


def test_what_is_overdue_worked_through_or_unknown_is_planned_all_the_same():
    late = task(1, due=Due(MONDAY - timedelta(days=3)))
    done = task(2)
    blank = task(3, estimate_min=None)
    found = asked(ask(late, done, blank, worked={TaskId(2): 400.0}, minutes={TaskId(1): 90}))

    slots = {item.key: (item.slots, item.late) for item in found.problem.items}
    assert slots == {1: (18, True), 2: (3, False), 3: (6, False)}


def test_parts_stand_for_what_they_are_parts_of():
    whole, part, other = task(1), task(2, parent=TaskId(1)), task(3, parent=TaskId(1))
    after = task(4, waits_for=(TaskId(1),))
    before = task(5)
    whole = replace(whole, waits_for=(TaskId(5),))
    found = asked(ask(whole, part, other, after, before))

    waits = {item.key: item.after for item in found.problem.items}
    assert waits == {2: (5,), 3: (5,), 4: (2, 3), 5: ()}


def test_those_that_wait_for_one_another_are_named():
    found = asked(ask(task(1, waits_for=(TaskId(2),)), task(2, waits_for=(TaskId(1),)), task(3)))
    plan = week_plan(found, solve(found.problem, RULES), MONDAY)

    assert set(found.ring) == {1, 2}
    assert {block.task for block in plan.blocks} == {3}
    assert all("wait for one another" in one.text for one in plan.overflow)
    assert "“task 1” → “task 2”" in plan.overflow[0].text + plan.overflow[1].text
    assert ring_of({1: (2,), 2: (3,), 3: ()}) == ()
    assert ring_of({1: (2, 3), 2: (4,), 3: (4,), 4: (3,)}) == (3, 4) or ring_of(
        {1: (2, 3), 2: (4,), 3: (4,), 4: (3,)}
    ) == (4, 3)


def test_events_and_appointments_take_their_time():
    lunch = Busy(MONDAY, MONDAY + timedelta(hours=2, minutes=2), "talk", place="campus")
    meet = task(2, fixed_start=MONDAY + timedelta(hours=3), fixed_end=MONDAY + timedelta(hours=4))
    free = task(3, fixed_start=MONDAY + timedelta(days=1))
    found = asked(ask(task(1), meet, free, task(4, waits_for=(TaskId(2),)), busy=(lunch,)))
    placing = solve(found.problem, RULES)
    plan = week_plan(found, placing, MONDAY)
    blocks = {block.task: block for block in plan.blocks}

    assert violations(found.problem, placing.pieces) == []
    assert blocks[TaskId(1)].start >= MONDAY + timedelta(hours=2, minutes=5)
    assert (blocks[TaskId(2)].start, blocks[TaskId(2)].pinned) == (meet.fixed_start, True)
    assert blocks[TaskId(3)].end - blocks[TaskId(3)].start == timedelta(hours=1)
    assert blocks[TaskId(4)].start >= MONDAY + timedelta(hours=4)
    told = with_reasons(found, placing, plan.blocks)
    assert "appointment" in next(one for one in told if one.task == 2).reasons[0].text


def test_a_plan_is_told_in_words():
    tasks = (
        task(1, priority=Priority.HIGH, title="essay", due=Due(MONDAY, whole_day=True)),
        task(2, title="read", waits_for=(TaskId(1),)),
        task(3, not_before=MONDAY + timedelta(days=1), title="call"),
        task(4, state=TaskState.WAITING),
    )
    wish = StudyWish(TaskId(-5), "Review", 10, MONDAY, MONDAY + timedelta(hours=12))
    found = asked(ask(*tasks, study=(wish,)))
    placing = solve(found.problem, RULES)
    plan = week_plan(found, placing, MONDAY)
    told = {one.title: one for one in with_reasons(found, placing, plan.blocks)}

    assert set(told) == {"essay", "read", "call", "Review"}
    assert told["Review"].kind is BlockKind.STUDY
    words = {
        (title, one.because): one.text for title, block in told.items() for one in block.reasons
    }
    assert words["read", Because.ORDER] == "It waits for “essay”"
    assert "before Tuesday 3 March, 09:00" in words["call", Because.NOT_BEFORE]
    american = ClockFace(twelve=True).told(words["call", Because.NOT_BEFORE])
    assert american.endswith("before Tuesday 3 March, 9:00\N{NO-BREAK SPACE}AM")
    assert when(datetime(2026, 3, 3, tzinfo=BERLIN)) == "by the end of Monday 2 March"
    assert [length(one) for one in (0, 5, 60, 95)] == ["0 min", "5 min", "1 h", "1 h 35 min"]


def test_what_is_pinned_stays_though_it_is_out_of_hours():
    pin = Block(
        TaskId(1),
        "task 1",
        MONDAY.replace(hour=22),
        MONDAY.replace(hour=22, minute=40),
        pinned=True,
    )
    found = asked(ask(task(1), blocks=(pin,)))
    plan = week_plan(found, solve(found.problem, RULES), MONDAY)

    assert [(one.part, one.parts, one.pinned) for one in plan.blocks] == [
        (1, 2, False),
        (2, 2, True),
    ]
    assert plan.blocks[1].start == pin.start
    assert plan.blocks[0].end - plan.blocks[0].start == timedelta(minutes=20)


def test_what_waits_for_an_appointment_beyond_the_plan_is_not_planned_before_it():
    meet = task(1, fixed_start=MONDAY + timedelta(days=20))
    found = asked(ask(meet, task(2, waits_for=(TaskId(1),)), task(3)))

    assert [piece.key for piece in solve(found.problem, RULES).pieces] == [3]


def test_what_is_pinned_beyond_the_days_is_not_planned_a_second_time():
    later = MONDAY + timedelta(days=10)
    pin = Block(TaskId(1), "task 1", later, later + timedelta(minutes=40), pinned=True)
    made = asked(ask(task(1), task(2, waits_for=(TaskId(1),)), blocks=(pin,)))

    assert {item.key: item.slots for item in made.problem.items} == {1: 4, 2: 12}
    assert made.fixed == (pin,)
    placed = solve(made.problem, RULES)
    assert sum(piece.slots for piece in placed.pieces if piece.key == 1) == 4
    assert not any(piece.key == 2 for piece in placed.pieces)


def test_nothing_is_planned_behind_what_waits_for_someone_else():
    parent = TaskId(1)
    made = asked(
        ask(
            task(1, state=TaskState.WAITING),
            task(2, parent=parent),
            task(3, waits_for=(TaskId(2),)),
            task(4, waits_for=(TaskId(3),)),
            task(5),
            task(6, state=TaskState.WAITING, parent=TaskId(5)),
            task(7, waits_for=(TaskId(5),)),
            task(8, parent=TaskId(9)),
            task(9),
            task(10, state=TaskState.WAITING, parent=TaskId(9)),
        )
    )

    assert [item.key for item in made.problem.items] == [8]


def _liked_from(*, hours: tuple[Hours, ...] = ALL_DAY, **parts: object) -> list[tuple[int, int]]:
    """From and to which hours a task is liked on the days of a week."""
    made = asked(ask(task(1, **parts), hours=hours))
    (item,) = made.problem.items
    moments = [(made.line.moment(start), made.line.moment(end)) for start, end in item.preferred]
    return [(start.hour, end.hour) for start, end in moments]


def test_what_is_wished_for_after_four_is_not_wished_for_at_one_on_other_days():
    four = MONDAY.replace(hour=16)
    assert set(_liked_from(prefers=DayPart.AFTERNOON)) == {(12, 18)}
    assert set(_liked_from(prefers=DayPart.AFTERNOON, not_before=four)) == {(16, 0)}
    day = MONDAY.replace(hour=0)
    assert set(_liked_from(prefers=DayPart.AFTERNOON, not_before=day)) == {(12, 18)}


def test_the_afternoon_is_the_nearest_to_an_evening_that_no_hours_reach():
    until_six = tuple(Hours(day, ((time(9), time(18)),)) for day in range(7))
    assert set(_liked_from(prefers=DayPart.EVENING)) == {(18, 0)}
    assert set(_liked_from(hours=until_six, prefers=DayPart.EVENING)) == {(12, 18)}
    plan = ask(task(1, prefers=DayPart.EVENING), task(2), hours=until_six)
    made = asked(plan)
    placing = solve(made.problem, RULES)
    blocks = with_reasons(made, placing, week_plan(made, placing, MONDAY).blocks)
    said = {why.text for block in blocks for why in block.reasons if block.task == 1}
    assert "You like to do it in the evening; your hours end before that" in said
