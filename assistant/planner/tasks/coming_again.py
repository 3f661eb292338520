"""When a recurring task comes again."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from assistant.domain.errors import UserFacingError
from assistant.domain.task import Due, Repeat, Task, TaskState

_OFTEN: Final = re.compile(r"FREQ=(?:SECONDLY|MINUTELY)", re.IGNORECASE)
_COUNT: Final = re.compile(r";?COUNT=(\d{1,9})", re.IGNORECASE)
_UNTIL_UTC: Final = re.compile(r"(UNTIL=\d{8}T\d{6})Z", re.IGNORECASE)
_ANCHOR: Final = datetime(2024, 1, 1, 9)  # noqa: DTZ001 - rules are of local time


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
    if task.repeat is None:
        return None
    rule = _rule(task.repeat.rule)
    if rule.left is not None and rule.left <= 1:
        return None
    anchor = _anchor(task, now)
    here = now.astimezone(anchor.tzinfo)
    start, then = _plain(anchor), _plain(here)
    if _is_day(task):
        then = then.replace(hour=0, minute=0)
    if task.repeat.after_completion:
        start = then.replace(hour=start.hour, minute=start.minute)
        then = start
    following = _after(rule.text, start, max(start, then))
    if following is None:
        return None
    by = following - _plain(anchor)
    return replace(
        _moved(task, by),
        state=TaskState.OPEN,
        ended=None,
        waits_for=(),
        repeat=replace(task.repeat, rule=_with_count(rule)),
    )


def moved_by(task: Task, by: timedelta) -> Task:
    """A task with all its dates moved by a length of local time."""
    return _moved(task, by)


def times(repeat: Repeat, first: datetime, until: datetime, most: int = 100) -> list[datetime]:
    """When a task comes in a stretch of time, its first time included; at most so often."""
    rule, found, moment = _rule(repeat.rule), [first], first
    while len(found) < most and (rule.left is None or len(found) < rule.left):
        following = _after(rule.text, _plain(first), _plain(moment))
        if following is None:
            break
        moment = _in_zone(following, first)
        if moment >= until:
            break
        found.append(moment)
    return [one for one in found if one < until]


def _rule(text: str) -> _Rule:
    counted = _COUNT.search(text)
    plain = _UNTIL_UTC.sub(r"\1", _COUNT.sub("", text)).strip(";")
    return _Rule(plain, None if counted is None else int(counted[1]))


def _with_count(rule: _Rule) -> str:
    return rule.text if rule.left is None else f"{rule.text};COUNT={rule.left - 1}"


def _after(rule: str, start: datetime, moment: datetime) -> datetime | None:
    """The first time after a moment; both and the outcome are local, without a zone."""
    from dateutil.rrule import rrulestr

    try:
        found: datetime | None = rrulestr(rule, dtstart=start).after(moment)
    except (ValueError, TypeError, OverflowError, AttributeError) as error:
        raise UserFacingError(
            "The recurrence cannot be read.",
            "Write it as “every other week”, or as a rule such as FREQ=WEEKLY;INTERVAL=2.",
            code="repeat_unreadable",
        ) from error
    return found


def _anchor(task: Task, now: datetime) -> datetime:
    if task.due is not None:
        return task.due.moment
    dated = task.fixed_start or task.not_before
    return dated if dated is not None else now.replace(hour=0, minute=0, second=0, microsecond=0)


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


def _moved(task: Task, by: timedelta) -> Task:
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
