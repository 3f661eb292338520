"""What is told of tasks, gathered for those who show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.schedule import BlockKind
from assistant.domain.task import Project, Task, TaskEvent, TaskState, Work


@dataclass(frozen=True, slots=True)
class TaskDetails:
    """Everything of one task."""

    task: Task
    project: Project | None
    parent: Task | None
    parts: tuple[Task, ...]
    """Its own parts, by hand's order; theirs not."""
    first: tuple[Task, ...]
    """What it waits for."""
    later: tuple[Task, ...]
    """What waits for it."""
    work: tuple[Work, ...]
    minutes: float
    """Spent on it; without what runs just now."""
    events: tuple[TaskEvent, ...]

    @property
    def blocked(self) -> bool:
        """Whether something that comes first is not done yet."""
        return any(one.is_open for one in self.first)


@dataclass(frozen=True, slots=True)
class Branches:
    """What hangs together with the tasks of a list."""

    parts: Mapping[TaskId, tuple[Task, ...]] = field(default_factory=dict[TaskId, tuple[Task, ...]])
    """The parts of each task that has some, and theirs, by hand's order; ended ones as well."""
    firsts: Mapping[TaskId, Task] = field(default_factory=dict[TaskId, Task])
    """The open ones of the tasks that one of them waits for."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What has its time on a day. Moments are in the user's zone."""

    start: datetime
    end: datetime
    title: str
    kind: BlockKind
    task: Task | None = None
    """An open one; None for what is none, and for a later time of a recurring one."""
    part: int = 1
    parts: int = 1
    """How many stretches the task has in the plan; ``part`` is which of them this one is."""
    place: str = ""
    calendar: str = ""
    """The name of the calendar that it comes from, or empty."""
    whole_day: bool = False


@dataclass(frozen=True, slots=True)
class Today:
    """What the day asks for."""

    day: date
    overdue: tuple[Task, ...]
    due: tuple[Task, ...]
    """Due or taking place today."""
    doing: tuple[Task, ...]
    """Begun, whenever they are due."""
    done: tuple[Task, ...]
    """Ended today."""
    first: tuple[Task, ...] = ()
    """All that is open, by what to do first; empty unless that was asked for."""
    stretches: tuple[Stretch, ...] = ()
    """What has its time on the day, in the order of the day: whole days, then by the clock. Only
    ``ListingService`` tells it."""
    planned: bool = False
    """Whether there is a plan."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many tasks there are, for the sidebar."""

    inbox: int
    today: int
    """Due or taking place today or earlier."""
    overdue: int
    by_project: dict[ProjectId, int]
    by_state: dict[TaskState, int]
    tags: dict[str, int]


@dataclass(frozen=True, slots=True)
class Completed:
    """What came of completing tasks."""

    done: tuple[TaskId, ...]
    again: tuple[Task, ...] = ()
    """Recurring ones, as they come next."""
    freed: tuple[Task, ...] = ()
    """Tasks that waited for them, and wait for nothing any more."""
