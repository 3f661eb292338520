"""Dates as people write them in lines: deadlines, slips of the pen, and what is no date."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.planner.dates.slips import mended
from assistant.planner.quick_add.reading import parse_line

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NOW.tzinfo)


@pytest.mark.parametrize(
    ("text", "title", "start"),
    [
        ("exam on 12.3. at 9 Uhr", "exam", "2026-03-12 09:00"),
        ("plumber 2026-03-02 09:00-09:30", "plumber", "2026-03-02 09:00"),
        ("thrusday at 3 club", "club", "2026-03-05 15:00"),
        ("wensday swim at noon", "swim", "2026-03-11 12:00"),
        ("wednsday x", "x", "2026-03-11 00:00"),
        ("tuseday x", "x", "2026-03-10 00:00"),
        ("call firday", "call", "2026-03-06 00:00"),
        ("febuary 12 x", "x", "2027-02-12 00:00"),
        ("x tommorrow", "x", "2026-03-05 00:00"),
        ("sat test march 14 8am", "sat test", "2026-03-14 08:00"),
        ("hand in at midnight friday", "hand in", "2026-03-06 00:00"),
        ("hand in tomorrow", "hand in", "2026-03-05 00:00"),
        ("alert me at five hours", "alert me", "2026-03-04 17:00"),
        ("easter sunday 10am", "easter sunday", "2026-04-05 10:00"),
        ("lunch in 20 min", "lunch", "2026-03-04 10:20"),
        ("lunch 12:30", "lunch", "2026-03-04 12:30"),
        ("dinner at 7", "dinner", "2026-03-04 19:00"),
        ("tomorrow's lunch", "lunch", "2026-03-05 12:00"),
        ("parents evening 3rd april half 7", "parents evening", "2026-04-03 19:30"),
        ("movie night friday", "movie night", "2026-03-06 20:00"),
        ("9-17 workshop saturday", "workshop", "2026-03-07 09:00"),
    ],
)
def test_a_day(text: str, title: str, start: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start, task.due) == (title, at(start), None)


@pytest.mark.parametrize(
    ("text", "title", "due", "minutes"),
    [
        ("lab report due fri midnight", "lab report", "2026-03-07 00:00", None),
        ("x by friday at the latest", "x", "2026-03-06 00:00", None),
        ("x friday 5pm at the latest", "x", "2026-03-06 17:00", None),
        (
            "essay by friday at the latest, should take about 4 hours",
            "essay",
            "2026-03-06 00:00",
            240,
        ),
        ("essay will take 2 hours by fri", "essay", "2026-03-06 00:00", 120),
        ("end of march report due", "report", "2026-03-31 00:00", None),
        ("report friday due", "report", "2026-03-06 00:00", None),
        ("by friday: finish slides", "finish slides", "2026-03-06 00:00", None),
        ("write essay (3h) by mon", "write essay", "2026-03-09 00:00", 180),
        ("pages 9-17 by saturday", "pages 9-17", "2026-03-07 00:00", None),
    ],
)
def test_a_deadline(text: str, title: str, due: str, minutes: int | None) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.due, task.duration_min) == (title, at(due), minutes)
    assert task.start is None


@pytest.mark.parametrize(
    "text",
    [
        "solve 2/3 of problem set",
        "buy 1/2 kg flour",
        "2/3 done",
        "mail package to 12 May Street",
        "sun cream kaufen",
        "sat prep book",
        "one day at a time",
        "read section 2.3. again",
        "sundae with Munday",
        "a faraday cage",
        "about the March report",
        "24/7 store run",
        "every now and then",
        "any monday blues",
        "buy sat nav",
        "in -3 days x",
        "lunch",
        "movie night",
    ],
)
def test_what_only_looks_like_a_date(text: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start, task.due, task.duration_min) == (text, None, None, None)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("fridey", "friday"),
        ("fryday", "friday"),
        ("fridya", "friday"),
        ("thurzday", "thursday"),
        ("moring", "morning"),
        ("mornign", "morning"),
        ("mornng", "morning"),
        ("evning", "evening"),
        ("weekennd", "weekend"),
        ("weekdy", "weekday"),
    ],
)
def test_a_slip_is_mended(word: str, meant: str) -> None:
    assert mended(word) == meant


@pytest.mark.parametrize("word", ["mourning", "mooring", "mining", "moving", "weekends", "junes"])
def test_words_near_to_parts_of_the_day_are_no_slips(word: str) -> None:
    assert mended(word) == word


@pytest.mark.parametrize("word", ["sundae", "munday", "frida", "someday", "midday", "holiday"])
def test_other_words_are_no_slips(word: str) -> None:
    assert mended(word) == word


def test_a_day_that_is_named_with_an_article_is_one() -> None:
    assert parse_line("party on the Friday", NOW).start == at("2026-03-06")
    assert parse_line("shop by 24/7", NOW).due == at("2026-07-24")


def test_fractions_that_are_dates_stay_dates() -> None:
    assert parse_line("essay 2/3", NOW).start == at("2027-02-03")
    assert parse_line("essay by 1/4", NOW).due == at("2027-01-04")


@pytest.mark.parametrize(
    ("text", "title", "minutes"),
    [("1h30 maths", "maths", 90), ("study 1-2 hours", "study", 90), ("read 20-30 min", "read", 25)],
)
def test_a_length(text: str, title: str, minutes: int) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.duration_min, task.start) == (title, minutes, None)
    assert parse_line("train at 1h30", NOW).start == at("2026-03-05 01:30")


def test_a_deadline_lies_behind_the_beginning() -> None:
    task = parse_line("start project on Monday, due Friday", NOW)
    assert (task.title, task.start, task.due) == (
        "start project",
        at("2026-03-09"),
        at("2026-03-13"),
    )
    early = parse_line("start project on Monday, due tomorrow", NOW)
    assert early.due == at("2026-03-05")


def test_a_length_of_time_after_it_was_done() -> None:
    task = parse_line("change filter 3 months after last done", NOW)
    assert (task.title, task.recurrence) == ("change filter", "FREQ=MONTHLY;INTERVAL=3")
    assert task.after_completion


def test_words_of_time_that_belong_to_the_title_leave_nothing_open() -> None:
    assert not parse_line("weekly review sundays 5pm", NOW).unsure
    assert not parse_line("movie night friday", NOW).unsure
    assert parse_line("weekly review", NOW).unsure is False
    assert parse_line("review someday soon", NOW).unsure
