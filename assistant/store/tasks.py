"""Tasks, their projects, and the time spent on them: what is read of them."""

from collections import defaultdict
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import datetime, tzinfo
from typing import Final

import sqlalchemy as sql
from sqlalchemy import Engine, func
from sqlmodel import Session, SQLModel, col, select

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.task import ENDED, Happened, Project, Task, TaskEvent, TaskState, Work
from assistant.domain.task_filter import TaskFilter
from assistant.store import task_tables as tables
from assistant.store.plan_journal import PlanJournal
from assistant.store.rows import storable, to_us
from assistant.store.task_conditions import conditions, ordered, task_ids
from assistant.store.task_rows import folded, to_event, to_project, to_task, to_work
from assistant.store.task_writes import TaskWrites

_TASK: Final = SQLModel.metadata.tables["task"]
_EVENT: Final = SQLModel.metadata.tables["taskevent"]
_MOST_AT_ONCE: Final = 10_000
"""SQLite takes only so many values in one statement."""
EVERYTHING: Final = TaskFilter(states=None)


class TaskRepository:
    """Called from the store thread.

    Args:
        engine: Of an open vault whose schema is current.
        home: The user's zone, in which moments without a zone of their own are shown.
    """

    def __init__(self, engine: Engine, home: tzinfo) -> None:
        self._engine = engine
        self._home = home
        self.journal = PlanJournal(engine)

    @contextmanager
    def step(self, words: str, at: datetime, *, joined: bool = False) -> Generator[TaskWrites]:
        """Writes that are undone as one; see ``PlanJournal.step``."""
        with self.journal.step(words, at, joined=joined) as writing:
            yield TaskWrites(writing, at)

    # Tasks

    def find(self, wanted: TaskFilter) -> tuple[Task, ...]:
        """The tasks that a filter lets through, in its order."""
        asked = ordered(sql.select(_TASK).where(*conditions(wanted)), wanted)
        with Session(self._engine) as session:
            rows = session.connection().execute(asked).all()
            waits = self._waits(session, wanted)
        return tuple(to_task(row, waits.get(row.id, ()), self._home) for row in rows)

    def count(self, wanted: TaskFilter) -> int:
        """How many tasks a filter lets through."""
        asked = select(func.count()).select_from(tables.Task).where(*conditions(wanted))
        with Session(self._engine) as session:
            return session.exec(asked).one()

    def get(self, task: TaskId) -> Task:
        """One task.

        Raises:
            UserFacingError: There is none of that id (``task_unknown``).
        """
        return self.several([task])[0]

    def several(self, tasks: Sequence[TaskId]) -> tuple[Task, ...]:
        """Tasks by id, in the order asked for.

        Raises:
            UserFacingError: There is none of one of the ids (``task_unknown``).
        """
        found: dict[TaskId, Task] = {}
        for begin in range(0, len(tasks), _MOST_AT_ONCE):
            some = frozenset(tasks[begin : begin + _MOST_AT_ONCE])
            found |= {one.id: one for one in self.find(TaskFilter(states=None, ids=some))}
        missing = [task for task in tasks if task not in found]
        if missing:
            raise UserFacingError(
                f"There is no task {missing[0]}.",
                "“assistant plan list” shows the tasks with their numbers.",
                code="task_unknown",
            )
        return tuple(found[task] for task in tasks)

    def below(self, task: TaskId) -> tuple[Task, ...]:
        """All parts of a task, and their parts, those in front first."""
        found: list[Task] = []
        level = self.find(TaskFilter(states=None, parent=task))
        while level:
            found += level
            level = [
                part for one in level for part in self.find(TaskFilter(states=None, parent=one.id))
            ]
        return tuple(found)

    def titles(self, *, open_only: bool = True, limit: int | None = 2000) -> dict[TaskId, str]:
        """Titles by id, the one added last first."""
        asked = select(tables.Task.id, tables.Task.title).order_by(col(tables.Task.id).desc())
        if open_only:
            asked = asked.where(col(tables.Task.state).not_in([state.value for state in ENDED]))
        with Session(self._engine) as session:
            rows = session.exec(asked.limit(limit))
            return {TaskId(task or 0): title for task, title in rows}

    def titled(self, title: str) -> tuple[Task, ...]:
        """Open tasks whose title is this, but for case and accents; the newest first."""
        key = folded(storable(title))
        near = self.find(TaskFilter(words=(title,)))
        found = [task for task in near if folded(storable(task.title)) == key]
        return tuple(sorted(found, key=lambda one: one.id, reverse=True))

    def waits(self) -> dict[TaskId, tuple[TaskId, ...]]:
        """What each task waits for."""
        with Session(self._engine) as session:
            return self._waits(session, EVERYTHING)

    def parents(self) -> dict[TaskId, TaskId | None]:
        """What each task that is part of another is part of."""
        asked = select(tables.Task.id, tables.Task.parent_id).where(
            col(tables.Task.parent_id).is_not(None)
        )
        with Session(self._engine) as session:
            return {TaskId(task or 0): TaskId(parent or 0) for task, parent in session.exec(asked)}

    def waiting_for(self, task: TaskId) -> tuple[TaskId, ...]:
        """What waits for a task."""
        asked = select(tables.TaskWait.task_id).where(col(tables.TaskWait.first_id) == task)
        with Session(self._engine) as session:
            return tuple(TaskId(one) for one in session.exec(asked))

    def tags(self) -> dict[str, int]:
        """Each tag of open tasks, and how many have it; the most frequent first."""
        counts: dict[str, int] = defaultdict(int)
        for task in self.find(TaskFilter()):
            for tag in task.tags:
                counts[tag] += 1
        return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))

    def by_state(self) -> dict[TaskState, int]:
        """How many tasks are in each state."""
        asked = select(tables.Task.state, func.count()).group_by(col(tables.Task.state))
        with Session(self._engine) as session:
            return {TaskState(state): count for state, count in session.exec(asked)}

    # Projects

    def projects(self, *, archived: bool = False) -> tuple[Project, ...]:
        """The projects by hand's order; those in the archive only where they are asked for."""
        asked = select(tables.Project).order_by(
            col(tables.Project.position), col(tables.Project.id)
        )
        if not archived:
            asked = asked.where(col(tables.Project.archived_at_us).is_(None))
        with Session(self._engine) as session:
            return tuple(to_project(row) for row in session.exec(asked))

    def project_named(self, name: str) -> Project | None:
        """The project of a name, but for case and accents; one in the archive as well."""
        asked = (
            select(tables.Project)
            .where(col(tables.Project.name_key) == folded(storable(name)))
            .order_by(col(tables.Project.archived_at_us), col(tables.Project.id))
        )
        with Session(self._engine) as session:
            row = session.exec(asked).first()
            return None if row is None else to_project(row)

    def open_by_project(self) -> dict[ProjectId | None, int]:
        """How many tasks of each project are left; under None those of the inbox."""
        asked = (
            select(tables.Task.project_id, func.count())
            .where(col(tables.Task.state).not_in([state.value for state in ENDED]))
            .group_by(col(tables.Task.project_id))
        )
        with Session(self._engine) as session:
            return {
                None if project is None else ProjectId(project): count
                for project, count in session.exec(asked)
            }

    # Time and what happened

    def work(
        self,
        task: TaskId | None = None,
        *,
        since: datetime | None = None,
        running: bool | None = None,
    ) -> tuple[Work, ...]:
        """Stretches of work, the earliest first."""
        asked = select(tables.Work).order_by(col(tables.Work.start_at_us), col(tables.Work.id))
        if task is not None:
            asked = asked.where(col(tables.Work.task_id) == task)
        if since is not None:
            asked = asked.where(col(tables.Work.start_at_us) >= to_us(since))
        if running is not None:
            ends = col(tables.Work.end_at_us)
            asked = asked.where(ends.is_(None) if running else ends.is_not(None))
        with Session(self._engine) as session:
            return tuple(to_work(row) for row in session.exec(asked))

    def minutes(self, tasks: Iterable[TaskId] | None = None) -> dict[TaskId, float]:
        """Minutes that were spent on tasks; without what runs just now."""
        spent: dict[TaskId, float] = defaultdict(float)
        wanted = None if tasks is None else set(tasks)
        for one in self.work(running=False):
            if wanted is None or one.task in wanted:
                spent[one.task] += one.minutes
        return dict(spent)

    def events(
        self, task: TaskId | None = None, kind: Happened | None = None
    ) -> tuple[TaskEvent, ...]:
        """What happened to a task, or to all, the earliest first; of one kind or of all."""
        asked = sql.select(_EVENT).order_by(_EVENT.c.at_us, _EVENT.c.id)
        if task is not None:
            asked = asked.where(_EVENT.c.task_id == task)
        if kind is not None:
            asked = asked.where(_EVENT.c.kind == kind.value)
        with Session(self._engine) as session:
            return tuple(to_event(row) for row in session.connection().execute(asked))

    def _waits(self, session: Session, wanted: TaskFilter) -> dict[TaskId, tuple[TaskId, ...]]:
        pairs = select(tables.TaskWait.task_id, tables.TaskWait.first_id).order_by(
            col(tables.TaskWait.id)
        )
        if wanted != EVERYTHING:
            pairs = pairs.where(col(tables.TaskWait.task_id).in_(task_ids(wanted)))
        found: dict[TaskId, list[TaskId]] = defaultdict(list)
        for task, first in session.exec(pairs):
            found[TaskId(task)].append(TaskId(first))
        return {task: tuple(firsts) for task, firsts in found.items()}
