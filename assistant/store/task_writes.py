"""What is written of tasks, inside a step that can be undone."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sql
from sqlalchemy import func
from sqlmodel import SQLModel, col, delete, select

from assistant.domain.ids import ProjectId, TaskId, WorkId
from assistant.domain.task import Happened, Project, Task, Work
from assistant.store import plan_settings
from assistant.store import task_tables as tables
from assistant.store.plan_journal import Touched, Writing
from assistant.store.rows import storable, to_us
from assistant.store.task_rows import folded, task_values, to_project, to_work

_TASK: Final = SQLModel.metadata.tables["task"]
_EVENT: Final = SQLModel.metadata.tables["taskevent"]
_GAP = 1.0
_LEAST_GAP = 1e-6


class TaskWrites:
    """Writes of one step.

    Args:
        writing: The open step.
        at: Now; what happens is noted with it.
    """

    def __init__(self, writing: Writing, at: datetime) -> None:
        self._writing = writing
        self._session = writing.session
        self._at = at
        self._next_place: float | None = None

    @property
    def touched(self) -> Touched | None:
        """What the step changed; known once it is over, None where that was nothing."""
        return self._writing.touched

    def add(self, task: Task) -> Task:
        """Adds a task at the end; gives it back with its id and place."""
        if self._next_place is None:
            self._next_place = self._end(tables.Task)
        task = replace(task, position=self._next_place)
        self._next_place += _GAP
        added = self._session.connection().execute(sql.insert(_TASK).values(**task_values(task)))
        task = replace(task, id=TaskId(_key_of(added)))
        for first in dict.fromkeys(task.waits_for):
            self._session.add(tables.TaskWait(task_id=task.id, first_id=first))
        self.note(task.id, Happened.ADDED)
        return task

    def keep(self, task: Task) -> None:
        """Keeps all of a task but what it waits for.

        Raises:
            KeyError: There is no such task.
        """
        self.keep_all([task])

    def keep_all(self, tasks: Sequence[Task]) -> None:
        """As ``keep``, for many at once.

        Raises:
            KeyError: One of them is not there.
        """
        if not tasks:
            return
        rows = [task_values(task) | {"of": task.id} for task in tasks]
        marks: dict[str, sql.BindParameter[Any]] = {
            name: sql.bindparam(name) for name in rows[0] if name != "of"
        }
        changed = sql.update(_TASK).where(_TASK.c.id == sql.bindparam("of")).values(marks)
        if self._session.connection().execute(changed, rows).rowcount != len(rows):
            raise KeyError(*(task.id for task in tasks))

    def set_waits(self, task: TaskId, firsts: Iterable[TaskId]) -> None:
        """Keeps what a task waits for, in place of what it waited for before."""
        wanted = dict.fromkeys(firsts)
        asked = select(tables.TaskWait).where(col(tables.TaskWait.task_id) == task)
        there = {TaskId(row.first_id): row for row in self._session.exec(asked)}
        for first, row in there.items():
            if first not in wanted:
                self._session.delete(row)
        for first in wanted:
            if first not in there:
                self._session.add(tables.TaskWait(task_id=task, first_id=first))
        self._session.flush()

    def delete(self, tasks: Iterable[TaskId]) -> None:
        """Deletes tasks, their parts, links, work and events."""
        for task in sorted(set(tasks)):
            self._session.exec(delete(tables.Task).where(col(tables.Task.id) == task))
        self._session.expire_all()

    def note(self, task: TaskId, kind: Happened, value: str = "") -> None:
        """Notes that something happened to a task."""
        self._session.connection().execute(
            sql.insert(_EVENT).values(
                task_id=task, at_us=to_us(self._at), kind=kind.value, value=storable(value)
            )
        )

    def put_between(self, tasks: Sequence[TaskId], after: TaskId | None) -> None:
        """Puts tasks behind another one, or in front of all, in the order given."""
        places = [
            (TaskId(task or 0), position)
            for task, position in self._session.exec(
                select(tables.Task.id, tables.Task.position).order_by(
                    col(tables.Task.position), col(tables.Task.id)
                )
            )
            if task not in set(tasks)
        ]
        index = next((at + 1 for at, one in enumerate(places) if one[0] == after), 0)
        low = places[index - 1][1] if index else None
        high = places[index][1] if index < len(places) else None
        if low is None:
            low = (high if high is not None else 0.0) - _GAP * (len(tasks) + 1)
        if high is None:
            high = low + _GAP * (len(tasks) + 1)
        gap = (high - low) / (len(tasks) + 1)
        if gap < _LEAST_GAP:
            order = [one[0] for one in places]
            order[index:index] = tasks
            for number, task in enumerate(order):
                self._place(task, number * _GAP)
            return
        for number, task in enumerate(tasks, 1):
            self._place(task, low + gap * number)

    def add_project(self, project: Project) -> Project:
        """Adds a project at the end; gives it back with its id."""
        row = tables.Project(
            name=storable(project.name),
            name_key=folded(storable(project.name)),
            created_at_us=to_us(project.created),
            color=project.color,
            archived_at_us=None,
            position=self._end(tables.Project),
        )
        self._session.add(row)
        self._session.flush()
        return to_project(row)

    def keep_project(self, project: Project) -> None:
        """Keeps a project's name, hue, place, and whether it is in the archive.

        Raises:
            KeyError: There is no such project.
        """
        row = self._session.get(tables.Project, project.id)
        if row is None:
            raise KeyError(project.id)
        row.name, row.name_key = storable(project.name), folded(storable(project.name))
        row.color, row.position = project.color, project.position
        row.archived_at_us = None if project.archived is None else to_us(project.archived)
        self._session.add(row)
        self._session.flush()

    def delete_project(self, project: ProjectId) -> None:
        """Deletes a project; its tasks go to the inbox."""
        self._session.exec(delete(tables.Project).where(col(tables.Project.id) == project))
        self._session.expire_all()

    def add_work(self, work: Work) -> Work:
        """Adds a stretch of work; gives it back with its id."""
        row = tables.Work(
            task_id=work.task,
            start_at_us=to_us(work.start),
            end_at_us=None if work.end is None else to_us(work.end),
            corrected=work.corrected,
        )
        self._session.add(row)
        self._session.flush()
        return to_work(row)

    def keep_work(self, work: Work) -> None:
        """Keeps the moments of a stretch of work.

        Raises:
            KeyError: There is no such stretch.
        """
        row = self._session.get(tables.Work, work.id or 0)
        if row is None:
            raise KeyError(work.id)
        row.start_at_us = to_us(work.start)
        row.end_at_us = None if work.end is None else to_us(work.end)
        row.corrected = work.corrected
        self._session.add(row)
        self._session.flush()

    def delete_work(self, work: WorkId) -> None:
        """Deletes a stretch of work."""
        self._session.exec(delete(tables.Work).where(col(tables.Work.id) == work))

    def keep_setting(self, name: str, value: Any) -> None:  # noqa: ANN401 - what JSON holds
        """Keeps a setting of the planner; None removes it."""
        plan_settings.keep_setting(self._writing, name, value)

    def keep_word(self, phrase: str, meaning: str, taught: int) -> None:
        """Keeps a phrase of the user's own."""
        plan_settings.keep_word(self._writing, phrase, meaning, taught)

    def forget_word(self, phrase: str) -> None:
        """Forgets a phrase of the user's own."""
        plan_settings.forget_word(self._writing, phrase)

    def keep_answer(self, question: str, answer: Any) -> None:  # noqa: ANN401 - what JSON holds
        """Keeps an answer to a question of the planner."""
        plan_settings.keep_answer(self._writing, self._at, question, answer)

    @property
    def writing(self) -> Writing:
        """The open step, for who writes other tables in it."""
        return self._writing

    def _place(self, task: TaskId, position: float) -> None:
        placed = sql.update(_TASK).where(_TASK.c.id == task, _TASK.c.position != position)
        self._session.connection().execute(placed.values(position=position))

    def _end(self, table: type[tables.Task | tables.Project]) -> float:
        last = self._session.exec(select(func.max(col(table.position)))).one_or_none()
        return (last or 0.0) + _GAP


def _key_of(added: sql.CursorResult[Any]) -> int:
    key = added.inserted_primary_key
    return 0 if key is None else int(key[0])
