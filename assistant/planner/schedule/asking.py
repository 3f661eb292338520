"""A week as the user has it, made a problem in slots."""

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Final

from assistant.domain.ids import TaskId
from assistant.domain.schedule import Block, BlockKind, Hours
from assistant.domain.task import DayPart, Priority, Task, TaskState
from assistant.planner.schedule.order import ring_of, startable
from assistant.planner.schedule.problem import SLOT_MIN, Item, Piece, Problem, Taken, Weights
from assistant.planner.schedule.replan import pinned
from assistant.planner.schedule.slots import SlotLine
from assistant.planner.schedule.spans import merged, without
from assistant.planner.schedule.times import Time, due_end, with_times
from assistant.planner.schedule.week import StudyWish, WeekAsk

DEFAULT_MIN: Final = 30
"""How long a task takes that has no estimate."""
_LEFT_MIN: Final = 15
"""What is taken to be left of a task that took as long as it should, and is not done."""
_WEIGHTS: Final[Mapping[Priority | None, int]] = {
    Priority.URGENT: 8,
    Priority.HIGH: 5,
    Priority.MEDIUM: 3,
    None: 2,
    Priority.LOW: 1,
}
_DEMANDS: Final[Mapping[Priority | None, int]] = {
    Priority.URGENT: 80,
    Priority.HIGH: 70,
    Priority.MEDIUM: 60,
    None: 50,
    Priority.LOW: 30,
}
_SHORT_MIN: Final = 15
_SHORT_DEMAND: Final = 20
_PARTS: Final[Mapping[DayPart, tuple[time, time]]] = {
    DayPart.MORNING: (time(0), time(12)),
    DayPart.AFTERNOON: (time(12), time(18)),
    DayPart.EVENING: (time(18), time(0)),
}
_STUDY_GROUP: Final = -1
_SWITCH_COST: Final = 5
"""What a minute of going over to something else costs."""
_DAILY: Final = "FREQ=DAILY"
Named = tuple[TaskId, datetime | None]
"""A task, and which of its later times."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The same in slots.

    Args:
        problem: With what is pinned taken out of it.
        line: From slots back to moments.
        tasks: By their keys; later times of recurring ones have keys of their own.
        study: By their keys.
        fixed: Blocks that stay: pins, appointments, and what is under way.
        ring: Tasks that wait for one another, if any do.
        times: Of recurring tasks which time a key stands for.
        keys: Of each time its key.
    """

    problem: Problem
    line: SlotLine
    tasks: Mapping[int, Task]
    study: Mapping[int, StudyWish]
    fixed: tuple[Block, ...]
    ring: tuple[int, ...] = ()
    times: Mapping[int, Time] = field(default_factory=dict[int, Time])
    keys: Mapping[Named, int] = field(default_factory=dict["Named", int])

    def own(self, key: int) -> Named:
        """Of which task a key is, and which of its times."""
        time = self.times.get(key)
        return (TaskId(key), None) if time is None else (time.task, time.at)

    def key_of(self, task: TaskId, occurrence: datetime | None) -> int:
        """The key of a task, or of one of its later times; 0 where there is no such time."""
        return int(task) if occurrence is None else self.keys.get((task, occurrence), 0)


