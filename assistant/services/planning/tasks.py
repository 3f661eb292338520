"""Tasks for the front ends: every call is a job on the store thread."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.task import ENDED, Happened, Step, Task, TaskState
from assistant.domain.task_filter import Order, TaskFilter
from assistant.planner.tasks.filters import read_filter
from assistant.planner.tasks.rules import check_order, check_task
from assistant.services.jobs import Job
from assistant.services.planning.desk import PlanChanges, PlanningDesk
from assistant.services.planning.task_values import Counts, TaskDetails, Today
from assistant.store.task_writes import TaskWrites
from assistant.store.tasks import TaskRepository

INBOX: Final = TaskFilter(in_inbox=True, top_only=True, order=Order.HAND)
"""Open tasks of no project that are part of no other, by hand's order."""
_LONGEST_SAID: Final = 60
Change = Callable[[Task], Task]
"""What an edit makes of a task."""


class TaskService:
    """Reads tasks and changes them.

    Adding is ``AddingService``, completing ``CompletingService``, time ``TimeService``, projects
    ``ProjectService``; all write to the same desk.

    Args:
        desk: Where planning is written.
    """

    def __init__(self, desk: PlanningDesk) -> None:
        self._desk = desk

    def on_changes(self, listener: Callable[[PlanChanges], None]) -> None:
        """Calls ``listener`` on the store thread after every step, undone ones as well."""
        self._desk.on_changes(listener)

    # Reading

    def get(self, task: TaskId) -> Job[Task]:
        """One task.

        Raises (from the job):
            UserFacingError: There is none of that id (``task_unknown``).
        """
        return self._desk.work(lambda repository: repository.get(task))

    def several(self, tasks: Sequence[TaskId]) -> Job[tuple[Task, ...]]:
        """Some tasks, in the order asked for.

        Raises (from the job):
            UserFacingError: There is none of one of the ids (``task_unknown``).
        """
        return self._desk.work(lambda repository: repository.several(tasks))

    def find(self, wanted: TaskFilter) -> Job[tuple[Task, ...]]:
        """The tasks that a filter lets through."""
        return self._desk.work(lambda repository: repository.find(wanted))

    def filtered(self, text: str, limit: int | None = None) -> Job[tuple[Task, ...]]:
        """The tasks that a typed filter wants: “#chem due:week !high”.

        Raises (from the job):
            UserFacingError: The filter has a part that means nothing (``filter_unknown``).
        """
        return self._desk.work(lambda repository: self.filtered_now(repository, text, limit))

    def filtered_now(
        self,
        repository: TaskRepository,
        text: str,
        limit: int | None = None,
        order: Order = Order.DUE,
    ) -> tuple[Task, ...]:
        """As ``filtered``; on the store thread. What the filter says itself of order stands."""
        wanted = read_filter(text, self._desk.now())
        chosen = replace(wanted.filter, limit=limit)
        if chosen.order is Order.DUE:
            chosen = replace(chosen, order=order)
        if wanted.projects:
            chosen = replace(chosen, projects=_ids(repository, wanted.projects))
        if wanted.without_projects:
            left_out = TaskFilter(states=None, projects=_ids(repository, wanted.without_projects))
            chosen = replace(chosen, none_of=(*chosen.none_of, left_out))
        return repository.find(chosen)

    def inbox(self) -> Job[tuple[Task, ...]]:
        """Open tasks of no project that are part of no other, by hand's order."""
        return self.find(INBOX)

    def of_project(self, project: ProjectId) -> Job[tuple[Task, ...]]:
        """Open tasks of a project, by hand's order; parts of tasks as well."""
        return self.find(project_filter(project))

    def today(self) -> Job[Today]:
        """What the day asks for."""
        return self._desk.work(self.today_now)

    def today_now(self, repository: TaskRepository, order: Order = Order.DUE) -> Today:
        """As ``today``; on the store thread."""
        now = self._desk.now()
        begin = now.replace(hour=0, minute=0, second=0, microsecond=0)
        overdue = repository.find(TaskFilter(overdue=now, order=order))
        late = {one.id for one in overdue}
        due = repository.find(TaskFilter(before=begin + timedelta(1), order=order))
        doing = repository.find(TaskFilter(states=frozenset({TaskState.DOING}), order=order))
        listed = late | {one.id for one in due}
        return Today(
            begin.date(),
            overdue,
            tuple(one for one in due if one.id not in late),
            tuple(one for one in doing if one.id not in listed),
            repository.find(TaskFilter(states=ENDED, ended_after=begin, order=Order.ENDED)),
        )

    def upcoming(self, days: int = 14) -> Job[tuple[Task, ...]]:
        """Open tasks that are due or take place within some days, earlier ones first."""
        return self.find(self.upcoming_filter(days))

    def upcoming_filter(self, days: int) -> TaskFilter:
        """What ``upcoming`` finds, as of now."""
        begin = self._desk.now().replace(hour=0, minute=0, second=0, microsecond=0)
        return TaskFilter(after=begin, before=begin + timedelta(days))

    def board(self, done_days: int = 7) -> Job[dict[TaskState, tuple[Task, ...]]]:
        """Tasks by their state, by hand's order; what ended, only of the last days."""
        return self._desk.work(lambda repository: self.board_now(repository, done_days))

    def board_now(
        self, repository: TaskRepository, done_days: int = 7
    ) -> dict[TaskState, tuple[Task, ...]]:
        """As ``board``; on the store thread."""
        since = self._desk.now() - timedelta(days=done_days)
        columns: dict[TaskState, tuple[Task, ...]] = {}
        for state in TaskState:
            states = frozenset({state})
            if state in ENDED:
                wanted = TaskFilter(states=states, ended_after=since, order=Order.ENDED)
            else:
                wanted = TaskFilter(states=states, order=Order.HAND)
            columns[state] = repository.find(wanted)
        return columns

    def details(self, task: TaskId) -> Job[TaskDetails]:
        """Everything of one task."""

        def work(repository: TaskRepository) -> TaskDetails:
            one = repository.get(task)
            projects = {each.id: each for each in repository.projects(archived=True)}
            return TaskDetails(
                one,
                None if one.project is None else projects.get(one.project),
                None if one.parent is None else repository.get(one.parent),
                repository.find(TaskFilter(states=None, parent=task, order=Order.HAND)),
                repository.several(one.waits_for),
                repository.several(repository.waiting_for(task)),
                repository.work(task),
                repository.minutes([task]).get(task, 0.0),
                repository.events(task),
            )

        return self._desk.work(work)

    def counts(self) -> Job[Counts]:
        """How many tasks there are of which kind."""

        def work(repository: TaskRepository) -> Counts:
            now = self._desk.now()
            tomorrow = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(1)
            left = repository.open_by_project()
            return Counts(
                repository.count(TaskFilter(in_inbox=True, top_only=True)),
                repository.count(TaskFilter(before=tomorrow)),
                repository.count(TaskFilter(overdue=now)),
                {project: count for project, count in left.items() if project is not None},
                repository.by_state(),
                repository.tags(),
            )

        return self._desk.work(work)

    # Changing

    def edit(self, tasks: Sequence[TaskId], change: Change, words: str = "") -> Job[None]:
        """Changes one task or many, as one step.

        Args:
            tasks: Which.
            change: Called with each on the store thread; gives it as it should be. Its id and
                its state are left alone: see ``set_state`` and ``CompletingService``.
            words: What is done, for the menu.

        Raises (from the job):
            UserFacingError: One is not there, or would be what cannot be; nothing was changed.
        """
        return self._desk.work(lambda _: edit_now(self._desk, tasks, change, words))

    def set_state(
        self,
        tasks: Sequence[TaskId],
        state: TaskState,
        *,
        after: TaskId | None = None,
        first: bool = False,
    ) -> Job[None]:
        """Puts tasks into another column of those that are not ended.

        Args:
            tasks: Which, in their order.
            state: Of the column.
            after: Behind which task they stand; None: where they stood among all.
            first: Whether they stand in front of all others instead.

        Raises (from the job):
            UserFacingError: One is not there (``task_unknown``); nothing was changed.
        """
        if state in ENDED:
            raise ValueError(state)

        def work(repository: TaskRepository) -> None:
            found = repository.several(tasks)
            if after is not None:
                repository.get(after)
            with self._desk.step(said("Move", found)) as writes:
                for one in found:
                    writes.keep(replace(one, state=state, ended=None))
                    if not one.is_open:
                        writes.note(one.id, Happened.REOPENED)
                if after is not None or first:
                    writes.put_between(tasks, after)

        return self._desk.work(work)

    def reopen(self, tasks: Sequence[TaskId]) -> Job[None]:
        """Opens tasks that were done or dropped."""
        return self.set_state(tasks, TaskState.OPEN)

    def delete(self, tasks: Sequence[TaskId]) -> Job[None]:
        """Deletes tasks with their parts and their work."""

        def work(repository: TaskRepository) -> None:
            found = repository.several(tasks)
            with self._desk.step(said("Delete", found)) as writes:
                writes.delete(tasks)

        return self._desk.work(work)

    def put(self, tasks: Sequence[TaskId], after: TaskId | None) -> Job[None]:
        """Puts tasks behind another one, or in front of all."""

        def work(repository: TaskRepository) -> None:
            found = repository.several(tasks)
            if after is not None:
                repository.get(after)
            with self._desk.step(said("Move", found)) as writes:
                writes.put_between(tasks, after)

        return self._desk.work(work)

    # Undoing

    def undo(self) -> Job[Step | None]:
        """Takes the last step back; gives it, or None where there is none."""
        return self._desk.undo()

    def redo(self) -> Job[Step | None]:
        """Does again what was undone last."""
        return self._desk.redo()

    def next_redo(self) -> Job[Step | None]:
        """What would be done again."""
        return self._desk.next_redo()

    def steps(self, limit: int = 20) -> Job[tuple[Step, ...]]:
        """What can be undone, the latest first."""
        return self._desk.steps(limit)


