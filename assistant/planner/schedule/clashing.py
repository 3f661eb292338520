"""What was put by hand, or has a time of its own, where something speaks against it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from assistant.domain.schedule import Because, Block, Busy, Reason
from assistant.planner.schedule.asking import Asked
from assistant.planner.schedule.problem import Piece
from assistant.planner.schedule.telling import title_of, when

_AGAINST: Final = frozenset({Because.EARLY, Because.OVERLAPS})


def lying_on(
    ask: Asked, busy: Iterable[Busy], key: int, stretch: tuple[datetime, datetime]
) -> tuple[Busy, ...]:
    """What does not give way within a stretch: events, appointments, and what is pinned.

    Args:
        ask: The week.
        busy: When time is taken in it.
        key: What the stretch is for; it is not in its own way.
        stretch: From when until when.
    """
    start, end = stretch
    fixed = (Busy(one.start, one.end, one.title) for one in ask.fixed if int(one.task) != key)
    found = [one for one in (*fixed, *busy) if one.start < end and start < one.end]
    return tuple(dict.fromkeys(found))


def with_clashes(
    ask: Asked, busy: Sequence[Busy], blocks: Sequence[Block], pieces: Sequence[Piece]
) -> tuple[Block, ...]:
    """Blocks of a plan, those that are fixed with what they lie on and what they come before.

    Args:
        ask: The week.
        busy: When time is taken in it.
        blocks: With their other reasons.
        pieces: Where what is not fixed was placed.
    """
    found: list[Block] = []
    for block in blocks:
        kept = tuple(one for one in block.reasons if one.because not in _AGAINST)
        if block.pinned and block.end > ask.line.start:
            key = ask.key_of(block.task, block.occurrence)
            early = (Reason(Because.EARLY, one) for one in _early(ask, block, key, pieces))
            under = lying_on(ask, busy, key, (block.start, block.end))
            kept = (*kept, *early, *(Reason(Because.OVERLAPS, _lies(one)) for one in under))
        found.append(block if kept == block.reasons else replace(block, reasons=kept))
    return tuple(found)


def _lies(one: Busy) -> str:
    """What is under a block, with its times as ``ClockFace.told`` reads them."""
    days = [f"{at:%A} {at.day} {at:%B}" for at in (one.start, one.end)]
    last = f"{one.end:%H:%M}" if days[0] == days[1] else f"{days[1]}, {one.end:%H:%M}"
    return f"It lies on “{one.title}”, {days[0]}, {one.start:%H:%M} to {last}"


def _early(ask: Asked, block: Block, key: int, pieces: Sequence[Piece]) -> Iterator[str]:
    """What a block that was put somewhere comes before, and should not."""
    item = next((one for one in ask.problem.items if one.key == key), None)
    if item is None:
        return
    begins = ask.line.moment(item.release)
    if item.release > 0 and block.start < begins:
        yield f"It can't be begun before {when(begins)}: this is earlier"
    for first in item.after:
        ends = [ask.line.moment(one.end) for one in pieces if one.key == first]
        ends += [one.end for one in ask.fixed if int(one.task) == first]
        if ends and block.start < max(ends):
            yield f"It waits for “{title_of(ask, first)}”, which is planned until {when(max(ends))}"
