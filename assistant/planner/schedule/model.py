"""A week as a model of CP-SAT: optional stretches that do not overlap.

What it takes more coarsely than the rules do (the way between places, energy by the hour, switching
and spread) is set right afterwards by ``rebuilt``, so that its plans keep all hard rules as well.
Pauses are stretches that move: in a window at least one lies in each stretch of work that would be
too long. Source: CP-SAT's optional intervals and no-overlap, P. Laborie et al., "IBM ILOG CP
optimizer for scheduling", Constraints 23 (2018).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.planner.schedule import core
from assistant.planner.schedule.greedy import Urgency
from assistant.planner.schedule.inserting import insert
from assistant.planner.schedule.problem import Item, Piece, Problem
from assistant.planner.schedule.spans import without
from assistant.planner.schedule.timeline import NEVER, Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ortools.sat.python import cp_model

    from assistant.domain.cancel import CancelToken

_MOST_ITEMS = 45
_MOST_PARTS = 6
_CELL = 12
_LONG_CELL = 48
_LONG_HORIZON = 3_000
_SPARE_PAUSES = 2


@dataclass(slots=True)
class _Part:
    """A stretch that an item may have."""

    start: cp_model.IntVar
    size: cp_model.IntVar
    end: cp_model.IntVar
    present: cp_model.IntVar
    interval: cp_model.IntervalVar
    least: int
    most: int


@dataclass(slots=True)
class _Variables:
    """What the model holds of one item."""

    item: Item
    parts: list[_Part]
    missing: cp_model.IntVar
    whole: cp_model.IntVar
    end: cp_model.IntVar


@dataclass(slots=True)
class _Making:
    """The model while it is made."""

    model: cp_model.CpModel
    problem: Problem
    line: Timeline
    windows: list[tuple[int, int]]
    found: dict[int, _Variables] = field(default_factory=dict[int, _Variables])
    cost: list[cp_model.LinearExprT] = field(default_factory=list["cp_model.LinearExprT"])


def improved(
    line: Timeline, limits: core.Limits, cancel: CancelToken | None = None
) -> tuple[Timeline, core.Answer] | None:
    """A plan by CP-SAT, begun from another; None where it found none.

    Raises:
        Cancelled: It was asked to stop.
    """
    making = _made(line)
    answer = core.run(making.model, limits, cancel)
    if not answer.found:
        return None
    pieces = [
        Piece(variables.item.key, answer.value(part.start), answer.value(part.size))
        for variables in making.found.values()
        for part in variables.parts
        if answer.value(part.present)
    ]
    kept = [piece for piece in line.pieces() if piece.key not in making.found]
    return rebuilt(line.problem, (*kept, *pieces)), answer


def rebuilt(problem: Problem, pieces: Sequence[Piece]) -> Timeline:
    """A plan of those pieces that keep the rules together; what falls out is placed anew."""
    line = Timeline(problem)
    for piece in sorted(pieces, key=lambda one: (one.start, one.key)):
        if line.holds(piece):
            line.add(piece)
    urgency = Urgency(problem)
    line.drop_unfounded()
    lacking = [item for item in problem.items if line.missing(item) > 0]
    lacking.sort(key=lambda item: (-urgency.index(item, item.slots, 0), item.key))
    for item in lacking:
        insert(line, item)
    line.drop_unfounded()
    return line


def _made(line: Timeline) -> _Making:
    from ortools.sat.python import cp_model

    problem = line.problem
    chosen = _chosen(line)
    keys = {item.key for item in chosen}
    fixed = [piece for piece in line.pieces() if piece.key not in keys]
    windows = list(_between(problem, fixed))
    making = _Making(cp_model.CpModel(), problem, line, windows)
    for item in chosen:
        _add_item(making, item)
    _add_room(making)
    for variables in making.found.values():
        _add_order(making, variables)
        _add_costs(making, variables)
    _add_ways(making)
    making.model.minimize(sum(making.cost))
    return making


def _chosen(line: Timeline) -> Sequence[Item]:
    """The most pressing items; the others stay where they are."""
    urgency = Urgency(line.problem)
    fit = [item for item in line.problem.items if item.slots > 0]
    placed = [item for item in fit if item.key in line.placed]
    lacking = [item for item in fit if item.key not in line.placed]
    for some in (placed, lacking):
        some.sort(key=lambda item: (-urgency.index(item, item.slots, 0), item.key))
    few = _MOST_ITEMS // 3
    return (*placed[: _MOST_ITEMS - min(few, len(lacking))], *lacking[:few])


def _between(problem: Problem, fixed: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """The windows without what stays, and without a rest beside what is long."""
    for opens, closes in problem.windows:
        left = opens
        for piece in fixed:
            if not opens <= piece.start < closes:
                continue
            if left < piece.start - problem.rest:
                yield left, piece.start - problem.rest
            left = piece.end + problem.rest
        if left < closes:
            yield left, closes


def _bounds(making: _Making, item: Item) -> tuple[int, int]:
    """The earliest start and the latest end that do not depend on the model."""
    first = item.release
    last = making.problem.horizon
    if item.ends_by is not None:
        last = min(last, item.ends_by)
    line = making.line
    for key in item.after:
        other = line.items.get(key)
        if other is None:
            continue
        first = max([first, *(pin.end for pin in line.pinned.get(key, ()))])
        if other.slots > 0 and other.key not in making.found and key in line.placed:
            first = max(first, line.ends(key))
    for key in line.followers.get(item.key, ()):
        last = min([last, *(pin.start for pin in line.pinned.get(key, ()))])
    return first, last


def _add_item(making: _Making, item: Item) -> None:
    model, line = making.model, making.line
    first, last = _bounds(making, item)
    placed = sorted(line.placed.get(item.key, ()), key=lambda piece: piece.start)
    least = item.slots if not item.split else min(item.least, item.slots)
    most = item.slots if not item.split else min(item.slots, max(making.problem.focus, least))
    count = max(len(placed), -(-item.slots // most) + 1)
    count = max(1, min(count, item.slots // least, _MOST_PARTS))
    missing = model.new_int_var(0, item.slots, "")
    whole = model.new_bool_var("")
    core.only_if(model.add(missing == 0), whole)
    core.only_if(model.add(missing > 0), whole.negated())
    end = model.new_int_var(0, making.problem.horizon, "")
    parts: list[_Part] = []
    for number in range(count):
        hint = placed[number] if number < len(placed) else None
        part = _add_part(making, item, (first, last), (least, most), hint)
        if part is None:
            break
        core.only_if(model.add(end >= part.end), part.present)
        if parts:
            model.add_implication(part.present, parts[-1].present)
            core.only_if(model.add(part.start >= parts[-1].end), part.present)
        parts.append(part)
    model.add(sum(part.size for part in parts) + missing == item.slots)
    model.add_hint(missing, line.missing(item))
    model.add_hint(whole, line.missing(item) == 0)
    model.add_hint(end, line.ends(item.key))
    making.found[item.key] = _Variables(item, parts, missing, whole, end)


def _add_part(
    making: _Making,
    item: Item,
    within: tuple[int, int],
    lengths: tuple[int, int],
    hint: Piece | None,
) -> _Part | None:
    from ortools.sat.python import cp_model

    model = making.model
    least, most = lengths
    rooms = list(_rooms(making, item, within, least))
    if not rooms:
        return None
    domain = cp_model.Domain.from_intervals([[low, high] for low, high in rooms])
    start = model.new_int_var_from_domain(domain, "")
    present = model.new_bool_var("")
    shown = cp_model.Domain.from_intervals([[0, 0], [least, most]])
    size = model.new_int_var_from_domain(shown, "")
    core.only_if(model.add(size == 0), present.negated())
    core.only_if(model.add(size >= least), present)
    end = model.new_int_var(0, within[1], "")
    interval = model.new_optional_interval_var(start, size, end, present, "")
    model.add_hint(present, hint is not None)
    if hint is None:
        model.add_hint(size, 0)
    else:
        model.add_hint(start, hint.start)
        model.add_hint(size, hint.slots)
        model.add_hint(end, hint.end)
    return _Part(start, size, end, present, interval, least, most)


def _rooms(
    making: _Making, item: Item, within: tuple[int, int], least: int
) -> Iterator[tuple[int, int]]:
    """Stretches of starts at which the shortest piece fits, with time for the way to events."""
    way = making.problem.travel
    others = [
        (taken.start - way - least, taken.end + way)
        for taken in making.problem.taken
        if item.place and taken.place and taken.place != item.place
    ]
    for opens, closes in making.windows:
        spans = [(max(opens, within[0]), min(closes, within[1]) - least)]
        for start, end in others:
            cut = ((low, high, start, end) for low, high in spans)
            spans = [
                span
                for low, high, begin, stop in cut
                for span in ((low, min(high, begin)), (max(low, stop), high))
                if span[0] <= span[1]
            ]
            spans = sorted(set(spans))
        yield from ((low, high) for low, high in sorted(set(spans)) if low <= high)


def _add_room(making: _Making) -> None:
    """No two at once, nothing outside of the windows, and pauses in long ones."""
    model, problem = making.model, making.problem
    intervals = [part.interval for one in making.found.values() for part in one.parts]
    edge = 0
    for opens, closes in (*making.windows, (problem.horizon, problem.horizon)):
        if opens > edge:
            intervals.append(model.new_fixed_size_interval_var(edge, opens - edge, ""))
        edge = closes
    for window in making.windows:
        intervals.extend(_pauses(making, window))
    model.add_no_overlap(intervals)


def _pauses(making: _Making, window: tuple[int, int]) -> Iterator[cp_model.IntervalVar]:
    """Rests in a window; none where something is in it that is too long and may not be split."""
    model, focus, rest = making.model, making.problem.focus, making.problem.rest
    opens, closes = window
    count = -(-(closes - opens - focus) // (focus + rest))
    if count <= 0:
        return
    calm = model.new_bool_var("")
    inside: list[cp_model.IntVar] = [calm]
    is_calm = True
    for variables in making.found.values():
        for part in variables.parts:
            if part.least > focus and part.least <= closes - opens:
                here = model.new_bool_var("")
                model.add_implication(here, part.present)
                core.only_if(model.add_linear_constraint(part.start, opens, closes - 1), here)
                stands = making.line.placed.get(variables.item.key, ())
                there = any(opens <= piece.start < closes for piece in stands)
                model.add_hint(here, there)
                is_calm = is_calm and not there
                inside.append(here)
    model.add_hint(calm, is_calm)
    model.add_bool_or(inside)
    rests = list(_rests(making, window)) if is_calm else []
    lead, tail = (model.new_int_var(0, rest - 1, "") for _ in range(2))
    yield model.new_interval_var(opens, lead, opens + lead, "")
    yield model.new_interval_var(closes - tail, tail, closes, "")
    for size, slots in zip((lead, tail), _edges(making, window), strict=True):
        model.add_hint(size, slots)
    last: cp_model.LinearExprT = opens + lead
    for number in range(max(count + _SPARE_PAUSES, len(rests))):
        here = model.new_bool_var("")
        pause = model.new_int_var(opens - rest, closes - rest, "")
        yield model.new_optional_fixed_size_interval_var(pause, rest, here, "")
        core.only_if(model.add(pause >= last), here)
        core.only_if(model.add(pause <= last + focus), here, calm)
        core.only_if(model.add(pause + rest == last), here.negated())
        model.add_hint(here, number < len(rests))
        edge = opens + _edges(making, window)[0] - rest
        model.add_hint(pause, rests[min(number, len(rests) - 1)] if rests else edge)
        last = pause + rest
    core.only_if(model.add(last >= closes - tail - focus), calm)


def _edges(making: _Making, window: tuple[int, int]) -> tuple[int, int]:
    """Slots before the first and after the last work of a window, if too few for a rest."""
    opens, closes = window
    work = [piece for piece in making.line.pieces() if opens <= piece.start < closes]
    if not work:
        return 0, 0
    edges = (work[0].start - opens, closes - work[-1].end)
    first, last = (slots if slots < making.problem.rest else 0 for slots in edges)
    return first, last


def _rests(making: _Making, window: tuple[int, int]) -> Iterator[int]:
    """Where the pauses lie in the plan that the search begins from."""
    opens, closes = window
    focus, rest = making.problem.focus, making.problem.rest
    work = [(piece.start, piece.end) for piece in making.line.pieces()]
    free = without([window], work)
    lead, tail = _edges(making, window)
    last, closes = opens + lead, closes - tail
    while closes - last > focus:
        latest = max(
            (
                min(end - rest, last + focus)
                for start, end in free
                if max(start, last) <= min(end - rest, last + focus)
            ),
            default=None,
        )
        if latest is None:
            return
        yield latest
        last = latest + rest


def _add_order(making: _Making, variables: _Variables) -> None:
    for key in variables.item.after:
        other = making.line.items.get(key)
        if other is None or not variables.parts or not other.slots:
            continue
        first = variables.parts[0]
        before = making.found.get(key)
        if before is not None:
            making.model.add_implication(first.present, before.whole)
            core.only_if(making.model.add(first.start >= before.end), first.present)
        elif making.line.missing(other) or making.line.earliest(variables.item) == NEVER:
            making.model.add(first.present == 0)


def _add_costs(making: _Making, variables: _Variables) -> None:
    model, weights, item = making.model, making.problem.weights, variables.item
    cost = making.cost
    if item.hopeless:
        cost.append(round(weights.hopeless * item.weight) * variables.missing)
    else:
        cost.append(round(weights.missing * item.weight) * variables.missing)
        cost.append(round(weights.unfinished * item.weight) * (1 - variables.whole))
    cost.append((round(weights.flow * item.weight) + 1) // 2 * variables.end)
    if item.due is not None and item.late:
        is_late = model.new_bool_var("")
        over = model.new_int_var(0, making.problem.horizon, "")
        model.add(over >= variables.end - item.due)
        core.only_if(model.add(over == 0), is_late.negated())
        cost.append(round(item.weight * weights.late) * is_late)
        cost.append(round(item.weight * weights.late_slot) * over)
    cost.extend(weights.piece * part.present for part in variables.parts[1:])
    for part in variables.parts:
        _add_energy(making, item, part)
    before = sorted(making.line.before.get(item.key, ()))
    for part, start in zip(variables.parts, before, strict=False):
        stays = model.new_bool_var("")
        model.add_implication(stays, part.present)
        core.only_if(model.add(part.start == start), stays)
        cost.append(weights.moved * (1 - stays))


def _add_energy(making: _Making, item: Item, part: _Part) -> None:
    """What a part costs by the hour in which it begins, as if it had its middle length."""
    model, problem, tiring = making.model, making.problem, making.line.tiring
    factor = problem.weights.energy * item.demand
    if not problem.energy or not factor:
        return
    step = _CELL if problem.horizon <= _LONG_HORIZON else _LONG_CELL
    slots = (part.least + part.most) // 2
    chosen: list[cp_model.IntVar] = []
    for opens, closes in making.windows:
        for low in range(opens, closes, step):
            high = min(low + step, closes)
            here = model.new_bool_var("")
            core.only_if(model.add_linear_constraint(part.start, low, high - 1), here)
            chosen.append(here)
            making.cost.append(
                factor * (tiring[high] - tiring[low]) * slots // ((high - low) * 10_000) * here
            )
    model.add(sum(chosen) == part.present)


def _add_ways(making: _Making) -> None:
    """Time for the way between parts that have different places."""
    model, way = making.model, making.problem.travel
    located = [one for one in making.found.values() if one.item.place]
    for number, one in enumerate(located):
        for other in located[number + 1 :]:
            if one.item.place == other.item.place:
                continue
            for left in one.parts:
                for right in other.parts:
                    first = model.new_bool_var("")
                    both = [left.present, right.present]
                    core.only_if(model.add(right.start >= left.end + way), *both, first)
                    core.only_if(model.add(left.start >= right.end + way), *both, first.negated())
