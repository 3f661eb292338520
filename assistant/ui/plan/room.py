"""Builds the Plan place and everything behind it; each page when it is first shown."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import StepId
from assistant.domain.task import Project, Task
from assistant.services.core import Core
from assistant.services.planning.desk import Step
from assistant.services.planning.task_values import Counts
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.clock import clock_face
from assistant.ui.main_window import MainWindow
from assistant.ui.plan.adding.controller import AddingController
from assistant.ui.plan.changes import PlanChangesRelay
from assistant.ui.plan.colliding import CollisionNotices
from assistant.ui.plan.place import PlanPlace
from assistant.ui.plan.sight import is_listed
from assistant.ui.plan.tasks.controller import TasksController
from assistant.ui.plan.tasks.folds import Folds
from assistant.ui.plan.tasks.listings import LISTINGS
from assistant.ui.plan.timer.controller import TimerController
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.toast import ToastAction

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.ui.plan.board.board import BoardController
    from assistant.ui.plan.setup.controller import SetupController
    from assistant.ui.plan.week.controller import WeekController
    from assistant.ui.widgets.toast import Toast

_FIRST = "today"


class PlanRoom(QObject):
    """The Plan place, as the window uses it.

    Args:
        theme: The theme in force.
        core: The services.
        relay: Brings outcomes here.
        window: Gets the place.
    """

    failed = Signal(object)
    """A ``UserFacingError``."""
    said = Signal(str)
    """One line on what was done."""

    def __init__(self, theme: Theme, core: Core, relay: JobRelay, window: MainWindow) -> None:
        super().__init__(window)
        self._theme = theme
        self._planning = core.planning
        self._relay = relay
        self._window = window
        self._projects: tuple[Project, ...] = ()
        self._counts: Counts | None = None
        self._offer: Toast | None = None
        self._week: WeekController | None = None
        self._board: BoardController | None = None
        self._setup: SetupController | None = None
        self._lists: dict[str, TasksController] = {}
        turned = core.settings.current.general.turned_tasks
        self._folds = Folds(turned, core.preferences, relay, self)
        self._adding = AddingController(theme, core.planning, relay, self)
        self._timer = TimerController(theme, core.planning, relay, self)
        self.place = PlanPlace(theme, self._line())
        self._changes = PlanChangesRelay(core.planning.desk, self)
        self._collisions = CollisionNotices(core.planning, relay, window, self)
        self._refreshers: dict[str, Callable[[], object]] = {}
        self._connect()
        self.place.show_page(_FIRST)

    @property
    def adding(self) -> AddingController:
        """The line for adding."""
        return self._adding

    def tasks(self, key: str) -> TasksController | None:
        """The controller of a list of tasks that was shown."""
        return self._lists.get(key)

    @property
    def timer(self) -> TimerController:
        """The clock of what runs."""
        return self._timer

    @property
    def week(self) -> "WeekController | None":
        """The controller of the week, once it was shown."""
        return self._week

    def refresh(self) -> None:
        """Reads again what is shown, now that the place is, and learns from what is new."""
        self._count()
        self._timer.refresh()
        self._relay.watch(self._planning.training.retrain_if_due())
        self._shown(self.place.current)

    def close(self) -> None:
        """Shows nothing more."""
        self._changes.close()
        self._collisions.close()
        self._timer.close()

    def _line(self) -> QWidget:
        """What every page shows under its head: the line for adding, and what runs."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(8))
        column.addWidget(self._adding.bar)
        column.addWidget(self._timer.strip)
        return made

    def _connect(self) -> None:
        place = self.place
        place.page_wanted.connect(self._make)
        place.page_shown.connect(self._shown)
        place.project_wanted.connect(self._open_project)
        place.adding_wanted.connect(self._write)
        place.undo_wanted.connect(self.undo)
        place.redo_wanted.connect(self.redo)
        self._changes.changed.connect(self._changed)
        self._collisions.done.connect(self._offer_undo)
        self._collisions.failed.connect(self.failed)
        self._timer.failed.connect(self.failed)
        self._timer.done.connect(self._offer_undo)
        self._adding.added.connect(self._added)
        self._adding.done.connect(self._offer_undo)
        self._adding.bar.field.left.connect(self._leave_line)

    # Pages

    def _make(self, key: str) -> None:
        makers = {
            "week": self._make_week,
            "board": self._make_board,
            "insights": self._make_insights,
            "setup": self._make_setup,
        }
        maker = makers.get(key)
        if maker is not None:
            maker()
            return
        listing = next((one for one in LISTINGS if one.key == key), None)
        if listing is None:
            return
        made = TasksController(listing, self._theme, self._planning, self._relay, self)
        made.failed.connect(self.failed)
        made.done.connect(self._offer_undo)
        made.away.connect(self._offer_way)
        made.page.tried.connect(self._try)
        made.line_wanted.connect(self._write)
        made.left.connect(self._leave_project)
        made.show_projects(self._projects)
        made.show_turned(self._folds.of(key))
        made.turned.connect(self._folds.keep)
        self._lists[key] = made
        self._refreshers[key] = made.refresh
        page: QWidget = made.page
        self.place.add_page(key, page)

    def _make_week(self) -> None:
        from assistant.ui.plan.week.controller import WeekController

        made = WeekController(self._theme, self._planning, self._relay, self)
        made.failed.connect(self.failed)
        made.done.connect(self._offer_undo)
        made.clashed.connect(self._offer_room)
        made.line_wanted.connect(self._write)
        made.tried.connect(self._try)
        made.proposing.hear(self._adding)
        made.page.undo_wanted.connect(self.undo)
        made.page.empty.import_wanted.connect(self._bring_calendar)
        made.page.empty.hours_wanted.connect(self._to_setup)
        self._week = made
        self._refreshers["week"] = made.refresh
        self.place.add_page("week", made.page)

    def _make_board(self) -> None:
        from assistant.ui.plan.board.board import BoardController

        made = BoardController(self._theme, self._planning, self._relay, self)
        made.failed.connect(self.failed)
        made.done.connect(self._offer_undo)
        made.show_projects(self._projects)
        self._board = made
        self._refreshers["board"] = made.refresh
        self.place.add_page("board", made.page)

    def _make_insights(self) -> None:
        from assistant.ui.plan.insights.controller import InsightsController

        made = InsightsController(self._theme, self._planning, self._relay, self)
        made.failed.connect(self.failed)
        made.page.logged.correct_wanted.connect(self._timer.correct)
        self._refreshers["insights"] = made.refresh
        self.place.add_page("insights", made.page)

    def _make_setup(self) -> None:
        from assistant.ui.plan.setup.controller import SetupController

        made = SetupController(self._theme, self._planning, self._relay, self)
        made.failed.connect(self.failed)
        made.said.connect(self.said)
        made.done.connect(self._offer_undo)
        self._setup = made
        self._refreshers["setup"] = made.refresh
        self.place.add_page("setup", made.page)

    def _to_setup(self) -> None:
        self.place.show_page("setup")

    def _bring_calendar(self) -> None:
        self._to_setup()
        if self._setup is not None:
            self._setup.choose_import()

    def _shown(self, key: str) -> None:
        if key != "project":
            self._adding.project = None
        made = self._lists.get(key)
        if made is not None:
            made.arrive()
        else:
            self._show_again()
        if key == "week" and self._week is not None:
            self._week.page.canvas.setFocus()

    def _show_again(self) -> None:
        refresh = self._refreshers.get(self.place.current)
        if refresh is not None:
            refresh()

    def _open_project(self, project: int) -> None:
        found = next((one for one in self._projects if one.id == project), None)
        if found is None:
            return
        self.place.show_page("project", project)
        self._adding.project = found.id
        self._lists["project"].open_project(found.id)

    def _leave_project(self) -> None:
        self.place.show_page("inbox")

    # What changed

    def _changed(self, tables: frozenset[str]) -> None:
        if self._week is not None and "plananswer" in tables:
            self._week.forget_energy()
        if tables & {"work", "task"}:
            self._timer.refresh()
        if "planword" in tables:
            self._adding.bar.read_again()
        self._count()
        self._show_again()

    def _count(self) -> None:
        self._relay.watch(self._planning.tasks.counts(), self._show_counts)
        self._relay.watch(self._planning.projects.all(), self._show_projects)

    def _show_counts(self, counts: Counts) -> None:
        self._counts = counts
        sections = self.place.sections
        sections.set_count("inbox", counts.inbox)
        sections.set_count("today", counts.today)
        self._window.sidebar.set_count("plan", counts.today)
        sections.show_projects(self._projects, counts.by_project)

    def _show_projects(self, projects: tuple[Project, ...]) -> None:
        again = projects != self._projects
        self._projects = projects
        for made in self._lists.values():
            made.show_projects(projects)
        if self._board is not None:
            self._board.show_projects(projects)
        left = self._counts.by_project if self._counts is not None else {}
        self.place.sections.show_projects(projects, left)
        if again:
            self._show_again()

    # Adding

    def _write(self) -> None:
        self._adding.bar.write()

    def _try(self, words: str) -> None:
        self._adding.bar.write(words)

    def _leave_line(self) -> None:
        made = self._lists.get(self.place.current)
        if made is not None and made.page.list.isVisible():
            made.page.list.setFocus()

    def _added(self, task: Task) -> None:
        if task.project is None:
            where = "Inbox"
        else:
            same = (one.name[:40] for one in self._projects if one.id == task.project)
            where = next(same, "its new project")
        words = f"“{task.title[:60]}” was added to {where}."
        if self._is_seen(task):
            self._offer_undo(words)
        else:
            self._offer_way(words, task)

    def _is_seen(self, task: Task) -> bool:
        """Whether the page that is shown lists a task."""
        page, today = self.place.current, self._planning.now().date()
        grid = self._week.page.canvas.grid() if page == "week" and self._week is not None else None
        if grid is not None:
            start = task.fixed_start
            return start is not None and 0 <= (start.date() - grid.first).days < grid.days
        return is_listed(page, task, today, self._adding.project)

    def _show_task(self, task: Task) -> None:
        """Goes to a task in the list that it belongs to."""
        if task.project is None:
            self.place.show_page("inbox")
        else:
            self._open_project(task.project)
        made = self._lists.get(self.place.current)
        if made is not None:
            made.reveal(task)

    # Undoing

    def _offer_way(self, words: str, task: Task) -> None:
        """As ``_offer_undo``, of what is out of sight: with the way there."""
        self._offer_undo(words, ToastAction("Show", partial(self._show_task, task)))

    def _offer_room(self, words: str, put: "Callable[[], object]") -> None:
        """As ``_offer_undo``, of what lies on something: with the way to where there is room."""
        self._offer_undo(words, ToastAction("Move there", put))

    def _offer_undo(self, words: str, also: ToastAction | None = None) -> None:
        """Says what was done, and offers to take back just that; nothing where nothing changed."""
        toasts, step = self._window.toasts, self._relay.step
        if step is None:
            toasts.show_toast(words, icon="circle-check", tone="good")
            return
        if self._offer is not None and self._offer in toasts.toasts():
            # What it would undo is not the last step any more.
            self._offer.close_now()
        self._offer = toasts.show_toast(
            words,
            icon="circle-check",
            tone="good",
            action="Undo",
            on_action=partial(self._undo_step, step),
            also=also,
        )

    def _undo_step(self, step: StepId) -> None:
        job = self._planning.desk.undo_step(step)
        self._relay.watch(job, self._undone, self._not_undone)

    def _not_undone(self, error: UserFacingError) -> None:
        self._window.toasts.show_toast(f"{error.message} {error.hint}", icon="undo-2")

    def undo(self) -> None:
        """Takes back what was done last."""
        self._relay.watch(self._planning.tasks.undo(), self._undone)

    def redo(self) -> None:
        """Does again what was taken back last."""
        self._relay.watch(self._planning.tasks.redo(), self._redone)

    def _undone(self, step: Step | None) -> None:
        words = "There is nothing to undo." if step is None else f"Undone: {_words(step)}."
        self._window.toasts.show_toast(words, icon="undo-2")

    def _redone(self, step: Step | None) -> None:
        words = "There is nothing to do again." if step is None else f"Done again: {_words(step)}."
        self._window.toasts.show_toast(words, icon="redo-2")


def _words(step: Step) -> str:
    return clock_face().told(step.words)
