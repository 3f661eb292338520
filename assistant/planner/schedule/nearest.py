"""Of very many items, those that a plan could hold at all."""

from collections.abc import Iterable
from dataclasses import replace

from assistant.planner.schedule.greedy import Urgency
from assistant.planner.schedule.problem import Item, Problem

_TIMES_ROOM = 1.5
_ENOUGH = 120


def narrowed(problem: Problem) -> Problem:
    """The same problem with the most pressing items only, where it has far more than its room.

    Items that were placed before or are pinned are kept, and with each item those before it.
    """
    asked = [item for item in problem.items if item.slots > 0]
    if len(asked) <= _ENOUGH:
        return problem
    urgency = Urgency(problem)
    known = {piece.key for piece in (*problem.pins, *problem.previous)}
    ranked = sorted(
        asked,
        key=lambda item: (item.key not in known, -urgency.index(item, item.slots, 0), item.key),
    )
    by_key = {item.key: item for item in problem.items}
    kept: set[int] = set(known)
    room = max(problem.room * _TIMES_ROOM, 1)
    for item in ranked:
        if room <= 0 and len(kept) >= _ENOUGH:
            break
        if item.release >= problem.horizon:
            continue
        for one in _with_those_before(item, by_key):
            if one.key not in kept:
                kept.add(one.key)
                room -= one.slots
    return replace(problem, items=tuple(item for item in problem.items if item.key in kept))


def only(problem: Problem, keys: Iterable[int]) -> Problem:
    """The problem with some of its items, and those that they wait for."""
    by_key = {item.key: item for item in problem.items}
    kept = {
        one.key for key in keys if key in by_key for one in _with_those_before(by_key[key], by_key)
    }
    if len(kept) == len(by_key):
        return problem
    return replace(problem, items=tuple(item for item in problem.items if item.key in kept))


def _with_those_before(item: Item, by_key: dict[int, Item]) -> list[Item]:
    found = [item]
    seen = {item.key}
    for one in found:
        for key in one.after:
            if key in by_key and key not in seen:
                seen.add(key)
                found.append(by_key[key])
    return found
