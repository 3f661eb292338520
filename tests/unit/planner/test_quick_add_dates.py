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
    ],
)
def test_what_only_looks_like_a_date(text: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start, task.due, task.duration_min) == (text, None, None, None)


@pytest.mark.parametrize("word", ["sundae", "munday", "frida", "someday", "midday", "holiday"])
def test_other_words_are_no_slips(word: str) -> None:
    assert mended(word) == word


def test_fractions_that_are_dates_stay_dates() -> None:
    assert parse_line("essay 2/3", NOW).start == at("2027-02-03")
    assert parse_line("essay by 1/4", NOW).due == at("2027-01-04")
