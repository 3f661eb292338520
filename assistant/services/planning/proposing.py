"""Where a line would get its place in the plan, and the task put there once it is added."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.ids import StepId, TaskId
from assistant.domain.schedule import Block, WeekPlan
from assistant.domain.task import Task
from assistant.planner.quick_add.vocabulary import Correction
from assistant.planner.schedule.asking import DEFAULT_MIN, asked
from assistant.planner.schedule.inserting import insert
from assistant.planner.schedule.replan import standing
from assistant.planner.tasks.from_line import with_line
from assistant.services.jobs import Job, Workers
from assistant.services.planning.adding import AddingService
from assistant.services.planning.desk import PlanningDesk
from assistant.services.planning.scheduling import SchedulingService

_PROPOSED = TaskId(2**52)
"""Stands for the task that a line would become; no task has such a number."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a line would get its place.

    Args:
        text: The line.
        blocks: Empty where it finds no room, or there is no plan to put it in.
        fixed: Whether it has a time of its own.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    fixed: bool = False


class ProposingService:
    """Finds places with everything that is planned held where it is.

    Args:
        workers: The pool and the store thread.
        desk: Has the clock and the journal.
        scheduling: Has the plan.
        adding: Reads lines.
    """

    def __init__(
        self,
        workers: Workers,
        desk: PlanningDesk,
        scheduling: SchedulingService,
        adding: Callable[[], AddingService],
    ) -> None:
        self._workers = workers
        self._desk = desk
        self._scheduling = scheduling
        self._adding = adding

    def propose(self, text: str, corrections: Sequence[Correction] = ()) -> Job[Proposal]:
        """Where a line would get its place: its own time, or where it costs the plan least.

        Raises (from the job):
            UserFacingError: The line says nothing, or is too long.
            Cancelled: It was asked to stop.
        """

        def work(job: Job[Proposal]) -> Proposal:
            found = self._adding().read(text, corrections).result().found
            task = with_line(Task(_PROPOSED, found.title or text.strip(), self._desk.now()), found)
            if task.fixed_start is not None:
                return Proposal(text, (_at_its_time(task, task.fixed_start),), fixed=True)
            plan = self._scheduling.current().result()
            job.cancel_token.raise_if_cancelled()
            return Proposal(text, () if plan is None else self._placed(job, task, plan))

        return self._workers.in_pool(work)

    def put(self, task: Task, blocks: Sequence[Block], into: StepId | None = None) -> Job[WeekPlan]:
        """Puts a task that was just added where it was proposed.

        Where the place was taken meanwhile, it gets another.

        Args:
            task: The task.
            blocks: As they were proposed.
            into: The step that added it: both are undone as one, unless something else was done
                in between.

        Raises (from the job):
            UserFacingError: There is no plan (``plan_missing``).
            Cancelled: The task is not there any more; nothing was changed.
        """

        def work(job: Job[WeekPlan]) -> WeekPlan:
            named = tuple(replace(one, task=task.id, title=task.title) for one in blocks)
            check = partial(self._check_there, task)
            self._workers.on_store(check).result()
            return self._scheduling.put_in(job, named, check, into)

        return self._desk.change(f"Add “{task.title[:60]}”", work, into)

    def _check_there(self, task: Task) -> None:
        """On the store thread.

        Raises:
            Cancelled: The task was taken back, or deleted, before it had its place.
        """
        try:
            self._desk.repository.get(task.id)
        except UserFacingError as error:
            raise Cancelled from error

    def _placed(self, job: Job[Proposal], task: Task, plan: WeekPlan) -> tuple[Block, ...]:
        """In the pool."""
        reader = self._scheduling.reader
        week, _ = reader.week(reader.days_left(plan), plan)
        job.cancel_token.raise_if_cancelled()
        minutes = {**week.minutes, task.id: reader.thought_min(task)}
        ask = asked(replace(week, tasks=(*week.tasks, task), minutes=minutes))
        line = standing(ask.problem)
        item = line.items.get(int(task.id))
        if item is None or not insert(line, item):
            return ()
        pieces = sorted(line.placed.get(item.key, ()), key=lambda one: one.start)
        moment = ask.line.moment
        return tuple(
            Block(
                task.id, task.title, moment(one.start), moment(one.end), part=at, parts=len(pieces)
            )
            for at, one in enumerate(pieces, 1)
        )


def _at_its_time(task: Task, start: datetime) -> Block:
    length = timedelta(minutes=task.estimate_min or DEFAULT_MIN)
    return Block(task.id, task.title, start, task.fixed_end or start + length)
