"""Between the rows of tasks and their values."""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo
from typing import Any, Final

from assistant.domain.ids import ProjectId, TaskId, WorkId
from assistant.domain.task import (
    DayPart,
    Due,
    Happened,
    Priority,
    Project,
    Repeat,
    Splitting,
    Task,
    TaskEvent,
    TaskState,
    Work,
)
from assistant.domain.zones import zone_name, zone_named
from assistant.store import task_tables as tables
from assistant.store.rows import from_us, storable, to_us


def _read_texts(value: str) -> tuple[str, ...]:
    return () if value == NO_TEXTS else tuple(json.loads(value))


def folded(words: str) -> str:
    """Words as they are searched: without case and accents."""
    apart = unicodedata.normalize("NFKD", words)
    return "".join(one for one in apart if not unicodedata.combining(one)).casefold()


def task_values(task: Task) -> dict[str, Any]:
    """The columns of a task, without its id."""
    due, splitting, repeat = task.due, task.splitting, task.repeat
    dated = (due.moment if due else None, task.fixed_start, task.not_before)
    zone = next((one.tzinfo for one in dated if one is not None), None)
    return {
        "title": storable(task.title),
        "created_at_us": to_us(task.created),
        "state": task.state.value,
        "notes": storable(task.notes),
        "project_id": task.project,
        "parent_id": task.parent,
        "position": task.position,
        "priority": task.priority.value if task.priority else None,
        "tags": _texts(task.tags),
        "tag_keys": _keys(task.tags),
        "people": _texts(task.people),
        "place": storable(task.place),
        "zone": zone_name(zone),
        "due_at_us": to_us(due.moment) if due else None,
        "due_whole_day": due.whole_day if due else False,
        "not_before_us": _us(task.not_before),
        "fixed_start_us": _us(task.fixed_start),
        "fixed_end_us": _us(task.fixed_end),
        "estimate_min": task.estimate_min,
        "split": splitting.allowed,
        "split_least_min": splitting.least_min,
        "prefers": task.prefers.value if task.prefers else None,
        "repeat_rule": repeat.rule if repeat else None,
        "repeat_after": repeat.after_completion if repeat else False,
        "repeat_left_out": _days(repeat.left_out) if repeat else None,
        "ended_at_us": _us(task.ended),
        "written": storable(task.written),
        "search_key": search_key(task),
    }


def search_key(task: Task) -> str:
    """All words of a task that can be searched."""
    tags = (f"#{tag}" for tag in task.tags)
    return folded(storable("\n".join((task.title, *tags, *task.people, task.place, task.notes))))


def to_task(row: Any, waits_for: Iterable[TaskId], home: tzinfo) -> Task:  # noqa: ANN401 - a row of the table, of whichever kind
    """The task of a row; ``home`` is the zone of moments whose zone has no name."""
    zone = zone_named(row.zone) or home

    def moment(us: int | None) -> datetime | None:
        return None if us is None else from_us(us).astimezone(zone)

    due = moment(row.due_at_us)
    return Task(
        id=TaskId(row.id),
        title=row.title,
        created=from_us(row.created_at_us),
        state=TaskState(row.state),
        notes=row.notes,
        project=None if row.project_id is None else ProjectId(row.project_id),
        parent=None if row.parent_id is None else TaskId(row.parent_id),
        position=row.position,
        priority=None if row.priority is None else Priority(row.priority),
        tags=_read_texts(row.tags),
        people=_read_texts(row.people),
        place=row.place,
        due=None if due is None else Due(due, bool(row.due_whole_day)),
        not_before=moment(row.not_before_us),
        fixed_start=moment(row.fixed_start_us),
        fixed_end=moment(row.fixed_end_us),
        estimate_min=row.estimate_min,
        splitting=Splitting(bool(row.split), row.split_least_min),
        prefers=None if row.prefers is None else DayPart(row.prefers),
        repeat=_repeat(row),
        waits_for=tuple(waits_for),
        ended=None if row.ended_at_us is None else from_us(row.ended_at_us),
        written=row.written,
    )


def _repeat(row: Any) -> Repeat | None:  # noqa: ANN401 - a row of the table, of whichever kind
    if row.repeat_rule is None:
        return None
    left_out = tuple(map(date.fromisoformat, json.loads(row.repeat_left_out or NO_TEXTS)))
    return Repeat(row.repeat_rule, bool(row.repeat_after), left_out)


def to_project(row: tables.Project) -> Project:
    """The project of a row."""
    return Project(
        ProjectId(row.id or 0),
        row.name,
        from_us(row.created_at_us),
        row.color,
        None if row.archived_at_us is None else from_us(row.archived_at_us),
        row.position,
    )


def to_work(row: tables.Work) -> Work:
    """The stretch of work of a row."""
    return Work(
        TaskId(row.task_id),
        from_us(row.start_at_us),
        None if row.end_at_us is None else from_us(row.end_at_us),
        row.corrected,
        WorkId(row.id or 0),
    )


def to_event(row: Any) -> TaskEvent:  # noqa: ANN401 - a row of the table, of whichever kind
    """The event of a row."""
    return TaskEvent(TaskId(row.task_id), from_us(row.at_us), Happened(row.kind), row.value)


def tag_key(tag: str) -> str:
    """What ``tag_keys`` holds of a tag."""
    return f"\n{folded(storable(tag))}\n"


def _keys(tags: Iterable[str]) -> str:
    keys = "\n".join(folded(storable(tag)) for tag in tags)
    return f"\n{keys}\n" if keys else ""


NO_TEXTS: Final = "[]"
"""What the column of several texts holds where there are none."""


def _texts(texts: Iterable[str]) -> str:
    return json.dumps([storable(one) for one in texts], ensure_ascii=False)


def _days(days: Sequence[date]) -> str | None:
    return json.dumps([day.isoformat() for day in days]) if days else None


def _us(moment: datetime | None) -> int | None:
    return None if moment is None else to_us(moment)
