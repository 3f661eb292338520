"""Puts two partial moments together where they can be one."""

from dataclasses import replace

from assistant.domain.when import Grain
from assistant.planner.dates.shapes import (
    Calendar,
    Clock,
    Cycle,
    Day,
    DayOffset,
    DayPart,
    Holiday,
    NamedWeekday,
    Nth,
    Point,
    Portion,
    Rolling,
    Shift,
    Weekend,
    Within,
    YearPart,
)

_LARGE = frozenset({Grain.MONTH, Grain.QUARTER, Grain.YEAR, Grain.DECADE, Grain.CENTURY})


def join(first: Point, last: Point) -> Point | None:
    """Both as one, or None where they contradict or repeat each other."""
    if first.clock is not None and last.clock is not None:
        return None
    if first.part is not None and last.part is not None and first.part != last.part:
        return None
    day: Day | None = first.day or last.day
    if first.day is not None and last.day is not None:
        day = join_days(first.day, last.day) or join_days(last.day, first.day)
        if day is None:
            return None
    clock = first.clock or last.clock
    part = first.part or last.part
    if clock is not None and part is not None:
        clock = _in_part(clock, part)
        if clock is None:
            return None
    return Point(day, clock, part)


def _in_part(clock: Clock, part: DayPart) -> Clock | None:
    """The time of day with the half that a part of the day gives it."""
    if clock.half or clock.hour > 12:
        return clock
    name = part.name
    if name in {"morning", "breakfast"}:
        return replace(clock, half="am")
    if name == "night":
        return replace(clock, half="am" if clock.hour == 12 or clock.hour < 5 else "pm")
    return replace(clock, half="pm")


_PARTS_OF_YEARS = {"week": Grain.WEEK, "decade": Grain.DECADE, "century": Grain.CENTURY}


def _length(day: Day) -> Grain:
    """How long what a day names is, roughly: the finest unit that it fixes."""
    length = Grain.DAY
    if isinstance(day, Calendar):
        length = Grain.MONTH if day.month is not None else Grain.YEAR
        if day.day is not None or day.weekday is not None:
            length = Grain.DAY
    elif isinstance(day, Cycle):
        length = day.unit
    elif isinstance(day, Shift):
        length = day.amount.steps[-1][0]
    elif isinstance(day, YearPart):
        length = _PARTS_OF_YEARS.get(day.kind, Grain.QUARTER)
    elif isinstance(day, Within):
        length = _length(day.inner)
    elif isinstance(day, Portion | Weekend | Rolling):
        length = Grain.WEEK
    return length


def join_days(inner: Day, outer: Day) -> Day | None:
    """The first day inside, or confirmed by, the second; None where that is no sense."""
    if isinstance(inner, Calendar):
        if isinstance(outer, Calendar):
            return _join_fields(inner, outer)
        if inner.weekday is not None and _only_weekday(inner):
            return _join_weekday(inner.weekday, outer)
    if _confirms(inner, outer):
        return outer
    return Within(inner, outer) if _lies_in(inner, outer) else None


def _confirms(inner: Day, outer: Day) -> bool:
    """Whether the first only says once more, and less exactly, what the second says."""
    if isinstance(outer, Calendar):
        if isinstance(inner, NamedWeekday):
            return outer.day is not None
        return isinstance(inner, DayOffset) and outer.month is not None
    if isinstance(outer, Shift):
        today = inner == DayOffset(0) and outer.base is None
        return today or isinstance(inner, NamedWeekday)
    return False


def _lies_in(inner: Day, outer: Day) -> bool:
    """Whether the first can be looked for inside the second."""
    long = _length(outer)
    if isinstance(inner, Holiday):
        return long in {Grain.YEAR, Grain.MONTH}
    if isinstance(inner, YearPart):
        return long is Grain.YEAR and inner.year is None
    if isinstance(inner, Calendar) and (inner.month is not None or inner.day is not None):
        fits = long in _LARGE and _length(inner) is not long
        return fits and inner.year is None and not isinstance(outer, Calendar)
    return False


def _only_weekday(fields: Calendar) -> bool:
    return fields.year is None and fields.month is None and fields.day is None


def _join_weekday(weekday: int, outer: Day) -> Day | None:
    """A weekday in a week, or one that only confirms a day."""
    inside = Within(Calendar(weekday=weekday), outer)
    if isinstance(outer, Nth):
        return inside if outer.what is Grain.WEEK else outer
    if isinstance(outer, DayOffset):
        return outer
    if isinstance(outer, Shift) and _length(outer) is Grain.DAY:
        return outer
    week = _length(outer) is Grain.WEEK and not isinstance(outer, Portion | Rolling | Weekend)
    return inside if week else None


def _join_fields(first: Calendar, last: Calendar) -> Calendar | None:
    """Fields of both; none may be in both."""
    for name in ("year", "month", "day", "weekday"):
        if getattr(first, name) is not None and getattr(last, name) is not None:
            return None
    joined = Calendar(
        first.year if first.year is not None else last.year,
        first.month or last.month,
        first.day or last.day,
        first.weekday if first.weekday is not None else last.weekday,
    )
    if joined.weekday is not None and joined.day is None:
        return None
    if joined.year is not None and joined.day is not None and joined.month is None:
        return None
    return joined
