"""What comes again, less the days that a line leaves out."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice, takewhile
from operator import gt
from typing import Final

from assistant.domain.task import Repeat
from assistant.planner.dates.finding import exists
from assistant.planner.quick_add.deadlines_apart import Reads
from assistant.planner.quick_add.leaving_out import LeftOut, day_of
from assistant.planner.quick_add.parts import QuickAdd
from assistant.planner.tasks.series import Series, local, off_days_left_out

MOST_DAYS: Final = 100
"""More is rather another recurrence."""
_DAY: Final = timedelta(days=1)


def days_left_out(
    task: QuickAdd, some: Sequence[LeftOut], reader: Reads
) -> tuple[tuple[date, ...], ...] | None:
    """The days that words leave out of what comes again, for each of them.

    Args:
        task: As it is without them.
        some: Where days are left out.
        reader: Reads their words.

    Returns:
        None where words leave out nothing, or more than ``MOST_DAYS``.
    """
    anchor = _anchor(task, reader)
    if task.recurrence is None or anchor is None:
        return None
    series = Series.of(Repeat(task.recurrence))
    found: list[tuple[date, ...]] = []
    for one in some:
        days = [_days(words, series, anchor, reader) for words in one.items]
        if not all(days):
            return None
        found.append(tuple(sorted(frozenset[date]().union(*days))))
    return tuple(found) if sum(map(len, found)) <= MOST_DAYS else None


def without_days(task: QuickAdd, days: Iterable[date]) -> QuickAdd | None:
    """A task that comes again, less some days; it stands at its first time that is left.

    None where none is left.
    """
    if task.recurrence is None:
        return None
    repeat = Repeat(task.recurrence, task.after_completion, tuple(sorted(frozenset(days))))
    moved = off_days_left_out(repeat, _dates(task))
    if moved is None:
        return None
    by, coming = moved
    start, end, due = (_later(one, by) for one in (task.start, task.end, task.due))
    return replace(
        task, recurrence=coming.rule, left_out=repeat.left_out, start=start, end=end, due=due
    )


def _dates(task: QuickAdd) -> list[datetime]:
    return [one for one in (task.due, task.start) if one is not None]


def _anchor(task: QuickAdd, reader: Reads) -> datetime | None:
    """The date that the rule is about; today where the task has none."""
    dates = _dates(task)
    if task.recurrence is not None and dates:
        return Series.of(Repeat(task.recurrence)).anchor(dates)
    return next((one.start for one in reader.read("today").whens), None)


def _days(words: str, series: Series, anchor: datetime, reader: Reads) -> set[date]:
    """The days that some words name; of a span those on which something comes.

    A day that is none of its days is read once more from its first time on: “every monday in
    january except the 12th”.
    """
    begin = local(anchor)
    found = set[date]()
    for one in (reader, reader.at(anchor.replace(hour=0, minute=0))):
        span = day_of(words, one)
        if span is None:
            continue
        first = max(span[0], begin.replace(hour=0, minute=0))
        coming = islice(series.all_by_rule(begin, first), MOST_DAYS + 1)
        some = {at.date() for at in takewhile(partial(gt, span[1]), coming)}
        if some:
            return some
        if span[1] - span[0] <= _DAY and span[1] > begin and not found:
            found = {span[0].date()}
    return found


def _later(moment: datetime | None, by: timedelta) -> datetime | None:
    if moment is None or not by:
        return moment
    there = moment.replace(tzinfo=None) + by
    zone = moment.tzinfo
    return there if zone is None else exists(there.replace(tzinfo=zone))
