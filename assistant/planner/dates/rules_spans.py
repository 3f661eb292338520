"""Rules for spans: from one day to another, before, by, since and after a point."""

from dataclasses import replace

from assistant.domain.when import Grain
from assistant.planner.dates.arithmetic import real_date
from assistant.planner.dates.chart import Made, Rule
from assistant.planner.dates.lexer import Number
from assistant.planner.dates.rules_joining import TO, halves, of_one_dial, paired, span_of
from assistant.planner.dates.shapes import (
    Between,
    Calendar,
    Clock,
    Cycle,
    Day,
    DayOffset,
    Open,
    Point,
    Way,
    Within,
)


def _points(first: Point, last: Point) -> Made:
    """From one to another; each may lend the other what it lacks."""
    if first.day is None and last.day is None:
        if first.clock is not None and last.clock is not None and not first.part and not last.part:
            return span_of(paired(first.clock, last.clock))
        return None
    if first.part is not None and last.clock is not None and last.day is None:
        return None
    return "span", Between(*_lend(first, last))


def _either(first: Day, last: Day) -> Made:
    """“today or tomorrow”, “sat or sun”: some time of both, where they follow one another."""
    if isinstance(first, DayOffset) and isinstance(last, DayOffset):
        follows = last.days == first.days + 1
    else:
        follows = _weekday_of(last) == (_weekday_of(first) or 0) + 1
    return ("span", Between(Point(first), Point(last))) if follows else None


def _weekday_of(day: Day) -> int | None:
    """The weekday that a day is told by alone."""
    if not isinstance(day, Calendar) or day != Calendar(weekday=day.weekday):
        return None
    return day.weekday


def _slashed(first: Point, last: Point) -> Made:
    """Two stamps; “tue/thu” is both days and nothing between them."""
    if first.day is None or last.day is None:
        return None
    named = _weekday_of(first.day) is not None and _weekday_of(last.day) is not None
    return None if named else _points(first, last)


def _lend(first: Point, last: Point) -> tuple[Point, Point]:
    if first.day is None and first.clock is not None and last.clock is None:
        return first, last
    one, other = first.day, last.day
    if isinstance(one, Calendar) and isinstance(other, Calendar):
        if one.year is None and other.year is not None and one.month is not None:
            year = other.year
            if (one.month, one.day or 1) > (other.month or 13, other.day or 31):
                year -= 1
            one = replace(one, year=year)
        elif other.year is None and one.year is not None and other.month is not None:
            year = one.year
            if (other.month, other.day or 31) < (one.month or 0, one.day or 1):
                year += 1
            other = replace(other, year=year)
    if first.clock and last.clock:
        start, end = (
            halves(first.clock, last.clock)
            if last.day is None
            else of_one_dial(first.clock, last.clock)
        )
        return replace(first, day=one, clock=start), replace(last, day=other, clock=end)
    return replace(first, day=one), replace(last, day=other)


def _days_of(month: int, first: float, last: float, year: int | None = None) -> Made:
    if first != int(first) or last != int(last) or not 1 <= first < last <= 31:
        return None
    end = Calendar(year, month, int(last))
    if not real_date(year or 2000, month, int(last)):
        return None
    return "days", (Calendar(year, month, int(first)), end)


def _value(number: Number | int) -> float:
    if isinstance(number, Number):
        return number.value if number.digits <= 2 else -1
    return number


def _first_last_month(first: Number | int, last: Number | int, month: int) -> Made:
    return _days_of(month, _value(first), _value(last))


def _month_first_last(month: int, first: Number | int, last: Number | int) -> Made:
    return _days_of(month, _value(first), _value(last))


def _dated(days: tuple[Calendar, Calendar], number: Number) -> tuple[Calendar, Calendar] | None:
    """Days of a month with the year behind them."""
    first, last = days
    year = int(number.value)
    if number.digits != 4 or not real_date(year, last.month or 0, last.day or 0):
        return None
    return replace(first, year=year), replace(last, year=year)


