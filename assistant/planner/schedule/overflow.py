"""What found no room: why, and what would make it fit, each tried before it is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from assistant.planner.schedule.greedy import Urgency
from assistant.planner.schedule.hopeless import is_hopeless, marked
from assistant.planner.schedule.inserting import insert
from assistant.planner.schedule.local import LocalSearch
from assistant.planner.schedule.nearest import only
from assistant.planner.schedule.problem import DAY_SLOTS, Item, Piece, Placing, Problem
from assistant.planner.schedule.spans import Span, merged, without
from assistant.planner.schedule.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.domain.cancel import CancelToken

MOST_TRIED: Final = 8
_MOST_REMEDIES = 3
_ROUNDS = 25
_HOUR = 12
_EVENING = 22 * _HOUR
_MORNING = 10 * _HOUR
_LONGEST = 4 * _HOUR
_FEWEST = 3
_MOST_DROPS = 6
_CLEARLY = 1.2
"""By what factor something has to matter less to be left out for another."""
_MOST_DAYS = 8
"""Days on which an hour more is tried."""


class Cramped(StrEnum):
    """Why something found no room."""

    WAITS = "waits"
    AFTER = "after"
    """What it waits for is done too late for it."""
    LONG = "long"
    """It takes more than all the room there is until it is due."""
    NEVER = "never"
    """It may not begin before it is due."""
    STRETCH = "stretch"
    """No free stretch is long enough, and it may not be split."""
    DEADLINE = "deadline"
    NEXT = "next"
    """The next of its series begins before."""
    HORIZON = "horizon"


@dataclass(frozen=True, slots=True)
class Change:
    """One change that was tried and makes an item fit.

    Args:
        action: As in ``Remedy``.
        first: The slot, key or number that it needs: of ``extend_hours`` the first slot, of
            ``later_due`` the new one, of ``shorten`` how many slots are left, of ``drop`` a key.
        last: Of ``extend_hours`` the slot after the last; else 0.
    """

    action: str
    first: int
    last: int = 0


@dataclass(frozen=True, slots=True)
class Lacking:
    """An item that does not wholly fit.

    Args:
        key: Which.
        slots: How many are not placed.
        why: In a word.
        other: What it waits for; 0 if it does not.
        measure: Of ``STRETCH`` the longest free stretch that it could have, in slots; of ``AFTER``
            the slot at which what it waits for is done; else 0.
        changes: What would make it fit.
    """

    key: int
    slots: int
    why: Cramped
    other: int = 0
    measure: int = 0
    changes: tuple[Change, ...] = ()


def lacking(
    problem: Problem,
    placing: Placing,
    tried: int = MOST_TRIED,
    cancel: CancelToken | None = None,
) -> tuple[Lacking, ...]:
    """Everything that is missing, what is due and weighs most first, later times last.

    Args:
        problem: What was asked.
        placing: What came of it.
        tried: For how many of them remedies are tried; each takes a while.
        cancel: Stops the trying of remedies.

    Raises:
        Cancelled: It was asked to stop.
    """
    items = {item.key: item for item in problem.items}
    keys = sorted(
        placing.missing,
        key=lambda key: (
            key < 0 and items[key].series > 0,  # later times of what recurs are told last
            items[key].due is None,
            -items[key].weight,
            items[key].due or 0,
            key,
        ),
    )
    line = Timeline(problem, placing.pieces)
    stands = {piece.key for piece in placing.pieces}
    near = only(problem, (*stands, *keys[:tried]))
    free = _free(line)
    found: list[Lacking] = []
    for number, key in enumerate(keys):
        why, other, measure = _why(line, items[key], free)
        changes = _changes(near, placing, items[key], why, cancel) if number < tried else ()
        found.append(Lacking(key, placing.missing[key], why, other, measure, changes))
    return tuple(found)


def lacking_one(
    problem: Problem,
    pieces: Sequence[Piece],
    key: int,
    cancel: CancelToken | None = None,
    *,
    tried: bool = True,
) -> Lacking | None:
    """What one item lacks in a plan; None if nothing.

    Args:
        problem: What was asked.
        pieces: The plan.
        key: Which item.
        cancel: Stops the trying of remedies.
        tried: Whether remedies are tried; it takes a while.

    Raises:
        Cancelled: It was asked to stop.
    """
    line = Timeline(problem, pieces)
    missing = {one.key: line.missing(one) for one in problem.items if line.missing(one) > 0}
    if key not in missing:
        return None
    item = line.items[key]
    why, other, measure = _why(line, item, _free(line))
    changes: tuple[Change, ...] = ()
    if tried:
        near = only(problem, (key, *(piece.key for piece in pieces)))
        changes = _changes(near, Placing(tuple(pieces), missing, 0), item, why, cancel)
    return Lacking(key, missing[key], why, other, measure, changes)


def _free(line: Timeline) -> tuple[Span, ...]:
    """Working time in which nothing stands."""
    return without(line.problem.windows, [(piece.start, piece.end) for piece in line.pieces()])


def _why(line: Timeline, item: Item, free: Sequence[Span]) -> tuple[Cramped, int, int]:
    known = [key for key in item.after if key in line.items]
    waits = next((key for key in known if line.missing(line.items[key]) > 0), 0)
    if waits:
        return Cramped.WAITS, waits, 0
    begins = line.earliest(item)
    hopeless = is_hopeless(line.problem, item)
    if begins > item.release and not hopeless and _is_too_late(line.problem, item, begins):
        return Cramped.AFTER, max(known, key=lambda key: (line.ends(key), key)), begins
    why, longest = _of_itself(line.problem, item, free)
    return (Cramped.LONG if why is Cramped.DEADLINE and hopeless else why), 0, longest


def _of_itself(problem: Problem, item: Item, free: Sequence[Span]) -> tuple[Cramped, int]:
    """Why something that waits for nothing found no room, and the longest stretch it could have."""
    last = problem.horizon if item.ends_by is None else item.ends_by
    if item.release >= last:
        return Cramped.NEVER, 0
    if not item.split:
        rooms = (min(end, last) - max(start, item.release) for start, end in free)
        longest = max(rooms, default=0)
        if 0 < longest < item.slots:
            return Cramped.STRETCH, longest
    if last >= problem.horizon:
        return Cramped.HORIZON, 0
    by_due = not item.late and last == item.due
    return (Cramped.DEADLINE if by_due else Cramped.NEXT), 0


def _is_too_late(problem: Problem, item: Item, begins: int) -> bool:
    """Whether it cannot be done any more if it is begun then."""
    last = problem.horizon if item.ends_by is None else item.ends_by
    return begins >= last or is_hopeless(problem, replace(item, release=begins))


def _changes(
    problem: Problem, placing: Placing, item: Item, why: Cramped, cancel: CancelToken | None
) -> tuple[Change, ...]:
    found: list[Change] = []
    ways = (_splitting, _extending, _later, _dropping, _shorter)
    if item.key < 0:
        ways = (_extending, _dropping)  # the tutor's: there is no task to change
    for way in () if why is Cramped.WAITS else ways:
        change = next(way(problem, placing, item, cancel), None)
        if change is not None:
            found.append(change)
        if len(found) >= _MOST_REMEDIES:
            break
    return tuple(found)


def fits_then(
    problem: Problem, placing: Placing, item: Item, cancel: CancelToken | None = None
) -> Timeline | None:
    """A plan of the changed problem in which the item fits and nothing else is lost, if found.

    Raises:
        Cancelled: It was asked to stop.
    """
    if cancel is not None:
        cancel.raise_if_cancelled()
    problem = marked(problem)
    line = Timeline(problem)
    for piece in placing.pieces:
        if piece.key != item.key and line.holds(piece):
            line.add(piece)
    urgency = Urgency(problem)
    back = [one for one in problem.items if line.missing(one) > 0]
    back.sort(key=lambda one: (one.key != item.key, -urgency.index(one, one.slots, 0), one.key))
    for one in back:
        insert(line, one)
    if not _sound(line, placing, item):
        LocalSearch(line, 1).improve(_ROUNDS, lambda: _sound(line, placing, item))
    return line if _sound(line, placing, item) else None


def _sound(line: Timeline, placing: Placing, item: Item) -> bool:
    if line.missing(line.items[item.key]) > 0:
        return False
    return all(line.missing(one) <= placing.missing.get(one.key, 0) for one in line.problem.items)


def _with(problem: Problem, item: Item) -> Problem:
    items = tuple(item if one.key == item.key else one for one in problem.items)
    return replace(problem, items=items)


def _splitting(
    problem: Problem, placing: Placing, item: Item, cancel: CancelToken | None
) -> Iterator[Change]:
    if item.split or item.slots < 2 * _FEWEST:
        return
    other = replace(item, split=True, least=min(item.least, item.slots // 2))
    if fits_then(_with(problem, other), placing, other, cancel):
        yield Change("allow_split", item.slots)


def _extending(
    problem: Problem, placing: Placing, item: Item, cancel: CancelToken | None
) -> Iterator[Change]:
    """An hour or more beside the hours of a day, or on a day that has none."""
    needs = placing.missing.get(item.key, item.slots)
    needs = item.slots if not item.split else max(needs, min(item.least, item.slots))
    slots = -(-needs // _HOUR) * _HOUR
    if slots > _LONGEST:
        return
    last = problem.horizon if item.ends_by is None else min(item.ends_by, problem.horizon)
    hours = merged(problem.hours or problem.windows)
    taken = [(one.start, one.end) for one in problem.taken]
    for number, day in enumerate(problem.days[:_MOST_DAYS]):
        closes = problem.days[number + 1] if number + 1 < len(problem.days) else problem.horizon
        own = [span for span in hours if day <= span[0] < closes]
        start = max(own[-1][1] if own else day + _MORNING, 0, item.release)
        for span in without([(start, min(day + _EVENING, last, closes))], taken):
            if span[1] - span[0] < slots:
                continue
            extra = (span[0], span[0] + slots)
            windows = merged((*problem.windows, extra))
            if fits_then(replace(problem, windows=windows), placing, item, cancel):
                yield Change("extend_hours", *extra)


def _later(
    problem: Problem, placing: Placing, item: Item, cancel: CancelToken | None
) -> Iterator[Change]:
    if item.due is None or item.late or item.due >= problem.horizon:
        return
    line = fits_then(_with(problem, replace(item, due=None)), placing, item, cancel)
    if line is None:
        return
    due = line.ends(item.key)
    for later in (due, -(-due // DAY_SLOTS) * DAY_SLOTS):
        if fits_then(_with(problem, replace(item, due=later)), placing, item, cancel):
            yield Change("later_due", later)


def _dropping(
    problem: Problem, placing: Placing, item: Item, cancel: CancelToken | None
) -> Iterator[Change]:
    """Something that matters less and is planned."""
    stands = {piece.key for piece in placing.pieces}
    needed = {key for one in problem.items for key in one.after}
    lighter = [
        one
        for one in problem.items
        if one.key in stands - needed and one.key >= 0 and one.weight * _CLEARLY < item.weight
    ]
    lighter.sort(key=lambda one: (one.weight, one.slots, one.key))
    for one in lighter[:_MOST_DROPS]:
        items = tuple(other for other in problem.items if other.key != one.key)
        if fits_then(replace(problem, items=items), placing, item, cancel):
            yield Change("drop", one.key)


def _shorter(
    problem: Problem, placing: Placing, item: Item, cancel: CancelToken | None
) -> Iterator[Change]:
    """The most of it that fits (by halving); what is placed of it does."""
    low = item.slots - placing.missing.get(item.key, item.slots) if item.split else 0
    high = item.slots
    while high - low > 1:
        middle = (low + high) // 2
        other = replace(item, slots=middle)
        if fits_then(_with(problem, other), placing, other, cancel):
            low = middle
        else:
            high = middle
    if low >= min(_FEWEST, item.slots):
        yield Change("shorten", low)
