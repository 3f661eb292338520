"""The clock, handed to whatever depends on today."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time of day; durations are measured with ``time.monotonic`` instead."""

    def now(self) -> datetime:
        """The present moment, with time zone UTC."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still, for ``--now`` and for tests.

    Args:
        moment: The moment it shows; without a time zone it is of this machine's.
    """

    moment: datetime

    def now(self) -> datetime:
        """The moment it was set to, in UTC."""
        return self.moment.astimezone(UTC)
