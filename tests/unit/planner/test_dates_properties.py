"""What holds for every text and every moment."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.planner.dates.chart import MOST_NODES, MOST_TOKENS
from assistant.planner.dates.finding import GRAMMAR, find
from assistant.planner.dates.lexer import tokens_of
from assistant.planner.dates.seeds import Seeds
from assistant.planner.quick_add.reading import parse_line

BERLIN = ZoneInfo("Europe/Berlin")
MOMENTS = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001 - the strategy puts the zone on
    max_value=datetime(2080, 12, 31),  # noqa: DTZ001 - the strategy puts the zone on
    timezones=st.just(UTC),
)
WORDS = st.sampled_from(
    [
        "next",
        "last",
        "this",
        "every",
        "other",
        "from",
        "to",
        "until",
        "by",
        "at",
        "on",
        "in",
        "the",
        "of",
        "a",
        "an",
        "and",
        "or",
        "3",
        "15",
        "31st",
        "2nd",
        "5pm",
        "17:30",
        "12/5",
        "2026",
        "may",
        "march",
        "friday",
        "mondays",
        "week",
        "weekend",
        "month",
        "year",
        "day",
        "hours",
        "minutes",
        "morning",
        "night",
        "noon",
        "first",
        "last",
        "-",
        ",",
        ".",
        "/",
        "~",
        "2",
        "half",
        "quarter",
        "past",
        "easter",
        "christmas",
        "ago",
        "after",
        "before",
        "between",
        "upcoming",
        "days",
        "weeks",
        "for",
        "99",
        "1000000",
        "0",
        "eom",
        "end",
        "rest",
        "middle",
        "twenty",
        "thousand",
        "'s",
        "utc",
    ]
)
LINES = st.lists(WORDS, max_size=12).map(" ".join)


@given(st.one_of(st.text(max_size=80), LINES), MOMENTS)
@settings(max_examples=300, deadline=None)
def test_it_never_raises_and_places_lie_in_the_text(text: str, now: datetime) -> None:
    found = find(text, now)
    for one in (*found.whens, *found.durations, *found.recurrences):
        start, end = one.found
        assert 0 <= start < end <= len(text)
    for when in found.whens:
        assert when.start is not None or when.end is not None
        assert when.start is None or when.end is None or when.start <= when.end


@given(st.one_of(st.text(max_size=80), LINES), MOMENTS)
@settings(max_examples=200, deadline=None)
def test_no_word_of_a_line_is_lost(text: str, now: datetime) -> None:
    task = parse_line(text, now)
    shown = [False] * len(text)
    for part in task.parts:
        assert text[slice(*part.found)] == part.words
        shown[slice(*part.found)] = [True] * len(part.words)
    rest = "".join(sign for sign, gone in zip(text, shown, strict=True) if not gone)
    left = [sign for sign in rest if sign.isalnum()]
    title = iter(task.title)
    assert all(sign in title for sign in left), "the title lacks a letter, or has it out of order"


@given(
    st.sampled_from(["tomorrow", "in 3 days", "next week", "5 weeks ago", "friday", "at 5pm"]),
    MOMENTS,
    st.integers(1, 50),
)
def test_a_later_reading_gives_a_later_day(text: str, now: datetime, weeks: int) -> None:
    here = find(text, now).whens[0].start
    there = find(text, now + timedelta(weeks=weeks)).whens[0].start
    assert here is not None
    assert there == here + timedelta(weeks=weeks)


def test_a_time_that_clocks_leave_out_is_moved_past_the_gap() -> None:
    now = datetime(2026, 3, 27, 12, 0, tzinfo=BERLIN)
    (when,) = find("on 29 March at 02:30", now).whens
    assert when.start == datetime(2026, 3, 29, 3, 30, tzinfo=BERLIN)
    assert str(when.start).endswith("+02:00")


def test_days_keep_their_clock_over_a_change() -> None:
    now = datetime(2026, 3, 27, 12, 0, tzinfo=BERLIN)
    (when,) = find("monday at 9am", now).whens
    assert when.start is not None
    assert when.start.isoformat() == "2026-03-30T09:00:00+02:00"


@pytest.mark.parametrize(("ahead", "hour"), [("24 hours", 14), ("1 day", 0)])
def test_hours_are_hours_over_a_change_and_days_are_days(ahead: str, hour: int) -> None:
    now = datetime(2026, 3, 28, 13, 0, tzinfo=BERLIN)
    (when,) = find(f"in {ahead}", now).whens
    assert when.start is not None
    assert (when.start.day, when.start.hour) == (29, hour)


def test_a_clock_of_another_zone_is_carried_over() -> None:
    now = datetime(2026, 6, 1, 8, 0, tzinfo=BERLIN)
    (when,) = find("call tomorrow 9am EST", now).whens
    assert when.start == datetime(2026, 6, 2, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["next ", "12:30 - ", "monday, ", "May 5 - ", "every day and "])
def test_hostile_text_is_read_in_bounded_steps(text: str) -> None:
    hostile = text * 600
    tokens = tokens_of(hostile)
    nodes = GRAMMAR.parse(tokens, Seeds(hostile, tokens, day_first=False).all())
    assert max((node.end - node.start for node in nodes), default=0) <= MOST_TOKENS
    assert len(nodes) <= MOST_NODES * len(tokens)
    for when in find(hostile, datetime(2026, 1, 1, tzinfo=UTC)).whens:
        assert when.found[1] <= len(hostile)
