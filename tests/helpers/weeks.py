"""Weeks made by chance, in slots."""

import random

from assistant.planner.schedule.problem import DAY_SLOTS, Item, Piece, Problem, Taken
from assistant.planner.schedule.spans import without

HOUR = 12


def week(seed: int, count: int = 12, *, places: bool = False) -> Problem:
    """Seven days of nine to six with lunch, some events, and tasks of many kinds."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    days = tuple(range(0, 7 * DAY_SLOTS, DAY_SLOTS))
    hours = tuple(
        span
        for day in days[:5]
        for span in ((day + 9 * HOUR, day + 12 * HOUR + 6), (day + 13 * HOUR, day + 18 * HOUR))
    )
    taken = sorted(
        (
            Taken(start, start + chance.choice([6, 12, 18]), _place(chance, places=places))
            for start in (chance.randrange(0, 5 * DAY_SLOTS) for _ in range(8))
        ),
        key=lambda one: (one.start, one.end),
    )
    items = tuple(_item(chance, key, places=places) for key in range(1, count + 1))
    return Problem(
        horizon=7 * DAY_SLOTS,
        windows=without(hours, [(one.start, one.end) for one in taken]),
        days=days,
        items=items,
        taken=tuple(taken),
        energy=tuple(max(0, 95 - 8 * abs((at % DAY_SLOTS) // HOUR - 10)) for at in range(2016)),
        hours=hours,
    )


def _place(chance: random.Random, *, places: bool) -> str:
    return chance.choice(["", "", "home", "campus"]) if places else ""


def _item(chance: random.Random, key: int, *, places: bool) -> Item:
    release = chance.choice([0, 0, 0, chance.randrange(1500)])
    return Item(
        key,
        slots=chance.choice([1, 3, 6, 12, 12, 18, 24, 36]),
        weight=chance.choice([1, 2, 3, 5, 8]),
        release=release,
        due=chance.choice([None, release + chance.randrange(60, 1500)]),
        late=chance.random() < 0.3,
        split=chance.random() < 0.7,
        least=chance.choice([3, 5, 6]),
        group=chance.randrange(3),
        place=_place(chance, places=places),
        after=(chance.randrange(1, key),) if key > 2 and chance.random() < 0.2 else (),
        demand=chance.randrange(101),
    )


def plain(*items: Item, windows: tuple[tuple[int, int], ...] = ((0, 96),)) -> Problem:
    """A problem of one day with no more than what is told."""
    return Problem(DAY_SLOTS, windows, (0,), items, hours=windows)


def piece_of(pieces: tuple[Piece, ...], key: int) -> Piece:
    """The only piece of an item."""
    (found,) = (piece for piece in pieces if piece.key == key)
    return found
