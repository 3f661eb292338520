"""Rules that put days and times together, and two times of day into a span."""

from dataclasses import replace

from assistant.planner.dates.chart import Made, Rule
from assistant.planner.dates.joining import join
from assistant.planner.dates.lexer import Number
from assistant.planner.dates.shapes import (
    Between,
    Calendar,
    Clock,
    Day,
    Holiday,
    Lasting,
    Meridiem,
    Open,
    Point,
    Season,
    Weekend,
)

TO = "to|-|\u2013|\u2014|until|till|untill|til|thru|through|~"


_LONGEST_WORK = 8
"""Hours: of “14-15h” both are times of day, “2-3h” is how long something takes."""
_LAST_DAY = 31
_DIAL = 12
_LATE = 18
"""The hour from which on a span may well go over midnight."""


def _join(first: Point, last: Point) -> Made:
    point = join(first, last)
    return None if point is None else ("point", point)


def _join_dash(first: Point, last: Point) -> Made:
    """“Friday - 5pm”; of “Thu 17-18:30” both are hours."""
    hours = isinstance(first.day, Calendar) and first.day.or_hour and last.clock is not None
    return None if hours else _join(first, last)


def _over(day: Day) -> Made:
    """“over Easter”, “over the weekend”; “over Monday” may be anything."""
    return ("point", Point(day)) if isinstance(day, Holiday | Weekend | Season) else None


def _for_clock(first: Point, clock: Clock) -> Made:
    return _join(first, Point(clock=clock)) if first.clock is None else None


def pair(first: Clock, last: Clock) -> Made:
    """Two times of day, at least one of them named as such."""
    return "clocks", paired(first, last)


def paired(first: Clock, last: Clock) -> tuple[Clock, Clock]:
    """Two times of day; what one leaves open of half and zone the other gives."""
    first, last = halves(first, last)
    if first.zone is None and last.zone is not None:
        first = replace(first, zone=last.zone)
    return first, last


def halves(first: Clock, last: Clock) -> tuple[Clock, Clock]:
    """Two times, the open half of the one by the half of the other, so that it is the sooner."""
    if not first.half and last.half in {"am", "pm"} and first.hour <= 12:
        earlier = first.hour % 12 < last.hour % 12 or (
            first.hour % 12 == last.hour % 12 and (first.minute or 0) < (last.minute or 0)
        )
        other = "am" if last.half == "pm" else "pm"
        first = replace(first, half=last.half if earlier else other)
    elif not last.half and first.half in {"am", "pm"} and last.hour <= 12:
        later = last.hour % 12 > first.hour % 12 or (
            last.hour % 12 == first.hour % 12 and (last.minute or 0) > (first.minute or 0)
        )
        other = "am" if first.half == "pm" else "pm"
        last = replace(last, half=first.half if later else other)
    return first, last


def of_one_dial(first: Clock, last: Clock) -> tuple[Clock, Clock]:
    """Times of two days: where hours and minutes of the one are of 24 hours, so are the other's."""
    if first.half == "24" and first.hour > 12 and not last.half and last.minute is not None:
        last = replace(last, half="24")
    elif last.half == "24" and last.hour > 12 and not first.half and first.minute is not None:
        first = replace(first, half="24")
    return first, last


def _lettered(first: Number, begin: Meridiem, last: Number, end: Meridiem) -> Made:
    """“6a-2p”."""
    hours = (first.value, last.value)
    if any(not 1 <= hour <= _DIAL or hour != int(hour) for hour in hours):
        return None
    return "clocks", (Clock(int(hours[0]), half=begin), Clock(int(hours[1]), half=end))


def _looser(first: Clock, last: Clock) -> Made:
    length = last.half == "24" and 0 < last.hour <= _LONGEST_WORK and not first.half
    if first == last or length:
        return None  # “2-3h” is a length
    return "loosers", paired(first, last)


def span_of(clocks: tuple[Clock, Clock]) -> tuple[str, Between]:
    """Two times of day as a span."""
    return "span", Between(Point(clock=clocks[0]), Point(clock=clocks[1]))


def _span_on(point: Point, clocks: tuple[Clock, Clock]) -> Made:
    """Two times of day on a day or in a part of the day."""
    if point.clock is not None:
        return None
    first, last = clocks
    ends = join(Point(None, first, point.part), Point(None, None, point.part))
    rest = join(Point(None, last, point.part), Point(None, None, point.part))
    if ends is None or rest is None or ends.clock is None or rest.clock is None:
        return None
    if point.part is not None:
        first = _with_part(first, point)
        over = _is_over_midnight(first, last)
        last = replace(last, half="am") if over else _with_part(last, point)
    return "span", Between(Point(point.day, first), Point(point.day, last))


def _is_over_midnight(first: Clock, last: Clock) -> bool:
    """Whether a span that begins late ends in the morning: “22-6 tonight”, “tonight 11-1”."""
    if last.half or last.hour > 12:
        return False
    late = first.hour if first.half in {"24", ""} or first.hour == 12 else first.hour + 12
    ends = (last.hour % 12 + 12, last.minute or 0)
    return late >= _LATE and first.half != "am" and ends <= (late, first.minute or 0)


def _with_part(clock: Clock, point: Point) -> Clock:
    joined = join(Point(clock=clock), Point(part=point.part))
    return joined.clock if joined is not None and joined.clock is not None else clock


def _span_in(clocks: tuple[Clock, Clock], point: Point) -> Made:
    return _span_on(point, clocks)


