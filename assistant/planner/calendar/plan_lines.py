"""A plan as parts of a calendar: blocks that any program shows as events, and come back as blocks.

What an event has no property for stands beside it as one of Lamplight's own, and what is said of
the plan as a whole in a component of its own, which other programs pass over (RFC 5545, 3.6).
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, cast

from assistant.domain.ids import TaskId
from assistant.domain.schedule import (
    Because,
    Block,
    BlockKind,
    Overflow,
    Reason,
    WeekPlan,
)
from assistant.planner.calendar.component import Component, new_component, values_of
from assistant.planner.calendar.lines import pieces_of
from assistant.planner.calendar.own_lines import OWN
from assistant.planner.calendar.parsing import FAULTS, Unreadable, parsed
from assistant.planner.calendar.values import CalendarItem, ItemKind

PLAN: Final = f"{OWN}PLAN"
"""A component, and its property that says when the plan was made and what it spans."""
_BLOCK: Final = f"{OWN}BLOCK"
_LACK: Final = f"{OWN}LACK"
_BLOCK_UID: Final = re.compile(r"block-\d+-(-?\d+-[0-9a-f]+@lamplight)\Z")


@dataclass(frozen=True, slots=True)
class SavedBlock:
    """A block as a calendar has it."""

    task: str
    """The UID of its task; the block itself names none."""
    block: Block
    whole: bool = True
    """Whether it says all that a plan needs; an earlier version wrote only when and what."""


@dataclass(frozen=True, slots=True)
class SavedLack:
    """What found no room, as a calendar has it: without remedies, which name tasks by their ids."""

    task: str
    """As of a block."""
    lack: Overflow


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """What a calendar says of a plan as a whole."""

    plan: WeekPlan
    """Without its blocks, and without what found no room."""
    lacking: tuple[SavedLack, ...]


def event_of_block(block: Block, uid: str, made: datetime, task: str = "") -> str:
    """A block of a plan as a component of a calendar, with the reasons for its place.

    Args:
        block: What to write.
        uid: By which it is known again.
        made: When the plan was made.
        task: The UID of its task; without one it is an event that does not come back.
    """
    event = new_component("Event")
    event.add("UID", uid)
    event.add("DTSTAMP", _utc(made))
    title = block.title if block.parts == 1 else f"{block.title} ({block.part} of {block.parts})"
    event.add("SUMMARY", title)
    event.add("DTSTART", _utc(block.start))
    event.add("DTEND", _utc(block.end))
    event.add("CATEGORIES", [block.kind.value])
    if block.reasons:
        event.add("DESCRIPTION", "\n".join(reason.text for reason in block.reasons))
    if task:
        event.add(_BLOCK, _json(_block_value(block, task)))
    return event.to_ical().decode()


def plan_component(plan: WeekPlan, uid: str, uids: Callable[[TaskId], str]) -> str:
    """What is to be said of a plan beside its blocks.

    Args:
        plan: Which.
        uid: By which it is known again.
        uids: The UIDs of tasks.
    """
    unit = new_component("Component")
    unit.name = PLAN
    unit.add("UID", uid)
    unit.add("DTSTAMP", _utc(plan.made))
    spans = {"made": plan.made, "start": plan.start, "end": plan.end}
    unit.add(
        PLAN, _json({name: _text_of(at) for name, at in spans.items()} | {"moved": plan.moved})
    )
    for lack in plan.overflow:
        unit.add(_LACK, _json(_lack_value(lack, uids(lack.task))))
    return unit.to_ical().decode()


def is_block(item: CalendarItem) -> bool:
    """Whether an item is a block of a plan, of this vault or of another."""
    return item.kind is ItemKind.EVENT and _BLOCK_UID.match(item.uid) is not None


def is_plan(item: CalendarItem) -> bool:
    """Whether an item says what is to be said of a plan as a whole."""
    return item.text[: len(PLAN) + 8].upper().startswith(f"BEGIN:{PLAN}")


def block_of(item: CalendarItem) -> SavedBlock | None:
    """A block that was written; None where it can't be made out."""
    number = _BLOCK_UID.match(item.uid)
    try:
        event = _only(item)
        title = " ".join(str(event.get("SUMMARY", "")).split())
        block = Block(TaskId(0), title, _moment(event["DTSTART"].dt), _moment(event["DTEND"].dt))
        if number is None or block.start >= block.end:
            return None
    except (*FAULTS, Unreadable):
        return None
    try:
        return _saved_block(block, _value(event, _BLOCK))
    except (*FAULTS, Unreadable):
        return SavedBlock(f"task-{number[1]}", block, whole=False)


