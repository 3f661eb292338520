"""Rules for what comes again: every other week, last Friday of each month, daily at 6."""

from dataclasses import replace

from assistant.domain.when import Grain
from assistant.planner.dates.arithmetic import CLOCK_GRAINS
from assistant.planner.dates.chart import Made, Rule
from assistant.planner.dates.joining import join
from assistant.planner.dates.shapes import (
    Amount,
    Between,
    Calendar,
    Clock,
    Day,
    DayPart,
    Lasting,
    Open,
    Point,
    Repeating,
)

Unit = tuple[Grain, int]
_UNITS = frozenset({Grain.HOUR, Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR})
_EACH = "every|each|all"
_OTHER = 2


def every(unit: Grain, times: float) -> Repeating | None:
    """What comes again every so many units; None where that can't be."""
    if unit not in _UNITS or not 1 <= times <= 1000 or times != int(times):
        return None
    return Repeating(unit, int(times))


def _unit(unit: Unit, times: float = 1) -> Made:
    made = every(unit[0], times * unit[1])
    return None if made is None else ("repeat", made)


def _weekly(*days: int) -> Made:
    return "repeat", Repeating(Grain.WEEK, 1, tuple(sorted(set(days))))


def _days(first: int, rest: tuple[int, ...]) -> Made:
    return "dayset", tuple(sorted({first, *rest}))


def _row(first: int, rest: int | tuple[int, ...]) -> Made:
    """Days that follow one another in the week; “Monday Sunday” is no row."""
    days = (first, *listed_days(rest))
    return ("dayrow", days) if first < days[1] else None


def _day_range(first: int, last: int) -> Made:
    if first >= last:
        return None
    return "dayset", tuple(range(first, last + 1))


def listed_days(days: int | tuple[int, ...]) -> tuple[int, ...]:
    """One weekday or several as several."""
    return days if isinstance(days, tuple) else (days,)


def _listed(first: int, rest: int | tuple[int, ...]) -> Made:
    """A list of weekdays; of two the second is the later one in the week."""
    days = listed_days(rest)
    if first in days or (len(days) == 1 and first > days[0]):
        return None
    return "daylist", tuple(sorted((first, *days)))


def _through(first: int, last: int) -> Made:
    """“mon-fri”: three days and more, as two are rather one span."""
    return _every_days(tuple(range(first, last + 1))) if last - first > 1 else None


def _every_days(days: tuple[int, ...], every: int = 1) -> Made:
    return "repeat", Repeating(Grain.WEEK, every, days)


def nth(number: int, weekday: int, unit: Unit) -> Made:
    """The n-th weekday of each month; negative from its end."""
    if unit[0] is not Grain.MONTH or not -5 <= number <= 5:
        return None
    return "repeat", Repeating(Grain.MONTH, 1, (weekday,), (number,))


def _every_nth(number: int, weekday: int) -> Made:
    """“every 2nd Friday” is every other one, as in words; “every third Friday” of the month."""
    if number == _OTHER:
        return _every_days((weekday,), _OTHER)
    return nth(number, weekday, (Grain.MONTH, 1))


def _two_nths(first: int, second: int, weekday: int) -> Made:
    if not 0 < first < second <= 5:
        return None
    return "repeat", Repeating(Grain.MONTH, 1, (weekday,), (first, second))


def month_day(number: int, unit: Unit) -> Made:
    """A day of each month by its number; -1 is the last."""
    if unit[0] is not Grain.MONTH or not (1 <= number <= 31 or number == -1):
        return None
    return "repeat", Repeating(Grain.MONTH, 1, month_day=(number,))


def _yearly(day: Day) -> Made:
    if not isinstance(day, Calendar) or day.month is None or day.year is not None:
        return None
    return "repeat", Repeating(Grain.YEAR, 1, month=day.month, month_day=(day.day or 1,))


def _at(repeat: Repeating, point: Point) -> Made:
    if repeat.at is not None and repeat.at.clock is not None:
        return None
    if point.day is not None:
        return _on_day(repeat, point)
    made = timed(repeat, point)
    return None if made is None else ("repeat", made)


def timed(repeat: Repeating, point: Point) -> Repeating | None:
    """With a time of day, its half by the part of the day that was named."""
    if repeat.at is not None and repeat.at.clock is not None:
        return None
    old = repeat.at
    part = point.part or (old.part if old is not None else None)
    clock = point.clock
    if clock is not None and part is not None:
        joined = join(Point(clock=clock), Point(part=part))
        if joined is None:
            return None
        clock = joined.clock
    return replace(repeat, at=Point(None, clock, part))


