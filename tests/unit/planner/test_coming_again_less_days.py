"""Recurring tasks whose series leaves days out: the times that come, and those that do not."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.task import Due, Repeat, Task
from assistant.planner.quick_add.reading import parse_line
from assistant.planner.tasks.coming_again import later_times, missed_by, next_time, off_left_out
from assistant.planner.tasks.from_line import with_line

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 2, 9, tzinfo=BERLIN)  # a Monday
PLAIN = Task(TaskId(1), "", NOW)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def line(text: str) -> Task:
    return with_line(PLAIN, parse_line(text, NOW))


def test_it_comes_again_at_the_next_day_that_is_not_left_out() -> None:
    swim = line("swim every monday 6pm except 9 and 16 march and 6 april")
    assert swim.fixed_start == at("2026-03-02 18:00")
    again = next_time(swim, NOW)
    assert again is not None
    assert again.fixed_start == at("2026-03-23 18:00")
    assert again.repeat == Repeat("FREQ=WEEKLY;BYDAY=MO", left_out=(date(2026, 4, 6),))


def test_days_left_out_count_among_a_number_of_times() -> None:
    swim = line("swim every monday 6pm 4 times except 9 march")
    again = next_time(swim, NOW)
    assert again is not None
    assert again.repeat is not None
    assert again.repeat.rule == "FREQ=WEEKLY;BYDAY=MO;COUNT=2"
    told = [one.at.day for one in later_times(swim, NOW, NOW + timedelta(60))]
    assert told == [16, 23]
    assert next_time(line("swim every monday 6pm 2 times except 9 march"), NOW) is None


def test_no_later_time_lies_on_a_day_left_out() -> None:
    pills = line("pills twice a day except 4 march")
    told = [one.at.day for one in later_times(pills, NOW, at("2026-03-06"))]
    assert told == [2, 3, 3, 5, 5]


def test_what_was_missed_is_no_day_left_out() -> None:
    gym = line("gym every day except 5 march")
    assert missed_by(gym, at("2026-03-05 10:00")) == timedelta(days=2)


def test_after_completion_the_day_left_out_is_passed_over() -> None:
    plants = line("water plants every 3 days after completion, not 5 march")
    again = next_time(plants, NOW)
    assert again is not None
    assert again.not_before == at("2026-03-08")


def test_a_task_moves_off_a_day_that_is_left_out() -> None:
    essay = line("every mon due wed essay")
    assert essay.repeat is not None
    some = replace(essay, repeat=replace(essay.repeat, left_out=(date(2026, 3, 2),)))
    moved = off_left_out(some)
    assert (moved.not_before, moved.due) == (at("2026-03-09"), Due(at("2026-03-11")))
    assert off_left_out(essay) is essay


def test_all_times_cannot_be_left_out() -> None:
    repeat = Repeat(
        "FREQ=DAILY;UNTIL=20260303T235959", left_out=(date(2026, 3, 2), date(2026, 3, 3))
    )
    task = replace(PLAIN, title="x", not_before=at("2026-03-02"), repeat=repeat)
    with pytest.raises(UserFacingError) as caught:
        off_left_out(task)
    assert caught.value.code == "repeat_all_left_out"
