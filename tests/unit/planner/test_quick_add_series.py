"""What comes again within a span that the line names: it begins and ends there."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.planner.quick_add.reading import parse_line

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Wednesday


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NOW.tzinfo)


@pytest.mark.parametrize(
    ("text", "title", "start", "rule"),
    [
        ("daily pills 3-7 dec", "pills", "2026-12-03", "FREQ=DAILY;UNTIL=20261207T235959"),
        (
            "class every tue from 12 jan to 30 mar 10am",
            "class",
            "2027-01-12 10:00",
            "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270330T235959",
        ),
        (
            "class tuesdays 10am jan 13 - mar 30",
            "class",
            "2027-01-19 10:00",
            "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270330T235959",
        ),
        (
            "swim every monday in january 6pm",
            "swim",
            "2027-01-04 18:00",
            "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270131T235959",
        ),
        (
            "6pm swim mondays in january",
            "swim",
            "2027-01-04 18:00",
            "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270131T235959",
        ),
        (
            "pills every day this week 8am",
            "pills",
            "2026-11-26 08:00",
            "FREQ=DAILY;UNTIL=20261129T235959",
        ),
        (
            "pills at 8am and 6pm every day this week",
            "pills",
            "2026-11-25 18:00",
            "FREQ=DAILY;BYHOUR=8,18;UNTIL=20261129T235959",
        ),
        (
            "gym every day next week 7am",
            "gym",
            "2026-11-30 07:00",
            "FREQ=DAILY;UNTIL=20261206T235959",
        ),
        (
            "read every day over the weekend",
            "read",
            "2026-11-28",
            "FREQ=DAILY;UNTIL=20261129T235959",
        ),
    ],
)
def test_a_series_begins_and_ends_with_its_span(
    text: str, title: str, start: str, rule: str
) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start, task.recurrence) == (title, at(start), rule)


def test_hours_of_a_series_within_a_span() -> None:
    task = parse_line("class tuesdays 10-12, 12 jan to 30 mar", NOW)
    assert (task.title, task.start, task.end) == (
        "class",
        at("2027-01-12 10:00"),
        at("2027-01-12 12:00"),
    )


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("weekly report next week", "FREQ=WEEKLY"),
        ("birthday every year in may", "FREQ=YEARLY"),
        ("gym every mon until june", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270630T235959"),
        ("yoga mondays from 4 jan", "FREQ=WEEKLY;BYDAY=MO"),
        ("salary monthly in december", "FREQ=MONTHLY"),
    ],
)
def test_a_span_that_holds_it_once_is_no_end(text: str, rule: str) -> None:
    assert parse_line(text, NOW).recurrence == rule
