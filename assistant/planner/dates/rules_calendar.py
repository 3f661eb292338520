"""Rules for dates: days, weekdays, months, years and what lies within them."""

from dataclasses import replace
from typing import Literal, cast

from assistant.domain.when import Grain
from assistant.planner.dates.arithmetic import CLOCK_GRAINS, full_year, real_date
from assistant.planner.dates.chart import Made, Rule
from assistant.planner.dates.lexer import Number
from assistant.planner.dates.shapes import (
    Calendar,
    Cycle,
    Day,
    Nth,
    Point,
    Season,
    Shift,
    Weekend,
    WeekOf,
    Within,
    YearPart,
)

_Part = int | Literal["weekend", "workday"] | tuple[Grain, int] | Grain


def _date(month: int, day: float, year: int | None = None) -> Made:
    if day != int(day) or not real_date(year or 2000, month, int(day)):
        return None
    return "day", Calendar(year, month, int(day))


def _month_number(month: int, number: Number) -> Made:
    return _date(month, number.value) if number.digits <= 2 else None


def _number_month(number: Number, month: int) -> Made:
    return _date(month, number.value) if number.digits <= 2 else None


def _year_of(number: Number) -> int | None:
    value = int(number.value)
    if number.digits == 4 or (number.digits == 0 and value >= 1000):
        return value if 1000 <= value <= 2999 else None
    return None


def _with_year(day: Day, number: Number) -> Made:
    """A month or date with a year of four digits behind it."""
    year = _year_of(number)
    if not isinstance(day, Calendar) or day.year is not None or year is None or not day.month:
        return None
    if day.day is not None and not real_date(year, day.month, day.day):
        return None
    return "day", replace(day, year=year)


def _with_short_year(day: Day, number: Number) -> Made:
    if number.digits != 2 or not isinstance(day, Calendar) or day.year is not None:
        return None
    if day.month is None or (day.day is None and number.value <= 31):
        return None
    year = full_year(int(number.value))
    if day.day is not None and not real_date(year, day.month, day.day):
        return None
    return "day", replace(day, year=year)


def _of_short_year(day: Day, number: Number) -> Made:
    if number.digits != 2 or not isinstance(day, Calendar) or day.year is not None:
        return None
    return ("day", replace(day, year=full_year(int(number.value)))) if day.month else None


def _buddhist(day: Day, number: Number) -> Made:
    if not isinstance(day, Calendar) or number.digits != 4:
        return None
    return _with_year(day, Number(number.value - 543, 4))


def _christian(day: Day, number: Number) -> Made:
    if not isinstance(day, Calendar) or day.year is not None or not 0 < number.value < 3000:
        return None
    return "day", replace(day, year=int(number.value))


def _year(number: Number) -> Made:
    year = _year_of(number)
    return None if year is None else ("year", year)


def _named_year(year: int) -> Made:
    return "day", Calendar(year)


def _year_month(year: int, month: int) -> Made:
    return "day", Calendar(year, month)


def _ymd(year: int, month: int, day: Number) -> Made:
    return _date(month, day.value, year) if day.digits <= 2 else None


def _weekday_day(weekday: int, day: float) -> Made:
    if not 1 <= day <= 31 or day != int(day):
        return None
    return "day", Calendar(day=int(day), weekday=weekday)


def _weekday_number(weekday: int, number: Number) -> Made:
    if number.digits != 2:
        return None
    made = _weekday_day(weekday, number.value)
    return None if made is None else ("day", replace(cast("Calendar", made[1]), or_hour=True))


def _nth(number: int, what: _Part, within: Day, count: int = 1) -> Made:
    if number == 0:
        return None
    if isinstance(what, tuple):
        unit, times = what
        if times != 1 or unit in CLOCK_GRAINS:
            return None
        what = unit
    return ("day", Nth(number, what, within, count)) if _holds(within, what) else None


_ORDER = (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR, Grain.DECADE)


def _holds(within: Day, what: int | Grain | str) -> bool:
    """Whether something is large enough to have such parts."""
    if isinstance(within, Calendar):
        if within.day is not None or within.weekday is not None:
            return False
        whole = Grain.MONTH if within.month is not None else Grain.YEAR
    elif isinstance(within, Cycle) and within.unit in _ORDER:
        whole = within.unit
    else:
        return isinstance(within, Shift | YearPart | Within)
    level = _ORDER.index(what) if isinstance(what, Grain) and what in _ORDER else 0
    return _ORDER.index(whole) > level


