"""What a command makes of a task, and what would change, in words."""

from dataclasses import replace
from datetime import datetime, timedelta

from assistant.domain.clock_face import PLAIN_FACE, ClockFace
from assistant.domain.task import Due, Task
from assistant.planner.quick_add.parts import QuickAdd
from assistant.planner.tasks.from_line import with_line


def moved(task: Task, found: QuickAdd) -> Task:
    """A task that is done when a line says, instead of when it was; where no plan has it.

    A deadline is changed only by a line that names one (“by friday”). An appointment that is moved
    to a day keeps its time of day and its length. What is to be done on one day is to be done on
    the other, and what had no date at all as well; any other work can begin then, and its
    deadline stays.

    Args:
        task: As it was.
        found: A line that says when, or by when.
    """
    if found.due is not None:
        due = with_line(replace(task, not_before=None), found).due
        start = task.not_before
        if due is not None and start is not None and start >= due_end(due):
            start = None
        return replace(task, due=due, not_before=start)
    if found.start is None:
        return task
    told = with_line(replace(task, due=None, not_before=None), found)
    if told.fixed_start is not None:
        return _at(task, told.fixed_start, told.fixed_end)
    if task.fixed_start is not None:
        clock = task.fixed_start
        start = found.start.replace(hour=clock.hour, minute=clock.minute)
        return _at(task, start, None)
    due = told.due if task.due is None or is_of_one_day(task) else task.due
    return replace(task, not_before=told.not_before, due=due)


def stretch(task: Task, found: QuickAdd) -> tuple[datetime, datetime | None] | None:
    """When work is to be done by a line: from when until when.

    The end is None for a moment at which it is to begin. None where the line names no such
    stretch: it names a deadline, or only a beginning.
    """
    if found.due is not None or found.start is None:
        return None
    told = with_line(replace(task, due=None, not_before=None, fixed_start=None), found)
    if told.fixed_start is not None:
        return told.fixed_start, None
    if told.not_before is None or told.due is None:
        return None
    return told.not_before, due_end(told.due)


def carried(task: Task, start: datetime) -> Task:
    """A task of which the plan has work from a moment on, which nothing but its deadline hinders.

    What is to be done on one day is to be done on the day of that moment.
    """
    if is_of_one_day(task):
        day = start.replace(hour=0, minute=0, second=0, microsecond=0)
        return replace(task, not_before=day, due=Due(day))
    if task.not_before is not None and task.not_before > start:
        return replace(task, not_before=None)
    return task


def changes_in_words(old: Task, new: Task, face: ClockFace = PLAIN_FACE) -> tuple[str, ...]:
    """What differs between two states of a task, a line each."""
    pairs = (
        ("Title", old.title, new.title),
        ("Takes place", _moment(old.fixed_start, face), _moment(new.fixed_start, face)),
        ("Begins from", _moment(old.not_before, face), _moment(new.not_before, face)),
        ("Due", due_in_words(old.due, face), due_in_words(new.due, face)),
        ("Estimate", _minutes(old.estimate_min), _minutes(new.estimate_min)),
        ("Priority", old.priority or "", new.priority or ""),
    )
    return tuple(
        f"{name}: {before or 'none'} \u2192 {after or 'none'}"
        for name, before, after in pairs
        if before != after
    )


def _at(task: Task, start: datetime, end: datetime | None) -> Task:
    if end is None and task.fixed_start is not None and task.fixed_end is not None:
        end = start + (task.fixed_end - task.fixed_start)
    if end is None and task.estimate_min is not None:
        end = start + timedelta(minutes=task.estimate_min)
    due = task.due
    if is_of_one_day(task):
        due = Due(start.replace(hour=0, minute=0, second=0, microsecond=0))
    return replace(task, fixed_start=start, fixed_end=end, not_before=None, due=due)


def is_of_one_day(task: Task) -> bool:
    """Whether it is to be done on one day, which is its deadline as well."""
    due, start = task.due, task.not_before
    return due is not None and due.whole_day and start is not None and start == due.moment


def due_end(due: Due) -> datetime:
    """The moment at which a deadline is over."""
    return due.moment + (timedelta(1) if due.whole_day else timedelta())


def due_in_words(due: Due | None, face: ClockFace = PLAIN_FACE) -> str:
    """A deadline: “Thu 05 Mar”, “Thu 05 Mar 17:00”; empty for none."""
    if due is None:
        return ""
    return f"{due.moment:%a %d %b}" if due.whole_day else face.on_day(due.moment)


def _moment(moment: datetime | None, face: ClockFace) -> str:
    if moment is None:
        return ""
    midnight = (moment.hour, moment.minute) == (0, 0)
    return f"{moment:%a %d %b}" if midnight else face.on_day(moment)


def _minutes(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes} min"
