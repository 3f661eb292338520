"""What a change would do to the plan: computed before anything is changed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from assistant.domain.clock_face import PLAIN_FACE, ClockFace
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.schedule import Because, Block, BlockKind, Busy, WeekPlan
from assistant.domain.task import Due, Task
from assistant.planner.commands.changes import carried
from assistant.planner.commands.consequences import Consequences, consequences, named, span
from assistant.planner.schedule.asking import DEFAULT_MIN, Asked, asked, minutes_left
from assistant.planner.schedule.clashing import lying_on
from assistant.planner.schedule.problem import SLOT_MIN
from assistant.planner.schedule.replan import replan
from assistant.planner.schedule.telling import when
from assistant.planner.schedule.week import WeekAsk
from assistant.services.jobs import Job
from assistant.services.planning.blocks import Which
from assistant.services.planning.gathering import DAYS, MOST_DAYS
from assistant.services.planning.weeks import mended_plan, new_plan

if TYPE_CHECKING:
    from assistant.services.planning.scheduling import SchedulingService

Tasks = Sequence[Task]


@dataclass(frozen=True, slots=True)
class Clash:
    """A stretch that is asked for, and what it lies on."""

    others: tuple[Busy, ...]
    """Each thing that is there already; never empty."""
    nearest: datetime | None
    """The nearest moment at which there is free room for it; None where there is none."""


@dataclass(frozen=True, slots=True)
class Landed:
    """What is to be said of a block that was put elsewhere by hand."""

    clash: Clash | None = None
    """What it lies on that does not give way."""
    broken: tuple[str, ...] = ()
    """What it breaks: its deadline, its start, what it waits for. In words over 24 hours."""
    plan: WeekPlan | None = field(default=None, compare=False)
    """As it is now."""

    @classmethod
    def of(cls, clash: Clash | None, plan: WeekPlan, which: Which, to: datetime) -> "Landed":
        """What is to be said once the plan was mended.

        Args:
            clash: What the block lies on.
            plan: As it is now.
            which: Which block was moved.
            to: When it begins.
        """
        blocks = (
            one
            for one in plan.blocks
            if (one.task, one.occurrence) == (which.task, which.occurrence)
            and one.start <= to < one.end
        )
        broken = {Because.LATE, Because.EARLY}
        words = (why.text for one in blocks for why in one.reasons if why.because in broken)
        return cls(clash, tuple(words), plan)

    def in_words(self, face: ClockFace = PLAIN_FACE) -> tuple[str, ...]:
        """A sentence for each, without its full stop."""
        clash = () if self.clash is None else (clash_in_words(self.clash, face),)
        return (*clash, *(face.told(one) for one in self.broken))


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The plan as it would be.

    Args:
        before: The plan that counts; None where there is none.
        plan: As it would be; None where there is none and none would be made.
        told: What differs, in words.
        task: The task as it would be, where the plan needs it changed.
        clash: Where a moment was asked for that is taken.
    """

    before: WeekPlan | None = None
    plan: WeekPlan | None = None
    told: Consequences = field(default_factory=Consequences)
    task: Task | None = None
    clash: Clash | None = None


