"""Rules for what is told from now: tomorrow, this week, next Friday, the last 3 days."""

from dataclasses import replace

from assistant.domain.when import Grain
from assistant.planner.dates.arithmetic import CLOCK_GRAINS
from assistant.planner.dates.chart import Made, Rule
from assistant.planner.dates.joining import join
from assistant.planner.dates.lexer import Number
from assistant.planner.dates.rules_lengths import MOST, Unit
from assistant.planner.dates.shapes import (
    Amount,
    Calendar,
    Cycle,
    Day,
    DayOffset,
    Holiday,
    NamedWeekday,
    Now,
    Point,
    Rolling,
    Season,
    Shift,
    Weekend,
    Within,
)


def _cycle(offset: int, unit: Unit, count: int = 1) -> Made:
    if unit[0] in CLOCK_GRAINS:
        return None
    if unit[0] is Grain.DAY and count == 1:
        return "day", DayOffset(offset)
    return "day", Cycle(unit[0], offset, count)


def _next_units(number: Number, unit: Unit) -> Made:
    return _units(number, unit, forward=True)


def _last_units(number: Number, unit: Unit) -> Made:
    return _units(number, unit, forward=False)


def _units(number: Number, unit: Unit, *, forward: bool) -> Made:
    count = int(number.value) * unit[1]
    if not 1 <= count <= MOST or count != number.value * unit[1]:
        return None
    if unit[0] in CLOCK_GRAINS:
        return "day", Rolling(unit[0], count, forward)
    return "day", Cycle(unit[0], 1 if forward else -count, count)


def _rolling(number: Number, unit: Unit, *, forward: bool) -> Made:
    count = int(number.value) * unit[1]
    return ("day", Rolling(unit[0], count, forward)) if 1 <= count <= MOST else None


def _ahead(number: Number, unit: Unit) -> Made:
    """“upcoming 2 weeks”: the unit that is so many ahead."""
    if unit[0] in CLOCK_GRAINS or not 1 <= number.value <= MOST:
        return _rolling(number, unit, forward=True)
    return _cycle(int(number.value) * unit[1], unit)


def _business(number: Number, *, forward: bool) -> Made:
    if not 1 <= number.value <= MOST:
        return None
    return "day", Rolling(Grain.DAY, int(number.value), forward, business=True)


def _named(which: str) -> Rule:
    word = which.partition("|")[0]
    return Rule(
        f"{which} weekday",
        f"on? {which} {{weekday}}",
        f"{word} Friday",
        lambda day: ("day", NamedWeekday(day, word)),
        0.4,
    )


def _month_named(offset: int, month: int) -> Made:
    return "day", Within(Calendar(month=month), Cycle(Grain.YEAR, offset))


def _next_date(day: Day) -> Made:
    if isinstance(day, Calendar) and day.month is not None and day.year is None and day.day:
        return "day", Within(day, Cycle(Grain.YEAR, 1))
    return None


def _holiday_cycle(offset: int, day: Holiday) -> Made:
    return "day", replace(day, offset=offset)


def _of_week(day: Day, unit: Day) -> Made:
    point = join(Point(unit), Point(day))
    return None if point is None or point.day is None else ("day", point.day)


_NEXT = "next|coming|following"


_GONE = "last|previous|past"


def _weeks_from(unit: Unit, day: Day) -> Made:
    """“a week today”; of other days “a week on Friday” is said."""
    if unit[0] is not Grain.WEEK or day not in {DayOffset(0), DayOffset(1)}:
        return None
    return "day", Shift(Amount(((Grain.WEEK, float(unit[1])),)), 1, day)


def _weeks_on(unit: Unit, weekday: int) -> Made:
    if unit[0] is not Grain.WEEK:
        return None
    return "day", Shift(Amount(((Grain.WEEK, float(unit[1])),)), 1, Calendar(weekday=weekday))


def _the_unit(unit: Unit) -> Made:
    return (
        None if unit[0] is Grain.DAY or unit[0] in CLOCK_GRAINS else ("weakday", Cycle(unit[0], 0))
    )


