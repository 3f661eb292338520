"""Why a piece stands where it does: each reason is taken away, and the piece is placed again.

A reason is told only where without it the piece goes elsewhere in the way that its words say, and
where the same replacing with the reason still there leaves the piece where it is (the control).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.domain.schedule import Because
from assistant.planner.schedule.greedy import Urgency
from assistant.planner.schedule.holding import Holding
from assistant.planner.schedule.inserting import cheapest, insert
from assistant.planner.schedule.spans import without
from assistant.planner.schedule.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.planner.schedule.problem import Item, Piece, Problem

_NEAR = 5
_ORDINARY = 2
_MOST = 3


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason, in slots.

    Args:
        because: Which.
        otherwise: Where the piece would begin without it; None if nowhere.
    """

    because: Because
    otherwise: int | None


def causes(problem: Problem, pieces: Sequence[Piece], piece: Piece) -> tuple[Cause, ...]:
    """The reasons of one piece of a plan, the most telling first; one to three.

    Args:
        problem: What the plan is for.
        pieces: The plan, without pins.
        piece: One of them.
    """
    holding = Holding(problem, pieces, piece)
    found = _found(problem, pieces, piece, holding)
    if holding.is_late:
        found[Because.LATE] = found.pop(Because.DEADLINE, None)
    elif not found:
        return (Cause(*holding.plainest()),)
    ranked = sorted(found, key=_RANK.index)
    if len(ranked) > 1 and ranked[-1] is Because.HOURS:
        ranked.pop()
    return tuple(Cause(because, found[because]) for because in ranked[:_MOST])


def _found(
    problem: Problem, pieces: Sequence[Piece], piece: Piece, holding: Holding
) -> dict[Because, int | None]:
    """All reasons that hold, and where the piece would begin without each."""
    item = holding.item
    mine = sorted(one.start for one in pieces if one.key == piece.key)
    number = mine.index(piece.start)
    found: dict[Because, int | None] = {}
    for out in (None, {piece.key}, _around(problem, pieces, piece)):
        if piece.start not in _again(problem, pieces, piece, out):
            continue
        for because, other in _relaxed(problem, item):
            if because in found:
                continue
            starts = _again(other, pieces, piece, out)
            if piece.start not in starts:
                at = 0 if out is None else number
                otherwise = starts[min(at, len(starts) - 1)] if starts else None
                if holding.says(because, otherwise):
                    found[because] = otherwise
    if item.series and Because.REPEATS not in found:
        # Where in its stretch it stands may be chance; that it stands in it is not.
        starts = _again(_with(problem, _unbound(item)), pieces, piece, None)
        last = problem.horizon if item.until is None else item.until
        if starts and not item.release <= starts[0] < last:
            found[Because.REPEATS] = starts[0]
    return found


_RANK = (
    Because.LATE,
    Because.REPEATS,
    Because.NOT_BEFORE,
    Because.ORDER,
    Because.DEADLINE,
    Because.PREFERRED,
    Because.PLACE,
    Because.CALENDAR,
    Because.PRIORITY,
    Because.ENERGY,
    Because.STABLE,
    Because.TOGETHER,
    Because.SPREAD,
    Because.SOONEST,
    Because.HOURS,
)


def _relaxed(problem: Problem, item: Item) -> Iterator[tuple[Because, Problem]]:
    """The problem without each reason that there may be."""
    weights = problem.weights
    changed = {
        Because.REPEATS: _unbound(item),
        Because.NOT_BEFORE: item if item.series else replace(item, release=0),
        Because.ORDER: replace(item, after=()),
        Because.DEADLINE: replace(item, due=None, hopeless=False),
        Because.PREFERRED: replace(item, preferred=()),
        Because.PLACE: replace(item, place=""),
        Because.PRIORITY: replace(item, weight=min(item.weight, _ORDINARY)),
        Because.ENERGY: replace(item, demand=0),
    }
    for because, other in changed.items():
        if other != item:
            yield because, _with(problem, other)
    waiting = [other for other in problem.items if item.key in other.after]
    if waiting and not item.after:
        items = tuple(
            replace(other, after=tuple(key for key in other.after if key != item.key))
            for other in problem.items
        )
        yield Because.ORDER, replace(problem, items=items)
    if any(piece.key == item.key for piece in problem.previous):
        rest = tuple(piece for piece in problem.previous if piece.key != item.key)
        yield Because.STABLE, replace(problem, previous=rest)
    pins = [(pin.start, pin.end) for pin in problem.pins]
    if problem.hours and problem.taken:
        free = without(problem.hours, pins)
        yield Because.CALENDAR, replace(problem, windows=free, taken=())
    if weights.switch:
        yield Because.TOGETHER, replace(problem, weights=replace(weights, switch=0))
    if weights.spread:
        yield Because.SPREAD, replace(problem, weights=replace(weights, spread=0))
    yield Because.SOONEST, replace(problem, weights=replace(weights, flow=0))
    taken = [(one.start, one.end) for one in problem.taken]
    always = without([(0, problem.horizon)], (*pins, *taken))
    yield Because.HOURS, replace(problem, windows=always)


def _unbound(item: Item) -> Item:
    """A time of a recurring task as if it could be any time."""
    return replace(item, release=0, due=None, until=None, hopeless=False) if item.series else item


def _with(problem: Problem, item: Item) -> Problem:
    items = tuple(item if one.key == item.key else one for one in problem.items)
    return replace(problem, items=items)


def _around(problem: Problem, pieces: Sequence[Piece], piece: Piece) -> set[int]:
    """The item and those that stand close to it, and those it keeps from coming earlier."""
    near = sorted((abs(one.start - piece.start), one.key) for one in pieces if one.key != piece.key)
    before = [one.key for one in problem.items if piece.key in one.after]
    return {piece.key, *before, *(key for _, key in near[:_NEAR])}


def _again(
    problem: Problem, pieces: Sequence[Piece], piece: Piece, out: set[int] | None
) -> list[int]:
    """Where the pieces of an item begin when some items are taken out and put back.

    Args:
        problem: Perhaps without a reason.
        pieces: The plan.
        piece: The one that is looked at.
        out: Keys of the items that are placed anew; the piece alone, as long as it is, if None.
    """
    line = Timeline(problem)
    for one in pieces:
        if one != piece and (out is None or one.key not in out):
            line.add(one)
    item = line.items[piece.key]
    if out is None:
        start = cheapest(line, item, piece.slots, (line.earliest(item), line.latest(item)))
        return [] if start is None else [start]
    urgency = Urgency(problem)
    back = [line.items[key] for key in sorted(out) if line.items[key].slots > 0]
    back.sort(key=lambda one: (-urgency.index(one, one.slots, 0), one.key))
    for _ in range(2):
        for one in back:
            insert(line, one)
    return sorted(one.start for one in line.placed.get(item.key, ()))
