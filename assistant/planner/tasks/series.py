"""The times of a recurrence: by its rule, less the days that are left out of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from assistant.domain.errors import UserFacingError
from assistant.domain.task import Repeat

if TYPE_CHECKING:
    from dateutil.rrule import rrule, rruleset

_COUNT: Final = re.compile(r";?COUNT=(\d{1,9})", re.IGNORECASE)
_UNTIL_UTC: Final = re.compile(r"(UNTIL=\d{8}T\d{6})Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Series:
    """A recurrence; all its moments are of local time, without a zone.

    Args:
        rule: By RFC 5545, without its count.
        left: How often it comes, the time that its task stands at included; None: for ever.
            As in RFC 5545 (3.8.5.1), a day that is left out counts among them.
        left_out: Days on which it does not come.
    """

    rule: str
    left: int | None = None
    left_out: frozenset[date] = frozenset()

    @classmethod
    def of(cls, repeat: Repeat) -> "Series":
        """How a task comes again."""
        counted = _COUNT.search(repeat.rule)
        plain = _UNTIL_UTC.sub(r"\1", _COUNT.sub("", repeat.rule)).strip(";")
        left = None if counted is None else int(counted[1])
        return cls(plain, left, frozenset(repeat.left_out))

    def by_rule(self, start: datetime, moment: datetime) -> datetime | None:
        """The first time after a moment, also on a day that is left out.

        Args:
            start: A time from which the rule counts.
            moment: After which.

        Raises:
            UserFacingError: The rule cannot be read (``repeat_unreadable``).
        """
        try:
            found: datetime | None = self._times(start).after(moment)
        except (ValueError, TypeError, OverflowError, AttributeError) as error:
            raise UserFacingError(
                "The recurrence cannot be read.",
                "Write it as “every other week”, or as a rule such as FREQ=WEEKLY;INTERVAL=2.",
                code="repeat_unreadable",
            ) from error
        return found

    def after(self, start: datetime, moment: datetime) -> datetime | None:
        """The first time after a moment; see ``by_rule``."""
        found = self.by_rule(start, moment)
        while found is not None and not self.comes_on(found):
            found = self.by_rule(start, found)
        return found

    def before(self, start: datetime, moment: datetime) -> datetime | None:
        """The last time before a moment; the rule was read before."""
        times = self._times(start)
        found: datetime | None = times.before(moment)
        while found is not None and not self.comes_on(found):
            found = times.before(found)
        return found

    def all_by_rule(self, start: datetime, first: datetime) -> Iterator[datetime]:
        """The times from one on, also on days that are left out; the rule was read before."""
        return self._times(start).xafter(first, inc=True)

    def on_day(self, start: datetime, day: date) -> list[datetime]:
        """The times of a day by the rule, whether it is left out or not; see ``by_rule``."""
        begin = datetime.combine(day, time())
        first = self.by_rule(start, begin - timedelta(seconds=1))
        if first is None or first.date() != day:
            return []
        return list(takewhile(lambda at: at.date() == day, self.all_by_rule(start, first)))

    def comes_on(self, at: datetime) -> bool:
        """Whether a time of the rule is not left out."""
        return at.date() not in self.left_out

    def passed(self, begin: datetime, following: datetime) -> int:
        """How many times that are left out lie between two that are not."""
        if not any(begin.date() <= day <= following.date() for day in self.left_out):
            return 0
        between = takewhile(lambda at: at < following, self._times(begin).xafter(begin))
        return sum(not self.comes_on(at) for at in between)

    def anchor(self, dates: Sequence[datetime]) -> datetime:
        """The date of a task that the rule is about: of “every mon due wed” the Monday.

        Args:
            dates: All that the task has, as they are; at least one.
        """
        return next((date for date in dates if self._is_time(local(date))), dates[0])

    def repeat_from(self, old: Repeat, at: datetime, gone: int) -> Repeat:
        """How a task comes again from a later time on; days before that are forgotten.

        Args:
            old: How it came again until now.
            at: The time that it stands at now.
            gone: How many of a limited number of times lie behind it since then.
        """
        rule = self.rule if self.left is None else f"{self.rule};COUNT={self.left - gone}"
        ahead = tuple(day for day in old.left_out if day >= at.date())
        return replace(old, rule=rule, left_out=ahead)

    def _is_time(self, moment: datetime) -> bool:
        return self.by_rule(moment, moment - timedelta(minutes=1)) == moment

    def _times(self, start: datetime) -> "rrule | rruleset":
        from dateutil.rrule import rrulestr

        return rrulestr(self.rule, dtstart=start)


def local(moment: datetime) -> datetime:
    """A moment as the clocks of its zone show it, in whole minutes."""
    return moment.replace(tzinfo=None, second=0, microsecond=0)


def off_days_left_out(repeat: Repeat, dates: Sequence[datetime]) -> tuple[timedelta, Repeat] | None:
    """By how much of local time dates move so that they are not of a day that is left out.

    Args:
        repeat: How it comes again.
        dates: See ``Series.anchor``.

    Returns:
        The length, and how it comes again from there on; None where no time is left.

    Raises:
        UserFacingError: The rule cannot be read (``repeat_unreadable``).
    """
    if not repeat.left_out or not dates:
        return timedelta(), repeat
    series = Series.of(repeat)
    begin = local(series.anchor(dates))
    if series.comes_on(begin):
        return timedelta(), repeat
    following = series.after(begin, begin)
    if following is None:
        return None
    gone = 1 + series.passed(begin, following)
    if series.left is not None and series.left <= gone:
        return None
    return following - begin, series.repeat_from(repeat, following, gone)
