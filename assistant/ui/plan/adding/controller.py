"""Reads the line while it is written, off the window's thread, and adds it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from assistant.domain.errors import UserFacingError
from assistant.domain.task import Task
from assistant.planner.quick_add.parts import QuickAdd
from assistant.planner.quick_add.vocabulary import Vocabulary, normal
from assistant.services.planning.adding import ReadLine
from assistant.services.planning.asking_model import AskedLine
from assistant.services.planning.services import PlanningServices
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.plan.adding.bar import AddingBar
from assistant.ui.plan.adding.teaching import TeachingCard
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.popover import Popover

if TYPE_CHECKING:
    from assistant.domain.ids import ProjectId


_REST_MS = 600
"""A model is asked once the words have rested for so long."""
_PATIENCE_MS = 15_000
"""A later answer finds nobody who waits for it, and only keeps the machine busy."""


@dataclass(slots=True)
class _Waiting:
    """Lines under way, so that the latest is read next and none twice."""

    reading: bool = False
    next: str | None = None
    adding: str | None = None


@dataclass(slots=True)
class _Model:
    """What a model is asked about a line that the grammar is unsure of."""

    line: ReadLine | None = None
    """As the grammar reads what stands in the field."""
    watch: Watch | None = None
    found: QuickAdd | None = None
    """What the model made of that line, for as long as it is shown."""
    refused: str = ""
    """The line that shall stay as it is written."""


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
    done = Signal(str)
    """Words were taught, which may be taken back, in words."""

    def __init__(
        self, theme: Theme, planning: PlanningServices, relay: JobRelay, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._planning = planning
        self._relay = relay
        self._waiting = _Waiting()
        self._model = _Model()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._ask_model)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._stop_asking)
        self.project: ProjectId | None = None
        """Where a line goes that names no project."""
        self.bar = AddingBar(theme)
        self.bar.read_wanted.connect(self._read)
        self.bar.add_wanted.connect(self.add)
        self.bar.refused.connect(self._refuse)
        self.bar.teaching_wanted.connect(self._open_teaching)
        self.bar.field.textChanged.connect(self._drop_model)
        self._card: TeachingCard | None = None

    def add(self, text: str) -> None:
        """Makes a task of a line."""
        if self._waiting.adding is not None:
            return
        self._waiting.adding = text
        self._stop_asking()
        adding, line, found = self._planning.adding, self._model.line, self._model.found
        if found is not None and line is not None and line.text == text:
            job = adding.add(found, text, project=self.project)
        else:
            corrections = self.bar.corrections(text)
            job = adding.add_line(text, project=self.project, corrections=corrections)
        self._relay.watch(job, self._added, self._not_added)

    # Teaching what words mean

    def _open_teaching(self, words: str) -> None:
        self._card = card = TeachingCard(self._theme, words, self._planning.now())
        popover = Popover(self._theme, "Teach what words mean", card, parent=self.bar)
        popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        card.taught.connect(self._teach)
        popover.destroyed.connect(self._forget_card)
        popover.open_at(self.bar.field)
        (card.meaning if words else card.phrase).setFocus()

    def _forget_card(self) -> None:
        self._card = None

    def _teach(self, phrase: str, meaning: str) -> None:
        job = self._planning.words.teach(phrase, meaning)
        about = (normal(phrase), meaning.strip())
        self._relay.watch_about(job, about, self._taught, self._not_taught)

    def _taught(self, about: tuple[str, str], _: Vocabulary) -> None:
        phrase, meaning = about
        means = f"means {meaning}" if meaning else "is only words"
        if self._card is not None:
            self._card.window().close()
        self.done.emit(f"“{phrase[:60]}” {means} from now on.")
        self.bar.read_again()
        self.bar.field.setFocus()

    def _not_taught(self, _: tuple[str, str], error: UserFacingError) -> None:
        if self._card is not None:
            self._card.show_problem(f"{error.message} {error.hint}".strip())

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
        job = self._planning.adding.read(text, self.bar.corrections(text))
        self._relay.watch(job, self._show, self._unreadable)

    def _show(self, line: ReadLine) -> None:
        self.bar.show_found(line.text, line.found, self._planning.now().date())
        if line.text == self.bar.field.text():
            self._drop_model()
            self._model.line = line
            settled = line.text == self._model.refused or self.bar.corrections(line.text)
            if line.found.unsure and not settled:
                self._rest.start()
        self._read_next()

    # What a model makes of it

    def _ask_model(self) -> None:
        line, asking = self._model.line, self._planning.asking
        if line is not None and self._waiting.adding is None and asking.helps:
            job = asking.ask(line.text, line.found, line.vocabulary, line.titles)
            self._model.watch = self._relay.watch(job, self._suggest, self._keep_quiet)
            self._patience.start()

    def _suggest(self, asked: AskedLine) -> None:
        line = self._model.line
        chosen = any(chip.hasFocus() for chip in self.bar.chips)
        if line is not None and asked.by_model and not chosen:
            self._model.found = asked.found
            today = self._planning.now().date()
            self.bar.show_found(line.text, asked.found, today, suggested=True)

    def _keep_quiet(self, _: UserFacingError) -> None:
        """The line stays as the grammar reads it."""

    def _refuse(self) -> None:
        line = self._model.line
        if line is not None:
            self._model.refused, self._model.found = line.text, None
            self.bar.show_found(line.text, line.found, self._planning.now().date())

    def _drop_model(self) -> None:
        """The words are others now: what was asked about them is not wanted any more."""
        self._stop_asking()
        self._model.line = self._model.found = None

    def _stop_asking(self) -> None:
        self._rest.stop()
        self._patience.stop()
        if self._model.watch is not None:
            self._model.watch.cancel()
            self._model.watch.drop()
            self._model.watch = None

    # Reading on

    def _unreadable(self, error: UserFacingError) -> None:
        self.bar.show_problem(f"{error.message} {error.hint}".strip())
        self._read_next()

    def _read_next(self) -> None:
        text, self._waiting.next = self._waiting.next, None
        self._waiting.reading = False
        if text is not None:
            self._read(text)
