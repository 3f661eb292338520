"""A card in which the moments of a stretch of work are corrected."""

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.errors import UserFacingError
from assistant.services.planning.timing import Timed
from assistant.ui.clock import clock_words, read_clock
from assistant.ui.plan.words import day_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel

_WIDTH = 300


def time_of(text: str) -> time:
    """A time of day as it is written.

    Raises:
        UserFacingError: It is none (``clock_unreadable``).
    """
    found = read_clock(text)
    if found is None:
        words, such = f"“{text[:20]}” is no time of day.", clock_words(time(13, 30))
        raise UserFacingError(words, f"Write one such as {such}.", code="clock_unreadable")
    return found


class Correcting(QWidget):
    """The day, from when, to when, and the way to remove it.

    Args:
        theme: The theme in force.
        timed: What is corrected; without an end it runs, and an empty end lets it run on.
        now: The present moment, in the user's zone.
    """

    corrected = Signal(object, object, object)
    """The ``WorkId``, when it began, and when it ended; None while it runs."""
    removed = Signal(object)
    """The ``WorkId``."""
    grown = Signal()
    """It says more, and needs more room."""

    def __init__(self, theme: Theme, timed: Timed, now: datetime) -> None:
        super().__init__()
        self._timed = timed
        self._now = now
        start = timed.work.start.astimezone(now.tzinfo)
        self._day = start.date()
        self._title = ElidedLabel(theme, timed.task.title, "interface_semibold")
        self._day_words = PlainLabel(theme, "", "interface_medium")
        self._day_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.before = IconButton(theme, "chevron-left", "The day before")
        self.after = IconButton(theme, "chevron-right", "The day after")
        self.start = LineField(theme, "From", "9:00")
        self.end = LineField(theme, "To", "runs still" if timed.work.end is None else "10:30")
        self._problem = PlainLabel(theme, "", "small", "bad", wrap=True)
        self._problem.hide()
        self.save = Button(theme, "Save", "primary", small=True)
        self.remove = Button(theme, "Remove", "destructive", small=True)
        self._shown = (clock_words(start), "")
        if timed.work.end is not None:
            self._shown = (clock_words(start), clock_words(timed.work.end.astimezone(now.tzinfo)))
        self.start.setText(self._shown[0])
        self.end.setText(self._shown[1])
        self._build(theme)
        self._show_day()
        self.before.clicked.connect(self._earlier)
        self.after.clicked.connect(self._later)
        self.save.clicked.connect(self._save)
        self.remove.clicked.connect(self._remove)
        self.start.returnPressed.connect(self._save)
        self.end.returnPressed.connect(self._save)
        self.setFocusProxy(self.start)

    @property
    def problem(self) -> str:
        """What is wrong with what was written; empty where nothing is."""
        return self._problem.text()

    def show_problem(self, words: str) -> None:
        """Says what is wrong."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.grown.emit()

    def _build(self, theme: Theme) -> None:
        px = theme.px
        self.setFixedWidth(px(_WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(6), px(6), px(6), px(6))
        column.setSpacing(px(10))
        column.addWidget(self._title)
        days, fields, below = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        days.addWidget(self.before)
        days.addWidget(self._day_words, 1)
        days.addWidget(self.after)
        fields.setSpacing(px(8))
        fields.addWidget(self.start, 1)
        fields.addWidget(PlainLabel(theme, "to", "small", "ink2"))
        fields.addWidget(self.end, 1)
        below.addWidget(self.remove)
        below.addStretch(1)
        below.addWidget(self.save)
        for row in (days, fields):
            column.addLayout(row)
        column.addWidget(self._problem)
        column.addLayout(below)

    def _show_day(self) -> None:
        self._day_words.setText(day_words(self._day, self._now.date()))
        self.after.setEnabled(self._day < self._now.date())

    def _earlier(self) -> None:
        self._day -= timedelta(days=1)
        self._show_day()

    def _later(self) -> None:
        self._day += timedelta(days=1)
        self._show_day()

    def _remove(self) -> None:
        self.removed.emit(self._timed.work.id)

    def _save(self) -> None:
        try:
            start, end = self._moments()
        except UserFacingError as error:
            self.show_problem(f"{error.message} {error.hint}")
            return
        self.corrected.emit(self._timed.work.id, start, end)

    def _moments(self) -> tuple[datetime, datetime | None]:
        """As written; what was left alone keeps its seconds."""
        work = self._timed.work
        clock = time_of(self.start.text())
        start = self._at(self._day, clock)
        if self.start.text() == self._shown[0] and start.date() == self._first_day():
            start = work.start
        if not self.end.text().strip() and work.end is None:
            return start, None
        last = time_of(self.end.text())
        moved = self._day - self._first_day()
        if self.end.text() == self._shown[1] and work.end is not None and not moved:
            return start, work.end
        over = last <= clock
        return start, self._at(self._day + timedelta(days=1) if over else self._day, last)

    def _first_day(self) -> date:
        return self._timed.work.start.astimezone(self._now.tzinfo).date()

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self._now.tzinfo)
