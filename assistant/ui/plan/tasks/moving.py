"""Where tasks of a list go when they are moved in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.ids import TaskId
from assistant.ui.plan.tasks.model import TaskRow


class Way(StrEnum):
    """How tasks are moved by keys."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    """Below the one before them, as its parts."""
    OUT = "out"
    """Out of what they are parts of, and behind it."""


@dataclass(frozen=True, slots=True)
class Move:
    """Where tasks go."""

    tasks: tuple[TaskId, ...]
    after: TaskId | None
    """Behind which; None: in front of all, or, with another parent, behind all its parts."""
    is_part: bool = False
    """Whether they become parts of another task, or of none."""
    parent: TaskId | None = None
    """Of which."""
    first: bool = False
    """Whether they come in front of all other parts."""


@dataclass(frozen=True, slots=True)
class _Tree:
    """What stands below what in a list."""

    parents: Mapping[TaskId, TaskId | None]
    below: Mapping[TaskId | None, Sequence[TaskId]]

    @classmethod
    def of(cls, rows: Sequence[TaskRow]) -> "_Tree":
        parents: dict[TaskId, TaskId | None] = {}
        below: dict[TaskId | None, list[TaskId]] = {}
        way: list[TaskId] = []
        for row in rows:
            if row.task is None:
                continue
            del way[row.depth :]
            parent = way[-1] if way else None
            way.append(row.task.id)
            parents[row.task.id] = parent
            below.setdefault(parent, []).append(row.task.id)
        return cls(parents, below)

    def tops(self, chosen: Sequence[TaskId]) -> tuple[TaskId, ...]:
        """Those that are not below another chosen one: they take their parts with them."""
        known = {task for task in chosen if task in self.parents}
        return tuple(task for task in self.parents if task in known and not self._has(known, task))

    def _has(self, known: set[TaskId], task: TaskId) -> bool:
        above = self.parents.get(task)
        while above is not None:
            if above in known:
                return True
            above = self.parents.get(above)
        return False

    def is_within(self, task: TaskId, chosen: Sequence[TaskId]) -> bool:
        """Whether a task is one of those, or below one of them."""
        return task in chosen or self._has(set(chosen), task)


def moved(rows: Sequence[TaskRow], chosen: Sequence[TaskId], way: Way) -> Move | None:
    """Where tasks go by one step; None where there is no such step.

    Args:
        rows: The whole list, by hand's order.
        chosen: Tasks of it; they are moved together when they are parts of the same.
        way: In which direction.
    """
    tree = _Tree.of(rows)
    tasks = tree.tops(chosen)
    if not tasks or len({tree.parents[task] for task in tasks}) > 1:
        return None
    parent = tree.parents[tasks[0]]
    siblings = tree.below[parent]
    before = [one for one in siblings[: siblings.index(tasks[0])] if one not in tasks]
    after = [one for one in siblings[siblings.index(tasks[-1]) + 1 :] if one not in tasks]
    move: Move | None = None
    if way is Way.UP and before:
        move = Move(tasks, before[-2] if len(before) > 1 else None)
    elif way is Way.DOWN and after:
        move = Move(tasks, after[0])
    elif way is Way.IN and before:
        move = Move(tasks, None, is_part=True, parent=before[-1])
    elif way is Way.OUT and parent is not None:
        move = Move(tasks, parent, is_part=True, parent=_whole_of(rows, parent))
    return move


def dropped(
    rows: Sequence[TaskRow], chosen: Sequence[TaskId], target: TaskId, *, below: bool
) -> Move | None:
    """Where tasks go that were let go above or below another one; None where they cannot."""
    tree = _Tree.of(rows)
    tasks = tree.tops(chosen)
    if not tasks or target not in tree.parents or tree.is_within(target, tasks):
        return None
    if below and tree.below.get(target):
        return Move(tasks, None, is_part=True, parent=target, first=True)
    parent = tree.parents[target]
    siblings = [one for one in tree.below[parent] if one not in tasks]
    at = siblings.index(target) + (1 if below else 0)
    after = siblings[at - 1] if at else None
    if all(tree.parents[task] == parent for task in tasks):
        return Move(tasks, after)
    return Move(tasks, after, is_part=True, parent=parent, first=after is None)


def brought(
    rows: Sequence[TaskRow], tasks: Sequence[TaskId], target: TaskId, *, below: bool
) -> Move:
    """Where tasks of another list go that were let go above or below one of a list without parts.

    Args:
        rows: The list.
        tasks: Which.
        target: A task of the list.
        below: Whether they go below it.
    """
    listed = [row.task.id for row in rows if row.task is not None]
    at = listed.index(target) + (1 if below else 0)
    before = (one for one in reversed(listed[:at]) if one not in tasks)
    return Move(tuple(tasks), next(before, None))


def _whole_of(rows: Sequence[TaskRow], task: TaskId) -> TaskId | None:
    found = (row.task.parent for row in rows if row.task is not None and row.task.id == task)
    return next(found, None)
