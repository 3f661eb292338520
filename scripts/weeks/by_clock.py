"""Holds the blocks of a plan against clock and calendar, without any slots."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

from assistant.domain.ids import TaskId
from assistant.domain.schedule import Block, WeekPlan
from assistant.domain.task import Task
from assistant.planner.schedule.week import WeekAsk

_MINUTE = timedelta(minutes=1)


def broken(week: WeekAsk, plan: WeekPlan) -> list[str]:
    """What breaks a rule in clock time; blocks that were pinned are the user's own affair."""
    tasks = {task.id: task for task in week.tasks}
    free = [block for block in plan.blocks if not block.pinned]
    found: list[str] = []
    for block in free:
        found += _of_block(week, block, tasks[block.task])
    ordered = sorted(plan.blocks, key=lambda one: one.start.astimezone(UTC))
    for one, other in pairwise(ordered):
        both_pinned = one.pinned and other.pinned
        if other.start < one.end and not both_pinned:
            found.append(f"{one.title} and {other.title} overlap at {other.start}")
    found += _order(week, plan, tasks)
    return found


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
    over = {one.task for one in plan.overflow}
    for block in plan.blocks:
        for first in tasks[block.task].waits_for:
            ends = [one.end for one in plan.blocks if one.task == first]
            begun = tasks[first].fixed_start
            if block.pinned or first in parents or (begun is not None and begun < week.now):
                continue
            if first in over or not ends:
                yield f"{block.title} is planned, though {first} before it is not"
            elif max(ends) > block.start:
                yield f"{block.title} begins before {first} ends"
