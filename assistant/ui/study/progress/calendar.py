"""The page of the calendar: days that were, reviews to come, lessons that have a date."""

from datetime import date

from PySide6.QtCore import QObject

from assistant.domain.clock import Clock
from assistant.services.study.outlook import Outlook
from assistant.services.study.progress import Progress
from assistant.services.study.services import StudyServices
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.study.pictures.card import PictureCard
from assistant.ui.study.pictures.due_forecast import DueDay, DueForecast
from assistant.ui.study.pictures.marks import count_words
from assistant.ui.study.pictures.study_calendar import StudyCalendar
from assistant.ui.study.progress.agenda import Agenda
from assistant.ui.study.progress.looking_back import LookingBack, LookingBackPage
from assistant.ui.study.progress.words import time_words, totals
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.notices import EmptyState


class CalendarPage(LookingBackPage):
    """Past and future, one above the other.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        empty = EmptyState(
            theme,
            "No day of study yet",
            "Each day on which you study lights a square here. Reviews that fall due and lessons "
            "that have a date stand below it.",
            icon="calendar-days",
        )
        super().__init__(theme, "Calendar", empty)
        self.past = StudyCalendar(theme)
        self.ahead = DueForecast(theme)
        self.past_card = PictureCard(theme, "Days of study", self.past)
        self.ahead_card = PictureCard(theme, "Reviews to come", self.ahead)
        self.agenda = Agenda(theme)
        self.agenda.lesson_wanted.connect(self.lesson_wanted)
        for each in (self.past_card, self.ahead_card, self.agenda):
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


class CalendarController(LookingBack):
    """Fills the page; everything is read off the window's thread.

    Args:
        theme: The theme in force.
        study: The services of study.
        relay: Brings outcomes here.
        parent: The owner.
        clock: Tells today.
    """

    def __init__(
        self,
        theme: Theme,
        study: StudyServices,
        relay: JobRelay,
        parent: QObject,
        clock: Clock | None = None,
    ) -> None:
        page = CalendarPage(theme)
        super().__init__(page, study, relay, parent, clock)
        self.widget = page
        """What is shown."""
        self._watches: list[Watch] = []
        self._progress: Progress | None = None
        self._outlook: Outlook | None = None

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
            self.widget.show_calendar(self._progress, self._outlook, self._today())
