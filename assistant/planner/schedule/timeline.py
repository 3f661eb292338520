"""A plan while it is made: what stands where, and whether something else would fit."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import Final

from assistant.planner.schedule.problem import Item, Piece, Problem

NEVER: Final = 1 << 30
_start_of = attrgetter("start")


class Timeline:
    """Pieces within the windows of a problem; every one keeps the hard rules.

    Args:
        problem: The problem.
        pieces: What stands already; it is not looked at again.
    """

    def __init__(self, problem: Problem, pieces: Iterable[Piece] = ()) -> None:
        self.problem = problem
        self.items = {item.key: item for item in problem.items}
        self.opens = [start for start, _ in problem.windows]
        self.rows: list[list[Piece]] = [[] for _ in problem.windows]
        self.placed: dict[int, list[Piece]] = {}
        self.followers = _followers(problem)
        self.pinned: dict[int, list[Piece]] = {}
        for pin in problem.pins:
            self.pinned.setdefault(pin.key, []).append(pin)
        flat = problem.energy or (100,) * problem.horizon
        self.tiring = [0, *accumulate(100 - one for one in flat)]
        self.travels = any(item.place for item in problem.items) and problem.travel > 0
        self._by_end = sorted(problem.taken, key=attrgetter("end"))
        self._by_start = sorted(problem.taken, key=_start_of)
        self._ends = [one.end for one in self._by_end]
        self._starts = [one.start for one in self._by_start]
        self.before: dict[int, set[int]] = {}
        for piece in problem.previous:
            self.before.setdefault(piece.key, set()).add(piece.start)
        for piece in pieces:
            self.add(piece)

    def add(self, piece: Piece) -> None:
        """Puts a piece in; the caller saw that it fits."""
        row = self.rows[self.window_at(piece.start)]
        row.insert(bisect_left(row, piece.start, key=_start_of), piece)
        self.placed.setdefault(piece.key, []).append(piece)

    def remove(self, key: int) -> list[Piece]:
        """Takes all pieces of an item out."""
        gone = self.placed.pop(key, [])
        for piece in gone:
            self.rows[self.window_at(piece.start)].remove(piece)
        return gone

    def window_at(self, slot: int) -> int:
        """The number of the window in which a slot lies, or of the last one before it."""
        return bisect_right(self.opens, slot) - 1

    def missing(self, item: Item) -> int:
        """Slots of an item that are not placed."""
        return item.slots - sum(piece.slots for piece in self.placed.get(item.key, ()))

    def ends(self, key: int) -> int:
        """When an item ends, with its pins; 0 where it is nowhere."""
        stands = (*self.placed.get(key, ()), *self.pinned.get(key, ()))
        return max((piece.end for piece in stands), default=0)

    def earliest(self, item: Item) -> int:
        """When an item may begin; ``NEVER`` while something before it is not wholly placed."""
        first = item.release
        for key in item.after:
            other = self.items.get(key)
            if other is None:
                continue
            if self.missing(other) > 0:
                return NEVER
            first = max(first, self.ends(key))
        return first

    def latest(self, item: Item) -> int:
        """When an item has to have ended."""
        last = self.problem.horizon
        if item.ends_by is not None:
            last = min(last, item.ends_by)
        for key in self.followers.get(item.key, ()):
            for piece in (*self.placed.get(key, ()), *self.pinned.get(key, ())):
                last = min(last, piece.start)
        return last

    def fits(self, item: Item, start: int, slots: int) -> bool:
        """Whether a piece of an item can stand there; its earliest and latest are not looked at."""
        number = self.window_at(start)
        if number < 0:
            return False
        end = start + slots
        row = self.rows[number]
        at = bisect_left(row, start, key=_start_of)
        if end > self.problem.windows[number][1]:
            return False
        if (at and row[at - 1].end > start) or (at < len(row) and row[at].start < end):
            return False
        return self._rested(row, at, start, end) and (
            not self.travels or self._reached(item, start, end)
        )

    def _rested(self, row: Sequence[Piece], at: int, start: int, end: int) -> bool:
        """Whether the stretch of work that a piece would join is not too long."""
        rest = self.problem.rest
        first, last, alone = start, end, True
        before = at - 1
        while before >= 0 and first - row[before].end < rest:
            first, alone = row[before].start, False
            before -= 1
        while at < len(row) and row[at].start - last < rest:
            last, alone = row[at].end, False
            at += 1
        return alone or last - first <= self.problem.focus

    def _reached(self, item: Item, start: int, end: int) -> bool:
        """Whether there is time for the ways to and from where it is done."""
        left = self._places_before(start)
        right = self._places_after(end)
        here = item.place
        if here:
            return left | right <= {here}
        return not left or not right or len(left | right) == 1

    def _places_before(self, slot: int) -> set[str]:
        """Where one still is then, without time for a way since; several if events overlap."""
        found: set[str] = set()
        edge = 0
        for begun, end, place in self._backwards(slot):
            if found:
                if end <= edge:
                    break
            elif slot - end >= self.problem.travel:
                break
            if place:
                edge = min(edge, begun) if found else begun
                found.add(place)
            slot = min(slot, begun)
        return found

    def _places_after(self, slot: int) -> set[str]:
        """Where one has to be next, without time for a way; several if events overlap."""
        found: set[str] = set()
        edge = 0
        for begins, ended, place in self._forwards(slot):
            if found:
                if begins >= edge:
                    break
            elif begins - slot >= self.problem.travel:
                break
            if place:
                edge = max(edge, ended)
                found.add(place)
            slot = max(slot, ended)
        return found

    def _backwards(self, slot: int) -> Iterator[tuple[int, int, str]]:
        """What ends by a slot, the latest end first: its start, end and place."""
        number = self.window_at(slot - 1)
        at = bisect_left(self.rows[number], slot, key=_start_of) - 1 if number >= 0 else -1
        event = bisect_right(self._ends, slot) - 1
        while True:
            while at < 0 <= number:
                number -= 1
                at = len(self.rows[number]) - 1 if number >= 0 else -1
            piece = self.rows[number][at] if number >= 0 else None
            taken = self._by_end[event] if event >= 0 else None
            if piece is not None and (taken is None or piece.end >= taken.end):
                yield piece.start, piece.end, self.items[piece.key].place
                at -= 1
            elif taken is not None:
                yield taken.start, taken.end, taken.place
                event -= 1
            else:
                return

    def _forwards(self, slot: int) -> Iterator[tuple[int, int, str]]:
        """What begins at a slot or later, the earliest start first: its start, end and place."""
        number = max(0, self.window_at(slot))
        at = bisect_left(self.rows[number], slot, key=_start_of) if self.rows else 0
        event = bisect_left(self._starts, slot)
        while True:
            while number < len(self.rows) - 1 and at >= len(self.rows[number]):
                number, at = number + 1, 0
            row = self.rows[number] if self.rows else []
            piece = row[at] if at < len(row) else None
            taken = self._by_start[event] if event < len(self._by_start) else None
            if piece is not None and (taken is None or piece.start <= taken.start):
                yield piece.start, piece.end, self.items[piece.key].place
                at += 1
            elif taken is not None:
                yield taken.start, taken.end, taken.place
                event += 1
            else:
                return

    def holds(self, piece: Piece) -> bool:
        """Whether a piece that is not in it could be put in as it stands."""
        item = self.items.get(piece.key)
        if item is None or piece.slots > self.missing(item) or piece.slots <= 0:
            return False
        if not item.split and piece.slots != item.slots:
            return False
        inside = piece.start >= self.earliest(item) and piece.end <= self.latest(item)
        return inside and self.fits(item, piece.start, piece.slots)

    def drop_unfounded(self) -> dict[int, list[Piece]]:
        """Takes out what waits for something that is not wholly placed, or not before it."""
        dropped: dict[int, list[Piece]] = {}
        again = True
        while again:
            again = False
            for key in list(self.placed):
                item = self.items[key]
                begins = min(piece.start for piece in self.placed[key])
                if item.after and self.earliest(item) > begins:
                    dropped[key] = self.remove(key)
                    again = True
        return dropped

    def pieces(self) -> tuple[Piece, ...]:
        """Everything, by its start."""
        return tuple(piece for row in self.rows for piece in row)


def _followers(problem: Problem) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for item in problem.items:
        for key in item.after:
            found.setdefault(key, []).append(item.key)
    return found
