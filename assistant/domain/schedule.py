"""A week as it is planned: what is fixed, what was placed where and why, and what did not fit."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from assistant.domain.ids import TaskId


class BlockKind(StrEnum):
    """What a block of the week is."""

    EVENT = "event"
    """Of a calendar: it stays where it is."""
    TASK = "task"
    STUDY = "study"
    """A lesson, or cards that fall due."""
    MEAL = "meal"
    FREE = "free"
    """Kept free by the user."""


@dataclass(frozen=True, slots=True)
class Busy:
    """A stretch of time that is taken. Moments carry a zone."""

    start: datetime
    end: datetime
    title: str
    kind: BlockKind = BlockKind.EVENT
    place: str = ""
    source: str = ""
    """The calendar that it comes from, or empty."""
    uid: str = ""
    """Of the event, as its file names it."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When work may be planned on a weekday: spans of local time, none overlapping."""

    weekday: int
    """0 is Monday."""
    spans: tuple[tuple[time, time], ...]


class Because(StrEnum):
    """Why a block stands where it does; each was tried by taking it away."""

    DEADLINE = "deadline"
    LATE = "late"
    """It ends after it is due."""
    EARLY = "early"
    """It begins before it may, or before what it waits for is done."""
    OVERLAPS = "overlaps"
    """It lies on something that does not give way."""
    ORDER = "order"
    """Something waits for it, or it waits for something."""
    REPEATS = "repeats"
    """It is one of several times of a recurring task, each of which has its stretch."""
    NOT_BEFORE = "not_before"
    CALENDAR = "calendar"
    HOURS = "hours"
    ENERGY = "energy"
    PRIORITY = "priority"
    PLACE = "place"
    PREFERRED = "preferred"
    PINNED = "pinned"
    SPREAD = "spread"
    TOGETHER = "together"
    """Beside its like, so that less switching is needed."""
    STABLE = "stable"
    """It stood there before, and nothing moved it."""
    SOONEST = "soonest"
    """It is done as soon as it can be; without that it would stand later."""
    FIRST = "first"
    """No room before it was free and long enough."""
    OTHERS = "others"
    """Others stand where it would be best."""
    FREE = "free"
    """It could as well be elsewhere."""

    @property
    def is_plain(self) -> bool:
        """Whether it says nothing of another place where none is told."""
        return self in _PLAIN


_PLAIN = frozenset(
    {
        Because.SOONEST,
        Because.STABLE,
        Because.PINNED,
        Because.LATE,
        Because.EARLY,
        Because.OVERLAPS,
        Because.FIRST,
        Because.OTHERS,
        Because.FREE,
    }
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a block's place."""

    because: Because
    text: str
    """In words: "Friday 17:00 is two days away"."""
    otherwise: datetime | None = None
    """Where the block would begin without it; None where it would not be planned at all."""


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of a plan. Moments carry a zone."""

    task: TaskId
    """Ids below 0 stand for the tutor's reviews and lessons."""
    title: str
    start: datetime
    end: datetime
    kind: BlockKind = BlockKind.TASK
    part: int = 1
    parts: int = 1
    pinned: bool = False
    reasons: tuple[Reason, ...] = ()
    occurrence: datetime | None = None
    """Of a recurring task: which of its later times; None for the one that it stands at."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """One change that would make a task fit."""

    text: str
    """In words: "use Sunday 11 to 13"."""
    action: str
    """Which: ``extend_hours``, ``shorten``, ``later_due``, ``drop``, ``allow_split``."""
    value: str
    """What the action needs, as text that it reads."""


@dataclass(frozen=True, slots=True)
class Overflow:
    """What found no room."""

    task: TaskId
    title: str
    missing_min: int
    """How many minutes of it are not placed."""
    text: str
    """Why, in words."""
    remedies: tuple[Remedy, ...] = ()
    occurrence: datetime | None = None
    """As of a block."""


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """What was planned from a moment on."""

    made: datetime
    start: datetime
    end: datetime
    blocks: tuple[Block, ...]
    overflow: tuple[Overflow, ...] = ()
    moved: int = 0
    """How many blocks stand elsewhere than in the plan before."""
