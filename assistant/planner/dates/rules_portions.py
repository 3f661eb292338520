"""Rules for a part of something: the end of April, mid-May, the rest of the week."""

from typing import Literal

from assistant.domain.when import Grain
from assistant.planner.dates.chart import Made, Rule
from assistant.planner.dates.rules_lengths import Unit
from assistant.planner.dates.shapes import (
    Calendar,
    Clock,
    Cycle,
    Day,
    DayOffset,
    DayPart,
    Holiday,
    NamedWeekday,
    Point,
    Portion,
    Remainder,
)

Which = Literal["begin", "middle", "end"]


def _portion(which: Which, day: Day) -> Made:
    return "day", Portion(which, day)


_HALF = Clock(23, 59, 59, "24")


_BEGIN = "beginning|start|early"
_ENDS = "eod|cob|eob"


def _whole(unit: Unit) -> Day:
    return Cycle(unit[0], 0)


def _eod() -> Made:
    return "point", Point(DayOffset(0), _HALF)


def _eod_on(day: Day) -> Made:
    """“eod friday”: only of a single day."""
    if isinstance(day, Calendar) and day.day is None and day.weekday is None:
        return None
    single = isinstance(day, Calendar | DayOffset | NamedWeekday | Holiday)
    return ("point", Point(day, _HALF)) if single else None


def _all_of(day: Day) -> Made:
    return ("day", day) if isinstance(day, Calendar | DayOffset | NamedWeekday | Holiday) else None


def _first_thing(day: Day) -> Made:
    point = isinstance(day, Calendar | DayOffset | NamedWeekday)
    return ("point", Point(day, part=DayPart("morning", "early"))) if point else None


def _early(day: Day, which: Which) -> Made:
    if isinstance(day, Calendar) and (day.day is not None or day.weekday is not None):
        return None
    return _portion(which, day) if isinstance(day, Calendar | Cycle) else None


def _later_on(point: Point) -> Made:
    """“later tonight”: the same, said in passing."""
    today = point.day == DayOffset(0) and point.clock is None and point.part is not None
    return ("point", point) if today else None


def _remainder(day: Day, *, later: bool) -> Made:
    if later and day == DayOffset(0):
        return "day", day
    if isinstance(day, Cycle) and day.offset == 0 and day.count == 1:
        return "day", Remainder(day, later)
    return None


PORTIONS = (
    Rule("end of", "at|the? end of {whole}", "end of April", lambda d: _portion("end", d), 0.4),
    Rule(
        "at the end of",
        "at? the end of {whole}",
        "at the end of April",
        lambda day: _portion("end", day),
        0.3,
    ),
    Rule(
        "end of unit",
        "at? the? end of {unit}",
        "end of month",
        lambda unit: _portion("end", _whole(unit)),
        0.4,
    ),
    Rule("end of day", "at|the? end of the? day", "end of day", _eod, 0.2),
    Rule("EOD", "at? the? eod", "EOD", _eod, 0.2),
    Rule("close", "at? close of business|play", "close of business", _eod, 0.2),
    Rule("EOD on", f"at? the? {_ENDS} on|of? {{day}}", "eod friday", _eod_on, 0.1),
    Rule("EOD behind", f"{{day}} {_ENDS}", "friday eod", _eod_on, 0.1),
    Rule("end of day on", "at|the? end of the? day on? {day}", "end of day friday", _eod_on, 0.1),
    Rule(
        "close on", "at? close of business|play on? {day}", "close of business today", _eod_on, 0.1
    ),
    Rule("all day on", "all day long? on? {day}", "all day saturday", _all_of, 0.1),
    Rule("day all day", "{day} all day long?", "saturday all day", _all_of, 0.1),
    Rule("first thing", "first thing on? {day}", "first thing tomorrow", _first_thing, 0.2),
    Rule(
        "day first thing", "{day} morning? first thing", "tomorrow first thing", _first_thing, 0.2
    ),
    Rule("later tonight", "later {point}", "later tonight", _later_on, 0.3),
    Rule("EOM", "at? the? eom", "EOM", lambda: _portion("end", Cycle(Grain.MONTH, 0)), 0.2),
    Rule("EOY", "at? the? eoy", "EOY", lambda: _portion("end", Cycle(Grain.YEAR, 0)), 0.2),
    Rule("EOW", "at? the? eow", "EOW", lambda: _portion("end", Cycle(Grain.WEEK, 0)), 0.2),
    Rule("BOM", "at? the? bom", "BOM", lambda: _portion("begin", Cycle(Grain.MONTH, 0)), 0.2),
    Rule("BOY", "at? the? boy", "BOY", lambda: _portion("begin", Cycle(Grain.YEAR, 0)), 2.0),
    Rule(
        "begin of",
        f"at? the? {_BEGIN} of {{whole}}",
        "beginning of April",
        lambda day: _portion("begin", day),
        0.3,
    ),
    Rule(
        "begin of unit",
        "at? the? beginning|start of {unit}",
        "beginning of month",
        lambda unit: _portion("begin", _whole(unit)),
        0.4,
    ),
    Rule("early month", "early in? {day}", "early September", lambda d: _early(d, "begin"), 0.5),
    Rule("late month", "late in? {day}", "late September", lambda d: _early(d, "end"), 0.5),
    Rule(
        "middle of",
        "in|the? middle of {whole}",
        "middle of March",
        lambda day: _portion("middle", day),
        0.4,
    ),
    Rule(
        "the middle of",
        "in|at? the middle of {whole}",
        "in the middle of March",
        lambda day: _portion("middle", day),
        0.3,
    ),
    Rule("mid month", "in? the? mid -? {day}", "mid-November", lambda d: _early(d, "middle"), 0.4),
    Rule(
        "rest of",
        "the? rest|remainder of {whole}",
        "rest of the week",
        lambda day: ("day", Remainder(day, later=True)),
        0.3,
    ),
    Rule("later this", "later {day}", "later this week", lambda day: _remainder(day, later=True)),
    Rule(
        "earlier this",
        "earlier {day}",
        "earlier this year",
        lambda day: _remainder(day, later=False),
    ),
)

RULES = PORTIONS
