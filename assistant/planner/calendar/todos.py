"""What is to be done according to a calendar, as tasks."""

from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Final

from assistant.domain.ids import TaskId
from assistant.domain.task import Due, Priority, Repeat, Task, TaskState
from assistant.planner.calendar.component import Component, values_of
from assistant.planner.calendar.parsing import FAULTS, Unreadable, parsed, reason_of
from assistant.planner.calendar.values import CalendarItem

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
ESTIMATE: Final = "X-LAMPLIGHT-ESTIMATE-MINUTES"
"""How long a task takes as its user said; iCalendar has no property beside a fixed duration."""
PROJECT: Final = "X-LAMPLIGHT-PROJECT"


def task_of(item: CalendarItem, now: datetime, zone: tzinfo) -> Task:
    """The task that an item of a calendar names; its id is 0, as it was not kept yet.

    Args:
        item: Of the kind "task".
        now: When it is brought in.
        zone: Where days and times without a zone are.

    Raises:
        Unreadable: If it says nothing that is to be done.
    """
    todo = parsed(f"BEGIN:VCALENDAR\r\n{item.text}END:VCALENDAR\r\n").subcomponents[0]
    try:
        return _task(todo, now, zone)
    except FAULTS as error:
        raise Unreadable(reason_of(error)) from error


def project_of(item: CalendarItem) -> str:
    """The project that a task was written with, by name; empty where none is said."""
    try:
        todo = parsed(f"BEGIN:VCALENDAR\r\n{item.text}END:VCALENDAR\r\n").subcomponents[0]
    except Unreadable:
        return ""
    return " ".join(str(todo.get(PROJECT, "")).split())


def _task(todo: Component, now: datetime, zone: tzinfo) -> Task:
    title = " ".join(str(todo.get("SUMMARY", "")).split())
    notes = str(todo.get("DESCRIPTION", ""))
    if not title:
        title = next((line.strip() for line in notes.splitlines() if line.strip()), "")
    if not title:
        raise Unreadable("It has no SUMMARY and no DESCRIPTION.")
    state = _STATES.get(str(todo.get("STATUS", "")).upper(), TaskState.OPEN)
    ended = _moment(todo, "COMPLETED", zone)
    if ended is not None and state is TaskState.OPEN:
        state = TaskState.DONE
    due = _due(todo, zone)
    return Task(
        id=TaskId(0),
        title=title[:500],
        created=_moment(todo, "CREATED", zone) or now,
        state=state,
        notes=notes,
        priority=_priority(todo),
        tags=_tags(todo),
        place=str(todo.get("LOCATION", "")),
        due=due,
        not_before=_moment(todo, "DTSTART", zone),
        estimate_min=_minutes(todo),
        repeat=_repeat(todo),
        ended=(ended or now) if state in {TaskState.DONE, TaskState.DROPPED} else None,
    )


def _moment(todo: Component, name: str, zone: tzinfo) -> datetime | None:
    value: Any = getattr(todo.get(name), "dt", None)
    if isinstance(value, datetime):
        return value.replace(tzinfo=zone) if value.tzinfo is None else value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=zone)
    return None


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
    if words.isdecimal() and int(words) > 0:
        return int(words)
    length: Any = getattr(todo.get("DURATION"), "dt", None)
    if isinstance(length, timedelta) and timedelta(0) < length <= timedelta(days=30):
        return max(1, round(length.total_seconds() / 60))
    return None


def _repeat(todo: Component) -> Repeat | None:
    rule = next(iter(values_of(todo, "RRULE")), None)
    return None if rule is None else Repeat(rule.to_ical().decode())
