"""Tasks with their headings, as rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
from assistant.services.planning.task_values import Branches, Stretch
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
    depth: int = 0
    """How far below the task that it is a part of, where that is listed as well."""
    parts: tuple[int, int] = (0, 0)
    """How many of its parts are done, and how many there are."""
    folds: bool | None = None
    """Whether its parts are hidden; None where none would be listed below it."""
    waits: tuple[str, ...] = ()
    """Titles of what has to be done first, and is not yet."""
    stretch: Stretch | None = None
    """What has this time of the day; its task, where it has one, is the row's."""
    time: tuple[str, str] = ("", "")
    """When it begins, and from when to when."""
    live: bool = False
    """Whether that is now."""
    behind: str = ""
    """How long after the deadline that is, in words; empty in time."""

    @property
    def is_due(self) -> bool:
        """Whether its day or time is one until which it is done, and not when it takes place."""
        task = self.task
        return task is not None and task.due is not None and task.fixed_start is None

    @property
    def is_head(self) -> bool:
        """Whether it is a heading."""
        return self.task is None and self.stretch is None

    @property
    def part(self) -> str:
        """Which of several stretches of the task it is; empty where it is the only one."""
        one = self.stretch
        return "" if one is None or one.parts < 2 else f"part {one.part} of {one.parts}"  # noqa: PLR2004 - more than one

    @property
    def key(self) -> tuple[str, int]:
        """The same for the same row in another list."""
        if self.is_head:
            return self.text, 0
        begins = "" if self.stretch is None else self.stretch.start.isoformat()
        return (begins, self.task.id) if self.task is not None else (f"{begins} {self.text}", 0)

    @property
    def words(self) -> str:
        """What screen readers say."""
        task, stretch = self.task, self.stretch
        said = [self.text]
        if stretch is not None:
            said += [*(["now"] if self.live else []), self.time[1], self.part]
            said += [stretch.kind.value if task is None else "", stretch.place, stretch.calendar]
            said = [one for one in said if one]
        if task is None:
            return ", ".join(said)
        if not task.is_open:
            said.append("done")
        if task.priority is not None:
            said.append(f"{task.priority.value} priority")
        said += self._when_words()
        if task.estimate_min is not None:
            said.append(length_words(task.estimate_min))
        if self.parts[1]:
            hidden = ", hidden" if self.folds else ""
            said.append(f"{self.parts[0]} of {self.parts[1]} parts done{hidden}")
        if self.waits:
            said.append(f"waits for {', '.join(self.waits)}")
        if self.project:
            said.append(f"project {self.project}")
        return ", ".join((*said, *(f"tag {tag}" for tag in task.tags)))

    def _when_words(self) -> list[str]:
        when = f"late, {self.when}" if self.late and self.when else self.when
        behind = f"planned {self.behind}" if self.behind else ""
        return [one for one in (when, behind) if one]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What rows are told by besides their task."""

    now: datetime
    projects: Mapping[ProjectId, str]
    branches: Branches = field(default_factory=Branches)
    folded: bool = False
    """Whether parts are hidden but for those tasks that were turned."""
    turned: frozenset[TaskId] = frozenset()

    def hides_parts(self, task: TaskId) -> bool:
        """Whether the parts of a task are hidden."""
        return self.folded != (task in self.turned)


def row_of(task: Task, around: Surroundings, depth: int = 0, *, below: bool = False) -> TaskRow:
    """The row of a task.

    Args:
        task: Which.
        around: What else is told.
        depth: How far below another one it stands.
        below: Whether some of its parts can stand below it.
    """
    parts = around.branches.parts.get(task.id, ())
    firsts = [around.branches.firsts.get(first) for first in task.waits_for]
    return TaskRow(
        task.title,
        task,
        when_words(task, around.now.date()),
        is_late(task, around.now),
        "" if task.project is None else around.projects.get(task.project, ""),
        depth,
        (sum(not part.is_open for part in parts), len(parts)),
        around.hides_parts(task.id) if below else None,
        tuple(first.title for first in firsts if first is not None) if task.is_open else (),
    )


def rows_of(tasks: Iterable[Task], around: Surroundings) -> list[TaskRow]:
    """Rows without headings, each task by itself."""
    return [row_of(task, around) for task in tasks]


def rows_in_tree(tasks: Sequence[Task], around: Surroundings) -> list[TaskRow]:
    """Tasks with their parts below them; a part stands by itself where its whole is not listed."""
    listed = {task.id for task in tasks}
    tops = [task for task in tasks if task.parent not in listed]
    return [row for task in tops for row in _branch(task, around, frozenset(), 0)]


def rows_with_parts(
    tasks: Iterable[Task], around: Surroundings, listed: frozenset[TaskId]
) -> list[TaskRow]:
    """Each task by itself; below it those of its parts that are not listed for themselves."""
    return [row for task in tasks for row in _branch(task, around, listed, 0)]


def _branch(
    task: Task, around: Surroundings, listed: frozenset[TaskId], depth: int
) -> Iterator[TaskRow]:
    parts = around.branches.parts.get(task.id, ())
    shown = [part for part in parts if part.is_open and part.id not in listed]
    yield row_of(task, around, depth, below=bool(shown))
    if not around.hides_parts(task.id):
        for part in shown:
            yield from _branch(part, around, listed, depth + 1)


def rows_found(tasks: Sequence[Task], around: Surroundings) -> list[TaskRow]:
    """What was searched for."""
    return rows_with_parts(tasks, around, frozenset(task.id for task in tasks))


def _under_heads(
    groups: Iterable[tuple[str, Sequence[Task]]], around: Surroundings
) -> list[TaskRow]:
    """Tasks under those headings that have some."""
    shown = [(head, tasks) for head, tasks in groups if tasks]
    listed = frozenset(task.id for _, tasks in shown for task in tasks)
    rows: list[TaskRow] = []
    for head, tasks in shown:
        rows += [TaskRow(head), *rows_with_parts(tasks, around, listed)]
    return rows


def rows_by_first(
    tasks: Sequence[Task], around: Surroundings, done: Sequence[Task] = ()
) -> list[TaskRow]:
    """Tasks by what to do first: what has its own time stands for itself."""
    soon: list[Task] = []
    free: list[Task] = []
    later: list[Task] = []
    for task in tasks:
        start = task.fixed_start
        group = free if start is None else later if start.date() > around.now.date() else soon
        group.append(task)
    groups = (
        ("At a set time", soon),
        ("What to do first", free),
        ("Later, at a set time", later),
        ("Done today", done),
    )
    return _under_heads(groups, around)


def rows_of_upcoming(tasks: Sequence[Task], around: Surroundings) -> list[TaskRow]:
    """What is coming, by its day."""
    listed = frozenset(task.id for task in tasks)
    rows: list[TaskRow] = []
    for day, members in groupby(tasks, _day):
        if day is not None:
            rows.append(TaskRow(upcoming_head(day, around.now.date())))
            rows += rows_with_parts(members, around, listed)
    return rows


def split_at(tasks: Iterable[Task], day: date) -> tuple[tuple[Task, ...], tuple[Task, ...]]:
    """Tasks with a day before this one, and those of that day and later."""
    near: list[Task] = []
    later: list[Task] = []
    for task in tasks:
        at = _day(task)
        (near if at is None or at < day else later).append(task)
    return tuple(near), tuple(later)


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
        self._has_tree = False
        self._times = ["", ""]

    def show_rows(self, rows: Sequence[TaskRow]) -> None:
        """Shows other rows."""
        self._has_tree = any(row.folds is not None or row.depth for row in rows)
        self._times = [max((row.time[at] for row in rows), key=len, default="") for at in (0, 1)]
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

    @property
    def has_tree(self) -> bool:
        """Whether some rows can be folded."""
        return self._has_tree

    def longest_time(self, *, whole: bool) -> str:
        """The longest of the times in front of rows: from when to when, or when they begin."""
        return self._times[int(whole)]

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