def _ids(repository: TaskRepository, names: Sequence[str]) -> frozenset[ProjectId]:
    """Projects by their names; those that are not there are left out."""
    found = [repository.project_named(name) for name in names]
    return frozenset(one.id for one in found if one is not None)


def project_filter(project: ProjectId) -> TaskFilter:
    """Open tasks of a project, by hand's order; parts of tasks as well."""
    return TaskFilter(projects=frozenset({project}), order=Order.HAND)


def edit_now(desk: PlanningDesk, tasks: Sequence[TaskId], change: Change, words: str) -> None:
    """As ``TaskService.edit``; on the store thread."""
    repository = desk.repository
    before = repository.several(tasks)
    after = [replace(change(one), id=one.id, state=one.state, ended=one.ended) for one in before]
    for one in after:
        check_task(one)
    check_links(repository, list(zip(before, after, strict=True)))
    with desk.step(words or said("Change", before)) as writes:
        keep_edited(writes, list(zip(before, after, strict=True)))


def keep_edited(writes: TaskWrites, pairs: Sequence[tuple[Task, Task]]) -> None:
    """Keeps tasks that were checked, each as it was and as it is to be."""
    changed = [(old, new) for old, new in pairs if old != new]
    writes.keep_all([new for _, new in changed])
    for old, new in changed:
        _note_edit(writes, old, new)


