"""What is to be done according to a calendar, as tasks."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Final, cast

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.task import ENDED, Due, Priority, Repeat, Task, TaskState
from assistant.domain.zones import zone_name, zone_named
from assistant.planner.calendar.component import Component, relations_in, values_of
from assistant.planner.calendar.lines import pieces_of
from assistant.planner.calendar.own_lines import ESTIMATE, PROJECT, ZONE, own_fields, repeat_of
from assistant.planner.calendar.parsing import FAULTS, Unreadable, parsed, reason_of
from assistant.planner.calendar.values import CalendarItem, Relation
from assistant.planner.tasks.coming_again import dates_of, off_left_out
from assistant.planner.tasks.series import Series, local

_STATES: Final = {
    "IN-PROCESS": TaskState.DOING,
    "COMPLETED": TaskState.DONE,
    "CANCELLED": TaskState.DROPPED,
}
_PRIORITIES: Final = {
    1: Priority.URGENT,
    **dict.fromkeys((2, 3, 4), Priority.HIGH),
    5: Priority.MEDIUM,
    **dict.fromkeys((6, 7, 8, 9), Priority.LOW),
}
_LONGEST: Final = 10 * 366 * 24 * 60
"""The longest estimate that is believed, in minutes."""
_NOWHERE: Final = frozenset({"", "UTC", "Etc/UTC"})
"""Names of zones that do not say where a moment is meant."""
_TOGETHER: Final = (
    ("title",),
    ("state", "ended"),
    ("notes",),
    ("priority",),
    ("tags",),
    ("people",),
    ("place",),
    ("due", "not_before", "fixed_start", "fixed_end"),
    ("estimate_min",),
    ("splitting",),
    ("prefers",),
    ("repeat",),
)
"""What a task takes from an item that was changed in its file; each group as one."""


def task_of(item: CalendarItem, now: datetime, zone: tzinfo) -> Task:
    """The task that an item of a calendar names; its id is 0, as it was not kept yet.

    Args:
        item: Of the kind "task".
        now: When it is brought in.
        zone: The user's: where days and times are that name no zone, or only UTC, in which
            most programs write whatever the zone that was meant.

    Raises:
        Unreadable: If it says nothing that is to be done.
    """
    todo = _main(item)
    try:
        return _task(todo, now, zone)
    except FAULTS as error:
        raise Unreadable(reason_of(error)) from error


def project_of(item: CalendarItem) -> str:
    """The project that a task was written with, by name; empty where none is said."""
    try:
        todo = _main(item)
    except Unreadable:
        return ""
    return " ".join(str(todo.get(PROJECT, "")).split())


def relations_of(item: CalendarItem) -> tuple[Relation, ...]:
    """What other items an item names as related to it."""
    if "RELATED-TO" not in item.text.upper():
        return ()
    try:
        return relations_in(_main(item))
    except Unreadable:
        return ()


def updated(old: Task, read: Task, before: Task | None) -> Task:
    """A task with what an item says anew of it; all else is left to the user.

    Args:
        old: The task as it is.
        read: What the item says.
        before: What it said when it was read last; None: nothing that could be read.
    """
    names = [
        name
        for group in _TOGETHER
        if before is None or any(getattr(read, one) != getattr(before, one) for one in group)
        for name in group
    ]
    return replace(old, **{name: getattr(read, name) for name in names})


def _main(item: CalendarItem) -> Component:
    pieces, place = pieces_of(item.text)
    if not pieces:
        raise Unreadable("It is no component.")
    return parsed(pieces[place])


def _task(todo: Component, now: datetime, zone: tzinfo) -> Task:
    title = " ".join(str(todo.get("SUMMARY", "")).split())
    notes = str(todo.get("DESCRIPTION", ""))
    if not title:
        title = next((line.strip() for line in notes.splitlines() if line.strip()), "")[:500]
    if not title:
        raise Unreadable("It has no SUMMARY and no DESCRIPTION.")
    zone = zone_named(str(todo.get(ZONE, ""))) or zone
    state = _STATES.get(str(todo.get("STATUS", "")).upper(), TaskState.OPEN)
    ended = _moment(todo, "COMPLETED", zone)
    if ended is not None and state is TaskState.OPEN:
        state = TaskState.DONE
    task = Task(
        id=TaskId(0),
        title=title,
        created=_moment(todo, "CREATED", zone) or now,
        state=state,
        notes=notes,
        priority=_priority(todo),
        tags=_tags(todo),
        place=str(todo.get("LOCATION", "")),
        estimate_min=_minutes(todo),
        repeat=_repeat(todo),
        ended=(ended or now) if state in ENDED else None,
    )
    own = own_fields(todo, _moment(todo, "DTSTART", zone), _due(todo, zone), state)
    return _less_days(replace(task, **cast("dict[str, Any]", own)), todo, zone)


def _moment(todo: Component, name: str, zone: tzinfo) -> datetime | None:
    value: Any = getattr(todo.get(name), "dt", None)
    if isinstance(value, datetime):
        return _in_zone(value, zone)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=zone)
    return None


def _in_zone(moment: datetime, zone: tzinfo) -> datetime:
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone)
    return moment.astimezone(zone) if zone_name(moment.tzinfo) in _NOWHERE else moment


def _due(todo: Component, zone: tzinfo) -> Due | None:
    moment = _moment(todo, "DUE", zone)
    if moment is not None:
        return Due(moment, whole_day=not isinstance(todo["DUE"].dt, datetime))
    start = _moment(todo, "DTSTART", zone)
    length: Any = getattr(todo.get("DURATION"), "dt", None)
    if start is not None and isinstance(length, timedelta):
        return Due(start + length, whole_day=False)
    return None


def _priority(todo: Component) -> Priority | None:
    """1 to 4 are high and 6 to 9 low (RFC 5545, 3.8.1.9); 1 is what the user calls urgent."""
    return _PRIORITIES.get(int(todo.get("PRIORITY", 0)))


def _tags(todo: Component) -> tuple[str, ...]:
    lists = values_of(todo, "CATEGORIES")
    words = [str(word).strip() for one in lists for word in getattr(one, "cats", [one])]
    return tuple(dict.fromkeys(word for word in words if word))


def _minutes(todo: Component) -> int | None:
    words = str(todo.get(ESTIMATE, ""))
    if words.isdecimal() and 0 < int(words) <= _LONGEST:
        return int(words)
    length: Any = getattr(todo.get("DURATION"), "dt", None)
    if isinstance(length, timedelta) and timedelta(0) < length <= timedelta(days=30):
        return max(1, round(length.total_seconds() / 60))
    return None


def _repeat(todo: Component) -> Repeat | None:
    rule = next(iter(values_of(todo, "RRULE")), None)
    return None if rule is None else repeat_of(todo, rule.to_ical().decode())


def _less_days(task: Task, todo: Component, zone: tzinfo) -> Task:
    """A task without the days that its component leaves out; of several times a day all have to."""
    left_out = [one.dt for value in values_of(todo, "EXDATE") for one in value.dts]
    if task.repeat is None or not left_out:
        return task
    dates, series = dates_of(task), Series.of(task.repeat)
    moments = [_in_zone(one, zone) for one in left_out if isinstance(one, datetime)]
    times = Counter(moment.date() for moment in moments)
    days = {one for one in left_out if isinstance(one, date) and not isinstance(one, datetime)}
    try:
        for day, count in times.items():
            if not dates or count >= len(series.on_day(local(dates[0]), day)):
                days.add(day)
        return off_left_out(
            replace(task, repeat=replace(task.repeat, left_out=tuple(sorted(days))))
        )
    except UserFacingError:
        return task  # a rule that can't be read is refused where the task is kept
