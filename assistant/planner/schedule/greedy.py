"""A first plan by list scheduling: time goes forward, and what is most pressing is taken.

Source of the index: apparent tardiness cost, A. P. J. Vepsalainen and T. E. Morton, "Priority rules
for job shops with weighted tardiness costs", Management Science 33 (1987) 1035-1047; here slack is
counted in time that can be worked, and the index is scaled by the energy that there is.
"""

from bisect import bisect_right
from itertools import accumulate
from math import exp

from assistant.planner.schedule.inserting import insert, sizes
from assistant.planner.schedule.problem import Item, Piece, Problem
from assistant.planner.schedule.timeline import Timeline

_LOOK_AHEAD = 3.0
"""How many mean items ahead a deadline is felt (the k of the rule)."""
_NO_DUE_SLACK = 8.0
"""An item without a deadline is taken as one that is that many mean items away."""
_SAME_GROUP = 1.25
_HOPELESS = 1e-6
"""What cannot be done in time comes after all that can."""
_STEP = 3


class Urgency:
    """The index of items at a time.

    Args:
        problem: The problem.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._opens = [start for start, _ in problem.windows]
        lengths = [end - start for start, end in problem.windows]
        self._until = [0, *accumulate(lengths)]
        sizes_ = [item.slots for item in problem.items if item.slots]
        self.mean = max(1.0, min(60.0, sum(sizes_) / max(1, len(sizes_))))

    def room(self, slot: int) -> int:
        """Slots of working time before a slot."""
        at = bisect_right(self._opens, slot) - 1
        if at < 0:
            return 0
        start, end = self.problem.windows[at]
        return self._until[at] + min(slot, end) - start

    def index(self, item: Item, left: int, now: int) -> float:
        """How pressing what is left of an item is: weight by length, less while there is slack."""
        if item.due is None:
            slack = _NO_DUE_SLACK * self.mean
        else:
            slack = max(0.0, self.room(item.due) - self.room(now) - left)
        press = item.weight / max(1, left) * exp(-slack / (_LOOK_AHEAD * self.mean))
        return press * _HOPELESS if item.hopeless else press


def greedy(problem: Problem) -> Timeline:
    """A plan that keeps all hard rules, made without going back."""
    line = Timeline(problem)
    urgency = Urgency(problem)
    waiting = {item.key: item for item in problem.items if item.slots > 0}
    for opens, closes in problem.windows:
        now = opens
        last_group = 0
        while now < closes and waiting:
            piece = _pick(line, urgency, waiting, (now, closes), last_group)
            if piece is None:
                now += _STEP
                continue
            line.add(piece)
            item = waiting[piece.key]
            last_group = item.group
            if line.missing(item) == 0:
                del waiting[piece.key]
            now = piece.end
    ranked = sorted(waiting.values(), key=lambda one: (-urgency.index(one, one.slots, 0), one.key))
    for item in ranked:
        insert(line, item)
    return line


def _pick(
    line: Timeline,
    urgency: Urgency,
    waiting: dict[int, Item],
    within: tuple[int, int],
    group: int,
) -> Piece | None:
    """The most pressing piece that can begin now."""
    now, closes = within
    marked: list[tuple[float, int]] = []
    for item in waiting.values():
        if item.release > now or (item.ends_by is not None and item.ends_by <= now):
            continue
        index = urgency.index(item, line.missing(item), now)
        if group and item.group == group:
            index *= _SAME_GROUP
        marked.append((-index, item.key))
    marked.sort()
    for _, key in marked:
        item = waiting[key]
        if line.earliest(item) > now:
            continue
        end = min(closes, line.latest(item))
        for slots in sizes(line, item, line.missing(item)):
            if now + slots <= end and line.fits(item, now, slots):
                return Piece(key, now, slots)
    return None
