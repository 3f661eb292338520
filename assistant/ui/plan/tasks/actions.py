"""What is done with the selected tasks of a list: ended, changed, moved, deleted, opened."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, QPoint, Signal

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.task import Project, Task, TaskState, Work
from assistant.services.planning.services import PlanningServices
from assistant.services.planning.task_values import Completed
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.plan.details.controller import DetailsController
from assistant.ui.plan.doing import Doing
from assistant.ui.plan.sight import gone_words
from assistant.ui.plan.tasks.choices import TaskChoices
from assistant.ui.plan.tasks.moving import Move, Way, dropped, moved
from assistant.ui.plan.tasks.naming import LONGEST, named
from assistant.ui.plan.tasks.view import TaskList
from assistant.ui.plan.words import day_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.page import TitledPage
from assistant.ui.widgets.question import Question

_BY_DATE = UserFacingError(
    "This list does not stand in an order of your own.",
    "Move tasks in the inbox or in a project whose order is “By hand”, or on the board.",
    code="list_by_date",
)


class TaskActions(QObject):
    """Does what the lists of a page ask for.

    Args:
        theme: The theme in force.
        planning: The services.
        relay: Brings outcomes here.
        page: Of the lists.
        first: The list that is meant until another one asks for something.
    """

    failed = Signal(object)
    """A ``UserFacingError``."""
    done = Signal(str)
    """Something was done that may be taken back, in words."""
    away = Signal(str, object)
    """What was changed left the page: that in words, and a ``Task`` of it."""
    ended = Signal()
    """A change is through, or failed."""
    unfolded = Signal(object)
    """The id of a task that tasks were put below: its parts shall be seen."""

    def __init__(
        self,
        theme: Theme,
        planning: PlanningServices,
        relay: JobRelay,
        page: TitledPage,
        first: TaskList,
    ) -> None:
        super().__init__(page)
        self._theme = theme
        self._planning = planning
        self._relay = relay
        self._page = page
        self._projects: tuple[Project, ...] = ()
        self._list = first
        self.by_hand = True
        """Whether the order of the lists is the user's own."""
        self.ways: tuple[Way, ...] = tuple(Way)
        """In which directions tasks can be moved, where it is."""
        self.keeps: Callable[[Task], bool] = _always
        """Whether the page lists a task as it is now."""
        self._doing = Doing(relay, self)
        self._doing.done.connect(self.done)
        self._doing.failed.connect(self.failed)
        self._doing.ended.connect(self.ended)
        self.details = DetailsController(theme, planning, relay, page, self)
        self.details.failed.connect(self.failed)
        self.details.done.connect(self.done)
        self.details.end_wanted.connect(self.end)
        self._choices = choices = TaskChoices(theme, page)
        choices.changed.connect(self._change)
        choices.state_wanted.connect(self._put_into)
        choices.line_given.connect(self.change_by_line)
        choices.ended.connect(self.end_selected)
        choices.dropped.connect(self._drop)
        choices.deleted.connect(self._delete_selected)
        choices.rename_wanted.connect(self._begin_renaming)
        choices.open_wanted.connect(self._open_selected)
        choices.clock_wanted.connect(self._clock_selected)
        choices.moved.connect(self._move_selected)

    def attach(self, tasks: TaskList) -> None:
        """Does what this list asks for, too."""
        tasks.toggled.connect(self._toggle)
        tasks.deleted.connect(self._delete)
        tasks.asked.connect(self._open_menu)
        tasks.opened.connect(self._open)
        tasks.clocked.connect(self._clock)
        tasks.moved.connect(self._move)
        tasks.placed.connect(self._place)
        tasks.tasks.renamed.connect(self._rename)
        tasks.reached.connect(self.details.follow)

    def show_projects(self, projects: Sequence[Project]) -> None:
        """Knows these projects from now on."""
        self._projects = tuple(projects)
        self.details.show_projects(projects)

    def do(self, move: Move | None) -> None:
        """Moves tasks; nothing where there is no such step."""
        if move is None:
            return
        if not move.is_part:
            self._doing.do(self._planning.tasks.put(move.tasks, move.after))
            return
        job = self._planning.arranging.place(
            move.tasks, move.parent, after=move.after, first=move.first
        )
        if move.parent is not None:
            self.unfolded.emit(move.parent)
        self._doing.do(job)

    # Ending

    def end(self, ids: list[TaskId]) -> None:
        """Ends tasks, or opens them again where all of them have ended."""
        self._relay.watch(self._planning.tasks.several(ids), self._end_those, self._refused)

    def complete(self, ids: list[TaskId]) -> None:
        """Ends those of the tasks that are open; nothing where none is."""
        self._relay.watch(self._planning.tasks.several(ids), self._complete, self._refused)

    def end_selected(self) -> None:
        """Ends what is selected."""
        self._end_those(self._list.selected())

    def _toggle(self, ids: list[TaskId]) -> None:
        self._take_sender()
        self._end_those(self._listed(ids))

    def _end_those(self, tasks: Sequence[Task]) -> None:
        if any(task.is_open for task in tasks):
            self._complete(tasks)
            return
        ids = [task.id for task in tasks]
        self._doing.do(self._planning.tasks.reopen(ids), f"{named(tasks)} open again.")

    def _complete(self, tasks: Sequence[Task]) -> None:
        left = tuple(task.id for task in tasks if task.is_open)
        if left:
            job = self._planning.completing.complete(left)
            self._relay.watch_about(job, left, self._these_completed, self._not_completed)

    def _these_completed(self, _: tuple[TaskId, ...], completed: Completed) -> None:
        self._completed(completed)

    def _refused(self, error: UserFacingError) -> None:
        self.details.refresh()  # a box that was ticked there is not ticked any more
        self.failed.emit(error)

    def _not_completed(self, ids: tuple[TaskId, ...], error: UserFacingError) -> None:
        if error.code != "parts_open":
            self._refused(error)
            return
        self.details.refresh()
        meaning = error.message + " They are done as well then."
        question = Question(
            self._theme,
            "Complete it with its parts?",
            meaning,
            "Complete all",
            self._page.window(),
            icon="check",
        )
        question.yes.set_kind("plain")
        question.subject = ids
        question.agreed.connect(self._end_with_parts)
        question.open()

    def _end_with_parts(self, ids: tuple[TaskId, ...]) -> None:
        job = self._planning.completing.complete(ids, with_parts=True)
        self._relay.watch(job, self._completed, self._refused)

    def _completed(self, completed: Completed) -> None:
        tasks = self._listed(completed.done)
        words = f"{named(tasks)} done." if tasks else "Done."
        if completed.again:
            words += again_words(completed.again, self._planning.now().date())
        elif completed.freed:
            words += f" “{completed.freed[0].title[:LONGEST]}” can begin."
        self.done.emit(words)
        self.ended.emit()
        self.details.refresh()

    def _drop(self) -> None:
        tasks = self._list.selected()
        job = self._planning.completing.drop([task.id for task in tasks])
        self._doing.do(job, f"{named(tasks)} dropped.")

    def _delete_selected(self) -> None:
        self._delete_those(self._list.ids())

    def _delete(self, ids: list[TaskId]) -> None:
        self._take_sender()
        self._delete_those(ids)

    def _delete_those(self, ids: list[TaskId]) -> None:
        words = f"{named(self._listed(ids))} deleted."
        self._doing.do(self._planning.tasks.delete(ids), words)

    # Changing

    def change_by_line(self, text: str) -> None:
        """Gives the selected tasks what a piece of a line says, as one step."""
        before = self._list.selected()
        job = self._planning.adding.change_by_line([task.id for task in before], text)
        self._relay.watch_about(job, before, self._changed_by_line, self._not_edited)

    def _changed_by_line(self, before: list[Task], after: Sequence[Task]) -> None:
        self.tell_away(before, after)
        self.ended.emit()

    def tell_away(self, before: Sequence[Task], after: Sequence[Task], words: str = "") -> bool:
        """Says where tasks went that the page lists no more; tells whether some did.

        Args:
            before: As they were.
            after: The same ones as they are.
            words: What is said instead.
        """
        gone = {task.id: task for task in after if not self.keeps(task)}
        if not gone:
            return False
        olds = [task for task in before if task.id in gone]
        news = [gone[task.id] for task in olds]
        names = {one.id: one.name for one in self._projects}
        said = words or gone_words(olds, news, names, self._planning.now().date())
        self.away.emit(said, news[0])
        return True

    def _begin_renaming(self) -> None:
        self._list.rename()

    def _rename(self, task: int, title: str) -> None:
        ids = [TaskId(task)]
        self._doing.do(self._planning.tasks.edit(ids, lambda one: replace(one, title=title)))

    def _change(self, change: Callable[[Task], Task], words: str) -> None:
        before = self._list.selected()
        job = self._planning.tasks.edit([task.id for task in before], change, words)
        about = [(task, change(task)) for task in before]
        self._relay.watch_about(job, about, self._edited, self._not_edited)

    def _edited(self, pairs: list[tuple[Task, Task]], _: object) -> None:
        self.tell_away([old for old, _ in pairs], [new for _, new in pairs])
        self.ended.emit()

    def _not_edited(self, _: object, error: UserFacingError) -> None:
        self.failed.emit(error)
        self.ended.emit()

    def _put_into(self, state: TaskState) -> None:
        self._doing.do(self._planning.tasks.set_state(self._list.ids(), state))

    # Moving

    def _move(self, way: Way) -> None:
        self._take_sender()
        self._move_selected(way)

    def _move_selected(self, way: Way) -> None:
        if not self.by_hand:
            self.failed.emit(_BY_DATE)
        elif way in self.ways:
            self.do(moved(self._list.tasks.rows, self._list.ids(), way))

    def _place(self, tasks: list[TaskId], target: TaskId, below: bool) -> None:  # noqa: FBT001 - the signal's own argument
        self._take_sender()
        self.do(dropped(self._list.tasks.rows, tasks, target, below=below))

    # Opening

    def _open(self, task: TaskId) -> None:
        self._take_sender()
        self.details.open(task)

    def _open_selected(self) -> None:
        ids = self._list.ids()
        if ids:
            self.details.open(ids[0])

    def _open_menu(self, name: str, at: QPoint) -> None:
        self._take_sender()
        self._open_choices(name, at)

    def _open_choices(self, name: str, at: QPoint) -> None:
        choices = self._choices
        if name == "due":
            choices.open_due(self._planning.now(), at)
        elif name == "priority":
            choices.open_priority(at)
        elif name == "project":
            choices.open_project(self._projects, at)
        elif name == "estimate":
            choices.open_estimate(at)
        elif name == "words":
            choices.ask_words(at)
        else:
            rows, ids = self._list.tasks.rows, self._list.ids()
            ways = [way for way in self.ways if self.by_hand and moved(rows, ids, way)]
            choices.open_more(self._list.selected(), self._open_choices, at, ways)

    # The clock

    def _clock_selected(self) -> None:
        ids = self._list.ids()
        if ids:
            self._clock(ids[0])

    def _clock(self, task: TaskId) -> None:
        """Starts the clock on a task, or stops it where it runs on it."""
        job = self._planning.timing.running()
        self._relay.watch_about(job, task, self._turn_clock, self._no_clock)

    def _turn_clock(self, task: TaskId, runs: Work | None) -> None:
        timing = self._planning.timing
        if runs is not None and runs.task == task:
            self._doing.do(timing.stop(runs.id), "The clock stopped.")
        else:
            self._doing.do(timing.start(task))

    def _no_clock(self, _: TaskId, error: UserFacingError) -> None:
        self.failed.emit(error)

    def _listed(self, ids: Sequence[TaskId]) -> list[Task]:
        wanted = set(ids)
        rows = self._list.tasks.rows
        return [row.task for row in rows if row.task is not None and row.task.id in wanted]

    def _take_sender(self) -> None:
        sender = self.sender()
        if isinstance(sender, TaskList):
            self._list = sender


def _always(_: Task) -> bool:
    return True


def again_words(again: Sequence[Task], today: date) -> str:
    """When what was done comes again; of several only that they do."""
    if len(again) > 1:
        return f" {len(again)} of them come again."
    (task,) = again
    at = task.fixed_start or (task.due.moment if task.due is not None else task.not_before)
    if at is None:
        return " It comes again."
    day = day_words(at.date(), today)
    near = day.lower() if day in {"Today", "Tomorrow", "Yesterday"} else f"on {day}"
    return f" It comes again {near}."
