"""Lists of tasks together with their parts and with what they wait for, read at once."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.task import Task, TaskState
from assistant.domain.task_filter import Order, TaskFilter
from assistant.planner.learning.ranking import by_first
from assistant.services.jobs import Job, Workers
from assistant.services.planning.day import DayReader
from assistant.services.planning.desk import PlanningDesk
from assistant.services.planning.past import PastReader
from assistant.services.planning.task_values import Branches, Today
from assistant.services.planning.tasks import INBOX, TaskService, project_filter
from assistant.services.planning.training import first_of, weights_of
from assistant.store.tasks import TaskRepository

T = TypeVar("T")
Tasks = tuple[Task, ...]
Ordering = Callable[[Tasks], Tasks]
"""Puts tasks by what to do first."""


class ListingService:
    """What a window lists, in an order that may be chosen.

    By what to do first, tasks stand by their urgency as it was learnt, or by the visible rule until
    then: behind what they wait for and what was said to come first; appointments stand in front.

    Args:
        workers: The pool.
        desk: Where planning is written.
        tasks: Know what belongs on which list.
        reader: Reads what was learnt.
        day: Reads what has its time on a day.
    """

    def __init__(
        self,
        workers: Workers,
        desk: PlanningDesk,
        tasks: TaskService,
        reader: PastReader,
        day: DayReader,
    ) -> None:
        self._workers = workers
        self._desk = desk
        self._tasks = tasks
        self._reader = reader
        self._day = day

    def inbox(self, order: Order = Order.HAND) -> Job[tuple[Tasks, Branches]]:
        """As ``TaskService.inbox``."""
        return self._found(replace(INBOX, order=order))

    def of_project(
        self, project: ProjectId, order: Order = Order.HAND
    ) -> Job[tuple[Tasks, Branches]]:
        """As ``TaskService.of_project``."""
        return self._found(replace(project_filter(project), order=order))

    def today(self, order: Order = Order.DUE) -> Job[tuple[Today, Branches]]:
        """As ``TaskService.today``, with what has its time on the day.

        Its ``first`` is only told by ``Order.FIRST``.
        """

        def read(repository: TaskRepository) -> tuple[Today, Branches]:
            now = self._desk.now()
            today = self._tasks.today_now(repository, order)
            today = self._day.with_tasks(repository, today, now)
            return today, branches_of(repository, _of_today(today))

        def work(_: Job[tuple[Today, Branches]]) -> tuple[Today, Branches]:
            today, branches = self._desk.work(read).result()
            today = self._day.with_events(today, self._desk.now())
            if order is Order.FIRST:
                today = _today_first(today, self._ordering())
            return today, branches

        return self._workers.in_pool(work)

    def upcoming(self, days: int = 14, order: Order = Order.DUE) -> Job[tuple[Tasks, Branches]]:
        """As ``TaskService.upcoming``."""
        return self._found(replace(self._tasks.upcoming_filter(days), order=order))

    def all(self, wanted: TaskFilter) -> Job[tuple[Tasks, Branches]]:
        """The tasks that a filter lets through, in its order."""
        return self._found(wanted)

    def board(self) -> Job[tuple[dict[TaskState, Tasks], Branches]]:
        """As ``TaskService.board``."""
        return self._listed(self._tasks.board_now, _of_board)

    def filtered(
        self, text: str, limit: int | None = None, order: Order = Order.DUE
    ) -> Job[tuple[Tasks, Branches]]:
        """As ``TaskService.filtered``.

        Raises (from the job):
            UserFacingError: The filter has a part that means nothing (``filter_unknown``).
        """
        most = None if order is Order.FIRST else limit

        def read(repository: TaskRepository) -> Tasks:
            return self._tasks.filtered_now(repository, text, most, order)

        arrange = _first(limit) if order is Order.FIRST else None
        return self._listed(read, tuple[Task, ...], arrange)

    def _found(self, wanted: TaskFilter) -> Job[tuple[Tasks, Branches]]:
        by_first = wanted.order is Order.FIRST
        asked = replace(wanted, limit=None) if by_first else wanted
        arrange = _first(wanted.limit) if by_first else None
        return self._listed(lambda repository: repository.find(asked), tuple[Task, ...], arrange)

    def _listed(
        self,
        read: Callable[[TaskRepository], T],
        tasks_of: Callable[[T], Iterable[Task]],
        arrange: Callable[[T, Ordering], T] | None = None,
    ) -> Job[tuple[T, Branches]]:
        """Reads tasks with their branches; where they are arranged, in the pool."""

        def work(repository: TaskRepository) -> tuple[T, Branches]:
            found = read(repository)
            return found, branches_of(repository, tuple(tasks_of(found)))

        if arrange is None:
            return self._desk.work(work)

        def arranged(_: Job[tuple[T, Branches]]) -> tuple[T, Branches]:
            found, branches = self._desk.work(work).result()
            return arrange(found, self._ordering()), branches

        return self._workers.in_pool(arranged)

    def _ordering(self) -> Ordering:
        past = self._reader.read_order()
        weights = weights_of(past)
        said = first_of(past, weights)
        return lambda tasks: by_first(tasks, past.open_tasks, past.now, weights, said)


def _first(limit: int | None) -> Callable[[Tasks, Ordering], Tasks]:
    """Puts tasks by what to do first, and leaves off what is too many."""
    return lambda tasks, ordering: ordering(tasks)[:limit]


def _today_first(today: Today, ordering: Ordering) -> Today:
    return replace(today, first=ordering((*today.overdue, *today.due, *today.doing)))


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
    planned = (one.task for one in today.stretches if one.task is not None)
    listed = (*today.overdue, *today.due, *today.doing, *today.done, *planned)
    return tuple({one.id: one for one in listed}.values())
