"""A day in the order in which it goes: what is planned, what the calendars have, appointments."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from assistant.domain.ids import TaskId
from assistant.domain.schedule import BlockKind, WeekPlan
from assistant.domain.task import Task
from assistant.domain.task_filter import TaskFilter
from assistant.services.planning.calendar_values import CalendarEvents
from assistant.services.planning.task_values import Stretch, Today
from assistant.store.tasks import TaskRepository

_APPOINTMENT_MIN = 30
"""How long an appointment lasts that does not say it; as in the week."""


class DayReader:
    """Reads what has its time on a day.

    Args:
        plan: The plan that counts; called on the store thread.
        events: What takes place between two moments; called in the pool.
    """

    def __init__(
        self,
        plan: Callable[[], WeekPlan | None],
        events: Callable[[datetime, datetime], Iterable[CalendarEvents]],
    ) -> None:
        self._plan = plan
        self._events = events

    def with_tasks(self, repository: TaskRepository, today: Today, now: datetime) -> Today:
        """The day with what is planned for it, and with its appointments; on the store thread.

        What is done has no stretch any more.
        """
        plan = self._plan()
        begin, end = _bounds(now)
        ids = frozenset(
            one.task
            for one in (plan.blocks if plan is not None else ())
            if one.start < end and begin < one.end and one.task >= 0
        )
        found = repository.find(TaskFilter(ids=ids)) if ids else ()
        tasks = {one.id: one for one in (*found, *today.overdue, *today.due, *today.doing)}
        stretches = [*_planned(plan, tasks, now), *_appointments(tasks.values(), now)]
        return replace(today, planned=plan is not None, stretches=_in_order(stretches))

    def with_events(self, today: Today, now: datetime) -> Today:
        """The day with what the calendars have on it; in the pool."""
        events = _of_calendars(self._events(*_bounds(now)), now)
        return replace(today, stretches=_in_order((*today.stretches, *events)))


def _bounds(now: datetime) -> tuple[datetime, datetime]:
    begin = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return begin, begin + timedelta(days=1)


def _in_order(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    return tuple(
        sorted(stretches, key=lambda one: (not one.whole_day, one.start, one.end, one.title))
    )


def _planned(
    plan: WeekPlan | None, tasks: Mapping[TaskId, Task], now: datetime
) -> Iterator[Stretch]:
    begin, end = _bounds(now)
    for block in plan.blocks if plan is not None else ():
        if block.kind is BlockKind.EVENT or not (block.start < end and begin < block.end):
            continue
        task = tasks.get(block.task)
        if block.kind is BlockKind.TASK and (task is None or _has_own_time(task, block.occurrence)):
            continue
        yield Stretch(
            block.start.astimezone(now.tzinfo),
            block.end.astimezone(now.tzinfo),
            block.title if task is None else task.title,
            block.kind,
            task if block.occurrence is None else None,
            block.part,
            block.parts,
            "" if task is None else task.place,
        )


def _has_own_time(task: Task, occurrence: datetime | None) -> bool:
    """Whether a block is an appointment's, which stands where the task says."""
    return task.fixed_start is not None and occurrence is None


def _appointments(tasks: Iterable[Task], now: datetime) -> Iterator[Stretch]:
    begin, end = _bounds(now)
    for task in tasks:
        start = task.fixed_start
        if start is None:
            continue
        until = task.fixed_end or start + timedelta(minutes=task.estimate_min or _APPOINTMENT_MIN)
        if start < end and begin < until:
            zone = now.tzinfo
            start, until = start.astimezone(zone), until.astimezone(zone)
            yield Stretch(start, until, task.title, BlockKind.TASK, task, place=task.place)


def _of_calendars(calendars: Iterable[CalendarEvents], now: datetime) -> Iterator[Stretch]:
    begin, end = _bounds(now)
    for calendar in calendars:
        for one in calendar.occurrences:
            if one.status == "CANCELLED" or not _touches(
                one.start, one.end, (begin, end), day=begin.date() if one.whole_day else None
            ):
                continue
            whole = one.whole_day
            yield Stretch(
                begin if whole else one.start.astimezone(now.tzinfo),
                end if whole else one.end.astimezone(now.tzinfo),
                one.title or "Event",
                BlockKind.EVENT,
                place=one.place,
                calendar=calendar.calendar,
                whole_day=whole,
            )


def _touches(
    start: datetime, end: datetime, bounds: tuple[datetime, datetime], *, day: date | None
) -> bool:
    """Whether something is of a day; by its dates where it lasts whole days, in any zone."""
    if day is not None:
        return start.date() <= day < end.date()
    return start < bounds[1] and bounds[0] < end and start < end
