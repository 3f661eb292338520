"""What may be of a task, and what may not; each refusal says which and why."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.task import Task
from assistant.planner.tasks.coming_again import check_rule

LONGEST_TITLE: Final = 2000
LONGEST_NOTES: Final = 1 << 20
LONGEST_MIN: Final = 60 * 24 * 60
"""An estimate of more than sixty days without a pause is a slip."""
MOST_TAGS: Final = 100
_LEAST_PIECE, _LONGEST_PIECE = 5, 8 * 60


def check_task(task: Task) -> None:
    """Refuses what cannot be.

    Raises:
        UserFacingError: Says what; ``task_untitled``, ``task_long``, ``estimate_outside``,
            ``split_outside``, ``task_ends_early``, ``due_before_start``, or of its recurrence.
    """
    if not task.title.strip():
        raise UserFacingError(
            "The task has no title.", "Say in a word what is to be done.", code="task_untitled"
        )
    if (
        len(task.title) > LONGEST_TITLE
        or len(task.notes) > LONGEST_NOTES
        or len(task.tags) > MOST_TAGS
    ):
        raise UserFacingError(
            "The title, the notes or the tags are too long.",
            f"Keep the title below {LONGEST_TITLE} characters and the notes below 1 MB.",
            code="task_long",
        )
    if task.estimate_min is not None and not 1 <= task.estimate_min <= LONGEST_MIN:
        raise UserFacingError(
            "No task takes that long.",
            "Estimate between one minute and sixty days, or split it into parts.",
            code="estimate_outside",
        )
    if not _LEAST_PIECE <= task.splitting.least_min <= _LONGEST_PIECE:
        raise UserFacingError(
            "The shortest piece of a task is between 5 minutes and 8 hours.",
            "Choose a length in between.",
            code="split_outside",
        )
    _check_dates(task)
    if task.repeat is not None:
        check_rule(task.repeat.rule)


def _check_dates(task: Task) -> None:
    if task.fixed_end is not None and (
        task.fixed_start is None or task.fixed_end <= task.fixed_start
    ):
        raise UserFacingError(
            "The task would end before it begins.",
            "Let it end after its beginning.",
            code="task_ends_early",
        )
    start = task.fixed_start or task.not_before
    if start is None or task.due is None:
        return
    last = task.due.moment + (timedelta(1) if task.due.whole_day else timedelta())
    if start >= last:
        raise UserFacingError(
            "The task would be due before it can begin.",
            "Move the deadline behind the beginning, or take one of them away.",
            code="due_before_start",
        )


def check_order(
    waits: Mapping[TaskId, Sequence[TaskId]], titles: Mapping[TaskId, str], begin: TaskId
) -> None:
    """Refuses an order in which a task would wait for itself.

    Args:
        waits: What each task waits for; a task with parts waits for them as well.
        titles: Of the tasks.
        begin: The task whose links changed: a cycle must lead through it.

    Raises:
        UserFacingError: There is a cycle; it is named, each task by its title (``task_cycle``).
    """
    cycle = _cycle(waits, begin)
    if cycle is None:
        return
    names = [f"“{titles.get(task, str(task))}”" for task in cycle]
    if len(names) == 1:
        said = f"{names[0]} cannot wait for itself."
    else:
        chain = f", and {'that' if len(names) > 1 else ''} waits for ".join((*names[1:], names[0]))
        said = f"The order would be a circle: {names[0]} waits for {chain}."
    raise UserFacingError(said, "Take one of these links away.", code="task_cycle")


def _cycle(waits: Mapping[TaskId, Sequence[TaskId]], begin: TaskId) -> list[TaskId] | None:
    """The shortest way from a task back to itself."""
    came_from: dict[TaskId, TaskId] = {}
    level = [begin]
    while level:
        following: list[TaskId] = []
        for task in level:
            for first in waits.get(task, ()):
                if first == begin:
                    way = [task]
                    while way[-1] != begin:
                        way.append(came_from[way[-1]])
                    return way[::-1]
                if first not in came_from:
                    came_from[first] = task
                    following.append(first)
        level = following
    return None
