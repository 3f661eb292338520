"""Tells what a change laid where something else stands, and offers what would mend it."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from assistant.domain.schedule import WeekPlan
from assistant.domain.task import Task
from assistant.services.planning.colliding import Collisions
from assistant.services.planning.desk import PlanChanges
from assistant.services.planning.foreseeing import Clash
from assistant.services.planning.services import PlanningServices
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.bridge.mailbox import Mailbox
from assistant.ui.clock import clock_face
from assistant.ui.main_window import MainWindow
from assistant.ui.plan.words import moment_words

if TYPE_CHECKING:
    from assistant.domain.ids import TaskId
    from assistant.ui.widgets.toast import Toast


class CollisionNotices(QObject):
    """Listens to what is written of tasks and calendars.

    Args:
        planning: The services.
        relay: Brings outcomes here.
        window: Has the notices.
        parent: The owner.
    """

    done = Signal(str)
    """The plan was mended, in words."""
    failed = Signal(object)
    """A ``UserFacingError``."""

    def __init__(
        self, planning: PlanningServices, relay: JobRelay, window: MainWindow, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._planning = planning
        self._relay = relay
        self._window = window
        self._looking: Watch | None = None
        self._waiting: tuple[frozenset[str], frozenset[TaskId]] = frozenset(), frozenset()
        self._told: list[Toast] = []
        self._mailbox = Mailbox(self._changed, self)
        planning.desk.on_changes(self._mailbox.post)

    def close(self) -> None:
        """Tells nothing more."""
        self._mailbox.close()

    def _changed(self, values: list[object]) -> None:
        steps = [one for one in values if isinstance(one, PlanChanges)]
        if any(one.undoing for one in steps) or any("planblock" in one.tables for one in steps):
            self._withdraw()
        tables, tasks = self._waiting
        for one in steps:
            if not one.undoing:
                tables, tasks = tables | one.tables, tasks | one.tasks
        if not tables & {"task", "calendar", "calendarevent"}:
            return
        if self._looking is not None:
            self._looking.cancel()
            self._looking.drop()
        # What was not looked at to the end is looked at with what came after it.
        self._waiting = tables, tasks
        job = self._planning.colliding.look(tables, tasks)
        self._looking = self._relay.watch(job, self._tell)

    def _withdraw(self) -> None:
        """What was told may not hold any more."""
        shown = self._window.toasts.toasts()
        for toast in self._told:
            if toast in shown:
                toast.close_now()
        self._told = []

    def _tell(self, found: Collisions) -> None:
        self._looking, self._waiting = None, (frozenset(), frozenset())
        toasts = self._window.toasts
        if found.in_way:
            self._withdraw()  # it was told with fewer before
        for words, (task, clash) in list(
            zip(found.clash_words(clock_face()), found.clashes, strict=True)
        )[:1]:
            self._told.append(self._tell_clash(words, task, clash))
        if found.in_way:
            self._told.append(
                toasts.show_toast(
                    found.way_words,
                    icon="calendar-range",
                    action="Replan",
                    on_action=self._replan,
                )
            )

    def _tell_clash(self, words: str, task: Task, clash: Clash) -> "Toast":
        """What an appointment lies on, with the way to the free room that is nearest.

        One that comes again has the same time every time: it stays where it is.
        """
        to = clash.nearest if task.repeat is None else None
        return self._window.toasts.show_toast(
            words,
            icon="triangle-alert",
            tone="caution",
            action="" if to is None else "Move there",
            on_action=None if to is None else partial(self._put, task, to),
        )

    def _put(self, task: Task, to: datetime) -> None:
        job = self._planning.tasks.edit([task.id], partial(_taking_place, to=to), "")
        said = f"“{task.title[:60]}” takes place {moment_words(to, self._planning.now().date())}."
        self._relay.watch_about(job, said, self._put_there, self._not_put)

    def _put_there(self, said: str, _: object) -> None:
        self.done.emit(said)

    def _not_put(self, _: str, error: object) -> None:
        self.failed.emit(error)

    def _replan(self) -> None:
        self._relay.watch(self._planning.scheduling.replan(), self._replanned, self._not_replanned)

    def _replanned(self, plan: WeekPlan) -> None:
        moved = "1 block moved" if plan.moved == 1 else f"{plan.moved} blocks moved"
        self.done.emit(f"{moved} out of the way.")

    def _not_replanned(self, error: object) -> None:
        self.failed.emit(error)


def _taking_place(task: Task, *, to: datetime) -> Task:
    """An appointment at another moment, as long as before."""
    start, end = task.fixed_start, task.fixed_end
    lasts = None if start is None or end is None else end - start
    return replace(task, fixed_start=to, fixed_end=None if lasts is None else to + lasts)
