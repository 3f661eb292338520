"""A plan again after something changed: what still stands stays, and little else is moved."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from time import monotonic
from typing import TYPE_CHECKING, Final

from assistant.planner.schedule.greedy import Urgency
from assistant.planner.schedule.hopeless import marked
from assistant.planner.schedule.inserting import insert
from assistant.planner.schedule.local import LocalSearch
from assistant.planner.schedule.nearest import narrowed
from assistant.planner.schedule.problem import Item, Piece, Placing, Problem, Taken
from assistant.planner.schedule.solve import placing
from assistant.planner.schedule.spans import without
from assistant.planner.schedule.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.domain.cancel import CancelToken

SECONDS: Final = 0.4
_ROUNDS = 60
_MOVED = 1_500
"""What a moved piece costs while a plan is mended: less than half an hour that finds no room."""


@dataclass(frozen=True, slots=True)
class Replanned:
    """A mended plan.

    Args:
        placing: The plan.
        moved: Pieces from before that stand elsewhere or nowhere, of those still asked for.
        kept: Pieces from before that stand where they stood.
    """

    placing: Placing
    moved: int
    kept: int


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of the plan that is mended.

    Args:
        lacked: Of items that did not wholly fit in it, the slots that were missing. For these
            nothing is moved: they are put into room that became free.
    """

    lacked: Mapping[int, int] = field(default_factory=dict[int, int])


def replan(
    problem: Problem,
    seconds: float = SECONDS,
    cancel: CancelToken | None = None,
    before: Before | None = None,
) -> Replanned:
    """Mends the plan that ``problem.previous`` tells so that it suits the problem.

    What can stay stays. What cannot, and what is new, is put into free room; others are moved only
    where something would find no room or come late that did not before.

    Raises:
        Cancelled: It was asked to stop.
    """
    ends_at = monotonic() + seconds
    lacked = (before or Before()).lacked
    weights = replace(problem.weights, moved=max(_MOVED, problem.weights.moved))
    near = narrowed(marked(replace(problem, weights=weights)))
    line = standing(_asked(near, lacked))
    _fill(line)
    if any(_lacking(line, item) for item in line.problem.items):

        def stop() -> bool:
            return monotonic() > ends_at or (cancel is not None and cancel.cancelled)

        LocalSearch(line, 1).improve(_ROUNDS, stop)
        LocalSearch(line, 1, _away(line)).settle(stop)
    line = Timeline(near, line.pieces())
    _fill(line)
    _give_way(line)
    if cancel is not None:
        cancel.raise_if_cancelled()
    stands = {(piece.key, piece.start) for piece in line.pieces()}
    asked = [piece for piece in problem.previous if piece.key in line.items]
    kept = sum((piece.key, piece.start) in stands for piece in asked)
    return Replanned(placing(line, problem), len(asked) - kept, kept)


def _away(line: Timeline) -> list[int]:
    """Items of which a piece is not where it was."""
    return [
        key
        for key, before in line.before.items()
        if before - {piece.start for piece in line.placed.get(key, ())}
    ]


def _asked(problem: Problem, lacked: Mapping[int, int]) -> Problem:
    """The problem without what was missing before."""
    items = (
        replace(item, slots=max(0, item.slots - lacked.get(item.key, 0))) for item in problem.items
    )
    return replace(problem, items=tuple(items))


def standing(problem: Problem) -> Timeline:
    """What can stay of the plan before; the last piece of an item that got shorter is cut."""
    line = Timeline(problem)
    for piece in sorted(problem.previous, key=lambda one: (one.start, one.key)):
        item = line.items.get(piece.key)
        if item is None:
            continue
        cut = Piece(piece.key, piece.start, min(piece.slots, line.missing(item)))
        if line.holds(cut):
            line.add(cut)
    line.drop_unfounded()
    return line


def _fill(line: Timeline) -> None:
    """Places what is missing."""
    urgency = Urgency(line.problem)
    lacking = [item for item in line.problem.items if line.missing(item) > 0]
    lacking.sort(key=lambda item: (-urgency.index(item, item.slots, 0), item.key))
    waiting = [item for item in lacking if item.after]
    for item in (*lacking, *waiting):  # what waits is tried again when the other has its place
        insert(line, item)
    line.drop_unfounded()


def _give_way(line: Timeline) -> None:
    """Gives room of what cannot be done in time to what can, where that lacks some."""
    items = line.problem.items
    if not any(line.missing(item) > 0 for item in items if not item.hopeless):
        return
    gone = [piece for item in items if item.hopeless for piece in line.remove(item.key)]
    if not gone:
        return
    urgency = Urgency(line.problem)
    short = [item for item in items if line.missing(item) > 0 and not item.hopeless]
    short.sort(key=lambda item: (-urgency.index(item, item.slots, 0), item.key))
    for item in short:
        insert(line, item)
    for piece in gone:
        if line.holds(piece):
            line.add(piece)
    _fill(line)


def _lacking(line: Timeline, item: Item) -> bool:
    """Whether something of an item has no room, or comes late."""
    if line.missing(item) > 0:
        return True
    return item.due is not None and item.slots > 0 and line.ends(item.key) > item.due


def pinned(problem: Problem, pin: Piece) -> Problem:
    """The problem with a piece of an item fixed: its time is taken, and less is left to place."""
    items: list[Item] = []
    place = ""
    for item in problem.items:
        if item.key == pin.key:
            place = item.place
            items.append(replace(item, slots=max(0, item.slots - pin.slots)))
        else:
            items.append(item)
    taken = sorted(
        (*problem.taken, Taken(pin.start, pin.end, place)), key=lambda one: (one.start, one.end)
    )
    return replace(
        problem,
        items=tuple(items),
        windows=without(problem.windows, [(pin.start, pin.end)]),
        pins=(*problem.pins, pin),
        taken=tuple(taken),
    )


def dragged(problem: Problem, pieces: Sequence[Piece], moved: Piece, to: int) -> Problem:
    """The problem after a piece of a plan was dragged: fixed where it is now, the rest as it was.

    Args:
        problem: The problem that the plan is for.
        pieces: The plan, without pins.
        moved: The piece that was dragged.
        to: The slot at which it begins now.
    """
    rest = tuple(piece for piece in pieces if piece != moved)
    return pinned(replace(problem, previous=rest), Piece(moved.key, to, moved.slots))
