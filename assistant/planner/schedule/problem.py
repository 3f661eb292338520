"""What a week asks: everything in whole slots from the first moment that can be planned."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

SLOT_MIN: Final = 5
DAY_SLOTS: Final = 24 * 60 // SLOT_MIN


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of an item.

    Args:
        key: Of which item.
        start: Its first slot.
        slots: How many it takes.
    """

    key: int
    start: int
    slots: int

    @property
    def end(self) -> int:
        """The slot after its last."""
        return self.start + self.slots


@dataclass(frozen=True, slots=True)
class Taken:
    """A stretch that is taken already: an event, or a pinned piece.

    Args:
        start: Its first slot; may lie before 0.
        end: The slot after its last.
        place: Where one has to be, or empty.
    """

    start: int
    end: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Something to place.

    Args:
        key: Its name; no two have the same.
        slots: What is left to place, besides what is pinned.
        weight: How much it matters, from 1.
        release: It cannot begin before.
        due: It should end by then.
        late: Whether it may end after ``due``; else what does not fit is left out.
        split: Whether it may be done in pieces.
        least: The shortest piece; the last one may be what is left.
        group: Items of one group (a project) need no switching between them; 0 is none.
        place: Where it has to be done; anywhere if empty.
        after: Keys of items that have to be done before.
        demand: How much it asks of the one who does it: 0 to 100.
        preferred: Stretches in which it is liked best; none if empty.
        series: Items of one series (a recurring task) are its times; 0 is none.
        until: When the next of its series begins: it cannot end later, even where it is late.
        hopeless: Whether it cannot be done by then even if it is alone; see ``hopeless.marked``.
    """

    key: int
    slots: int
    weight: float = 2
    release: int = 0
    due: int | None = None
    late: bool = False
    split: bool = True
    least: int = 5
    group: int = 0
    place: str = ""
    after: tuple[int, ...] = ()
    demand: int = 50
    preferred: tuple[tuple[int, int], ...] = ()
    series: int = 0
    until: int | None = None
    hopeless: bool = False

    @property
    def ends_by(self) -> int | None:
        """When it has to have ended; None where it may end at any time."""
        due = None if self.late else self.due
        if due is None or self.until is None:
            return self.until if due is None else due
        return min(due, self.until)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each thing costs that one would rather not have; 0 takes it out.

    Args:
        missing: A slot that is not placed, for each point of weight.
        hopeless: In place of ``missing`` and ``unfinished`` for what cannot be done in time: so
            little that all of it is worth less than the least that can be.
        unfinished: An item that is not wholly placed, for each point of weight: where not
            everything fits, one long task is left over rather than several short ones.
        late: Ending late at all, and ``late_slot`` for each slot of it, for each point of weight.
        flow: Each slot until an item ends, for each point of weight.
        energy: A slot at no energy of work that demands all.
        switch: Going over to another group without a rest.
        piece: Each piece of an item but the first.
        spread: Each slot of an item on one day above ``spread_from``.
        preferred: Each slot outside of the stretches that are preferred.
        moved: Each piece of the plan before that is not where it was.
    """

    missing: int = 4000
    hopeless: int = 16
    unfinished: int = 60_000
    late: int = 600
    late_slot: int = 8
    flow: int = 1
    energy: int = 60
    switch: int = 40
    piece: int = 60
    spread: int = 12
    spread_from: int = 36
    preferred: int = 60
    moved: int = 150


@dataclass(frozen=True, slots=True)
class Problem:
    """A week, or any number of days.

    Args:
        horizon: Slots in all.
        windows: Stretches of working time in which nothing is taken, in order, none touching.
        days: The first slot of each local day, beginning with 0.
        items: What to place.
        pins: Pieces of items that stay where they are; they are no part of ``windows``.
        taken: Events and pins with their places, by their start.
        energy: Of each slot, 0 to 100; everywhere the same if empty.
        focus: The longest stretch of work without a rest.
        rest: Slots of a rest.
        travel: Slots of the way between two different places.
        previous: Where the pieces stood before, if there was a plan.
        hours: Working time with what is taken of it, in order; as ``windows`` if empty.
        weights: What is liked how much.
    """

    horizon: int
    windows: tuple[tuple[int, int], ...]
    days: tuple[int, ...]
    items: tuple[Item, ...]
    pins: tuple[Piece, ...] = ()
    taken: tuple[Taken, ...] = ()
    energy: tuple[int, ...] = ()
    focus: int = 18
    rest: int = 3
    travel: int = 6
    previous: tuple[Piece, ...] = ()
    hours: tuple[tuple[int, int], ...] = ()
    weights: Weights = Weights()

    def day_of(self, slot: int) -> int:
        """The number of the day on which a slot lies."""
        return bisect_right(self.days, slot) - 1

    @property
    def room(self) -> int:
        """Slots that can be planned."""
        return sum(end - start for start, end in self.windows)


@dataclass(frozen=True, slots=True)
class Placing:
    """What came of it.

    Args:
        pieces: Everything that was placed, by its start, without the pins.
        missing: Of items that do not wholly fit, the slots that are left.
        cost: By ``Weights``; smaller is better.
        proved: Whether it was proved that everything that is missing cannot be placed.
        by_clock: Whether the clock ended the search, so that another run may come to more.
    """

    pieces: tuple[Piece, ...]
    missing: dict[int, int]
    cost: int
    proved: bool = False
    by_clock: bool = False
