"""Makes moments of shapes: days with times, spans with both ends, lengths from a point on."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from assistant.domain.when import Grain, Sense
from assistant.planner.dates.arithmetic import (
    CLOCK_GRAINS,
    OutOfCalendarError,
    Stretch,
    add,
    add_amount,
    day_stretch,
    floor,
    midnight,
)
from assistant.planner.dates.days import Context, days_of
from assistant.planner.dates.shapes import (
    Between,
    Calendar,
    Clock,
    Cycle,
    Day,
    DayPart,
    Holiday,
    Lasting,
    Now,
    Open,
    Point,
    Rolling,
    Shift,
)

MOST_READINGS = 8
_HOURS = 24
_NEAR = timedelta(35)
"""Farther away a day is seldom told by its weekday and its number alone."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning: start, end, and the zone in which its clock was named."""

    start: datetime | None
    end: datetime | None
    grain: Grain
    sense: Sense
    zone: int | str | None = None


def readings(shape: Point | Between | Open | Lasting, context: Context) -> list[Reading]:
    """All meanings of a shape, the likeliest first.

    Raises:
        OutOfCalendarError: It means nothing within the calendar.
    """
    if isinstance(shape, Point):
        found = _points(shape, context)
    elif isinstance(shape, Between):
        found = _between(shape, context)
    elif isinstance(shape, Open):
        found = _open(shape, context)
    else:
        found = _lasting(shape, context)
    return list(dict.fromkeys(found))[:MOST_READINGS]


def _points(point: Point, context: Context) -> list[Reading]:
    zone = point.clock.zone if point.clock is not None else None
    found: list[Reading] = []
    for one in stretches(point, context):
        exact = one.grain is Grain.DAY and one.end - one.start == timedelta(1)
        exact = exact or (one.grain in CLOCK_GRAINS and one.end <= add(one.start, one.grain, 1))
        exact = (exact and point.part is None) or point.clock is not None
        many = isinstance(point.day, Cycle) and point.day.count > 1
        if isinstance(point.day, Rolling) or many:
            exact = False
        sense = Sense.POINT if exact else Sense.SPAN
        end = None if exact else one.end
        found.append(Reading(one.start, end, one.grain, sense, zone))
    return found


def stretches(point: Point, context: Context) -> list[Stretch]:
    """The stretches of time that a point can be."""
    if point.clock is not None:
        return _clocked(point, point.clock, context)
    if point.part is not None:
        return _parted(point, point.part, context)
    if point.day is None:
        raise OutOfCalendarError
    days = days_of(point.day, context)
    return _at_hour(point.day, days, context) or days


