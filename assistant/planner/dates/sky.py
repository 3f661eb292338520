"""Where sun and moon stand, and when the moon is new: enough for calendars.

Series from J. Meeus, Astronomical Algorithms, 2nd edition, chapters 25, 47 and 49, cut to the
larger terms: the sun to 0.01, the moon to 0.02 degrees, a new moon to a few minutes.
Moments are days since the beginning of 2000-01-01 12:00 (J2000), universal time.
"""

import math
from datetime import UTC, datetime, timedelta
from functools import cache

_J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
_MONTH = 29.530588861

_MOON_TERMS = (
    (6.288774, 0, 0, 1, 0),
    (1.274027, 2, 0, -1, 0),
    (0.658314, 2, 0, 0, 0),
    (0.213618, 0, 0, 2, 0),
    (-0.185116, 0, 1, 0, 0),
    (-0.114332, 0, 0, 0, 2),
    (0.058793, 2, 0, -2, 0),
    (0.057066, 2, -1, -1, 0),
    (0.053322, 2, 0, 1, 0),
    (0.045758, 2, -1, 0, 0),
    (-0.040923, 0, 1, -1, 0),
    (-0.034720, 1, 0, 0, 0),
    (-0.030383, 0, 1, 1, 0),
    (0.015327, 2, 0, 0, -2),
    (-0.012528, 0, 0, 1, 2),
    (0.010980, 0, 0, 1, -2),
    (0.010675, 4, 0, -1, 0),
    (0.010034, 0, 0, 3, 0),
    (0.008548, 4, 0, -2, 0),
    (-0.007888, 2, 1, -1, 0),
    (-0.006766, 2, 1, 0, 0),
    (-0.005163, 1, 0, -1, 0),
    (0.004987, 1, 1, 0, 0),
    (0.004036, 2, -1, 1, 0),
    (0.003994, 2, 0, 2, 0),
    (0.003861, 4, 0, 0, 0),
    (0.003665, 2, 0, -3, 0),
)
"""Degrees, and multiples of elongation, sun's anomaly, moon's anomaly, latitude argument."""


def days_of_moment(moment: datetime) -> float:
    """A moment with a zone as days of this module."""
    return (moment - _J2000) / timedelta(days=1)


def moment_of_days(days: float) -> datetime:
    """The moment, in UTC."""
    return _J2000 + timedelta(days=days)


def _dynamical(days: float) -> float:
    """Centuries of uniform time: the earth's turning lags behind by about a minute."""
    years = days / 365.25
    lag = 64 + 0.5 * years if years > -50 else 29
    return (days + lag / 86400) / 36525


def sun(days: float) -> float:
    """The sun's apparent longitude in degrees."""
    t = _dynamical(days)
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t
    anomaly = math.radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (
        (1.914602 - 0.004817 * t) * math.sin(anomaly)
        + 0.019993 * math.sin(2 * anomaly)
        + 0.000289 * math.sin(3 * anomaly)
    )
    node = math.radians(125.04 - 1934.136 * t)
    return (mean + centre - 0.00569 - 0.00478 * math.sin(node)) % 360


def moon(days: float) -> float:
    """The moon's apparent longitude in degrees."""
    t = _dynamical(days)
    mean = 218.3164477 + 481267.88123421 * t - 0.0015786 * t * t
    elongation = math.radians(297.8501921 + 445267.1114034 * t - 0.0018819 * t * t)
    suns = math.radians(357.5291092 + 35999.0502909 * t - 0.0001536 * t * t)
    moons = math.radians(134.9633964 + 477198.8675055 * t + 0.0087414 * t * t)
    latitude = math.radians(93.2720950 + 483202.0175233 * t - 0.0036539 * t * t)
    shift = 1 - 0.002516 * t
    total = 0.0
    for size, by_d, by_s, by_m, by_f in _MOON_TERMS:
        angle = by_d * elongation + by_s * suns + by_m * moons + by_f * latitude
        total += size * (shift ** abs(by_s)) * math.sin(angle)
    node = math.radians(125.04 - 1934.136 * t)
    return (mean + total - 0.00478 * math.sin(node)) % 360


def phase(days: float) -> float:
    """How far the moon is ahead of the sun, in degrees: 0 is new, 180 is full."""
    return (moon(days) - sun(days)) % 360


def phase_at(angle: float, near: float) -> float:
    """The moment nearest to ``near`` when the moon has a phase."""
    days = near
    for _ in range(8):
        gap = (angle - phase(days) + 180) % 360 - 180
        step = gap / 360 * _MONTH
        days += step
        if abs(step) < 1e-5:
            break
    return days


def _latitude(days: float) -> float:
    """The moon's latitude in degrees, by its four largest terms."""
    t = _dynamical(days)
    elongation = math.radians(297.8501921 + 445267.1114034 * t)
    moons = math.radians(134.9633964 + 477198.8675055 * t)
    argument = math.radians(93.2720950 + 483202.0175233 * t)
    return (
        5.128122 * math.sin(argument)
        + 0.280602 * math.sin(moons + argument)
        + 0.277693 * math.sin(moons - argument)
        + 0.173237 * math.sin(2 * elongation - argument)
    )


def _height(days: float, longitude: float, latitude: float, place: tuple[float, float]) -> float:
    """How high something stands in the sky of a place (degrees north and east), in degrees."""
    tilt = math.radians(23.4393)
    along, across = math.radians(longitude), math.radians(latitude)
    north, east = math.radians(place[0]), place[1]
    right = math.atan2(
        math.sin(along) * math.cos(tilt) - math.tan(across) * math.sin(tilt), math.cos(along)
    )
    rise = math.asin(
        math.sin(across) * math.cos(tilt) + math.cos(across) * math.sin(tilt) * math.sin(along)
    )
    turned = math.radians(280.46061837 + 360.98564736629 * days + east) - right
    return math.degrees(
        math.asin(
            math.sin(north) * math.sin(rise) + math.cos(north) * math.cos(rise) * math.cos(turned)
        )
    )


def sets_later(evening: float, north: float, east: float) -> bool:
    """Whether the moon is still up when the sun sets on an evening (a moment near sunset)."""
    place = (north, east)
    moment = evening - 0.06
    while moment < evening + 0.08 and _height(moment, sun(moment), 0, place) > -0.83:
        moment += 1 / 1440
    parallax = 0.95
    return _height(moment, moon(moment), _latitude(moment), place) - parallax > -0.83


def sun_at(angle: float, near: float) -> float:
    """The moment nearest to ``near`` when the sun has a longitude."""
    days = near
    for _ in range(8):
        step = ((angle - sun(days) + 180) % 360 - 180) / 360 * 365.2422
        days += step
        if abs(step) < 1e-5:
            break
    return days


def stars(days: float) -> float:
    """How far the zodiac of the stars lies behind the seasons' (Lahiri), in degrees."""
    return 23.853 + 50.2796 / 3600 * days / 365.25


@cache
def new_moons(year: int) -> tuple[float, ...]:
    """The new moons from the November before a year to the January after it."""
    begin = days_of_moment(datetime(year, 1, 1, tzinfo=UTC)) - 75
    found: list[float] = []
    days = phase_at(0, begin)
    while days < begin + 365 + 120:
        found.append(days)
        days = phase_at(0, days + _MONTH)
    return tuple(found)
