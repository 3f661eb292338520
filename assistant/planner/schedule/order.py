"""Which tasks are planned, and which of them come first."""

from collections.abc import Mapping, Sequence

from assistant.domain.task import Task, TaskState


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


def startable(tasks: Sequence[Task]) -> dict[int, tuple[int, ...]]:
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
