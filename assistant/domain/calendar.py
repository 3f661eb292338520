"""Calendars that were brought in, as the vault keeps them."""

from dataclasses import dataclass
from datetime import datetime

from assistant.domain.ids import CalendarId


@dataclass(frozen=True, slots=True)
class KeptItem:
    """One item of a calendar; its text is as it stood in the file."""

    uid: str
    title: str
    text: str
    start: datetime | None = None
    """When it first takes place, as far as it says so."""
    whole_day: bool = False
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class KeptCalendar:
    """A calendar that was brought in."""

    id: CalendarId
    name: str
    source: str
    """The file it came from; empty where it was none."""
    frame: str
    """Its own properties and time zones, as a calendar without items."""
    added: datetime
    updated: datetime
    shown: bool = True
    """Whether its events are shown and take time."""
    count: int = 0
    """How many items it has."""
