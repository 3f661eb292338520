"""The page of the calendar: days that were, reviews to come, lessons that have a date."""

from datetime import date

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from assistant.domain.clock import Clock, SystemClock
from assistant.services.study.outlook import Outlook
from assistant.services.study.progress import Progress
from assistant.services.study.services import StudyServices
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.study.pictures.card import PictureCard
from assistant.ui.study.pictures.due_forecast import DueDay, DueForecast
from assistant.ui.study.pictures.marks import count_words
from assistant.ui.study.pictures.study_calendar import StudyCalendar
from assistant.ui.study.progress.agenda import Agenda
from assistant.ui.study.progress.words import time_words, totals
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.notices import EmptyState
from assistant.ui.widgets.page import TitledPage
from assistant.ui.widgets.tab_order import put_in_order, stops_in


class CalendarPage(TitledPage):
    """Past and future, one above the other.

    Args:
        theme: The theme in force.
    """

    left = Signal()
    """Escape."""
    courses_wanted = Signal()
    """There is none yet."""
    lesson_wanted = Signal(str, str)
    """Of a course's id and a concept's."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Calendar")
        self.empty = EmptyState(
            theme,
            "No day of study yet",
            "Each day on which you study lights a square here. Reviews that fall due and lessons "
            "that have a date stand below it.",
            icon="calendar-days",
        )
        self.empty.setMaximumWidth(theme.px(520))
        find = self.empty.add_button("Choose a course", "primary")
        find.clicked.connect(self.courses_wanted)
        self.past = StudyCalendar(theme)
        self.ahead = DueForecast(theme)
        self.past_card = PictureCard(theme, "Days of study", self.past)
        self.ahead_card = PictureCard(theme, "Reviews to come", self.ahead)
        self.agenda = Agenda(theme)
        self.agenda.lesson_wanted.connect(self.lesson_wanted)
        for each in (self.empty, self.past_card, self.ahead_card, self.agenda):
            self.column.addWidget(each)
            each.hide()
        self.column.addStretch(1)
        self.past_card.setMinimumHeight(theme.px(256))
        self.ahead_card.setMinimumHeight(theme.px(230))

    def show_calendar(self, progress: Progress, outlook: Outlook, today: date) -> None:
        """Shows the days that were and those to come."""
        anything = bool(progress.courses or progress.days or outlook.due)
        self.empty.setVisible(not anything)
        for each in (self.past_card, self.ahead_card, self.agenda):
            each.setVisible(anything)
        found = totals(progress.days, today)
        self.past.show_days(progress.days, today)
        self.past_card.set_note(
            f"{count_words(found.days, 'day')}, {time_words(found.all_minutes)} in all"
        )
        self.past_card.follow()
        self.ahead.show_days([DueDay(one.day, one.due) for one in outlook.days])
        behind = f", {outlook.behind:,} of today's are behind" if outlook.behind else ""
        days = count_words(len(outlook.days), "day")
        self.ahead_card.set_note(f"{outlook.due:,} in {days}{behind}")
        self.ahead_card.follow()
        self.agenda.show_days(outlook.days, planned=outlook.planned)

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


class CalendarController(QObject):
    """Fills the page; everything is read off the window's thread.

    Args:
        theme: The theme in force.
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
    """One line on what was done; the page only shows."""
    lesson_wanted = Signal(str, str)
    """Of a course's id and a concept's."""
    courses_wanted = Signal()
    """There is no course yet."""

    def __init__(
        self,
        theme: Theme,
        study: StudyServices,
        relay: JobRelay,
        parent: QObject,
        clock: Clock | None = None,
    ) -> None:
        super().__init__(parent)
        self._study = study
        self._relay = relay
        self._clock = clock or SystemClock()
        self._watches: list[Watch] = []
        self._progress: Progress | None = None
        self._outlook: Outlook | None = None
        self.widget = CalendarPage(theme)
        self.widget.left.connect(self.left)
        self.widget.courses_wanted.connect(self.courses_wanted)
        self.widget.lesson_wanted.connect(self.lesson_wanted)

    def refresh(self) -> None:
        """Reads everything again; what is on its way is dropped for it."""
        for watch in self._watches:
            watch.drop()
        self._progress = self._outlook = None
        self._watches = [
            self._relay.watch(self._study.progress.look(), self._take_past, self._fail),
            self._relay.watch(self._study.outlook.look(), self._take_ahead, self._fail),
        ]

    def _take_past(self, progress: Progress) -> None:
        self._progress = progress
        self._show()

    def _take_ahead(self, outlook: Outlook) -> None:
        self._outlook = outlook
        self._show()

    def _show(self) -> None:
        if self._progress is not None and self._outlook is not None:
            today = self._clock.now().astimezone().date()
            self.widget.show_calendar(self._progress, self._outlook, today)

    def _fail(self, error: object) -> None:
        self.failed.emit(error)