class Foreseer:
    """Computes plans that are not kept; called in the pool.

    Args:
        scheduling: Reads weeks.
        face: How times of day are written.
    """

    def __init__(self, scheduling: "Callable[[], SchedulingService]", face: ClockFace) -> None:
        self._scheduling = scheduling
        self._face = face

    def current(self) -> WeekPlan | None:
        """The plan that counts."""
        return self._scheduling().current().result()

    def changed(
        self,
        job: Job[Any],
        change: Callable[[Tasks], Tasks],
        about: TaskId | None = None,
        *,
        free: bool = False,
    ) -> Foreseen:
        """The plan mended after tasks changed; nothing where there is no plan.

        Args:
            job: Can be cancelled.
            change: What becomes of the open tasks.
            about: The task that is changed.
            free: Whether that task's blocks may go from where they were pinned.
        """
        before = self.current()
        if before is None:
            return Foreseen()
        week = self._week(before)
        if free and about is not None:
            week = replace(week, blocks=_without(week.blocks, about, week.now))
        week = replace(week, tasks=tuple(change(week.tasks)))
        return self._mended(job, week, before, about)

    def new(self, job: Job[Any], seconds: float, days: int | None = None) -> Foreseen:
        """A plan made anew."""
        reader = self._scheduling().reader
        before = self.current()
        wanted = days or DAYS
        if before is not None:
            wanted = max(days or 1, reader.days_left(before))
        week, before = reader.week(wanted)
        plan = new_plan(week, before, seconds, job)
        tasks = {one.id: one for one in week.tasks}
        told = Consequences()
        if before is not None:
            told = consequences(before, plan, tasks, None, self._face)
        return Foreseen(before, plan, told)

    def placed(self, job: Job[Any], task: Task, start: datetime, end: datetime | None) -> Foreseen:
        """The plan with a task's work at a moment, or within a stretch; its deadline stays.

        Args:
            job: Can be cancelled.
            task: Which; no appointment.
            start: When it begins, or may begin.
            end: When it has to have ended; None where ``start`` is a moment that was asked for.

        Raises:
            UserFacingError: The stretch is over (``move_past``), or has no room at all for it
                (``move_no_room``), or it is there already (``nothing_to_change``).
        """
        before = self._there()
        week = self._week(before)
        now = week.now
        if (start if end is None else end) <= now:
            raise UserFacingError(
                "That time is over.", "Name a time from now on.", code="move_past"
            )
        begin = max(start, now)
        last = _midnight_after(begin) if end is None else end
        coming = [one for one in week.blocks if _is_coming(one, task.id, now)]
        if _is_there(coming, begin, end, last):
            raise UserFacingError(
                f"{named(task.title)} is planned for then already.",
                "Name another time.",
                code="nothing_to_change",
            )
        others = _without(week.blocks, task.id, now)
        kept = carried(task, begin)
        bare = replace(week, tasks=_in_place(week.tasks, kept), blocks=others)
        pins: list[Block] = []
        clash = None
        if end is None:
            first = _first(bare, kept, coming, begin)
            clash = clash_of(bare, first)
            pins.append(first)
        pins += _tried(bare, kept, pins, (pins[0].end if pins else begin, last))
        if not pins:
            raise UserFacingError(
                f"There is no free room for {named(task.title)} then.",
                "Name another day, or a moment such as “saturday 10:00” to put it there all the "
                "same.",
                code="move_no_room",
            )
        placed = replace(bare, blocks=(*others, *pins))
        found = self._mended(job, placed, before, task.id)
        return replace(found, task=None if kept == task else kept, clash=clash)

    def clash(self, which: Which, to: datetime, end: datetime | None = None) -> Clash | None:
        """What a block would lie on that does not give way, were it moved; None for nothing.

        Args:
            which: Which block; the first one to come where that may be several.
            to: When it would begin.
            end: When it would end; it takes as long as before without that.
        """
        before = self.current()
        if before is None:
            return None
        week = self._week(before)
        there = [
            one
            for one in before.blocks
            if one.task == which.task
            and one.occurrence == which.occurrence
            and which.part in {None, one.part}
        ]
        coming = [one for one in there if one.end > week.now] or there
        if not coming or to >= before.end or (to < week.now and to != coming[0].start):
            return None
        one = coming[0]
        others = tuple(each for each in week.blocks if each != one)
        # What is gone of one that has begun stays gone: the rest needs room.
        block = replace(one, start=max(to, week.now), end=end or to + (one.end - one.start))
        return clash_of(replace(week, blocks=others), block)

    def at_its_time(self, task: Task) -> Clash | None:
        """What a task would lie on that has a time of its own; None for nothing, or without one.

        Args:
            task: As it would be; also one that is not there yet.
        """
        if task.fixed_start is None:
            return None
        reader, before = self._scheduling().reader, self.current()
        days = DAYS if before is None else reader.days_left(before)
        week, _ = reader.week(days_until(task, self._scheduling().now(), days), before)
        others = tuple(one for one in week.tasks if one.id != task.id)
        return clash_of(replace(week, tasks=(*others, task)), time_of(week, task))

    def _there(self) -> WeekPlan:
        before = self.current()
        if before is None:
            raise UserFacingError(
                "There is no plan yet.", "Plan the week first.", code="plan_missing"
            )
        return before

    def _week(self, before: WeekPlan) -> WeekAsk:
        reader = self._scheduling().reader
        week, _ = reader.week(reader.days_left(before), before)
        return week

    def _mended(
        self, job: Job[Any], week: WeekAsk, before: WeekPlan, about: TaskId | None
    ) -> Foreseen:
        plan = mended_plan(week, before, job.cancel_token)
        tasks = {one.id: one for one in week.tasks}
        told = consequences(before, plan, tasks, about, self._face)
        return Foreseen(before, plan, told)


