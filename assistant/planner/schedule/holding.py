"""Whether a reason says what it does, and what is said of a piece for which none holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain.schedule import Because
from assistant.planner.schedule.costs import switch_cost
from assistant.planner.schedule.inserting import cheapest
from assistant.planner.schedule.problem import Item, Piece, Problem
from assistant.planner.schedule.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Sequence

_KEEPS_BACK = frozenset({Because.NOT_BEFORE, Because.HOURS, Because.PLACE, Because.ORDER})
"""Without these a piece would stand earlier."""
_BRINGS_FORWARD = frozenset({Because.DEADLINE, Because.PRIORITY, Because.SOONEST})
"""Without these a piece would stand later, or nowhere."""


class Holding:
    """One piece of a plan among the others.

    Args:
        problem: What the plan is for.
        pieces: The plan, without pins.
        piece: One of them.
    """

    def __init__(self, problem: Problem, pieces: Sequence[Piece], piece: Piece) -> None:
        self._problem = problem
        self._piece = piece
        self._others = [one for one in pieces if one != piece]
        self._line = Timeline(problem, self._others)
        self.item = self._line.items[piece.key]

    @property
    def is_late(self) -> bool:
        """Whether the piece ends after its item is due."""
        return self.item.due is not None and self._piece.end > self.item.due

    def says(self, because: Because, otherwise: int | None) -> bool:
        """Whether a piece that would begin there without a reason is moved as its words say."""
        start = self._piece.start
        awaited = because is Because.ORDER and not self.item.after
        if because in _BRINGS_FORWARD or awaited:
            return otherwise is None or otherwise > start
        if otherwise is None:
            return False
        if because in _KEEPS_BACK:
            return otherwise < start
        if because in {Because.ENERGY, Because.PREFERRED, Because.TOGETHER}:
            return self._is_better(because, otherwise)
        return otherwise != start and self._is_shut(because, otherwise)

    def plainest(self) -> tuple[Because, int | None]:
        """What holds of any piece, where no reason of its own does, and where else it would be."""
        piece, line = self._piece, self._line
        bound = {piece.key, *self.item.after, *line.followers.get(piece.key, ())}
        alone = Timeline(self._problem, [one for one in self._others if one.key in bound])
        best = self._cheapest(alone)
        if best not in {None, piece.start} and self._is_occupied(best or 0):
            return Because.OTHERS, best
        before = (line.earliest(self.item), piece.end - 1)
        after = self._cheapest(line, piece.end)
        if cheapest(line, self.item, piece.slots, before) is None:
            return Because.FIRST, after
        near = Timeline(self._problem, [*self._others, piece])
        other = cheapest(
            near, self.item, piece.slots, (near.earliest(self.item), line.latest(self.item))
        )
        for because in (Because.PREFERRED, Because.ENERGY, Because.TOGETHER):
            if other is not None and self._is_better(because, other):
                return because, other
        return Because.FREE, None

    def _is_shut(self, because: Because, other: int) -> bool:
        """Whether a reason speaks against standing there, where it can be told by the place."""
        if because is Because.CALENDAR:
            return self._is_taken(other)
        if because is Because.REPEATS:
            last = self._problem.horizon if self.item.until is None else self.item.until
            return not self.item.release <= other < last
        if because is Because.SPREAD:
            return self._problem.day_of(other) != self._problem.day_of(self._piece.start)
        return True

    def _cheapest(self, line: Timeline, first: int = 0) -> int | None:
        within = (max(first, line.earliest(self.item)), line.latest(self.item))
        return cheapest(line, self.item, self._piece.slots, within)

    def _is_occupied(self, start: int) -> bool:
        end = start + self._piece.slots + self._problem.rest
        first = start - self._problem.rest
        return any(one.start < end and one.end > first for one in self._others)

    def _is_taken(self, start: int) -> bool:
        way = self._problem.travel if self._line.travels else 0
        end = start + self._piece.slots + way
        return any(one.start < end and one.end > start - way for one in self._problem.taken)

    def _is_better(self, because: Because, other: int) -> bool:
        """Whether the piece stands better here than it would there, in that respect."""
        here, there = (self._cost(because, at) for at in (self._piece.start, other))
        return here < there

    def _cost(self, because: Because, start: int) -> int:
        end = start + self._piece.slots
        if because is Because.ENERGY:
            return self.item.demand * (self._line.tiring[end] - self._line.tiring[start])
        if because is Because.PREFERRED:
            return -_liked(self.item, start, end)
        return self._switching(Piece(self._piece.key, start, self._piece.slots))

    def _switching(self, piece: Piece) -> int:
        line = self._line
        row = line.rows[max(0, line.window_at(piece.start))] if line.rows else []
        left = max((one for one in row if one.end <= piece.start), key=_start, default=None)
        right = min((one for one in row if one.start >= piece.end), key=_start, default=None)
        cost = switch_cost(line, left, piece) if left else 0
        return cost + (switch_cost(line, piece, right) if right else 0)


def _start(piece: Piece) -> int:
    return piece.start


def _liked(item: Item, start: int, end: int) -> int:
    return sum(max(0, min(end, last) - max(start, first)) for first, last in item.preferred)
