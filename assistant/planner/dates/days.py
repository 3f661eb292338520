"""Holds partial dates against a moment: which days can be meant, the likeliest first."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from assistant.domain.when import Grain
from assistant.planner.dates.arithmetic import (
    CLOCK_GRAINS,
    OutOfCalendarError,
    Stretch,
    add,
    add_amount,
    date_of,
    day_stretch,
    floor,
    midnight,
    unit_at,
)
from assistant.planner.dates.customs import Customs
from assistant.planner.dates.holidays import holiday_spans
from assistant.planner.dates.shapes import (
    Calendar,
    Cycle,
    Day,
    DayOffset,
    Holiday,
    NamedWeekday,
    Now,
    Nth,
    Portion,
    Remainder,
    Rolling,
    Season,
    Shift,
    Weekend,
    WeekOf,
    Within,
    YearPart,
)

_YEARS_FOR_WEEKDAY = 2


@dataclass(frozen=True, slots=True)
class Context:
    """The moment of reading, in local time without a zone, and the customs."""

    now: datetime
    customs: Customs

    @property
    def today(self) -> datetime:
        """Midnight at the beginning of today."""
        return midnight(self.now)


def days_of(day: Day, context: Context) -> list[Stretch]:
    """What a partial date can mean, the likeliest reading first.

    Raises:
        OutOfCalendarError: It means nothing within the calendar.
    """
    found = _READERS[type(day)](day, context)
    if not found:
        raise OutOfCalendarError
    return found


def first_of(day: Day, context: Context) -> Stretch:
    """The likeliest reading."""
    return days_of(day, context)[0]


def _in_order(readings: list[Stretch], context: Context) -> list[Stretch]:
    """The next to come first, then the last that was, then others; without repeats."""
    coming = sorted((one for one in readings if one.end > context.today), key=lambda s: s.start)
    gone = sorted(
        (one for one in readings if one.end <= context.today), key=lambda s: s.start, reverse=True
    )
    ordered = coming[:1] + gone[:1] if context.customs.prefer_future else gone[:1] + coming[:1]
    return list(dict.fromkeys(ordered))


def _calendar(day: Calendar, context: Context) -> list[Stretch]:
    if day.year is not None:
        return [_exact(day.year, day)]
    if day.month is not None:
        return _in_years(day, context)
    if day.day is not None:
        return _in_months(day, context)
    if day.weekday is not None:
        return _on_weekday(day.weekday, context)
    raise OutOfCalendarError


def _exact(year: int, day: Calendar) -> Stretch:
    start = date_of(year, day.month or 1, day.day or 1)
    if day.day is not None:
        return day_stretch(start)
    return unit_at(start, Grain.MONTH if day.month is not None else Grain.YEAR)


def _in_years(day: Calendar, context: Context) -> list[Stretch]:
    """A month or a date without a year."""
    year = context.now.year
    near: list[Stretch] = []
    for other in range(year - 8, year + 9):
        try:
            near.append(_exact(other, day))
        except OutOfCalendarError:
            continue
    ordered = _in_order(near, context)
    if day.weekday is None:
        return ordered
    fitting = [one for one in near if one.start.weekday() == day.weekday]
    soon = [
        one
        for one in fitting
        if timedelta(-60) <= one.start - context.today <= timedelta(366 * _YEARS_FOR_WEEKDAY)
    ]
    ahead = [one for one in soon if one.end > context.today]
    return list(dict.fromkeys([*(ahead or soon)[:1], *ordered]))


def _in_months(day: Calendar, context: Context) -> list[Stretch]:
    """A day of the month, perhaps with its weekday."""
    first = floor(context.now, Grain.MONTH)
    near: list[Stretch] = []
    reach = 3 if day.weekday is None else 30
    for months in range(-reach, reach + 1):
        month = add(first, Grain.MONTH, months)
        try:
            one = day_stretch(date_of(month.year, month.month, day.day or 1))
        except OutOfCalendarError:
            continue
        if day.weekday is None or one.start.weekday() == day.weekday:
            near.append(one)
    return _in_order(near, context)


def _on_weekday(weekday: int, context: Context) -> list[Stretch]:
    """A weekday alone: the next after today; today itself and the last are other readings."""
    ahead = (weekday - context.today.weekday()) % 7
    coming = day_stretch(add(context.today, Grain.DAY, ahead or 7))
    gone = day_stretch(add(context.today, Grain.DAY, ahead - 7))
    today = [day_stretch(context.today)] if ahead == 0 else []
    ordered = [coming, *today, gone]
    return ordered if context.customs.prefer_future else [*today, gone, coming]


def _cycle(day: Cycle, context: Context) -> list[Stretch]:
    start = add(floor(context.now, day.unit, context.customs.week_start), day.unit, day.offset)
    end = add(start, day.unit, day.count)
    if day.working:
        end = add(start, Grain.DAY, 5)
    return [Stretch(start, end, day.unit), *_rolled(day, context)]


def _rolled(day: Cycle, context: Context) -> list[Stretch]:
    """The other reading of “next 2 weeks”: fourteen days from tomorrow."""
    if day.count == 1 and day.offset in {-1, 0, 1}:
        return []
    if day.unit is Grain.DAY:
        return []
    return _rolling(Rolling(day.unit, day.count, day.offset > 0), context)


def _rolling(day: Rolling, context: Context) -> list[Stretch]:
    if day.unit in CLOCK_GRAINS:
        now = floor(context.now, day.unit)
        if day.forward:
            return [Stretch(now, add(now, day.unit, day.count), day.unit)]
        return [Stretch(add(now, day.unit, -day.count), now, day.unit)]
    if day.business:
        return [_business(int(day.count), forward=day.forward, context=context)]
    if day.forward:
        start = add(context.today, Grain.DAY, 1)
        return [Stretch(start, add(start, day.unit, day.count), Grain.DAY)]
    return [Stretch(add(context.today, day.unit, -day.count), context.today, Grain.DAY)]


def _business(count: int, *, forward: bool, context: Context) -> Stretch:
    step = 1 if forward else -1
    days: list[datetime] = []
    day = context.today
    while len(days) < min(count, 2000):
        day = add(day, Grain.DAY, step)
        if day.weekday() < 5:
            days.append(day)
    first, last = min(days), max(days)
    return Stretch(first, add(last, Grain.DAY, 1), Grain.DAY)


def _shift(day: Shift, context: Context) -> list[Stretch]:
    finest = day.amount.steps[-1][0]
    if day.base is None:
        moment = add_amount(context.now, day.amount, day.sign)
        whole = all(number == int(number) for _, number in day.amount.steps)
        if finest in CLOCK_GRAINS or not (whole or finest is Grain.MONTH):
            return [Stretch(moment, add(moment, Grain.SECOND, 1), Grain.SECOND)]
        return [day_stretch(moment)]
    bases = days_of(day.base, context)
    moved = [add_amount(base.start, day.amount, day.sign) for base in bases]
    if finest in CLOCK_GRAINS:
        return [Stretch(one, add(one, Grain.SECOND, 1), Grain.SECOND) for one in moved]
    if bases[0].grain in {Grain.MONTH, Grain.YEAR} and finest in {Grain.MONTH, Grain.YEAR}:
        return [unit_at(one, bases[0].grain) for one in moved]
    return [day_stretch(one) for one in moved]


def _nth(day: Nth, context: Context) -> list[Stretch]:
    found: list[Stretch] = []
    for outer in days_of(day.within, context):
        parts = _parts(day, outer)
        place = day.number - 1 if day.number > 0 else len(parts) + day.number
        if day.count > 1:
            chosen = parts[: day.count] if day.number > 0 else parts[-day.count :]
            if len(chosen) == day.count:
                found.append(Stretch(chosen[0].start, chosen[-1].end, chosen[0].grain))
        elif 0 <= place < len(parts):
            found.append(parts[place])
    return found


def _parts(day: Nth, outer: Stretch) -> list[Stretch]:
    """The weekdays or units that lie within a stretch; a week lies where its Thursday does."""
    if not isinstance(day.what, Grain):
        return _days_called(day.what, outer)
    if day.what is Grain.DAY:
        count = min((outer.end - outer.start).days, 40000)
        return [day_stretch(outer.start + timedelta(number)) for number in range(count)]
    if day.what is Grain.WEEK:
        return [unit_at(one, Grain.WEEK) for one in _each_day(outer, 3)]
    found: list[Stretch] = []
    start = floor(outer.start, Grain(day.what))
    while start < outer.end and len(found) < 400:
        one = unit_at(start, Grain(day.what))
        found.append(one)
        start = one.end
    return found


def _days_called(what: int | str, outer: Stretch) -> list[Stretch]:
    """The weekdays, weekends or working days that begin within a stretch."""
    if what == "weekend":
        return [Stretch(one, add(one, Grain.DAY, 2), Grain.DAY) for one in _each_day(outer, 5)]
    weekdays = (what,) if isinstance(what, int) else range(5)
    days = [one for weekday in weekdays for one in _each_day(outer, weekday)]
    return [day_stretch(one) for one in sorted(days)]


def _each_day(outer: Stretch, weekday: int) -> list[datetime]:
    day = add(outer.start, Grain.DAY, (weekday - outer.start.weekday()) % 7)
    count = (outer.end - day).days
    return [day + timedelta(7 * number) for number in range(min(-(-count // 7), 6000))]


def _named_weekday(day: NamedWeekday, context: Context) -> list[Stretch]:
    today = context.today
    if day.which == "counted":
        base = today if day.base is None else first_of(day.base, context).start
        return [day_stretch(_counted(base, day.weekday, day.number))]
    if day.which == "closest" and day.base is not None:
        return [day_stretch(_closest(first_of(day.base, context).start, day))]
    ahead = (day.weekday - today.weekday()) % 7
    week = floor(today, Grain.WEEK, 0)
    moments = {
        "next": add(week, Grain.DAY, 7 + day.weekday),
        "after next": add(today, Grain.DAY, (ahead or 7) + 7),
        "last": add(week, Grain.DAY, day.weekday - 7),
        "this": add(today, Grain.DAY, ahead),
        "coming": add(today, Grain.DAY, ahead or 7),
        "past": add(today, Grain.DAY, ahead - 7),
    }
    found = [day_stretch(moments[day.which])]
    if day.which == "next" and ahead:
        found.append(day_stretch(moments["coming"]))
    if day.which == "last":
        found.append(day_stretch(moments["past"]))
    return list(dict.fromkeys(found))


def _counted(base: datetime, weekday: int, number: int) -> datetime:
    if number > 0:
        ahead = (weekday - base.weekday()) % 7 or 7
        return add(base, Grain.DAY, ahead + 7 * (number - 1))
    back = (base.weekday() - weekday) % 7 or 7
    return add(base, Grain.DAY, -back - 7 * (-number - 1))


def _closest(base: datetime, day: NamedWeekday) -> datetime:
    ahead = add(base, Grain.DAY, (day.weekday - base.weekday()) % 7)
    near = [add(ahead, Grain.DAY, 7 * weeks) for weeks in range(-day.number, day.number + 1)]
    near.sort(key=lambda one: abs(one - base))
    return near[day.number - 1]


def _holiday(day: Holiday, context: Context) -> list[Stretch]:
    year = context.now.year
    spans: list[Stretch] = []
    for other in range(max(1, year - 1), year + 2):
        spans += holiday_spans(day.key, other)
    coming = [one for one in spans if one.end > context.today]
    ahead = year + 2
    while not coming and ahead < year + 10:
        coming += holiday_spans(day.key, ahead)
        ahead += 1
    gone = [one for one in reversed(spans) if one.end <= context.today]
    if day.offset < 0:
        return gone[:1]
    return [*coming[:1], *gone[:1]]


def _portion(day: Portion, context: Context) -> list[Stretch]:
    return [_cut(day.which, outer) for outer in days_of(day.of, context)]


def _cut(which: str, outer: Stretch) -> Stretch:
    start, end, grain = outer.start, outer.end, outer.grain
    if grain is Grain.MONTH:
        marks = (start, start.replace(day=11), start.replace(day=21), end)
        if which == "middle":
            marks = (start, start.replace(day=10), start.replace(day=21), end)
        grain = Grain.DAY
    elif grain is Grain.YEAR:
        marks = (start, start.replace(month=5), start.replace(month=9), end)
        if which == "begin":
            marks = (start, start.replace(month=4), start, end)
        grain = Grain.MONTH
    elif grain is Grain.WEEK:
        marks = (start, add(start, Grain.DAY, 3), add(start, Grain.DAY, 4), end)
        if which == "middle":
            marks = (start, add(start, Grain.DAY, 2), marks[2], end)
        grain = Grain.DAY
    elif grain is Grain.DAY:
        return _cut_day(which, outer)
    else:
        third = (end - start) / 3
        marks = (start, midnight(start + third), midnight(start + 2 * third), end)
    chosen = {"begin": marks[:2], "middle": marks[1:3], "end": marks[2:]}[which]
    return Stretch(chosen[0], chosen[1], grain)


def _cut_day(which: str, outer: Stretch) -> Stretch:
    moments = {
        "begin": outer.start,
        "middle": outer.start + timedelta(hours=12),
        "end": outer.end - timedelta(seconds=1),
    }
    return Stretch(moments[which], add(moments[which], Grain.SECOND, 1), Grain.SECOND)


def _remainder(day: Remainder, context: Context) -> list[Stretch]:
    outer = first_of(day.of, context)
    if day.later:
        return [Stretch(context.today, outer.end, Grain.DAY)]
    return [Stretch(outer.start, max(context.today, outer.start), Grain.DAY)]


def _weekend(day: Weekend, context: Context) -> list[Stretch]:
    first, length = context.customs.weekend
    week = floor(context.today, Grain.WEEK, 0)
    start = add(week, Grain.DAY, first + 7 * day.offset)
    return [Stretch(start, add(start, Grain.DAY, length), Grain.DAY)]


_SEASONS = (("spring", 3, 20), ("summer", 6, 21), ("fall", 9, 23), ("winter", 12, 21))


def _season(day: Season, context: Context) -> list[Stretch]:
    year = context.now.year
    starts = [
        (date_of(other, month, number), name)
        for other in range(max(1, year - 3), year + 4)
        for name, month, number in _SEASONS
    ]
    spans = [
        (name, Stretch(start, later, Grain.DAY)) for (start, name), (later, _) in pairwise(starts)
    ]
    if not day.name:
        here = next(i for i, (_, one) in enumerate(spans) if one.start <= context.today < one.end)
        return [spans[here + day.offset][1]]
    wanted = {"autumn": "fall"}.get(day.name, day.name)
    if context.customs.southern:
        names = ["spring", "summer", "fall", "winter"]
        wanted = names[(names.index(wanted) + 2) % 4]
    same = [one for name, one in spans if name == wanted]
    coming = next(i for i, one in enumerate(same) if one.end > context.today)
    running = same[coming].start <= context.today
    offset = day.offset - (1 if day.offset > 0 and not running else 0)
    return [same[coming + offset]]


def _year_part(day: YearPart, context: Context) -> list[Stretch]:
    year = context.now.year if day.year is None else day.year
    if day.kind in {"quarter", "half"}:
        one = _part_of_year(day, year)
        following = day.year is None and one.end <= context.today and context.customs.prefer_future
        return [_part_of_year(day, year + 1), one] if following else [one]
    if day.kind == "week":
        monday = floor(date_of(year, 1, 4), Grain.WEEK)
        return [unit_at(add(monday, Grain.WEEK, day.number - 1), Grain.WEEK)]
    if day.kind == "century":
        return [unit_at(date_of(max(1, 100 * (day.number - 1))), Grain.CENTURY)]
    found = [unit_at(date_of(day.number), Grain.DECADE)]
    if day.number < 2000:
        found.append(unit_at(date_of(day.number + 100), Grain.DECADE))
    return found


def _part_of_year(day: YearPart, year: int) -> Stretch:
    """A quarter or a half."""
    if day.kind == "quarter":
        return unit_at(date_of(year, 3 * day.number - 2), Grain.QUARTER)
    start = date_of(year, 6 * day.number - 5)
    return Stretch(start, add(start, Grain.MONTH, 6), Grain.QUARTER)


def _within(day: Within, context: Context) -> list[Stretch]:
    found: list[Stretch] = []
    for outer in days_of(day.outer, context):
        try:
            found.append(_inside(day.inner, outer, context))
        except OutOfCalendarError:
            continue
    return found


def _inside(inner: Day, outer: Stretch, context: Context) -> Stretch:
    """The first of something from the beginning of a stretch on."""
    if isinstance(inner, YearPart):
        return first_of(replace(inner, year=outer.start.year), context)
    if isinstance(inner, Weekend):
        return _weekend_by(outer.start)
    there = Context(outer.start, replace(context.customs, prefer_future=True))
    if isinstance(inner, Calendar) and inner.weekday is not None and inner.day is None:
        ahead = (inner.weekday - outer.start.weekday()) % 7
        return day_stretch(add(outer.start, Grain.DAY, ahead))
    if isinstance(inner, Calendar) and inner.day is not None and inner.month is None:
        return day_stretch(date_of(outer.start.year, outer.start.month, inner.day))
    return first_of(inner, there)


def _weekend_by(day: datetime) -> Stretch:
    """The weekend that a day is in or next to; a Friday or Monday makes it longer."""
    weekday = day.weekday()
    start = add(day, Grain.DAY, 5 - weekday if weekday >= 2 else -2 - weekday)
    first = min(start, day) if weekday == 4 else start
    last = add(start, Grain.DAY, 3 if weekday == 0 else 2)
    return Stretch(first, last, Grain.DAY)


def _week_of(day: WeekOf, context: Context) -> list[Stretch]:
    start = context.customs.week_start
    return [unit_at(one.start, Grain.WEEK, start) for one in days_of(day.day, context)]


def _day_offset(day: DayOffset, context: Context) -> list[Stretch]:
    return [day_stretch(add(context.today, Grain.DAY, day.days))]


def _now(_: Now, context: Context) -> list[Stretch]:
    now = floor(context.now, Grain.SECOND)
    return [Stretch(now, add(now, Grain.SECOND, 1), Grain.SECOND)]


_READERS: dict[type, Callable[[Any, Context], list[Stretch]]] = {
    Calendar: _calendar,
    Cycle: _cycle,
    Rolling: _rolling,
    Shift: _shift,
    Nth: _nth,
    NamedWeekday: _named_weekday,
    Holiday: _holiday,
    Portion: _portion,
    Remainder: _remainder,
    Weekend: _weekend,
    Season: _season,
    YearPart: _year_part,
    Within: _within,
    WeekOf: _week_of,
    DayOffset: _day_offset,
    Now: _now,
}
