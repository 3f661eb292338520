"""Rules for how often and how long something comes again, and on which days it does not."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from assistant.domain.when import Grain
from assistant.planner.dates.arithmetic import CLOCK_GRAINS
from assistant.planner.dates.chart import Made, Rule
from assistant.planner.dates.lexer import Number
from assistant.planner.dates.rules_repeating import (
    Unit,
    every,
    listed_days,
    month_day,
    nth,
    until,
)
from assistant.planner.dates.shapes import Amount, Clock, Point, Repeating

_BUT = "except|but|excluding|without|excepting"
_MOST_TIMES = 1000
_WORKDAY = "working|business|work|school day"
_FEWEST_WORKDAYS = 20
"""In a month."""


def _going_on(repeat: Repeating, amount: Amount) -> Made:
    """“every week for 10 weeks”: as often as they hold it; other lengths tell the last day."""
    if repeat.times or repeat.until or repeat.reach or amount.steps[0][0] in CLOCK_GRAINS:
        return None
    unit, number = amount.steps[0]
    one = len(repeat.weekdays or (0,)) if not repeat.nth else 1
    times = number * one / repeat.every
    if len(amount.steps) == 1 and unit is repeat.unit and times == int(times) and times >= 1:
        return _counted(repeat, times)
    return "repeat", replace(repeat, reach=amount)


def _counted(repeat: Repeating, times: float) -> Made:
    if repeat.times or repeat.until or repeat.reach:
        return None
    if not 1 <= times <= _MOST_TIMES or times != int(times):
        return None
    return "repeat", replace(repeat, times=int(times))


def _except(repeat: Repeating, days: tuple[int, ...]) -> Made:
    """All days of it but some."""
    whole = repeat.unit is Grain.DAY and repeat.every == 1
    if not (whole or (repeat.unit is Grain.WEEK and repeat.weekdays)):
        return None
    left = tuple(day for day in (repeat.weekdays or range(7)) if day not in days)
    if not left or len(left) == len(repeat.weekdays or range(7)):
        return None
    return "repeat", replace(repeat, unit=Grain.WEEK, weekdays=left)


_SPREAD = ((0, 3), (0, 2, 4), (0, 1, 3, 4), (0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 5))
"""Days that lie evenly in a week: two of them, three, and so on."""


_HOURS: Final[Mapping[float, tuple[int, ...]]] = MappingProxyType(
    {2: (9, 21), 3: (8, 14, 20), 4: (8, 12, 16, 20)}
)
"""Hours that lie evenly in a day, where no times are named."""


_LETTERED_DAYS: Final = (
    ("mwf", (0, 2, 4)),
    ("m / w / f", (0, 2, 4)),
    ("tth", (1, 3)),
    ("tuth", (1, 3)),
    ("tu / th", (1, 3)),
)
"""As timetables have them."""
_LETTERS: Final = (
    ("m - f", (0, 1, 2, 3, 4)),
    ("m - th", (0, 1, 2, 3)),
    ("t / th", (1, 3)),
)
"""Days only beside a time, or behind “every” or “daily”."""


def _lettered_at(days: tuple[int, ...], clock: Clock) -> Made:
    return "repeat", Repeating(Grain.WEEK, 1, days, at=Point(None, clock))


def _lettered_from(days: tuple[int, ...], clocks: tuple[Clock, Clock]) -> Made:
    return "repeat", Repeating(Grain.WEEK, 1, days, at=Point(None, clocks[0]), to=clocks[1])


def _alternate(days: tuple[int, ...]) -> Made:
    return "repeat", Repeating(Grain.WEEK, 2, days)


def _every_other(unit: Unit) -> Made:
    made = every(unit[0], 2 * unit[1]) if unit[0] not in CLOCK_GRAINS else None
    return None if made is None else ("repeat", made)


def _often(times: float, unit: Unit) -> Made:
    """“3 times a week”, “twice a day”: on days, or at hours, that lie evenly in it."""
    if unit == (Grain.WEEK, 1) and 2 <= times <= 6 and times == int(times):
        return "repeat", Repeating(Grain.WEEK, 1, _SPREAD[int(times) - 2])
    if unit == (Grain.MONTH, 1) and times == 2:
        return "repeat", Repeating(Grain.MONTH, 1, month_day=(1, 15))
    if unit == (Grain.DAY, 1) and times in _HOURS:
        first, *rest = (Clock(hour, None, None, "24") for hour in _HOURS[times])
        spread = Repeating(Grain.DAY, at=Point(None, first), also=tuple(rest), vague=True)
        return "repeat", spread
    return None


def _workday(number: int, unit: Unit) -> Made:
    if unit != (Grain.MONTH, 1) or not -_FEWEST_WORKDAYS <= number <= _FEWEST_WORKDAYS:
        return None
    return "repeat", Repeating(Grain.MONTH, 1, (0, 1, 2, 3, 4), place=number)


def _twice(unit: Unit) -> Made:
    return _often(2, unit)


def _times(number: Number, unit: Unit) -> Made:
    return _often(number.value, unit)


def _rate(unit: Unit) -> Made:
    """“10 min a day”: only behind a length; see the finding."""
    made = every(unit[0], unit[1]) if unit[0] not in CLOCK_GRAINS else None
    return None if made is None else ("rate", made)


RULES = (
    Rule(
        "repeat except",
        f"{{repeat}} ,? {_BUT} for? on? {{weekday|weekdays|dayset|weekends}}",
        "every day except Sunday",
        lambda repeat, days: _except(repeat, listed_days(days)),
        0.1,
    ),
    Rule(
        "repeat not on",
        "{repeat} ,? but? not on|at|during? {weekday|weekdays|dayset|weekends}",
        "every day but not on Sunday",
        lambda repeat, days: _except(repeat, listed_days(days)),
        0.1,
    ),
    Rule("but weekends", "the? weekend|weekends", "weekends", lambda: ("weekends", (5, 6)), 0.5),
    Rule("repeat for", "{repeat} ,? for the? next? {amount}", "daily for 2 weeks", _going_on, 0.1),
    Rule(
        "repeat times",
        "{repeat} ,|for? {number} times",
        "every week 10 times",
        lambda repeat, number: _counted(repeat, number.value),
        0.1,
    ),
    Rule(
        "alternate days",
        "on? alternate|alternating {weekday|weekdays|dayset}",
        "alternate Fridays",
        lambda days: _alternate(listed_days(days)),
        0.1,
    ),
    Rule(
        "alternate weeks",
        "on? alternate|alternating weeks|weekly on? {weekday|weekdays|dayset}",
        "alternate weeks Thursday",
        lambda days: _alternate(listed_days(days)),
        0.1,
    ),
    Rule(
        "alternate units",
        "on? alternate|alternating {units}",
        "alternate weeks",
        _every_other,
        0.2,
    ),
    *(
        Rule(f"{words} {kind}", words, words, lambda kind=kind, days=days: (kind, days), 0.1)
        for words, days in _LETTERED_DAYS
        for kind in ("daylist", "dayset")
    ),
    *(
        Rule(f"{words} {kind}", words, words, lambda kind=kind, days=days: (kind, days), 0.1)
        for words, days in _LETTERS
        for kind in ("lettered", "dayset")
    ),
    Rule("letters at", "{lettered} ,|at? {clock}", "m-f 9am", _lettered_at, 0.1),
    Rule("letters from", "{lettered} ,|from? {clocks|loosers}", "t/th 9-10", _lettered_from, 0.1),
    Rule(
        "at letters",
        "at? {clock} on? {lettered}",
        "9am m-f",
        lambda clock, days: _lettered_at(days, clock),
        0.1,
    ),
    Rule(
        "from letters",
        "from? {clocks|loosers} on? {lettered}",
        "9-5 m-f",
        lambda clocks, days: _lettered_from(days, clocks),
        0.1,
    ),
    Rule(
        "thrice a unit",
        "thrice a|per|each|every {unit}",
        "thrice a week",
        lambda unit: _often(3, unit),
        0.2,
    ),
    Rule("twice a unit", "twice a|per|each|every {unit}", "twice a week", _twice, 0.2),
    Rule(
        "times in a unit", "{number} times a|per|each|every {unit}", "3 times a week", _times, 0.2
    ),
    Rule("x a unit", "{number} x a|per|each|every|/ {unit}", "3x a week", _times, 0.2),
    Rule("twice daily", "twice daily", "twice daily", lambda: _often(2, (Grain.DAY, 1)), 0.2),
    Rule(
        "times daily",
        "{number} times|x daily",
        "3 times daily",
        lambda number: _often(number.value, (Grain.DAY, 1)),
        0.2,
    ),
    Rule("twice weekly", "twice weekly", "twice weekly", lambda: _often(2, (Grain.WEEK, 1)), 0.2),
    Rule(
        "nth working day",
        f"on? the? {{ordinal}} {_WORKDAY} of|in every|each {{unit}}",
        "first working day of each month",
        _workday,
        0.1,
    ),
    Rule(
        "every nth working day",
        f"every|each {{ordinal}} {_WORKDAY} of|in the|each? {{unit}}",
        "every first working day of the month",
        _workday,
        0.1,
    ),
    Rule(
        "last working day",
        f"on? the? last {_WORKDAY} of|in every|each {{unit}}",
        "last working day of each month",
        lambda unit: _workday(-1, unit),
        0.1,
    ),
    Rule(
        "every last working day",
        f"every|each last {_WORKDAY} of|in the|each? {{unit}}",
        "every last working day of the month",
        lambda unit: _workday(-1, unit),
        0.1,
    ),
    Rule(
        "nth of month",
        "on? the? {ordinal} {weekday} of month",
        "1st Thursday of month",
        lambda number, day: nth(number, day, (Grain.MONTH, 1)),
        0.1,
    ),
    Rule(
        "day each month",
        "on? the? {dordinal} every|each {unit}",
        "25th each month",
        month_day,
        0.1,
    ),
    Rule(
        "every last day of month",
        "every|each last day of|in the|each? month",
        "every last day of the month",
        lambda: month_day(-1, (Grain.MONTH, 1)),
        0.1,
    ),
    Rule("repeat through", "{repeat} ,? thru|through {point}", "weekly thru May", until, 0.1),
    Rule("rate", "a|per|each|every|/ {unit}", "a day", _rate, 0.2),
)
