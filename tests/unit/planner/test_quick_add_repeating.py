"""What comes again, as people write it: days left out, lists of days, how often and how long."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.planner.dates.finding import find
from assistant.planner.quick_add.reading import parse_line

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
_WEEKLY = "FREQ=WEEKLY"


@pytest.mark.parametrize(
    ("text", "title", "start", "minutes", "rule"),
    [
        (
            "homework half an hour every day except sunday",
            "homework",
            "2026-03-04 00:00",
            30,
            f"{_WEEKLY};BYDAY=MO,TU,WE,TH,FR,SA",
        ),
        (
            "every weekday except wednesday walk dog 7am",
            "walk dog",
            "2026-03-05 07:00",
            None,
            f"{_WEEKLY};BYDAY=MO,TU,TH,FR",
        ),
        (
            "gym 6am every day but not on weekends",
            "gym",
            "2026-03-05 06:00",
            None,
            f"{_WEEKLY};BYDAY=MO,TU,WE,TH,FR",
        ),
        (
            "soccer practice tue and thu 5:30pm",
            "soccer practice",
            "2026-03-05 17:30",
            None,
            f"{_WEEKLY};BYDAY=TU,TH",
        ),
        (
            "gym mon wed fri 6am for 1h",
            "gym",
            "2026-03-06 06:00",
            None,
            f"{_WEEKLY};BYDAY=MO,WE,FR",
        ),
        (
            "study sat and sun morning",
            "study",
            "2026-03-07 08:00",
            None,
            f"{_WEEKLY};BYDAY=SA,SU",
        ),
        (
            "piano every week for 10 weeks",
            "piano",
            "2026-03-04 00:00",
            None,
            f"{_WEEKLY};COUNT=10",
        ),
        ("lab every week 10 times", "lab", "2026-03-04 00:00", None, f"{_WEEKLY};COUNT=10"),
        (
            "swim mon and wed for 3 weeks",
            "swim",
            "2026-03-04 00:00",
            None,
            f"{_WEEKLY};BYDAY=MO,WE;COUNT=6",
        ),
        (
            "pills every day for 2 weeks",
            "pills",
            "2026-03-04 00:00",
            None,
            "FREQ=DAILY;UNTIL=20260317T235959",
        ),
        (
            "mondays 8am assembly until july",
            "assembly",
            "2026-03-09 08:00",
            None,
            f"{_WEEKLY};BYDAY=MO;UNTIL=20260731T235959",
        ),
        (
            "every 2nd and 4th thursday book club 8pm",
            "book club",
            "2026-03-12 20:00",
            None,
            "FREQ=MONTHLY;BYDAY=2TH,4TH",
        ),
        (
            "every month on the last day pay bill",
            "pay bill",
            "2026-03-31 00:00",
            None,
            "FREQ=MONTHLY;BYMONTHDAY=-1",
        ),
        (
            "weekly review sundays 5pm ~30m",
            "weekly review",
            "2026-03-08 17:00",
            30,
            f"{_WEEKLY};BYDAY=SU",
        ),
        ("french vocab 10 min a day", "french vocab", "2026-03-04 00:00", 10, "FREQ=DAILY"),
        ("run 5k twice a week", "run 5k", "2026-03-05 00:00", None, f"{_WEEKLY};BYDAY=MO,TH"),
        ("read 3 times a week", "read", "2026-03-04 00:00", None, f"{_WEEKLY};BYDAY=MO,WE,FR"),
        (
            "water plants every tuesday thursday and saturday",
            "water plants",
            "2026-03-05 00:00",
            None,
            f"{_WEEKLY};BYDAY=TU,TH,SA",
        ),
        (
            "call thursdays at 17.30 Beijing time",
            "call",
            "2026-03-05 10:30",
            None,
            f"{_WEEKLY};BYDAY=TH",
        ),
        (
            "call fridays 9pm New York time",
            "call",
            "2026-03-07 03:00",
            None,
            f"{_WEEKLY};BYDAY=SA",
        ),
        ("pay twice a month", "pay", "2026-03-15 00:00", None, "FREQ=MONTHLY;BYMONTHDAY=1,15"),
    ],
)
def test_a_line_that_comes_again(
    text: str, title: str, start: str, minutes: int | None, rule: str
) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.duration_min, task.recurrence) == (title, minutes, rule)
    assert task.start == datetime.fromisoformat(start).replace(tzinfo=NOW.tzinfo)
    assert task.due is None


def test_each_time_ends_after_its_length() -> None:
    task = parse_line("gym mon wed fri 6am for 1h", NOW)
    assert task.end == datetime(2026, 3, 6, 7, tzinfo=NOW.tzinfo)


@pytest.mark.parametrize(
    "text",
    [
        "any day but friday call bank",
        "clean room not on sunday",
        "never on a monday",
        "a day off",
        "thing or two a week",
    ],
)
def test_denied_days_are_no_dates_and_loose_words_come_not_again(text: str) -> None:
    task = parse_line(text, NOW)
    assert (task.start, task.recurrence, task.title) == (None, None, text)


def test_days_to_choose_from_do_not_come_again() -> None:
    assert find("meet monday or tuesday", NOW).recurrences == ()
    assert find("call mum and dad sun", NOW).recurrences == ()
    assert find("friday and monday", NOW).recurrences == ()
    assert find("call on Wednesday, Thursday or Friday", NOW).recurrences == ()


def test_a_length_behind_a_numbered_word_is_a_length() -> None:
    assert parse_line("clean room 30 minutes", NOW).duration_min == 30
    assert parse_line("clean room 30", NOW).title == "clean room 30"


def test_a_first_time_that_clocks_skip_does_not_make_the_others_late() -> None:
    before = datetime(2026, 3, 28, 23, 57, tzinfo=ZoneInfo("Europe/Berlin"))
    daily = parse_line("pills daily 2:30am-3:30am", before)
    assert daily.start == datetime(2026, 3, 30, 2, 30, tzinfo=before.tzinfo)
    assert daily.end == datetime(2026, 3, 30, 3, 30, tzinfo=before.tzinfo)
    weekly = parse_line("pills every sunday at 2:30am", before)
    assert weekly.start == datetime(2026, 4, 5, 2, 30, tzinfo=before.tzinfo)


def test_a_time_that_clocks_skip_and_that_comes_once_is_the_one_after_the_gap() -> None:
    before = datetime(2026, 3, 28, 23, 57, tzinfo=ZoneInfo("Europe/Berlin"))
    once = parse_line("pills every day at 2:30am until 29 march", before)
    assert once.start == datetime(2026, 3, 29, 3, 30, tzinfo=before.tzinfo)
