"""What a change does to a plan, in words: what moves, what finds no room, what comes late."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from assistant.domain.clock_face import PLAIN_FACE, ClockFace
from assistant.domain.ids import TaskId
from assistant.domain.lengths import length
from assistant.domain.schedule import Block, BlockKind, Busy, WeekPlan
from assistant.domain.task import Task
from assistant.planner.commands.changes import due_end, due_in_words

_SHOWN: Final = 3
_TITLE: Final = 60
Key = tuple[TaskId, datetime | None]


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a change does besides what was asked for."""

    lines: tuple[str, ...] = ()
    """What moves, and what has room by it."""
    warnings: tuple[str, ...] = ()
    """What finds no room, or comes after its deadline."""


def consequences(
    before: WeekPlan,
    after: WeekPlan,
    tasks: Mapping[TaskId, Task],
    about: TaskId | None,
    face: ClockFace = PLAIN_FACE,
) -> Consequences:
    """What differs between two plans.

    Args:
        before: The plan as it is.
        after: As it would be.
        tasks: Open tasks as they would be.
        about: The task that is changed, whose own blocks are told first.
        face: How times of day are written.
    """
    old = _by_key(before, after.start)
    new = _by_key(after, after.start)
    own = [
        f"Planned: {_spans(old.get(key, []), face)} → {_spans(new.get(key, []), face)}"
        for key in sorted({*old, *new}, key=str)
        if key[0] == about and _stands(old.get(key, ())) != _stands(new.get(key, ()))
    ]
    return Consequences(
        (*own, *_others(old, new, tasks, about, face), *_roomier(before, after, tasks)),
        (*_late(old, new, tasks, about, face), *_cramped(before, after)),
    )


def span(block: Block | Busy, face: ClockFace = PLAIN_FACE) -> str:
    """When a block is: “Thu 05 Mar 10:00-11:30”, “Thu 05 Mar, all day”."""
    if block.start < block.end and block.start.time() == block.end.time() == time():
        last = block.end - timedelta(days=1)
        to = "" if last.date() == block.start.date() else f" to {last:%a %d %b}"
        return f"{block.start:%a %d %b}{to}, all day"
    return f"{block.start:%a %d %b} {clock_span(block, face)}"


def clock_span(block: Block | Busy, face: ClockFace) -> str:
    """From when to when a block is, without its day: “10:00-11:30”."""
    return face.span(block.start, block.end, dash="-")


def named(title: str) -> str:
    """A title in quotation marks, cut where it is long."""
    return f"“{title if len(title) <= _TITLE else title[: _TITLE - 1] + '…'}”"


def _by_key(plan: WeekPlan, since: datetime) -> dict[Key, list[Block]]:
    found: dict[Key, list[Block]] = {}
    for block in sorted(plan.blocks, key=lambda one: one.start):
        if block.end > since and block.kind in {BlockKind.TASK, BlockKind.STUDY}:
            found.setdefault((block.task, block.occurrence), []).append(block)
    return found


def _stands(blocks: Iterable[Block]) -> list[tuple[datetime, datetime]]:
    return [(one.start, one.end) for one in blocks]


def _spans(blocks: list[Block], face: ClockFace) -> str:
    """Blocks in words, the day named once."""
    words: list[str] = []
    day = None
    for block in blocks:
        is_there = block.start.date() == day
        words.append(clock_span(block, face) if is_there else span(block, face))
        day = block.start.date()
    return ", ".join(words) or "nowhere"


def _others(
    old: Mapping[Key, list[Block]],
    new: Mapping[Key, list[Block]],
    tasks: Mapping[TaskId, Task],
    about: TaskId | None,
    face: ClockFace,
) -> list[str]:
    moved: list[str] = []
    count = 0
    for key, blocks in old.items():
        gone = key[0] == about or (key[0] > 0 and key[0] not in tasks)
        there = _stands(new.get(key, ()))
        left = [one for one in blocks if (one.start, one.end) not in there]
        if gone or not left:
            continue
        count += len(left)
        moved.append(
            f"{named(blocks[0].title)} {_spans(left, face)} → "
            f"{_spans([one for one in new.get(key, []) if one not in blocks], face)}"
        )
    if not moved:
        return []
    one = count == 1
    head = f"{count} other block{'' if one else 's'} move{'s' if one else ''}"
    more = [f"and those of {len(moved) - _SHOWN} more"] if len(moved) > _SHOWN else []
    return [head, *moved[:_SHOWN], *more]


def _late(
    old: Mapping[Key, list[Block]],
    new: Mapping[Key, list[Block]],
    tasks: Mapping[TaskId, Task],
    about: TaskId | None,
    face: ClockFace,
) -> list[str]:
    found: list[str] = []
    for key, blocks in new.items():
        task = tasks.get(key[0])
        if task is None or task.due is None or key[1] is not None:
            continue
        by, end = due_end(task.due), blocks[-1].end
        earlier = old.get(key, [])
        was_late = bool(earlier) and earlier[-1].end > by
        if end > by and (key[0] == about or not was_late):
            found.append(
                f"{named(task.title)} breaks its deadline, {due_in_words(task.due, face)}: it "
                f"ends {face.on_day(end)}. The deadline stays as it is"
            )
    return found


def _cramped(before: WeekPlan, after: WeekPlan) -> list[str]:
    lacked = {(one.task, one.occurrence): one.missing_min for one in before.overflow}
    return [
        f"{length(one.missing_min)} of {named(one.title)} is left without room"
        for one in after.overflow
        if one.missing_min > lacked.get((one.task, one.occurrence), 0)
    ]


def _roomier(before: WeekPlan, after: WeekPlan, tasks: Mapping[TaskId, Task]) -> list[str]:
    lacking = {(one.task, one.occurrence): one.missing_min for one in after.overflow}
    return [
        f"{named(one.title)} gets room for {length(gained)} more"
        for one in before.overflow
        if (gained := one.missing_min - lacking.get((one.task, one.occurrence), 0)) > 0
        and one.task in tasks
    ]
