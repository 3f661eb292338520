"""Rules for several times of one day: “every day at 8am and 6pm”."""

from dataclasses import replace

from assistant.domain.when import Grain
from assistant.planner.dates.chart import Made, Rule
from assistant.planner.dates.joining import join
from assistant.planner.dates.lexer import Number
from assistant.planner.dates.rules_joining import halves
from assistant.planner.dates.rules_repeating import timed
from assistant.planner.dates.shapes import Clock, DayPart, Point, Repeating

_MOST_TIMES = 12
_LEAST_DAYS = 2
_MOST_WEEKS = 52
_EARLIEST, _LAST_HOUR = 5, 23
_OF_DAYS = frozenset({Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR})


def _times(first: Clock, rest: Clock | tuple[Clock, ...]) -> Made:
    """Times of one day; where the half of one is open, by the half of the one behind it."""
    following = rest if isinstance(rest, tuple) else (rest,)
    first, second = halves(first, following[0])
    found = (first, second, *following[1:])
    if len(found) > _MOST_TIMES or any(one.past or one.zone is not None for one in found):
        return None
    return "times", found


def _row_of_times(first: Clock, rest: Clock | tuple[Clock, ...]) -> Made:
    """“7am 1pm 9pm”; “10:00 11:30” is rather from the one to the other."""
    following = rest if isinstance(rest, tuple) else (rest,)
    named = all(one.half in {"am", "pm"} for one in (first, *following))
    return _times(first, rest) if named else None


def _parts_at(part: str, clock: Clock) -> Made:
    """“mornings 7am”: each of them."""
    joined = join(Point(clock=clock), Point(part=DayPart(part)))
    return None if joined is None else ("repeat", Repeating(Grain.DAY, at=joined))


def _at_times(repeat: Repeating, times: tuple[Clock, ...]) -> Made:
    """What comes again, several times on each of its days."""
    known = repeat.at is not None and repeat.at.clock is not None and not repeat.vague
    if known or repeat.to is not None or repeat.unit not in _OF_DAYS or repeat.length is not None:
        return None
    differ = len({one.minute or 0 for one in times}) > 1
    by_days = repeat.unit is Grain.DAY or (repeat.unit is Grain.WEEK and repeat.every == 1)
    if differ and not by_days:
        return None  # no rule says “every other week at 8:15 and 18:30”
    return "repeat", replace(repeat, at=Point(None, times[0]), also=times[1:], vague=False)


def _month_days(first: int, second: int) -> Made:
    if not 1 <= first < second <= 31:
        return None
    return "repeat", Repeating(Grain.MONTH, 1, month_day=(first, second))


def _dotted_at(repeat: Repeating, clock: Clock) -> Made:
    """Behind days, where the minutes are such as appointments have."""
    free = repeat.to is None and not repeat.also
    if not free or repeat.unit not in {Grain.DAY, Grain.WEEK} or (clock.minute or 0) % 5:
        return None
    made = timed(repeat, Point(clock=clock))
    return None if made is None else ("repeat", made)


def _bare_hour(repeat: Repeating, number: Number) -> Made:
    """“gym every Monday 6”, where nothing follows that the number may count."""
    daily = repeat.unit is Grain.DAY or (repeat.unit is Grain.WEEK and repeat.weekdays)
    if not daily or repeat.to is not None or repeat.also or repeat.vague:
        return None
    if repeat.at is not None and number.value < _EARLIEST:
        return None  # “meds every morning 2” counts them
    if not 0 < number.digits <= _LEAST_DAYS or not 1 <= number.value <= _LAST_HOUR:
        return None
    half = "24" if number.value > _MOST_TIMES else ""
    made = timed(repeat, Point(clock=Clock(int(number.value), half=half)))
    return None if made is None else ("bare", made)


def _weeks_apart(number: Number, weekday: int) -> Made:
    if not 1 <= number.value <= _MOST_WEEKS or number.value != int(number.value):
        return None
    return "repeat", Repeating(Grain.WEEK, int(number.value), (weekday,))


def _through_at(clock: Clock, first: int, last: int) -> Made:
    """“3pm mon-thu”: at that time of each of three days and more."""
    if last - first < _LEAST_DAYS:
        return None
    days = tuple(range(first, last + 1))
    return "repeat", Repeating(Grain.WEEK, 1, days, at=Point(None, clock))


def _daily_on(repeat: Repeating, days: tuple[int, ...]) -> Made:
    """“daily mon-thu”."""
    if repeat.unit is not Grain.DAY or repeat.every != 1 or len(days) < _LEAST_DAYS:
        return None
    return "repeat", replace(repeat, unit=Grain.WEEK, weekdays=days)


RULES = (
    Rule(
        "days of each month",
        "every|each {dordinal} and|& {dordinal}",
        "every 1st and 15th",
        _month_days,
        0.2,
    ),
    Rule(
        "time through days",
        "at? {clock} on? {weekday} through|thru|- {weekday}",
        "3pm mon-thu",
        _through_at,
        0.1,
    ),
    Rule("repeat dotted", "{repeat} ,? {dotted}", "every Saturday 9.30", _dotted_at, 0.4),
    Rule("every n weekdays", "every {number} {weekdays}", "every 2 Fridays", _weeks_apart, 0.1),
    Rule(
        "days of a month",
        "on? the? {dordinal} and|&|, the? {dordinal} of|in every|each|the month",
        "1st and 15th of each month",
        _month_days,
        0.1,
    ),
    Rule(
        "daily on weekdays",
        "{repeat} ,|on? weekdays|workdays",
        "daily at 8 weekdays",
        lambda repeat: _daily_on(repeat, (0, 1, 2, 3, 4)),
        0.1,
    ),
    Rule("daily on", "{repeat} ,|on? {dayset}", "daily mon-thu", _daily_on, 0.1),
    Rule("times in a row", "{clock} {clock|times}", "7am 1pm 9pm", _row_of_times, 1.5),
    Rule("repeat hour", "{repeat} {number}", "every morning 8", _bare_hour, 0.9),
    Rule("parts at", "{parts} at? {clock}", "mornings 7am", _parts_at, 0.1),
    Rule("times", "{clock|loose} ,|and|&|/ {clock}", "8am and 6pm", _times, 0.4),
    Rule("times loose", "{clock} ,|and|&|/ {loose}", "at 8 and 18", _times, 0.9),
    Rule("times , and", "{clock|loose} , and {clock}", "8am, and 6pm", _times, 0.4),
    Rule("times , and loose", "{clock} , and {loose}", "at 8, and 18", _times, 0.9),
    Rule("more times", "{clock|loose} ,|and|&|/ {times}", "8, 14:00 and 20:00", _times, 0.4),
    Rule("repeat times of day", "{repeat} ,|:|at? {times}", "daily at 8am and 6pm", _at_times, 0.1),
    Rule(
        "times of day repeat",
        "at? {times} ,? {repeat}",
        "8am and 6pm every day",
        lambda times, repeat: _at_times(repeat, times),
        0.1,
    ),
)
