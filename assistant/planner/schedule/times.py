"""Recurring tasks in a week: each of their times is something to do of its own.

A later time is a copy of the task with its dates moved, under a key of its own. Each time has its
stretch: from its own beginning, or from when the time before is due, until that of the next.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo
from itertools import chain
from typing import Final, TypeVar

from assistant.domain.ids import TaskId
from assistant.domain.schedule import Block
from assistant.domain.task import Due, Task, TaskState
from assistant.planner.schedule.slots import SlotLine
from assistant.planner.schedule.week import WeekAsk
from assistant.planner.tasks.coming_again import (
    Later,
    later_times,
    missed_by,
    moved_by,
    parts_again,
)

T = TypeVar("T")
_FIRST_KEY: Final = -(1 << 40)
"""Keys of later times go down from here: below those of reviews and lessons."""


@dataclass(frozen=True, slots=True)
class Time:
    """One time of a recurring task, or of a part of one.

    Args:
        task: Of which task.
        series: The recurring task.
        at: The date that the rule is about; None for the time that the task stands at.
        until: When the next time begins; None where that is beyond what is planned.
    """

    task: TaskId
    series: TaskId
    at: datetime | None
    until: datetime | None


def with_times(week: WeekAsk) -> tuple[WeekAsk, Mapping[int, Time]]:
    """The week with later times as tasks of their own, and which time each key stands for.

    Blocks of the plan before go by the keys as well; those of times that are no more are left out.
    """
    end = SlotLine(week.now, week.days, week.zone).end
    here = week.now.astimezone(week.zone)
    below = _by_parent((*week.tasks, *week.parts))
    found: dict[int, Time] = {}
    copies: list[Task] = []
    standing = {task.id: task for task in week.tasks}
    for task in _recurring(week.tasks):
        later = later_times(task, here, end)
        if not later:
            continue
        parts = _parts_of(task, below)
        behind = missed_by(task, here)
        begins = _beginnings(
            [moved_by(task, by) for by in (behind, *(one.by for one in later))], later, here
        )
        for one in (task, *parts):
            found[int(one.id)] = Time(one.id, task.id, None, begins[0])
            if one.id in standing:
                standing[one.id] = moved_by(one, behind)
        for number, one in enumerate(later[len(later) - len(begins) :]):
            until = begins[number + 1] if number + 1 < len(begins) else None
            group = _again(task, parts, one, begins[number])
            keys = {copy.id: TaskId(_FIRST_KEY - len(copies) - at) for at, copy in enumerate(group)}
            copies += (_under_keys(copy, keys) for copy in group)
            for real, key in keys.items():
                found[key] = Time(real, task.id, one.at, until)
    if not found:
        blocks = tuple(block for block in week.blocks if block.occurrence is None)
        return replace(week, blocks=blocks), found
    whole = replace(
        week,
        tasks=(*standing.values(), *copies),
        minutes={**week.minutes, **_by_times(week.minutes, found)},
        importance={**week.importance, **_by_times(week.importance, found)},
        blocks=tuple(_by_keys(week, found)),
    )
    return whole, found


def due_end(due: Due, zone: tzinfo) -> datetime:
    """When something has to have ended: of a whole day its end."""
    if not due.whole_day:
        return due.moment
    day = due.moment.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, time(), zone)


def _by_parent(tasks: Iterable[Task]) -> Mapping[TaskId, Sequence[Task]]:
    found: dict[TaskId, list[Task]] = {}
    for task in tasks:
        if task.parent is not None:
            found.setdefault(task.parent, []).append(task)
    return found


def _parts_of(task: Task, below: Mapping[TaskId, Sequence[Task]]) -> list[Task]:
    """All parts of a task and their parts."""
    found: list[Task] = []
    seen = {task.id}
    level = [task]
    for whole in level:
        fresh = [part for part in below.get(whole.id, ()) if part.id not in seen]
        seen.update(part.id for part in fresh)
        found += fresh
        level += fresh
    return found


def _recurring(tasks: Sequence[Task]) -> Iterator[Task]:
    """Tasks that come again by the calendar, on their own, and are not held by someone else."""
    known = {task.id: task for task in tasks}
    for task in tasks:
        if task.repeat is None or task.repeat.after_completion:
            continue
        above: dict[TaskId, Task] = {}
        whole = task
        while whole.parent is not None and whole.parent in known and whole.parent not in above:
            whole = known[whole.parent]
            above[whole.id] = whole
        held = any(one.state is TaskState.WAITING for one in (task, *above.values()))
        if not held and not any(one.repeat for one in above.values()):
            yield task


def _beginnings(times: Sequence[Task], later: Sequence[Later], now: datetime) -> list[datetime]:
    """When each later time begins: its own beginning, else when the time before is due.

    Those that are over before they could be done are left out, from the first on.

    Args:
        times: The task as it stands, and at each of the later times.
        later: These.
        now: In the user's zone.
    """
    zone = now.tzinfo
    ends = [due_end(one.due, zone) if one.due and zone else None for one in times]
    found: list[datetime] = []
    for number, one in enumerate(times[1:], start=1):
        own = one.not_before or one.fixed_start or ends[number - 1]
        end = ends[number]
        if own is None or (end is not None and own >= end):
            own = later[number - 1].at  # several times of one day are all due at its end
        found.append(own)
    gone = max(0, sum(begins <= now for begins in found) - 1)
    del found[:gone], ends[1 : gone + 1]
    if found[0] <= now:
        # What is overdue has half of the time until the next one is to be over.
        limits = [end for end in (ends[1], *found[1:2]) if end is not None and end > now]
        found[0] = now + (min(limits) - now) / 2 if limits else now
    return found


def _again(task: Task, parts: Sequence[Task], later: Later, begins: datetime) -> list[Task]:
    """The task and its parts as they come again, under the ids that they have now."""
    whole = moved_by(task, later.by)
    whole = replace(whole, state=TaskState.OPEN, parent=None, waits_for=())
    again = chain.from_iterable(parts_again(parts, later.by).values())
    some = (replace(part, due=part.due or whole.due) for part in again)
    return [_from(one, begins) for one in (whole, *some)]


def _from(task: Task, begins: datetime) -> Task:
    first = begins if task.not_before is None else max(task.not_before, begins)
    return replace(task, not_before=first)


def _under_keys(copy: Task, keys: Mapping[TaskId, TaskId]) -> Task:
    parent = None if copy.parent is None else keys.get(copy.parent)
    firsts = tuple(keys[first] for first in copy.waits_for if first in keys)
    return replace(copy, id=keys[copy.id], parent=parent, waits_for=firsts)


def _by_times(values: Mapping[TaskId, T], found: Mapping[int, Time]) -> dict[TaskId, T]:
    """What is known of tasks for each of their times."""
    return {TaskId(key): values[one.task] for key, one in found.items() if one.task in values}


def _by_keys(week: WeekAsk, found: Mapping[int, Time]) -> Iterator[Block]:
    """The blocks of the plan before, each under the key of its time.

    Doing a task now counts for all times that have come: their blocks are those of the present one.
    """
    keys = {(one.task, one.at): TaskId(key) for key, one in found.items()}
    first: dict[TaskId, datetime] = {}
    for one in found.values():
        if one.at is not None:
            first[one.task] = min(one.at, first.get(one.task, one.at))
    for block in week.blocks:
        at = block.occurrence
        key = keys.get((block.task, at))
        if key is not None:
            yield replace(block, task=key)
        elif at is None or (block.task in first and at < first[block.task] and at <= week.now):
            yield replace(block, occurrence=None)