def _loosers_on(clocks: tuple[Clock, Clock], point: Point) -> Made:
    if isinstance(point.day, Calendar) and point.day.weekday is None and point.day.day is None:
        return None
    return _span_on(point, clocks)


def _ordinals(first: int, last: int) -> Made:
    """“20th-27th”, of the month to come, where nothing follows that they may count."""
    if not 1 <= first < last <= _LAST_DAY:
        return None
    return "bare", Between(Point(Calendar(day=first)), Point(Calendar(day=last)))


def _same_span(span: Between | Open | Lasting) -> Made:
    return "span", span


def _ordinal_on(day: int, clocks: tuple[Clock, Clock]) -> Made:
    """“the exam 15th 9-10am”."""
    return _span_on(Point(Calendar(day=day)), clocks) if 1 <= day <= _LAST_DAY else None


JOINTS = (
    Rule("join", "{point} ,|of|on|at|in|for? {point}", "Friday at 5pm", _join, 0.2),
    Rule("join dash", "{point} - {point}", "Friday - 5pm", _join_dash, 0.2),
    Rule("join two", "{point} , on|at|in {point}", "Friday, at 5pm", _join, 0.2),
    Rule("join sentence", "{point} ( {point} )", "May 22 (Tue)", _join, 0.2),
    Rule("point ish", "{point} -? ish", "saturday-ish", lambda point: ("point", point), 0.3),
    Rule("or so", "{point} or so", "3pm or so", lambda point: ("point", point), 0.3),
    Rule(
        "some time",
        "sometime|anytime|someday on|in? {point}",
        "sometime next week",
        lambda point: ("point", point),
        0.3,
    ),
    Rule(
        "some day",
        "some|one|any time|day on|in? {point}",
        "one day next week",
        lambda point: ("point", point),
        0.3,
    ),
    Rule("over", "over {day}", "over Easter", _over, 0.3),
    Rule("on point", "on|in|for {point}", "on Friday", lambda point: ("point", point), 0.3),
    Rule(
        "about point",
        "around|about|approximately|starting? {point}",
        "around 3pm",
        lambda point: ("point", point),
        0.5,
    ),
    Rule("join for", "{point} {forclock}", "Saturday for 9am", _for_clock, 0.2),
    Rule(
        "week dash",
        "{day} - {day}",
        "previous week - Monday",
        lambda first, last: _join(Point(first), Point(last)),
        0.4,
    ),
)


CLOCKS = (
    Rule("clocks", f"{{clock}} {TO} {{clock}}", "9:30 - 11:00", pair, 0.4),
    Rule(
        "letters",
        f"{{number}} {{half}} {TO} {{number}} {{half}}",
        "6a-2p",
        _lettered,
        0.5,
    ),
    Rule("clocks and loose", f"{{clock}} {TO} {{loose|worded}}", "1pm-3", pair, 0.6),
    Rule("loose and clock", f"{{loose|worded}} {TO} {{clock}}", "3-5pm", pair, 0.6),
    Rule("loose hours", f"{{loose|worded}} {TO} {{loose|worded}}", "5 to seven", _looser, 1.0),
    Rule(
        "between clocks",
        "in? between {clock|loose|worded} and|&|to|- {clock|loose|worded}",
        "between 3 and 5",
        lambda first, last: ("loosers", paired(first, last)),
        0.4,
    ),
    Rule(
        "between bare",
        "in? between {loose} and|&|to|- {loose}",
        "between 2 and 4",
        lambda first, last: ("bare", span_of(paired(first, last))[1]),
        1.0,
    ),
    Rule(
        "between certain",
        "in? between {clock} and|&|to|- {clock|loose|worded}",
        "between 3pm and 5",
        pair,
        0.3,
    ),
    Rule(
        "between last certain",
        "in? between {loose|worded} and|&|to|- {clock}",
        "between 3 and 5pm",
        pair,
        0.3,
    ),
    Rule("from clocks", "from|at|in? {clocks}", "from 9:30 to 11", lambda c: ("clocks", c), 0.1),
    Rule("from loosers", "from {loosers}", "from 3 to 5", lambda c: ("loosers", c), 0.1),
    Rule("loosers ish", "{loosers} ish", "1-2:30 ish", lambda c: ("clocks", c), 0.1),
    Rule("clocks or so", "{clocks|loosers} or so", "9-10 or so", lambda c: ("clocks", c), 0.1),
    Rule("from loosers sure", "from {loosers} ", "from 3 to 5", span_of, 1.5),
    Rule("clocks span", "{clocks}", "9:30 - 11:00", span_of, 0.1),
    Rule("point clocks", "{point} ,|from? {clocks|loosers}", "Thursday 9-11", _span_on, 0.2),
    Rule(
        "ordinals", f"from? the? {{dordinal}} {TO} the? {{dordinal}}", "20th-27th", _ordinals, 0.6
    ),
    Rule("some time span", "sometime|anytime {span}", "anytime Thu or Fri", _same_span, 0.2),
    Rule("ordinal clocks", "{dordinal} ,? {clocks}", "15th 9-10am", _ordinal_on, 0.6),
    Rule("clocks point", "{clocks} on|in|of|,? {point}", "9:30-11 on Thursday", _span_in, 0.2),
    Rule("loosers point", "{loosers} on|in|of? {point}", "6-8 next Monday", _loosers_on, 0.2),
)

RULES = JOINTS + CLOCKS