def _note_edit(writes: TaskWrites, old: Task, new: Task) -> None:
    """Keeps the links of a task, and notes what is learnt from."""
    if old.waits_for != new.waits_for:
        writes.set_waits(new.id, new.waits_for)
    if old.due != new.due:
        value = f"{_iso(old.due and old.due.moment)} {_iso(new.due and new.due.moment)}"
        writes.note(new.id, Happened.DUE_MOVED, value)
    if old.estimate_min != new.estimate_min:
        writes.note(
            new.id, Happened.ESTIMATED, f"{old.estimate_min or '-'} {new.estimate_min or '-'}"
        )


def check_links(repository: TaskRepository, pairs: Sequence[tuple[Task | None, Task]]) -> None:
    """Refuses what tasks wait for, or are part of, where that leads back to them.

    Args:
        repository: Of the tasks.
        pairs: Each task as it was, None for a new one, and as it is to be.

    Raises:
        UserFacingError: One of them is not there (``task_unknown``), or there is a circle, which
            is named (``task_cycle``).
    """
    changed = [
        new
        for old, new in pairs
        if old is None or (old.waits_for, old.parent) != (new.waits_for, new.parent)
    ]
    if not any(one.waits_for or one.parent is not None for one in changed):
        return
    repository.several([task for one in changed for task in one.waits_for])
    repository.several([one.parent for one in changed if one.parent is not None])
    waits = {task: list(firsts) for task, firsts in repository.waits().items()}
    parents = repository.parents()
    for one in changed:
        waits[one.id] = list(one.waits_for)
        parents[one.id] = one.parent
    for part, parent in parents.items():
        if parent is not None:
            waits.setdefault(parent, []).append(part)
    titles = repository.titles(open_only=False, limit=None) | {one.id: one.title for one in changed}
    for one in changed:
        check_order(waits, titles, one.id)


def said(verb: str, tasks: Sequence[Task]) -> str:
    """What is done, for the menu: “Complete “Essay””, “Delete 3 tasks”."""
    if len(tasks) == 1:
        title = tasks[0].title
        return (
            f"{verb} “{title if len(title) <= _LONGEST_SAID else title[: _LONGEST_SAID - 1] + '…'}”"
        )
    return f"{verb} {len(tasks)} tasks"


def _iso(moment: datetime | None) -> str:
    return "-" if moment is None else moment.isoformat()
