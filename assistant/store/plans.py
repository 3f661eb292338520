"""Plans of weeks, their blocks, and what was pinned."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select, update

from assistant.domain.ids import TaskId
from assistant.domain.schedule import (
    Because,
    Block,
    BlockKind,
    Overflow,
    Reason,
    Remedy,
    WeekPlan,
)
from assistant.store import task_tables as tables
from assistant.store.plan_journal import Writing
from assistant.store.rows import from_us, storable, to_us


class PlanRepository:
    """Called from the store thread.

    Args:
        engine: Of an open vault whose schema is current.
        home: The user's zone: moments are given in it.
    """

    def __init__(self, engine: Engine, home: tzinfo) -> None:
        self._engine = engine
        self._home = home

    def current(self) -> WeekPlan | None:
        """The plan that counts; None before the first one."""
        asked = select(tables.Plan).order_by(col(tables.Plan.id).desc()).limit(1)
        with Session(self._engine) as session:
            plan = session.exec(asked).first()
            if plan is None:
                return None
            rows = session.exec(
                select(tables.PlanBlock)
                .where(col(tables.PlanBlock.plan_id) == plan.id)
                .order_by(col(tables.PlanBlock.start_at_us), col(tables.PlanBlock.id))
            )
            return WeekPlan(
                self._moment(plan.made_at_us),
                self._moment(plan.start_at_us),
                self._moment(plan.end_at_us),
                tuple(self._block(row) for row in rows),
                tuple(self._overflow(value) for value in json.loads(plan.overflow)),
                plan.moved,
            )

    def _moment(self, at_us: int) -> datetime:
        return from_us(at_us).astimezone(self._home)

    def _block(self, row: tables.PlanBlock) -> Block:
        return Block(
            TaskId(row.task_id),
            row.title,
            self._moment(row.start_at_us),
            self._moment(row.end_at_us),
            BlockKind(row.kind),
            row.part,
            row.parts,
            row.pinned,
            tuple(self._reason(value) for value in json.loads(row.reasons)),
            self._later(row.occurrence_at_us),
        )

    def _later(self, at_us: int | None) -> datetime | None:
        return None if at_us is None else self._moment(at_us)

    def _overflow(self, value: dict[str, Any]) -> Overflow:
        return Overflow(
            TaskId(value["task"]),
            value["title"],
            value["missing_min"],
            value["text"],
            tuple(Remedy(one["text"], one["action"], one["value"]) for one in value["remedies"]),
            self._later(value.get("occurrence_us")),
        )

    def _reason(self, value: dict[str, Any]) -> Reason:
        otherwise = value["otherwise_us"]
        return Reason(
            Because(value["because"]),
            value["text"],
            None if otherwise is None else self._moment(otherwise),
        )


def keep_plan(writing: Writing, plan: WeekPlan, zone: str) -> None:
    """Keeps a plan in place of the one before; undoing brings that one back."""
    session = writing.session
    for old in session.exec(select(tables.Plan.id)).all():
        session.exec(delete(tables.PlanBlock).where(col(tables.PlanBlock.plan_id) == old))
        session.exec(delete(tables.Plan).where(col(tables.Plan.id) == old))
    row = tables.Plan(
        made_at_us=to_us(plan.made),
        start_at_us=to_us(plan.start),
        end_at_us=to_us(plan.end),
        zone=zone,
        moved=plan.moved,
        overflow=_json([_overflow_value(one) for one in plan.overflow]),
    )
    session.add(row)
    session.flush()
    session.add_all(_block_row(block, row.id or 0) for block in plan.blocks)
    session.flush()


def hand_on(writing: Writing, tasks: Mapping[TaskId, TaskId], at: datetime) -> None:
    """Gives blocks of later times of a recurring task to the one that comes after it.

    Args:
        writing: The step in which the earlier one ends.
        tasks: To the task and each of its parts the ones that come in their place.
        at: The date of the time that comes: its blocks are now those that the task stands at.
    """
    block = tables.PlanBlock
    moment = to_us(at)
    for before, after in tasks.items():
        of_it = update(block).where(col(block.task_id) == before)
        now = of_it.where(col(block.occurrence_at_us) == moment)
        later = of_it.where(col(block.occurrence_at_us) > moment)
        writing.session.exec(now.values(task_id=after, occurrence_at_us=None))
        writing.session.exec(later.values(task_id=after))


def _block_row(block: Block, plan: int) -> tables.PlanBlock:
    reasons = [
        {
            "because": one.because.value,
            "text": one.text,
            "otherwise_us": None if one.otherwise is None else to_us(one.otherwise),
        }
        for one in block.reasons
    ]
    return tables.PlanBlock(
        plan_id=plan,
        task_id=block.task,
        title=storable(block.title),
        start_at_us=to_us(block.start),
        end_at_us=to_us(block.end),
        kind=block.kind.value,
        part=block.part,
        parts=block.parts,
        pinned=block.pinned,
        reasons=_json(reasons),
        occurrence_at_us=None if block.occurrence is None else to_us(block.occurrence),
    )


def _overflow_value(one: Overflow) -> dict[str, Any]:
    return {
        "task": one.task,
        "title": one.title,
        "missing_min": one.missing_min,
        "text": one.text,
        "occurrence_us": None if one.occurrence is None else to_us(one.occurrence),
        "remedies": [
            {"text": each.text, "action": each.action, "value": each.value} for each in one.remedies
        ],
    }


def _json(value: Sequence[dict[str, Any]]) -> str:
    return storable(json.dumps(value, ensure_ascii=False))
