"""Days of the Hebrew, Islamic, Chinese and Hindu calendars in a year of the common one.

Hebrew: the molad and its postponements (E. M. Reingold and N. Dershowitz, Calendrical
Calculations, 4th edition, chapter 8). Islamic: as in Umm al-Qura,
from the evening after the new moon on which the moon sets after the sun in Mecca; before 1999 the
day after the new moon. Chinese new year: the new moon between 21 January and 20 February, in
Beijing. Hindu: lunar days of amanta
months, named by the sun's sign among the stars at the new moon, in Indian time.
"""

from datetime import date, datetime, timedelta, timezone
from functools import cache

from assistant.planner.dates.sky import (
    days_of_moment,
    moment_of_days,
    moon,
    new_moons,
    phase_at,
    sets_later,
    stars,
    sun,
    sun_at,
)

_HEBREW_EPOCH = -1373427
"""Ordinal of 1 Tishri of year 1, less one: the day before the calendar begins."""
_INDIA = timezone(timedelta(hours=5, minutes=30))
_CHINA = timezone(timedelta(hours=8))
_MECCA = timezone(timedelta(hours=3))


def _hebrew_days(year: int) -> int:
    """Days from the epoch to new year, before the last postponement."""
    months = (235 * year - 234) // 19
    parts = 12084 + 13753 * months
    day = months * 29 + parts // 25920
    return day + 1 if 3 * (day + 1) % 7 < 3 else day


def _hebrew_new_year(year: int) -> int:
    """The ordinal of 1 Tishri."""
    before, here, after = (_hebrew_days(one) for one in (year - 1, year, year + 1))
    if after - here == 356:
        here += 2
    elif here - before == 382:
        here += 1
    return _HEBREW_EPOCH + here


def hebrew(year: int, month: str, day: int) -> date:
    """A day of the Hebrew year that begins in the autumn before, or of, a common year.

    Args:
        year: The common year in which the day falls.
        month: One of tishri, kislev, shevat, adar, nisan, iyar, sivan, av.
        day: From 1.
    """
    autumn = month in {"tishri", "kislev"}
    own = year + 3761 if autumn else year + 3760
    start, following = _hebrew_new_year(own), _hebrew_new_year(own + 1)
    length = following - start
    leap = length > 380
    long_second, short_third = length % 10 == 5, length % 10 == 3
    kislev = 30 + (30 if long_second else 29)
    tevet = kislev + (29 if short_third else 30)
    shevat = tevet + 29
    adar = shevat + 30 + (30 if leap else 0)
    nisan = adar + 29
    starts = {
        "tishri": 0,
        "kislev": kislev,
        "shevat": shevat,
        "adar": adar,
        "nisan": nisan,
        "iyar": nisan + 30,
        "sivan": nisan + 59,
        "av": nisan + 118,
    }
    return date.fromordinal(start + starts[month] + day - 1)


@cache
def _islamic_months(year: int) -> tuple[date, ...]:
    """The first days of all Islamic months around a common year."""
    found: list[date] = []
    for days in new_moons(year):
        moment = moment_of_days(days)
        if moment.year < 1999:
            found.append(moment.date() + timedelta(1))
            continue
        here = moment.astimezone(_MECCA)
        evening = here.replace(hour=18, minute=30, second=0)
        seen = here < evening and sets_later(days_of_moment(evening), 21.42, 39.83)
        found.append(here.date() + timedelta(1 if seen else 2))
    return tuple(found)


def islamic(year: int, month: int, day: int) -> list[date]:
    """The days of a common year that are a day of an Islamic month: none, one or two."""
    found: list[date] = []
    for start in _islamic_months(year):
        # Months since Muharram 1421, which began on 6 April 2000.
        count = round((start - date(2000, 4, 6)).days / 29.530588861)
        one = start + timedelta(day - 1)
        if count % 12 == month - 1 and one.year == year:
            found.append(one)
    return found


@cache
def chinese_new_year(year: int) -> date:
    """The first day of the Chinese year."""
    for days in new_moons(year):
        day = moment_of_days(days).astimezone(_CHINA).date()
        if date(year, 1, 21) <= day <= date(year, 2, 20):
            return day
    return date(year, 2, 21)


@cache
def _hindu_months(year: int) -> tuple[tuple[int, float], ...]:
    """Months (1 is Chaitra) with the new moons that begin them; leap months are passed over."""
    moons = new_moons(year)
    signs = [int(((sun(days) - stars(days)) % 360) // 30) for days in moons]
    return tuple(
        ((sign + 1) % 12 + 1, begin)
        for begin, sign, following in zip(moons, signs, signs[1:], strict=False)
        if sign != following
    )


def hindu(year: int, month: int, tithi: int, hour: float) -> list[date]:
    """The days of a common year on which a lunar day prevails at an hour in India.

    Args:
        year: The common year.
        month: 1 is Chaitra, 12 Phalguna; months end with the new moon.
        tithi: 1 to 15 waxing, 16 to 30 waning.
        hour: Of the day on which the rule of the festival looks: 6 is sunrise, 24 midnight. Of
            two days with the same lunar day at an hour of the evening the second counts.
    """
    days = [_prevails(begin, tithi, hour) for name, begin in _hindu_months(year) if name == month]
    return [day for day in days if day.year == year]


def _prevails(start: float, tithi: int, hour: float) -> date:
    begin = phase_at((12 * (tithi - 1)) % 360, start + 29.53 * (tithi - 1) / 30)
    end = phase_at((12 * tithi) % 360, start + 29.53 * tithi / 30)
    first = moment_of_days(begin).astimezone(_INDIA).date()
    fitting: list[date] = []
    for ahead in (-1, 0, 1):
        day = first + timedelta(ahead)
        look = datetime(day.year, day.month, day.day, tzinfo=_INDIA) + timedelta(hours=hour)
        if begin <= days_of_moment(look) < end:
            fitting.append(day)
    if not fitting:
        return first
    return fitting[-1] if hour >= 18 else fitting[0]


def sign_entry(year: int, sign: int, month: int) -> date:
    """The day on which the sun enters a sign among the stars; past sunset it is the next."""
    near = days_of_moment(datetime(year, month, 14, tzinfo=_INDIA))
    days = sun_at((30 * sign + stars(near)) % 360, near)
    moment = moment_of_days(days).astimezone(_INDIA)
    return moment.date() + timedelta(1 if moment.hour >= 18 else 0)


def star_day(year: int, sign: int, month: int, star: int) -> date | None:
    """The last day in the sun's month on which the moon stands in a mansion by day."""
    start = sign_entry(year, sign, month)
    found = None
    for ahead in range(31):
        day = start + timedelta(ahead)
        for hour in (6, 18):
            look = days_of_moment(datetime(day.year, day.month, day.day, hour, tzinfo=_INDIA))
            if int(((moon(look) - stars(look)) % 360) / (360 / 27)) == star - 1:
                found = day
                break
    return found
