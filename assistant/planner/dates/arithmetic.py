"""Sums of calendar units on moments, and the bounds of weeks, months, quarters and years."""

from dataclasses import dataclass
from datetime import MAXYEAR, datetime, timedelta

from dateutil.relativedelta import relativedelta

from assistant.domain.when import Grain
from assistant.planner.dates.shapes import Amount


class OutOfCalendarError(ValueError):
    """A moment before year 1 or after 9999, or a day that does not exist."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From ``start`` to before ``end``, as exact as ``grain``."""

    start: datetime
    end: datetime
    grain: Grain


_SECONDS = {Grain.SECOND: 1, Grain.MINUTE: 60, Grain.HOUR: 3600, Grain.DAY: 86400}
_MONTHS = {
    Grain.MONTH: 1,
    Grain.QUARTER: 3,
    Grain.YEAR: 12,
    Grain.DECADE: 120,
    Grain.CENTURY: 1200,
}
CLOCK_GRAINS = frozenset({Grain.SECOND, Grain.MINUTE, Grain.HOUR})


def add(moment: datetime, unit: Grain, number: float) -> datetime:
    """A moment so many units later; part months count as 30 days each.

    Raises:
        OutOfCalendarError: Beyond the years of the calendar.
    """
    try:
        if unit in _MONTHS:
            months = number * _MONTHS[unit]
            moved = moment + relativedelta(months=int(months))
            return moved + timedelta(days=round((months - int(months)) * 30))
        seconds = 7 * 86400 if unit is Grain.WEEK else _SECONDS[unit]
        return moment + timedelta(seconds=number * seconds)
    except (ValueError, OverflowError) as error:
        raise OutOfCalendarError from error


def add_amount(moment: datetime, amount: Amount, sign: int) -> datetime:
    """A moment moved by all steps of a length."""
    for unit, number in amount.steps:
        moment = add(moment, unit, sign * number)
    return moment


def midnight(moment: datetime) -> datetime:
    """The beginning of its day."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def floor(moment: datetime, unit: Grain, week_start: int = 0) -> datetime:
    """The beginning of the unit that holds a moment."""
    if unit in CLOCK_GRAINS:
        minute = 0 if unit is Grain.HOUR else moment.minute
        second = moment.second if unit is Grain.SECOND else 0
        return moment.replace(minute=minute, second=second, microsecond=0)
    day = midnight(moment)
    if unit is Grain.DAY:
        return day
    if unit is Grain.WEEK:
        return add(day, Grain.DAY, -((day.weekday() - week_start) % 7))
    return _floor_long(day, unit)


def _floor_long(day: datetime, unit: Grain) -> datetime:
    year = day.year
    if unit is Grain.MONTH:
        return day.replace(day=1)
    if unit is Grain.QUARTER:
        return day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
    if unit is Grain.DECADE:
        year = max(1, year - year % 10)
    if unit is Grain.CENTURY:
        year = max(1, year - year % 100)
    return day.replace(year=year, month=1, day=1)


def unit_at(moment: datetime, unit: Grain, week_start: int = 0) -> Stretch:
    """The unit that holds a moment."""
    start = floor(moment, unit, week_start)
    return Stretch(start, add(start, unit, 1), unit)


def date_of(year: int, month: int = 1, day: int = 1) -> datetime:
    """Midnight of a day.

    Raises:
        OutOfCalendarError: There is no such day.
    """
    if not 1 <= year <= MAXYEAR:
        raise OutOfCalendarError
    try:
        return datetime(year, month, day)  # noqa: DTZ001 - local time; the zone is put on at last
    except ValueError as error:
        raise OutOfCalendarError from error


def day_stretch(day: datetime) -> Stretch:
    """The whole day."""
    start = midnight(day)
    return Stretch(start, add(start, Grain.DAY, 1), Grain.DAY)


def seconds_of(amount: Amount) -> float:
    """A length in seconds; a month counts as 30 days, a year as 365."""
    lengths = {
        **_SECONDS,
        Grain.WEEK: 7 * 86400,
        Grain.MONTH: 30 * 86400,
        Grain.QUARTER: 91 * 86400,
        Grain.YEAR: 365 * 86400,
        Grain.DECADE: 3650 * 86400,
        Grain.CENTURY: 36500 * 86400,
    }
    return sum(lengths[unit] * number for unit, number in amount.steps)


def full_year(year: int) -> int:
    """A year of two digits as one of four, from 1950 to 2049."""
    if year >= 100:
        return year
    return year + (1900 if year >= 50 else 2000)


def real_date(year: int, month: int, day: int) -> bool:
    """Whether there is such a day."""
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1 <= year <= 9999):
        return False
    if month == 2:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return day <= (29 if leap else 28)
    return day <= (30 if month in {4, 6, 9, 11} else 31)
