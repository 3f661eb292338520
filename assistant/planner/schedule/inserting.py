"""Puts one item where it costs least, in one piece or in several."""

from collections.abc import Iterator

from assistant.planner.schedule.costs import end_cost, piece_cost, switch_cost
from assistant.planner.schedule.problem import Item, Piece
from assistant.planner.schedule.timeline import NEVER, Timeline

_GRID = 6
"""Within a free stretch a start is tried at every so many slots."""


def insert(line: Timeline, item: Item) -> bool:
    """Places what is missing of an item as well as it goes; whether nothing is missing then.

    What is placed of it stays where it is; where it cannot be placed whole, as much as fits is.
    """
    _without_short(line, item)
    left = line.missing(item)
    while left > 0:
        first, last = line.earliest(item), line.latest(item)
        if first == NEVER:
            return False
        if left < item.least:
            # Only the last piece may be that short.
            first = max([first, *(piece.end for piece in line.placed.get(item.key, ()))])
        piece = _best(line, item, left, (first, last))
        if piece is None:
            return False
        line.add(piece)
        left -= piece.slots
    return True


def _without_short(line: Timeline, item: Item) -> None:
    """Takes a piece that is short because it was the last one out, where there is more to place."""
    stands = line.placed.get(item.key, ())
    if line.missing(item) > 0 and any(piece.slots < item.least for piece in stands):
        for piece in line.remove(item.key):
            if piece.slots >= item.least:
                line.add(piece)


def _best(line: Timeline, item: Item, left: int, within: tuple[int, int]) -> Piece | None:
    for slots in sizes(line, item, left):
        start = cheapest(line, item, slots, within)
        if start is not None:
            return Piece(item.key, start, slots)
    return None


def sizes(line: Timeline, item: Item, left: int) -> list[int]:
    """Lengths of the next piece that are worth trying, the one liked best first."""
    if not item.split:
        return [left]
    focus = max(1, line.problem.focus)
    least = min(item.least, left)
    parts = -(-left // focus)
    liked = -(-left // parts)
    wanted = [liked, *range(liked - 3, least, -3), least]
    found: list[int] = []
    for slots in wanted:
        rest = left - slots
        fits = least <= slots <= max(focus, least) and (rest == 0 or rest >= least)
        if fits and slots not in found:
            found.append(slots)
    if not found and left <= max(focus, 2 * least):
        found = [left] if left <= focus else [least]
    return found or [least]


def cheapest(line: Timeline, item: Item, slots: int, within: tuple[int, int]) -> int | None:
    """The start at which a piece of that length costs least; None where it fits nowhere."""
    before = line.before.get(item.key, ())
    moved = line.problem.weights.moved
    ends = line.ends(item.key)
    days = _days(line, item)
    marked: list[tuple[int, int]] = []
    for start, left, right in _starts(line, item, slots, within):
        piece = Piece(item.key, start, slots)
        cost = piece_cost(line, item, start, slots) + end_cost(line, item, max(ends, piece.end))
        cost += _switching(line, left, piece, right) + _spread(line, days, piece)
        marked.append((cost - (moved if start in before else 0), start))
    marked.sort()
    return next((start for _, start in marked if line.fits(item, start, slots)), None)


def _switching(line: Timeline, left: Piece | None, piece: Piece, right: Piece | None) -> int:
    """What going over costs more with a piece between two others."""
    cost = switch_cost(line, left, piece) if left else 0
    cost += switch_cost(line, piece, right) if right else 0
    return cost - (switch_cost(line, left, right) if left and right else 0)


def _days(line: Timeline, item: Item) -> dict[int, int]:
    """How much of an item there is on each day."""
    days: dict[int, int] = {}
    for piece in line.placed.get(item.key, ()):
        day = line.problem.day_of(piece.start)
        days[day] = days.get(day, 0) + piece.slots
    return days


def _spread(line: Timeline, days: dict[int, int], piece: Piece) -> int:
    """What a piece costs more because there is much of its item on that day."""
    if not days:
        return 0
    weights = line.problem.weights
    there = days.get(line.problem.day_of(piece.start), 0)
    over = max(0, there + piece.slots - weights.spread_from) - max(0, there - weights.spread_from)
    return weights.spread * over


def _starts(
    line: Timeline, item: Item, slots: int, within: tuple[int, int]
) -> Iterator[tuple[int, Piece | None, Piece | None]]:
    """Starts that may be worth it, with their neighbours.

    They are the edges of free stretches, with a rest or a way, and a grid inside of them.
    """
    first, last = within
    rest = line.problem.rest
    way = line.problem.travel if line.travels else 0
    before = line.before.get(item.key, ())
    for (opens, closes), row in zip(line.problem.windows, line.rows, strict=True):
        if closes <= first or opens >= last:
            continue
        left, neighbour = opens, None
        for piece in (*row, None):
            right = piece.start if piece else closes
            low, high = max(left, first), min(right, last) - slots
            if low <= high:
                found = {low, high, *(left + more for more in (rest, way)), *before}
                found.update(right - slots - more for more in (rest, way))
                found.update(range(low + -low % _GRID, high + 1, _GRID))
                yield from ((one, neighbour, piece) for one in sorted(found) if low <= one <= high)
            if piece:
                left, neighbour = piece.end, piece
