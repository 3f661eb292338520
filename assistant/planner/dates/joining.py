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


def _length(day: Day) -> Grain:  # noqa: PLR0911 - one answer per shape
    """How long what a day names is, roughly: the finest unit that it fixes."""
    if isinstance(day, Calendar):
        if day.day is not None or day.weekday is not None:
            return Grain.DAY
        return Grain.MONTH if day.month is not None else Grain.YEAR
    if isinstance(day, Cycle):
        return day.unit
    if isinstance(day, Shift):
        return day.amount.steps[-1][0]
    if isinstance(day, YearPart):
        names = {"week": Grain.WEEK, "decade": Grain.DECADE, "century": Grain.CENTURY}
        return names.get(day.kind, Grain.QUARTER)
    if isinstance(day, Within):
        return _length(day.inner)
    if isinstance(day, Portion | Weekend | Rolling):
        return Grain.WEEK
    return Grain.DAY


def join_days(inner: Day, outer: Day) -> Day | None:
    """The first day inside, or confirmed by, the second; None where that is no sense."""
    if isinstance(inner, Calendar) and isinstance(outer, Calendar):
        return _join_fields(inner, outer)
    if isinstance(inner, Calendar) and inner.weekday is not None and _only_weekday(inner):
        return _join_weekday(inner.weekday, outer)
    if isinstance(inner, NamedWeekday) and isinstance(outer, Calendar) and outer.day is not None:
        return outer
    if isinstance(inner, DayOffset) and isinstance(outer, Calendar) and outer.month is not None:
        return outer
    if isinstance(inner, NamedWeekday) and isinstance(outer, Shift):
        return outer
    if inner == DayOffset(0) and isinstance(outer, Shift) and outer.base is None:
        return outer
    long = _length(outer)
    if isinstance(inner, Holiday):
        return Within(inner, outer) if long in {Grain.YEAR, Grain.MONTH} else None
    fields = isinstance(inner, Calendar) and (inner.month is not None or inner.day is not None)
    if fields and long in _LARGE and not isinstance(outer, Calendar):
        same = _length(inner) is long
        return None if same or _has_year(inner) else Within(inner, outer)
    if isinstance(inner, YearPart) and long is Grain.YEAR and inner.year is None:
        return Within(inner, outer)
    return None


def _has_year(day: Day) -> bool:
    return isinstance(day, Calendar) and day.year is not None


def _only_weekday(fields: Calendar) -> bool:
    return fields.year is None and fields.month is None and fields.day is None


def _join_weekday(weekday: int, outer: Day) -> Day | None:
    """A weekday in a week, or one that only confirms a day."""
    if isinstance(outer, DayOffset | Nth):
        if isinstance(outer, Nth) and outer.what is Grain.WEEK:
            return Within(Calendar(weekday=weekday), outer)
        return outer
    if isinstance(outer, Shift) and _length(outer) is Grain.DAY:
        return outer
    if _length(outer) is Grain.WEEK and not isinstance(outer, Portion | Rolling | Weekend):
        return Within(Calendar(weekday=weekday), outer)
    if isinstance(outer, Shift) and _length(outer) is Grain.WEEK:
        return Within(Calendar(weekday=weekday), outer)
    return None


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
