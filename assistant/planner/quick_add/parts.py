"""What a line says: the parts of a task, each where it stands in the text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from assistant.domain.days import runs_of
from assistant.domain.task import DayPart, Priority
from assistant.domain.when import Grain, Span


class PartKind(StrEnum):
    """What a part of a line is."""

    WHEN = "when"
    DUE = "due"
    DURATION = "duration"
    RECURRENCE = "recurrence"
    EXCEPT = "except"
    """Days that a recurrence leaves out; see ``days_value``."""
    PRIORITY = "priority"
    TAG = "tag"
    PROJECT = "project"
    PLACE = "place"
    PERSON = "person"
    AFTER = "after"
    """A task that comes first."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a line says, for a chip."""

    kind: PartKind
    value: str
    """As it was understood, in words or figures that the same grammar reads."""
    found: tuple[int, int]
    """First character and one past the last, in the line as it was written."""
    words: str
    """What stands there."""
    learnt: bool = False
    """Whether the personal vocabulary gave it its meaning."""


@dataclass(frozen=True, slots=True)
class QuickAdd:
    """A task as a line describes it."""

    title: str
    start: datetime | None = None
    end: datetime | None = None
    due: datetime | None = None
    """With a grain of a day or longer the midnight at which the last day begins."""
    duration_min: int | None = None
    recurrence: str | None = None
    """A rule by RFC 5545, without its name."""
    after_completion: bool = False
    """Whether the recurrence counts from when it was done."""
    left_out: tuple[date, ...] = ()
    """Days on which it does not come."""
    priority: Priority | None = None
    tags: tuple[str, ...] = ()
    project: str | None = None
    place: str | None = None
    people: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    grain: Grain | None = None
    prefers: DayPart | None = None
    """When in the day, where words wish for it and name no time for one day."""
    parts: tuple[Part, ...] = ()
    alternatives: tuple[Span, ...] = ()
    """Other readings of the date."""
    named_by_date: bool = False
    """Whether the title is but a word of the date, because there is no other: “lunch 12:30”."""
    unsure: bool = False
    """Whether words of time are left in the title that the grammar could not read."""

    def contract(self) -> Mapping[str, object]:
        """The line as plain values for JSON; what is absent is None."""
        return {
            "title": self.title,
            "start": _iso(self.start),
            "end": _iso(self.end),
            "due": _iso(self.due),
            "duration_min": self.duration_min,
            "recurrence": self.recurrence,
            "after_completion": self.after_completion,
            "left_out": [day.isoformat() for day in self.left_out],
            "priority": None if self.priority is None else self.priority.value,
            "tags": list(self.tags),
            "project": self.project,
            "place": self.place,
            "people": list(self.people),
            "after": list(self.after),
            "grain": None if self.grain is None else self.grain.value,
            "alternatives": [
                {"start": _iso(span.start), "end": _iso(span.end)} for span in self.alternatives
            ],
            "found": [
                {
                    "kind": part.kind.value,
                    "value": part.value,
                    "text": part.words,
                    "from": part.found[0],
                    "to": part.found[1],
                }
                for part in self.parts
            ],
        }


def days_value(days: Iterable[date]) -> str:
    """Days as the value of a part: “2025-11-24, 2025-12-24 - 2025-12-26”."""
    runs = runs_of(days)
    return ", ".join(f"{first}" if first == last else f"{first} - {last}" for first, last in runs)


def runs_in(value: str) -> list[tuple[date, date]]:
    """Runs of days out of the value of a part; see ``days_value``."""
    ends = (run.partition(" - ") for run in value.split(", "))
    return [(date.fromisoformat(one), date.fromisoformat(other or one)) for one, _, other in ends]


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