def asked(week: WeekAsk) -> Asked:
    """The problem of a week."""
    week, times = with_times(week)
    keys = {(one.task, one.at): key for key, one in times.items()}
    line = SlotLine(week.now, week.days, week.zone)
    waits = startable(week.tasks)
    tasks = {int(task.id): task for task in week.tasks if task.state is not TaskState.WAITING}
    items = [
        _of_series(_item(week, line, task, waits[key]), line, times.get(key))
        for key, task in tasks.items()
        if key in waits
    ]
    items += [_study_item(line, wish) for wish in week.study]
    problem = _bare(week, line, tuple(items))
    fixed = tuple(_fixed(week, line, tasks))
    for block in fixed:
        start, end = line.floor(block.start), line.ceil(block.end)
        if start < 0 and not week.worked.get(block.task):
            # Nobody tracks the time of what is under way: it is taken to be worked on.
            problem = _less(problem, int(block.task), -start)
        if start >= line.horizon:
            # Beyond the planned days: it is not to be placed in them once more.
            problem = _less(problem, int(block.task), end - start)
            far = Piece(int(block.task), start, end - start)
            problem = replace(problem, pins=(*problem.pins, far))
        elif end > max(0, start):
            piece = Piece(int(block.task), max(0, start), end - max(0, start))
            problem = pinned(problem, piece)
    later = tuple(
        Piece(key, max(line.horizon, line.ceil(task.fixed_start)), 1)
        for key, task in tasks.items()
        if task.fixed_start is not None and task.fixed_start >= line.end
    )
    problem = replace(problem, pins=(*problem.pins, *later))
    stays = {(block.task, block.start) for block in fixed}
    known = {item.key for item in items}
    previous = tuple(
        Piece(int(block.task), line.ceil(block.start), _slots(block.end - block.start))
        for block in week.blocks
        if block.start >= line.start
        and int(block.task) in known
        and (block.task, block.start) not in stays
    )
    study = {int(wish.id): wish for wish in week.study}
    whole = replace(problem, previous=previous)
    return Asked(whole, line, tasks, study, fixed, ring_of(waits), times, keys)


def _less(problem: Problem, key: int, slots: int) -> Problem:
    """The problem with less of an item left to place."""
    items = (
        replace(item, slots=max(0, item.slots - slots)) if item.key == key else item
        for item in problem.items
    )
    return replace(problem, items=tuple(items))


