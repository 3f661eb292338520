"""Holds the blocks of a plan against clock and calendar, without any slots."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

from dateutil.rrule import rrulestr

from assistant.domain.ids import TaskId
from assistant.domain.schedule import Block, WeekPlan
from assistant.domain.task import Due, Task, TaskState
from assistant.planner.schedule.asking import DEFAULT_MIN
from assistant.planner.schedule.week import WeekAsk

_MINUTE = timedelta(minutes=1)
_FIRST = datetime.min.replace(tzinfo=UTC)


def broken(week: WeekAsk, plan: WeekPlan) -> list[str]:
    """What breaks a rule in clock time; blocks that were pinned are the user's own affair."""
    tasks = {task.id: task for task in week.tasks}
    free = [block for block in plan.blocks if not block.pinned]
    found: list[str] = []
    for block in free:
        found += _of_block(week, block, _as_it_comes(tasks, block))
    ordered = sorted(plan.blocks, key=lambda one: one.start.astimezone(UTC))
    for one, other in pairwise(ordered):
        both_pinned = one.pinned and other.pinned
        if other.start < one.end and not both_pinned:
            found.append(f"{one.title} and {other.title} overlap at {other.start}")
    found += _order(week, plan, tasks)
    for task in week.tasks:
        if task.repeat is not None and task.state is not TaskState.WAITING:
            found += _times(week, plan, task)
    return found


def _as_it_comes(tasks: dict[TaskId, Task], block: Block) -> Task:
    """The task of a block at the time that the block is for."""
    task = tasks[block.task]
    if block.occurrence is None:
        return task
    whole = task if task.repeat is not None or task.parent is None else tasks[task.parent]
    days = block.occurrence.date() - _date(whole).date()
    due, first = task.due, task.not_before
    return replace(
        task,
        due=None if due is None else Due(due.moment + days, due.whole_day),
        not_before=None if first is None else first + days,
    )


def _date(task: Task) -> datetime:
    """The date of a recurring task, as these weeks are drawn."""
    found = task.due.moment if task.due is not None else task.fixed_start
    if found is None:
        raise ValueError(task.id)
    return found


def _times(week: WeekAsk, plan: WeekPlan, task: Task) -> Iterator[str]:
    """Whether each day of a rule has its time, and the times stand one after the other."""
    date = _date(task).replace(tzinfo=None)
    days = rrulestr(task.repeat.rule if task.repeat else "", dtstart=date)
    today, end = (one.astimezone(week.zone).replace(tzinfo=None) for one in (week.now, plan.end))
    wanted = {one.date() for one in days.between(date, end) if one.date() > today.date()}
    parts = {one.id: one for one in week.tasks if one.parent == task.id} or {task.id: task}
    mine = sorted((one for one in plan.blocks if one.task in parts), key=lambda one: one.start)
    lacking = [one for one in plan.overflow if one.task in parts]
    there = {one.occurrence.date() for one in (*mine, *lacking) if one.occurrence is not None}
    rule = task.repeat.rule if task.repeat else ""
    worked = {one.weekday for one in week.hours if one.spans}
    worked |= {moment.astimezone(week.zone).weekday() for span in week.extra for moment in span}
    free = {one for one in wanted if "FREQ=DAILY" in rule and one.weekday() not in worked}
    begins = [one.fixed_start for one in parts.values() if one.fixed_start is not None]
    if len(begins) == len(parts):
        # Appointments at each of its times: those beyond the planned days have no block in them.
        first = min(begins).astimezone(week.zone).replace(tzinfo=None)
        free |= {one for one in wanted if first + (one - date.date()) >= end}
    if not wanted - free <= there <= wanted:
        yield f"{task.title} is planned for {sorted(there)}, but comes on {sorted(wanted)}"
    loose = [one.occurrence for one in mine if not one.pinned]
    ranks = [_FIRST if one is None else one for one in loose]
    if ranks != sorted(ranks):
        yield f"the times of {task.title} do not follow one another: {loose}"
    for key, at in {(one.task, one.occurrence) for one in mine}:
        same = [one for one in mine if (one.task, one.occurrence) == (key, at)]
        minutes = sum((one.end - one.start) // _MINUTE for one in same)
        if task.fixed_start is None and minutes > (parts[key].estimate_min or DEFAULT_MIN) + 4:
            yield f"{parts[key].title} takes {minutes} minutes at its time of {at}"


def _of_block(week: WeekAsk, block: Block, task: Task) -> Iterator[str]:
    name = f"{block.title} at {block.start}"
    if block.start < week.now:
        yield f"{name} lies in the past"
    at = block.start.astimezone(UTC)
    while at < block.end:
        if not _open(week, at):
            yield f"{name} is outside of the hours"
            break
        at += _MINUTE
    for busy in week.busy:
        if busy.start < block.end and busy.end > block.start:
            yield f"{name} lies on {busy.title} from {busy.start} to {busy.end}"
    if task.not_before is not None and block.start < task.not_before:
        yield f"{name} begins before {task.not_before}"
    due = _due(week, task)
    kept = due is not None and due > week.now + 5 * _MINUTE and not week.customs.late
    if kept and due is not None and block.end > due:
        yield f"{name} ends after {due}"
    if task.fixed_start is not None:
        yield f"{name} is an appointment, and was placed"


def _open(week: WeekAsk, moment: datetime) -> bool:
    local = moment.astimezone(week.zone)
    clock = local.time().replace(tzinfo=None)
    return any(
        opens <= clock and (clock < closes or closes == time(0))
        for hours in week.hours
        if hours.weekday == local.weekday()
        for opens, closes in hours.spans
    )


def _due(week: WeekAsk, task: Task) -> datetime | None:
    if task.due is None:
        return None
    if not task.due.whole_day:
        return task.due.moment
    day = task.due.moment.astimezone(week.zone).date() + timedelta(days=1)
    return datetime.combine(day, time(0), week.zone)


def _order(week: WeekAsk, plan: WeekPlan, tasks: dict[TaskId, Task]) -> Iterator[str]:
    parents = {task.parent for task in week.tasks if task.parent is not None}
    over = {one.task for one in plan.overflow if one.occurrence is None}
    for block in plan.blocks:
        for first in tasks[block.task].waits_for if block.occurrence is None else ():
            ends = [one.end for one in plan.blocks if one.task == first and one.occurrence is None]
            begun = tasks[first].fixed_start
            if block.pinned or first in parents or (begun is not None and begun < week.now):
                continue
            if first in over or not ends:
                yield f"{block.title} is planned, though {first} before it is not"
            elif max(ends) > block.start:
                yield f"{block.title} begins before {first} ends"
