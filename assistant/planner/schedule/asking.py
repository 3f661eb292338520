"""A week as the user has it, made a problem in slots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from assistant.domain.ids import TaskId
from assistant.domain.schedule import Block, BlockKind, Busy, Hours
from assistant.domain.task import DayPart, Priority, Task, TaskState
from assistant.planner.schedule.problem import SLOT_MIN, Item, Piece, Problem, Taken, Weights
from assistant.planner.schedule.replan import pinned
from assistant.planner.schedule.slots import SlotLine
from assistant.planner.schedule.spans import merged, without

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


@dataclass(frozen=True, slots=True)
class StudyWish:
    """A lesson or a review that wants room.

    Args:
        id: Below 0, the same whenever it is planned again.
        title: What it is.
        minutes: How long it takes.
        start: The day on which it may begin earliest.
        due: When it should be done.
        lesson: Whether it is a lesson: it may be split, and asks for more.
    """

    id: TaskId
    title: str
    minutes: int
    start: datetime
    due: datetime
    lesson: bool = False


@dataclass(frozen=True, slots=True)
class Customs:
    """How the user works.

    Args:
        focus_min: The longest stretch without a rest.
        rest_min: How long a rest is.
        travel_min: The way between two places.
        late: Whether what cannot meet its deadline is planned after it.
        curve: Energy by weekday (Monday first) and hour, 0 to 1; flat if empty.
    """

    focus_min: int = 90
    rest_min: int = 15
    travel_min: int = 30
    late: bool = False
    curve: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class WeekAsk:
    """Everything that a week is made of.

    Args:
        now: The present moment.
        zone: The user's.
        days: How many days are planned, with today.
        tasks: Open ones.
        hours: When work may be planned.
        busy: When time is taken.
        study: Lessons and reviews.
        customs: How the user works.
        minutes: How long a task is thought to take, where that is not its estimate.
        worked: Minutes that a task took already.
        blocks: Of the plan before; those that are pinned stay.
        extra: Stretches outside of the hours that may be used as well.
    """

    now: datetime
    zone: tzinfo
    days: int
    tasks: Sequence[Task]
    hours: Sequence[Hours]
    busy: Sequence[Busy] = ()
    study: Sequence[StudyWish] = ()
    customs: Customs = Customs()
    minutes: Mapping[TaskId, int] = field(default_factory=dict[TaskId, int])
    worked: Mapping[TaskId, float] = field(default_factory=dict[TaskId, float])
    blocks: Sequence[Block] = ()
    extra: Sequence[tuple[datetime, datetime]] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """The same in slots.

    Args:
        problem: With what is pinned taken out of it.
        line: From slots back to moments.
        tasks: By their keys.
        study: By their keys.
        fixed: Blocks that stay: pins, appointments, and what is under way.
        ring: Tasks that wait for one another, if any do.
    """

    problem: Problem
    line: SlotLine
    tasks: Mapping[int, Task]
    study: Mapping[int, StudyWish]
    fixed: tuple[Block, ...]
    ring: tuple[int, ...] = ()


def asked(week: WeekAsk) -> Asked:
    """The problem of a week."""
    line = SlotLine(week.now, week.days, week.zone)
    waits = _startable(week.tasks)
    tasks = {int(task.id): task for task in week.tasks if task.state is not TaskState.WAITING}
    items = [_item(week, line, task, waits[key]) for key, task in tasks.items() if key in waits]
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
    return Asked(whole, line, tasks, study, fixed, ring_of(waits))


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
        weights=Weights(),
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
    due = None if task.due is None else line.floor(_due_moment(task, week.zone))
    demand = _DEMANDS[task.priority] - (_SHORT_DEMAND if minutes <= _SHORT_MIN else 0)
    preferred = () if task.prefers is None else line.between(*_PARTS[task.prefers])
    fixed = task.fixed_start is not None
    return Item(
        key=int(task.id),
        slots=0 if fixed else -(-minutes // SLOT_MIN),
        weight=_WEIGHTS[task.priority],
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


def _due_moment(task: Task, zone: tzinfo) -> datetime:
    """When a task has to have ended: of a whole day its end."""
    if task.due is None:
        raise ValueError(task.id)
    moment = task.due.moment
    if not task.due.whole_day:
        return moment
    day = moment.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, time(), zone)


def _fixed(week: WeekAsk, line: SlotLine, tasks: Mapping[int, Task]) -> list[Block]:
    """Pins, what is under way, and tasks that are appointments; by their start."""
    meant = {key for key, task in tasks.items() if task.fixed_start is None}
    found = [
        block
        for block in week.blocks
        if block.end > line.start
        and (block.pinned or block.start < line.start)
        and (int(block.task) in meant or int(block.task) < 0)
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


def _leaves(tasks: Mapping[int, Task]) -> dict[int, tuple[int, ...]]:
    """Of each task what is planned for it: itself, or in its place its open parts."""
    parts: dict[int, list[int]] = {}
    for key, task in tasks.items():
        if task.parent is not None and int(task.parent) in tasks:
            parts.setdefault(int(task.parent), []).append(key)
    found: dict[int, tuple[int, ...]] = {}
    for key in tasks:
        below, seen = [key], {key}
        leaves: list[int] = []
        for one in below:
            mine = [part for part in parts.get(one, ()) if part not in seen]
            seen.update(mine)
            below.extend(mine)
            if one not in parts:
                leaves.append(one)
        found[key] = tuple(leaves)
    return found


def _waits(
    tasks: Mapping[int, Task], leaves: Mapping[int, tuple[int, ...]]
) -> dict[int, tuple[int, ...]]:
    """Of each task that is planned, those planned before it; parts wait with what they are of."""
    planned = {key for key, own in leaves.items() if own == (key,)}
    found: dict[int, dict[int, None]] = {key: {} for key in planned}
    for key, task in tasks.items():
        for first in task.waits_for:
            for later in leaves[key]:
                for before in leaves.get(int(first), ()):
                    if later in found and before != later:
                        found[later][before] = None
    return {key: tuple(firsts) for key, firsts in found.items()}


def _startable(tasks: Sequence[Task]) -> dict[int, tuple[int, ...]]:
    """As ``_waits``, without what waits for someone else, its parts, and all that comes after."""
    known = {int(task.id): task for task in tasks}
    leaves = _leaves(known)
    waits = _waits(known, leaves)
    later: dict[int, list[int]] = {}
    for key, firsts in waits.items():
        for first in firsts:
            later.setdefault(first, []).append(key)
    waiting = [key for key, task in known.items() if task.state is TaskState.WAITING]
    held = list(dict.fromkeys(leaf for key in waiting for leaf in leaves[key]))
    seen = set(held)
    for key in held:
        fresh = [
            one
            for one in later.get(key, ())
            if one not in seen and known[one].fixed_start is None  # appointments take place
        ]
        seen.update(fresh)
        held.extend(fresh)
    return {
        key: tuple(first for first in firsts if first not in seen)
        for key, firsts in waits.items()
        if key not in seen
    }


def ring_of(waits: Mapping[int, Sequence[int]]) -> tuple[int, ...]:
    """Tasks that wait for one another in a ring, in its order; empty where there is none."""
    state: dict[int, int] = {}
    for begin in waits:
        path: list[int] = []
        stack = [(begin, False)]
        while stack:
            key, left = stack.pop()
            if left:
                state[key] = 2
                path.pop()
                continue
            if state.get(key) == 1:
                return tuple(path[path.index(key) :])
            if state.get(key):
                continue
            state[key] = 1
            path.append(key)
            stack.append((key, True))
            stack.extend((one, False) for one in waits.get(key, ()) if state.get(one) != 2)  # noqa: PLR2004 - done
    return ()
