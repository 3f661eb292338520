"""The board: what is open, begun, waiting and done."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.task import Project, Task, TaskState
from assistant.services.planning.services import PlanningServices
from assistant.services.planning.task_values import Branches
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.plan.board.column import Column
from assistant.ui.plan.doing import Doing
from assistant.ui.plan.page import PlanPage
from assistant.ui.plan.tasks.actions import TaskActions
from assistant.ui.plan.tasks.model import Surroundings, rows_of
from assistant.ui.plan.tasks.moving import Move, Way, brought, dropped
from assistant.ui.plan.tasks.view import Gap
from assistant.ui.theme.theme import Theme

COLUMNS: Final = (
    (TaskState.OPEN, "Not begun", "What you add comes here first."),
    (TaskState.DOING, "Begun", "Draw a card here when you begin it, or press Ctrl and an arrow."),
    (TaskState.WAITING, "Waiting", "For what waits for somebody else."),
    (TaskState.DONE, "Done this week", "What is done stays here for seven days."),
)


class BoardPage(PlanPage):
    """The columns side by side.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Board")
        self.columns = [Column(theme, *one) for one in COLUMNS]
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
        self._watch: Watch | None = None
        self._arriving: tuple[TaskState, list[TaskId]] | None = None
        """Cards that were just taken to a column: they are selected there."""
        doing = Doing(relay, self)
        self._do = doing.do
        self.page = BoardPage(theme)
        first = self.page.columns[0].list
        self.actions = TaskActions(theme, planning, relay, self.page, first)
        self.actions.ways = (Way.UP, Way.DOWN)
        self.actions.details.beside_from = 0  # four columns need all of the page
        for source in (doing, self.actions):
            source.done.connect(self.done)
            source.failed.connect(self.failed)
            source.ended.connect(self.refresh)
        doing.failed.connect(self._arrive_not)
        for column in self.page.columns:
            column.dropped.connect(self._drop)
            column.list.sent.connect(self._send)
            self.actions.attach(column.list)

    def show_projects(self, projects: Sequence[Project]) -> None:
        """Knows these projects by name from now on."""
        self._projects = {project.id: project.name for project in projects}
        self.actions.show_projects(projects)

    def refresh(self) -> None:
        """Reads the board again, and the task that is open."""
        if self._watch is not None:
            self._watch.drop()
        self._watch = self._relay.watch(self._planning.listing.board(), self._show)
        self.actions.details.refresh()

    def _show(self, found: tuple[Mapping[TaskState, tuple[Task, ...]], Branches]) -> None:
        columns, branches = found
        around = Surroundings(self._planning.now(), self._projects, branches)
        for column in self.page.columns:
            column.show_rows(rows_of(columns.get(column.state, ()), around))
        if self._arriving is not None:
            state, tasks = self._arriving
            cards = self.page.of(state).list
            cards.select_all_of(tasks)
            if cards.ids() == tasks:
                self._arriving = None

    def _arrive_not(self) -> None:
        self._arriving = None

    def _drop(self, tasks: list[TaskId], gap: Gap | None) -> None:
        column = self.sender()
        if not isinstance(column, Column):
            return
        rows = column.list.tasks.rows
        here = {row.task.id for row in rows if row.task is not None}
        column.list.setFocus()
        if gap is None:
            self._move(tasks, column.state)
        elif here.issuperset(tasks):
            self.actions.do(dropped(rows, tasks, gap[0], below=gap[1]))
        else:
            self._move(tasks, column.state, brought(rows, tasks, gap[0], below=gap[1]))

    def _send(self, tasks: list[TaskId], step: int) -> None:
        columns = self.page.columns
        sender = self.sender()
        number = next((at for at, one in enumerate(columns) if one.list is sender), 0) + step
        if 0 <= number < len(columns):
            self._move(tasks, columns[number].state)
            columns[number].list.setFocus()

    def _move(self, tasks: list[TaskId], state: TaskState, move: Move | None = None) -> None:
        """To a column, and there to a place."""
        if state is TaskState.DONE:
            self.actions.complete(tasks)
            return
        self._arriving = (state, tasks)
        after = None if move is None else move.after
        first = move is not None and after is None
        self._do(self._planning.tasks.set_state(tasks, state, after=after, first=first))
