"""Recurring tasks in a week: every time of theirs has its place, in its own stretch."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.ids import TaskId
from assistant.domain.schedule import Because, Block, Hours, WeekPlan
from assistant.domain.task import Due, Repeat, Task, TaskState
from assistant.planner.schedule.asking import Asked, asked
from assistant.planner.schedule.checker import violations
from assistant.planner.schedule.problem import Item, Piece, Placing
from assistant.planner.schedule.reasons import causes
from assistant.planner.schedule.replan import replan
from assistant.planner.schedule.solve import Request, solve
from assistant.planner.schedule.telling import week_plan, with_reasons
from assistant.planner.schedule.week import Customs, WeekAsk
from assistant.planner.tasks.coming_again import MOST_TIMES, later_times, next_time
from assistant.planner.tasks.often import often
from tests.helpers.weeks import plain

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=BERLIN)
EVERY_DAY = tuple(Hours(day, ((time(9), time(12)), (time(13), time(21)))) for day in range(7))
THRICE = Repeat("FREQ=WEEKLY;BYDAY=MO,WE,FR")
RULES = Request(0.3, solver=False)


def day(number: int, hour: int = 0) -> datetime:
    """A day of the week after which it is, 0 for its Monday."""
    return datetime(2026, 3, 2, hour, tzinfo=BERLIN) + timedelta(days=number)


def gym(**parts: object) -> Task:
    task = Task(
        TaskId(1),
        "gym",
        MONDAY,
        estimate_min=60,
        not_before=day(0),
        due=Due(day(0)),
        repeat=THRICE,
    )
    return replace(task, **parts)


def ask(*tasks: Task, now: datetime = MONDAY, **parts: object) -> WeekAsk:
    return replace(WeekAsk(now, BERLIN, 7, tasks, EVERY_DAY), **parts)


def planned(week: WeekAsk) -> tuple[Asked, Placing, WeekPlan]:
    """A plan that breaks no rule."""
    made = asked(week)
    placing = solve(made.problem, RULES)
    assert violations(made.problem, placing.pieces) == []
    return made, placing, week_plan(made, placing, week.now)


def days_of(plan: WeekPlan, task: int = 1) -> list[int]:
    return [(one.start.date() - MONDAY.date()).days for one in plan.blocks if one.task == task]


def test_every_time_of_the_week_has_its_day():
    made, placing, plan = planned(ask(gym()))

    assert days_of(plan) == [0, 2, 4]
    assert [one.occurrence for one in plan.blocks] == [None, day(2), day(4)]
    assert {(one.part, one.parts, one.title) for one in plan.blocks} == {(1, 1, "gym")}
    told = with_reasons(made, placing, plan.blocks)
    because = {why.because: why for why in told[1].reasons}
    assert because[Because.REPEATS].text == (
        "It is one of your three times a week: this time of Wednesday 4 March"
    )
    assert because[Because.REPEATS].otherwise == MONDAY + timedelta(hours=1, minutes=15)


def test_each_time_is_kept_as_long_as_it_is_a_time():
    first = planned(ask(gym()))[2]
    again = asked(ask(gym(), blocks=first.blocks))
    mended = replan(again.problem)
    assert (mended.moved, mended.kept) == (0, 3)
    assert week_plan(again, mended.placing, MONDAY).blocks == first.blocks
    other = gym(repeat=Repeat("FREQ=WEEKLY;BYDAY=MO,FR"))
    less = asked(ask(other, blocks=first.blocks))
    mended = replan(less.problem)
    assert (mended.moved, mended.kept) == (0, 2)
    kept = [(one.start, one.occurrence) for one in week_plan(less, mended.placing, MONDAY).blocks]
    assert kept == [(one.start, one.occurrence) for one in first.blocks if one.occurrence != day(2)]
    once = asked(ask(gym(repeat=None), blocks=first.blocks))
    assert days_of(week_plan(once, replan(once.problem).placing, MONDAY)) == [0]


def test_a_time_tells_why_it_is_on_its_day_also_where_its_hour_is_chance():
    made = asked(ask(gym()))
    later = [item for item in made.problem.items if item.key < 0]
    pieces = [Piece(item.key, item.release + 15 * 12, item.slots) for item in later]
    found = causes(made.problem, pieces, pieces[0])
    assert [(one.because, one.otherwise) for one in found] == [(Because.REPEATS, 0)]
    start = Piece(later[0].key, later[0].release + 9 * 12, 12)
    assert Because.REPEATS in [one.because for one in causes(made.problem, [start], start)]


def test_one_time_is_pinned_and_the_others_stay_free():
    first = planned(ask(gym()))[2]
    to = day(3, 20)
    blocks = [
        replace(one, start=to, end=to + timedelta(hours=1), pinned=True)
        if one.occurrence == day(2)
        else one
        for one in first.blocks
    ]
    made = asked(ask(gym(), blocks=blocks))
    plan = week_plan(made, replan(made.problem).placing, MONDAY)

    assert [(one.occurrence, one.pinned) for one in plan.blocks] == [
        (None, False),
        (day(2), True),
        (day(4), False),
    ]
    assert plan.blocks[1].start == to


def test_what_is_overdue_comes_before_the_next_time_even_where_it_may_be_late():
    late = Customs(late=True)
    now = day(1, 10)
    plan = planned(ask(gym(), now=now, customs=late))[2]
    assert days_of(plan) == [1, 2, 4, 7]
    busy = planned(ask(gym(), now=day(1, 20) + timedelta(minutes=30), customs=late))[2]
    assert days_of(busy) == [1, 2, 4, 7]
    assert (
        "30 min of it found no room before it comes again, by the end of Tuesday 3 March"
        in busy.overflow[0].text
    )
    missed = asked(ask(gym(), now=day(2, 10), blocks=first_of_wednesday()))
    plan = week_plan(missed, replan(missed.problem).placing, day(2, 10))
    assert [(one.occurrence, one.start) for one in plan.blocks if one.occurrence is None] == [
        (None, day(2, 18))
    ]


def first_of_wednesday() -> list[Block]:
    """A block of Wednesday, which Monday's time takes where it was not done."""
    start = day(2, 18)
    return [Block(TaskId(1), "gym", start, start + timedelta(hours=1), occurrence=day(2))]


