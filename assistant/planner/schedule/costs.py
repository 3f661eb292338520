"""What a plan costs by the weights of its problem; the same sums steer every way to make one."""

from itertools import pairwise

from assistant.planner.schedule.problem import Item, Piece, Weights
from assistant.planner.schedule.timeline import Timeline


def piece_cost(line: Timeline, item: Item, start: int, slots: int) -> int:
    """What a piece costs for itself: energy, and what is preferred."""
    weights = line.problem.weights
    end = start + slots
    tiring = line.tiring[end] - line.tiring[start]
    cost = weights.energy * item.demand * tiring // 10_000
    if item.preferred and weights.preferred:
        liked = sum(max(0, min(end, last) - max(start, first)) for first, last in item.preferred)
        cost += weights.preferred * max(0, slots - liked)
    return cost


def end_cost(line: Timeline, item: Item, end: int) -> int:
    """What it costs that an item ends then: waiting for it, and being late."""
    weights = line.problem.weights
    cost = round(weights.flow * item.weight * max(0, end - item.release)) // 2
    if item.due is not None and end > item.due:
        cost += round(item.weight * (weights.late + weights.late_slot * (end - item.due)))
    return cost


def missing_cost(weights: Weights, item: Item, left: int) -> int:
    """What it costs that so many slots of an item found no room."""
    if item.hopeless:
        return round(item.weight * weights.hopeless * left)
    return round(item.weight * (weights.missing * left + weights.unfinished))


def item_cost(line: Timeline, item: Item) -> int:
    """What an item costs as it stands, without its neighbours."""
    weights = line.problem.weights
    stands = line.placed.get(item.key, ())
    cost = 0
    left = item.slots
    days: dict[int, int] = {}
    for piece in stands:
        cost += piece_cost(line, item, piece.start, piece.slots)
        left -= piece.slots
        day = line.problem.day_of(piece.start)
        days[day] = days.get(day, 0) + piece.slots
    if left:
        cost += missing_cost(weights, item, left)
    if stands:
        cost += weights.piece * (len(stands) - 1)
        cost += weights.spread * sum(max(0, sum_ - weights.spread_from) for sum_ in days.values())
        cost += end_cost(line, item, line.ends(item.key))
    before = line.before.get(item.key)
    if before:
        starts = {piece.start for piece in stands}
        cost += weights.moved * len(before - starts)
    return cost


def switch_cost(line: Timeline, one: Piece, other: Piece) -> int:
    """What it costs to go from a piece to the next one of its window."""
    if one.key == other.key or other.start - one.end >= line.problem.rest:
        return 0
    group = line.items[one.key].group
    return 0 if group and group == line.items[other.key].group else line.problem.weights.switch


def total_cost(line: Timeline) -> int:
    """What the whole plan costs."""
    cost = sum(item_cost(line, item) for item in line.problem.items)
    for row in line.rows:
        for one, other in pairwise(row):
            cost += switch_cost(line, one, other)
    return cost
