"""When something is: moments, spans, durations and recurrences as found in a text."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Grain(StrEnum):
    """How exactly a moment is meant."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


class Sense(StrEnum):
    """What a found moment stands for."""

    POINT = "point"
    """One moment or one whole day, week, month or year."""
    SPAN = "span"
    """From ``start`` to ``end``; either may be open."""
    BY = "by"
    """A deadline: at the latest at ``end``."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time: from ``start`` to before ``end``; for clock times ``end`` is named."""

    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True)
class When:
    """A moment or span of time that a text names.

    ``start`` and ``end`` carry the zone of the moment against which they were resolved, or none
    where that had none. ``end`` is exclusive for days and longer and the named time for clocks.
    """

    start: datetime | None
    end: datetime | None
    grain: Grain
    sense: Sense
    found: tuple[int, int]
    """Where it stands in the text: first character, and one past the last."""
    alternatives: tuple[Span, ...] = ()
    """Other readings that the words leave open: the past one, the other half of the day."""
    has_date: bool = True
    """Whether a day was named, and not only a time of day."""
    has_clock: bool = False
    """Whether a time of day was named."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time that a text names."""

    seconds: float
    found: tuple[int, int]

    @property
    def minutes(self) -> int:
        """In whole minutes, at least one."""
        return max(1, round(self.seconds / 60))


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often something comes again."""

    rule: str
    """By RFC 5545, without the name: ``FREQ=WEEKLY;BYDAY=MO``."""
    found: tuple[int, int]
    first: datetime | None = None
    """The first time after the moment of reading; a day's start where no time was named."""
    after_completion: bool = False
    """Whether the interval counts from when it was done instead of from the calendar."""
    has_clock: bool = False
    end: datetime | None = None
    """When the first time ends, where the text says so."""
