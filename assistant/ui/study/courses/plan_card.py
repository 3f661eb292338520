"""Until when and how much: two fields, and what follows from them in words and dates."""

from datetime import date, datetime, time
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.errors import UserFacingError
from assistant.domain.study import Enrolment
from assistant.services.study.planning import PlannedPath
from assistant.ui.study.courses.days import (
    UnreadableError,
    read_day,
    read_hours,
    sessions_in_words,
    written_day,
)
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.fields import TextField
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel

_WAIT_MS = 350
_SESSIONS = 4


class PlanCard(Card):
    """The plan of a course that is taken.

    Args:
        theme: The theme in force.
    """

    wished = Signal(object, object)
    """A ``date`` or None, and hours a week or None: what would come of them is to be shown."""
    kept = Signal(object, object)
    """The same, to be kept with the course."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 16)
        self._today = date.today()  # noqa: DTZ011 - replaced by the first course that is shown
        self._wish: tuple[date | None, float | None] | None = (None, None)
        self._stored: tuple[date | None, float | None] = (None, None)
        self.until = TextField(theme, "Finish by", "19 Dec, or in 8 weeks")
        self.hours = TextField(theme, "Hours a week", "3")
        self._words = PlainLabel(theme, "", "interface", "ink2", wrap=True)
        self._sessions = QWidget()
        self._rows = QGridLayout(self._sessions)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setColumnStretch(2, 1)
        self._rows.setHorizontalSpacing(theme.px(10))
        self._rows.setVerticalSpacing(theme.px(4))
        self.keep = Button(theme, "Keep this plan", icon="calendar-check", small=True)
        self.keep.clicked.connect(self._keep)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._tell)
        self.body.addWidget(PlainLabel(theme, "Plan", "card_title"))
        line = QHBoxLayout()
        line.setSpacing(theme.px(10))
        for field, name, stretch in ((self.until, "Finish by", 3), (self.hours, "Hours a week", 2)):
            column = QVBoxLayout()
            column.setSpacing(theme.px(4))
            column.addWidget(PlainLabel(theme, name, "small", "ink2"))
            column.addWidget(field)
            column.addStretch(1)
            line.addLayout(column, stretch)
            field.field.textEdited.connect(self._edited)
        self.body.addLayout(line)
        self.body.addWidget(self._words)
        self.body.addWidget(self._sessions)
        foot = QHBoxLayout()
        foot.addWidget(self.keep)
        foot.addStretch(1)
        self.body.addLayout(foot)

    def show_enrolment(self, enrolment: Enrolment, today: date) -> None:
        """Shows what was kept, and asks what follows from it."""
        self._today = today
        deadline = enrolment.deadline
        day = deadline.date() if deadline is not None else None
        self._stored = self._wish = (day, enrolment.hours_a_week)
        self.until.field.setText(written_day(day))
        hours = enrolment.hours_a_week
        self.hours.field.setText(f"{hours:g}" if hours else "")
        for field in (self.until, self.hours):
            field.set_error("")
        self._tell()

    def words(self) -> str:
        """What is said of the plan."""
        return self._words.text()

    def ask_again(self) -> None:
        """Asks what follows from the same wish, now that something else is known."""
        self._tell()

    def show_plan(self, planned: PlannedPath) -> None:
        """Says what follows from the wish."""
        self._words.setText(planned.words)
        self._show_sessions(sessions_in_words(planned, _SESSIONS))

    def show_trouble(self, error: UserFacingError) -> None:
        """Says why nothing can follow from it."""
        self._words.setText(f"{error.message} {error.hint}".strip())
        self._show_sessions([])
        self.keep.setEnabled(False)

    def _edited(self) -> None:
        self.keep.setEnabled(False)
        self._timer.start()

    def _tell(self) -> None:
        self._timer.stop()
        self._wish = self._read()
        self.keep.setEnabled(self._wish is not None and self._wish != self._stored)
        if self._wish is None:
            self._words.setText("")
            self._show_sessions([])
        else:
            self.wished.emit(*self._wish)

    def _keep(self) -> None:
        if self._wish is not None:
            self.kept.emit(*self._wish)

    def _read(self) -> tuple[date | None, float | None] | None:
        read = partial(read_day, today=self._today)
        day: date | None = None
        hours: float | None = None
        try:
            day = read(self.until.text())
            self.until.set_error("")
        except UnreadableError as error:
            self.until.set_error(str(error))
        try:
            hours = read_hours(self.hours.text())
            self.hours.set_error("")
        except UnreadableError as error:
            self.hours.set_error(str(error))
        return None if self.until.error() or self.hours.error() else (day, hours)

    def _show_sessions(self, sessions: list[tuple[str, str, str]]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (day, minutes, what) in enumerate(sessions):
            self._rows.addWidget(PlainLabel(self._theme, day, "small_medium"), row, 0)
            self._rows.addWidget(PlainLabel(self._theme, minutes, "small", "ink3"), row, 1)
            self._rows.addWidget(ElidedLabel(self._theme, what, "small", "ink2"), row, 2)
        self._sessions.setVisible(bool(sessions))


def end_of(day: date | None, now: datetime) -> datetime | None:
    """The last minute of a day, in the zone of ``now``, as a course keeps it."""
    return datetime.combine(day, time(23, 59), now.tzinfo) if day is not None else None
