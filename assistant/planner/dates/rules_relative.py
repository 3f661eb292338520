"""Rules for what is told from now or from another day: tomorrow, in two weeks, next Friday."""

from dataclasses import replace

from assistant.domain.when import Grain
from assistant.planner.dates.chart import Made, Rule
from assistant.planner.dates.joining import join
from assistant.planner.dates.lexer import Number
from assistant.planner.dates.shapes import (
    Amount,
    Calendar,
    Clock,
    Cycle,
    Day,
    DayOffset,
    Holiday,
    NamedWeekday,
    Now,
    Point,
    Portion,
    Remainder,
    Rolling,
    Season,
    Shift,
    Weekend,
    Within,
)

Unit = tuple[Grain, int]
_CLOCKS = frozenset({Grain.SECOND, Grain.MINUTE, Grain.HOUR})
MOST = 10_000


def _amount(number: float, unit: Unit, *, vague: bool = False) -> Made:
    if not 0 < number <= MOST * 100:
        return None
    return "amount", Amount(((unit[0], number * unit[1]),), vague)


def _counted(number: Number, unit: Unit) -> Made:
    return _amount(number.value, unit)


def _sum(first: Amount, last: Amount) -> Made:
    order = list(Grain)
    if order.index(first.steps[-1][0]) <= order.index(last.steps[0][0]):
        return None
    return "amount", Amount(first.steps + last.steps, first.vague)


def _and_half(amount: Amount) -> Made:
    if len(amount.steps) != 1:
        return None
    unit, number = amount.steps[0]
    return "amount", Amount(((unit, number + 0.5),))


def _shift(sign: int, amount: Amount, base: Day | None = None) -> Made:
    if amount.vague and base is None and sign == 0:
        return None
    return "day", Shift(amount, sign, base)


def _unit_shift(sign: int, unit: Unit, base: Day | None) -> Made:
    if unit[0] in _CLOCKS and base is not None:
        return None
    return "day", Shift(Amount(((unit[0], float(unit[1])),)), sign, base)


def _cycle(offset: int, unit: Unit, count: int = 1) -> Made:
    if unit[0] in _CLOCKS:
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
    if unit[0] in _CLOCKS:
        return "day", Rolling(unit[0], count, forward)
    return "day", Cycle(unit[0], 1 if forward else -count, count)


def _rolling(number: Number, unit: Unit, *, forward: bool) -> Made:
    count = int(number.value) * unit[1]
    return ("day", Rolling(unit[0], count, forward)) if 1 <= count <= MOST else None


def _ahead(number: Number, unit: Unit) -> Made:
    """“upcoming 2 weeks”: the unit that is so many ahead."""
    if unit[0] in _CLOCKS or not 1 <= number.value <= MOST:
        return _rolling(number, unit, forward=True)
    return _cycle(int(number.value) * unit[1], unit)


def _business(number: Number, *, forward: bool) -> Made:
    if not 1 <= number.value <= MOST:
        return None
    return "day", Rolling(Grain.DAY, int(number.value), forward, business=True)


def _weekdays_from(number: Number, weekday: int, sign: int, base: Day | None = None) -> Made:
    if not 1 <= number.value <= 1000:
        return None
    return "day", NamedWeekday(weekday, "counted", sign * int(number.value), base)


def _nth_weekday_after(number: int, weekday: int, base: Day) -> Made:
    return "day", NamedWeekday(weekday, "counted", number, base)


def _named(which: str) -> Rule:
    return Rule(
        f"{which} weekday",
        f"on? {which} {{weekday}}",
        f"{which} Friday",
        lambda day: ("day", NamedWeekday(day, which.split("|", maxsplit=1)[0])),
        0.4,
    )


def _month_named(offset: int, month: int) -> Made:
    return "day", Within(Calendar(month=month), Cycle(Grain.YEAR, offset))


def _next_date(day: Day) -> Made:
    if isinstance(day, Calendar) and day.month is not None and day.year is None and day.day:
        return "day", Within(day, Cycle(Grain.YEAR, 1))
    return None


def _portion(which: str, day: Day) -> Made:
    return "day", Portion(which, day)  # type: ignore[arg-type]


