"""Blocks of a plan: which are meant, and what becomes of them where one is moved or pinned."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.schedule import Block, BlockKind, Overflow, WeekPlan

_REMEMBERED: Final = timedelta(days=7)
_SHORTEST: Final = timedelta(minutes=5)
_Key = tuple[TaskId, datetime | None]
"""What a block is of: a task, and which of its times."""


@dataclass(frozen=True, slots=True)
class Which:
    """Which blocks of a plan are meant.

    Args:
        task: Of which task.
        part: Which of its blocks; any if None.
        occurrence: Of a recurring task which of its later times; None for the one it stands at.
    """

    task: TaskId
    part: int | None = None
    occurrence: datetime | None = None

    @classmethod
    def one(cls, block: Block) -> "Which":
        """A single block."""
        return cls(block.task, block.part, block.occurrence)


def meant(plan: WeekPlan, which: Which) -> list[Block]:
    """The blocks that are meant; at least one.

    Raises:
        UserFacingError: There is no such block (``block_unknown``).
    """
    found = [
        one
        for one in of_task(plan, which.task)
        if one.occurrence == which.occurrence and which.part in {None, one.part}
    ]
    if not found:
        raise _unknown()
    return found


def of_task(plan: WeekPlan, task: TaskId) -> list[Block]:
    """All blocks of a task, of all its times; at least one.

    Raises:
        UserFacingError: There is none (``block_unknown``).
    """
    kinds = {BlockKind.TASK, BlockKind.STUDY}
    found = [one for one in plan.blocks if one.task == task and one.kind in kinds]
    if not found:
        raise _unknown()
    return found


def pinned(plan: WeekPlan, which: Which, *, pinned: bool) -> WeekPlan:
    """The plan with blocks kept where they are, or let go."""
    chosen = meant(plan, which)
    blocks = tuple(
        replace(one, pinned=pinned, reasons=()) if one in chosen else one for one in plan.blocks
    )
    return replace(plan, blocks=blocks)


def moved(
    plan: WeekPlan, which: Which, to: tuple[datetime, datetime | None], now: datetime
) -> WeekPlan:
    """The plan with the first of the blocks that is still to come put elsewhere, and pinned.

    Args:
        plan: The plan.
        which: Which block.
        to: When it begins, and when it ends where it does not take as long as before.
        now: The present moment.
    """
    block = _next(plan, which, now)
    start, end = to
    end = start + (block.end - block.start) if end is None else max(end, start + _SHORTEST)
    there = replace(block, start=start, end=end, pinned=True, reasons=())
    return replace(plan, blocks=tuple(there if one == block else one for one in plan.blocks))


def begun_until(
    plan: WeekPlan, which: Which, to: tuple[datetime, datetime | None], now: datetime
) -> bool:
    """Whether the block that ``moved`` takes is under way, and just ends at another time to come.

    Raises:
        UserFacingError: There is no such block (``block_unknown``).
    """
    start, end = to
    return _next(plan, which, now).start == start < now and end is not None and end > now


def _next(plan: WeekPlan, which: Which, now: datetime) -> Block:
    chosen = meant(plan, which)
    return ([one for one in chosen if one.end > now] or chosen)[0]


def over(before: WeekPlan | None, plan: WeekPlan) -> tuple[Block, ...]:
    """Blocks of the days before a plan that are over: they are still shown."""
    if before is None:
        return ()
    since = plan.start - _REMEMBERED
    return tuple(one for one in before.blocks if one.end <= plan.start and one.start >= since)


def without_gone(plan: WeekPlan, there: Collection[TaskId]) -> WeekPlan:
    """The plan without what is to come of tasks that are not open any more.

    Args:
        plan: The plan.
        there: The open tasks; what the tutor asks for stays.
    """
    blocks = tuple(
        one for one in plan.blocks if one.task < 0 or one.task in there or one.end <= plan.start
    )
    overflow = tuple(one for one in plan.overflow if one.task < 0 or one.task in there)
    return replace(plan, blocks=blocks, overflow=overflow)


def moved_since(before: WeekPlan | None, plan: WeekPlan) -> int:
    """How many loose blocks of an earlier plan stand elsewhere, of what is still asked for."""
    asked = {one.task for one in (*plan.blocks, *plan.overflow)}
    stands = {(one.task, one.occurrence, one.start) for one in plan.blocks}
    loose = [
        one
        for one in (() if before is None else before.blocks)
        if one.start >= plan.start and not one.pinned and one.task in asked
    ]
    return sum((one.task, one.occurrence, one.start) not in stands for one in loose)


def with_hand(plan: WeekPlan, before: WeekPlan | None, now: WeekPlan | None) -> WeekPlan:
    """A computed plan with what was pinned, moved or let go while it was computed.

    What it pinned itself stands.

    Args:
        plan: As it was computed.
        before: The plan that counted when that began.
        now: The plan that counts now.
    """
    if now is None or before == now:
        return plan
    since = plan.start
    was, own, there = (_pins(one, since) for one in (before, plan, now))
    keys = {
        key for key in was.keys() | there.keys() if was.get(key) == own.get(key) != there.get(key)
    }
    if not keys:
        return plan
    ours = [one for one in plan.blocks if _key(one) not in keys or one.end <= since]
    theirs = [one for one in now.blocks if _key(one) in keys and one.end > since]
    lacks = [one for one in plan.overflow if _key(one) not in keys]
    lacks += [one for one in now.overflow if _key(one) in keys]
    return replace(plan, blocks=(*ours, *theirs), overflow=tuple(lacks))


def _pins(plan: WeekPlan | None, since: datetime) -> dict[_Key, set[tuple[datetime, datetime]]]:
    """Where blocks to come are pinned, by what they are of."""
    found: dict[_Key, set[tuple[datetime, datetime]]] = {}
    for one in () if plan is None else plan.blocks:
        if one.pinned and one.end > since:
            found.setdefault(_key(one), set()).add((one.start, one.end))
    return found


def _key(one: Block | Overflow) -> _Key:
    return one.task, one.occurrence


def _unknown() -> UserFacingError:
    return UserFacingError(
        "The plan has no such block.",
        "“assistant plan schedule” shows the plan with the number of each task.",
        code="block_unknown",
    )