def test_a_time_with_a_deadline_only_begins_when_the_one_before_is_due():
    report = gym(not_before=None, due=Due(day(4, 17), whole_day=False))
    report = replace(report, repeat=Repeat("FREQ=WEEKLY;BYDAY=FR"))
    made, _, plan = planned(replace(ask(report), days=14))
    starts = [one.start for one in plan.blocks]
    assert starts[0] == MONDAY
    assert starts[1] >= day(4, 17)
    assert len(starts) == 2
    assert [item.until for item in made.problem.items] == [made.line.floor(day(4, 17)), None]
    overdue = planned(ask(report, now=day(5, 9)))[2]
    assert overdue.blocks[0].end <= overdue.blocks[1].start
    assert overdue.blocks[1].end <= day(11, 17)


def test_appointments_take_every_time_of_theirs():
    lesson = gym(not_before=None, due=None, fixed_start=day(0, 18), fixed_end=day(0, 19))
    other = Task(TaskId(2), "read", MONDAY, estimate_min=600)
    plan = planned(ask(lesson, other))[2]

    assert [one.start for one in plan.blocks if one.task == 1] == [
        day(0, 18),
        day(2, 18),
        day(4, 18),
    ]
    again = planned(ask(lesson, other, blocks=plan.blocks))[2]
    assert [one for one in again.blocks if one.task == 1] == [
        one for one in plan.blocks if one.task == 1
    ]


def test_parts_come_again_with_what_they_are_parts_of():
    review = gym(id=TaskId(1), title="review", repeat=Repeat("FREQ=WEEKLY;BYDAY=MO,TH"))
    mail = Task(TaskId(2), "mail", MONDAY, estimate_min=30, parent=TaskId(1))
    notes = Task(
        TaskId(3), "notes", MONDAY, estimate_min=30, parent=TaskId(1), waits_for=(TaskId(2),)
    )
    done = replace(mail, state=TaskState.DONE, ended=MONDAY)
    plan = planned(ask(review, notes, parts=[done]))[2]

    assert [(one.title, one.occurrence, one.start.day) for one in plan.blocks] == [
        ("notes", None, 2),
        ("mail", day(3), 5),
        ("notes", day(3), 5),
    ]
    later = Task(TaskId(4), "tell", MONDAY, estimate_min=30, waits_for=(TaskId(1),))
    plan = planned(ask(review, mail, notes, later))[2]
    told = next(one for one in plan.blocks if one.task == 4)
    assert told.start < day(3)


@pytest.mark.parametrize(
    "parts",
    [
        {"repeat": Repeat("FREQ=DAILY;INTERVAL=2", after_completion=True)},
        {"state": TaskState.WAITING},
        {"not_before": None, "due": None},
        {"repeat": Repeat("FREQ=DAILY;COUNT=1")},
    ],
)
def test_what_comes_then_is_not_known_or_not_asked_for(parts: dict[str, object]):
    plan = planned(ask(gym(**parts)))[2]
    assert len(plan.blocks) <= 1