def _on_day(repeat: Repeating, point: Point) -> Made:
    """A weekday that tells on which day of the week, or a date of which month."""
    day = point.day
    if not isinstance(day, Calendar) or repeat.weekdays or repeat.month_day or repeat.nth:
        return None
    at = repeat.at or (Point(None, point.clock, point.part) if point.clock or point.part else None)
    if day.weekday is not None and day.day is None and repeat.unit in {Grain.WEEK, Grain.DAY}:
        every = repeat.every if repeat.unit is Grain.WEEK else 1
        return "repeat", replace(
            repeat, unit=Grain.WEEK, every=every, weekdays=(day.weekday,), at=at
        )
    if day.day is not None and day.month is None and repeat.unit is Grain.MONTH:
        return "repeat", replace(repeat, month_day=(day.day,), at=at)
    if day.month is not None and day.day is not None and repeat.unit is Grain.YEAR:
        return "repeat", replace(repeat, month=day.month, month_day=(day.day,), at=at)
    return None


def _on_days(repeat: Repeating, days: tuple[int, ...]) -> Made:
    if repeat.unit is not Grain.WEEK or repeat.weekdays:
        return None
    return "repeat", replace(repeat, weekdays=days)


def _on_plural(repeat: Repeating, weekday: int) -> Made:
    return _on_days(repeat, (weekday,))


def _span(repeat: Repeating, clocks: tuple[Clock, Clock]) -> Made:
    return _from_to(repeat, *clocks)


def _from_to(repeat: Repeating, first: Clock, last: Clock) -> Made:
    made = timed(repeat, Point(clock=first))
    return None if made is None else ("repeat", replace(made, to=last))


def until(repeat: Repeating, point: Point) -> Made:
    """What comes again, up to a day."""
    return None if repeat.until is not None else ("repeat", replace(repeat, until=point))


def _open(repeat: Repeating, span: object) -> Made:
    if isinstance(span, Open) and span.way == "by":
        return until(repeat, span.point)
    if isinstance(span, Open) and span.way in {"from", "after"} and repeat.start is None:
        return "repeat", replace(repeat, start=span.point)
    if isinstance(span, Lasting):
        return _for(repeat, span)
    return _within(repeat, span) if isinstance(span, Between) else None


def _within(repeat: Repeating, span: Between) -> Made:
    """From one time of each day to another."""
    first, last = span.first, span.last
    if not (first.clock and last.clock and first.day is None and last.day is None):
        return None
    return _from_to(repeat, first.clock, last.clock)


def _for(repeat: Repeating, span: Lasting) -> Made:
    """“mon and fri” with “6am for 1h”."""
    if span.start.clock is None or span.start.day is not None:
        return None
    made = timed(repeat, span.start)
    if made is None or made.length is not None or span.amount.steps[0][0] not in CLOCK_GRAINS:
        return None
    return "repeat", replace(made, length=span.amount)


def _after(amount: Amount) -> Made:
    unit, number = amount.steps[0]
    made = every(unit, number)
    return None if made is None or len(amount.steps) > 1 else _completed(made)


def _completed(repeat: Repeating) -> Made:
    return "repeat", replace(repeat, after_completion=True)


def _part(part: str) -> Made:
    return "repeat", Repeating(Grain.DAY, at=Point(None, None, DayPart(part)))


def _weekday_parts(weekday: int, part: str) -> Made:
    return "repeat", Repeating(Grain.WEEK, 1, (weekday,), at=Point(None, None, DayPart(part)))


_ADVERBS = (
    ("daily|everyday", Grain.DAY, 1),
    ("weekly", Grain.WEEK, 1),
    ("biweekly|fortnightly", Grain.WEEK, 2),
    ("monthly", Grain.MONTH, 1),
    ("bimonthly", Grain.MONTH, 2),
    ("quarterly", Grain.MONTH, 3),
    ("yearly|annually", Grain.YEAR, 1),
    ("hourly", Grain.HOUR, 1),
    ("semiannually", Grain.MONTH, 6),
)

