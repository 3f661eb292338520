"""Lists of tasks together with their parts and with what they wait for, read at once."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.task import Task, TaskState
from assistant.domain.task_filter import Order, TaskFilter
from assistant.services.jobs import Job
from assistant.services.planning.desk import PlanningDesk
from assistant.services.planning.task_values import Branches, Today
from assistant.services.planning.tasks import INBOX, TaskService, project_filter
from assistant.store.tasks import TaskRepository

T = TypeVar("T")
Tasks = tuple[Task, ...]


class ListingService:
    """What a window lists.

    Args:
        desk: Where planning is written.
        tasks: Know what belongs on which list.
    """

    def __init__(self, desk: PlanningDesk, tasks: TaskService) -> None:
        self._desk = desk
        self._tasks = tasks

    def inbox(self) -> Job[tuple[Tasks, Branches]]:
        """As ``TaskService.inbox``."""
        return self._listed(lambda repository: repository.find(INBOX), tuple[Task, ...])

    def of_project(self, project: ProjectId) -> Job[tuple[Tasks, Branches]]:
        """As ``TaskService.of_project``."""
        wanted = project_filter(project)
        return self._listed(lambda repository: repository.find(wanted), tuple[Task, ...])

    def today(self) -> Job[tuple[Today, Branches]]:
        """As ``TaskService.today``."""
        return self._listed(self._tasks.today_now, _of_today)

    def upcoming(self, days: int = 14) -> Job[tuple[Tasks, Branches]]:
        """As ``TaskService.upcoming``."""
        wanted = self._tasks.upcoming_filter(days)
        return self._listed(lambda repository: repository.find(wanted), tuple[Task, ...])

    def board(self) -> Job[tuple[dict[TaskState, Tasks], Branches]]:
        """As ``TaskService.board``."""
        return self._listed(self._tasks.board_now, _of_board)

    def filtered(self, text: str, limit: int | None = None) -> Job[tuple[Tasks, Branches]]:
        """As ``TaskService.filtered``.

        Raises (from the job):
            UserFacingError: The filter has a part that means nothing (``filter_unknown``).
        """

        def read(repository: TaskRepository) -> Tasks:
            return self._tasks.filtered_now(repository, text, limit)

        return self._listed(read, tuple[Task, ...])

    def _listed(
        self, read: Callable[[TaskRepository], T], tasks_of: Callable[[T], Iterable[Task]]
    ) -> Job[tuple[T, Branches]]:
        def work(repository: TaskRepository) -> tuple[T, Branches]:
            found = read(repository)
            return found, branches_of(repository, tuple(tasks_of(found)))

        return self._desk.work(work)


def branches_of(repository: TaskRepository, tasks: Iterable[Task]) -> Branches:
    """The parts of tasks, and what they and their parts wait for; on the store thread."""
    listed = {one.id: one for one in tasks}
    below: dict[TaskId, list[TaskId]] = {}
    for part, parent in repository.parents().items():
        if parent is not None:
            below.setdefault(parent, []).append(part)
    wanted = list(listed)
    for task in wanted:
        wanted += below.get(task, ())
    parts: dict[TaskId, list[Task]] = {}
    ids = frozenset(wanted) - frozenset(listed) | {one.id for one in listed.values() if one.parent}
    found: Tasks = ()
    if ids:
        found = repository.find(TaskFilter(states=None, ids=ids, order=Order.HAND))
    for part in found:
        if part.parent is not None:
            parts.setdefault(part.parent, []).append(part)
    waited = {first for one in (*listed.values(), *found) for first in one.waits_for}
    firsts = repository.find(TaskFilter(ids=frozenset(waited))) if waited else ()
    return Branches(
        {parent: tuple(some) for parent, some in parts.items()}, {one.id: one for one in firsts}
    )


def _of_board(columns: dict[TaskState, Tasks]) -> Tasks:
    return tuple(one for column in columns.values() for one in column)


def _of_today(today: Today) -> Tasks:
    return (*today.overdue, *today.due, *today.doing, *today.done)