def _days_year(days: tuple[Calendar, Calendar], number: Number) -> Made:
    dated = _dated(days, number)
    return None if dated is None else ("days", dated)


def _days_span(days: tuple[Calendar, Calendar]) -> Made:
    return "span", Between(Point(days[0]), Point(days[1]))


def _days_clock(days: tuple[Calendar, Calendar], clock: Clock) -> Made:
    return "span", Between(Point(days[0], clock), Point(days[1], clock))


def _days_clocks(days: tuple[Calendar, Calendar], clocks: tuple[Clock, Clock]) -> Made:
    """From the first hour of the first day to the last one of the last."""
    return "span", Between(Point(days[0], clocks[0]), Point(days[1], clocks[1]))


def _days_in(first: Number | int, last: Number | int, cycle: Day) -> Made:
    """“4-23 in next month”."""
    if not isinstance(cycle, Cycle) or cycle.unit is not Grain.MONTH:
        return None
    low, high = _value(first), _value(last)
    if not 1 <= low < high <= 31:
        return None
    inner = (Calendar(day=int(low)), Calendar(day=int(high)))
    return "span", Between(Point(Within(inner[0], cycle)), Point(Within(inner[1], cycle)))


def _years(first: int, last: int) -> Made:
    if not first < last:
        return None
    return "span", Between(Point(Calendar(first)), Point(Calendar(last)))


def _open(way: Way, point: Point) -> Made:
    return "span", Open(way, point)


def _latest(span: object) -> Made:
    return ("span", span) if isinstance(span, Open) and span.way == "by" else None


def _day_open(day: Day, way: Way) -> Made:
    return _open(way, Point(day))


def _on_day_open(point: Point, way: Way, clock: Clock) -> Made:
    """“today before 4pm”."""
    if point.clock is not None or point.day is None:
        return None
    return _open(way, Point(point.day, clock))


def _from_hour(point: Point, clock: Clock) -> Made:
    """“Saturday from 3”, where nothing follows that the number may count."""
    made = _on_day_open(point, "from", clock)
    return None if made is None else ("bare", made[1])


def _loose_point(clock: Clock, point: Point) -> Made:
    if point.clock is None:
        return None
    first, last = halves(clock, point.clock)
    return "span", Between(Point(point.day, first), replace(point, clock=last))


def _point_loose(point: Point, clock: Clock) -> Made:
    if point.clock is None:
        return None
    first, last = halves(point.clock, clock)
    return "span", Between(replace(point, clock=first), Point(None, last))


def _days_at_year(days: tuple[Calendar, Calendar], clock: Clock, number: Number) -> Made:
    dated = _dated(days, number)
    return None if dated is None else _days_clock(dated, clock)


