"""Numbers and days of a line that tell how many, which or whose, and those that tell when."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.planner.quick_add.reading import parse_line

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Sunday


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NOW.tzinfo)


@pytest.mark.parametrize(
    ("text", "title", "start"),
    [
        ("essay tomorrow 1000 words", "essay 1000 words", "2026-11-23"),
        ("write essay monday 1500 words", "write essay 1500 words", "2026-11-23"),
        ("swim tomorrow 1500 m", "swim 1500 m", "2026-11-23"),
        ("pay back tom friday 12.50 euro", "pay back tom 12.50 euro", "2026-11-27"),
        ("run sunday 5.25 km", "run 5.25 km", "2026-11-29"),
        ("friday 3.10 chapter", "3.10 chapter", "2026-11-27"),
        ("version tomorrow 2.10 release", "version 2.10 release", "2026-11-23"),
        ("tomorrow 1945 documentary", "1945 documentary", "2026-11-23"),
        ("dentist friday 8.45", "dentist", "2026-11-27 08:45"),
        ("dinner friday 1730, bring wine", "dinner, bring wine", "2026-11-27 17:30"),
        ("dinner friday 17.30 with tom", "dinner with tom", "2026-11-27 17:30"),
    ],
)
def test_a_number_behind_a_day_is_a_time_where_it_counts_nothing(
    text: str, title: str, start: str
) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start) == (title, at(start))


@pytest.mark.parametrize(
    ("text", "title", "start"),
    [
        ("homework 5a friday", "homework 5a", "2026-11-27"),
        ("math 3a monday", "math 3a", "2026-11-23"),
        ("meeting class 10a on friday", "meeting class 10a", "2026-11-27"),
        ("english 10a tomorrow", "english 10a", "2026-11-23"),
        ("seat 12a friday", "seat 12a", "2026-11-27"),
        ("read friday 12p", "read 12p", "2026-11-27"),
        ("friday 5p dentist", "5p dentist", "2026-11-27"),
        ("call friday 5p", "call", "2026-11-27 17:00"),
        ("friday 5p, bring wine", "bring wine", "2026-11-27 17:00"),
        ("dentist 10a on friday", "dentist", "2026-11-27 10:00"),
    ],
)
def test_a_number_with_a_letter_is_a_class_or_a_time(text: str, title: str, start: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start) == (title, at(start))


@pytest.mark.parametrize(
    ("text", "title", "start", "end"),
    [
        ("driving lessons 10-12 sat", "driving lessons", "2026-11-28 10:00", "2026-11-28 12:00"),
        ("guitar lessons 4-5pm friday", "guitar lessons", "2026-11-27 16:00", "2026-11-27 17:00"),
        ("exercises 9-10am sat", "exercises", "2026-11-28 09:00", "2026-11-28 10:00"),
        ("exercise 7-8am tomorrow", "exercise", "2026-11-23 07:00", "2026-11-23 08:00"),
        ("bus 7-8 tomorrow", "bus", "2026-11-23 07:00", "2026-11-23 08:00"),
        ("math task 30 nov", "math task", "2026-11-30", None),
        ("task 12/12", "task", "2026-12-12", None),
        ("hand in exercises 30.11.", "hand in exercises", "2026-11-30", None),
        ("hand in task 4th dec", "hand in task", "2026-12-04", None),
        ("bus 8 dec", "bus", "2026-12-08", None),
        ("tram 10 dec 9am", "tram", "2026-12-10 09:00", None),
        ("driving lesson 30 nov 15:00", "driving lesson", "2026-11-30 15:00", None),
    ],
)
def test_a_number_behind_a_lesson_or_a_bus_may_be_a_date_or_hours(
    text: str, title: str, start: str, end: str | None
) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start) == (title, at(start))
    assert task.end == (None if end is None else at(end))


@pytest.mark.parametrize(
    ("text", "title", "start"),
    [
        ("study lessons 4-6 tomorrow", "study lessons 4-6", "2026-11-23"),
        ("math exercises 1-12 friday", "math exercises 1-12", "2026-11-27"),
        ("exercises 3/4 friday", "exercises 3/4", "2026-11-27"),
        ("step 3/3 tomorrow", "step 3/3", "2026-11-23"),
        ("read ch 3 dec 5", "read ch 3", "2026-12-05"),
        ("bus 42 nov 30", "bus 42", "2026-11-30"),
        ("task 3 may be late tomorrow", "task 3 may be late", "2026-11-23"),
    ],
)
def test_a_number_of_something_counted_is_no_date(text: str, title: str, start: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start, task.end) == (title, at(start), None)


@pytest.mark.parametrize(
    ("text", "title", "start"),
    [
        ("Saturday's game at 3", "game", "2026-11-28 15:00"),
        ("thursday's yoga 6pm", "yoga", "2026-11-26 18:00"),
        ("study for monday's quiz", "study quiz", "2026-11-23"),
        ("for Friday's class read ch 4", "class read ch 4", "2026-11-27"),
        ("watch sunday's match", "watch match", "2026-11-29"),
        ("prepare for monday's test on sunday", "prepare for monday's test", "2026-11-29"),
        ("review friday's notes tomorrow", "review friday's notes", "2026-11-23"),
        ("monday's lecture slides 5pm", "monday's lecture slides", "2026-11-22 17:00"),
        ("call mom about saturday's party tomorrow", None, "2026-11-23"),
        ("review friday's notes", None, None),
        ("print thursday's maths handout", None, None),
    ],
)
def test_whose_day_is_one_of_material_or_beside_another_date(
    text: str, title: str | None, start: str | None
) -> None:
    task = parse_line(text, NOW)
    assert task.title == (title or text.removesuffix(" tomorrow"))
    assert task.start == (None if start is None else at(start))
    assert not task.unsure


def test_a_deadline_beside_whose_homework_it_is() -> None:
    task = parse_line("finish friday's homework by sunday", NOW)
    assert (task.title, task.start, task.due) == (
        "finish friday's homework",
        None,
        at("2026-11-29"),
    )
    assert not task.unsure


@pytest.mark.parametrize(
    ("text", "title", "start", "end"),
    [
        ("exam 15th at 9", "exam", "2026-12-15 09:00", None),
        ("dentist 4th 10am", "dentist", "2026-12-04 10:00", None),
        ("exam 15th 9-10am", "exam", "2026-12-15 09:00", "2026-12-15 10:00"),
        ("my 1st 8am class", "my 1st class", "2026-11-23 08:00", None),
        ("exam 6/5 time 10:00", "exam time", "2027-06-05 10:00", None),
        ("practice 3/4 time on friday", "practice 3/4 time", "2026-11-27", None),
    ],
)
def test_a_day_of_the_month_before_a_time(
    text: str, title: str, start: str, end: str | None
) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start) == (title, at(start))
    assert task.end == (None if end is None else at(end))


@pytest.mark.parametrize(
    ("text", "title", "days", "start", "end"),
    [
        ("on weds and fris gym", "gym", "WE,FR", "2026-11-25", None),
        ("weds, thurs and fris gym", "gym", "WE,TH,FR", "2026-11-25", None),
        ("tues & fris gym", "gym", "TU,FR", "2026-11-24", None),
        (
            "soccer practice tue/thu 17-18:30",
            "soccer practice",
            "TU,TH",
            "2026-11-24 17:00",
            "2026-11-24 18:30",
        ),
    ],
)
def test_a_list_of_days_of_each_week(
    text: str, title: str, days: str, start: str, end: str | None
) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.recurrence) == (title, f"FREQ=WEEKLY;BYDAY={days}")
    assert (task.start, task.end) == (at(start), None if end is None else at(end))
