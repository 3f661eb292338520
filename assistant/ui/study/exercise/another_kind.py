"""“Another kind”: the model proposes an exercise while the learner goes on with the one in hand."""

from PySide6.QtCore import QObject, Signal

from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import Exercise
from assistant.services.study.practice import Given
from assistant.services.study.proposing import Proposed
from assistant.services.study.services import StudyServices
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.study.exercise.bar import ExerciseBar
from assistant.ui.study.exercise.troubles import for_window

ASK, STOP, SHOW = "Another kind", "Stop asking", "Show the new one"
_ABOUT = "Your model proposes an exercise; it is offered only once code has proved its answer"
_READY = "An exercise of another kind is ready; the one in hand is laid aside for it"


class AnotherKind(QObject):
    """Asks in the background, and gives what was proved once the learner wants it.

    Args:
        study: The services.
        relay: Brings outcomes to this thread.
        bar: Has the button.
        parent: The owner.
    """

    wanted = Signal(object)
    """The ``Job`` of the ``Given`` exercise that is to be shown."""
    failed = Signal(object)
    """A ``UserFacingError``."""

    def __init__(
        self, study: StudyServices, relay: JobRelay, bar: ExerciseBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._study = study
        self._relay = relay
        self._bar = bar
        self._given: Given | None = None
        self._asking: Watch | None = None
        self._ready: Exercise | None = None
        bar.another.clicked.connect(self._press)
        self._rest()

    @property
    def ready(self) -> Exercise | None:
        """What was proposed and proved, and was not shown yet."""
        return self._ready

    def begin(self, given: Given) -> None:
        """Another exercise is in hand; what was asked for on its concept stays."""
        if self._given is not None and self._given.concept.id != given.concept.id:
            self.stop()
        self._given = given

    def stop(self) -> None:
        """Asks no more, and forgets what came."""
        if self._asking is not None:
            self._asking.drop()
            self._asking.cancel()
        self._asking = self._ready = None
        self._rest()

    def _press(self) -> None:
        given = self._given
        if given is None:
            return
        if self._ready is not None:
            exercise = self._ready
            self.stop()
            self.wanted.emit(self._study.practice.take(given.course, exercise))
        elif self._asking is not None:
            self.stop()
        else:
            self._bar.show_another(STOP, _ABOUT)
            job = self._study.proposals.propose(given.course, given.concept.id)
            self._asking = self._relay.watch(job, self._came, self._none, self._tell)

    def _tell(self, _share: float, doing: str) -> None:
        if self._asking is not None:
            self._bar.show_another(STOP, f"{doing}. {_ABOUT}")

    def _came(self, proposed: Proposed) -> None:
        self._asking = None
        self._ready = proposed.exercise
        self._bar.show_another(SHOW, _READY)

    def _none(self, error: UserFacingError) -> None:
        self.stop()
        self.failed.emit(for_window(error))

    def _rest(self) -> None:
        self._bar.show_another(ASK, _ABOUT)
