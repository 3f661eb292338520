"""Writes calendars: what was read as it stood, and tasks and blocks of a plan beside it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from assistant.domain.task import Due, Priority, Repeat, Task, TaskState
from assistant.planner.calendar.component import (
    Component,
    add_relation,
    new_component,
    rule_value,
)
from assistant.planner.calendar.lines import escaped, lines_of, name_in, pieces_of, text_of
from assistant.planner.calendar.own_lines import OWN, SHOWN, first_and_last, own_names, own_values
from assistant.planner.calendar.parsing import parsed
from assistant.planner.calendar.values import CalendarItem, CalendarText, Relation
from assistant.planner.tasks.series import Series, local

_STATES: Final = {
    TaskState.OPEN: "NEEDS-ACTION",
    TaskState.WAITING: "NEEDS-ACTION",
    TaskState.DOING: "IN-PROCESS",
    TaskState.DONE: "COMPLETED",
    TaskState.DROPPED: "CANCELLED",
}
_LEVELS: Final = {Priority.URGENT: 1, Priority.HIGH: 3, Priority.MEDIUM: 5, Priority.LOW: 7}
_HEAD: Final = "VERSION:2.0\r\nPRODID:-//Lamplight//Planner//EN\r\n"


def calendar_text(calendar: CalendarText, more: Iterable[str] = ()) -> str:
    """A calendar as a file, its parts as they were read.

    Args:
        calendar: What was read.
        more: Components to add, as text.
    """
    parts = [*calendar.zones, *(item.text for item in calendar.items), *more]
    head = calendar.head or _HEAD
    return f"BEGIN:VCALENDAR\r\n{head}{''.join(parts)}END:VCALENDAR\r\n"


def export_head(calendar: CalendarText, *, shown: bool = True) -> str:
    """The calendar's own lines for a file that may go by another name than the one it came from.

    Args:
        calendar: Which; it is named where its own lines do not.
        shown: Whether its events are shown and take time.
    """
    lines = lines_of(calendar.head or _HEAD)
    head = text_of(tuple(line for line in lines if not line.whole.upper().startswith(OWN)))
    if not name_in(head):
        head += f"X-WR-CALNAME:{escaped(calendar.name)}\r\n"
    return head if shown else f"{head}{SHOWN}:FALSE\r\n"


def is_shown(calendar: CalendarText) -> bool:
    """Whether a calendar was shown when it was written."""
    return f"{SHOWN}:FALSE" not in (line.whole.upper() for line in lines_of(calendar.head))


def todo_of(
    task: Task, uid: str, project: str = "", base: str = "", related: Iterable[Relation] = ()
) -> str:
    """A task as a component of a calendar.

    Args:
        task: What to write.
        uid: By which it is known again.
        project: The name of its project, or nothing.
        base: The components that it was read from; what else they say is kept.
        related: What it names as related.
    """
    pieces, place = pieces_of(base) if base else (("",), 0)
    written = _todo(task, uid, project, pieces[place], related).to_ical().decode()
    return "".join((*pieces[:place], written, *pieces[place + 1 :]))


def as_written(task: Task, item: CalendarItem) -> CalendarItem:
    """An item as its task would be written by now.

    Properties of Lamplight's own are left out where the item has none of them: a program that
    does not know them has taken them away, or the item was written before there were any.
    """
    pieces, place = pieces_of(item.text)
    there = {name.upper() for name in own_names(parsed(pieces[place]))}
    todo = _todo(task, item.uid, "", "", ())
    for name in list(own_names(todo)):
        if name.upper() not in there:
            todo.pop(name)
    return replace(item, text=todo.to_ical().decode())


def _todo(task: Task, uid: str, project: str, base: str, related: Iterable[Relation]) -> Component:
    todo = parsed(base) if base else new_component("Todo")
    if not base:
        _stamp(todo, uid, task.created)
    first, due = first_and_last(task)
    values: dict[str, object] = {
        "SUMMARY": task.title,
        "CREATED": _utc(task.created),
        "STATUS": _STATES[task.state],
        "DESCRIPTION": task.notes or None,
        "PRIORITY": None if task.priority is None else _LEVELS[task.priority],
        "CATEGORIES": list(task.tags) or None,
        "LOCATION": task.place or None,
        "DUE": due and (due.moment.date() if due.whole_day else _utc(due.moment)),
        "DURATION": None,  # it would stand beside DUE, or be taken for the estimate
        "DTSTART": first and _utc(first),
        "RRULE": task.repeat and rule_value(task.repeat.rule),
        "EXDATE": _left_out(task.repeat, first, due) if task.repeat else None,
        "COMPLETED": _utc(task.ended) if task.ended and task.state is TaskState.DONE else None,
        "RELATED-TO": None,
        **own_values(task, project),
    }
    for name, value in values.items():
        if name in todo:
            todo.pop(name)
        if value is not None:
            todo.add(name, value)
    for relation in related:
        add_relation(todo, relation)
    return todo


def _left_out(
    repeat: Repeat, first: datetime | None, due: Due | None
) -> list[date | datetime] | None:
    """The days that are left out, each time of them as times of the task are written."""
    like = first or (due.moment if due and not due.whole_day else None)
    if like is None:
        return list(repeat.left_out) or None
    begin, series = local(like), Series.of(repeat)
    times = [
        at
        for day in repeat.left_out
        for at in series.on_day(begin, day) or [datetime.combine(day, begin.time())]
    ]
    return [_utc(at.replace(tzinfo=like.tzinfo)) for at in times] or None


def _stamp(component: Component, uid: str, moment: datetime) -> None:
    component.add("UID", uid)
    component.add("DTSTAMP", _utc(moment))


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
