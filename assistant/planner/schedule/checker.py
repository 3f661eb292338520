"""Looks through a plan for broken rules; it shares no code with what makes plans.

Every slot and every pair is gone through one by one: slow, and plain enough to be believed.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from assistant.planner.schedule.problem import Item, Piece, Problem


def violations(problem: Problem, pieces: Sequence[Piece]) -> list[str]:
    """What breaks a hard rule, each in words; none if the plan is sound.

    Args:
        problem: What was asked.
        pieces: What was placed, without the pins.
    """
    items = {item.key: item for item in problem.items}
    unknown = [piece.key for piece in pieces if piece.key not in items]
    if unknown:
        return [f"item {key} is not asked for" for key in unknown]
    stands: dict[int, list[Piece]] = defaultdict(list)
    for piece in sorted(pieces, key=lambda one: (one.start, one.slots)):
        stands[piece.key].append(piece)
    found = [*_outside_hours(problem, pieces), *_overlaps(pieces)]
    for key, mine in stands.items():
        found += _of_item(items[key], mine)
    found += _order(problem, items, stands)
    found += _series(items, stands, problem.pins)
    found += _without_rest(problem, items, pieces)
    found += _ways(problem, items, pieces)
    return found


def _outside_hours(problem: Problem, pieces: Sequence[Piece]) -> Iterator[str]:
    open_slots = [False] * (problem.horizon + 1)
    for start, end in problem.windows:
        for slot in range(start, end):
            open_slots[slot] = True
    for event in problem.taken:
        for slot in range(max(0, event.start), min(problem.horizon, event.end)):
            open_slots[slot] = False
    for piece in pieces:
        slots = range(piece.start, piece.start + piece.slots)
        if piece.slots < 1 or piece.start < 0 or slots.stop > problem.horizon:
            yield f"item {piece.key} lies outside of the time that is planned"
        elif not all(open_slots[slot] for slot in slots):
            yield f"item {piece.key} at {piece.start} lies outside of hours, or on something taken"


def _overlaps(pieces: Sequence[Piece]) -> Iterator[str]:
    owner: dict[int, int] = {}
    for number, piece in enumerate(pieces):
        for slot in range(piece.start, piece.start + piece.slots):
            if owner.setdefault(slot, number) != number:
                yield f"items {pieces[owner[slot]].key} and {piece.key} overlap at {slot}"
                break


def _of_item(item: Item, mine: Sequence[Piece]) -> Iterator[str]:
    total = sum(piece.slots for piece in mine)
    if total > item.slots:
        yield f"item {item.key} is planned for {total} slots, but takes {item.slots}"
    if not item.split and (len(mine) > 1 or total != item.slots):
        yield f"item {item.key} is split"
    if min(piece.start for piece in mine) < item.release:
        yield f"item {item.key} begins before {item.release}"
    end = max(piece.start + piece.slots for piece in mine)
    if item.due is not None and not item.late and end > item.due:
        yield f"item {item.key} ends at {end}, after {item.due}"
    short = [piece for piece in mine[:-1] if piece.slots < item.least]
    if short and item.slots > item.least:
        yield f"item {item.key} has a piece of {short[0].slots} slots, fewer than {item.least}"


def _order(
    problem: Problem, items: dict[int, Item], stands: dict[int, list[Piece]]
) -> Iterator[str]:
    pinned: dict[int, list[Piece]] = defaultdict(list)
    for pin in problem.pins:
        pinned[pin.key].append(pin)
    for key, mine in stands.items():
        begins = min(piece.start for piece in mine)
        for other in items[key].after:
            if other not in items:
                continue
            placed = sum(piece.slots for piece in stands.get(other, []))
            if placed < items[other].slots:
                yield f"item {key} is planned, but {other} before it is not wholly"
            ends = [
                one.start + one.slots for one in (*stands.get(other, []), *pinned.get(other, []))
            ]
            if ends and max(ends) > begins:
                yield f"item {key} begins before {other} ends"
    for key, mine in pinned.items():
        for other in items[key].after if key in items else ():
            ends = [one.start + one.slots for one in stands.get(other, [])]
            if ends and max(ends) > min(one.start for one in mine):
                yield f"item {other} ends after the pinned {key} begins"


def _series(
    items: dict[int, Item], stands: dict[int, list[Piece]], pins: Sequence[Piece]
) -> Iterator[str]:
    """Times of a series that run into the next one, or do not follow one another."""
    pinned = {pin.key for pin in pins}
    for key, mine in stands.items():
        item = items[key]
        end = max(piece.start + piece.slots for piece in mine)
        if item.until is None:
            continue
        if end > item.until:
            yield f"item {key} ends at {end}, after the next of its series begins at {item.until}"
        for other, pieces in stands.items():
            until = items[other].until
            later = items[other].series == item.series and (until is None or until > item.until)
            if later and other not in pinned and min(piece.start for piece in pieces) < end:
                yield f"item {other} begins before {key}, the time before it, ends at {end}"


def _without_rest(
    problem: Problem, items: dict[int, Item], pieces: Sequence[Piece]
) -> Iterator[str]:
    """Stretches of work within a window that go on for too long."""
    for start, end in problem.windows:
        inside = sorted((one for one in pieces if start <= one.start < end), key=lambda o: o.start)
        run: list[Piece] = []
        for piece in inside:
            if run and piece.start - (run[-1].start + run[-1].slots) >= problem.rest:
                run = []
            run.append(piece)
            length = piece.start + piece.slots - run[0].start
            whole = len(run) == 1 and not items[piece.key].split
            tiny = len(run) == 1 and piece.slots <= items[piece.key].least
            if length > problem.focus and not whole and not tiny:
                yield f"{length} slots of work without a rest end at {piece.start + piece.slots}"


def _ways(problem: Problem, items: dict[int, Item], pieces: Sequence[Piece]) -> Iterator[str]:
    """Places that follow one another with no free stretch long enough for the way."""
    if not any(items[piece.key].place for piece in pieces):
        return
    things = [(one.start, one.start + one.slots, items[one.key].place, True) for one in pieces]
    things += [(one.start, one.end, one.place, False) for one in problem.taken]
    things.sort()
    for number, (_, end, place, planned) in enumerate(things):
        if not place:
            continue
        reached = end
        until = -1
        for start, stop, other, also in things[number + 1 :]:
            if (until < 0 and start - reached >= problem.travel) or 0 <= until <= start:
                break
            if other and other != place and (planned or also):
                yield f"there is no time for the way from {place} to {other} before {start}"
            if other:
                until = max(until, stop)
            reached = max(reached, stop)
