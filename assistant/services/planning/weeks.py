"""Plans computed: new ones, mended ones, and why their blocks stand where they do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from assistant.domain.cancel import CancelToken
from assistant.domain.ids import TaskId
from assistant.domain.schedule import Because, Block, Busy, Overflow, WeekPlan
from assistant.domain.task import TaskState
from assistant.planner.schedule.asking import Asked, asked, minutes_left
from assistant.planner.schedule.clashing import with_clashes
from assistant.planner.schedule.overflow import MOST_TRIED, lacking_one
from assistant.planner.schedule.problem import SLOT_MIN, Placing
from assistant.planner.schedule.replan import Before, replan, standing
from assistant.planner.schedule.solve import Request, solve
from assistant.planner.schedule.telling import is_late, overflow_in_words, week_plan, with_reasons
from assistant.planner.schedule.week import WeekAsk
from assistant.services.jobs import Job
from assistant.services.planning.blocks import over

_TRIED_AT_ONCE = 1
"""For how much of what finds no room remedies are tried while a plan is mended, to be quick."""


def new_plan(week: WeekAsk, before: WeekPlan | None, seconds: float, job: Job[Any]) -> WeekPlan:
    """A plan from now on; its search takes no longer than so many seconds.

    Raises:
        Cancelled: The job was asked to stop.
    """
    ask = asked(week)
    job.report(0.1, "Placing it")
    placing = solve(ask.problem, Request(seconds), job.cancel_token)
    job.report(0.8, "Finding the reasons")
    stands = {(piece.key, piece.start) for piece in placing.pieces}
    moved = sum((piece.key, piece.start) not in stands for piece in ask.problem.previous)
    plan = week_plan(ask, placing, week.now, moved, cancel=job.cancel_token)
    blocks = with_reasons(ask, placing, plan.blocks, job.cancel_token)
    blocks = with_clashes(ask, week.busy, blocks, placing.pieces)
    job.report(1.0)
    return replace(plan, blocks=(*over(before, plan), *blocks))


def mended_plan(week: WeekAsk, before: WeekPlan, cancel: CancelToken) -> WeekPlan:
    """A plan that suits what changed since the one before, moving little.

    Raises:
        Cancelled: It was asked to stop.
    """
    ask = asked(week)
    lacked = {
        ask.key_of(one.task, one.occurrence): -(-one.missing_min // SLOT_MIN)
        for one in before.overflow
    }
    mended = replan(ask.problem, cancel=cancel, before=Before(lacked))
    plan = week_plan(ask, mended.placing, week.now, mended.moved, _TRIED_AT_ONCE, cancel)
    lacking = {(one.task, one.occurrence) for one in before.overflow}
    stood = {_stand(one): one.reasons for one in before.blocks}
    kept = [
        replace(one, reasons=stood[_stand(one)])
        if _stand(one) in stood and (one.task, one.occurrence) not in lacking
        else one
        for one in plan.blocks
    ]
    bare = [one for one in kept if not one.reasons or _is_silent(ask, one)]
    fresh = with_reasons(ask, mended.placing, bare, cancel)
    told = {_stand(one): one.reasons for one in fresh}
    blocks = [replace(one, reasons=told.get(_stand(one), one.reasons)) for one in kept]
    blocks = with_clashes(ask, week.busy, blocks, mended.placing.pieces)
    cancel.raise_if_cancelled()
    return replace(plan, blocks=(*over(before, plan), *blocks))


def as_it_is(week: WeekAsk) -> Asked:
    """The present problem, with the plan of the week as where its pieces stand."""
    ask = asked(week)
    pieces = standing(ask.problem).pieces()
    return replace(ask, problem=replace(ask.problem, previous=pieces))


def explained(ask: Asked, busy: Sequence[Busy], blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks with why they stand where they do, those that are still to come where there are any.

    Args:
        ask: The present problem, see ``as_it_is``.
        busy: When time is taken.
        blocks: Of one task.
    """
    placing = Placing(ask.problem.previous, {}, 0)
    bare = replace(ask, problem=replace(ask.problem, previous=()))
    coming = [one for one in blocks if one.end > ask.line.start]
    return with_clashes(bare, busy, with_reasons(bare, placing, coming or blocks), placing.pieces)


@dataclass(frozen=True, slots=True)
class Told:
    """All that is said of a task in a plan.

    Args:
        blocks: Where it stands, and why.
        lacking: What of it found no room, why, and what would make it fit; after it what it waits
            for, where that found no room either.
    """

    blocks: tuple[Block, ...]
    lacking: tuple[Overflow, ...]


def held_up(
    ask: Asked, week: WeekAsk, task: TaskId, cancel: CancelToken | None = None
) -> tuple[Overflow, ...]:
    """Why a task, or something of it, is not planned, and the same of what holds it up.

    Remedies are tried for the first of them only, as they are for a plan.

    Args:
        ask: The present problem, see ``as_it_is``.
        week: What it was made of.
        task: Which.
        cancel: Stops the trying of remedies.

    Raises:
        Cancelled: It was asked to stop.
    """
    known = {item.key for item in ask.problem.items}
    keys = [key for key in known if ask.own(key)[0] == task]
    found: dict[int, Overflow] = {}
    for begin in sorted(keys, key=lambda key: (key < 0, -key)):
        key = begin
        while key in known and key not in found:
            tried = len(found) < MOST_TRIED
            one = lacking_one(ask.problem, ask.problem.previous, key, cancel, tried=tried)
            if one is None:
                break
            found[key] = overflow_in_words(ask, one)
            key = one.other
    if not found and not keys:
        return tuple(_left_out(week, task))
    return tuple(found.values())


def _left_out(week: WeekAsk, task: TaskId) -> Iterator[Overflow]:
    """Why an open task is not asked for at all."""
    tasks = {one.id: one for one in week.tasks}
    asked_for = tasks.get(task)
    if asked_for is None:
        return
    words = "It waits for what waits for somebody else"
    if asked_for.state is TaskState.WAITING:
        words = "It waits for somebody else: it is planned once you take it up again"
    elif any(one.parent == task for one in week.tasks):
        words = "Its parts are planned in its place"
    else:
        firsts = [tasks[one].title for one in asked_for.waits_for if one in tasks]
        if firsts:
            words = f"It waits for “{firsts[0]}”, which waits for somebody else"
    yield Overflow(task, asked_for.title, minutes_left(week, asked_for), words)


def _is_silent(ask: Asked, block: Block) -> bool:
    """Whether it is late by now, and its reasons do not say so."""
    said = {one.because for one in block.reasons}
    return Because.LATE not in said and is_late(ask, block)


def _stand(block: Block) -> tuple[TaskId, datetime | None, datetime, datetime, bool]:
    """What the reasons of a block hold for."""
    return block.task, block.occurrence, block.start, block.end, block.pinned