def _bare(week: WeekAsk, line: SlotLine, items: tuple[Item, ...]) -> Problem:
    """The problem without anything pinned."""
    extra = (
        (max(0, line.ceil(start)), min(line.horizon, line.floor(end))) for start, end in week.extra
    )
    hours = merged((*line.hours(week.hours), *extra))
    taken = sorted(
        (
            Taken(line.floor(busy.start), line.ceil(busy.end), busy.place)
            for busy in week.busy
            if busy.end > busy.start and busy.end > line.start and busy.start < line.end
        ),
        key=lambda one: (one.start, one.end),
    )
    customs = week.customs
    daily = {int(one.id) for one in week.tasks if one.repeat and _DAILY in one.repeat.rule}
    # Hours of days that touch are one span: the days between its ends are worked as well.
    worked = {day for start, end in hours for day in _days(line, start, end)}
    items = tuple(
        replace(one, slots=0) if one.series in daily and _is_free(one, line, worked) else one
        for one in items
    )
    return Problem(
        horizon=line.horizon,
        windows=without(hours, [(one.start, one.end) for one in taken]),
        days=line.days,
        items=items,
        taken=tuple(taken),
        energy=line.by_hour(customs.curve) if customs.curve else (),
        focus=max(1, customs.focus_min // SLOT_MIN),
        rest=max(1, customs.rest_min // SLOT_MIN),
        travel=max(0, customs.travel_min // SLOT_MIN),
        hours=hours,
        weights=Weights(switch=round(_SWITCH_COST * customs.switch_min)),
    )


def _slots(length: timedelta) -> int:
    return max(1, -(-int(length.total_seconds()) // (60 * SLOT_MIN)))


def minutes_left(week: WeekAsk, task: Task) -> int:
    """How long a task still takes: what is thought, without what was worked."""
    whole = week.minutes.get(task.id) or task.estimate_min or DEFAULT_MIN
    worked = week.worked.get(task.id, 0.0)
    return max(round(whole - worked), min(whole, _LEFT_MIN))


def _item(week: WeekAsk, line: SlotLine, task: Task, after: tuple[int, ...]) -> Item:
    minutes = minutes_left(week, task)
    due = None if task.due is None else line.floor(due_end(task.due, week.zone))
    demand = _DEMANDS[task.priority] - (_SHORT_DEMAND if minutes <= _SHORT_MIN else 0)
    preferred = () if task.prefers is None else line.between(*_liked(task, week))
    fixed = task.fixed_start is not None
    return Item(
        key=int(task.id),
        slots=0 if fixed else -(-minutes // SLOT_MIN),
        weight=_WEIGHTS[task.priority] * week.importance.get(task.id, 1.0),
        release=0 if task.not_before is None else max(0, line.ceil(task.not_before)),
        due=due,
        late=week.customs.late or (due is not None and due <= 0),
        split=task.splitting.allowed,
        least=max(1, -(-task.splitting.least_min // SLOT_MIN)),
        group=int(task.project) if task.project is not None else 0,
        place=task.place,
        after=after,
        demand=max(0, demand),
        preferred=preferred,
    )


def _liked(task: Task, week: WeekAsk) -> tuple[time, time]:
    """From when to when in a day a task is liked.

    Of one that can begin in the middle of that part of a day (“after 4pm”) it is the rest of each
    day: it shall not lie at one o'clock on another day. Where no hours reach into the evening the
    afternoon is the nearest to it.
    """
    part = task.prefers or DayPart.MORNING
    if part is DayPart.EVENING and not any(_is_late(one, _PARTS[part][0]) for one in week.hours):
        part = DayPart.AFTERNOON
    opens, closes = _PARTS[part]
    if task.not_before is None or part is DayPart.MORNING:
        return opens, closes
    begins = task.not_before.astimezone(week.zone).time()
    inside = opens < begins and (begins < closes or closes == time())
    return (begins, time()) if inside else (opens, closes)


def _is_late(hours: Hours, begins: time) -> bool:
    return any(closes > begins or closes == time() for _, closes in hours.spans)


def _of_series(item: Item, line: SlotLine, one: Time | None) -> Item:
    """The item with the stretch that it has as one time of a recurring task."""
    if one is None:
        return item
    until = None if one.until is None else line.floor(one.until)
    return replace(item, series=int(one.series), until=until)


def _is_free(item: Item, line: SlotLine, worked: Collection[int]) -> bool:
    """Whether it is a later time of a recurring task that has days on which nothing is worked."""
    last = line.horizon if item.ends_by is None else item.ends_by
    days = _days(line, item.release, last)
    return item.key < 0 and bool(days) and not any(day in worked for day in days)


def _days(line: SlotLine, start: int, end: int) -> range:
    """The days, by their numbers, that a span of slots has a part of."""
    first, last = (bisect_right(line.days, at) - 1 for at in (start, end - 1))
    return range(first, last + 1)


def _study_item(line: SlotLine, wish: StudyWish) -> Item:
    return Item(
        key=int(wish.id),
        slots=-(-wish.minutes // SLOT_MIN),
        weight=_WEIGHTS[Priority.MEDIUM],
        release=max(0, line.ceil(wish.start)),
        due=line.floor(wish.due),
        late=True,
        split=wish.lesson,
        group=_STUDY_GROUP,
        demand=_DEMANDS[Priority.HIGH if wish.lesson else None],
    )


def _fixed(week: WeekAsk, line: SlotLine, tasks: Mapping[int, Task]) -> list[Block]:
    """Pins, what is under way, and tasks that are appointments; by their start."""
    meant = {key for key, task in tasks.items() if task.fixed_start is None}
    found = [
        block
        for block in week.blocks
        if block.end > line.start
        and (block.pinned or block.start < line.start)
        and (int(block.task) in meant or (block.task < 0 and int(block.task) not in tasks))
    ]
    for task in tasks.values():
        start = task.fixed_start
        if start is None or start >= line.end:
            continue
        length = timedelta(minutes=week.minutes.get(task.id) or task.estimate_min or DEFAULT_MIN)
        end = task.fixed_end if task.fixed_end is not None else start + length
        if end > line.start:
            found.append(Block(task.id, task.title, start, end, BlockKind.TASK, pinned=True))
    return sorted(found, key=lambda block: (block.start, block.task))
