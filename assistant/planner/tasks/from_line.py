"""What a line that was read makes of a task."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from assistant.domain.task import Due, Repeat, Task
from assistant.domain.when import Grain
from assistant.planner.quick_add.parts import PartKind, QuickAdd

_CLOCKS = frozenset({Grain.SECOND, Grain.MINUTE, Grain.HOUR})


def with_line(task: Task, line: QuickAdd) -> Task:
    """A task with what a line says put in place of what it had; what it leaves open stays.

    A day without “by” is the day on which it is done: it can begin then, and is due then. A time
    of day makes an appointment of it, unless a deadline stands beside it: then it is when work
    can begin. Project and tasks that come first are only names here; see the services.
    """
    repeat = None
    if line.recurrence is not None:
        repeat = Repeat(line.recurrence, after_completion=line.after_completion)
    return replace(
        _dated(task, line),
        title=line.title or task.title,
        priority=line.priority or task.priority,
        tags=tuple(dict.fromkeys((*task.tags, *line.tags))),
        people=tuple(dict.fromkeys((*task.people, *line.people))),
        place=line.place or task.place,
        estimate_min=line.duration_min or task.estimate_min,
        repeat=repeat or task.repeat,
    )


def _dated(task: Task, line: QuickAdd) -> Task:
    if line.due is not None:
        due = Due(line.due, whole_day=_is_whole_day(line, line.due))
        start = line.start if line.start is not None and line.start < _last(due) else None
        return replace(task, due=due, not_before=start, fixed_start=None, fixed_end=None)
    if line.start is None:
        return task
    if line.grain in _CLOCKS or line.start.time() != time():
        return replace(
            task,
            fixed_start=line.start,
            fixed_end=_end(line, line.start),
            not_before=None,
            due=None,
        )
    last = line.start
    if line.end is not None and line.end > line.start:
        last = _midnight(line.end - timedelta(seconds=1))
    return replace(task, not_before=line.start, due=Due(last), fixed_start=None, fixed_end=None)


def _end(line: QuickAdd, start: datetime) -> datetime | None:
    if line.end is not None and line.end > start:
        return line.end
    return start + timedelta(minutes=line.duration_min) if line.duration_min else None


def _is_whole_day(line: QuickAdd, due: datetime) -> bool:
    named = any(part.kind is PartKind.DUE and ":" in part.value for part in line.parts)
    return not named and due.time() == time()


def _last(due: Due) -> datetime:
    return due.moment + (timedelta(1) if due.whole_day else timedelta())


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
