"""When a recurring task comes again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from typing import Final

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.task import Due, Repeat, Task, TaskState
from assistant.planner.tasks.series import Series, local, off_days_left_out

MOST_TIMES: Final = 200
"""More of what comes every hour is not looked at."""
_OFTEN: Final = re.compile(r"FREQ=(?:SECONDLY|MINUTELY)", re.IGNORECASE)
_ANCHOR: Final = datetime(2024, 1, 1, 9)  # noqa: DTZ001 - rules are of local time


@dataclass(frozen=True, slots=True)
class Later:
    """A later time of a recurring task.

    Args:
        at: The date that its rule is about, in the zone of the task's own dates.
        by: By how much of local time the dates of the task move for it; see ``moved_by``.
    """

    at: datetime
    by: timedelta


def check_rule(rule: str) -> None:
    """Refuses a rule that nothing can go by.

    Raises:
        UserFacingError: It is no rule by RFC 5545 (``repeat_unreadable``), or comes more often
            than every hour (``repeat_too_often``).
    """
    if _OFTEN.search(rule):
        raise UserFacingError(
            "A task cannot come again every minute.",
            "Let it come every hour at most.",
            code="repeat_too_often",
        )
    Series.of(Repeat(rule)).by_rule(_ANCHOR, _ANCHOR)


def next_time(task: Task, now: datetime) -> Task | None:
    """The task as it comes again after this one was done; None where it does not.

    Its dates keep their time of day and their distance, also where the clock changes between.
    Times that were missed do not come any more.

    Args:
        task: With a recurrence.
        now: When it was done, in the user's zone.

    Raises:
        UserFacingError: The rule cannot be read (``repeat_unreadable``).
    """
    if task.repeat is None:
        return None
    series = Series.of(task.repeat)
    coming = _next(task, series, now)
    if coming is None:
        return None
    return replace(
        moved_by(task, coming.by),
        state=TaskState.OPEN,
        ended=None,
        waits_for=(),
        repeat=series.repeat_from(task.repeat, coming.at, coming.gone),
    )


def length_to_next(task: Task, now: datetime) -> timedelta | None:
    """By how much of local time the dates of a task move when it comes again.

    Args, errors and None are those of ``next_time``.
    """
    if task.repeat is None:
        return None
    coming = _next(task, Series.of(task.repeat), now)
    return None if coming is None else coming.by


def off_left_out(task: Task, *, counted: bool = True) -> Task:
    """A task that does not stand at a day which its recurrence leaves out, but at its next time.

    Args:
        task: Any.
        counted: Whether the times that it passes count among a limited number.

    Raises:
        UserFacingError: No time is left (``repeat_all_left_out``), or the rule cannot be read
            (``repeat_unreadable``).
    """
    if task.repeat is None or not task.repeat.left_out:
        return task
    moved = off_days_left_out(task.repeat, dates_of(task))
    if moved is None:
        raise UserFacingError(
            "Every time of the task would be left out.",
            "Leave out fewer days.",
            code="repeat_all_left_out",
        )
    by, repeat = moved
    return replace(moved_by(task, by), repeat=repeat if counted else task.repeat)


def next_date(task: Task, now: datetime) -> datetime | None:
    """The date that the rule is about for the time after this one, if this one is done now."""
    if task.repeat is None:
        return None
    series = Series.of(task.repeat)
    following = _following(task, series, now)
    return None if following is None else _in_zone(following, _anchor(task, series, now))


def missed_by(task: Task, now: datetime) -> timedelta:
    """By how much of local time the dates of a task lie behind the time that it stands for now.

    Done now, it counts for all of its times that have come; the last of them is the one it is for.

    Raises:
        UserFacingError: The rule cannot be read (``repeat_unreadable``).
    """
    if task.repeat is None or task.repeat.after_completion or not dates_of(task):
        return timedelta()
    series = Series.of(task.repeat)
    following = _following(task, series, now)
    begin = local(_anchor(task, series, now))
    last = None if following is None else series.before(begin, following)
    return timedelta() if last is None else max(timedelta(), last - begin)


def later_times(task: Task, now: datetime, until: datetime) -> tuple[Later, ...]:
    """When a task comes after this time, if this time is done now; the earliest first.

    None where the interval counts from when it is done, or where the task has no date: what comes
    then is not known yet.

    Args:
        task: Any; only one with a recurrence comes again.
        now: In the user's zone.
        until: Only what comes before; at most ``MOST_TIMES`` times are told.

    Raises:
        UserFacingError: The rule cannot be read (``repeat_unreadable``).
    """
    if task.repeat is None or task.repeat.after_completion or not dates_of(task):
        return ()
    series = Series.of(task.repeat)
    first = _next(task, series, now)
    if first is None:
        return ()
    anchor = _anchor(task, series, now)
    begin, last = local(anchor), local(until.astimezone(anchor.tzinfo))
    left = None if series.left is None else series.left - first.gone
    coming = islice(series.all_by_rule(begin, first.at), left)
    some = filter(series.comes_on, takewhile(lambda at: at < last, coming))
    return tuple(Later(_in_zone(one, anchor), one - begin) for one in islice(some, MOST_TIMES))


@dataclass(frozen=True, slots=True)
class _Next:
    """The time after the one that a task stands at, as local time."""

    at: datetime
    by: timedelta
    gone: int
    """How many of a limited number of times lie before it."""


def _next(task: Task, series: Series, now: datetime) -> _Next | None:
    if series.left is not None and series.left <= 1:
        return None
    begin = local(_anchor(task, series, now))
    following = _following(task, series, now)
    if following is None:
        return None
    by_calendar = task.repeat is not None and not task.repeat.after_completion
    gone = 1 + (series.passed(begin, following) if by_calendar else 0)
    if series.left is not None and series.left <= gone:
        return None
    return _Next(following, following - begin, gone)


def _following(task: Task, series: Series, now: datetime) -> datetime | None:
    """The time after this one, as local time of its anchor, if this one is done now."""
    anchor = _anchor(task, series, now)
    here = now.astimezone(anchor.tzinfo)
    start, then = local(anchor), local(here)
    begin = start
    if _is_day(task):
        then = then.replace(hour=0, minute=0)
    if task.repeat is not None and task.repeat.after_completion:
        start = then.replace(hour=start.hour, minute=start.minute)
        then = start
    elif task.due is not None:
        # A time is missed when its deadline is over, not when its day began.
        then -= local(task.due.moment.astimezone(anchor.tzinfo)) - begin
    return series.after(start, max(start, then))


def moved_by(task: Task, by: timedelta) -> Task:
    """A task with all its dates moved by a length of local time."""

    def later(moment: datetime | None) -> datetime | None:
        if moment is None:
            return None
        return _in_zone(moment.replace(tzinfo=None) + by, moment)

    due = task.due
    moment = None if due is None else later(due.moment)
    return replace(
        task,
        due=None if due is None or moment is None else Due(moment, due.whole_day),
        fixed_start=later(task.fixed_start),
        fixed_end=later(task.fixed_end),
        not_before=later(task.not_before),
    )


def parts_again(below: Iterable[Task], by: timedelta) -> dict[TaskId, list[Task]]:
    """The parts of a task as they come again with it, by what they are parts of, in hand's order.

    Args:
        below: All parts of it and their parts, ended ones as well.
        by: By how much the dates of the whole move.
    """
    found: dict[TaskId, list[Task]] = {}
    for part in sorted(below, key=lambda one: (one.position, one.id)):
        if part.parent is not None:
            again = replace(part, state=TaskState.OPEN, ended=None)
            found.setdefault(part.parent, []).append(moved_by(again, by))
    return {above: _without_earlier_times(some) for above, some in found.items()}


def _without_earlier_times(parts: Sequence[Task]) -> list[Task]:
    """Parts without the earlier times of those that recur on their own."""
    latest = {one.title: one.id for one in parts if one.repeat}
    return [one for one in parts if one.repeat or one.id >= latest.get(one.title, one.id)]


def _anchor(task: Task, series: Series, now: datetime) -> datetime:
    """The date that the rule is about; see ``Series.anchor``."""
    dates = dates_of(task)
    return series.anchor(dates) if dates else now.replace(hour=0, minute=0, second=0, microsecond=0)


def dates_of(task: Task) -> list[datetime]:
    """The dates of a task of which one is what its rule is about; see ``Series.anchor``."""
    due = None if task.due is None else task.due.moment
    return [date for date in (due, task.fixed_start, task.not_before) if date is not None]


def _is_day(task: Task) -> bool:
    """Whether it counts by whole days."""
    if task.due is not None:
        return task.due.whole_day
    return task.fixed_start is None


def _in_zone(local: datetime, like: datetime) -> datetime:
    """A local time in a zone; one that the clock skips is the one after the gap."""
    zone = like.tzinfo
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
