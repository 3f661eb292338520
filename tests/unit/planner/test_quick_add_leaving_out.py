"""What comes again less some days: “every monday except 24 nov and 1 dec”."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.planner.quick_add.parts import PartKind, days_value, runs_in
from assistant.planner.quick_add.reading import parse_line

NOW = datetime(2025, 11, 20, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Thursday


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NOW.tzinfo)


@pytest.mark.parametrize(
    ("text", "title", "start", "days"),
    [
        ("swim every monday except 24 nov", "swim", "2025-12-01", "2025-11-24"),
        ("gym mon wed fri except christmas", "gym", "2025-11-21", "2025-12-25"),
        (
            "standup every weekday but not on friday 5 dec",
            "standup",
            "2025-11-20",
            "2025-12-05",
        ),
        (
            "piano every tuesday until june, not 23 and 30 dec",
            "piano",
            "2025-11-25",
            "2025-12-23, 2025-12-30",
        ),
        ("yoga daily except sundays and 24 dec", "yoga", "2025-11-20", "2025-12-24"),
        ("yoga daily except 24 dec and sundays", "yoga", "2025-11-20", "2025-12-24"),
        ("swim mondays (not 24 nov) 6pm", "swim", "2025-12-01 18:00", "2025-11-24"),
        ("except 24 nov swim every monday", "swim", "2025-12-01", "2025-11-24"),
        (
            "swim every monday except 24 nov, 1 dec and 8 dec at 18:00",
            "swim",
            "2025-12-15 18:00",
            "2025-11-24, 2025-12-01, 2025-12-08",
        ),
        (
            "gym m/w/f 6am except dec 8, 10 and 26",
            "gym",
            "2025-11-21 06:00",
            "2025-12-08, 2025-12-10, 2025-12-26",
        ),
        ("standup every weekday not next friday", "standup", "2025-11-20", "2025-11-28"),
        ("read every day but christmas", "read", "2025-11-20", "2025-12-25"),
        (
            "standup mon-fri 9am except 22.12. and 24.12.",
            "standup",
            "2025-11-21 09:00",
            "2025-12-22, 2025-12-24",
        ),
        (
            "standup every weekday except 24-26 and 31 dec",
            "standup",
            "2025-11-20",
            "2025-12-24 - 2025-12-26, 2025-12-31",
        ),
        (
            "read daily except 5 dec, 16 - 17 dec and 28 dec",
            "read",
            "2025-11-20",
            "2025-12-05, 2025-12-16 - 2025-12-17, 2025-12-28",
        ),
        ("gym daily except friday, 5 dec", "gym", "2025-11-20", "2025-12-05"),
        ("choir every tuesday except next week", "choir", "2025-12-02", "2025-11-25"),
        (
            "choir every tuesday except in december",
            "choir",
            "2025-11-25",
            "2025-12-02, 2025-12-09, 2025-12-16, 2025-12-23, 2025-12-30",
        ),
        (
            "read every day except 30 dec until 2 jan",
            "read",
            "2025-11-20",
            "2025-12-30 - 2026-01-02",
        ),
        ("swim every monday in january except the 12th", "swim", "2026-01-05", "2026-01-12"),
        ("swim every monday except 24 nov until june", "swim", "2025-12-01", "2025-11-24"),
        ("take pills twice a day except 24 dec", "take pills", "2025-11-20 21:00", "2025-12-24"),
    ],
)
def test_days_are_left_out(text: str, title: str, start: str, days: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start) == (title, at(start))
    assert days_value(task.left_out) == days
    (told,) = (part for part in task.parts if part.kind is PartKind.EXCEPT)
    assert told.value == days
    assert text[slice(*told.found)] == told.words
    assert not task.unsure


@pytest.mark.parametrize(
    "text",
    [
        "swim every monday except when it rains",
        "swim every monday except bank holidays",
        "swim every monday except the december party",
        "pay rent every month on the 1st except the 1st of the month",
        "bins out every sunday except this sunday if it rains",
        "swim every monday in november except november",
        "standup every weekday not before dec 1",
        "yoga daily except sundays",
        "buy milk, not tomorrow",
        'swim "every monday except 24 nov"',
    ],
)
def test_what_leaves_no_day_out_is_read_as_before(text: str) -> None:
    task = parse_line(text, NOW)
    assert task.left_out == ()
    assert all(part.kind is not PartKind.EXCEPT for part in task.parts)


def test_words_that_leave_out_nothing_stay_in_the_title() -> None:
    task = parse_line("swim every monday except when it rains", NOW)
    assert task.title == "swim except when it rains"


def test_a_deadline_and_an_end_go_with_the_first_time() -> None:
    essay = parse_line("every mon due wed essay except 24 nov", NOW)
    assert (essay.start, essay.due) == (at("2025-12-01"), at("2025-12-03"))
    swim = parse_line("swim mondays 18:00-19:30 except 24 nov", NOW)
    assert (swim.start, swim.end) == (at("2025-12-01 18:00"), at("2025-12-01 19:30"))


def test_a_day_left_out_counts_among_a_number_of_times() -> None:
    first = parse_line("swim every monday for 10 weeks, skipping 24 nov", NOW)
    assert first.recurrence == "FREQ=WEEKLY;BYDAY=MO;COUNT=9"
    later = parse_line("swim every monday for 10 weeks, skipping 1 dec", NOW)
    assert later.recurrence == "FREQ=WEEKLY;BYDAY=MO;COUNT=10"


def test_each_part_has_its_own_place() -> None:
    text = "swim every monday except 24 nov at 6pm"
    task = parse_line(text, NOW)
    assert [part.words for part in task.parts] == ["every monday", "except 24 nov", "at 6pm"]
    assert task.contract()["left_out"] == ["2025-11-24"]


def test_the_value_of_a_part_is_read_back() -> None:
    days = [date(2025, 12, day) for day in (24, 25, 26, 31)]
    assert runs_in(days_value(days)) == [(days[0], days[2]), (days[3], days[3])]
