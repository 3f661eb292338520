"""What holds of tasks: lines made tasks, rules, recurrences, filters."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.task import DayPart, Due, Priority, Repeat, Splitting, Task, TaskState
from assistant.domain.task_filter import Order, TaskFilter
from assistant.planner.quick_add.reading import parse_line
from assistant.planner.tasks.coming_again import moved_by, next_time
from assistant.planner.tasks.filters import read_filter
from assistant.planner.tasks.from_line import with_line
from assistant.planner.tasks.rules import check_order, check_task

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 2, 9, tzinfo=BERLIN)  # a Monday
PLAIN = Task(TaskId(1), "Essay", NOW)


_HIGH = frozenset[Priority | None]({Priority.HIGH})


def _without(**fields: Any) -> TaskFilter:
    return TaskFilter(states=None, **fields)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def line(text: str) -> Task:
    return with_line(replace(PLAIN, title=""), parse_line(text, NOW))


@pytest.mark.parametrize(
    ("text", "due", "start", "end", "not_before"),
    [
        ("essay", None, None, None, None),
        ("essay by friday", "2026-03-06", None, None, None),
        ("essay by fri 5pm ~3h", "2026-03-06 17:00", None, None, None),
        ("essay tomorrow", "2026-03-03", None, None, "2026-03-03"),
        ("essay next week", "2026-03-15", None, None, "2026-03-09"),
        ("dentist tomorrow 3pm", None, "2026-03-03 15:00", None, None),
        ("dentist tomorrow 3pm for 1h", None, "2026-03-03 15:00", "2026-03-03 16:00", None),
        ("gym every mon 6pm", None, "2026-03-02 18:00", None, None),
        ("call tomorrow morning", "2026-03-03 12:00", None, None, "2026-03-03 08:00"),
        ("work tomorrow 2-4pm 30min", "2026-03-03 16:00", None, None, "2026-03-03 14:00"),
        ("meeting tomorrow 2-4pm", None, "2026-03-03 14:00", "2026-03-03 16:00", None),
        ("email Bob asap", "2026-03-02", None, None, None),
        ("diet starting friday", None, None, None, "2026-03-06"),
        ("essay start wed by friday", "2026-03-06", None, None, "2026-03-04"),
        ("thesis not before next week", None, None, None, "2026-03-09"),
        ("homework every mon due wed", "2026-03-04", None, None, "2026-03-02"),
        ("homework every tue due mon 5pm", "2026-03-09 17:00", None, None, "2026-03-03"),
        ("essay after 4pm", None, None, None, "2026-03-02 16:00"),
        ("essay friday after 4pm", "2026-03-06", None, None, "2026-03-06 16:00"),
        ("essay after 4pm by friday", "2026-03-06", None, None, "2026-03-02 16:00"),
        ("bag every wednesday morning", "2026-03-04", None, None, "2026-03-04"),
        ("tidy every tuesday after 4pm", "2026-03-03", None, None, "2026-03-03 16:00"),
        ("rent every month on the 1st by 5pm", "2026-04-01 17:00", None, None, None),
    ],
)
def test_a_line_makes_a_task(
    text: str, due: str | None, start: str | None, end: str | None, not_before: str | None
) -> None:
    task = line(text)
    check_task(task)
    moments = (task.fixed_start, task.fixed_end, task.not_before)
    wanted = [None if one is None else at(one) for one in (start, end, not_before)]
    assert list(moments) == wanted
    assert task.due == (None if due is None else Due(at(due), whole_day=":" not in due))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("bag every wednesday morning", DayPart.MORNING),
        ("band every other friday evening", DayPart.EVENING),
        ("pool every day after school", DayPart.AFTERNOON),
        ("essay after 4pm", DayPart.AFTERNOON),
        ("essay after 7pm", DayPart.EVENING),
        ("essay after 9am", None),
        ("essay tomorrow after 4pm", None),
        ("gym every mon 6pm", None),
        ("gym 6pm", None),
    ],
)
def test_a_part_of_the_day_is_a_wish(text: str, part: DayPart | None) -> None:
    assert line(text).prefers is part


def test_a_line_changes_only_what_it_says() -> None:
    task = line("write #a essay !high with Anna @library ~2h every week")
    assert (task.title, task.priority, task.estimate_min) == (
        "write essay with Anna",
        Priority.HIGH,
        120,
    )
    assert (task.tags, task.people, task.place) == (("a",), ("Anna",), "library")
    assert task.repeat == Repeat("FREQ=WEEKLY")
    changed = with_line(task, parse_line("#b by friday", NOW))
    assert changed == replace(task, tags=("a", "b"), due=Due(at("2026-03-06")), not_before=None)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "task_untitled"),
        ({"title": "x" * 2001}, "task_long"),
        ({"tags": tuple("x" * 101)}, "task_long"),
        ({"estimate_min": 0}, "estimate_outside"),
        ({"splitting": Splitting(least_min=1)}, "split_outside"),
        ({"fixed_end": NOW}, "task_ends_early"),
        ({"fixed_start": NOW, "fixed_end": NOW}, "task_ends_early"),
        ({"due": Due(at("2026-03-01")), "not_before": NOW}, "due_before_start"),
        ({"due": Due(NOW, whole_day=False), "not_before": NOW}, "due_before_start"),
        ({"repeat": Repeat("FREQ=MINUTELY")}, "repeat_too_often"),
        ({"repeat": Repeat("FREQ=SOMETIMES")}, "repeat_unreadable"),
        ({"repeat": Repeat("")}, "repeat_unreadable"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        check_task(replace(PLAIN, **changes))  # pyright: ignore[reportArgumentType] - fields by name
    assert refused.value.code == code
    assert refused.value.hint


def test_a_circle_is_named() -> None:
    def refusal(waits: dict[int, Sequence[int]], begin: int) -> str:
        links = {TaskId(one): [TaskId(each) for each in firsts] for one, firsts in waits.items()}
        titles = {TaskId(number): name for number, name in enumerate("abcdef")}
        with pytest.raises(UserFacingError) as refused:
            check_order(links, titles, TaskId(begin))
        assert refused.value.code == "task_cycle"
        return refused.value.message

    assert refusal({0: [0]}, 0) == "“a” cannot wait for itself."
    assert refusal({0: [1], 1: [0]}, 0) == (
        "The order would be a circle: “a” waits for “b”, and that waits for “a”."
    )
    assert "“b”, and that waits for “c”, and that waits for “a”" in refusal(
        {0: [1, 3], 1: [2], 2: [0], 3: [4]}, 0
    )
    chain = {TaskId(one): [TaskId(one + 1)] for one in range(10_000)}
    check_order(chain, {}, TaskId(0))


@pytest.mark.parametrize(
    ("rule", "after", "due", "now", "following"),
    [
        ("FREQ=WEEKLY", False, "2026-03-06", NOW, "2026-03-13"),
        ("FREQ=WEEKLY;INTERVAL=2", False, "2026-03-06 17:00", NOW, "2026-03-20 17:00"),
        ("FREQ=DAILY", False, "2026-02-20", NOW, "2026-03-03"),  # missed ones do not come
        ("FREQ=DAILY", False, "2026-03-02 12:00", NOW, "2026-03-03 12:00"),
        ("FREQ=DAILY;INTERVAL=3", True, "2026-02-20 12:00", NOW, "2026-03-05 12:00"),
        ("FREQ=MONTHLY", False, "2026-03-31", NOW, "2026-05-31"),
        ("FREQ=DAILY", False, "2026-03-28 08:00", NOW, "2026-03-29 08:00"),  # the clock changes
        ("FREQ=DAILY", False, "2026-03-28 02:30", NOW, "2026-03-29 03:30"),  # at a time it skips
        ("FREQ=WEEKLY;UNTIL=20260310T000000Z", False, "2026-03-06", NOW, None),
        ("FREQ=WEEKLY;COUNT=1", False, "2026-03-06", NOW, None),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", False, "2026-03-06", NOW, None),
    ],
)
def test_when_a_task_comes_again(
    rule: str, after: bool, due: str, now: datetime, following: str | None
) -> None:
    clock = ":" in due
    task = replace(
        PLAIN,
        due=Due(at(due), whole_day=not clock),
        repeat=Repeat(rule, after),
        state=TaskState.DONE,
        ended=now,
        waits_for=(TaskId(9),),
    )
    again = next_time(task, now.astimezone(UTC).astimezone(BERLIN))
    if following is None:
        assert again is None
        return
    assert again is not None
    assert again.due == Due(at(following), whole_day=not clock)
    assert (again.state, again.ended, again.waits_for) == (TaskState.OPEN, None, ())
    assert again.repeat == task.repeat


def test_all_dates_keep_their_distance_and_the_count_runs_down() -> None:
    start = at("2026-03-27 18:00")
    task = replace(
        PLAIN,
        fixed_start=start,
        fixed_end=start + timedelta(hours=2),
        repeat=Repeat("FREQ=WEEKLY;COUNT=3"),
    )
    again = next_time(task, NOW)
    assert again is not None
    assert again.fixed_start == at("2026-04-03 18:00")
    assert again.fixed_end == at("2026-04-03 20:00")
    assert again.repeat == Repeat("FREQ=WEEKLY;COUNT=2")
    undated = replace(PLAIN, repeat=Repeat("FREQ=DAILY"))
    assert next_time(undated, NOW) == undated
    assert next_time(PLAIN, NOW) is None
    moved = moved_by(task, timedelta(days=1))
    assert moved.fixed_end == at("2026-03-28 20:00")


def test_a_deadline_keeps_its_distance_from_the_day_that_comes_again() -> None:
    task = line("homework every mon due wed")
    for day, due, done in (("09", "11", "02"), ("16", "18", "11"), ("23", "25", "18")):
        again = next_time(task, at(f"2026-03-{done} 10:00"))
        assert again is not None
        task = again
        assert (task.not_before, task.due) == (at(f"2026-03-{day}"), Due(at(f"2026-03-{due}")))
    missed = next_time(line("homework every mon due wed 5pm"), at("2026-03-25 17:30"))
    assert missed is not None
    assert missed.due == Due(at("2026-04-01 17:00"), whole_day=False)
    late = parse_line("homework every mon due wed", at("2026-03-03 09:00"))
    assert (late.start, late.due) == (at("2026-03-09"), at("2026-03-11"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", TaskFilter()),
        ('essay "lab report"', TaskFilter(words=("essay", "lab report"))),
        (
            "#chem -#home -tea",
            TaskFilter(tags=("chem",), without_tags=("home",), without_words=("tea",)),
        ),
        ("!high !none", TaskFilter(priorities=frozenset({Priority.HIGH, None}))),
        ("project:inbox", TaskFilter(in_inbox=True)),
        ("@lab person:Anna", TaskFilter(places=("lab",), people=("Anna",))),
        ("is:done", TaskFilter(states=frozenset({TaskState.DONE}), order=Order.ENDED)),
        ("is:all is:blocked", TaskFilter(states=None, blocked=True)),
        ("is:overdue", TaskFilter(overdue=NOW)),
        ("due:today", TaskFilter(before=at("2026-03-03"))),
        ("due:tomorrow", TaskFilter(after=at("2026-03-03"), before=at("2026-03-04"))),
        ("due:week", TaskFilter(before=at("2026-03-09"))),
        ("due:month", TaskFilter(before=at("2026-04-01"))),
        ("due:none", TaskFilter(has_date=False)),
        ("due:friday", TaskFilter(after=at("2026-03-06"), before=at("2026-03-07"))),
        ('due:"next week"', TaskFilter(after=at("2026-03-09"), before=at("2026-03-16"))),
        ("estimate:none", TaskFilter(has_estimate=False)),
        (
            "-@home -!high",
            TaskFilter(none_of=(_without(places=("home",)), _without(priorities=_HIGH))),
        ),
        (
            "-person:Bo -due:today",
            TaskFilter(none_of=(_without(people=("Bo",)), _without(before=at("2026-03-03")))),
        ),
        ("-is:blocked", TaskFilter(none_of=(_without(blocked=True),))),
        ("-estimate:none", TaskFilter(none_of=(_without(has_estimate=False),))),
        ("-is:overdue", TaskFilter(none_of=(_without(overdue=NOW),))),
        ("-is:waiting", TaskFilter(states=frozenset({TaskState.OPEN, TaskState.DOING}))),
        ("-is:open", TaskFilter(states=frozenset({TaskState.DONE, TaskState.DROPPED}))),
        ("-+inbox", TaskFilter(none_of=(_without(in_inbox=True),))),
    ],
)
def test_filters_are_read(text: str, wanted: TaskFilter) -> None:
    assert read_filter(text, NOW).filter == wanted


def test_filters_that_mean_nothing_are_refused() -> None:
    assert read_filter('-project:"My school" -+x', NOW).without_projects == ("My school", "x")
    assert read_filter('project:"My school" +x', NOW).projects == ("My school", "x")
    for text in (
        "due:blue",
        "is:blue",
        "!blue",
        "color:red",
        "-due:blue",
        "-is:all",
        "-color:red",
        "estimate:5",
        "x" * 501,
    ):
        with pytest.raises(UserFacingError) as refused:
            read_filter(text, NOW)
        assert refused.value.code == "filter_unknown"
