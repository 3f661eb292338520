"""What would make a task fit, done at a word: the change and the mended plan are one step."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.schedule import Remedy, WeekPlan
from assistant.domain.task import Due, Splitting, Task, TaskState
from assistant.planner.tasks.rules import check_task
from assistant.services.jobs import Job, Workers
from assistant.services.planning.completing import CompletingService
from assistant.services.planning.desk import PlanningDesk
from assistant.services.planning.gathering import EXTRA_HOURS
from assistant.services.planning.scheduling import SchedulingService
from assistant.services.planning.tasks import edit_now
from assistant.store.plan_journal import StepId
from assistant.store.plan_settings import PlanSettingsRepository

_MOST_GUESSES: Final = 4


class RemedyService:
    """Takes remedies.

    Args:
        workers: The pool and the store thread.
        desk: Where planning is written.
        scheduling: Mends the plan.
        completing: Leaves out one time of a recurring task.
        settings: Gives the vault's repository of settings, on the store thread.
    """

    def __init__(
        self,
        workers: Workers,
        desk: PlanningDesk,
        scheduling: SchedulingService,
        completing: CompletingService,
        settings: Callable[[], PlanSettingsRepository],
    ) -> None:
        self._workers = workers
        self._desk = desk
        self._scheduling = scheduling
        self._completing = completing
        self._settings = settings

    def take(self, task: TaskId, remedy: Remedy) -> Job[WeekPlan]:
        """Does what a remedy says, and mends the plan; undone as one.

        Raises (from the job):
            UserFacingError: The task is not there any more, or the remedy says nothing that can be
                done (``remedy_unknown``).
        """

        def work(job: Job[WeekPlan]) -> WeekPlan:
            taken = self._in_own_minutes(task, remedy)
            step = self._workers.on_store(lambda: self._take(task, taken)).result()
            return self._scheduling.replan_in(job, step)

        return self._desk.change(remedy.text, work)

    # In the pool

    def _in_own_minutes(self, task: TaskId, remedy: Remedy) -> Remedy:
        """A shorter length as the user's estimate by which the task is planned for that long."""
        if remedy.action != "shorten" or not remedy.value.isdecimal():
            return remedy

        def read() -> tuple[Task, float]:
            repository = self._desk.repository
            return repository.get(task), repository.minutes([task]).get(task, 0.0)

        found, worked = self._workers.on_store(read).result()
        wanted = estimate = int(remedy.value) + round(worked)
        for _ in range(_MOST_GUESSES):
            thought = self._scheduling.reader.thought_min(replace(found, estimate_min=estimate))
            if thought <= wanted:
                break
            estimate = max(1, estimate * wanted // thought)
        return replace(remedy, value=str(estimate))

    # On the store thread

    def _take(self, task: TaskId, remedy: Remedy) -> StepId | None:
        """Changes what the remedy says; gives the step, None where nothing changed."""
        try:
            with self._desk.noting() as steps:
                self._change(task, remedy)
        except ValueError as error:
            raise UserFacingError(
                "This remedy can't be taken any more.",
                "Plan again, and see what is proposed then.",
                code="remedy_unknown",
            ) from error
        return steps[-1] if steps else None

    def _change(self, task: TaskId, remedy: Remedy) -> None:
        if remedy.action == "extend_hours":
            self._extend(remedy)
        elif remedy.action == "drop":
            self._leave_out(TaskId(int(remedy.value)), remedy.text)
        else:
            edit_now(self._desk, [task], lambda one: self._changed(one, remedy), remedy.text)

    def _leave_out(self, task: TaskId, words: str) -> None:
        """Takes a task out of the days of the plan.

        It can be begun after them; where it is due by then it waits until the user takes it up.
        Of a recurring one this time is left out, and it comes again.
        """
        end = self._scheduling.there().end
        found = self._desk.repository.get(task)
        if found.repeat is not None:
            with self._desk.together(words):
                self._completing.end_now([task], TaskState.DROPPED, with_parts=True)
            return
        later = replace(found, not_before=end)
        try:
            check_task(later)
        except UserFacingError as error:
            if error.code != "due_before_start":
                raise
            later = replace(found, state=TaskState.WAITING)
        with self._desk.step(words) as writes:
            writes.keep(later)

    def _extend(self, remedy: Remedy) -> None:
        start, end = remedy.value.split("/")
        if datetime.fromisoformat(start) >= datetime.fromisoformat(end):
            raise ValueError(remedy.value)
        now = self._desk.now()
        there: list[list[str]] = self._settings().get(EXTRA_HOURS) or []
        kept = [span for span in there if datetime.fromisoformat(span[1]) > now]
        with self._desk.step(remedy.text) as writes:
            writes.keep_setting(EXTRA_HOURS, [*kept, [start, end]])

    def _changed(self, task: Task, remedy: Remedy) -> Task:
        """The task as the remedy has it.

        Raises:
            ValueError: It means nothing.
        """
        if remedy.action == "shorten":
            return replace(task, estimate_min=int(remedy.value))
        if remedy.action == "later_due":
            return replace(task, due=Due(datetime.fromisoformat(remedy.value), whole_day=False))
        if remedy.action == "allow_split":
            least = min(task.splitting.least_min, max(5, (task.estimate_min or 30) // 2))
            return replace(task, splitting=Splitting(allowed=True, least_min=least))
        raise ValueError(remedy.action)
