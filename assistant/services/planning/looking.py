"""What the plan says of the present: what to do now, what is left, when there is time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from assistant.domain.clock_face import ClockFace
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.lengths import length
from assistant.domain.schedule import Block, BlockKind, Busy, WeekPlan
from assistant.domain.task import Task
from assistant.domain.task_filter import TaskFilter
from assistant.planner.commands.changes import due_in_words
from assistant.planner.commands.consequences import clock_span, span
from assistant.planner.commands.consequences import named as quoted
from assistant.services.jobs import Job
from assistant.services.planning.desk import PlanningDesk

if TYPE_CHECKING:
    from assistant.services.planning.learning import LearningService
    from assistant.services.planning.scheduling import SchedulingService

Span = tuple[datetime, datetime]
_WORK: Final = frozenset({BlockKind.TASK, BlockKind.STUDY})
_MOST: Final = 6
_REASONS: Final = 2
_CAUSES: Final = 3
_APPOINTMENT_MIN: Final = 30
"""How long an appointment lasts that does not say it; as in the week."""
_LEAST_FREE: Final = timedelta(minutes=15)
_DAY: Final = timedelta(hours=23)
_FARTHEST: Final = timedelta(days=370)
"""Hours of work are known for little more than a year."""
"""A stretch that is at least so long is of whole days: of those the user's hours count."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Where answers come from.

    Args:
        desk: Has the tasks, and the clock.
        learning: Knows what to do first, how long a task takes, and the chance that it is done in
            time.
        scheduling: Has the plan, and reads what is taken.
        face: How times of day are written.
    """

    desk: PlanningDesk
    learning: "Callable[[], LearningService]"
    scheduling: "Callable[[], SchedulingService]"
    face: ClockFace


class Looker:
    """Answers from the plan, the calendars and what was learnt; called in the pool.

    Args:
        answers: Where they come from.
    """

    def __init__(self, answers: Answers) -> None:
        self._desk = answers.desk
        self._learning = answers.learning
        self._scheduling = answers.scheduling
        self._face = answers.face

    def taking_place(self, start: datetime, end: datetime) -> tuple[Busy, ...]:
        """What takes place between two moments by the calendars, in order."""
        found = self._scheduling().reader.taken(start, end)
        return tuple(sorted(found, key=lambda one: (one.start, one.end)))

    def now(self) -> tuple[TaskId | None, str, tuple[str, ...]]:
        """What to do now: the task, a headline, and why, what comes then, and what is due.

        Raises:
            UserFacingError: No task is open, and nothing is planned (``plan_empty``).
        """
        now, plan, tasks = self._desk.now(), self._plan(), self._open()
        work = _coming(plan, tasks, now)
        events = self.taking_place(now, _midnight(now))
        if not work:
            return self._first(plan, tasks, events)
        running = [one for one in (*events, *work) if one.start <= now < one.end]
        block = work[0]
        lines = [self._face.told(one.text) for one in block.reasons[:_REASONS]]
        if running and isinstance(running[0], Busy):
            one = running[0]
            title = f"Now: {quoted(one.title)}, until {self._face.time(one.end)}"
            return None, title, (f"Then: {quoted(block.title)}, {self._when(block)}", *lines)
        task = block.task if block.task >= 0 else None
        later = [one for one in (*events, *work[1:]) if one.start >= block.end]
        later.sort(key=lambda one: one.start)
        if later:
            lines.append(f"Then: {quoted(later[0].title)}, {self._when(later[0])}")
        if running:
            title = f"Now: {quoted(block.title)}, until {self._face.time(block.end)}"
            return task, title, tuple(lines)
        before = [one for one in events if now < one.start < block.start]
        first = [f"Before it: {quoted(one.title)}, {self._when(one)}" for one in before[:1]]
        free = before[0].start if before else block.start
        if free.date() == now.date():
            first.insert(0, f"Free until {self._face.time(free)}")
        return task, f"Next: {quoted(block.title)}, {self._when(block)}", (*first, *lines)

    def free(self, words: str, wanted: TaskFilter) -> tuple[str, tuple[str, ...]]:
        """When there is time, by the calendars and the plan: a headline, and the stretches.

        Args:
            words: The user's, for the time that is asked for.
            wanted: That time.

        Raises:
            UserFacingError: It is over (``time_past``), or too far ahead (``time_far``).
        """
        now = self._desk.now()
        start = max(now, (wanted.after or now).astimezone(now.tzinfo))
        end = wanted.before or _midnight(start)
        if end <= start:
            raise UserFacingError("That time has passed.", "Ask for one to come.", code="time_past")
        if end - now > _FARTHEST:
            raise UserFacingError(
                "That is too far ahead to say.", "Ask for a time within a year.", code="time_far"
            )
        whole = end - (wanted.after or _midnight(start) - timedelta(days=1)) >= _DAY
        stretches = [(start, end)]
        if whole:
            hours = self._scheduling().reader.hours_until(end)
            stretches = [(max(start, one), min(end, two)) for one, two in hours]
        taken = [one for one in self._taken(start, end) if one.start < end and start < one.end]
        room = [
            one
            for one in _without(stretches, [(each.start, each.end) for each in taken])
            if one[1] - one[0] >= _LEAST_FREE
        ]
        lines = self._stretches(room)
        if taken:
            shown = "; ".join(f"{one.title[:40]} {span(one, self._face)}" for one in taken[:_MOST])
            lines.append(f"Taken: {shown}{_and_more(taken)}")
        head = "Partly free" if taken and room else "Free" if room else "Not free"
        if whole:
            lines.append("Of your hours; what is outside of them is not counted")
        return f"{head} {words}", tuple(lines)

    def left(self, words: str, wanted: TaskFilter) -> tuple[str, tuple[str, ...]]:
        """How much is still to be done in a time: a headline, and the sums."""
        now, plan, tasks = self._desk.now(), self._plan(), self._open()
        if plan is None:
            count = len(self._desk.work(lambda repository: repository.find(wanted)).result())
            due = f"{count} {'task is' if count == 1 else 'tasks are'} due"
            return f"Left {words}", (due, "There is no plan yet: say “plan my week”")
        since = max(now, wanted.after or now)
        until = wanted.before or plan.end
        coming = _coming(plan, tasks, now)
        work = [one for one in coming if since < one.end and one.start < until]
        minutes = sum(_minutes(max(one.start, since), min(one.end, until)) for one in work)
        count = len({(one.task, one.occurrence) for one in work})
        lines = ["Nothing is planned then"]
        if work:
            lines = [f"{length(minutes)} planned, for {count} {'task' if count == 1 else 'tasks'}"]
            shown = "; ".join(f"{one.title[:40]} {span(one, self._face)}" for one in work[:_MOST])
            lines.append(f"{shown}{_and_more(work)}")
        lines += [
            f"{length(one.missing_min)} of {quoted(one.title)} found no room"
            for one in plan.overflow[:_MOST]
        ]
        told = {one.task for one in (*coming, *plan.overflow)}
        if wanted.after is not None and wanted.after <= now:
            wanted = replace(wanted, after=None)  # what is overdue is left as well
        due = self._desk.work(lambda repository: repository.find(wanted)).result()
        bare = [quoted(one.title) for one in due if one.id not in told]
        if bare:
            lines.append(f"Due and not planned: {', '.join(bare[:_MOST])}{_and_more(bare)}")
        return f"Left {words}", tuple(lines)

    def on_time(self, job: Job[Any], task: Task) -> tuple[str, tuple[str, ...]]:
        """The chance that a task is done by its deadline: a headline, and why."""
        found = self._learning().risk_in(job, task.id)
        title = f"Whether {quoted(task.title)} is done in time"
        if found.on_time is None or task.due is None:
            return title, ("It has no deadline",)
        lines = [f"A chance of {round(100 * found.on_time)} %"]
        lines.append(f"Due {due_in_words(task.due, self._face)}")
        because = (self._face.told(one.text) for one in found.causes[:_CAUSES])
        lines += [f"{one[:1].upper()}{one[1:]}" for one in because]
        if found.suggestion:
            lines.append(self._face.told(found.suggestion))
        return title, tuple(lines)

    def _first(
        self, plan: WeekPlan | None, tasks: Sequence[Task], events: Sequence[Busy]
    ) -> tuple[TaskId | None, str, tuple[str, ...]]:
        """By what to do first, where no work is planned to come."""
        lines = [f"Today: {quoted(one.title)}, {self._when(one)}" for one in events[:_MOST]]
        if not tasks:
            if events:
                return None, "No task is open", tuple(lines)
            raise UserFacingError(
                "No task is open, and nothing is planned.",
                "Add a task: “add call Mum tomorrow”.",
                code="plan_empty",
            )
        first = self._learning().first_of(tasks)
        task = first[0]
        if task.fixed_start is not None:
            lines.insert(0, f"It takes place {self._face.on_day(task.fixed_start)}")
        elif task.due is not None:
            lines.insert(0, f"Due {due_in_words(task.due, self._face)}")
        if len(first) > 1:
            lines.append(f"Then: {quoted(first[1].title)}")
        none = "There is no plan yet" if plan is None else "The plan has nothing more"
        lines.append(f"{none}: say “plan my week”")
        return task.id, f"First: {quoted(task.title)}", tuple(lines)

    def _taken(self, start: datetime, end: datetime) -> list[Busy | Block]:
        """What stands between two moments: of the calendars, the plan, and appointments."""
        tasks = self._open()
        work = _coming(self._plan(), tasks, start)
        planned = {(one.task, one.start) for one in work}
        own = [
            Busy(one.fixed_start, _end_of(one, one.fixed_start), one.title)
            for one in tasks
            if one.fixed_start is not None and (one.id, one.fixed_start) not in planned
        ]
        found: list[Busy | Block] = [*self.taking_place(start, end), *work, *own]
        return sorted(found, key=lambda one: (one.start, one.end))

    def _stretches(self, room: Sequence[Span]) -> list[str]:
        days: dict[str, list[str]] = {}
        for start, end in room:
            day = days.setdefault(f"{start:%a %d %b}", [])
            day.append(self._face.span(start, end, dash="-"))
        return [f"{day}: {', '.join(spans)}" for day, spans in days.items()]

    def _when(self, one: Block | Busy) -> str:
        today = one.start.date() == self._desk.now().date()
        return clock_span(one, self._face) if today else span(one, self._face)

    def _plan(self) -> WeekPlan | None:
        return self._scheduling().current().result()

    def _open(self) -> tuple[Task, ...]:
        return self._desk.work(lambda repository: repository.find(TaskFilter())).result()


def _coming(plan: WeekPlan | None, tasks: Iterable[Task], now: datetime) -> list[Block]:
    """Work that is still to come, or runs; of tasks that are done nothing is."""
    there = {one.id for one in tasks}
    found = [
        one
        for one in (plan.blocks if plan is not None else ())
        if one.end > now and one.kind in _WORK and (one.task in there or one.task < 0)
    ]
    return sorted(found, key=lambda one: (one.start, one.end))


def _without(stretches: Iterable[Span], taken: Sequence[Span]) -> list[Span]:
    """What of stretches is left by what is taken."""
    left = [one for one in stretches if one[0] < one[1]]
    for start, end in taken:
        left = [
            piece
            for one in left
            for piece in ((one[0], min(one[1], start)), (max(one[0], end), one[1]))
            if piece[0] < piece[1]
        ]
    return left


def _end_of(task: Task, start: datetime) -> datetime:
    return task.fixed_end or start + timedelta(minutes=task.estimate_min or _APPOINTMENT_MIN)


def _minutes(start: datetime, end: datetime) -> int:
    return max(0, round((end - start).total_seconds() / 60))


def _midnight(moment: datetime) -> datetime:
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(days=1)


def _and_more(found: Sequence[object]) -> str:
    return f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