def _at_hour(day: Day, days: list[Stretch], context: Context) -> list[Stretch]:
    """“mon 12”, where no Monday near is the 12th: on Monday at 12."""
    if not isinstance(day, Calendar) or not day.or_hour or day.day is None or day.day > _HOURS:
        return []
    if abs(days[0].start - context.today) <= _NEAR:
        return []
    clock = Clock(day.day, None, None, "24" if day.day > _HOURS // 2 else "")
    return _clocked(Point(Calendar(weekday=day.weekday)), clock, context)


def _parted(point: Point, part: DayPart, context: Context) -> list[Stretch]:
    first, last = context.customs.parts[part.name]
    if part.stress == "early":
        last = (first + last) / 2 if part.name != "morning" else 9
    if part.stress == "late":
        first = (first + last) / 2
    days = [day_stretch(context.today)] if point.day is None else days_of(point.day, context)
    found: list[Stretch] = []
    for day in days:
        start = midnight(day.start)
        found.append(
            Stretch(start + timedelta(hours=first), start + timedelta(hours=last), Grain.HOUR)
        )
    if point.day is None and found[0].end <= context.now:
        one = found[0]
        found = [Stretch(add(one.start, Grain.DAY, 1), add(one.end, Grain.DAY, 1), one.grain)]
    return found


def hours_of(clock: Clock, context: Context) -> list[int]:
    """The hours of the day that a time can mean, the likeliest first."""
    hour = clock.hour
    if clock.half == "24" or hour > 12 or hour == 0:
        return [hour % 24]
    if clock.half == "am":
        return [hour % 12]
    if clock.half == "pm":
        return [hour % 12 + 12]
    early, late = hour % 12, hour % 12 + 12
    return [late, early] if early < context.customs.waking_hour else [early, late]


def _grain(clock: Clock) -> Grain:
    if clock.second is not None:
        return Grain.SECOND
    return Grain.HOUR if clock.minute is None else Grain.MINUTE


def _at(day: datetime, hour: int, clock: Clock) -> Stretch:
    grain = _grain(clock)
    start = midnight(day) + timedelta(
        hours=hour, minutes=clock.minute or 0, seconds=clock.second or 0
    )
    return Stretch(start, add(start, grain, 1), grain)


def _clocked(point: Point, clock: Clock, context: Context) -> list[Stretch]:
    hours = hours_of(clock, context)
    if point.day is None:
        return _next_clock(clock, hours, context)
    days = days_of(point.day, context)
    if isinstance(point.day, Now):
        days = [day_stretch(context.today)]
    if isinstance(point.day, Shift) and days[0].grain in CLOCK_GRAINS:
        raise OutOfCalendarError
    return [_at(day.start, hour, clock) for hour in hours for day in days]


def _next_clock(clock: Clock, hours: list[int], context: Context) -> list[Stretch]:
    """A time without a day: the next to come, by waking hours where its half is open."""
    found: list[Stretch] = []
    for hour in hours:
        today = _at(context.today, hour, clock)
        moved = _at(add(context.today, Grain.DAY, 1), hour, clock)
        coming = today if today.start >= floor(context.now, Grain.MINUTE) else moved
        found.append(coming if context.customs.prefer_future else today)
    waking = [one for one in found if one.start.hour >= context.customs.waking_hour]
    if len(hours) > 1:
        found.sort(key=lambda one: (one not in waking, one.start))
    return found


def _end_of(last: Stretch) -> datetime:
    """Where a span ends that ends with this: a named time itself, a day or longer as a whole."""
    return last.start if last.grain in CLOCK_GRAINS else last.end


def _between(shape: Between, context: Context) -> list[Reading]:
    if shape.first.clock and shape.last.clock and _same_day(shape):
        return _between_clocks(shape, context)
    zone = shape.first.clock.zone if shape.first.clock else None
    found: list[Reading] = []
    others: list[Reading] = []
    for first in stretches(shape.first, context):
        last = _last_after(shape.last, first, context)
        grain = _finer(first.grain, last.grain)
        end = _end_of(last)
        if shape.last.part is not None:
            end = last.end
        if end <= first.start:
            continue
        found.append(Reading(first.start, end, grain, Sense.SPAN, zone))
        if last.start > first.start:
            others.append(Reading(first.start, last.start, grain, Sense.SPAN, zone))
    if not found:
        raise OutOfCalendarError
    if _is_dated(shape):
        found.sort(key=lambda one: not _runs(one, context))
    return found + others


def _is_dated(shape: Between) -> bool:
    """Whether it goes from a month or date to another, neither with a year."""
    days = (shape.first.day, shape.last.day)
    return all(
        isinstance(day, Calendar) and day.month is not None and day.year is None for day in days
    )


def _runs(reading: Reading, context: Context) -> bool:
    """Whether now lies within it."""
    if reading.start is None or reading.end is None:
        return False
    return reading.start <= context.now < reading.end


def _same_day(shape: Between) -> bool:
    return shape.last.day is None or shape.last.day == shape.first.day


def _between_clocks(shape: Between, context: Context) -> list[Reading]:
    """Two times on one day; the second is on the next where it would come first."""
    first, last = shape.first.clock, shape.last.clock
    if first is None or last is None:
        raise OutOfCalendarError
    found: list[Reading] = []
    if shape.first.day is None and context.customs.prefer_future:
        running = replace(context, customs=replace(context.customs, prefer_future=False))
        today = _between_clocks(shape, running)
        open_still = [one for one in today if one.end is not None and one.end > context.now]
        if open_still and not any(one.half == "" and one.hour <= 12 for one in (first, last)):
            return open_still
    for start in stretches(shape.first, context):
        ends = [_at(start.start, hour, last) for hour in hours_of(last, context)]
        if last.past:
            ends = [_at(add(start.start, Grain.DAY, 1), 0, last)]
        later = [one if one.start > start.start else _next_day(one) for one in ends]
        later.sort(key=lambda one: one.start)
        if not later or later[0].start - start.start >= timedelta(1):
            continue
        grain = _finer(start.grain, later[0].grain)
        found.append(Reading(start.start, later[0].start, grain, Sense.SPAN, first.zone))
    return found


def _next_day(one: Stretch) -> Stretch:
    return Stretch(add(one.start, Grain.DAY, 1), add(one.end, Grain.DAY, 1), one.grain)


def _finer(first: Grain, last: Grain) -> Grain:
    order = list(Grain)
    return first if order.index(first) <= order.index(last) else last


def _last_after(last: Point, first: Stretch, context: Context) -> Stretch:
    """The end of a span: the first reading of it that comes after its beginning."""
    if last.day is None and last.clock is not None:
        hours = hours_of(last.clock, context)
        ends = [_at(first.start, hour, last.clock) for hour in hours]
        return min(
            (one if one.start > first.start else _next_day(one) for one in ends),
            key=lambda one: one.start,
        )
    near = [one for one in stretches(last, context) if _end_of(one) > first.start]
    if near and _told_from_now(last):
        return near[0]
    seen = replace(context, now=first.start, customs=replace(context.customs, prefer_future=True))
    if near and near[0].start <= add(first.start, Grain.YEAR, 1):
        from_here = near[0]
    else:
        from_here = stretches(last, seen)[0]
    later = stretches(last, seen)[0] if not isinstance(last.day, Now) else from_here
    if first.start < later.start < from_here.start and not _told_from_now(last):
        return later
    return from_here


def _told_from_now(point: Point) -> bool:
    return not isinstance(point.day, Calendar | Holiday)


def _open(shape: Open, context: Context) -> list[Reading]:
    zone = shape.point.clock.zone if shape.point.clock else None
    found: list[Reading] = []
    for named in stretches(shape.point, context):
        one = _at_its_end(named, shape)
        whole = one.grain not in CLOCK_GRAINS or shape.point.part is not None
        if shape.way == "within":
            end = one.start if one.grain in CLOCK_GRAINS else one.end
            found.append(Reading(None, end, one.grain, Sense.BY, zone))
        elif shape.way == "by":
            end = one.end if whole and shape.point.clock is None else one.start
            found.append(Reading(None, end, one.grain, Sense.BY, zone))
        elif shape.way == "before":
            found.append(Reading(None, one.start, one.grain, Sense.BY, zone))
        elif shape.way == "after":
            start = one.end if whole and shape.point.clock is None else one.start
            found.append(Reading(start, None, one.grain, Sense.SPAN, zone))
        else:
            found.append(Reading(one.start, None, one.grain, Sense.SPAN, zone))
    if shape.way == "after":
        found += [
            Reading(one.start, None, one.grain, Sense.SPAN, zone)
            for one in stretches(shape.point, context)
        ]
    return found


def _at_its_end(one: Stretch, shape: Open) -> Stretch:
    """Midnight of a day, where it is a deadline, is the end of that day."""
    point = shape.point
    last = shape.way in {"by", "before", "within"} and point.day is not None
    return _next_day(one) if last and point.clock is not None and point.clock.past else one


def _lasting(shape: Lasting, context: Context) -> list[Reading]:
    zone = shape.start.clock.zone if shape.start.clock else None
    found: list[Reading] = []
    for one in stretches(shape.start, context):
        start = one.start
        end = add_amount(start, shape.amount, 1)
        grain = _finer(one.grain, shape.amount.steps[-1][0])
        found.append(Reading(start, end, grain, Sense.SPAN, zone))
    return found
