"""Days, and words for some of them."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

_DAY: Final = timedelta(days=1)


def runs_of(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days as runs of days that follow one another, each by its first and its last."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and day - found[-1][1] <= _DAY:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def runs_words(runs: Sequence[tuple[date, date]], today: date) -> str:
    """Runs of days in words: ``24 Nov``, ``23 Dec and 30 Dec``, ``24 - 26 Dec, 5 Jan 2026``.

    Args:
        runs: See ``runs_of``.
        today: The year is said where it is another one.
    """
    told = [_run_words(first, last, today) for first, last in runs]
    return " and ".join(part for part in (", ".join(told[:-1]), *told[-1:]) if part)


def _run_words(first: date, last: date, today: date) -> str:
    end = _day_words(last, today)
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} - {end}"
    return f"{_day_words(first, today)} - {end}"


def _day_words(day: date, today: date) -> str:
    words = f"{day.day} {day:%b}"
    return words if day.year == today.year else f"{words} {day.year}"
