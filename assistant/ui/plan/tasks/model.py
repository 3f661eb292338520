"""Tasks with their headings, as rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.task import Task
from assistant.services.planning.task_values import Today
from assistant.ui.plan.words import is_late, length_words, upcoming_head, when_words

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
"""Gives the ``TaskRow``."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One row: a heading, or a task with what is said of it."""

    text: str
    task: Task | None = None
    when: str = ""
    late: bool = False
    project: str = ""

    @property
    def key(self) -> tuple[str, int]:
        """The same for the same row in another list."""
        return (self.text, 0) if self.task is None else ("", self.task.id)

    @property
    def words(self) -> str:
        """What screen readers say."""
        task = self.task
        if task is None:
            return self.text
        said = [self.text]
        if not task.is_open:
            said.append("done")
        if task.priority is not None:
            said.append(f"{task.priority.value} priority")
        if self.when:
            said.append(f"late, {self.when}" if self.late else self.when)
        if task.estimate_min is not None:
            said.append(length_words(task.estimate_min))
        if self.project:
            said.append(f"project {self.project}")
        return ", ".join((*said, *(f"tag {tag}" for tag in task.tags)))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What rows are told by besides their task."""

    now: datetime
    projects: Mapping[ProjectId, str]


def row_of(task: Task, around: Surroundings) -> TaskRow:
    """The row of a task."""
    project = "" if task.project is None else around.projects.get(task.project, "")
    when = when_words(task, around.now.date())
    return TaskRow(task.title, task, when, is_late(task, around.now), project)


def rows_of(tasks: Iterable[Task], around: Surroundings) -> list[TaskRow]:
    """Rows without headings."""
    return [row_of(task, around) for task in tasks]


def rows_of_today(today: Today, around: Surroundings) -> list[TaskRow]:
    """What the day asks for, under its headings."""
    groups = (
        ("Late", today.overdue),
        ("Today", today.due),
        ("Begun", today.doing),
        ("Done today", today.done),
    )
    rows: list[TaskRow] = []
    for head, tasks in groups:
        if tasks:
            rows += [TaskRow(head), *rows_of(tasks, around)]
    return rows


def rows_of_upcoming(tasks: Sequence[Task], around: Surroundings) -> list[TaskRow]:
    """What is coming, by its day."""
    rows: list[TaskRow] = []
    for day, members in groupby(tasks, _day):
        if day is not None:
            rows += [TaskRow(upcoming_head(day, around.now.date())), *rows_of(members, around)]
    return rows


def _day(task: Task) -> date | None:
    if task.fixed_start is not None:
        return task.fixed_start.date()
    return None if task.due is None else task.due.moment.date()


class TaskModel(QAbstractListModel):
    """Rows of tasks; headings are neither selected nor edited.

    Args:
        parent: The owner.
    """

    renamed = Signal(int, str)
    """The id of a task, and its new title."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[TaskRow] = []

    def show_rows(self, rows: Sequence[TaskRow]) -> None:
        """Shows other rows."""
        if [row.key for row in rows] == [row.key for row in self._rows]:
            self._rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    @property
    def rows(self) -> Sequence[TaskRow]:
        """All rows."""
        return self._rows

    def row_of(self, task: TaskId) -> int:
        """The row of a task; -1 where it is not there."""
        found = (at for at, row in enumerate(self._rows) if row.task and row.task.id == task)
        return next(found, -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """The title, the row, or what is said of it."""
        if not (index.isValid() and 0 <= index.row() < len(self._rows)):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.words
        return row if role == ROW_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tasks can be selected and renamed."""
        if not (index.isValid() and 0 <= index.row() < len(self._rows)):
            return Qt.ItemFlag.NoItemFlags
        if self._rows[index.row()].task is None:
            return Qt.ItemFlag.ItemIsEnabled
        kinds = Qt.ItemFlag
        return kinds.ItemIsEnabled | kinds.ItemIsSelectable | kinds.ItemIsEditable

    def setData(
        self, index: Index, value: object, role: int = int(Qt.ItemDataRole.EditRole)
    ) -> bool:
        """Asks for another title."""
        row = self._rows[index.row()]
        title = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or row.task is None or not title:
            return False
        if title != row.task.title:
            self.renamed.emit(row.task.id, title)
        return True
