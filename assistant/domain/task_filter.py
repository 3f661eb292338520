"""Which tasks are wanted, and in what order."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.task import Priority, TaskState


class Order(StrEnum):
    """In what order tasks are listed."""

    HAND = "hand"
    """As they were put by hand."""
    DUE = "due"
    """By when they are due or take place; then by priority; those without a date last."""
    NEWEST = "newest"
    """The one added last first."""
    ENDED = "ended"
    """The one that ended last first."""
    FIRST = "first"
    """By what to do first. What was learnt decides it, so services put it; the store gives what it
    finds by when it is due."""


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks are wanted. Every field narrows it; None and empty fields do not."""

    states: frozenset[TaskState] | None = frozenset(
        {TaskState.OPEN, TaskState.DOING, TaskState.WAITING}
    )
    """None: in any state."""
    ids: frozenset[TaskId] | None = None
    projects: frozenset[ProjectId] | None = None
    """Of any of these; an empty set means none of them."""
    in_inbox: bool | None = None
    """True: of no project; False: of some."""
    parent: TaskId | None = None
    top_only: bool = False
    """Only tasks that are not part of another."""
    tags: tuple[str, ...] = ()
    """All of these."""
    without_tags: tuple[str, ...] = ()
    """None of these."""
    priorities: frozenset[Priority | None] | None = None
    """Any of these; None among them stands for a task without one."""
    words: tuple[str, ...] = ()
    """All of these are in the title, the notes, or another part."""
    without_words: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    after: datetime | None = None
    """Due or taking place at this moment or later."""
    before: datetime | None = None
    """Due or taking place before this moment."""
    overdue: datetime | None = None
    """Due before this moment, in the user's zone; a whole day once it is over, and an appointment
    the day after."""
    has_date: bool | None = None
    has_estimate: bool | None = None
    repeats: bool | None = None
    blocked: bool | None = None
    """Whether it waits for something that is not done."""
    running: bool | None = None
    """Whether time is being tracked on it."""
    ended_after: datetime | None = None
    none_of: tuple["TaskFilter", ...] = ()
    """What any of these lets through is left out; their order and limit do not count."""
    order: Order = Order.DUE
    limit: int | None = None
    offset: int = 0