POINTS = (
    Rule(
        "stamps",
        "{point} / {point}",
        "2015-03-28 17:00:00/2015-03-29 21:00:00",
        _slashed,
        0.4,
    ),
    Rule("from to", f"from {{point}} {TO} {{point}}", "from Monday to Friday", _points, 0.3),
    Rule("either", "{day} or {day}", "today or tomorrow", _either, 0.3),
    Rule("to", f"{{point}} {TO} {{point}}", "August 10 - August 12", _points, 0.5),
    Rule("between", "in? between {point} and|-|to {point}", "between now and Friday", _points, 0.3),
    Rule(
        "from loose to",
        f"from {{loose}} {TO} {{point}}",
        "from 2 till tomorrow 4pm",
        lambda clock, point: _points(Point(clock=clock), point),
        1.0,
    ),
    Rule(
        "between loose and",
        "between {loose} and {point}",
        "between 2 and 4 tomorrow",
        _loose_point,
        0.5,
    ),
    Rule(
        "between point and loose",
        "between {point} and {loose|clock}",
        "between 2:00 tomorrow and 4",
        lambda point, clock: _points(point, Point(clock=clock)),
        0.5,
    ),
    Rule(
        "point to loose",
        f"from? {{point}} {TO} {{loose|worded}}",
        "Dec 31 10pm - 1",
        _point_loose,
        0.9,
    ),
    Rule(
        "days month",
        f"the? {{number|ordinal}} {TO}|and|& the? {{number|ordinal}} of? {{month}}",
        "10 to 22 August",
        _first_last_month,
        0.4,
    ),
    Rule(
        "month days",
        f"{{month}} .? the? {{number|ordinal}} {TO}|and|& the? {{number|ordinal}}",
        "July 13-15",
        _month_first_last,
        0.4,
    ),
    Rule(
        "weekday month days",
        "{weekday} ,? {days}",
        "Thu Oct 26 - 28",
        lambda _, days: ("days", days),
        0.1,
    ),
    Rule(
        "from days",
        "from|between|on {days}",
        "from 10 to 22 August",
        lambda days: ("days", days),
        0.1,
    ),
    Rule("days year", "{days} ,|of|in? {number}", "10 to 22 August 2012", _days_year, 0.2),
    Rule("days span", "{days}", "July 13-15", _days_span, 0.1),
    Rule("days at", "{days} ,? at? {clock}", "22-23 Feb at 7pm", _days_clock, 0.3),
    Rule("days clocks", "{days} ,? {clocks|loosers}", "15-19 Feb 9-3", _days_clocks, 0.2),
    Rule(
        "days at year",
        "{days} ,? at? {clock} {number}",
        "Oct 26 - 28, 11:00:09 2023",
        _days_at_year,
        0.3,
    ),
    Rule(
        "days in",
        f"from? {{number|ordinal}} {TO} {{number|ordinal}} in|of {{day}}",
        "4-23 in next month",
        _days_in,
        0.4,
    ),
    Rule("years", f"from {{year}} {TO} {{year}}", "from 2014 to 2018", _years, 0.3),
    Rule("between years", "between {year} and {year}", "between 2014 and 2018", _years, 0.3),
    Rule("years ~", "{year} ~|-|\u2013|through {year}", "2014~2018", _years, 0.6),
    Rule(
        "year to",
        f"from|in {{year}} {TO} {{point}}",
        "in 2014 through May 2018",
        lambda year, point: _points(Point(Calendar(year)), point),
        0.5,
    ),
    Rule(
        "between year and",
        "between {year} and {point}",
        "between 2007 and the end of 2008",
        lambda year, point: _points(Point(Calendar(year)), point),
        0.5,
    ),
    Rule(
        "weekday to weekday",
        f"{{point}} {TO} {{weekday}}",
        "next Monday to Friday",
        lambda point, day: _points(point, Point(Calendar(weekday=day))),
        0.6,
    ),
)


