"""Reads what is shown on the page of insights, and takes answers."""

from datetime import timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from assistant.domain.errors import UserFacingError
from assistant.planner.learning.questions import Question
from assistant.services.planning.services import PlanningServices
from assistant.services.planning.timing import Timed
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.plan.insights.page import InsightsPage
from assistant.ui.theme.theme import Theme

_REST_MS = 1000
_LOGGED = timedelta(days=14)


class InsightsController(QObject):
    """The page of insights.

    Args:
        theme: The theme in force.
        planning: The services.
        relay: Brings outcomes here.
        parent: The owner.
    """

    failed = Signal(object)
    """A ``UserFacingError``."""

    def __init__(
        self, theme: Theme, planning: PlanningServices, relay: JobRelay, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._planning = planning
        self._relay = relay
        self._watches: list[Watch] = []
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._rested)
        self.page = InsightsPage(theme)
        self.page.question.answered.connect(self._answer)
        self.page.again_wanted.connect(self._read_again)

    def refresh(self) -> None:
        """Reads everything again, once changes have rested for a second; at first at once."""
        if self._watches:
            self._rest.start()
        else:
            self._read()

    def _rested(self) -> None:
        if self.page.isVisible():
            self._read()

    def _read(self) -> None:
        self._rest.stop()
        for watch in self._watches:
            watch.cancel()
            watch.drop()
        watch, planning = self._relay.watch, self._planning
        since = planning.now() - _LOGGED
        self.page.problem.clear()
        self._watches = [
            watch(planning.learning.insights(), self.page.show_insights, self._unread),
            watch(planning.questions.question(), self._ask, self._unread),
            watch(planning.timing.logged(since), self._show_logged, self._unread),
        ]

    def _read_again(self) -> None:
        self.page.show_reading()
        self._read()

    def _unread(self, error: UserFacingError) -> None:
        self.page.show_problem(error)

    def _show_logged(self, logged: tuple[Timed, ...]) -> None:
        self.page.logged.show_logged(logged, self._planning.now())

    def _ask(self, question: Question | None) -> None:
        self.page.question.show_question(question)

    def _answer(self, question: str, answer: str) -> None:
        job = self._planning.questions.answer(question, answer)
        self._relay.watch(job, self._answered, self._refused)

    def _answered(self, _: object) -> None:
        self._read()

    def _refused(self, error: object) -> None:
        self.failed.emit(error)