def _quarter(number: int, unit: tuple[Grain, int]) -> Made:
    if unit[0] is not Grain.QUARTER or not 1 <= number <= 4:
        return None
    return "day", YearPart("quarter", number)


def _week_number(number: Number) -> Made:
    if not number.digits or not 1 <= number.value <= 53:
        return None
    return "day", YearPart("week", int(number.value))


def _century(number: int) -> Made:
    return ("day", YearPart("century", number)) if 1 <= number <= 30 else None


def _weekday_in_nth(week: Day, weekday: int) -> Made:
    if isinstance(week, Nth) and week.what is Grain.WEEK:
        return "day", Within(Calendar(weekday=weekday), week)
    return None


def _day_of_month(number: int, cycle: Day) -> Made:
    if isinstance(cycle, Cycle) and cycle.unit is Grain.MONTH and 1 <= number <= 31:
        return "day", Nth(number, Grain.DAY, cycle)
    return None


def _weekend_of(holiday: Day) -> Made:
    return "day", Within(Weekend(0), holiday)


def _short_decade(number: Number) -> Made:
    if number.digits != 2 or number.value % 10 or number.value < 50:
        return None
    return "day", YearPart("decade", 1900 + int(number.value))


def _ides(month: int) -> Made:
    return "day", Calendar(month=month, day=15 if month in {3, 5, 7, 10} else 13)


def _weekend(day: Day) -> Made:
    """The weekend by a date."""
    dated = isinstance(day, Calendar) and day.day is not None and day.month is not None
    return ("day", Within(Weekend(0), day)) if dated else None


def _weekend_with(day: Day) -> Made:
    """The weekend that holds a day of a month, or begins behind it."""
    numbered = isinstance(day, Calendar) and day.day is not None
    return ("day", Within(Weekend(0), day)) if numbered else None


def _am(day: Day) -> Made:
    """As Germans name a date."""
    dated = isinstance(day, Calendar) and day.day is not None and day.month is not None
    return ("day", day) if dated else None


def _day(number: int) -> Made:
    return ("day", Calendar(day=number)) if 1 <= number <= 31 else None


def _day_number(number: Number) -> Made:
    return _day(int(number.value)) if 0 < number.digits <= 2 else None


def _q(number: Number) -> Made:
    return ("day", YearPart("quarter", int(number.value))) if 1 <= number.value <= 4 else None


def _half(number: Number, year: int) -> Made:
    if number.value not in {1, 2}:
        return None
    return "day", YearPart("half", int(number.value), year)


def _part_of(day: Day, year: int) -> Made:
    if isinstance(day, YearPart) and day.year is None and day.kind in {"quarter", "week", "half"}:
        return "day", replace(day, year=year)
    return None


