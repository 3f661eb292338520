"""Lines as a student, a parent and a programmer write them: what is a date in them, what is not."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.planner.quick_add.reading import parse_line

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Wednesday


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NOW.tzinfo)


@pytest.mark.parametrize(
    ("text", "title", "start"),
    [
        ("all day saturday hike", "hike", "2026-11-21 00:00"),
        ("hike saturday all day", "hike", "2026-11-21 00:00"),
        ("finish it later today", "finish it", "2026-11-18 00:00"),
        ("call mum later tonight", "call mum", "2026-11-18 18:00"),
        ("first thing tomorrow call bank", "call bank", "2026-11-19 08:00"),
        ("dentist 24.12.", "dentist", "2026-12-24 00:00"),
        ("dentist 3.12. 10:15", "dentist", "2026-12-03 10:15"),
        ("talk mon 3rd period", "talk 3rd period", "2026-11-23 00:00"),
        ("dentist 24.12. 9:30", "dentist", "2026-12-24 09:30"),
    ],
)
def test_a_day(text: str, title: str, start: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start, task.unsure) == (title, at(start), False)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("shift 22-6 tonight", "2026-11-18 22:00", "2026-11-19 06:00"),
        ("shift tonight 11-1", "2026-11-18 23:00", "2026-11-19 01:00"),
        ("shift friday night 10-2", "2026-11-20 22:00", "2026-11-21 02:00"),
        ("shift tonight 8-10", "2026-11-18 20:00", "2026-11-18 22:00"),
        ("shift this evening 7 to 7:30", "2026-11-18 19:00", "2026-11-18 19:30"),
        ("shift tomorrow morning 9-11", "2026-11-19 09:00", "2026-11-19 11:00"),
        ("shift 20.12.-3.1.", "2026-12-20 00:00", "2027-01-04 00:00"),
    ],
)
def test_a_span(text: str, start: str, end: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start, task.end) == ("shift", at(start), at(end))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("eod friday report", "2026-11-20 23:59:59"),
        ("report close of business friday", "2026-11-20 23:59:59"),
        ("report by friday night", "2026-11-20 23:59"),
        ("report by tonight", "2026-11-18 23:59"),
        ("report today b4 5", "2026-11-18 17:00"),
        ("report due back friday", "2026-11-20 00:00"),
        ("report by eod friday", "2026-11-20 23:59:59"),
        ("report due friday eod", "2026-11-20 23:59:59"),
        ("report by end of day tomorrow", "2026-11-19 23:59:59"),
        ("report by end of q1", "2027-03-31 00:00"),
        ("report by q2", "2027-06-30 00:00"),
        ("report by end of q4", "2026-12-31 00:00"),
    ],
)
def test_a_deadline(text: str, due: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.due) == ("report", at(due))


@pytest.mark.parametrize(
    "text",
    [
        "March to the sea",
        "march on Rome essay",
        "solve ex 3.4.",
        "upgrade to 3.12.",
        "cook 1/2 portion",
        "christmas shopping",
        "buy christmas presents",
        "read one second after",
        "corn cob soup",
        "read chapter 5",
        "buy 2 eggs",
        "May I ask the teacher",
        "second draft of essay",
        "call 0171 234 5678",
        "fix #1234 in v2.3",
    ],
)
def test_what_is_no_date(text: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start, task.due, task.duration_min) == (text, None, None, None)


@pytest.mark.parametrize(
    ("text", "title", "start"),
    [
        (
            "football every saturday except the 26th of each month",
            "football except the 26th of each month",
            "2026-11-21 00:00",
        ),
        (
            "bins out every sunday evening except this sunday if it rains",
            "bins out except this sunday if it rains",
            "2026-11-22 18:00",
        ),
        (
            "swim every tue and thu 17-18 except the december party",
            "swim except the december party",
            "2026-11-19 17:00",
        ),
    ],
)
def test_a_day_on_which_it_is_not_is_never_when_it_is(text: str, title: str, start: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start) == (title, at(start))


def test_some_seconds_are_a_length_where_nothing_else_is_said() -> None:
    assert parse_line("30 seconds", NOW).duration_min == 1
    assert parse_line("plank for 45 seconds", NOW).duration_min == 1


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("dinner with Tom friday at 7", "2026-11-20 19:00"),
        ("party saturday at 8", "2026-11-21 20:00"),
        ("pub quiz thu 7:30", "2026-11-19 19:30"),
        ("wake up at 6 tomorrow", "2026-11-19 06:00"),
        ("dinner friday at 7am", "2026-11-20 07:00"),
        ("breakfast saturday at 8", "2026-11-21 08:00"),
        ("standup tomorrow at 9", "2026-11-19 09:00"),
        ("movie club saturday at 11", "2026-11-21 11:00"),
    ],
)
def test_what_takes_place_in_the_evening_or_the_morning(text: str, start: str) -> None:
    assert parse_line(text, NOW).start == at(start)


def test_the_other_half_of_the_day_stays_to_be_chosen() -> None:
    task = parse_line("dinner with Tom friday at 7", NOW)
    assert at("2026-11-20 07:00") in [one.start for one in task.alternatives]


def test_a_decade_that_is_over_is_what_a_task_is_about() -> None:
    assert parse_line("listen to 1990s music", NOW).title == "listen to 1990s music"
    essay = parse_line("essay on the 1960s by friday", NOW)
    assert (essay.title, essay.start, essay.due) == (
        "essay on the 1960s",
        None,
        at("2026-11-20"),
    )
    assert parse_line("1990s", NOW).start == at("1990-01-01")


def test_what_an_ordinal_counts_is_no_day() -> None:
    task = parse_line("1st draft by wed", NOW)
    assert (task.title, task.due) == ("1st draft", at("2026-11-25"))
    assert parse_line("hand in 2nd draft", NOW).start is None


def test_a_range_of_hours_is_a_length_and_of_the_clock_a_span() -> None:
    task = parse_line("refactor 2-3h tomorrow", NOW)
    assert (task.duration_min, task.start, task.end) == (150, at("2026-11-19"), None)
    meeting = parse_line("meeting tomorrow 14-15h", NOW)
    assert (meeting.start, meeting.end) == (at("2026-11-19 14:00"), at("2026-11-19 15:00"))


@pytest.mark.parametrize(
    ("text", "title", "minutes", "rule"),
    [
        ("flashcards 15 min/day", "flashcards", 15, "FREQ=DAILY"),
        ("pick up Mia daily mon-thu", "pick up Mia", None, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH"),
        ("training tue+thu", "training", None, "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("pay staff every 1st and 15th", "pay staff", None, "FREQ=MONTHLY;BYMONTHDAY=1,15"),
    ],
)
def test_what_comes_again(text: str, title: str, minutes: int | None, rule: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.duration_min, task.recurrence) == (title, minutes, rule)
