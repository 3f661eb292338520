"""What the lists of tasks show, and what is done with the tasks in them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, QPoint, QTimer, Signal

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.task import Project, Task, TaskState
from assistant.services.jobs import Job
from assistant.services.planning.services import PlanningServices
from assistant.services.planning.task_values import Completed, Today
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.plan.doing import Doing
from assistant.ui.plan.tasks.choices import TaskChoices
from assistant.ui.plan.tasks.model import (
    Surroundings,
    TaskRow,
    rows_of,
    rows_of_today,
    rows_of_upcoming,
)
from assistant.ui.plan.tasks.page import TasksPage
from assistant.ui.plan.words import long_day
from assistant.ui.theme.theme import Theme

_FILTER_PAUSE_MS = 120
_UPCOMING_DAYS = 28
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Listing:
    """What one page lists.

    Args:
        key: “inbox”, “today”, “upcoming” or “project”.
        title: Of the page.
        empty: A title, and what to do, where there is nothing.
    """

    key: str
    title: str
    empty: tuple[str, str]


LISTINGS = (
    Listing(
        "inbox",
        "Inbox",
        ("The inbox is empty", "Say what has to be done, in your own words; it comes here first."),
    ),
    Listing(
        "today",
        "Today",
        ("Nothing is due today", "What is due, and what takes place, comes here on its day."),
    ),
    Listing(
        "upcoming",
        "Upcoming",
        ("Nothing is coming up", "Tasks with a day come here, four weeks ahead."),
    ),
    Listing(
        "project",
        "Project",
        ("Nothing is left here", "Tasks that you add on this page belong to the project."),
    ),
)


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
        self._doing = Doing(relay, self)
        self._do = self._doing.do
        self._arriving = False
        self.page = TasksPage(theme, listing.title, listing.empty)
        self._choices = TaskChoices(theme, self.page)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_FILTER_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._connect()

    def _connect(self) -> None:
        self._doing.done.connect(self.done)
        self._doing.failed.connect(self.failed)
        page, tasks, choices = self.page, self.page.list, self._choices
        page.filtered.connect(self._filter_later)
        tasks.toggled.connect(self._toggle)
        tasks.deleted.connect(self._delete)
        tasks.asked.connect(self._open)
        tasks.tasks.renamed.connect(self._rename)
        choices.changed.connect(self._change)
        choices.state_wanted.connect(self._put_into)
        choices.line_given.connect(self._change_by_line)
        choices.ended.connect(self._toggle_selected)
        choices.dropped.connect(self._drop)
        choices.deleted.connect(self._delete_selected)
        choices.rename_wanted.connect(tasks.rename)

    def show_projects(self, projects: Sequence[Project]) -> None:
        """Knows these projects by name from now on."""
        self._projects = tuple(projects)
        if self._project is not None:
            same = (one for one in projects if self._project and one.id == self._project.id)
            self._project = next(same, self._project)

    def open_project(self, project: ProjectId) -> None:
        """Lists a project."""
        self._project = next((one for one in self._projects if one.id == project), None)
        self.refresh()

    def arrive(self) -> None:
        """The page was just shown: the keys go to its first task, or to the line for adding."""
        self._arriving = True
        self.refresh()

    def refresh(self) -> None:
        """Reads again what is listed."""
        if self._watch is not None:
            self._watch.drop()
        words = self.page.filter.text().strip()
        if words:
            job: Job[Any] = self._planning.tasks.filtered(words, limit=500)
            self._watch = self._relay.watch(job, self._show_found, self.page.show_problem)
            return
        job, show = self._reading()
        self._watch = self._relay.watch(job, show, self.page.show_problem)

    def _reading(self) -> tuple[Job[Any], Callable[[Any], object]]:
        tasks = self._planning.tasks
        if self._listing.key == "today":
            return tasks.today(), self._show_today
        if self._listing.key == "upcoming":
            return tasks.upcoming(_UPCOMING_DAYS), self._show_upcoming
        if self._listing.key == "project" and self._project is not None:
            return tasks.of_project(self._project.id), self._show_found
        return tasks.inbox(), self._show_found

    # What is shown

    def _around(self) -> Surroundings:
        return Surroundings(
            self._planning.now(), {project.id: project.name for project in self._projects}
        )

    def _show_found(self, tasks: tuple[Task, ...]) -> None:
        if self._listing.key == "project" and self._project is not None:
            self.page.set_title(self._project.name)
        self._show(rows_of(tasks, self._around()), _count(tasks))

    def _show_today(self, today: Today) -> None:
        self._show(rows_of_today(today, self._around()), long_day(today.day))

    def _show_upcoming(self, tasks: tuple[Task, ...]) -> None:
        self._show(rows_of_upcoming(tasks, self._around()), _count(tasks))

    def _show(self, rows: list[TaskRow], facts: str) -> None:
        self.page.show_rows(rows, facts)
        if self._arriving:
            self._arriving = False
            if rows:
                self.page.list.setFocus()
            else:
                self.line_wanted.emit()

    def _filter_later(self) -> None:
        self._pause.start()

    # What is done

    def _toggle(self, ids: list[TaskId]) -> None:
        tasks = self._listed(ids)
        left = [task.id for task in tasks if task.is_open]
        if left:
            job = self._planning.completing.complete(left)
            self._relay.watch(job, self._completed, self._refused)
        else:
            self._do(self._planning.tasks.reopen(ids), f"{_named(tasks)} open again.")

    def _refused(self, error: UserFacingError) -> None:
        self.failed.emit(error)

    def _completed(self, completed: Completed) -> None:
        tasks = self._listed(completed.done)
        words = f"{_named(tasks)} done." if tasks else "Done."
        if completed.again:
            words += " It comes again."
        elif completed.freed:
            words += f" “{completed.freed[0].title[:60]}” can begin."
        self.done.emit(words)

    def _listed(self, ids: Sequence[TaskId]) -> list[Task]:
        wanted = set(ids)
        rows = self.page.list.tasks.rows
        return [row.task for row in rows if row.task is not None and row.task.id in wanted]

    def _toggle_selected(self) -> None:
        self._toggle(self.page.list.ids())

    def _drop(self) -> None:
        tasks = self.page.list.selected()
        job = self._planning.completing.drop([task.id for task in tasks])
        self._do(job, f"{_named(tasks)} dropped.")

    def _delete_selected(self) -> None:
        self._delete(self.page.list.ids())

    def _delete(self, ids: list[TaskId]) -> None:
        self._do(self._planning.tasks.delete(ids), f"{_named(self._listed(ids))} deleted.")

    def _rename(self, task: int, title: str) -> None:
        job = self._planning.tasks.edit([TaskId(task)], lambda one: replace(one, title=title))
        self._do(job)

    def _change(self, change: Callable[[Task], Task], words: str) -> None:
        self._do(self._planning.tasks.edit(self.page.list.ids(), change, words))

    def _put_into(self, state: TaskState) -> None:
        self._do(self._planning.tasks.set_state(self.page.list.ids(), state))

    def _change_by_line(self, text: str) -> None:
        self._do(self._planning.adding.change_by_line(self.page.list.ids(), text))

    def _open(self, name: str, at: QPoint) -> None:
        choices = self._choices
        if name == "due":
            choices.open_due(self._planning.now(), at)
        elif name == "priority":
            choices.open_priority(at)
        elif name == "project":
            choices.open_project(self._projects, at)
        elif name == "estimate":
            choices.open_estimate(at)
        else:
            choices.open_more(self.page.list.selected(), self._open, at)


def _count(tasks: Sequence[Task]) -> str:
    return "" if not tasks else "1 task" if len(tasks) == 1 else f"{len(tasks)} tasks"


def _named(tasks: Sequence[Task]) -> str:
    if len(tasks) == 1:
        title = tasks[0].title
        return f"“{title if len(title) <= _LONGEST else title[: _LONGEST - 1] + '…'}” is"
    return f"{len(tasks)} tasks are"