RULES = (
    Rule("ides", "the? ides of {month}", "ides of March", _ides, 0.3),
    Rule("day weekend", "the? {day} weekend", "4th of July weekend", _weekend, 0.3),
    Rule("weekend of", "the? weekend|wkend of {day}", "weekend of the 12th", _weekend_with, 0.3),
    Rule(
        "season of",
        "in? {season} of? {year}",
        "summer 2027",
        lambda name, year: ("day", Within(Season(name, 0), Calendar(year))),
        0.3,
    ),
    Rule("in season", "in {season}", "in summer", lambda name: ("day", Season(name, 0)), 0.4),
    Rule("the short decade", "in? the {number} s", "in the 90s", _short_decade, 0.1),
    Rule("whole", "{day}", "October", lambda day: ("whole", day), 0.0),
    Rule("whole weak", "{weakday}", "the month", lambda day: ("whole", day), 0.0),
    Rule("whole year", "{year}", "2014", lambda year: ("whole", Calendar(year)), 0.0),
    Rule("weekday", "{weekday} .?", "fri", lambda day: ("day", Calendar(weekday=day)), 0.5),
    Rule("on weekday", "on|a {weekday}", "on Friday", lambda day: ("day", Calendar(weekday=day))),
    Rule("am Dritten", "am {day}", "am 3.12.", _am, 0.4),
    Rule("month", "{month} .?", "March", lambda month: ("day", Calendar(month=month)), 0.5),
    Rule("month of", "in|the {month}", "in March", lambda month: ("day", Calendar(month=month))),
    Rule("month day", "{month} .? -|/? {number}", "March 3", _month_number, 0.8),
    Rule("month ordinal", "{month} .? the? {ordinal}", "March 3rd", _date, 0.6),
    Rule(
        "ordinal month",
        "the? {ordinal} day? of? -? {month} .?",
        "3rd of March",
        lambda day, month: _date(month, day),
        0.6,
    ),
    Rule("day month", "the? {number} of? -|/? {month} .?", "3 March", _number_month, 0.8),
    Rule("date year", "{day} ,? of|in? {number}", "March 3, 2015", _with_year, 0.2),
    Rule("date - year", "{day} -|/ {number}", "31-Oct-1974", _with_year, 0.2),
    Rule("date short year", "{day} ,? -|/? {number}", "14 April 15", _with_short_year, 0.6),
    Rule("date '15", "{day} ' {number}", "14 April '15", _of_short_year, 0.3),
    Rule("of short year", "{day} of {number}", "April of 87", _of_short_year, 0.5),
    Rule("Buddhist year", "{day} ,? {number} be", "August 10 2555 BE", _buddhist, 0.1),
    Rule("common era", "{day} ,? {number} ce|ad", "10 August 88 CE", _christian, 0.1),
    Rule("year", "{number}", "2015", _year, 1.5),
    Rule("named year", "in|since|during|=|year {year}", "in 2014", _named_year, 0.5),
    Rule("the year", "in? the? year|cy {year}", "the year 2014", _named_year, 0.3),
    Rule("calendar year", "in? the? calendar year {year}", "calendar year 2014", _named_year, 0.3),
    Rule("year of our lord", "in? {year} ad|ce", "2014 AD", _named_year, 0.1),
    Rule("year month", "{year} -|/? {month}", "2017 April", _year_month, 0.3),
    Rule("year month day", "{year} -|/ {month} -|/ {number}", "2019-aug-1", _ymd, 0.1),
    Rule(
        "month-year-day",
        "{month} - {year} - {number}",
        "September-2020-23",
        lambda month, year, day: _ymd(year, month, day),
        0.1,
    ),
    Rule("ordinal", "the {dordinal}", "the 15th", _day, 2.0),
    Rule("on ordinal", "on the? {ordinal}", "on the 15th", _day, 0.8),
    Rule("on the number", "on the {number}", "on the 17", _day_number, 1.0),
    Rule("weekday ordinal", "{weekday} .? ,? the? {ordinal}", "Thu 15th", _weekday_day, 0.4),
    Rule("weekday number", "{weekday} .? {number}", "Monday 21", _weekday_number, 2.4),
    Rule(
        "nth weekday in",
        "the? {ordinal} {weekday} of|in {whole}",
        "first tuesday in October",
        _nth,
        0.5,
    ),
    Rule(
        "last weekday in",
        "the? last {weekday} of|in {whole}",
        "last friday in October",
        lambda day, within: _nth(-1, day, within),
        0.5,
    ),
    Rule("nth unit in", "the? {ordinal} {unit} of|in? {whole}", "first week of October", _nth, 0.6),
    Rule(
        "last unit in",
        "the? last {unit} of|in {whole}",
        "last day of October",
        lambda unit, within: _nth(-1, unit, within),
        0.5,
    ),
    Rule(
        "last of month",
        "the? last {unit} of month",
        "last day of month",
        lambda unit: _nth(-1, unit, Cycle(Grain.MONTH, 0)),
        0.5,
    ),
    Rule(
        "last weekday of month",
        "the? last {weekday} of month",
        "last friday of month",
        lambda day: _nth(-1, day, Cycle(Grain.MONTH, 0)),
        0.5,
    ),
    Rule("whole month", "month", "month", lambda: ("plain", Cycle(Grain.MONTH, 0)), 0.3),
    Rule(
        "nth working day in",
        "the? {ordinal} working|business|work|school day of|in {whole|plain}",
        "second working day of May",
        lambda number, within: _nth(number, "workday", within),
        0.3,
    ),
    Rule(
        "last working day in",
        "the? last working|business|work|school day of|in {whole|plain}",
        "last working day of the month",
        lambda within: _nth(-1, "workday", within),
        0.3,
    ),
    Rule(
        "nth last unit in",
        "the? {ordinal} last {unit} of|in {whole}",
        "fifth last day of May",
        lambda number, unit, within: _nth(-number, unit, within),
        0.4,
    ),
    Rule(
        "first units in",
        "the? first {number} {unit} of|in {whole}",
        "first ten days of May",
        lambda count, unit, within: _nth(1, unit, within, int(count.value)),
        0.4,
    ),
    Rule(
        "last units in",
        "the? last {number} {unit} of|in {whole}",
        "last 3 weeks of this year",
        lambda count, unit, within: _nth(-1, unit, within, int(count.value)),
        0.4,
    ),
    Rule(
        "nth weekend in",
        "the? {ordinal} weekend|week-end|wkend of|in {whole}",
        "first weekend of July",
        lambda number, within: _nth(number, "weekend", within),
        0.4,
    ),
    Rule(
        "last weekend in",
        "the? last weekend|wkend of|in {whole}",
        "last weekend of July",
        lambda within: _nth(-1, "weekend", within),
        0.4,
    ),
    Rule(
        "last week-end in",
        "the? last week - end of|in {whole}",
        "last week-end of July",
        lambda within: _nth(-1, "weekend", within),
        0.4,
    ),
    Rule("nth quarter", "the? {ordinal} {unit}", "third quarter", _quarter, 0.6),
    Rule("quarter 3", "quarter {number}", "quarter 3", _q, 0.8),
    Rule("H1", "h {number} {year}", "H1 2020", _half, 0.3),
    Rule("Q3", "q {number}", "Q3", _q, 0.8),
    Rule("quarter of", "{day} of? {year}", "Q3 2018", _part_of, 0.3),
    Rule("week number", "week {number}", "week 31", _week_number, 0.8),
    Rule(
        "week in nth", "{day} on {weekday}", "first week of October on Friday", _weekday_in_nth, 0.5
    ),
    Rule(
        "nth of this month",
        "the? {ordinal} day? of {whole}",
        "20th of next month",
        _day_of_month,
        0.4,
    ),
    Rule("nth of the month", "the? {dordinal} day? of the month", "1st of the month", _day, 0.2),
    Rule(
        "week of",
        "the? week of|beginning|starting {day}",
        "week of October 6th",
        lambda day: ("day", WeekOf(day)),
        0.4,
    ),
    Rule("week commencing", "w / c {day}", "w/c Feb 4", lambda day: ("day", WeekOf(day)), 0.4),
    Rule("century", "the? {ordinal} century", "15th century", _century, 0.3),
    Rule("holiday weekend", "{holiday} weekend", "Halloween weekend", _weekend_of, 0.3),
    Rule("holiday", "{holiday}", "Easter", lambda day: ("day", day), 0.1),
    Rule(
        "holiday year",
        "{holiday} of|in|,? {year}",
        "Easter 2018",
        lambda day, year: ("day", Within(day, Calendar(year))),
        0.1,
    ),
    Rule(
        "holiday weekend year",
        "{holiday} weekend of|in|,? {year}",
        "Halloween weekend 2021",
        lambda day, year: _weekend_of(Within(day, Calendar(year))),
        0.2,
    ),
    Rule(
        "decade",
        "the? {year} s",
        "1990s",
        lambda year: ("day", YearPart("decade", year)) if year % 10 == 0 else None,
        0.2,
    ),
    Rule(
        "short decade",
        "{number} s",
        "90 s",
        _short_decade,
        0.8,
    ),
    Rule(
        "worded decade",
        "in? the? {decade}",
        "nineties",
        lambda number: ("day", YearPart("decade", 1900 + number)),
        0.6,
    ),
    Rule(
        "stamp",
        "{stamp}",
        "2015-03-28 17:00:00",
        lambda stamp: ("point", Point(stamp[0], stamp[1])),
        0.1,
    ),
    Rule("date of day", "{day}", "today", lambda day: ("point", Point(day)), 0.1),
    Rule("clock", "{clock}", "3pm", lambda clock: ("point", Point(clock=clock)), 0.1),
)
