"""Tasks as JSON and as rows."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from assistant.cli.tables import Column, table
from assistant.domain.ids import ProjectId
from assistant.domain.lengths import length
from assistant.domain.task import Due, Project, Task, Work

Names = Mapping[ProjectId, str]
"""What projects are called."""


def names_of(projects: Sequence[Project]) -> Names:
    """What projects are called."""
    return {one.id: one.name for one in projects}


def task_value(task: Task, projects: Names) -> dict[str, Any]:
    """A task as JSON; moments by ISO 8601 with the offset of their zone."""
    due, repeat = task.due, task.repeat
    return {
        "id": task.id,
        "title": task.title,
        "state": task.state.value,
        "notes": task.notes,
        "project": None if task.project is None else projects.get(task.project),
        "parent": task.parent,
        "priority": None if task.priority is None else task.priority.value,
        "tags": list(task.tags),
        "people": list(task.people),
        "place": task.place or None,
        "due": None if due is None else due.moment.isoformat(),
        "due_whole_day": due is not None and due.whole_day,
        "not_before": _iso(task.not_before),
        "start": _iso(task.fixed_start),
        "end": _iso(task.fixed_end),
        "estimate_min": task.estimate_min,
        "split": task.splitting.allowed,
        "least_piece_min": task.splitting.least_min,
        "prefers": None if task.prefers is None else task.prefers.value,
        "recurrence": None if repeat is None else repeat.rule,
        "after_completion": repeat is not None and repeat.after_completion,
        "left_out": [] if repeat is None else [day.isoformat() for day in repeat.left_out],
        "after": list(task.waits_for),
        "created": task.created.astimezone(UTC).isoformat(),
        "ended": None if task.ended is None else task.ended.astimezone(UTC).isoformat(),
    }


def work_value(work: Work) -> dict[str, Any]:
    """A stretch of work as JSON."""
    return {
        "id": work.id,
        "task": work.task,
        "start": work.start.astimezone(UTC).isoformat(),
        "end": None if work.end is None else work.end.astimezone(UTC).isoformat(),
        "minutes": round(work.minutes, 2),
        "corrected": work.corrected,
    }


def rows(tasks: Sequence[Task], projects: Names, width: int | None) -> str:
    """Tasks as lines for people."""
    columns = [Column("", right=True), *(Column("") for _ in range(5))]
    cells = [
        [
            str(task.id),
            task.title,
            when_words(task),
            "" if task.estimate_min is None else length(task.estimate_min),
            "" if task.priority is None else f"!{task.priority.value}",
            " ".join(
                (
                    *([f"+{projects.get(task.project, '')}"] if task.project else []),
                    *(f"#{tag}" for tag in task.tags),
                )
            ),
        ]
        for task in tasks
    ]
    lines = table(columns, cells, width) if cells else []
    return "\n".join(lines[1:] if lines and not lines[0].strip() else lines)


def when_words(task: Task) -> str:
    """When it takes place or is due."""
    if task.fixed_start is not None:
        end = "" if task.fixed_end is None else f"\u2013{task.fixed_end:%H:%M}"
        return f"{task.fixed_start:%a %d %b %Y %H:%M}{end}"
    return "" if task.due is None else f"by {due_words(task.due)}"


def due_words(due: Due) -> str:
    """A deadline in words."""
    return f"{due.moment:%a %d %b %Y}" if due.whole_day else f"{due.moment:%a %d %b %Y %H:%M}"


def aware(moment: datetime, now: datetime) -> datetime:
    """A moment as it was typed: in the user's zone where it names none."""
    return moment.replace(tzinfo=now.tzinfo) if moment.tzinfo is None else moment


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
