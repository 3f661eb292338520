"""What a line that was read makes of a task."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from assistant.domain.ids import TaskId
from assistant.domain.task import Due, Repeat, Task
from assistant.domain.when import Grain
from assistant.planner.quick_add.beginnings import says_beginning, says_from_on_a_day
from assistant.planner.quick_add.parts import PartKind, QuickAdd

_AT_ONCE = frozenset(["asap", "now", "right now", "immediately", "at once", "as soon as possible"])
_CLOCKS = frozenset({Grain.SECOND, Grain.MINUTE, Grain.HOUR})


def with_line(task: Task, line: QuickAdd) -> Task:
    """A task with what a line says put in place of what it had; what it leaves open stays.

    A day without “by” is the day on which it is done: it can begin then, and is due then. A time
    of day makes an appointment of it, unless a deadline stands beside it: then it is when work
    can begin. A part of the day (“tomorrow morning”) is when it can be done; of what comes again
    (“every wednesday morning”) it is when it is liked on its day. “After 4pm” is no appointment:
    from then on it can be begun, and without a day that time is liked on others as well. Project
    and tasks that come first are only names here; see the services.
    """
    repeat = None
    if line.recurrence is not None:
        repeat = Repeat(line.recurrence, line.after_completion, line.left_out)
    return replace(
        _dated(task, line),
        title=line.title or task.title,
        priority=line.priority or task.priority,
        tags=tuple(dict.fromkeys((*task.tags, *line.tags))),
        people=tuple(dict.fromkeys((*task.people, *line.people))),
        place=line.place or task.place,
        estimate_min=line.duration_min or task.estimate_min,
        prefers=line.prefers or task.prefers,
        repeat=repeat or task.repeat,
    )


def is_beginning(line: QuickAdd) -> bool:
    """Whether the date of a line is from when it can be begun, and not when it takes place."""
    if line.start is None or line.recurrence is not None:
        return False
    plain = _dated(Task(TaskId(0), "", line.start), line)
    if plain.not_before is None:
        return False
    return line.due is not None or plain.due is None or says_from_on_a_day(_words(line))


def is_at_once(line: QuickAdd) -> bool:
    """Whether a line says “asap” or the like: due today, and at no time of the day."""
    alone = line.start is not None and line.due is None and line.recurrence is None
    return alone and _words(line).lower() in _AT_ONCE


def _dated(task: Task, line: QuickAdd) -> Task:
    start = line.start
    if line.due is not None:
        due = Due(line.due, whole_day=_is_whole_day(line, line.due))
        first = start if start is not None and start < _last(due) else None
        return replace(task, due=due, not_before=first, fixed_start=None, fixed_end=None)
    if start is None:
        return task
    if _is_on_its_day(line, start):
        first = start if line.prefers is None else _midnight(start)
        return replace(_on_days(task, line, _midnight(start)), not_before=first)
    if says_beginning(_words(line)):
        return replace(task, not_before=start, fixed_start=None, fixed_end=None)
    timed = line.grain in _CLOCKS or start.time() != time()
    return _at_a_time(task, line, start) if timed else _on_days(task, line, start)


def _on_days(task: Task, line: QuickAdd, start: datetime) -> Task:
    """To be done on a day, or in a week or month."""
    last = start
    if line.end is not None and line.end > start:
        last = _midnight(line.end - timedelta(seconds=1))
    return replace(task, not_before=start, due=Due(last), fixed_start=None, fixed_end=None)


def _is_on_its_day(line: QuickAdd, start: datetime) -> bool:
    """Whether a day is named and only a part of it: “every wednesday morning”, “friday after 4”."""
    if line.recurrence is not None:
        return line.grain is Grain.DAY and start.time() != time()
    return line.grain in _CLOCKS and says_from_on_a_day(_words(line))


def _at_a_time(task: Task, line: QuickAdd, start: datetime) -> Task:
    """An appointment; a part of the day, or a span longer than the work, is when it can be done."""
    if is_at_once(line):
        return replace(task, due=Due(_midnight(start)))
    end = _end(line, start)
    if end is not None and _is_window(line, end - start):
        due = Due(end, whole_day=False)
        return replace(task, not_before=start, due=due, fixed_start=None, fixed_end=None)
    return replace(task, fixed_start=start, fixed_end=end, not_before=None, due=None)


def _is_window(line: QuickAdd, span: timedelta) -> bool:
    if line.duration_min is not None and timedelta(minutes=line.duration_min) < span:
        return True
    words = _words(line)
    return bool(words) and not any(one.isdigit() for one in words) and line.recurrence is None


def _words(line: QuickAdd) -> str:
    """The words of the date, where the user's own vocabulary did not give it its meaning."""
    return " ".join(
        part.words for part in line.parts if part.kind is PartKind.WHEN and not part.learnt
    ).strip()


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
