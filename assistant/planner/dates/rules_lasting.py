"""Rules for a length of time from a point on, and for what is to be done within one."""

from dataclasses import replace

from assistant.planner.dates.arithmetic import CLOCK_GRAINS
from assistant.planner.dates.chart import Made, Rule
from assistant.planner.dates.joining import join
from assistant.planner.dates.shapes import (
    Amount,
    Clock,
    Lasting,
    Open,
    Point,
    Shift,
)


def _lasting(amount: Amount, point: Point) -> Made:
    return "span", Lasting(amount, point)


def _day_lasting(day: Point, amount: Amount, point: Point) -> Made:
    joined = join(day, point)
    return None if joined is None or joined.clock is None else ("span", Lasting(amount, joined))


def _loose_lasting(amount: Amount, clock: Clock) -> Made:
    return "span", Lasting(amount, Point(clock=clock))


def _within(amount: Amount) -> Made:
    return "span", Open("within", Point(Shift(amount, 1)))


def _day_span(point: Point, span: object) -> Made:
    """A day before or behind a length that begins at a time of day."""
    if isinstance(span, Lasting) and span.start.clock is not None and span.start.day is None:
        joined = join(point, span.start)
        return None if joined is None else ("span", replace(span, start=joined))
    return None


def _from_for(point: Point, amount: Amount) -> Made:
    if point.clock is None and amount.steps[0][0] in CLOCK_GRAINS:
        return None
    return _lasting(amount, point)


LENGTHS = (
    Rule("day span", "{point} ,? {span}", "14 Feb from 9am for 7 hours", _day_span, 0.4),
    Rule(
        "span day",
        "{span} ,|on? {point}",
        "from 9am for 7 hours on Friday",
        lambda span, point: _day_span(point, span),
        0.6,
    ),
    Rule(
        "for from",
        "for {amount} ,? from|starting|beginning {point}",
        "for 3 days from Monday",
        _lasting,
        0.2,
    ),
    Rule(
        "amount starting",
        "{amount} ,? starting|beginning {point}",
        "2 weeks starting Monday",
        _lasting,
        0.4,
    ),
    Rule(
        "day for from",
        "{point} for {amount} from {point}",
        "Monday for 2 hours from 9am",
        _day_lasting,
        0.2,
    ),
    Rule(
        "for from loose", "for {amount} from {loose}", "for 2.5 hours from 9", _loose_lasting, 0.5
    ),
    Rule("from for", "from? {point} for {amount}", "from 9am for 2 hours", _from_for, 0.2),
    Rule("within", "within the? next? {amount}", "within 2 weeks", _within, 0.2),
    Rule(
        "until later",
        "from now until|till {amount} later",
        "from now until 3 min later",
        _within,
        0.1,
    ),
)

RULES = LENGTHS
