"""What is to be done: tasks, their projects, what they wait for, and the time spent on them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from assistant.domain.ids import ProjectId, StepId, TaskId, WorkId


class Priority(StrEnum):
    """How much a task matters to the user; a task without one is ordinary."""

    URGENT = "urgent"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class TaskState(StrEnum):
    """Where a task stands; the columns of the board."""

    OPEN = "open"
    DOING = "doing"
    WAITING = "waiting"
    """For someone else."""
    DONE = "done"
    DROPPED = "dropped"


ENDED: Final = frozenset({TaskState.DONE, TaskState.DROPPED})
"""States in which nothing is left to do."""


class DayPart(StrEnum):
    """When in the day something is best done."""

    MORNING = "morning"
    """Before 12:00."""
    AFTERNOON = "afternoon"
    """From 12:00 to 18:00."""
    EVENING = "evening"
    """After 18:00."""


class Happened(StrEnum):
    """What can happen to a task."""

    ADDED = "added"
    DUE_MOVED = "due_moved"
    """Value: the old and the new deadline in ISO 8601, a space between; "-" for none."""
    ESTIMATED = "estimated"
    """Value: the old and the new estimate in minutes, a space between; "-" for none."""
    STARTED = "started"
    STOPPED = "stopped"
    DONE = "done"
    DROPPED = "dropped"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Repeat:
    """How a task comes again."""

    rule: str
    """By RFC 5545, without its name: ``FREQ=WEEKLY;BYDAY=MO``."""
    after_completion: bool = False
    """Whether the interval counts from when it was done instead of from the calendar."""
    left_out: tuple[date, ...] = ()
    """Days on which it does not come, in the zone of the task's own dates; the earliest first."""


@dataclass(frozen=True, slots=True)
class Due:
    """The latest moment at which a task should be done."""

    moment: datetime
    """With a zone. For a whole day the midnight, in the user's zone, at which that day begins."""
    whole_day: bool = True


@dataclass(frozen=True, slots=True)
class Splitting:
    """Whether a task may be done in pieces."""

    allowed: bool = True
    least_min: int = 25
    """The shortest piece, in minutes; the last one may be what is left."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. Moments carry a zone; lengths are whole minutes."""

    id: TaskId
    title: str
    created: datetime
    state: TaskState = TaskState.OPEN
    notes: str = ""
    project: ProjectId | None = None
    """None: it lies in the inbox."""
    parent: TaskId | None = None
    """The task that it is a part of."""
    position: float = 0.0
    """Its place among its like, set by hand; smaller comes first."""
    priority: Priority | None = None
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    place: str = ""
    due: Due | None = None
    not_before: datetime | None = None
    """It can't be begun earlier."""
    fixed_start: datetime | None = None
    """Set when the task is an appointment: it is done then, and at no other time."""
    fixed_end: datetime | None = None
    estimate_min: int | None = None
    """As the user said."""
    splitting: Splitting = Splitting()
    prefers: DayPart | None = None
    """When the user likes to do it."""
    repeat: Repeat | None = None
    waits_for: tuple[TaskId, ...] = ()
    """What has to be done first."""
    ended: datetime | None = None
    """When it was done or dropped."""
    written: str = ""
    """The line it was added by, as it was typed."""

    @property
    def is_open(self) -> bool:
        """Whether there is something left to do."""
        return self.state not in ENDED


@dataclass(frozen=True, slots=True)
class Project:
    """Tasks that belong together."""

    id: ProjectId
    name: str
    created: datetime
    color: str = ""
    """The name of a hue of the theme, or empty."""
    archived: datetime | None = None
    position: float = 0.0


@dataclass(frozen=True, slots=True)
class Work:
    """One stretch of time spent on a task, as it was tracked or corrected."""

    task: TaskId
    start: datetime
    end: datetime | None
    """None while it runs."""
    corrected: bool = False
    """Whether the user changed it afterwards."""
    id: WorkId | None = None
    """None while it is not kept yet."""

    @property
    def minutes(self) -> float:
        """How long it took; 0 while it runs."""
        return 0.0 if self.end is None else (self.end - self.start).total_seconds() / 60


@dataclass(frozen=True, slots=True)
class TaskEvent:
    """Something that happened to a task."""

    task: TaskId
    at: datetime
    kind: Happened
    value: str = ""
    """See ``Happened``."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done, as one."""

    id: StepId
    at: datetime
    words: str
    """What was done, for the menu: “Complete “Essay””."""
    undone: bool = False
