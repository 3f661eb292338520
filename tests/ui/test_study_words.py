"""What Study says in words: days as people write them, reviews, lessons, cards."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.domain.ids import CourseId
from assistant.services.study.reviewing import Session
from assistant.services.study.today import CardCurve, Today
from assistant.ui.study.courses.days import UnreadableError, read_day, read_hours, written_day
from assistant.ui.study.courses.plan_card import end_of
from assistant.ui.study.today.words import (
    card_words,
    day_words_from,
    long_day,
    minutes_words,
    nothing_due_words,
    reviews_words,
    short_names,
)

DAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", None),
        ("2026-12-19", date(2026, 12, 19)),
        ("19.12.2026", date(2026, 12, 19)),
        ("19.12.", date(2026, 12, 19)),
        ("1. 2. 27", date(2027, 2, 1)),
        ("19 Dec", date(2026, 12, 19)),
        ("18 november", date(2027, 11, 18)),
        ("Dec 19, 2027", date(2027, 12, 19)),
        ("in 8 weeks", DAY + timedelta(weeks=8)),
        ("In a week", DAY + timedelta(weeks=1)),
        ("today", DAY),
        ("Tomorrow", DAY + timedelta(days=1)),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: date | None) -> None:
    assert read_day(text, DAY) == day
    assert read_day(written_day(day), DAY) == day


@pytest.mark.parametrize("text", ["soon", "31 Feb", "2026-13-01", "19 Fooember", "in weeks", "99"])
def test_what_is_no_day_is_told(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_day(text, DAY)


@pytest.mark.parametrize(
    "text", ["yesterday", "Yesterday.", "2 days ago", "a week ago", "2026-11-18", "1 Jan 2020"]
)
def test_a_day_that_is_past_is_told_to_be_past(text: str) -> None:
    with pytest.raises(UnreadableError, match="past"):
        read_day(text, DAY)


def test_hours_are_read_as_people_write_them() -> None:
    assert read_hours(" 2,5 h") == pytest.approx(2.5)
    assert read_hours("3 hours") == pytest.approx(3)
    assert read_hours("") is None
    for wrong in ("0", "-1", "many", "1e9"):
        with pytest.raises(UnreadableError):
            read_hours(wrong)


def test_a_deadline_is_the_end_of_its_day() -> None:
    now = datetime(2026, 11, 19, 8, tzinfo=UTC)
    assert end_of(date(2026, 12, 1), now) == datetime(2026, 12, 1, 23, 59, tzinfo=UTC)
    assert end_of(None, now) is None


def today_of(due: int, new: int, next_due: date | None = None) -> Today:
    session = Session((), due, new, 0.0, {})
    return Today(DAY, (), -1, session, next_due, None, (False,) * 7, (), ())


def test_what_is_due_is_counted_for_what_it_is() -> None:
    assert reviews_words(today_of(3, 20)) == "3 would slip below 90\u00a0%\n20 are new"
    assert reviews_words(today_of(1, 0)) == "card would slip below 90\u00a0%"
    assert reviews_words(today_of(0, 2)) == "new cards to meet"
    assert nothing_due_words(today_of(0, 0)).startswith("Cards come here")
    assert nothing_due_words(today_of(0, 0, DAY + timedelta(1))).endswith("fall due tomorrow.")
    assert minutes_words(0.2) == "about 1 min"
    assert long_day(DAY) == "Thursday 19 November"
    assert [day_words_from(DAY + timedelta(days), DAY) for days in (0, 3, 30)] == [
        "today",
        "on Sunday",
        "on 19 December",
    ]


def test_courses_are_called_by_their_first_word_where_that_is_clear() -> None:
    titles = ["Python from zero", "Music theory", "C in a week", "Music of the world"]
    assert short_names(titles) == ["Python", "Music theory", "C in a week", "Music of the world"]


def test_a_card_says_when_before_what() -> None:
    curve = CardCurve("What\nstops it?", CourseId("c"), DAY, 5.2, (), (0, 1), (), (), 0.9)
    assert card_words(curve) == "Due in 5 days: “What stops it?”"
    marked = replace(curve, front="What does `x` *mean*\nhere?")
    assert card_words(marked) == "Due in 5 days: “What does x mean here?”"
    assert card_words(replace(curve, due_days=0.2)).startswith("Due today")
    assert card_words(replace(curve, due_days=-3)).startswith("Due now")
