"""The plan in a calendar: written with what it needs to come back, and brought back whole."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from assistant.domain.ids import TaskId
from assistant.domain.schedule import Block, BlockKind, WeekPlan
from assistant.domain.task import Task
from assistant.planner.calendar import CalendarItem, Remark
from assistant.planner.calendar.plan_lines import (
    SavedBlock,
    SavedPlan,
    block_of,
    event_of_block,
    is_block,
    is_plan,
    plan_component,
    plan_of,
)
from assistant.services.planning.calendar_values import PLANNED

_PLANNED_BY: Final = (
    "state",
    "due",
    "not_before",
    "fixed_start",
    "fixed_end",
    "estimate_min",
    "splitting",
    "repeat",
)
"""What of a task its place in a plan depends on."""
_OTHERS: Final = "the file was written by an earlier version, or by another program"
_THERE: Final = "there is a plan here already, and it stays as it is"
_CHANGED: Final = "what they belong to is not here, or was changed"


@dataclass(frozen=True, slots=True)
class PlanBack:
    """What came of the plan in a file."""

    plan: WeekPlan | None = None
    """To be kept; None where the vault's own stays as it is."""
    blocks: int = 0
    """How many of its blocks stand in the plan now."""
    left_out: int = 0
    reason: str = ""
    """Why some were left out, as a clause."""

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What is to be told of it."""
        if not self.left_out:
            return ()
        count = (
            "1 planned block was" if self.left_out == 1 else f"{self.left_out} planned blocks were"
        )
        text = f"{count} left out: {self.reason}. Plan the week to place them anew."
        return (Remark(PLANNED, 0, text, refused=False),)


@dataclass(frozen=True, slots=True)
class Known:
    """What a vault knows of the tasks of a file."""

    task: Callable[[str], TaskId | None]
    """The task that a UID names; below 0 for what the tutor asks for."""
    now: Callable[[TaskId], Task | None]
    read: Callable[[str], Task | None]
    """What the file says of the task with a UID."""


def is_of_plan(item: CalendarItem) -> bool:
    """Whether an item is a part of a plan, and so is never kept as something that takes place."""
    return is_block(item) or is_plan(item)


def plan_back(items: Iterable[CalendarItem], there: WeekPlan | None, known: Known) -> PlanBack:
    """What becomes of the plan that a file holds.

    Args:
        items: Those that are parts of it.
        there: The plan that counts, if there is one: it is never changed.
        known: What the vault knows of its tasks.
    """
    items = tuple(items)
    events = [item for item in items if is_block(item)]
    found = [saved for item in events if (saved := block_of(item)) is not None]
    if there is not None:
        stands = {_place(one.task, one) for one in there.blocks}
        count = sum(_place(known.task(one.task), one.block) in stands for one in found)
        return PlanBack(None, count, len(events) - count, _THERE)
    plans = [saved for item in items if is_plan(item) and (saved := plan_of(item)) is not None]
    if not plans or not all(one.whole for one in found):
        return PlanBack(None, 0, len(events), _OTHERS)
    return _restored(plans[0], found, len(events), known)


def _restored(saved: SavedPlan, found: Sequence[SavedBlock], count: int, known: Known) -> PlanBack:
    """A plan with those of its blocks whose tasks are here as it was made for them."""
    same: dict[str, TaskId | None] = {}
    for uid in {one.task for one in (*found, *saved.lacking)}:
        same[uid] = _same(uid, known)
    blocks = [
        replace(one.block, task=task) for one in found if (task := same[one.task]) is not None
    ]
    if not blocks and found:
        return PlanBack(None, 0, count, _CHANGED)
    overflow = [
        replace(one.lack, task=task)
        for one in saved.lacking
        if (task := same[one.task]) is not None
    ]
    blocks.sort(key=lambda one: (one.start, one.end))
    plan = replace(saved.plan, blocks=tuple(blocks), overflow=tuple(overflow))
    return PlanBack(plan, len(blocks), count - len(blocks), _CHANGED)


def _same(uid: str, known: Known) -> TaskId | None:
    """The task with a UID, if the plan can be made for it as it is now."""
    task = known.task(uid)
    if task is None or task < 0:
        return task
    now, read = known.now(task), known.read(uid)
    if now is None or read is None:
        return None
    changed = any(getattr(now, name) != getattr(read, name) for name in _PLANNED_BY)
    return None if changed else task


def _place(task: TaskId | None, block: Block) -> tuple[TaskId | None, datetime, datetime]:
    return task, block.start.replace(microsecond=0), block.end.replace(microsecond=0)


def plan_text(plan: WeekPlan | None, identity: str, uids: Callable[[TaskId], str]) -> Iterator[str]:
    """The components that a plan is written as; none without one.

    Args:
        plan: The plan that counts.
        identity: By which the vault knows its own blocks again.
        uids: The UIDs of tasks.
    """
    if plan is None:
        return
    yield plan_component(plan, f"plan-{identity}", uids)
    for number, block in enumerate(plan.blocks):
        if block.kind is not BlockKind.EVENT:
            uid = f"block-{number}-{block.task}-{identity}"
            yield event_of_block(block, uid, plan.made, uids(block.task))
