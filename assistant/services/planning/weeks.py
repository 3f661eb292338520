"""Plans computed: new ones, mended ones, and why their blocks stand where they do."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from assistant.domain.cancel import CancelToken
from assistant.domain.ids import TaskId
from assistant.domain.schedule import Because, Block, WeekPlan
from assistant.planner.schedule.asking import Asked, asked
from assistant.planner.schedule.problem import SLOT_MIN, Placing
from assistant.planner.schedule.replan import Before, replan, standing
from assistant.planner.schedule.solve import Request, solve
from assistant.planner.schedule.telling import is_late, week_plan, with_reasons
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
    plan = week_plan(ask, placing, week.now, moved)
    blocks = with_reasons(ask, placing, plan.blocks, job.cancel_token)
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
    plan = week_plan(ask, mended.placing, week.now, mended.moved, _TRIED_AT_ONCE)
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
    blocks = (replace(one, reasons=told.get(_stand(one), one.reasons)) for one in kept)
    cancel.raise_if_cancelled()
    return replace(plan, blocks=(*over(before, plan), *blocks))


def as_it_is(week: WeekAsk) -> Asked:
    """The present problem, with the plan of the week as where its pieces stand."""
    ask = asked(week)
    pieces = standing(ask.problem).pieces()
    return replace(ask, problem=replace(ask.problem, previous=pieces))


def explained(ask: Asked, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks with why they stand where they do, those that are still to come where there are any.

    Args:
        ask: The present problem, see ``as_it_is``.
        blocks: Of one task.
    """
    placing = Placing(ask.problem.previous, {}, 0)
    bare = replace(ask, problem=replace(ask.problem, previous=()))
    coming = [one for one in blocks if one.end > ask.line.start]
    return with_reasons(bare, placing, coming or blocks)


def _is_silent(ask: Asked, block: Block) -> bool:
    """Whether it is late by now, and its reasons do not say so."""
    said = {one.because for one in block.reasons}
    return Because.LATE not in said and is_late(ask, block)


def _stand(block: Block) -> tuple[TaskId, datetime | None, datetime, datetime, bool]:
    """What the reasons of a block hold for."""
    return block.task, block.occurrence, block.start, block.end, block.pinned
