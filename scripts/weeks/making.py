"""Draws weeks: events from calendar files, tasks of many kinds, hours, customs, zones."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.schedule import Busy, Hours
from assistant.domain.task import DayPart, Due, Priority, Repeat, Splitting, Task
from assistant.planner.calendar import LoadedCalendar, busy_times, read_calendar
from assistant.planner.schedule.week import Customs, WeekAsk

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")
_FIRST = datetime(2000, 1, 1, tzinfo=UTC)
_LAST = datetime(2030, 1, 1, tzinfo=UTC)
_LONGEST = timedelta(days=2)
_WEEK = timedelta(days=7)
_WEEKEND = (5, 6)
_RULES = ("FREQ=DAILY", "FREQ=DAILY;INTERVAL=2", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=WEEKLY")
_PLACES = ("", "", "", "home", "campus")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Calendars that hold events, and when these take place.

    Args:
        calendars: By the name of their file.
        begins: Of each, when each of its events begins.
        refused: Files of which nothing could be read or expanded.
    """

    calendars: Mapping[str, Sequence[LoadedCalendar]]
    begins: Mapping[str, Sequence[datetime]]
    refused: Sequence[str]


def read_folder(folder: Path) -> Shelf:
    """Every calendar of a folder."""
    calendars: dict[str, list[LoadedCalendar]] = {}
    begins: dict[str, list[datetime]] = {}
    refused: list[str] = []
    for path in sorted(folder.rglob("*.ics")):
        read = read_calendar(path.read_bytes(), path.stem, _LAST)
        loaded = [LoadedCalendar(one) for one in read.calendars]
        found = {
            one.start
            for calendar in loaded
            for one in calendar.between(_FIRST, _LAST, UTC).occurrences
            if one.busy
        }
        if found:
            calendars[path.name] = loaded
            begins[path.name] = sorted(found)
        else:
            refused.append(path.name)
    return Shelf(calendars, begins, refused)