RULES = (
    Rule("days through", "{weekday} to|through|thru|- {weekday}", "mon-fri", _through, 1.5),
    Rule("two days", "{weekday} ,|and|&|/? {weekday}", "Tue and Thu", _listed, 1.5),
    Rule("day list", "{weekday} ,|and|&|/? {daylist}", "Mon Wed Fri", _listed, 1.5),
    Rule("day list and", "{weekday} , and {weekday}", "Mon, and Fri", _listed, 1.5),
    Rule("every list", f"on? {_EACH} {{daylist}}", "every Tue Thu and Sat", _every_days, 0.3),
    Rule("day list on", "on? {daylist}", "on Tue and Thu", _every_days, 1.0),
    Rule("nightly", "nightly", "nightly", lambda: _part("night"), 0.3),
    *(
        Rule(
            words,
            words,
            words.split("|")[0],
            lambda unit=unit, times=times: ("repeat", Repeating(unit, times)),
            0.4,
        )
        for words, unit, times in _ADVERBS
    ),
    Rule(
        "semi-annually",
        "semi - annually|annual",
        "semi-annually",
        lambda: ("repeat", Repeating(Grain.MONTH, 6)),
        0.2,
    ),
    Rule(
        "bi-weekly", "bi - weekly", "bi-weekly", lambda: ("repeat", Repeating(Grain.WEEK, 2)), 0.2
    ),
    Rule("every unit", "every|each {unit}", "every week", _unit, 0.3),
    Rule(
        "every other unit",
        "every|each other|second {unit}",
        "every other week",
        lambda unit: _unit(unit, 2),
        0.2,
    ),
    Rule(
        "every n units",
        "every|each {number} {unit}",
        "every 3 days",
        lambda number, unit: _unit(unit, number.value),
        0.2,
    ),
    Rule(
        "every nth unit",
        "every|each {ordinal} {unit}",
        "every third week",
        lambda number, unit: _unit(unit, number),
        0.3,
    ),
    Rule("times a unit", "once|one a|per|every|each {unit}", "once a week", _unit, 0.2),
    Rule("per unit", "per {unit}", "per week", _unit, 0.8),
    Rule("every weekday name", f"on? {_EACH} {{weekday|weekdays}}", "every Monday", _weekly, 0.3),
    Rule("weekdays", "on? {weekdays}", "Mondays", _weekly, 0.5),
    Rule("one day", "{weekday|weekdays}", "Monday", lambda day: ("dayset", (day,)), 1.0),
    Rule(
        "days and days", "{weekday|weekdays} ,|and|&|or|/ {dayset}", "Monday and Friday", _days, 0.2
    ),
    Rule("days , and days", "{weekday|weekdays} , and {dayset}", "Mon, and Friday", _days, 0.2),
    Rule(
        "day to day", "{weekday} to|through|thru|- {weekday}", "Monday to Friday", _day_range, 0.5
    ),
    Rule("every days", f"on? {_EACH} {{dayset}}", "every Monday and Friday", _every_days, 0.2),
    Rule("row of days", "{weekday|weekdays} {weekday|weekdays|dayrow}", "mon wed", _row, 0.2),
    Rule("every row of days", f"on? {_EACH} {{dayrow}}", "every mon wed fri", _every_days, 0.2),
    Rule(
        "plural days",
        "on? {weekdays} and|,|& {dayset}",
        "Mondays and Fridays",
        lambda day, days: _every_days(tuple(sorted({day, *days}))),
        0.2,
    ),
    Rule(
        "every other weekday",
        "every|each other|second {weekday|dayset}",
        "every other Friday",
        lambda days: _every_days(listed_days(days), 2),
        0.2,
    ),
    Rule(
        "every nth weekday",
        "every|each {ordinal} {weekday}",
        "every third Friday",
        _every_nth,
        0.3,
    ),
    Rule(
        "every workday",
        "every|each weekday|workday|weekdays",
        "every weekday",
        lambda: _every_days((0, 1, 2, 3, 4)),
        0.3,
    ),
    Rule(
        "on weekdays",
        "on? weekdays|workdays",
        "weekdays",
        lambda: _every_days((0, 1, 2, 3, 4)),
        0.5,
    ),
    Rule(
        "every working day",
        "every|each working|work|business|school day",
        "every working day",
        lambda: _every_days((0, 1, 2, 3, 4)),
        0.2,
    ),
    Rule(
        "every weekend",
        f"{_EACH} weekend|weekends",
        "every weekend",
        lambda: _every_days((5, 6)),
        0.2,
    ),
    Rule("weekends", "on? weekends", "weekends", lambda: _every_days((5, 6)), 0.5),
    Rule("every part", "every|each {part}", "every morning", _part, 0.3),
    Rule("parts", "{parts}", "mornings", _part, 0.9),
    Rule("weekday parts", "{weekday} {parts}", "tuesday afternoons", _weekday_parts, 0.3),
    Rule(
        "every weekday part",
        "every|each {weekday} {part}",
        "every Tuesday afternoon",
        _weekday_parts,
        0.2,
    ),
    Rule(
        "nth of month",
        "on? the? {ordinal} {weekday} of|in? every|each|the {unit}",
        "first Monday of each month",
        nth,
        0.1,
    ),
    Rule(
        "last of month",
        "on? the? last {weekday} of|in? every|each {unit}",
        "last Friday of each month",
        lambda day, unit: nth(-1, day, unit),
        0.1,
    ),
    Rule(
        "every nth of month",
        "every|each {ordinal} {weekday} of|in the|each? {unit}",
        "every second Tuesday of the month",
        nth,
        0.1,
    ),
    Rule(
        "every last of month",
        "every|each last {weekday} of|in the|each? {unit}",
        "every last Friday of the month",
        lambda day, unit: nth(-1, day, unit),
        0.1,
    ),
    Rule(
        "monthly nth",
        "monthly|every month on? the? {ordinal} {weekday}",
        "monthly on the first Monday",
        lambda number, day: nth(number, day, (Grain.MONTH, 1)),
        0.1,
    ),
    Rule(
        "day of month",
        "on? the? {ordinal} of|in every|each {unit}",
        "15th of each month",
        month_day,
        0.1,
    ),
    Rule(
        "day monthly",
        "on? the? {dordinal} monthly",
        "25th monthly",
        lambda number: month_day(number, (Grain.MONTH, 1)),
        0.1,
    ),
    Rule(
        "every day of month",
        "every|each {dordinal}",
        "every 15th",
        lambda number: month_day(number, (Grain.MONTH, 1)),
        0.4,
    ),
    Rule(
        "every day of the month",
        "every|each {ordinal} of the month",
        "every first of the month",
        lambda number: month_day(number, (Grain.MONTH, 1)),
        0.2,
    ),
    Rule(
        "last day of month",
        "on? the? last day of every|each|the month",
        "last day of each month",
        lambda: month_day(-1, (Grain.MONTH, 1)),
        0.1,
    ),
    Rule("every date", "every|each {day}", "every 4 July", _yearly, 0.4),
    Rule("date every year", "{day} every|each year", "19 June every year", _yearly, 0.2),
    Rule("repeat at", "{repeat} ,|on|at|in|from|starting? {point}", "every day at 6", _at, 0.2),
    Rule(
        "repeat on days", "{repeat} on|: {dayset}", "every other week on Mon and Wed", _on_days, 0.2
    ),
    Rule("repeat plural days", "{repeat} {weekdays}", "biweekly Fridays", _on_plural, 0.2),
    Rule("repeat from clocks", "{repeat} from {clocks|loosers}", "Fridays from 5 to 7", _span, 0.0),
    Rule("repeat clocks", "{repeat} from? {clocks|loosers}", "Tuesdays 19:00-21:00", _span, 0.2),
    Rule(
        "at repeat",
        "{point} {repeat}",
        "6am every day",
        lambda point, repeat: _at(repeat, point),
        0.3,
    ),
    Rule("repeat open", "{repeat} ,? {span}", "every week until June", _open, 0.3),
    Rule(
        "after completion",
        "{repeat} after completion|completing|finishing|done",
        "every 3 days after completion",
        _completed,
        0.1,
    ),
    Rule(
        "after done",
        "{amount} after last? completion|completing|finishing|done",
        "3 days after completion",
        _after,
        0.1,
    ),
    Rule(
        "two nths",
        "every|each|the? {ordinal} and|,|& {ordinal} {weekday}",
        "every 2nd and 4th Thursday",
        _two_nths,
        0.1,
    ),
    Rule(
        "monthly last day",
        "monthly|every|each month? on? the? last day",
        "every month on the last day",
        lambda: month_day(-1, (Grain.MONTH, 1)),
        0.1,
    ),
    Rule(
        "monthly last",
        "monthly|every|each month? on? the? last {weekday}",
        "every month on the last Friday",
        lambda day: nth(-1, day, (Grain.MONTH, 1)),
        0.1,
    ),
    Rule("every bang", "every|each ! {amount}", "every! 3 days", _after, 0.1),
    Rule(
        "every bang unit",
        "every|each ! {unit}",
        "every! week",
        lambda unit: _after(Amount(((unit[0], float(unit[1])),))),
        0.1,
    ),
)