def test_later_times_are_those_that_come_one_after_the_other():
    task = gym(repeat=Repeat("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR;COUNT=6"))
    found = later_times(task, MONDAY, day(60))
    one: Task | None = task
    wanted: list[datetime] = []
    now = MONDAY
    while (one := next_time(one, now) if one else None) is not None:
        assert one.due is not None
        now = one.due.moment
        wanted.append(now)
    assert [each.at for each in found] == wanted
    assert len(found) == 5
    often_ = gym(repeat=Repeat("FREQ=HOURLY"), due=Due(day(0, 10), whole_day=False))
    assert len(later_times(often_, MONDAY, day(60))) == MOST_TIMES


def test_a_later_time_without_room_cannot_be_put_off_alone():
    closed = ask(gym(), hours=(Hours(0, ((time(9), time(12)),)), Hours(4, ((time(9), time(12)),))))
    (over,) = planned(closed)[2].overflow

    assert (over.task, over.occurrence) == (1, day(2))
    assert {one.action for one in over.remedies} == {"extend_hours"}


def test_what_is_to_be_done_once_is_told_before_later_times():
    hours = (Hours(0, ((time(9), time(10)),)),)
    other = Task(TaskId(2), "essay", MONDAY, estimate_min=300, due=Due(day(6)))
    over = planned(ask(gym(), other, hours=hours))[2].overflow
    assert over[-2].occurrence == day(2)
    assert over[-1].occurrence == day(4)
    assert over[0].occurrence is None


def test_the_checker_sees_times_out_of_their_stretch_and_out_of_order():
    problem = plain(
        Item(1, 12, late=True, series=9, until=40), Item(2, 12, series=9, release=40, until=80)
    )
    assert violations(problem, [Piece(1, 0, 12), Piece(2, 40, 12)]) == []
    assert any("next of its series" in one for one in violations(problem, [Piece(1, 36, 12)]))
    wrong = violations(problem, [Piece(1, 60, 12), Piece(2, 40, 12)])
    assert any("the time before it" in one for one in wrong)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "It is one of your three times a week"),
        ("FREQ=DAILY", "It comes every day"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "It comes every 2 weeks"),
        ("FREQ=WEEKLY;BYDAY=FR", "It comes every week"),
        ("BYDAY=FR", "It comes several times"),
    ],
)
def test_how_often_is_told_in_words(rule: str, words: str):
    assert often(rule) == words


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["FREQ=DAILY", "FREQ=DAILY;INTERVAL=2", THRICE.rule, "FREQ=HOURLY;INTERVAL=7"]),
    st.integers(-4, 6),
    st.integers(0, 3),
    st.booleans(),
    st.booleans(),
)
def test_times_never_overlap_or_leave_their_stretch(
    rule: str, begins: int, lasts: int, own: bool, late: bool
):
    start = day(begins)
    task = gym(
        not_before=start if own else None,
        due=Due(start + timedelta(days=lasts)),
        repeat=Repeat(rule),
    )
    made, _, plan = planned(ask(task, customs=Customs(late=late)))
    items = sorted(made.problem.items, key=lambda one: one.release)
    for one, other in pairwise(items):
        assert one.until is not None
        assert one.release < one.until <= other.release
    starts = [one.start for one in plan.blocks]
    at = [one.occurrence or datetime.min.replace(tzinfo=BERLIN) for one in plan.blocks]
    assert starts == sorted(starts)
    assert at == sorted(at)


def test_times_on_days_without_hours_are_not_told_as_without_room():
    weekdays = tuple(Hours(day, ((time(9), time(17)),)) for day in range(5))
    _, _, plan = planned(ask(gym(repeat=Repeat("FREQ=DAILY")), hours=weekdays))

    assert days_of(plan) == [0, 1, 2, 3, 4]
    evenings = ask(gym(repeat=Repeat("FREQ=DAILY"), not_before=day(0, 18)), hours=weekdays)
    lacking = [one.occurrence for one in planned(evenings)[2].overflow]
    assert lacking == [None, *(day(number) for number in range(1, 5))]
    assert plan.overflow == ()


def test_days_worked_around_the_clock_are_no_free_days():
    around = tuple(Hours(day, ((time(0), time(0)),)) for day in range(7))
    _, _, plan = planned(ask(gym(repeat=Repeat("FREQ=DAILY")), hours=around))

    assert days_of(plan) == list(range(7))


def test_a_time_that_may_not_begin_before_it_is_due_is_told():
    chapter = Task(TaskId(2), "chapter", MONDAY, estimate_min=30, parent=TaskId(1))
    never = replace(chapter, not_before=day(2))
    plan = planned(ask(gym(repeat=Repeat("FREQ=DAILY")), never))[2]

    lacking = [one.occurrence for one in plan.overflow if one.task == 2]
    assert lacking[1:] == [day(number) for number in range(1, 7)]
