"""What the calendars of the planner answer with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assistant.planner.calendar.values import Occurrence, Remark

PLANNED: Final = "PLAN"
"""The component of a remark on blocks of a plan, all of a file at once."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of bringing in one file."""

    file: str
    calendars: tuple[str, ...] = ()
    """Names of the calendars whose items it held."""
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    """Items that the file held before and no longer holds."""
    tasks: int = 0
    """How many of its items are tasks now."""
    blocks: int = 0
    """How many blocks of the plan came with it, or stand in the plan already."""
    blocks_left_out: int = 0
    remarks: tuple[Remark, ...] = ()
    changed: bool = False
    """Whether anything is otherwise than before, and so can be undone."""

    @property
    def nothing_read(self) -> bool:
        """Whether all that the file holds was refused."""
        kept = self.added + self.updated + self.unchanged + self.removed + self.tasks
        return bool(self.refused) and not kept + self.blocks + self.blocks_left_out

    @property
    def refused(self) -> tuple[Remark, ...]:
        """What was left out, and why."""
        return tuple(remark for remark in self.remarks if remark.refused)


def imported_words(found: Sequence[Imported]) -> str:
    """What changed, to be said behind what was done: “: 12 new, 1 gone”; empty for nothing."""
    return came(
        (sum(one.added for one in found), "new"),
        (sum(one.updated for one in found), "changed"),
        (sum(one.removed for one in found), "gone"),
    )


def came(*counts: tuple[int, str]) -> str:
    """Numbers of items behind a colon, without those that are 0."""
    words = ", ".join(f"{count} {kind}" for count, kind in counts if count)
    return f": {words}" if words else ""


@dataclass(frozen=True, slots=True)
class CalendarEvents:
    """What takes place in a stretch of time by one calendar."""

    calendar: str
    occurrences: tuple[Occurrence, ...]
    remarks: tuple[Remark, ...] = ()
