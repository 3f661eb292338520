"""What would make a task fit, done at a word: the change and the mended plan are one step."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.schedule import Remedy, WeekPlan
from assistant.domain.task import Due, Splitting, Task
from assistant.services.jobs import Job, Workers
from assistant.services.planning.desk import PlanningDesk
from assistant.services.planning.scheduling import EXTRA_HOURS, SchedulingService
from assistant.services.planning.tasks import edit_now
from assistant.store.plan_journal import StepId
from assistant.store.plan_settings import PlanSettingsRepository


class RemedyService:
    """Takes remedies.

    Args:
        workers: The pool and the store thread.
        desk: Where planning is written.
        scheduling: Mends the plan.
        settings: Gives the vault's repository of settings, on the store thread.
    """

    def __init__(
        self,
        workers: Workers,
        desk: PlanningDesk,
        scheduling: SchedulingService,
        settings: Callable[[], PlanSettingsRepository],
    ) -> None:
        self._workers = workers
        self._desk = desk
        self._scheduling = scheduling
        self._settings = settings

    def take(self, task: TaskId, remedy: Remedy) -> Job[WeekPlan]:
        """Does what a remedy says, and mends the plan; undone as one.

        Raises (from the job):
            UserFacingError: The task is not there any more, or the remedy says nothing that can be
                done (``remedy_unknown``).
        """

        def work(job: Job[WeekPlan]) -> WeekPlan:
            step = self._workers.on_store(lambda: self._take(task, remedy)).result()
            mending = self._scheduling.replan()
            job.cancel_token.watch(mending.cancel)
            plan = mending.result()
            self._desk.join(step).result()
            return plan

        return self._workers.in_pool(work)

    # On the store thread

    def _take(self, task: TaskId, remedy: Remedy) -> StepId:
        try:
            if remedy.action == "extend_hours":
                self._extend(remedy)
            else:
                key = TaskId(int(remedy.value)) if remedy.action == "drop" else task
                edit_now(self._desk, [key], lambda one: self._changed(one, remedy), remedy.text)
        except ValueError as error:
            raise UserFacingError(
                "This remedy can't be taken any more.",
                "Plan again, and see what is proposed then.",
                code="remedy_unknown",
            ) from error
        return self._desk.repository.journal.steps(1)[0].id

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
            worked = self._desk.repository.minutes([task.id]).get(task.id, 0.0)
            return replace(task, estimate_min=int(remedy.value) + round(worked))
        if remedy.action == "later_due":
            return replace(task, due=Due(datetime.fromisoformat(remedy.value), whole_day=False))
        if remedy.action == "allow_split":
            least = min(task.splitting.least_min, max(5, (task.estimate_min or 30) // 2))
            return replace(task, splitting=Splitting(allowed=True, least_min=least))
        if remedy.action == "drop":
            plan = self._scheduling.there()
            return replace(task, not_before=plan.end)
        raise ValueError(remedy.action)
