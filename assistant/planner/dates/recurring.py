"""Makes RFC 5545 rules of recurrences, with the first time they name."""

from dataclasses import replace
from datetime import datetime, timedelta

from dateutil.rrule import rrulestr

from assistant.domain.when import Grain, Recurrence
from assistant.planner.dates.arithmetic import OutOfCalendarError, add_amount, floor, midnight
from assistant.planner.dates.days import Context
from assistant.planner.dates.resolving import hours_of, stretches
from assistant.planner.dates.shapes import Clock, Repeating

_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = {
    Grain.HOUR: ("HOURLY", 1),
    Grain.DAY: ("DAILY", 1),
    Grain.WEEK: ("WEEKLY", 1),
    Grain.MONTH: ("MONTHLY", 1),
    Grain.QUARTER: ("MONTHLY", 3),
    Grain.YEAR: ("YEARLY", 1),
}


def recurrence_of(shape: Repeating, context: Context, place: tuple[int, int]) -> Recurrence:
    """The rule, and the first time at or after the moment of reading.

    Raises:
        OutOfCalendarError: It names a time that does not exist.
    """
    rule = _with_times(_rule(shape, context), shape, context)
    begin = context.today
    if shape.start is not None:
        begin = max(begin, stretches(shape.start, context)[0].start)
    hours = _hours(shape, context)
    moment = begin + timedelta(hours=hours)
    clock = shape.at is not None and shape.at.clock is not None
    if shape.unit is Grain.HOUR and not clock:
        moment, clock = floor(context.now, Grain.MINUTE), True
    first = _first(rule, moment, context.now)
    end = None if shape.to is None else _end(first, shape.to, context)
    if shape.length is not None and clock:
        end = add_amount(first, shape.length, 1)
    if shape.reach is not None:
        last = add_amount(midnight(first), shape.reach, 1)
        rule = f"{rule};UNTIL={last - timedelta(seconds=1):%Y%m%dT%H%M%S}"
    return Recurrence(rule, place, first, shape.after_completion, clock, end)


def moved_rule(rule: str, days: int) -> str:
    """A rule of weeks with its weekdays so many days later; others are left."""
    parts = rule.split(";")
    if not days or parts[0] != "FREQ=WEEKLY":
        return rule
    for place, part in enumerate(parts):
        name, _, value = part.partition("=")
        if name == "BYDAY":
            later = sorted((_NAMES.index(day) + days) % 7 for day in value.split(","))
            parts[place] = "BYDAY=" + ",".join(_NAMES[day] for day in later)
    return ";".join(parts)


def without_first(recurrence: Recurrence) -> Recurrence:
    """A recurrence from its second time on; one that has no second time is left.

    Its first time has no zone.
    """
    first = recurrence.first
    second = None if first is None else rrulestr(recurrence.rule, dtstart=first).after(first)
    if first is None or second is None:
        return recurrence
    end = None if recurrence.end is None else recurrence.end + (second - first)
    return replace(recurrence, first=second, end=end)


def _end(first: datetime, to: Clock, context: Context) -> datetime:
    """When the first time ends: at the next moment after it that a clock shows so."""
    ends = [
        midnight(first) + timedelta(hours=hour, minutes=to.minute or 0)
        for hour in hours_of(to, context)
    ]
    return min(one if one > first else one + timedelta(1) for one in ends)


def _rule(shape: Repeating, context: Context) -> str:
    frequency, times = _FREQUENCIES[shape.unit]
    every = shape.every * times
    parts = [f"FREQ={frequency}"]
    if every > 1:
        parts.append(f"INTERVAL={every}")
    if shape.weekdays:
        numbers = [str(nth) for nth in shape.nth] or [""]
        days = (f"{nth}{_NAMES[day]}" for nth in numbers for day in shape.weekdays)
        parts.append("BYDAY=" + ",".join(days))
    if shape.month is not None:
        parts.append(f"BYMONTH={shape.month}")
    if shape.month_day:
        parts.append("BYMONTHDAY=" + ",".join(map(str, shape.month_day)))
    if shape.place:
        parts.append(f"BYSETPOS={shape.place}")
    if shape.times:
        parts.append(f"COUNT={shape.times}")
    if shape.until is not None:
        last = stretches(shape.until, context)[0]
        parts.append(f"UNTIL={last.end - timedelta(seconds=1):%Y%m%dT%H%M%S}")
    return ";".join(parts)


def _with_times(rule: str, shape: Repeating, context: Context) -> str:
    """A rule with all times of day.

    A rule names hours and minutes apart and means each with each. Where they differ in both, those
    that are meant are picked out by their place in a day, so the rule has to count by days.

    Raises:
        OutOfCalendarError: No rule says it: other minutes every other week.
    """
    if shape.also and shape.place:
        raise OutOfCalendarError
    if not shape.also or shape.at is None or shape.at.clock is None:
        return rule
    clocks = (shape.at.clock, *shape.also)
    times = sorted({(hours_of(one, context)[0], one.minute or 0) for one in clocks})
    hours = sorted({hour for hour, _ in times})
    minutes = sorted({minute for _, minute in times})
    named = f"{rule};BYHOUR={','.join(map(str, hours))}"
    if len(minutes) == 1:
        return named
    if shape.unit is Grain.WEEK and shape.every == 1 and shape.weekdays:
        named = named.replace("FREQ=WEEKLY", "FREQ=DAILY")
    elif shape.unit is not Grain.DAY:
        raise OutOfCalendarError
    each = [(hour, minute) for hour in hours for minute in minutes]
    places = ",".join(str(each.index(one) + 1) for one in times)
    picked = f";BYSETPOS={places}" if len(each) > len(times) else ""
    return f"{named};BYMINUTE={','.join(map(str, minutes))}{picked}"


def _hours(shape: Repeating, context: Context) -> float:
    """The time of day, in hours from midnight."""
    if shape.at is None:
        return 0
    if shape.at.clock is not None:
        clock = shape.at.clock
        hour = hours_of(clock, context)[0]
        return hour + (clock.minute or 0) / 60 + (clock.second or 0) / 3600
    return context.customs.parts[shape.at.part.name][0] if shape.at.part is not None else 0


def _first(rule: str, begin: datetime, now: datetime) -> datetime:
    named = "BY" in rule
    rule = ";".join(part for part in rule.split(";") if not part.startswith("COUNT"))
    timed = begin != midnight(begin)
    try:
        if not named:
            moment = begin
            return moment if moment >= now or not timed else moment + timedelta(1)
        plain = ";".join(part for part in rule.split(";") if not part.startswith("INTERVAL"))
        found = rrulestr(plain, dtstart=begin).after(now if timed else midnight(now), inc=True)
    except (ValueError, OverflowError) as error:
        raise OutOfCalendarError from error
    if found is None:
        raise OutOfCalendarError
    return found
