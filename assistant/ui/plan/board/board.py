"""The board: what is open, begun, waiting and done."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.task import Project, Task, TaskState
from assistant.services.planning.services import PlanningServices
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.plan.board.column import Column
from assistant.ui.plan.doing import Doing
from assistant.ui.plan.page import PlanPage
from assistant.ui.plan.tasks.choices import Change, TaskChoices
from assistant.ui.plan.tasks.model import Surroundings, rows_of
from assistant.ui.theme.theme import Theme

COLUMNS: Final = (
    (TaskState.OPEN, "Not begun"),
    (TaskState.DOING, "Begun"),
    (TaskState.WAITING, "Waiting"),
    (TaskState.DONE, "Done this week"),
)


class BoardPage(PlanPage):
    """The columns side by side.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Board")
        self.columns = [Column(theme, state, title) for state, title in COLUMNS]
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(10))
        for column in self.columns:
            line.addWidget(column, 1)
        self.column.addWidget(row, 1)

    def of(self, state: TaskState) -> Column:
        """The column of a state."""
        return next(column for column in self.columns if column.state is state)


class BoardController(QObject):
    """Fills the board, and moves tasks on it.

    Args:
        theme: The theme in force.
        planning: The services.
        relay: Brings outcomes here.
        parent: The owner.
    """

    failed = Signal(object)
    done = Signal(str)
    """Something was done that may be taken back, in words."""

    def __init__(
        self, theme: Theme, planning: PlanningServices, relay: JobRelay, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._planning = planning
        self._relay = relay
        self._projects: dict[ProjectId, str] = {}
        self._every: tuple[Project, ...] = ()
        self._watch: Watch | None = None
        doing = Doing(relay, self)
        doing.done.connect(self.done)
        doing.failed.connect(self.failed)
        doing.ended.connect(self.refresh)
        self._do = doing.do
        self.page = BoardPage(theme)
        self._at: Column = self.page.columns[0]
        self._choices = TaskChoices(theme, self.page)
        for column in self.page.columns:
            column.dropped.connect(self._drop)
            tasks = column.list
            tasks.sent.connect(self._send)
            tasks.toggled.connect(self._toggle)
            tasks.deleted.connect(self._delete)
            tasks.asked.connect(self._open)
            tasks.tasks.renamed.connect(self._rename)
        choices = self._choices
        choices.changed.connect(self._change)
        choices.state_wanted.connect(self._put_into)
        choices.ended.connect(self._toggle_selected)
        choices.deleted.connect(self._delete_selected)
        choices.dropped.connect(self._give_up)
        choices.rename_wanted.connect(self._begin_renaming)
        choices.line_given.connect(self._change_by_line)

    def show_projects(self, projects: Sequence[Project]) -> None:
        """Knows these projects by name from now on."""
        self._every = tuple(projects)
        self._projects = {project.id: project.name for project in projects}

    def refresh(self) -> None:
        """Reads the board again."""
        if self._watch is not None:
            self._watch.drop()
        self._watch = self._relay.watch(self._planning.tasks.board(), self._show)

    def _show(self, found: Mapping[TaskState, tuple[Task, ...]]) -> None:
        around = Surroundings(self._planning.now(), self._projects)
        for column in self.page.columns:
            column.show_rows(rows_of(found.get(column.state, ()), around))

    # What is done

    def _column(self) -> Column:
        """The column that the keys are in, or were in last."""
        focused = next((one for one in self.page.columns if one.list.hasFocus()), None)
        self._at = focused or self._at
        return self._at

    def _drop(self, tasks: list[TaskId]) -> None:
        column = self.sender()
        if isinstance(column, Column):
            self._move(tasks, column.state)

    def _send(self, tasks: list[TaskId], step: int) -> None:
        columns = self.page.columns
        number = columns.index(self._column()) + step
        if 0 <= number < len(columns):
            self._move(tasks, columns[number].state)
            columns[number].list.setFocus()

    def _put_into(self, state: TaskState) -> None:
        self._move(self._column().list.ids(), state)

    def _move(self, tasks: list[TaskId], state: TaskState) -> None:
        if state is TaskState.DONE:
            self._do(self._planning.completing.complete(tasks), "Done.")
        else:
            self._do(self._planning.tasks.set_state(tasks, state))

    def _toggle(self, tasks: list[TaskId]) -> None:
        done = self.page.of(TaskState.DONE).list
        if any(done.tasks.row_of(task) >= 0 for task in tasks):
            self._do(self._planning.tasks.reopen(tasks))
        else:
            self._move(tasks, TaskState.DONE)

    def _toggle_selected(self) -> None:
        self._toggle(self._column().list.ids())

    def _delete(self, tasks: list[TaskId]) -> None:
        self._do(self._planning.tasks.delete(tasks), "Deleted.")

    def _delete_selected(self) -> None:
        self._delete(self._column().list.ids())

    def _give_up(self) -> None:
        self._do(self._planning.completing.drop(self._column().list.ids()), "Dropped.")

    def _begin_renaming(self) -> None:
        self._column().list.rename()

    def _rename(self, task: int, title: str) -> None:
        self._do(self._planning.tasks.edit([TaskId(task)], lambda one: replace(one, title=title)))

    def _change(self, change: Change, words: str) -> None:
        self._do(self._planning.tasks.edit(self._column().list.ids(), change, words))

    def _change_by_line(self, text: str) -> None:
        self._do(self._planning.adding.change_by_line(self._column().list.ids(), text))

    def _open(self, name: str, at: QPoint) -> None:
        choices, column = self._choices, self._column()
        sender = self.sender()
        self._at = next((one for one in self.page.columns if one.list is sender), column)
        if name == "due":
            choices.open_due(self._planning.now(), at)
        elif name == "priority":
            choices.open_priority(at)
        elif name == "project":
            choices.open_project(self._every, at)
        elif name == "estimate":
            choices.open_estimate(at)
        else:
            choices.open_more(self._at.list.selected(), self._open, at)
