"""What the lists of tasks show."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.task import Project, Task
from assistant.domain.task_filter import Order
from assistant.services.jobs import Job
from assistant.services.planning.adding import ReadLine
from assistant.services.planning.services import PlanningServices
from assistant.services.planning.task_values import Branches, Today
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.plan.sight import UPCOMING_DAYS, is_listed
from assistant.ui.plan.tasks.actions import TaskActions
from assistant.ui.plan.tasks.day import rows_of_today
from assistant.ui.plan.tasks.listings import Listing
from assistant.ui.plan.tasks.model import (
    Surroundings,
    TaskRow,
    rows_by_first,
    rows_found,
    rows_in_tree,
    rows_of_upcoming,
    split_at,
)
from assistant.ui.plan.tasks.ordering import BY_DATE, BY_HAND, OrderChoice
from assistant.ui.plan.tasks.page import TasksPage
from assistant.ui.plan.tasks.projects import ProjectActions
from assistant.ui.plan.words import later_words, long_day
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton

_FILTER_PAUSE_MS = 120
_MINUTE_MS = 60_000
_FAR_DAYS = 36_500
_MOST_FOUND = 500


class TasksController(QObject):
    """One page of tasks.

    Args:
        listing: What it lists.
        theme: The theme in force.
        planning: The services.
        relay: Brings outcomes here.
        parent: The owner.
    """

    failed = Signal(object)
    """A ``UserFacingError``."""
    line_wanted = Signal()
    """Nothing is listed: the keys belong to the line for adding."""
    done = Signal(str)
    """Something was done that may be taken back, in words."""
    turned = Signal(str, object)
    """The key of the list, and the ids of the tasks in it that are folded otherwise by hand."""
    away = Signal(str, object)
    """As of ``TaskActions``."""
    left = Signal()
    """The project that it lists is gone from the lists."""

    def __init__(
        self,
        listing: Listing,
        theme: Theme,
        planning: PlanningServices,
        relay: JobRelay,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._listing = listing
        self._planning = planning
        self._relay = relay
        self._projects: tuple[Project, ...] = ()
        self._project: Project | None = None
        self._watch: Watch | None = None
        self._arriving = False
        self._wanted: TaskId | None = None
        """A task to go to once it is listed."""
        self._far = False
        """Whether what is coming is listed however far away it is."""
        self._turned: dict[TaskId, None] = {}
        """Tasks whose parts are hidden where those of others are seen, or the other way round; the
        last one last."""
        self._turned_found: dict[TaskId, None] = {}
        """The same of what is found by words."""
        self.page = TasksPage(theme, listing.title, listing.empty)
        self.actions = TaskActions(theme, planning, relay, self.page, self.page.list)
        self.project_actions = ProjectActions(theme, planning.projects, relay, self.page)
        orders = BY_HAND if listing.by_hand else BY_DATE
        self.ordering = OrderChoice(theme, planning.settings, relay, orders, self)
        self._more = IconButton(theme, "ellipsis", "Projects: name, archive, bring back")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_FILTER_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self.follow_clock)
        if listing.key == "today":
            self._minute.start()
        self._connect()

    def _connect(self) -> None:
        page, actions, bar = self.page, self.actions, self.page.selected
        actions.attach(page.list)
        actions.keeps = self._keeps
        actions.away.connect(self.away)
        for source in (actions, self.project_actions):
            source.done.connect(self.done)
            source.failed.connect(self.failed)
        actions.unfolded.connect(self._unfold)
        page.filtered.connect(self._filter_later)
        page.list.turned.connect(self._turn)
        page.later.clicked.connect(self._turn_far)
        bar.ended.connect(actions.end_selected)
        bar.given.connect(self._change_selected)
        bar.typed.connect(self._read_line)
        self.project_actions.left.connect(self.left)
        self.ordering.changed.connect(self._read)
        self.ordering.failed.connect(self.failed)
        page.add_to_head(self.ordering.button)
        if self._listing.by_hand:
            page.add_to_head(self._more)
            self._more.clicked.connect(self._open_projects)
        self._show_order()

    @property
    def project(self) -> Project | None:
        """The project that is listed, on the page of projects."""
        return self._project

    def show_projects(self, projects: Sequence[Project]) -> None:
        """Knows these projects by name from now on."""
        self._projects = tuple(projects)
        self.actions.show_projects(projects)
        if self._project is not None:
            same = (one for one in projects if self._project and one.id == self._project.id)
            self._project = next(same, self._project)

    def show_turned(self, tasks: Sequence[TaskId]) -> None:
        """Folds these otherwise than the rest, as they were left."""
        self._turned = dict.fromkeys(tasks)

    def open_project(self, project: ProjectId) -> None:
        """Lists a project."""
        if self._project is not None and self._project.id != project:
            self.actions.details.close()
        self._project = next((one for one in self._projects if one.id == project), None)
        self.refresh()

    def arrive(self) -> None:
        """The page was just shown: the keys go to its first task, or to the line for adding."""
        self._arriving = True
        self.refresh()

    def refresh(self) -> None:
        """Reads again what is listed, and the task that is open."""
        self.ordering.look(self._key)
        self._read()
        self.actions.details.refresh()

    def follow_clock(self) -> None:
        """What was to come may be now, or over; a title that is being written is left alone."""
        tasks = self.page.list
        if self.page.isVisible() and tasks.state() != QAbstractItemView.State.EditingState:
            self._read()

    @property
    def _key(self) -> str:
        """The name of the list that the order is kept by."""
        project = self._project if self._listing.key == "project" else None
        return self._listing.key if project is None else f"project:{project.id}"

    def _read(self) -> None:
        if self._watch is not None:
            self._watch.drop()
        self._show_order()
        job, show = self._reading()
        self._watch = self._relay.watch(job, show, self.page.show_problem)

    def _reading(self) -> tuple[Job[Any], Callable[[Any], object]]:
        listing, words = self._planning.listing, self.page.filter.text().strip()
        order = self.ordering.order
        if words:
            order = Order.DUE if order is Order.HAND else order
            return listing.filtered(words, _MOST_FOUND, order), self._show_found
        if self._listing.key == "today":
            return listing.today(order), self._show_today
        if self._listing.key == "upcoming":
            return listing.upcoming(_FAR_DAYS, order), self._show_upcoming
        if self._listing.key == "project" and self._project is not None:
            return listing.of_project(self._project.id, order), self._show_tree
        return listing.inbox(order), self._show_tree

    # What is shown

    def _show_order(self) -> None:
        """Only a whole list can be put into an order by hand."""
        by_hand = self.ordering.order is Order.HAND and not self._is_filtered
        self.actions.by_hand = by_hand
        self.page.list.set_arranged(arranged=by_hand)

    def _around(self, branches: Branches) -> Surroundings:
        return Surroundings(
            self._planning.now(),
            {one.id: one.name for one in self._projects if one is not self._project},
            branches,
            self._is_filtered or not self._listing.by_hand,
            frozenset(self._turned_found if self._is_filtered else self._turned),
        )

    def _show_tree(self, found: tuple[tuple[Task, ...], Branches]) -> None:
        tasks, branches = found
        if self._listing.key == "project" and self._project is not None:
            self.page.set_title(self._project.name)
        self._show(rows_in_tree(tasks, self._around(branches)), _count(tasks))

    def _show_found(self, found: tuple[tuple[Task, ...], Branches]) -> None:
        tasks, branches = found
        self.page.show_later("")
        self._show(rows_found(tasks, self._around(branches)), _count(tasks))

    def _show_today(self, found: tuple[Today, Branches]) -> None:
        today, branches = found
        around = self._around(branches)
        if self._by_first:
            rows = rows_by_first(today.first, around, today.done)
        else:
            rows = rows_of_today(today, around)
        self._show(rows, long_day(today.day))

    def _show_upcoming(self, found: tuple[tuple[Task, ...], Branches]) -> None:
        tasks, branches = found
        around = self._around(branches)
        near, later = split_at(tasks, around.now.date() + timedelta(UPCOMING_DAYS))
        shown = tasks if self._far else near
        make = rows_by_first if self._by_first else rows_of_upcoming
        facts = _count(shown)
        if not self._far:
            facts = f"{facts} in the next four weeks" if facts else "the next four weeks"
        self.page.show_later(later_words(later, around.now.date()), shown=self._far)
        self._show(make(shown, around), facts)

    def _turn_far(self) -> None:
        """Lists what is later as well, or no more."""
        self._far = not self._far
        self._read()

    @property
    def _by_first(self) -> bool:
        return self.ordering.order is Order.FIRST

    def _show(self, rows: list[TaskRow], facts: str) -> None:
        ordered = self.ordering.words if rows and self._listing.by_hand else ""
        self.page.show_rows(rows, f"{facts}, {ordered}" if ordered else facts)
        if self._wanted is not None and self.page.list.tasks.row_of(self._wanted) >= 0:
            self._arriving = False
            self.page.list.setFocus()
            self.page.list.select(self._wanted)
            self._wanted = None
        if self._arriving:
            self._arriving = False
            if rows:
                self.page.list.setFocus()
            else:
                self.line_wanted.emit()

    def _filter_later(self) -> None:
        self._turned_found.clear()
        self._pause.start()

    @property
    def _is_filtered(self) -> bool:
        return bool(self.page.filter.text().strip())

    def _turn(self, task: TaskId) -> None:
        turned = self._turned_found if self._is_filtered else self._turned
        if task in turned:
            del turned[task]
        else:
            turned[task] = None
        self._tell_turned()
        self.refresh()

    def _unfold(self, task: TaskId) -> None:
        self._turned.pop(task, None)
        self._tell_turned()

    def _tell_turned(self) -> None:
        self.turned.emit(self._listing.key, list(self._turned))

    def _open_projects(self) -> None:
        current = self._project if self._listing.key == "project" else None
        self.project_actions.open(current, self._more)

    # What several are given at once

    def _read_line(self, text: str) -> None:
        self._relay.watch(self._planning.adding.read(text), self._show_line, self._refuse_line)

    def _show_line(self, line: ReadLine) -> None:
        self.page.selected.show_found(line.text, line.found, self._planning.now().date())

    def _refuse_line(self, error: UserFacingError) -> None:
        self.page.selected.refuse(error)

    def _change_selected(self, text: str) -> None:
        job = self._planning.adding.change_by_line(self.page.list.ids(), text)
        self._relay.watch(job, self._selected_changed, self._refuse_line)

    def _selected_changed(self, tasks: tuple[Task, ...]) -> None:
        self.page.selected.taken()
        self.page.list.setFocus()
        words = f"{len(tasks)} tasks were changed."
        if not self.actions.tell_away(tasks, tasks, words):
            self.done.emit(words)

    # What is out of sight

    def _keeps(self, task: Task) -> bool:
        """Whether the page still lists a task; what is found by words is not looked through."""
        project = None if self._project is None else self._project.id
        today = self._planning.now().date()
        return self._is_filtered or is_listed(self._listing.key, task, today, project)

    def reveal(self, task: Task) -> None:
        """Goes to a task, whatever hides it."""
        self.page.filter.clear()
        self._wanted = task.id
        if task.parent is not None:
            self._unfold(task.parent)
        self.refresh()


def _count(tasks: Sequence[Task]) -> str:
    return "" if not tasks else "1 task" if len(tasks) == 1 else f"{len(tasks)} tasks"
