"""Reads the line while it is written, off the window's thread, and adds it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from assistant.domain.errors import UserFacingError
from assistant.domain.task import Task
from assistant.planner.quick_add.vocabulary import Correction, Vocabulary
from assistant.services.planning.adding import ReadLine
from assistant.services.planning.services import PlanningServices
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.plan.adding.bar import AddingBar
from assistant.ui.theme.theme import Theme

if TYPE_CHECKING:
    from assistant.domain.ids import ProjectId


@dataclass(slots=True)
class _Waiting:
    """Lines under way, so that the latest is read next and none twice."""

    reading: bool = False
    next: str | None = None
    adding: str | None = None


class AddingController(QObject):
    """What the line for adding does.

    Args:
        theme: The theme in force.
        planning: The services.
        relay: Brings outcomes here.
        parent: The owner.
    """

    added = Signal(object)
    """The ``Task`` that a line became."""

    def __init__(
        self, theme: Theme, planning: PlanningServices, relay: JobRelay, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._planning = planning
        self._relay = relay
        self._waiting = _Waiting()
        self.project: ProjectId | None = None
        """Where a line goes that names no project."""
        self.bar = AddingBar(theme)
        self.bar.read_wanted.connect(self._read)
        self.bar.add_wanted.connect(self.add)
        self.bar.teach_wanted.connect(self._teach)

    def add(self, text: str) -> None:
        """Makes a task of a line."""
        if self._waiting.adding is not None:
            return
        self._waiting.adding = text
        job = self._planning.adding.add_line(text, project=self.project)
        self._relay.watch(job, self._added, self._not_added)

    def _added(self, task: Task) -> None:
        text, self._waiting.adding = self._waiting.adding or "", None
        self.bar.added(text)
        self.added.emit(task)

    def _not_added(self, error: UserFacingError) -> None:
        self._waiting.adding = None
        self.bar.show_problem(f"{error.message} {error.hint}".strip())

    def _read(self, text: str) -> None:
        if self._waiting.reading:
            self._waiting.next = text
            return
        self._waiting.reading = True
        self._relay.watch(self._planning.adding.read(text), self._show, self._unreadable)

    def _show(self, line: ReadLine) -> None:
        self.bar.show_found(line.text, line.found, self._planning.now().date())
        self._read_next()

    def _unreadable(self, error: UserFacingError) -> None:
        self.bar.show_problem(f"{error.message} {error.hint}".strip())
        self._read_next()

    def _read_next(self) -> None:
        text, self._waiting.next = self._waiting.next, None
        self._waiting.reading = False
        if text is not None:
            self._read(text)

    def _teach(self, text: str, correction: Correction) -> None:
        job = self._planning.words.learn(text, [correction])
        self._relay.watch(job, self._taught)

    def _taught(self, _: Vocabulary) -> None:
        self._read(self.bar.field.text())
