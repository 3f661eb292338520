"""What goes on while an answer is written: drafts are kept, lines are read, programs are traced."""

from PySide6.QtCore import QObject, QTimer, Signal

from assistant.domain.errors import UserFacingError
from assistant.domain.trace import Trace
from assistant.services.study.practice import Given
from assistant.services.study.reading import ReadAnswer, ReadWay
from assistant.services.study.services import StudyServices
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.study.exercise.code_pane import CodePane
from assistant.ui.study.exercise.maths_pane import MathsPane
from assistant.ui.study.exercise.pane import AnswerPane
from assistant.ui.study.exercise.screen import ExerciseScreen
from assistant.ui.study.exercise.steps_pane import StepsPane
from assistant.ui.study.exercise.troubles import for_window
from assistant.ui.study.exercise.words_pane import WordsPane

_KEEP_MS = 700


class ReadingAlong(QObject):
    """Follows one pane after the other.

    Args:
        study: The services.
        relay: Brings outcomes to this thread.
        screen: Where the panes are shown.
        parent: The owner.
    """

    failed = Signal(object)
    """A ``UserFacingError``."""

    def __init__(
        self, study: StudyServices, relay: JobRelay, screen: ExerciseScreen, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._study = study
        self._relay = relay
        self._screen = screen
        self._given: Given | None = None
        self._draft: str | None = None
        self._read: Watch | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_MS)
        self._timer.timeout.connect(self.keep)

    def begin(self, given: Given, pane: AnswerPane) -> None:
        """Another exercise is written in."""
        self.forget()
        self._given = given
        pane.changed.connect(self._written)
        pane.read_wanted.connect(self._read_answer)
        if isinstance(pane, CodePane):
            pane.trace_wanted.connect(self._trace)
        if isinstance(pane, StepsPane):
            pane.way_wanted.connect(self._read_way)

    def forget(self) -> None:
        """What was written is handed in, or given up."""
        self._timer.stop()
        self._draft = None

    def end(self) -> None:
        """Nothing more is written in it."""
        self.forget()
        self.drop()
        self._given = None

    def drop(self) -> None:
        """Forgets what is being read."""
        if self._read is not None:
            self._read.drop()
            self._read = None

    def keep(self) -> None:
        """Keeps what is written and was not handed in."""
        text, given = self._draft, self._given
        self.forget()
        if text is not None and given is not None:
            self._relay.watch(self._study.practice.draft(given.exercise.id, text), self._kept)

    def _written(self, text: str) -> None:
        if self._given is not None:
            self._draft = text
            self._timer.start()

    def _kept(self, _: None) -> None:
        if isinstance(self._screen.pane, CodePane) and self._draft is None:
            self._screen.pane.show_saved()

    def _read_answer(self, text: str) -> None:
        self.drop()
        if self._given is not None:
            job = self._study.reading.answer(self._given.exercise, text)
            self._read = self._relay.watch(job, self._understood)

    def _understood(self, read: ReadAnswer) -> None:
        pane = self._screen.pane
        if isinstance(pane, MathsPane | WordsPane | StepsPane):
            pane.show_read(read)

    def _read_way(self, lines: tuple[str, ...]) -> None:
        if self._given is not None:
            job = self._study.reading.way(self._given.exercise, lines)
            self._relay.watch(job, self._way_read)

    def _way_read(self, way: ReadWay) -> None:
        if isinstance(self._screen.pane, StepsPane):
            self._screen.pane.show_way(way)

    def _trace(self, program: str) -> None:
        self._relay.watch(self._study.grading.trace(program), self._traced, self._not_traced)

    def _traced(self, trace: Trace) -> None:
        if isinstance(self._screen.pane, CodePane):
            self._screen.pane.show_trace(trace)

    def _not_traced(self, error: UserFacingError) -> None:
        if isinstance(self._screen.pane, CodePane):
            self._screen.pane.trace_failed()
        self.failed.emit(for_window(error))