OPEN = (
    Rule("as of", "as of {point}", "as of Friday", lambda point: _open("from", point), 0.2),
    Rule(
        "by ordinal",
        "by|until|till|due the? {ordinal}",
        "by the first",
        lambda day: _day_open(Calendar(day=day), "by") if day <= 31 else None,
        0.5,
    ),
    Rule(
        "until hour",
        "until|till|by|before {loose}",
        "until 5",
        lambda clock: ("bare", Open("by", Point(clock=clock))),
        1.0,
    ),
    Rule(
        "deadline",
        "due|deadline|deadline: :? {point}",
        "deadline: Friday",
        lambda point: _open("by", point),
        0.3,
    ),
    Rule(
        "due back", "due back|in on|by? {point}", "due back Friday", lambda p: _open("by", p), 0.2
    ),
    Rule(
        "by", "by|until|till|til|untill {point}", "by Friday", lambda point: _open("by", point), 0.3
    ),
    Rule(
        "at the latest",
        "{point} ,? at the latest",
        "Friday at the latest",
        lambda point: _open("by", point),
        0.1,
    ),
    Rule(
        "span at the latest", "{span} ,? at? the? latest", "by Friday at the latest", _latest, 0.1
    ),
    Rule("latest", "latest by? {point}", "latest Friday", lambda point: _open("by", point), 0.3),
    Rule(
        "no later than",
        "no|not later|after than {point}",
        "no later than Friday",
        lambda point: _open("by", point),
        0.2,
    ),
    Rule(
        "before",
        "sometime|sometimes? before {point}",
        "before Friday",
        lambda point: _open("before", point),
        0.4,
    ),
    Rule(
        "before year",
        "sometime|sometimes? before {year}",
        "before 2014",
        lambda year: _day_open(Calendar(year), "before"),
        0.4,
    ),
    Rule(
        "after",
        "anytime|sometime? after {point}",
        "after Friday",
        lambda point: _open("after", point),
        0.5,
    ),
    Rule(
        "after year",
        "after|since the? year? {year}",
        "after 2014",
        lambda year: _day_open(Calendar(year), "after"),
        0.4,
    ),
    Rule(
        "since year",
        "since {year}",
        "since 2014",
        lambda year: _day_open(Calendar(year), "from"),
        0.3,
    ),
    Rule(
        "later than",
        "later than {point}",
        "later than Friday",
        lambda point: _open("after", point),
        0.3,
    ),
    Rule(
        "later than year",
        "later|greater than {year}",
        "later than 2018",
        lambda year: _day_open(Calendar(year), "after"),
        0.3,
    ),
    Rule(
        "year greater than",
        "year greater|later than {year}",
        "year greater than 2012",
        lambda year: _day_open(Calendar(year), "after"),
        0.1,
    ),
    Rule(
        "year or later",
        "year? {year} or later|after",
        "2012 or later",
        lambda year: _day_open(Calendar(year), "from"),
        0.2,
    ),
    Rule(
        "and later",
        "{point} and|or later|after|onwards",
        "Friday or later",
        lambda point: _open("from", point),
        0.4,
    ),
    Rule(
        "onwards",
        "{point} onwards|onward|on",
        "Friday onwards",
        lambda point: _open("from", point),
        1.2,
    ),
    Rule(
        "since",
        "since|from|starting|beginning|through|thru on|from? {point}",
        "since Friday",
        lambda point: _open("from", point),
        0.5,
    ),
    Rule(
        "as early as",
        "as early as {point}",
        "as early as Friday",
        lambda point: _open("from", point),
        0.3,
    ),
    Rule(
        "day before",
        "{point} before {clock|loose}",
        "today before 4pm",
        lambda point, clock: _on_day_open(point, "before", clock),
        0.4,
    ),
    Rule(
        "day by",
        "{point} by|until {clock|loose}",
        "today by 4pm",
        lambda point, clock: _on_day_open(point, "by", clock),
        0.4,
    ),
    Rule(
        "day after",
        "{point} after {clock|loose}",
        "today after 4pm",
        lambda point, clock: _on_day_open(point, "from", clock),
        0.5,
    ),
    Rule(
        "day from",
        "{point} from {clock}",
        "today from 4pm",
        lambda point, clock: _on_day_open(point, "from", clock),
        0.4,
    ),
    Rule(
        "after hour on day",
        "after {clock|loose} on? {day}",
        "after 4 today",
        lambda clock, day: _on_day_open(Point(day), "from", clock),
        0.3,
    ),
    Rule("day from hour", "{point} from {loose}", "today from 4", _from_hour, 0.5),
    Rule(
        "or later on",
        "{clock} or later on {point}",
        "3 pm or later on Monday",
        lambda clock, point: _on_day_open(point, "from", clock),
        0.2,
    ),
    Rule(
        "later but before",
        "later than|after {clock} but? before {clock}",
        "later than 3:30pm but before 6pm",
        lambda first, last: span_of((first, last)),
        0.2,
    ),
)

RULES = POINTS + OPEN