CYCLES = (
    Rule("now", "now|asap", "now", lambda: ("now", Now()), 0.3),
    Rule("right now", "right|just now", "right now", lambda: ("now", Now()), 0.2),
    Rule("at present", "at present", "at present", lambda: ("now", Now()), 0.2),
    Rule("at the minute", "at the minute|moment", "at the minute", lambda: ("now", Now()), 0.2),
    Rule(
        "as soon as possible",
        "as soon as possible",
        "as soon as possible",
        lambda: ("now", Now()),
        0.2,
    ),
    Rule("point now", "{now}", "now", lambda now: ("point", Point(now)), 0.1),
    Rule("at this time", "at this time", "at this time", lambda: ("day", DayOffset(0))),
    Rule("today", "today|todays|today's", "today", lambda: ("day", DayOffset(0)), 0.2),
    Rule(
        "tomorrow",
        "tomorrow|tmrw|tomorow|tmr|tommorow|tomoro|tomorrow's|tmrw's|tmr's",
        "tomorrow",
        lambda: ("day", DayOffset(1)),
        0.2,
    ),
    Rule("a week today", "a|one {unit} {day}", "a week tomorrow", _weeks_from, 0.4),
    Rule("week on", "a|one {unit} on {weekday}", "a week on Friday", _weeks_on, 0.2),
    Rule("yesterday", "yesterday", "yesterday", lambda: ("day", DayOffset(-1)), 0.2),
    Rule(
        "next unit",
        f"the? {_NEXT}|upcoming {{unit}}",
        "next week",
        lambda unit: _cycle(1, unit),
        0.4,
    ),
    Rule(
        "glued last",
        "lastmonth|lastweek|lastyear",
        "lastmonth",
        lambda: ("day", Cycle(Grain.MONTH, -1)),
        0.4,
    ),
    Rule(
        "around unit",
        f"around {_NEXT} {{unit}}",
        "around next week",
        lambda unit: _cycle(1, unit),
        0.4,
    ),
    Rule("last unit", f"the? {_GONE} {{unit}}", "last week", lambda unit: _cycle(-1, unit), 0.4),
    Rule(
        "this unit", "this|current|same|that {unit}", "this week", lambda unit: _cycle(0, unit), 0.4
    ),
    Rule(
        "this calendar unit",
        "this|the current|calendar {unit}",
        "this calendar year",
        lambda unit: _cycle(0, unit),
        0.5,
    ),
    Rule(
        "the current unit",
        "the current|same {unit}",
        "the current month",
        lambda unit: _cycle(0, unit),
        0.4,
    ),
    Rule("the unit", "the|of the? {unit}", "the month", _the_unit, 1.5),
    Rule("all week", "all {unit}", "all week", lambda unit: _cycle(0, unit), 0.8),
    Rule(
        "after next",
        "the? {unit} after next",
        "the week after next",
        lambda unit: _cycle(2, unit),
        0.3,
    ),
    Rule(
        "weekday after next",
        "{weekday} after next",
        "friday after next",
        lambda day: ("day", NamedWeekday(day, "after next")),
        0.3,
    ),
    Rule("next units", f"the? {_NEXT} {{number}} {{unit}}", "next 3 days", _next_units, 0.3),
    Rule(
        "next couple",
        f"the? {_NEXT} couple of? {{unit}}",
        "next couple weeks",
        lambda unit: _rolling(Number(2), unit, forward=True),
        0.3,
    ),
    Rule(
        "next few",
        f"the? {_NEXT} few|several {{unit}}",
        "next few days",
        lambda unit: _units(Number(3), unit, forward=True),
        0.3,
    ),
    Rule(
        "last few",
        f"the? {_GONE} few|several {{unit}}",
        "last few days",
        lambda unit: _units(Number(3), unit, forward=False),
        0.3,
    ),
    Rule(
        "last couple",
        f"the? {_GONE} couple of? {{unit}}",
        "last couple weeks",
        lambda unit: _units(Number(2), unit, forward=False),
        0.3,
    ),
    Rule("last units", f"the? {_GONE} {{number}} {{unit}}", "last 2 weeks", _last_units, 0.3),
    Rule(
        "units next",
        f"the? {{number}} {_NEXT} {{units}}",
        "3 next weeks",
        lambda number, unit: _rolling(number, unit, forward=True),
        0.3,
    ),
    Rule(
        "units last",
        f"the? {{number}} {_GONE} {{units}}",
        "5 past years",
        lambda number, unit: _rolling(number, unit, forward=False),
        0.3,
    ),
    Rule(
        "the units upcoming",
        "the {number} upcoming {units}",
        "the 2 upcoming weeks",
        lambda number, unit: _rolling(number, unit, forward=True),
        0.1,
    ),
    Rule("upcoming units", "upcoming {number} {unit}", "upcoming 2 weeks", _ahead, 0.3),
    Rule("units upcoming", "{number} upcoming {unit}", "2 upcoming weeks", _ahead, 0.3),
    Rule(
        "business days",
        f"the? {_NEXT} {{number}} business|working|work day|days",
        "next 4 business days",
        lambda number: _business(number, forward=True),
        0.2,
    ),
    Rule(
        "past business days",
        f"the? {_GONE} {{number}} business|working|work day|days",
        "last 4 business days",
        lambda number: _business(number, forward=False),
        0.2,
    ),
    Rule(
        "working week",
        "this working|work|business week",
        "this working week",
        lambda: ("day", Cycle(Grain.WEEK, 0, working=True)),
        0.3,
    ),
    Rule(
        "next working week",
        f"{_NEXT} working|work|business week",
        "next working week",
        lambda: ("day", Cycle(Grain.WEEK, 1, working=True)),
        0.3,
    ),
    Rule(
        "workweek",
        "this workweek",
        "this workweek",
        lambda: ("day", Cycle(Grain.WEEK, 0, working=True)),
        0.3,
    ),
    Rule(
        "next workweek",
        f"{_NEXT} workweek",
        "next workweek",
        lambda: ("day", Cycle(Grain.WEEK, 1, working=True)),
        0.3,
    ),
    Rule("day of unit", "{day} ' s {day}", "last week's sunday", _of_week, 0.4),
    Rule("named day of unit", "{owner} {day}", "last week's sunday", _of_week, 0.2),
    Rule(
        "owner",
        f"{_GONE} week's|month's|year's",
        "last week's",
        lambda: ("owner", Cycle(Grain.WEEK, -1)),
        0.2,
    ),
    Rule(
        "next owner", f"{_NEXT} week's", "next week's", lambda: ("owner", Cycle(Grain.WEEK, 1)), 0.2
    ),
    Rule(
        "next year's",
        f"{_NEXT} year's",
        "next year's",
        lambda: ("owner", Cycle(Grain.YEAR, 1)),
        0.2,
    ),
    Rule("this owner", "this week's", "this week's", lambda: ("owner", Cycle(Grain.WEEK, 0)), 0.2),
    _named("next|following"),
    _named("last|previous"),
    Rule(
        "the next weekday",
        "the next|following {weekday}",
        "the next Friday",
        lambda day: ("day", NamedWeekday(day, "coming")),
        0.4,
    ),
    Rule(
        "this weekday",
        "on? this {weekday}",
        "this Friday",
        lambda day: ("day", NamedWeekday(day, "this")),
        0.4,
    ),
    _named("coming|upcoming"),
    Rule(
        "this coming weekday",
        "this coming|upcoming|next {weekday}",
        "this coming Friday",
        lambda day: ("day", NamedWeekday(day, "coming")),
        0.3,
    ),
    Rule(
        "past weekday",
        "this? past {weekday}",
        "this past Friday",
        lambda day: ("day", NamedWeekday(day, "past")),
        0.3,
    ),
    Rule(
        "weekday in a week",
        "a week on {weekday}",
        "a week on Friday",
        lambda day: ("day", NamedWeekday(day, "counted", 2)),
        0.3,
    ),
    Rule(
        "weekday week",
        "{weekday} week",
        "Friday week",
        lambda day: ("day", NamedWeekday(day, "counted", 2)),
        0.9,
    ),
    Rule(
        "next month name",
        "next {month}",
        "next March",
        lambda month: ("day", Calendar(month=month)),
        0.4,
    ),
    Rule(
        "this month name", "this {month}", "this March", lambda month: _month_named(0, month), 0.4
    ),
    Rule(
        "last month name",
        "last {month}",
        "last March",
        lambda month: ("day", Shift(Amount(((Grain.YEAR, 1.0),)), -1, Calendar(month=month))),
        0.4,
    ),
    Rule("next date", "next {day}", "next 6th of April", _next_date, 0.5),
    Rule(
        "next holiday", "next|this|coming {holiday}", "next Easter", lambda day: ("day", day), 0.1
    ),
    Rule(
        "last holiday",
        "last|past|previous {holiday}",
        "last Easter",
        lambda day: _holiday_cycle(-1, day),
        0.1,
    ),
    Rule(
        "weekend", "the|this|that|on|at? weekend|wkend", "weekend", lambda: ("day", Weekend(0)), 0.6
    ),
    Rule(
        "this weekend",
        "at|on|over the|this weekend",
        "at the weekend",
        lambda: ("day", Weekend(0)),
        0.5,
    ),
    Rule(
        "next weekend", f"{_NEXT} weekend|wkend", "next weekend", lambda: ("day", Weekend(1)), 0.4
    ),
    Rule(
        "last weekend", f"{_GONE} weekend|wkend", "last weekend", lambda: ("day", Weekend(-1)), 0.4
    ),
    Rule(
        "this season",
        "this|current season|seasons",
        "this season",
        lambda: ("day", Season("", 0)),
        0.4,
    ),
    Rule(
        "last season",
        "last|past|previous season|seasons",
        "last season",
        lambda: ("day", Season("", -1)),
        0.4,
    ),
    Rule(
        "next season",
        "next|coming season|seasons",
        "next season",
        lambda: ("day", Season("", 1)),
        0.4,
    ),
    Rule(
        "this named season",
        "this|current|the {season}",
        "this summer",
        lambda name: ("day", Season(name, 0)),
        0.4,
    ),
    Rule(
        "next named season",
        "next|coming {season}",
        "next summer",
        lambda name: ("day", Season(name, 1)),
        0.4,
    ),
    Rule(
        "last named season",
        "last|past {season}",
        "last summer",
        lambda name: ("day", Season(name, -1)),
        0.4,
    ),
    Rule(
        "weekend after next",
        "the? weekend after next",
        "weekend after next",
        lambda: ("day", Weekend(2)),
        0.3,
    ),
)

RULES = CYCLES
