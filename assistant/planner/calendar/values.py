"""What a calendar file holds, as text that is kept unchanged, and what was not read of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ItemKind(StrEnum):
    """What an item of a calendar is."""

    EVENT = "event"
    TASK = "task"
    JOURNAL = "journal"
    FREE_BUSY = "freebusy"
    OTHER = "other"
    """Kept and written again, and otherwise left alone."""


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """All components of a calendar that share a name and a UID: an event with its exceptions."""

    uid: str
    """As the file names it; where it names none, a digest of the text."""
    kind: ItemKind
    text: str
    """The components as they stood in the file, with line breaks of RFC 5545."""
    title: str = ""
    line: int = 0
    """Where the first of them began in the file; the first line is 1."""
    start: datetime | None = None
    """When it first takes place, as far as it says so; read in UTC where it names no zone."""
    whole_day: bool = False
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """That an item is related to another one."""

    kind: str
    """By RFC 5545 and RFC 9253: ``PARENT``, ``DEPENDS-ON`` and others."""
    uid: str
    """Of the other item."""


@dataclass(frozen=True, slots=True)
class CalendarText:
    """One calendar: its own properties, its time zones and its items."""

    name: str
    head: str = ""
    """The calendar's own lines, without ``BEGIN`` and ``END``."""
    zones: tuple[str, ...] = ()
    items: tuple[CalendarItem, ...] = ()
    whole: bool = True
    """Whether its end was found; otherwise it may hold more than was read."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something of a file that could not be read, or only in part."""

    component: str
    """Its name, such as ``VEVENT``; empty for the file itself."""
    line: int
    text: str
    """In words, one sentence."""
    refused: bool = True
    """Whether the component was left out; otherwise it was read without that part."""
    title: str = ""


@dataclass(frozen=True, slots=True)
class ReadCalendar:
    """What came of reading a file."""

    calendars: tuple[CalendarText, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def refused(self) -> tuple[Remark, ...]:
        """What was left out."""
        return tuple(remark for remark in self.remarks if remark.refused)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time at which something of a calendar takes place. Moments carry a zone."""

    uid: str
    title: str
    start: datetime
    end: datetime
    whole_day: bool = False
    busy: bool = True
    """False for what is shown as free, was cancelled or was declined."""
    place: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Expansion:
    """What takes place in a stretch of time, by its beginning."""

    occurrences: tuple[Occurrence, ...]
    remarks: tuple[Remark, ...] = ()
