"""What iCalendar has no property for, as properties of Lamplight's own."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from assistant.domain.task import DayPart, Due, Repeat, Splitting, Task, TaskState
from assistant.domain.zones import zone_name
from assistant.planner.calendar.component import Component, values_of

OWN: Final = "X-LAMPLIGHT-"
ESTIMATE: Final = f"{OWN}ESTIMATE-MINUTES"
"""How long a task takes as its user said; iCalendar has no property beside a fixed duration."""
SHOWN: Final = f"{OWN}SHOWN"
"""Of a calendar: whether its events are shown and take time."""
PROJECT: Final = f"{OWN}PROJECT"
ZONE: Final = f"{OWN}ZONE"
"""The zone in which a task's moments are meant; they are written in UTC."""
_APPOINTMENT: Final = f"{OWN}APPOINTMENT"
"""Says that ``DTSTART``, and ``DUE`` where it says so, are when the task is done."""
_START, _START_AND_END = "START", "START-END"
_NOT_BEFORE: Final = f"{OWN}NOT-BEFORE"
_DUE: Final = f"{OWN}DUE"
"""These two are used where an appointment takes up ``DTSTART`` and ``DUE``."""
_STATE: Final = f"{OWN}STATE"
_ENDED: Final = f"{OWN}ENDED"
_PERSON: Final = f"{OWN}PERSON"
_SPLITTING: Final = f"{OWN}SPLITTING"
_PREFERS: Final = f"{OWN}PREFERS"
_REPEAT: Final = f"{OWN}REPEAT"
_AFTER: Final = "AFTER-COMPLETION"
_WRITTEN: Final = f"{OWN}WRITTEN"
_LONGEST_PIECE: Final = 24 * 60
_DAY_LENGTH: Final = len("20260302")


def own_values(task: Task, project: str) -> dict[str, object]:
    """Properties of a task by name; None for those that it does not need."""
    dated = (task.due.moment if task.due else None, task.fixed_start, task.not_before)
    zone = next((one.tzinfo for one in dated if one is not None), None)
    split = task.splitting
    dropped = task.ended if task.state is TaskState.DROPPED else None
    values: dict[str, object] = {
        ESTIMATE: task.estimate_min and str(task.estimate_min),
        PROJECT: project or None,
        ZONE: zone_name(zone) or None,
        _STATE: task.state.value if task.state is TaskState.WAITING else None,
        _ENDED: dropped and _text_of(dropped),
        _PERSON: list(task.people) or None,
        _SPLITTING: None if split == Splitting() else f"{split.allowed} {split.least_min}".upper(),
        _PREFERS: task.prefers and task.prefers.value,
        _REPEAT: _AFTER if task.repeat and task.repeat.after_completion else None,
        _WRITTEN: task.written or None,
    }
    return values | _appointment_values(task)


def _appointment_values(task: Task) -> dict[str, object]:
    kind = None
    if task.fixed_start is not None:
        kind = _START if task.fixed_end is None else _START_AND_END
    early = task.not_before if kind else None
    due = task.due if kind == _START_AND_END else None
    return {
        _APPOINTMENT: kind,
        _NOT_BEFORE: early and _text_of(early),
        _DUE: due and (f"{due.moment:%Y%m%d}" if due.whole_day else _text_of(due.moment)),
    }


def first_and_last(task: Task) -> tuple[datetime | None, Due | None]:
    """What ``DTSTART`` and ``DUE`` say of a task: when it takes place, else between what."""
    if task.fixed_start is None:
        return task.not_before, task.due
    if task.fixed_end is None:
        return task.fixed_start, task.due
    return task.fixed_start, Due(task.fixed_end, whole_day=False)


def own_fields(
    todo: Component, first: datetime | None, last: Due | None, state: TaskState
) -> dict[str, object]:
    """Fields of a task that a component says by properties of Lamplight's own.

    Args:
        todo: What was read.
        first: Its ``DTSTART``, in the zone in which the task is meant.
        last: Its ``DUE``.
        state: What its ``STATUS`` says.
    """
    fields: dict[str, object] = {
        "people": tuple(" ".join(str(one).split()) for one in values_of(todo, _PERSON)),
        "splitting": _splitting(_word(todo, _SPLITTING)),
        "prefers": next((one for one in DayPart if one == _word(todo, _PREFERS).lower()), None),
        "written": str(todo.get(_WRITTEN, "")),
        "not_before": first,
        "due": last,
    }
    if state is TaskState.OPEN and _word(todo, _STATE).lower() == TaskState.WAITING:
        fields["state"] = TaskState.WAITING
    if state is TaskState.DROPPED and _ENDED in todo:
        fields["ended"] = _moment_of(_word(todo, _ENDED))
    kind = _word(todo, _APPOINTMENT).upper()
    if first is not None and kind in {_START, _START_AND_END}:
        early = _word(todo, _NOT_BEFORE)
        zone = first.tzinfo
        fields["fixed_start"] = first
        fields["not_before"] = _moment_of(early).astimezone(zone) if early else None
        if kind == _START_AND_END:
            fields["fixed_end"] = last.moment if last and last.moment > first else None
            fields["due"] = _due_of(_word(todo, _DUE), first)
    return fields


def repeat_of(todo: Component, rule: str) -> Repeat:
    """How a rule of a component is counted."""
    return Repeat(rule, after_completion=_word(todo, _REPEAT).upper() == _AFTER)


def own_names(component: Component) -> Iterator[str]:
    """The names of the properties of Lamplight's own that a component has."""
    return (name for name in component if name.upper().startswith(OWN))


def _word(todo: Component, name: str) -> str:
    return " ".join(str(next(iter(values_of(todo, name)), "")).split())


def _text_of(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _moment_of(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _due_of(text: str, like: datetime) -> Due | None:
    if not text:
        return None
    if len(text) > _DAY_LENGTH:
        return Due(_moment_of(text).astimezone(like.tzinfo), whole_day=False)
    return Due(datetime.fromisoformat(text).replace(tzinfo=like.tzinfo))


def _splitting(text: str) -> Splitting:
    allowed, _, least = text.partition(" ")
    if not least.isdecimal() or not 1 <= int(least) <= _LONGEST_PIECE:
        return Splitting()
    return Splitting(allowed.upper() != "FALSE", int(least))