def draw_week(shelf: Shelf, seed: int) -> WeekAsk:
    """One week; the same for the same seed and folder."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    zone = ZoneInfo(chance.choice(ZONES))
    names = sorted(shelf.begins)
    anchor = chance.choice(shelf.begins[chance.choice(names)])
    day = anchor.astimezone(zone).date() - timedelta(days=chance.randrange(3))
    now = datetime.combine(day, time(chance.choice((0, 7, 9, 14)), chance.randrange(60)), zone)
    busy = _between(shelf, now, zone)
    for name in chance.sample(names, min(len(names), chance.randrange(12))):
        busy += _laid(shelf, name, chance.choice(shelf.begins[name]), now, zone)
    busy = [replace(one, place=chance.choice(_PLACES)) for one in busy]
    count = chance.choice((3, 8, 15, 20, 25, 30, 40))
    tasks = tuple(
        _again(chance, _task(chance, number, count, now), now) for number in range(1, count + 1)
    )
    customs = Customs(
        focus_min=chance.choice((45, 60, 90, 120)),
        rest_min=chance.choice((5, 10, 15, 30)),
        travel_min=chance.choice((0, 15, 30)),
        late=_falls(chance, 0.3),
        curve=_curve(chance),
    )
    return WeekAsk(now, zone, 7, tasks, _hours(chance), tuple(busy), customs=customs)


def _falls(chance: random.Random, share: float) -> bool:
    """Whether something that is so in that share of cases is so now."""
    return chance.random() < share


def _between(shelf: Shelf, now: datetime, zone: ZoneInfo) -> list[Busy]:
    return [
        busy
        for name, loaded in shelf.calendars.items()
        for calendar in loaded
        for busy in busy_times(calendar.between(now, now + _WEEK, zone).occurrences, name)
        if busy.end - busy.start <= _LONGEST
    ]


def _laid(shelf: Shelf, name: str, begin: datetime, now: datetime, zone: ZoneInfo) -> list[Busy]:
    """The week of a calendar around one of its events, laid on the week that is planned."""
    weeks = round((now - begin) / _WEEK)
    start = begin.astimezone(UTC) - timedelta(days=3)
    found = [
        busy
        for calendar in shelf.calendars[name]
        for busy in busy_times(calendar.between(start, start + _WEEK, zone).occurrences, name)
        if busy.end - busy.start <= _LONGEST
    ]
    shift = weeks * _WEEK
    return [
        replace(one, start=_shifted(one.start, shift), end=_shifted(one.end, shift))
        for one in found
    ]


def _shifted(moment: datetime, shift: timedelta) -> datetime:
    return moment.astimezone(UTC) + shift


def _hours(chance: random.Random) -> tuple[Hours, ...]:
    found: list[Hours] = []
    for weekday in range(7):
        if weekday in _WEEKEND and _falls(chance, 0.6):
            continue
        opens = time(chance.choice((6, 8, 9, 10)), chance.choice((0, 0, 30)))
        spans = [(opens, time(12)), (time(13), time(chance.choice((17, 18, 22)), 0))]
        if _falls(chance, 0.1):
            spans.append((time(22), time(0)))
        found.append(Hours(weekday, tuple(spans)))
    return tuple(found)


def _curve(chance: random.Random) -> tuple[tuple[float, ...], ...]:
    if _falls(chance, 0.3):
        return ()
    peak = chance.choice((9, 11, 15, 20))
    return tuple(tuple(max(0.1, 1 - abs(hour - peak) / 12) for hour in range(24)) for _ in range(7))


def _again(chance: random.Random, task: Task, now: datetime) -> Task:
    """Some tasks come again: on days of their own, by a deadline, or at a time."""
    if task.parent is not None or not _falls(chance, 0.12):
        return task
    rule = chance.choice(_RULES)
    near = now.replace(tzinfo=None, hour=0, minute=0) - timedelta(days=chance.randrange(9))
    first = next(iter(rrulestr(rule, dtstart=near))).replace(tzinfo=now.tzinfo)
    short = replace(task, estimate_min=chance.choice((10, 20, 30, 45, 60)), repeat=Repeat(rule))
    kind = chance.choice(("day", "day", "due", "time"))
    if kind == "time" and first.date() >= now.date():
        start = first + timedelta(hours=chance.randrange(8, 21))
        return replace(short, due=None, not_before=None, fixed_start=start)
    begin = first if kind == "day" else None
    return replace(short, due=Due(first), not_before=begin, fixed_start=None)


def _task(chance: random.Random, number: int, count: int, now: datetime) -> Task:
    due = None
    if _falls(chance, 0.6):
        moment = now + timedelta(hours=chance.randrange(-20, 24 * 9))
        whole = _falls(chance, 0.6)
        due = Due(moment.replace(hour=0, minute=0) if whole else moment, whole)
    begin = now + timedelta(hours=chance.randrange(24 * 5)) if _falls(chance, 0.2) else None
    fixed = now + timedelta(minutes=5 * chance.randrange(2000)) if _falls(chance, 0.04) else None
    waits = (TaskId(chance.randrange(1, number)),) if number > 1 and _falls(chance, 0.2) else ()
    return Task(
        TaskId(number),
        f"Task {number}",
        now - timedelta(days=1),
        project=chance.choice((None, ProjectId(1), ProjectId(2), ProjectId(3))),
        parent=TaskId(count) if number < count and _falls(chance, 0.05) else None,
        priority=chance.choice((None, None, *Priority)),
        place=chance.choice((*_PLACES, "", "", "")),
        due=due,
        not_before=begin,
        fixed_start=fixed,
        estimate_min=chance.choice((None, 5, 15, 25, 30, 45, 60, 60, 90, 120, 180, 300)),
        splitting=Splitting(_falls(chance, 0.7), chance.choice((15, 25, 30))),
        prefers=chance.choice((None, None, None, *DayPart)),
        waits_for=waits,
    )
