"""The day as rows: what is under way, what is planned, what is due beside it, what is late."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.domain.ids import TaskId
from assistant.domain.task import Task
from assistant.services.planning.task_values import Stretch, Today
from assistant.ui.clock import clock_words, span_words
from assistant.ui.plan.tasks.model import Surroundings, TaskRow, row_of, rows_with_parts
from assistant.ui.plan.words import late_words, when_words

_WHOLE_DAY = ("All day", "All day")


def rows_of_today(today: Today, around: Surroundings) -> list[TaskRow]:
    """What the day holds, under its headings.

    What has its time stands in the order of the day, events and tasks in one line. Every task
    stands under one heading, and with each of its stretches there.
    """
    now, timed = around.now, [one for one in today.stretches if not one.whole_day]
    coming = [one for one in timed if one.start > now]
    live = [one for one in timed if one.start <= now < one.end]
    whole = [one for one in today.stretches if one.whole_day]
    planned = _tasks_of((*live, *coming))
    late = [one for one in today.overdue if one.id not in planned]
    over = [
        one
        for one in timed
        if one.end <= now
        and one.task is not None
        and one.task.id not in planned
        and (one.task.fixed_start is not None or one.task not in (*late, *today.due))
    ]
    gone = _tasks_of(over)
    due = [one for one in today.due if one.id not in planned | gone]
    begun = [one for one in today.doing if one.id not in planned | gone]
    late = [one for one in late if one.id not in gone]
    listed = planned | gone | {one.id for one in (*due, *late, *begun, *today.done)}
    rows = [
        *_timed("Now", live, around),
        *_timed("Planned for today", (*whole, *coming), around),
        *_timed("Earlier today", over, around),
    ]
    for head, tasks in (
        ("Due today, not planned" if today.planned else "Due today", due),
        ("Overdue", late),
        ("Begun", begun),
        ("Done today", today.done),
    ):
        rows += _listed(head, tasks, around, frozenset(listed))
    return rows


def _tasks_of(stretches: Iterable[Stretch]) -> set[TaskId]:
    return {one.task.id for one in stretches if one.task is not None}


def _listed(
    head: str, tasks: Sequence[Task], around: Surroundings, listed: frozenset[TaskId]
) -> list[TaskRow]:
    return [TaskRow(head), *rows_with_parts(tasks, around, listed)] if tasks else []


def _timed(head: str, stretches: Sequence[Stretch], around: Surroundings) -> list[TaskRow]:
    rows = [_row_of(one, around) for one in stretches]
    return [TaskRow(head), *rows] if rows else []


def _row_of(stretch: Stretch, around: Surroundings) -> TaskRow:
    task = stretch.task
    row = TaskRow(stretch.title) if task is None else row_of(task, around)
    due = None if task is None else replace(task, fixed_start=None, fixed_end=None)
    time = (clock_words(stretch.start), span_words(stretch.start, stretch.end))
    return replace(
        row,
        stretch=stretch,
        time=_WHOLE_DAY if stretch.whole_day else time,
        live=not stretch.whole_day and stretch.start <= around.now < stretch.end,
        # Its own time stands in front already.
        when="" if due is None else when_words(due, around.now.date()),
        behind="" if task is None or task.due is None else late_words(task.due, stretch.end),
    )
