"""Everything that happened, as it is learnt from: read at once, and looked at without the vault."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from assistant.domain.ids import TaskId
from assistant.domain.task import Happened, Project, Task, TaskEvent, TaskState, Work
from assistant.domain.task_filter import TaskFilter
from assistant.planner.learning.finishing import Record, record_of
from assistant.planner.learning.timed_tasks import TimedTask, Tracked
from assistant.services.jobs import Workers
from assistant.services.planning.desk import PlanningDesk
from assistant.store.plan_models import PlanModelRepository
from assistant.store.plan_settings import PlanSettingsRepository

DURATIONS: Final = "durations"
ORDER: Final = "order"
FINISHING: Final = "finishing"
KINDS: Final = (DURATIONS, ORDER, FINISHING)
"""What is learnt."""
ASSUMED_MIN: Final = 60
"""How long a task is taken to be of which nothing is known."""
_ME: Final = "me"
Answer = tuple[datetime, str, Any]


@dataclass(frozen=True)
class Past:
    """A picture of the vault at one moment.

    Args:
        now: When, in the user's zone.
        tasks: All of them.
        work: All of it, the earliest first; what runs ends now.
        events: Deadlines that were moved: nothing else that happened is learnt from.
        projects: Also those in the archive.
        answers: To the planner's questions.
        models: The bytes of the models that are asked, by kind.
        trained: When each kind was trained last, also where the rule won.
    """

    now: datetime
    tasks: Sequence[Task]
    work: Sequence[Work]
    events: Sequence[TaskEvent]
    projects: Sequence[Project]
    answers: Sequence[Answer]
    models: Mapping[str, bytes]
    trained: Mapping[str, datetime] = field(default_factory=dict[str, datetime])

    @cached_property
    def record(self) -> Record:
        """What happened, by task."""
        return record_of(self.tasks, self.work, self.events)

    @cached_property
    def open_tasks(self) -> list[Task]:
        """What is left to do."""
        return [task for task in self.tasks if task.is_open]

    @cached_property
    def spent_min(self) -> dict[TaskId, float]:
        """Minutes of work on each task."""
        return {task: sum(one.minutes for one in part) for task, part in self.record.work.items()}

    @cached_property
    def measured(self) -> list[tuple[TaskId, TimedTask]]:
        """Tasks that are done, with an estimate and with tracked time, ordered by start."""
        found: list[tuple[TaskId, TimedTask]] = []
        for task in self.tasks:
            spent = self.spent_min.get(task.id, 0.0)
            if task.state is TaskState.DONE and task.estimate_min and spent > 0:
                start = min(one.start for one in self.record.work[task.id])
                timed = self.timed(task, start, task.estimate_min / 60)
                found.append(
                    (task.id, replace(timed, actual_hours=spent / 60, finished=task.ended))
                )
        return sorted(found, key=lambda one: (one[1].start, one[0]))

    @cached_property
    def tracked(self) -> list[Tracked]:
        """Tasks on which time was tracked, done or not."""
        return [
            Tracked(
                _category(task),
                spent / 60,
                None if task.estimate_min is None else task.estimate_min / 60,
                task.is_open,
            )
            for task in self.tasks
            if (spent := self.spent_min.get(task.id, 0.0)) > 0
        ]

    @cached_property
    def timed_tasks(self) -> list[TimedTask]:
        """As ``measured``, without their ids."""
        return [task for _, task in self.measured]

    @cached_property
    def names(self) -> dict[str, str]:
        """What categories are called."""
        found = {f"+{one.id}": one.name for one in self.projects}
        return found | {"": "no project"}

    def timed(self, task: Task, start: datetime, hours: float) -> TimedTask:
        """A task as something that takes time: its category is its project, else its first tag."""
        return TimedTask(
            _ME,
            task.title,
            _category(task),
            task.priority.value if task.priority else "",
            hours,
            None,
            start,
        )

    def answer(self, question: str) -> Any:  # noqa: ANN401 - what JSON holds
        """The last answer to a question; None where there is none."""
        return next(
            (answer for _, asked, answer in reversed(self.answers) if asked == question), None
        )


def _category(task: Task) -> str:
    tag = f"#{task.tags[0]}" if task.tags else ""
    return f"+{task.project}" if task.project is not None else tag


class PastReader:
    """Reads everything at once.

    Args:
        workers: The store thread.
        desk: Where planning is read.
        settings: Gives the vault's repository of answers; on the store thread.
        models: Gives the vault's repository of models; on the store thread.
    """

    def __init__(
        self,
        workers: Workers,
        desk: PlanningDesk,
        settings: Callable[[], PlanSettingsRepository],
        models: Callable[[], PlanModelRepository],
    ) -> None:
        self._workers = workers
        self._desk = desk
        self._settings = settings
        self._models = models

    def read(self) -> Past:
        """A picture of now; waits for the store thread, so never to be called on it."""
        return self._workers.on_store(self._read).result()

    def read_order(self) -> Past:
        """As ``read``, only as much as tells what comes first: without work and events."""
        return self._workers.on_store(self._read_order).result()

    def _read_order(self) -> Past:
        return Past(
            self._desk.now(),
            self._desk.repository.find(TaskFilter(states=None)),
            (),
            (),
            (),
            self._settings().answers(),
            self._live((ORDER,)),
            self._trained(),
        )

    def _live(self, kinds: Sequence[str]) -> dict[str, bytes]:
        models = self._models()
        found = {kind: models.live(kind) for kind in kinds}
        return {kind: data for kind, data in found.items() if data is not None}

    def _trained(self) -> dict[str, datetime]:
        models = self._models()
        found = {kind: models.last_made(kind) for kind in KINDS}
        return {kind: made for kind, made in found.items() if made is not None}

    def _read(self) -> Past:
        repository = self._desk.repository
        now = self._desk.now()
        work = tuple(
            replace(one, end=max(now, one.start)) if one.end is None else one
            for one in repository.work()
        )
        return Past(
            now,
            repository.find(TaskFilter(states=None)),
            work,
            repository.events(kind=Happened.DUE_MOVED),
            repository.projects(archived=True),
            self._settings().answers(),
            self._live(KINDS),
            self._trained(),
        )
