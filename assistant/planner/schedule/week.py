"""What a week is made of, as the user has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from assistant.domain.ids import TaskId
from assistant.domain.schedule import Block, Busy, Hours
from assistant.domain.task import Task


@dataclass(frozen=True, slots=True)
class StudyWish:
    """A lesson or a review that wants room.

    Args:
        id: Below 0, the same whenever it is planned again.
        title: What it is.
        minutes: How long it takes.
        start: The day on which it may begin earliest.
        due: When it should be done.
        lesson: Whether it is a lesson: it may be split, and asks for more.
    """

    id: TaskId
    title: str
    minutes: int
    start: datetime
    due: datetime
    lesson: bool = False


@dataclass(frozen=True, slots=True)
class Customs:
    """How the user works.

    Args:
        focus_min: The longest stretch without a rest.
        rest_min: How long a rest is.
        travel_min: The way between two places.
        switch_min: What going over to something else costs, in minutes.
        late: Whether what cannot meet its deadline is planned after it.
        curve: Energy by weekday (Monday first) and hour, 0 to 1; flat if empty.
    """

    focus_min: int = 90
    rest_min: int = 15
    travel_min: int = 30
    switch_min: float = 8.0
    late: bool = False
    curve: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class WeekAsk:
    """Everything that a week is made of.

    Args:
        now: The present moment.
        zone: The user's.
        days: How many days are planned, with today.
        tasks: Open ones.
        hours: When work may be planned.
        busy: When time is taken.
        study: Lessons and reviews.
        customs: How the user works.
        minutes: How long a task is thought to take, where that is not its estimate.
        worked: Minutes that a task took already.
        blocks: Of the plan before; those that are pinned stay.
        extra: Stretches outside of the hours that may be used as well.
        parts: Ended parts of recurring tasks: they come again with what they are parts of.
        importance: How much more or less tasks matter than their priority says, as factors.
    """

    now: datetime
    zone: tzinfo
    days: int
    tasks: Sequence[Task]
    hours: Sequence[Hours]
    busy: Sequence[Busy] = ()
    study: Sequence[StudyWish] = ()
    customs: Customs = Customs()
    minutes: Mapping[TaskId, int] = field(default_factory=dict[TaskId, int])
    worked: Mapping[TaskId, float] = field(default_factory=dict[TaskId, float])
    blocks: Sequence[Block] = ()
    extra: Sequence[tuple[datetime, datetime]] = ()
    parts: Sequence[Task] = ()
    importance: Mapping[TaskId, float] = field(default_factory=dict[TaskId, float])