def _holiday_cycle(offset: int, day: Holiday) -> Made:
    return "day", replace(day, offset=offset)


def _of_week(day: Day, unit: Day) -> Made:
    point = join(Point(unit), Point(day))
    return None if point is None or point.day is None else ("day", point.day)


def _day_then_clock(days: int) -> Made:
    return "day", DayOffset(days)


_HALF = Clock(23, 59, 59, "24")


def _hours(hours: Number, minutes: Number) -> Made:
    if minutes.digits != 2 or minutes.value >= 60 or not hours.digits:
        return None
    return "amount", Amount(((Grain.HOUR, hours.value), (Grain.MINUTE, minutes.value)))


_NEXT = "next|coming|following"
_GONE = "last|previous|past"


_BEGIN = "beginning|start|early"


def _the_unit(unit: Unit) -> Made:
    return None if unit[0] is Grain.DAY or unit[0] in _CLOCKS else ("weakday", Cycle(unit[0], 0))


def _whole(unit: Unit) -> Day:
    return Cycle(unit[0], 0)


def _eod() -> Made:
    return "point", Point(DayOffset(0), _HALF)


def _early(day: Day, which: str) -> Made:
    if isinstance(day, Calendar) and (day.day is not None or day.weekday is not None):
        return None
    return _portion(which, day) if isinstance(day, Calendar | Cycle) else None


def _remainder(day: Day, *, later: bool) -> Made:
    if isinstance(day, Cycle) and day.offset == 0 and day.count == 1:
        return "day", Remainder(day, later)
    return None


AMOUNTS = (
    Rule("amount", "{number} more? -? {unit}", "3 weeks", _counted, 0.5),
    Rule("fraction amount", "{fraction} {unit}", "2.5 hours", _counted, 0.3),
    Rule("fraction of", "{fraction} of? an {unit}", "1/2 of an hour", _counted, 0.3),
    Rule("one", "a|an {unit}", "a week", lambda unit: _amount(1, unit, vague=True), 0.7),
    Rule("another", "another {unit}", "another day", lambda unit: _amount(1, unit), 0.7),
    Rule("half", "half a|an? {unit}", "half an hour", lambda unit: _amount(0.5, unit), 0.4),
    Rule("½", "½ a|an? {unit}", "½ hour", lambda unit: _amount(0.5, unit), 0.4),
    Rule("a half", "a half {unit}", "a half hour", lambda unit: _amount(0.5, unit), 0.4),
    Rule(
        "quarter of",
        "a? quarter of? an? hour",
        "quarter of an hour",
        lambda: _amount(0.25, (Grain.HOUR, 1)),
        0.4,
    ),
    Rule("couple", "a couple of? {unit}", "a couple of days", lambda unit: _amount(2, unit), 0.4),
    Rule("few", "a few {unit}", "a few days", lambda unit: _amount(3, unit), 0.4),
    Rule("several", "several|some {unit}", "several weeks", lambda unit: _amount(3, unit), 0.6),
    Rule(
        "and a half",
        "{number} and a? half {unit}",
        "two and a half hours",
        lambda number, unit: _amount(number.value + 0.5, unit),
        0.4,
    ),
    Rule("unit and a half", "{amount} and a? half", "an hour and a half", _and_half, 0.4),
    Rule("sum", "{amount} ,|and? {amount}", "1 hour and 30 minutes", _sum, 0.2),
    Rule("listed sum", "{amount} , and {amount}", "1d, 2h, and 5min", _sum, 0.2),
    Rule("a week's", "{amount} ' s? time", "a week's time", lambda amount: ("amount", amount)),
    Rule("hour and minutes", "{number} h {number}", "2h30", _hours, 0.8),
)


