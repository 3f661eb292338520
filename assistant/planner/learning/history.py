"""What came of earlier tasks with a deadline, in the order in which it was known."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from assistant.domain.ids import TaskId
from assistant.domain.task import Task, TaskState

PRIOR_RATE: Final = 0.7
"""How often people are in time, before anything is known of one."""
_LATELY: Final = 30
LONGEST_RUN: Final = 5
"""What goes on for longer tells no more."""
_ALIKE: Final = 20


def deadline(task: Task) -> datetime | None:
    """The moment after which a task is late."""
    if task.due is None:
        return None
    return task.due.moment + timedelta(days=1) if task.due.whole_day else task.due.moment


def kind_of(task: Task) -> str:
    """Its project, else its first tag; empty where it has neither."""
    if task.project is not None:
        return f"+{task.project}"
    return f"#{task.tags[0].casefold()}" if task.tags else ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A task was done in time, or its deadline passed.

    Args:
        known: Since when that is known.
        task: Which.
        kind: See ``kind_of``.
        on_time: Whether it was done by its deadline.
    """

    known: datetime
    task: TaskId
    kind: str
    on_time: bool


@dataclass(frozen=True, slots=True)
class Lately:
    """How a person has done of late, as was known at a moment.

    Args:
        usual: Share of the last 30 tasks that were in time, drawn to 70 %.
        run: How many were in time, or late where it is negative, one after the other; 5 at most.
        alike: How far tasks of the same kind differ from what is usual.
    """

    usual: float = PRIOR_RATE
    run: int = 0
    alike: float = 0.0


class History:
    """Outcomes, asked as of any moment.

    Args:
        tasks: Those with a deadline; what was dropped tells nothing.
    """

    def __init__(self, tasks: Iterable[Task]) -> None:
        found = [one for one in map(_outcome, tasks) if one is not None]
        self._outcomes = sorted(found, key=lambda one: (one.known, one.task))
        self._known = [one.known for one in self._outcomes]

    def lately(self, now: datetime, kind: str, without: TaskId | None = None) -> Lately:
        """How it went until a moment; nothing later is looked at.

        Args:
            now: When.
            kind: Of the task that is asked about.
            without: A task that is left out: the one that is asked about.
        """
        at = bisect_left(self._known, now)
        last = [one for one in self._outcomes[max(0, at - _LATELY - 1) : at] if one.task != without]
        if not last:
            return Lately()
        last = last[-_LATELY:]
        usual = (sum(one.on_time for one in last) + 5 * PRIOR_RATE) / (len(last) + 5)
        same = [one for one in self._outcomes[:at] if one.kind == kind and one.task != without]
        same = same[-_ALIKE:] if kind else []
        rate = (sum(one.on_time for one in same) + 3 * usual) / (len(same) + 3)
        return Lately(usual, _run(last), rate - usual)


def _outcome(task: Task) -> Outcome | None:
    end = deadline(task)
    if end is None or task.state is TaskState.DROPPED:
        return None
    on_time = task.ended is not None and task.ended <= end
    known = task.ended if on_time and task.ended is not None else max(end, task.created)
    return Outcome(known, task.id, kind_of(task), on_time)


def _run(last: Sequence[Outcome]) -> int:
    count = 0
    for one in reversed(last):
        if one.on_time != last[-1].on_time:
            break
        count += 1
    count = min(count, LONGEST_RUN)
    return count if last[-1].on_time else -count
