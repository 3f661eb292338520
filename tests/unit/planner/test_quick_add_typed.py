"""Lines as people type them in haste: short forms, numbers that are no dates, days and hours."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.planner.quick_add.reading import parse_line

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Wednesday


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NOW.tzinfo)


@pytest.mark.parametrize(
    ("text", "title", "start"),
    [
        ("train 26 nov 19h", "train", "2026-11-26 19:00"),
        ("train 19h on friday", "train", "2026-11-20 19:00"),
        ("lunch with Ana noonish tomorrow", "lunch with Ana", "2026-11-19 12:00"),
        ("gym nxt wk", "gym", "2026-11-23 00:00"),
        ("gym tmw", "gym", "2026-11-19 00:00"),
        ("standup 10a fri", "standup", "2026-11-20 10:00"),
        ("call bank fri 5p", "call bank", "2026-11-20 17:00"),
        ("essay mon 12", "essay", "2026-11-23 12:00"),
        ("essay mon 23", "essay", "2026-11-23 00:00"),
        ("exam fri 13", "exam", "2026-11-20 13:00"),
        ("movie night fri 8", "movie night", "2026-11-20 20:00"),
        ("invoice last day of month", "invoice", "2026-11-30 00:00"),
        ("payroll last friday of month", "payroll", "2026-11-27 00:00"),
        ("rent the last working day of january", "rent", "2027-01-29 00:00"),
        ("rent the second working day of january", "rent", "2027-01-04 00:00"),
        ("dentist am 3.12. um 14:30", "dentist", "2026-12-03 14:30"),
        ("dentist 3.12.26 14:30", "dentist", "2026-12-03 14:30"),
        ("launch in q1", "launch", "2027-01-01 00:00"),
        ("launch product q1 2027", "launch product", "2027-01-01 00:00"),
        ("launch Q1 2027 (beta)", "launch (beta)", "2027-01-01 00:00"),
        ("launch the app 2027 q1 with Ana", "launch the app with Ana", "2027-01-01 00:00"),
        ("read chapters 4-6 tonight", "read chapters 4-6", "2026-11-18 18:00"),
        ("bus 42 8:45am tomorrow", "bus 42", "2026-11-19 08:45"),
        ("exercise 3, 4pm", "exercise 3", "2026-11-18 16:00"),
        ("group tonite 8", "group", "2026-11-18 20:00"),
        ("book a room tomorrow?", "book a room?", "2026-11-19 00:00"),
        ("dentist fri 1730", "dentist", "2026-11-20 17:30"),
        ("dentist 23/11 8.45", "dentist", "2026-11-23 08:45"),
        ("essay 3 dec 2030", "essay", "2030-12-03 00:00"),
        ("essay 2 next week", "essay 2", "2026-11-23 00:00"),
        ("quiz fri 1st hr", "quiz 1st hr", "2026-11-20 00:00"),
        ("choir thurs 19:30", "choir", "2026-11-19 19:30"),
        ("christmas party 7pm", "christmas party", "2026-12-25 19:00"),
        ("easter monday walk", "easter monday walk", "2027-03-29 00:00"),
        ("xmas eve 6pm call gran", "call gran", "2026-12-24 18:00"),
        ("halloween party 24 oct 8pm", "halloween party", "2027-10-24 20:00"),
        ("valentines dinner 14 feb 7:30pm", "valentines dinner", "2027-02-14 19:30"),
        ("valentine's dinner feb 14 7pm", "valentine's dinner", "2027-02-14 19:00"),
        ("valentine\u2019s dinner feb 14 7pm", "valentine\u2019s dinner", "2027-02-14 19:00"),
        ("tom's dinner friday 7pm", "tom's dinner", "2026-11-20 19:00"),
        ("friday's dinner 7pm", "dinner", "2026-11-20 19:00"),
        ("christmas eve dinner 6pm", "christmas eve dinner", "2026-12-24 18:00"),
        ("new year's eve dinner 8pm", "new year's eve dinner", "2026-12-31 20:00"),
        ("thanksgiving lunch 1pm", "thanksgiving lunch", "2026-11-26 13:00"),
        ('watch "300" tomorrow', 'watch "300"', "2026-11-19 00:00"),
        ("team lunch fri 1pm", "team lunch", "2026-11-20 13:00"),
        ("birthday dinner sat 8", "birthday dinner", "2026-11-21 20:00"),
        ("call bank after lunch fri", "call bank", "2026-11-20 13:00"),
        ("meet April on friday", "meet April", "2026-11-20 00:00"),
        ("meet April 5", "meet", "2027-04-05 00:00"),
        ("lunch with June mon", "lunch with June", "2026-11-23 00:00"),
        ("dinner fri 8pm with Ana", "dinner with Ana", "2026-11-20 20:00"),
        ("dinner fri 8pm and brunch sun 11am", "dinner and brunch sun 11am", "2026-11-20 20:00"),
    ],
)
def test_a_beginning(text: str, title: str, start: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start, task.due, task.recurrence) == (title, at(start), None, None)


@pytest.mark.parametrize(
    ("text", "title", "start", "end"),
    [
        ("laundry between 2 and 4", "laundry", "2026-11-18 14:00", "2026-11-18 16:00"),
        ("call today or tomorrow", "call", "2026-11-18 00:00", "2026-11-20 00:00"),
        ("garage sat or sun", "garage", "2026-11-21 00:00", "2026-11-23 00:00"),
        ("ski trip 27/12 - 3/1", "ski trip", "2026-12-27 00:00", "2027-01-04 00:00"),
    ],
)
def test_a_span(text: str, title: str, start: str, end: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start, task.end) == (title, at(start), at(end))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("email by eow", "2026-11-22"),
        ("okrs by q1", "2027-03-31"),
        ("email by the last working day of the month", "2026-11-30"),
        ("email by friday's class", "2026-11-20"),
    ],
)
def test_a_deadline(text: str, due: str) -> None:
    assert parse_line(text, NOW).due == at(due)


@pytest.mark.parametrize(
    "text",
    [
        "plan q1 roadmap",
        "review Q3 numbers",
        "discuss the budget for next quarter",
        "plan budget for next quarter",
        "numbers for Q1 2027",
        "sales q1 2027 report",
        "summary of q1 2027",
        "sales during 2017-q1",
        "essay on the 15th century",
        "read about the 1990s",
        "ww2 essay 1939-1945",
        "easter egg hunt",
        "book xmas flights",
        "monday's homework",
        "watch 9/11 documentary",
        "practice 3/4 time on drums",
        "choose between 2 and 4 colours",
        "meet April",
        "read https://example.org/2026/11/24/post",
        "watch https://video.example/a1?t=10m",
        "fix `every day` and `2h`",
        'read "the day after tomorrow"',
        "upgrade to 10.15.26",
        "page 4 to 6",
        "a course of three weekends",
    ],
)
def test_words_that_are_no_date(text: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start, task.due, task.duration_min, task.recurrence) == (
        text,
        None,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("text", "rule", "start"),
    [
        ("10am standup mon-fri", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-18 10:00"),
        ("3pm mon-thu pick up", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH", "2026-11-18 15:00"),
        ("soccer tue/thu 4:30", "FREQ=WEEKLY;BYDAY=TU,TH", "2026-11-19 16:30"),
        ("trash biweekly thursdays", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "2026-11-19 00:00"),
        (
            "invoice last working day of every month",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "2026-11-30 00:00",
        ),
        (
            "sync first working day of each month 9am",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
            "2026-12-01 09:00",
        ),
        ("swim every sat 9.30", "FREQ=WEEKLY;BYDAY=SA", "2026-11-21 09:30"),
        ("salary 25th monthly", "FREQ=MONTHLY;BYMONTHDAY=25", "2026-11-25 00:00"),
        ("meds twice a day", "FREQ=DAILY;BYHOUR=9,21", "2026-11-18 09:00"),
        ("meds 3x daily", "FREQ=DAILY;BYHOUR=8,14,20", "2026-11-18 14:00"),
        ("meds twice a day at 8 and 20", "FREQ=DAILY;BYHOUR=8,20", "2026-11-18 20:00"),
        ("guitar 3x a week", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "2026-11-18 00:00"),
        (
            "football every 2nd friday from 5 to 7pm",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
            "2026-11-20 17:00",
        ),
        ("gym every 2nd friday of the month", "FREQ=MONTHLY;BYDAY=2FR", "2026-12-11 00:00"),
        ("gym every 2 fridays", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2026-11-20 00:00"),
        ("pay 1st and 15th of each month", "FREQ=MONTHLY;BYMONTHDAY=1,15", "2026-12-01 00:00"),
    ],
)
def test_what_comes_again(text: str, rule: str, start: str) -> None:
    task = parse_line(text, NOW)
    assert (task.recurrence, task.start) == (rule, at(start))


@pytest.mark.parametrize(
    ("text", "title", "minutes"),
    [
        ("flashcards 2x45min", "flashcards", 90),
        ("meeting should last 2 hours", "meeting", 120),
        ("project 3 x 1.5h", "project", 270),
        ("push-ups 3x10", "push-ups 3x10", None),
        ("relay 4x100m", "relay 4x100m", None),
        ("swim 8x50m tuesday", "swim 8x50m", None),
        ("sprints 6x60m friday 5pm", "sprints 6x60m", None),
        ("pool 10 x 50 m wed", "pool 10 x 50 m", None),
        ("pool 10 x 50m wed", "pool 10 x 50m", None),
        ("buy rug 2x3 m", "buy rug 2x3 m", None),
        ("buy 2x2m cable", "buy 2x2m cable", None),
        ("study 2 x 30 minutes wed", "study", 60),
        ("study 2x2hrs wed", "study", 240),
    ],
)
def test_an_estimate(text: str, title: str, minutes: int | None) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.duration_min) == (title, minutes)


def test_a_title_in_figures_is_no_clock_and_no_length() -> None:
    task = parse_line('read "1984" by friday', NOW)
    assert (task.title, task.due, task.duration_min) == ('read "1984"', at("2026-11-20"), None)


@pytest.mark.parametrize("text", ["essay tonight 2h", "essay this evening 2h"])
def test_hours_behind_a_part_of_the_day_are_an_estimate(text: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start, task.duration_min) == ("essay", at("2026-11-18 18:00"), 120)


@pytest.mark.parametrize("text", ['read "friday night" by monday', "black friday laptop"])
def test_days_in_names_leave_nothing_open(text: str) -> None:
    assert not parse_line(text, NOW).unsure