SHIFTS = (
    Rule(
        "in amount",
        "in|within about|around? {amount}",
        "in 3 days",
        lambda amount: _shift(1, amount),
        0.3,
    ),
    Rule("after amount", "after {amount}", "after a year", lambda amount: _shift(1, amount), 0.8),
    Rule("plus", "+ {amount}", "+2 months", lambda amount: _shift(1, amount), 0.3),
    Rule("minus", "- {amount}", "-3y", lambda amount: _shift(-1, amount), 1.5),
    Rule(
        "from now",
        "{amount} from now|today",
        "3 days from now",
        lambda amount: _shift(1, amount),
        0.2,
    ),
    Rule(
        "hence", "{amount} hence|later|ahead", "a week hence", lambda amount: _shift(1, amount), 0.3
    ),
    Rule("ago", "{amount} ago|earlier|back", "3 days ago", lambda amount: _shift(-1, amount), 0.2),
    Rule(
        "after day",
        "{amount} after|from|since {day}",
        "3 days after Easter",
        lambda amount, day: _shift(1, amount, day),
        0.3,
    ),
    Rule(
        "since day",
        "in {amount} since|after {day}",
        "in two weeks since 2011",
        lambda amount, day: _shift(1, amount, day),
        0.2,
    ),
    Rule(
        "before day",
        "{amount} before {day}",
        "2 weeks before Christmas",
        lambda amount, day: _shift(-1, amount, day),
        0.3,
    ),
    Rule(
        "unit after",
        "the? {unit} after|following {day}",
        "the day after tomorrow",
        lambda unit, day: _unit_shift(1, unit, day),
        0.4,
    ),
    Rule(
        "unit before",
        "the? {unit} before {day}",
        "the day before yesterday",
        lambda unit, day: _unit_shift(-1, unit, day),
        0.4,
    ),
    Rule("the day after", "the day after", "the day after", lambda: _day_then_clock(1), 1.2),
    Rule(
        "weekdays from now",
        "{number} {weekdays|weekday} from now|today|hence",
        "3 fridays from now",
        lambda number, day: _weekdays_from(number, day, 1),
        0.3,
    ),
    Rule(
        "weekdays ago",
        "{number} {weekdays|weekday} ago",
        "2 thursdays ago",
        lambda number, day: _weekdays_from(number, day, -1),
        0.3,
    ),
    Rule(
        "nth weekday after",
        "the? {ordinal} {weekday} after {day}",
        "third tuesday after Christmas",
        _nth_weekday_after,
        0.3,
    ),
    Rule(
        "weekday after",
        "{weekday} after|following {day}",
        "Monday after Easter",
        lambda day, base: _nth_weekday_after(1, day, base),
        0.6,
    ),
    Rule(
        "weekday before",
        "{weekday} before {day}",
        "Monday before Easter",
        lambda day, base: _nth_weekday_after(-1, day, base),
        0.6,
    ),
    Rule(
        "nth closest",
        "the? {ordinal} closest|nearest {weekday} to {day}",
        "second closest Monday to October fifth",
        lambda number, day, base: ("day", NamedWeekday(day, "closest", number, base)),
        0.3,
    ),
    Rule(
        "closest",
        "the? closest|nearest {weekday} to {day}",
        "closest Monday to October fifth",
        lambda day, base: ("day", NamedWeekday(day, "closest", 1, base)),
        0.3,
    ),
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
    Rule("at this time", "at this time", "at this time", lambda: _day_then_clock(0)),
    Rule("today", "today|todays", "today", lambda: _day_then_clock(0), 0.2),
    Rule(
        "tomorrow",
        "tomorrow|tmrw|tomorow|tmr|tommorow|tomorrow's",
        "tomorrow",
        lambda: _day_then_clock(1),
        0.2,
    ),
    Rule("yesterday", "yesterday", "yesterday", lambda: _day_then_clock(-1), 0.2),
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
        f"the? {{number}} {_NEXT} {{unit}}",
        "3 next weeks",
        lambda number, unit: _rolling(number, unit, forward=True),
        0.3,
    ),
    Rule(
        "units last",
        f"the? {{number}} {_GONE} {{unit}}",
        "5 past years",
        lambda number, unit: _rolling(number, unit, forward=False),
        0.3,
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
    *(
        Rule(
            f"{word} {name}",
            f"{word} {name}",
            f"{word} {name}",
            lambda name=name, offset=offset: ("day", Season(name, offset)),
            0.4,
        )
        for name in ("summer", "winter", "spring", "fall", "autumn")
        for word, offset in (("this|current|the", 0), ("next", 1), ("last", -1))
    ),
)


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


RULES = AMOUNTS + SHIFTS + CYCLES + PORTIONS
