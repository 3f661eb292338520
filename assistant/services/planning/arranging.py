"""Tasks taken to another place: in front of others, behind them, or below one as its parts."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.domain.ids import TaskId
from assistant.domain.task import Task
from assistant.domain.task_filter import Order, TaskFilter
from assistant.services.jobs import Job
from assistant.services.planning.desk import PlanningDesk
from assistant.services.planning.tasks import check_links, keep_edited, said
from assistant.store.tasks import TaskRepository


class ArrangingService:
    """Changes where tasks stand.

    Args:
        desk: Where planning is written.
    """

    def __init__(self, desk: PlanningDesk) -> None:
        self._desk = desk

    def place(
        self,
        tasks: Sequence[TaskId],
        parent: TaskId | None,
        *,
        after: TaskId | None = None,
        first: bool = False,
    ) -> Job[None]:
        """Makes tasks parts of another one, or of none, as one step.

        Those that become parts go to its project, with their own parts.

        Args:
            tasks: Which, in their order.
            parent: What they are to be parts of; None: of nothing.
            after: Behind which task they stand; None: behind all parts of their parent.
            first: Whether they stand in front of all others instead.

        Raises (from the job):
            UserFacingError: One is not there (``task_unknown``), or would be a part of itself
                (``task_cycle``); nothing was changed.
        """

        def work(repository: TaskRepository) -> None:
            found = repository.several(tasks)
            above = None if parent is None else repository.get(parent)
            pairs = [(one, _below(one, above)) for one in found]
            if above is not None:
                moved = {one.id for one in found}
                parts = {part.id: part for one in found for part in repository.below(one.id)}
                pairs += [
                    (part, replace(part, project=above.project))
                    for part in parts.values()
                    if part.id not in moved
                ]
            check_links(repository, pairs)
            behind = after if after is not None or first else _last(repository, parent, tasks)
            with self._desk.step(said("Move", found)) as writes:
                keep_edited(writes, pairs)
                if behind is not None or first:
                    writes.put_between(tasks, behind)

        return self._desk.work(work)


def _below(task: Task, above: Task | None) -> Task:
    if above is None:
        return replace(task, parent=None)
    return replace(task, parent=above.id, project=above.project)


def _last(
    repository: TaskRepository, parent: TaskId | None, besides: Sequence[TaskId]
) -> TaskId | None:
    """The last part of a task; None where it has none."""
    if parent is None:
        return None
    there = repository.find(TaskFilter(states=None, parent=parent, order=Order.HAND))
    return next((one.id for one in reversed(there) if one.id not in besides), None)
