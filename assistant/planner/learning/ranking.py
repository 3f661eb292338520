"""Tasks in the order in which they are best done."""

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from assistant.domain.ids import TaskId
from assistant.domain.task import Task
from assistant.planner.learning.urgency import RULE, blocking, urgency


def points_of(
    tasks: Iterable[Task],
    now: datetime,
    blocks: Mapping[TaskId, int],
    weights: Sequence[float] = RULE,
) -> dict[TaskId, float]:
    """The urgency of each task.

    Args:
        tasks: Which.
        now: In the user's zone.
        blocks: How many open tasks wait for each.
        weights: Of the terms of urgency.
    """
    return {
        one.id: sum(term.points for term in urgency(one, now, blocks.get(one.id, 0), weights))
        for one in tasks
    }


def ranked(
    tasks: Sequence[Task],
    points: Mapping[TaskId, float],
    said: Iterable[tuple[TaskId, TaskId]] = (),
    held_up: Collection[TaskId] = (),
) -> tuple[Task, ...]:
    """Tasks by what to do first: the most urgent of those that can be done comes next.

    Args:
        tasks: All open; equally urgent ones stay in this order.
        points: The urgency of each.
        said: Pairs of which the first was said to come first.
        held_up: Those that wait for something that is not among the tasks; they come last.

    Returns:
        All of them. What a task waits for stands before it, and what was said to come first as far
        as that can be; a circle is broken at its most urgent task.
    """
    places = {one.id: at for at, one in enumerate(tasks)}
    pairs = [(first, one.id) for one in tasks for first in one.waits_for]
    then: dict[TaskId, set[TaskId]] = {one.id: set() for one in tasks}
    firsts: dict[TaskId, set[TaskId]] = {one.id: set() for one in tasks}
    for first, later in (*pairs, *said):
        if first in places and later in places:
            then[first].add(later)
            firsts[later].add(first)
    lent = _lent(points, firsts)
    keys = {task: (task in held_up, -lent[task], at) for task, at in places.items()}
    free = [key for task, key in keys.items() if not firsts[task]]
    heapq.heapify(free)
    left = {task: len(before) for task, before in firsts.items()}
    found: list[Task] = []
    while left:
        place = heapq.heappop(free)[2] if free else _in_circle(left, firsts, points, places)
        task = tasks[place]
        if task.id not in left:
            continue
        del left[task.id]
        found.append(task)
        for later in then[task.id] & left.keys():
            left[later] -= 1
            if not left[later]:
                heapq.heappush(free, keys[later])
    return tuple(found)


def _in_circle(
    left: Collection[TaskId],
    firsts: Mapping[TaskId, Collection[TaskId]],
    points: Mapping[TaskId, float],
    places: Mapping[TaskId, int],
) -> int:
    """The place of the most urgent task of a circle, where each that is left waits for another."""
    way: dict[TaskId, int] = {}
    task = min(left, key=places.__getitem__)
    while task not in way:
        way[task] = len(way)
        task = min((one for one in firsts[task] if one in left), key=places.__getitem__)
    circle = [one for one, at in way.items() if at >= way[task]]
    return min((-points.get(one, 0.0), places[one]) for one in circle)[1]


def _lent(
    points: Mapping[TaskId, float], firsts: Mapping[TaskId, Collection[TaskId]]
) -> dict[TaskId, float]:
    """The urgency of each task, or of the most urgent one that comes after it."""
    found: dict[TaskId, float] = {}
    for task in sorted(firsts, key=lambda one: -points.get(one, 0.0)):
        reached = [task]
        while reached:
            one = reached.pop()
            if one not in found:
                found[one] = points.get(task, 0.0)
                reached += firsts[one]
    return found


def by_first(
    tasks: Sequence[Task],
    everything: Sequence[Task],
    now: datetime,
    weights: Sequence[float],
    said: Iterable[tuple[TaskId, TaskId]],
) -> tuple[Task, ...]:
    """Tasks by what to do first.

    Appointments until the end of the day stand in front, by their time, later ones behind the
    rest, and ended tasks last.

    Args:
        tasks: Which.
        everything: All open tasks there are.
        now: In the user's zone.
        weights: Of the terms of urgency.
        said: Pairs of which the first was said to come first.
    """
    listed = {one.id for one in tasks}
    elsewhere = {one.id for one in everything if one.is_open} - listed
    free = [one for one in tasks if one.is_open and one.fixed_start is None]
    held_up = {one.id for one in free if elsewhere & set(one.waits_for)}
    points = points_of(free, now, blocking(everything), weights)
    fixed = [one for one in tasks if one.is_open and one.fixed_start is not None]
    fixed.sort(key=lambda one: one.fixed_start or now)
    today = sum((one.fixed_start or now).date() <= now.date() for one in fixed)
    ended = [one for one in tasks if not one.is_open]
    return (*fixed[:today], *ranked(free, points, said, held_up), *fixed[today:], *ended)
