"""Several times in one line, times of two days, and names that have a weekday in them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from assistant.domain.ids import TaskId
from assistant.domain.task import Task
from assistant.planner.quick_add.reading import parse_line
from assistant.planner.tasks.coming_again import later_times, next_time
from assistant.planner.tasks.from_line import with_line

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Wednesday
_DAILY = "FREQ=DAILY"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NOW.tzinfo)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("shift sat at 23:00 to sunday 4:00", "2026-03-07 23:00", "2026-03-08 04:00"),
        ("shift sat 22:00 to sun 6:00", "2026-03-07 22:00", "2026-03-08 06:00"),
        ("shift today 22:00 to tomorrow 6:30", "2026-03-04 22:00", "2026-03-05 06:30"),
        ("shift sat 9:00 to sun 17:00", "2026-03-07 09:00", "2026-03-08 17:00"),
        ("shift fri 10pm to sat 2am", "2026-03-06 22:00", "2026-03-07 02:00"),
    ],
)
def test_times_of_two_days_are_of_one_dial(text: str, start: str, end: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start, task.end) == ("shift", at(start), at(end))


@pytest.mark.parametrize(
    ("text", "title", "start", "rule"),
    [
        (
            "feed cat every day at 8am and 6pm",
            "feed cat",
            "2026-03-04 18:00",
            f"{_DAILY};BYHOUR=8,18",
        ),
        (
            "every day feed cat at 8am and 6pm",
            "feed cat",
            "2026-03-04 18:00",
            f"{_DAILY};BYHOUR=8,18",
        ),
        (
            "pills daily at 8:00, 14:00 and 20:00",
            "pills",
            "2026-03-04 14:00",
            f"{_DAILY};BYHOUR=8,14,20",
        ),
        ("pills 8am, 2pm every day", "pills", "2026-03-04 14:00", f"{_DAILY};BYHOUR=8,14"),
        (
            "bus at 8:15 and 9:15 every weekday",
            "bus",
            "2026-03-05 08:15",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=8,9",
        ),
        (
            "run mondays at 7:15 and 18:30",
            "run",
            "2026-03-09 07:15",
            f"{_DAILY};BYDAY=MO;BYHOUR=7,18;BYMINUTE=15,30;BYSETPOS=1,4",
        ),
    ],
)
def test_several_times_of_each_day(text: str, title: str, start: str, rule: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start, task.recurrence) == (title, at(start), rule)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("feed cat every day at 8am and 6pm", ["4 18:00", "5 08:00", "5 18:00", "6 08:00"]),
        ("brush daily at 7:15 and 21:30", ["4 21:30", "5 07:15", "5 21:30", "6 07:15"]),
        ("run mon and wed at 7:15 and 18:30", ["4 18:30", "9 07:15", "9 18:30", "11 07:15"]),
    ],
)
def test_it_comes_again_at_each_of_its_times(text: str, times: list[str]) -> None:
    task = with_line(Task(TaskId(1), "x", NOW), parse_line(text, NOW))
    assert task.fixed_start is not None
    later = [one.at for one in later_times(task, NOW, NOW + timedelta(9))]
    assert [f"{one.day} {one:%H:%M}" for one in (task.fixed_start, *later)][:4] == times
    again = next_time(task, task.fixed_start)
    assert again is not None
    assert again.fixed_start == later[0]


@pytest.mark.parametrize(
    ("text", "title", "start"),
    [
        ("feed cat at 8am and 6pm", "feed cat at 8am and 6pm", "2026-03-05 08:00"),
        ("walk dog at 7 and 19", "walk dog at 7 and 19", "2026-03-04 19:00"),
        ("gym mon 6pm and fri 7pm", "gym mon 6pm and fri 7pm", "2026-03-09 18:00"),
        (
            "tomorrow at 8am and 6pm feed cat",
            "at 8am and 6pm feed cat",
            "2026-03-05 08:00",
        ),
        ("pills every other week at 8:15 and 18:30", "pills and 18:30", "2026-03-05 08:15"),
        ("meet at 5pm and 3 friends", "meet and 3 friends", "2026-03-04 17:00"),
    ],
)
def test_a_time_that_a_task_cannot_have_stays_in_its_title(
    text: str, title: str, start: str
) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start) == (title, at(start))


@pytest.mark.parametrize(
    ("text", "title", "start"),
    [
        (
            "watch Friday Night Lights tonight",
            "watch Friday Night Lights",
            "2026-03-04 18:00",
        ),
        ("read the Sunday Times tomorrow", "read the Sunday Times", "2026-03-05 00:00"),
        ("learn Manic Monday on sat", "learn Manic Monday", "2026-03-07 00:00"),
        ("Taco Tuesday", "Taco Tuesday", "2026-03-10 00:00"),
    ],
)
def test_a_name_with_a_weekday_stays_whole(text: str, title: str, start: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start, task.unsure) == (title, at(start), False)


@pytest.mark.parametrize(
    "text", ["Watch Saturday Night Live", "read the Sunday Times", "listen to Blue Monday"]
)
def test_such_a_name_alone_is_no_date(text: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start, task.unsure) == (text, None, False)


@pytest.mark.parametrize(
    ("text", "title", "start"),
    [
        ("Friday night dinner with Tom", "dinner with Tom", "2026-03-06 20:00"),
        ("Friday Night Dinner", "Dinner", "2026-03-06 20:00"),
        ("Plan Friday Night Dinner", "Plan Dinner", "2026-03-06 20:00"),
        ("Submit Report Friday", "Submit Report", "2026-03-06 00:00"),
        ("call Mum Monday", "call Mum", "2026-03-09 00:00"),
        ("Good Friday", "Good Friday", "2026-04-03 00:00"),
    ],
)
def test_capitals_alone_make_no_name(text: str, title: str, start: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start) == (title, at(start))


@pytest.mark.parametrize(
    ("text", "title", "start", "end"),
    [
        (
            "vacation mon-fri, check out 10am",
            "vacation, check out 10am",
            "2026-03-09",
            "2026-03-14",
        ),
        (
            "class trip monday to friday, meet at 8am",
            "class trip, meet at 8am",
            "2026-03-09",
            "2026-03-14",
        ),
        ("camp mon-fri starts at 9am", "camp starts at 9am", "2026-03-09", "2026-03-14"),
        ("fair thu-sun opens 10am", "fair opens 10am", "2026-03-05", "2026-03-09"),
        ("leave 7am for camp mon-fri", "leave 7am for camp", "2026-03-09", "2026-03-14"),
    ],
)
def test_a_time_apart_from_the_days_of_a_trip_makes_no_series(
    text: str, title: str, start: str, end: str
) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start, task.end) == (title, at(start), at(end))
    assert task.recurrence is None


@pytest.mark.parametrize(
    ("text", "title"),
    [("10am standup mon-fri", "standup"), ("8am bus to school mon-fri", "bus to school")],
)
def test_a_time_before_what_takes_place_on_some_days_makes_a_series(text: str, title: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.recurrence) == (title, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")


@pytest.mark.parametrize(
    ("text", "title", "first", "last", "days"),
    [
        ("work 9-5 mon-fri", "work", 9, 17, "MO,TU,WE,TH,FR"),
        ("work 9am-5pm mon-fri", "work", 9, 17, "MO,TU,WE,TH,FR"),
        ("work 9-17 mon-fri", "work", 9, 17, "MO,TU,WE,TH,FR"),
        ("gym 6-7 mon/wed/fri", "gym", 18, 19, "MO,WE,FR"),
        ("chess club 3-4 mon & wed", "chess club", 15, 16, "MO,WE"),
    ],
)
def test_two_hours_in_front_of_days_are_those_of_each(
    text: str, title: str, first: int, last: int, days: str
) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.recurrence) == (title, f"FREQ=WEEKLY;BYDAY={days}")
    assert task.start is not None
    assert task.end is not None
    assert (task.start.hour, task.end.hour) == (first, last)


def test_chapters_in_front_of_days_are_no_hours() -> None:
    task = parse_line("read chapters 4-6 mon-fri", NOW)
    assert (task.title, task.recurrence) == ("read chapters 4-6", None)


def test_a_few_minutes_to_an_hour_are_two_hours_without_the_word() -> None:
    task = parse_line("lesson 3 to 4pm friday", NOW)
    assert (task.title, task.start and task.start.hour, task.end and task.end.hour) == (
        "lesson",
        15,
        16,
    )
    assert parse_line("meet 10 to 4pm tomorrow", NOW).start == datetime(
        2026, 3, 5, 15, 50, tzinfo=NOW.tzinfo
    )