def days_until(task: Task, now: datetime, days: int) -> int:
    """How many days with today are to be read so that the time of a task lies in them."""
    start = task.fixed_start or now
    return min(max(days, (start.astimezone(now.tzinfo).date() - now.date()).days + 1), MOST_DAYS)


def time_of(week: WeekAsk, task: Task) -> Block:
    """A task with a time of its own, where it stands."""
    start = task.fixed_start or week.now
    minutes = week.minutes.get(task.id) or task.estimate_min or DEFAULT_MIN
    end = task.fixed_end or start + timedelta(minutes=minutes)
    return Block(task.id, task.title, start.astimezone(week.zone), end.astimezone(week.zone))


def clash_of(week: WeekAsk, block: Block) -> Clash | None:
    """What a block lies on that does not give way, and the nearest free room for it.

    Args:
        week: Without the block itself.
        block: Where it is wanted.
    """
    ask = asked(week)
    key = ask.key_of(block.task, block.occurrence)
    there = lying_on(ask, week.busy, key, (block.start, block.end))
    return Clash(there, _nearest(ask, block)) if there else None


def _nearest(ask: Asked, block: Block) -> datetime | None:
    """The free room that is nearest: within the deadline first."""
    slots = -(-int((block.end - block.start).total_seconds()) // (60 * SLOT_MIN))
    wanted = ask.line.ceil(block.start)
    key = ask.key_of(block.task, block.occurrence)
    item = next((one for one in ask.problem.items if one.key == key), None)
    due = None if item is None else item.due
    found = [
        min(max(wanted, first, 0), last - slots)
        for first, last in ask.problem.windows
        if last - max(first, 0) >= slots
    ]
    if not found:
        return None
    return ask.line.moment(
        min(found, key=lambda at: (due is not None and at + slots > due, abs(at - wanted), at))
    )


def _tried(
    week: WeekAsk, task: Task, pins: Sequence[Block], within: tuple[datetime, datetime]
) -> list[Block]:
    """Where the rest of a task's work goes within a stretch, as blocks that stay there."""
    start, end = within
    if start >= end:
        return []
    wanted = replace(task, not_before=start, due=Due(end, whole_day=False), repeat=None)
    ask = asked(
        replace(
            week,
            tasks=_in_place(week.tasks, wanted),
            blocks=(*week.blocks, *pins),
            customs=replace(week.customs, late=False),
        )
    )
    pieces = [one for one in replan(ask.problem).placing.pieces if one.key == task.id]
    return [
        Block(
            task.id,
            task.title,
            ask.line.moment(one.start),
            ask.line.moment(one.end),
            BlockKind.TASK,
            pinned=True,
        )
        for one in sorted(pieces, key=lambda one: one.start)
    ]


def _first(week: WeekAsk, task: Task, coming: Sequence[Block], start: datetime) -> Block:
    """The block that was asked for: as long as the next one was, or as the work is."""
    minutes = timedelta(minutes=minutes_left(week, task))
    wanted = coming[0].end - coming[0].start if coming else minutes
    return Block(task.id, task.title, start, start + wanted, BlockKind.TASK, pinned=True)


def _is_there(
    coming: Sequence[Block], start: datetime, end: datetime | None, last: datetime
) -> bool:
    if not coming:
        return False
    if end is None:
        return coming[0].start == start
    return all(one.start >= start and one.end <= last for one in coming)


def _without(blocks: Iterable[Block], task: TaskId, now: datetime) -> tuple[Block, ...]:
    return tuple(one for one in blocks if not _is_coming(one, task, now))


def _is_coming(block: Block, task: TaskId, now: datetime) -> bool:
    return block.task == task and block.occurrence is None and block.start >= now


def _in_place(tasks: Iterable[Task], task: Task) -> tuple[Task, ...]:
    return tuple(task if one.id == task.id else one for one in tasks)


def _midnight_after(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(1)


def clash_in_words(clash: Clash, face: ClockFace = PLAIN_FACE) -> str:
    """What is in the way, and where there is room."""
    room = (
        "There is no free room for it in these days"
        if clash.nearest is None
        else f"The nearest free room is {when(clash.nearest, face)}"
    )
    others = ", ".join(f"{named(one.title)}, {span(one, face)}" for one in clash.others)
    return f"It lies on {others}. {room}"
