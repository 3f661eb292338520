"""Which tasks are parts of others, and which wait for others, as a calendar says it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from typing import Final

from assistant.domain.ids import TaskId
from assistant.domain.task import Task
from assistant.planner.calendar import Relation

PART: Final = "PARENT"
"""By RFC 5545: what the item is a part of."""
WAITS: Final = "DEPENDS-ON"
"""By RFC 9253: what has to be done before the item."""
_MOST_TRIES: Final = 20


@dataclass(frozen=True, slots=True)
class Linked:
    """What an item says of a task's links; the item is told where they can't be kept."""

    task: TaskId
    relations: tuple[Relation, ...]


def linked(
    tasks: Mapping[TaskId, Task], said: Iterable[Linked], ids: Mapping[str, TaskId]
) -> tuple[list[Task], set[TaskId]]:
    """Tasks whose links become others, and those whose links would lead in a circle.

    Args:
        tasks: All there are.
        said: What items say.
        ids: Of tasks by the UIDs of their items.
    """
    changed: dict[TaskId, Task] = {}
    for one in said:
        old = tasks[one.task]
        new = _with(old, one.relations, ids)
        if new != old:
            changed[new.id] = new
    refused: set[TaskId] = set()
    for _ in range(_MOST_TRIES):
        circle = _circle({**tasks, **changed}) & set(changed) if changed else None
        if not circle:
            return list(changed.values()), refused
        refused |= circle
        changed = {task: one for task, one in changed.items() if task not in circle}
    return [], refused | set(changed)


def _with(task: Task, relations: Iterable[Relation], ids: Mapping[str, TaskId]) -> Task:
    """Where an item names nothing that is a task, the user's own links are left."""
    parents = [ids[one.uid] for one in relations if one.kind == PART and one.uid in ids]
    firsts = [ids[one.uid] for one in relations if one.kind == WAITS and one.uid in ids]
    return replace(
        task,
        parent=parents[0] if parents else task.parent,
        waits_for=tuple(dict.fromkeys(firsts)) or task.waits_for,
    )


def _circle(tasks: Mapping[TaskId, Task]) -> set[TaskId]:
    """Tasks that wait for each other in a circle; a task with parts waits for them as well."""
    sorter: TopologicalSorter[TaskId] = TopologicalSorter()
    for task in tasks.values():
        sorter.add(task.id, *task.waits_for)
        if task.parent is not None:
            sorter.add(task.parent, task.id)
    try:
        sorter.prepare()
    except CycleError as error:
        return set(error.args[1])
    return set()


def relations_to_write(
    task: Task, uids: Mapping[TaskId, str], before: Iterable[Relation], known: Mapping[str, TaskId]
) -> tuple[Relation, ...]:
    """What a task's item names as related.

    Args:
        task: Whose item it is.
        uids: Of all tasks.
        before: What the item named as it came; what is no task of these is kept.
        known: Tasks by their UIDs.
    """
    own = [] if task.parent is None else [Relation(PART, uids[task.parent])]
    own += [Relation(WAITS, uids[first]) for first in task.waits_for]
    kept = (one for one in before if one.kind not in {PART, WAITS} or one.uid not in known)
    return (*own, *kept)
