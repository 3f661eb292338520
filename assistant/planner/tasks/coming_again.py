"""When a recurring task comes again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.task import Due, Task, TaskState

if TYPE_CHECKING:
    from dateutil.rrule import rrule, rruleset

MOST_TIMES: Final = 200
"""More of what comes every hour is not looked at."""
_OFTEN: Final = re.compile(r"FREQ=(?:SECONDLY|MINUTELY)", re.IGNORECASE)
_COUNT: Final = re.compile(r";?COUNT=(\d{1,9})", re.IGNORECASE)
_UNTIL_UTC: Final = re.compile(r"(UNTIL=\d{8}T\d{6})Z", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class _Rule:
    """A recurrence without its count."""

    text: str
    left: int | None
    """How often it comes, this time included; None: for ever."""


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
    _after(_rule(rule).text, _ANCHOR, _ANCHOR)


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
    by = length_to_next(task, now)
    if task.repeat is None or by is None:
        return None
    return replace(
        moved_by(task, by),
        state=TaskState.OPEN,
        ended=None,
        waits_for=(),
        repeat=replace(task.repeat, rule=_with_count(_rule(task.repeat.rule))),
    )


def length_to_next(task: Task, now: datetime) -> timedelta | None:
    """By how much of local time the dates of a task move when it comes again.

    Args, errors and None are those of ``next_time``.
    """
    if task.repeat is None:
        return None
    rule = _rule(task.repeat.rule)
    if rule.left is not None and rule.left <= 1:
        return None
    begin = _plain(_anchor(task, rule, now))
    following = _following(task, rule, now)
    return None if following is None else following - begin


def next_date(task: Task, now: datetime) -> datetime | None:
    """The date that the rule is about for the time after this one, if this one is done now."""
    if task.repeat is None:
        return None
    rule = _rule(task.repeat.rule)
    following = _following(task, rule, now)
    return None if following is None else _in_zone(following, _anchor(task, rule, now))


def missed_by(task: Task, now: datetime) -> timedelta:
    """By how much of local time the dates of a task lie behind the time that it stands for now.

    Done now, it counts for all of its times that have come; the last of them is the one it is for.

    Raises:
        UserFacingError: The rule cannot be read (``repeat_unreadable``).
    """
    if task.repeat is None or task.repeat.after_completion or not _dates(task):
        return timedelta()
    rule = _rule(task.repeat.rule)
    following = _following(task, rule, now)
    begin = _plain(_anchor(task, rule, now))
    last = None if following is None else _series(rule.text, begin).before(following)
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
    if task.repeat is None or task.repeat.after_completion or not _dates(task):
        return ()
    rule = _rule(task.repeat.rule)
    left = MOST_TIMES if rule.left is None else min(MOST_TIMES, rule.left - 1)
    first = _following(task, rule, now) if left > 0 else None
    if first is None:
        return ()
    anchor = _anchor(task, rule, now)
    begin, last = _plain(anchor), _plain(until.astimezone(anchor.tzinfo))
    coming = islice(_series(rule.text, begin).xafter(first, inc=True), left)
    return tuple(
        Later(_in_zone(one, anchor), one - begin) for one in takewhile(lambda at: at < last, coming)
    )


def _following(task: Task, rule: _Rule, now: datetime) -> datetime | None:
    """The time after this one, as local time of its anchor, if this one is done now."""
    anchor = _anchor(task, rule, now)
    here = now.astimezone(anchor.tzinfo)
    start, then = _plain(anchor), _plain(here)
    begin = start
    if _is_day(task):
        then = then.replace(hour=0, minute=0)
    if task.repeat is not None and task.repeat.after_completion:
        start = then.replace(hour=start.hour, minute=start.minute)
        then = start
    elif task.due is not None:
        # A time is missed when its deadline is over, not when its day began.
        then -= _plain(task.due.moment.astimezone(anchor.tzinfo)) - begin
    return _after(rule.text, start, max(start, then))


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


def _rule(text: str) -> _Rule:
    counted = _COUNT.search(text)
    plain = _UNTIL_UTC.sub(r"\1", _COUNT.sub("", text)).strip(";")
    return _Rule(plain, None if counted is None else int(counted[1]))


def _with_count(rule: _Rule) -> str:
    return rule.text if rule.left is None else f"{rule.text};COUNT={rule.left - 1}"


def _series(rule: str, start: datetime) -> "rrule | rruleset":
    """The times of a rule that was read before; local, without a zone."""
    from dateutil.rrule import rrulestr

    return rrulestr(rule, dtstart=start)


def _after(rule: str, start: datetime, moment: datetime) -> datetime | None:
    """The first time after a moment; both and the outcome are local, without a zone."""
    try:
        found: datetime | None = _series(rule, start).after(moment)
    except (ValueError, TypeError, OverflowError, AttributeError) as error:
        raise UserFacingError(
            "The recurrence cannot be read.",
            "Write it as “every other week”, or as a rule such as FREQ=WEEKLY;INTERVAL=2.",
            code="repeat_unreadable",
        ) from error
    return found


def _anchor(task: Task, rule: _Rule, now: datetime) -> datetime:
    """The date that the rule is about: of “every mon due wed” the Monday, not the deadline."""
    dates = _dates(task)
    if not dates:
        return now.replace(hour=0, minute=0, second=0, microsecond=0)
    return next((date for date in dates if _is_time_of(rule, _plain(date))), dates[0])


def _dates(task: Task) -> list[datetime]:
    due = None if task.due is None else task.due.moment
    return [date for date in (due, task.fixed_start, task.not_before) if date is not None]


def _is_time_of(rule: _Rule, moment: datetime) -> bool:
    return _after(rule.text, moment, moment - timedelta(minutes=1)) == moment


def _is_day(task: Task) -> bool:
    """Whether it counts by whole days."""
    if task.due is not None:
        return task.due.whole_day
    return task.fixed_start is None


def _plain(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None, second=0, microsecond=0)


def _in_zone(local: datetime, like: datetime) -> datetime:
    """A local time in a zone; one that the clock skips is the one after the gap."""
    zone = like.tzinfo
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