def _saved_block(block: Block, value: dict[str, Any]) -> SavedBlock:
    reasons = (
        Reason(Because(one["because"]), _words(one["text"]), _later(one["otherwise"]))
        for one in value["reasons"]
    )
    filled = replace(
        block,
        title=_words(value["title"]),
        kind=BlockKind(value["kind"]),
        part=_whole(value["part"]),
        parts=_whole(value["parts"]),
        pinned=value["pinned"] is True,
        reasons=tuple(reasons),
        occurrence=_later(value["occurrence"]),
    )
    return SavedBlock(_words(value["task"]), filled)


def plan_of(item: CalendarItem) -> SavedPlan | None:
    """What was written of a plan as a whole; None where it can't be made out."""
    try:
        unit = _only(item)
        value = _value(unit, PLAN)
        made, start, end = (_later(value[name]) for name in ("made", "start", "end"))
        if made is None or start is None or end is None or start > end:
            return None
        lacking = tuple(_saved_lack(str(one)) for one in values_of(unit, _LACK))
        plan = WeekPlan(made, start, end, (), (), _whole(value["moved"]))
    except (*FAULTS, Unreadable):
        return None
    return SavedPlan(plan, lacking)


def _saved_lack(text: str) -> SavedLack:
    value = _mapping(text)
    lack = Overflow(
        TaskId(0),
        _words(value["title"]),
        _whole(value["missing_min"]),
        _words(value["text"]),
        occurrence=_later(value["occurrence"]),
    )
    return SavedLack(_words(value["task"]), lack)


def _block_value(block: Block, task: str) -> dict[str, object]:
    return {
        "task": task,
        "title": block.title,
        "kind": block.kind.value,
        "part": block.part,
        "parts": block.parts,
        "pinned": block.pinned,
        "occurrence": _text_of(block.occurrence),
        "reasons": [
            {
                "because": one.because.value,
                "text": one.text,
                "otherwise": _text_of(one.otherwise),
            }
            for one in block.reasons
        ],
    }


def _lack_value(lack: Overflow, task: str) -> dict[str, object]:
    return {
        "task": task,
        "title": lack.title,
        "missing_min": lack.missing_min,
        "text": lack.text,
        "occurrence": _text_of(lack.occurrence),
    }


def _json(value: Mapping[str, object]) -> str:
    """In ASCII: then nothing in it can be taken for the end of a line."""
    return json.dumps(value, separators=(",", ":"))


def _only(item: CalendarItem) -> Component:
    pieces, _ = pieces_of(item.text)
    if len(pieces) != 1:
        raise Unreadable("It is not one component.")
    return parsed(pieces[0])


def _value(component: Component, name: str) -> dict[str, Any]:
    return _mapping(str(component[name]))


def _mapping(text: str) -> dict[str, Any]:
    value: object = json.loads(text)
    if not isinstance(value, dict):
        raise TypeError("an object was expected")
    return cast("dict[str, Any]", value)


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text was expected")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value <= _MOST:
        raise ValueError("a small number was expected")
    return value


def _text_of(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()


def _later(value: object) -> datetime | None:
    return None if value is None else _moment(datetime.fromisoformat(_words(value)))


def _moment(value: object) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError("a moment with a zone was expected")
    return value.astimezone(UTC)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


_MOST: Final = 10**7
