"""What progress and calendar have in common: ways out of them, and reading off this thread."""

from datetime import date

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from assistant.domain.clock import Clock, SystemClock
from assistant.services.study.services import StudyServices
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.notices import EmptyState
from assistant.ui.widgets.page import TitledPage
from assistant.ui.widgets.tab_order import put_in_order, stops_in


class LookingBackPage(TitledPage):
    """A page of pictures; Escape leaves it, and Tab goes by what is seen.

    Args:
        theme: The theme in force.
        title: Its name.
        empty: What it says while there is nothing to show; it hides itself.
    """

    left = Signal()
    """Escape."""
    courses_wanted = Signal()
    """There is none yet."""
    lesson_wanted = Signal(str, str)
    """Of a course's id and a concept's."""

    def __init__(self, theme: Theme, title: str, empty: EmptyState) -> None:
        super().__init__(theme, title)
        self.empty = empty
        empty.setMaximumWidth(theme.px(520))
        empty.add_button("Choose a course", "primary").clicked.connect(self.courses_wanted)
        empty.hide()
        self.column.addWidget(empty)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Tab goes by what is seen: rows come and go."""
        put_in_order(stops_in(self))
        return super().focusNextPrevChild(next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class LookingBack(QObject):
    """Ties such a page to the services.

    Args:
        page: What is shown.
        study: The services of study.
        relay: Brings outcomes here.
        parent: The owner.
        clock: Tells today.
    """

    left = Signal()
    """The page is done with."""
    failed = Signal(object)
    """A ``UserFacingError``."""
    said = Signal(str)
    """One line on what was done."""
    lesson_wanted = Signal(str, str)
    """Of a course's id and a concept's."""
    courses_wanted = Signal()
    """There is no course yet."""

    def __init__(
        self,
        page: LookingBackPage,
        study: StudyServices,
        relay: JobRelay,
        parent: QObject,
        clock: Clock | None = None,
    ) -> None:
        super().__init__(parent)
        self._study = study
        self._relay = relay
        self._clock = clock or SystemClock()
        page.left.connect(self.left)
        page.courses_wanted.connect(self.courses_wanted)
        page.lesson_wanted.connect(self.lesson_wanted)

    def _today(self) -> date:
        return self._clock.now().astimezone().date()

    def _fail(self, error: object) -> None:
        self.failed.emit(error)
