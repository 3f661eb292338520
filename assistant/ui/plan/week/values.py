"""What the week shows: blocks of calendars, tasks and studies, however they came about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from assistant.domain.ids import TaskId
from assistant.domain.schedule import Because, Block, BlockKind, Overflow, WeekPlan
from assistant.domain.task import Task, TaskState
from assistant.services.planning.calendar_values import CalendarEvents
from assistant.ui.clock import clock_words, span_words
from assistant.ui.plan.words import late_words

DAYS_OF_WEEK = 7


@dataclass(frozen=True, slots=True)
class Shown:
    """One block on the screen. Moments are in the user's zone."""

    kind: BlockKind
    title: str
    start: datetime
    end: datetime
    place: str = ""
    calendar: str = ""
    task: Task | None = None
    """None for what is none, and for later times of a recurring one: they come when it is done."""
    block: Block | None = None
    """As it is planned; None for what nobody planned: an event, an appointment."""
    free: bool = False
    """It is shown, and takes no time."""
    proposed: bool = False
    """It is where a line would get its place that is still being written."""

    @property
    def done(self) -> bool:
        """Whether it is over with."""
        return self.task is not None and self.task.state is TaskState.DONE

    @property
    def pinned(self) -> bool:
        """Whether the user wants it where it is."""
        return self.block is not None and self.block.pinned

    @property
    def late(self) -> str:
        """How long after its deadline it ends, in words; empty in time, and where it is over."""
        block = self.block
        if block is None or self.done:
            return ""
        if self.task is not None and self.task.due is not None:
            return late_words(self.task.due, self.end)
        # Later times of a recurring task have deadlines of their own, which the plan knows.
        return "late" if any(one.because is Because.LATE for one in block.reasons) else ""

    @property
    def key(self) -> tuple[str, str, int, str]:
        """The same for the same block in another plan of the week."""
        block = self.block
        if block is not None:
            time = block.occurrence.isoformat() if block.occurrence is not None else ""
            return (self.kind, str(block.task), block.part, time)
        return (self.kind, self.title, 0, self.start.isoformat())

    def movable(self, now: datetime) -> bool:
        """Whether it can be put elsewhere."""
        return self.block is not None and not self.done and self.end > now

    @property
    def words(self) -> str:
        """What screen readers say."""
        kinds = {BlockKind.EVENT: "calendar", BlockKind.TASK: "task", BlockKind.STUDY: "study"}
        said = [self.title, f"{self.start:%A} {clock_words(self.start)} to {clock_words(self.end)}"]
        said.append(kinds.get(self.kind, self.kind.value))
        if self.done:
            said.append("done")
        if self.pinned:
            said.append("pinned")
        if self.late:
            said.append(self.late)
        if self.place:
            said.append(f"at {self.place}")
        return ", ".join(said)

    @property
    def facts(self) -> tuple[str, ...]:
        """Its whole title, and lines on the rest: what a block may have no room for."""
        times = f"{self.start:%A}, {span_words(self.start, self.end, padded=False)}"
        where = " · ".join(one for one in (self.place, self.calendar) if one)
        return tuple(one for one in (self.title, times, where, self.late) if one)


@dataclass(frozen=True, slots=True)
class WholeDay:
    """What an event that lasts all day says."""

    day: date
    title: str
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    """Days with their blocks.

    Args:
        first: The first day.
        days: How many.
        now: The present moment, in the user's zone.
        blocks: By their beginning.
        whole_days: Events that last all day.
        overflow: What found no room.
        planned: Whether there is a plan.
    """

    first: date
    days: int
    now: datetime
    blocks: tuple[Shown, ...] = ()
    whole_days: tuple[WholeDay, ...] = ()
    overflow: tuple[Overflow, ...] = ()
    planned: bool = False

    def of_day(self, day: date) -> list[Shown]:
        """The blocks that touch a day."""
        zone = self.now.tzinfo
        begin, end = midnight(day, zone), midnight(day + timedelta(days=1), zone)
        return [one for one in self.blocks if one.start < end and begin < one.end]


def midnight(day: date, zone: tzinfo | None) -> datetime:
    """When a day begins."""
    return datetime.combine(day, time(), zone)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a week is put together from."""

    plan: WeekPlan | None
    events: tuple[CalendarEvents, ...]
    tasks: Mapping[TaskId, Task]
    calendars: tuple[str, ...] = ()
    """Names of those that are shown at all."""
    hidden: frozenset[str] = frozenset()
    """What the week leaves out, by the keys of ``shown``."""


def week_of(first: date, days: int, now: datetime, gathered: Gathered) -> Week:
    """The week from what was gathered."""
    zone = now.tzinfo
    begin, end = midnight(first, zone), midnight(first + timedelta(days=days), zone)
    plan = gathered.plan
    blocks = [*_planned(plan, gathered.tasks, zone), *_events(gathered.events, zone)]
    placed = {one.block.task for one in blocks if one.block is not None}
    blocks += _appointments(gathered.tasks.values(), placed, zone)
    inside = [one for one in blocks if one.start < end and begin < one.end]
    inside.sort(key=lambda one: (one.start, one.end, one.title))
    return Week(
        first,
        days,
        now,
        tuple(inside),
        tuple(_whole_days(gathered.events, first, days)),
        plan.overflow if plan is not None else (),
        plan is not None,
    )


def _planned(
    plan: WeekPlan | None, tasks: Mapping[TaskId, Task], zone: tzinfo | None
) -> Iterable[Shown]:
    for block in plan.blocks if plan is not None else ():
        if block.kind is BlockKind.EVENT:
            continue
        task = tasks.get(block.task) if block.occurrence is None else None
        title = block.title
        if block.parts > 1:
            title += f" {block.part}/{block.parts}"
        yield Shown(
            block.kind,
            title,
            block.start.astimezone(zone),
            block.end.astimezone(zone),
            task=task,
            block=block,
        )


def _events(events: Iterable[CalendarEvents], zone: tzinfo | None) -> Iterable[Shown]:
    for calendar in events:
        for one in calendar.occurrences:
            if one.whole_day or one.status == "CANCELLED" or one.start >= one.end:
                continue
            yield Shown(
                BlockKind.EVENT,
                one.title or "Event",
                one.start.astimezone(zone),
                one.end.astimezone(zone),
                one.place,
                calendar.calendar,
                free=not one.busy,
            )


def _whole_days(events: Iterable[CalendarEvents], first: date, days: int) -> Iterable[WholeDay]:
    for calendar in events:
        for one in calendar.occurrences:
            if not one.whole_day or one.status == "CANCELLED":
                continue
            for number in range(days):
                day = first + timedelta(days=number)
                if one.start.date() <= day < one.end.date():
                    yield WholeDay(day, one.title, calendar.calendar)


def _appointments(
    tasks: Iterable[Task], placed: set[TaskId], zone: tzinfo | None
) -> Iterable[Shown]:
    """Tasks that take place at a time of their own, where no plan has them."""
    for task in tasks:
        start = task.fixed_start
        if start is None or task.id in placed or task.state is TaskState.DROPPED:
            continue
        end = task.fixed_end or start + timedelta(minutes=task.estimate_min or 30)
        yield Shown(
            BlockKind.TASK,
            task.title,
            start.astimezone(zone),
            end.astimezone(zone),
            task.place,
            task=task,
        )
