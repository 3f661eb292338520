"""Whether a recurrence can be walked through in bounded time.

The reference library walks every step of a rule from its first day on, and a rule that matches
no day to the year 9999. Both are found here before it is asked.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from math import inf, prod
from typing import Any, Final

MOST_STEPS: Final = 200_000
"""How many steps of a rule are walked: hours of 22 years, days of 547."""

_SECONDS: Final = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600, "DAILY": 86400}
_HOUR: Final = 3600
_DAY: Final = 86400
_DAYS_OF: Final = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}
_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKS_APART: Final = 2
_CYCLE: Final = 28
"""Years in which every kind of year comes: leap or not, beginning on any weekday."""


def _numbers(rule: Mapping[str, Any], name: str) -> frozenset[int]:
    return frozenset(int(value) for value in rule.get(name, ()))


def _moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return None


def steps_until(rule: Mapping[str, Any], start: object, horizon: datetime) -> float:
    """How many steps of a rule lie between its first day and a moment.

    What comes by the minute or second weighs ten times, as each step may be an event of its own.
    """
    freq = str(next(iter(rule.get("FREQ", ())), "")).upper()
    first = _moment(start)
    times = _times_a_day(rule)
    interval = int(next(iter(rule.get("INTERVAL", ())), 1))
    if interval < 1:
        return inf
    if first is None or (freq not in _SECONDS and times == 1):
        return 0
    ends = [horizon, *(end for end in map(_moment, rule.get("UNTIL", ())) if end is not None)]
    step = _SECONDS.get(freq, _DAY) * (interval if freq in _SECONDS else 1)
    steps = max(0.0, (min(ends) - first).total_seconds()) / step
    if step < _HOUR:
        steps *= 10
    elif step >= _DAY:
        steps *= times
    counts = [int(count) for count in rule.get("COUNT", ())]
    filtered = any(name.startswith("BY") for name in rule)
    return steps if filtered else min([steps, *counts])


def too_often(rule: Mapping[str, Any], start: object, horizon: datetime) -> bool:
    """Whether a rule has more steps up to a moment than are walked."""
    return steps_until(rule, start, horizon) > MOST_STEPS


def _times_a_day(rule: Mapping[str, Any]) -> int:
    """How often a rule comes on one of its days, by the times of day that it names."""
    names = ("BYHOUR", "BYMINUTE", "BYSECOND")
    return prod(max(1, len(_numbers(rule, name))) for name in names)


@lru_cache(maxsize=256)
def _some_day(
    months: frozenset[int],
    month_days: frozenset[int],
    year_days: frozenset[int],
    weeks: frozenset[int],
    weekdays: frozenset[str],
) -> bool:
    day = date(2000, 1, 1)
    while day.year < 2000 + _CYCLE:
        following = day + timedelta(days=1)
        of_year = day.timetuple().tm_yday
        length = date(day.year, 12, 31).timetuple().tm_yday
        if (
            (not months or day.month in months)
            and (not month_days or _of_month(day) & month_days)
            and (not year_days or {of_year, of_year - length - 1} & year_days)
            and (not weekdays or _WEEKDAYS[day.weekday()] in weekdays)
            and (not weeks or _may_be_week(of_year, weeks))
        ):
            return True
        day = following
    return False


def _of_month(day: date) -> set[int]:
    """A day of a month counted from its first and from its last."""
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return {day.day, day.day - (following - day.replace(day=1)).days - 1}


def _may_be_week(of_year: int, weeks: Iterable[int]) -> bool:
    """Whether a day may lie in one of the weeks, wherever the first week begins."""
    near = (of_year + 6) // 7
    apart = (abs((week if week > 0 else 54 + week) - near) for week in weeks)
    return any(min(weeks_apart, 53 - weeks_apart) <= _WEEKS_APART for weeks_apart in apart)


def matches_no_day(rule: Mapping[str, Any]) -> bool:
    """Whether no day at all is one of a rule, so that walking it would not end."""
    freq = str(next(iter(rule.get("FREQ", ())), "")).upper()
    times = _times_a_day(rule)
    places = [abs(place) for place in _numbers(rule, "BYSETPOS")]
    if places and freq in _DAYS_OF and min(places) > _DAYS_OF[freq] * times:
        return True
    weekdays = frozenset(str(day)[-2:].upper() for day in rule.get("BYDAY", ()))
    names = ("BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO")
    months, month_days, year_days, weeks = (_numbers(rule, name) for name in names)
    return not _some_day(months, month_days, year_days, weeks, weekdays)
