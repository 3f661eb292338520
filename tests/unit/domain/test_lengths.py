"""Lengths of time are said as people say them."""

import pytest

from assistant.domain.lengths import about_days, about_length, length


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (20, "20 min"), (59.6, "1 h"), (60, "1 h"), (90, "1 h 30 min"), (1500, "25 h")],
)
def test_hours_and_minutes(minutes: float, words: str) -> None:
    assert length(minutes) == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0.01, "5 min"), (0.37, "20 min"), (0.999, "1 h"), (2.2, "2 h 15 min"), (3, "3 h")],
)
def test_about_so_long(hours: float, words: str) -> None:
    assert about_length(hours) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0.0, "less than an hour"),
        (0.04, "1 hour"),
        (0.5, "12 hours"),
        (0.97, "1 day"),
        (0.99, "1 day"),
        (1.05, "1 day"),
        (1.3, "a little more than 1 day"),
        (1.5, "a day and a half"),
        (2.5, "2 and a half days"),
        (5.8, "almost 6 days"),
        (5.95, "6 days"),
        (6.0, "6 days"),
        (13.7, "14 days"),
    ],
)
def test_days(days: float, words: str) -> None:
    assert about_days(days) == words
