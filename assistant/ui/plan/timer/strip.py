"""What runs now, since when, and the way to stop it; below the line for adding."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from assistant.services.planning.presence import Away
from assistant.services.planning.timing import Timed
from assistant.ui.clock import clock_words
from assistant.ui.plan.words import length_words, moment_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from assistant.ui.widgets.painting import box


class TimerStrip(QFrame):
    """One task with its clock, and the absence that may be taken off it; hidden without one.

    Args:
        theme: The theme in force.
    """

    stop_wanted = Signal()
    correct_wanted = Signal()
    taken_off = Signal(bool)
    """The absence shall be taken off; whether work went on after it."""
    kept = Signal()
    """The absence was work, or it runs rightly for so long."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._task = ElidedLabel(theme, "", "interface_medium")
        self._since = PlainLabel(theme, "", "small", "ink2")
        self.correct = IconButton(theme, "pencil", "Correct the time")
        self.stop = Button(theme, "Stop", small=True)
        self.correct.clicked.connect(self.correct_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(IconLabel(theme, "timer", 16, "lampink"), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._task, 1)
        for widget in (self._since, self.correct, self.stop):
            row.addWidget(widget)
        self._away = QWidget()
        self._build_away()
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(8))
        column.addLayout(row)
        column.addWidget(self._away)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def _build_away(self) -> None:
        theme = self._theme
        self._absence = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self.off = Button(theme, "Take it off", small=True)
        self.off_and_stop = Button(theme, "Take it off and stop", small=True)
        self.mend = Button(theme, "Correct it", small=True)
        self.keep = Button(theme, "It was work", "ghost", small=True)
        self.off.clicked.connect(self._take_off)
        self.off_and_stop.clicked.connect(self._take_off)
        self.mend.clicked.connect(self.correct_wanted)
        self.keep.clicked.connect(self.kept)
        buttons = QWidget()
        flow = FlowLayout(buttons, theme.px(8))
        for button in (self.off, self.off_and_stop, self.mend, self.keep):
            flow.addWidget(button)
        column = QVBoxLayout(self._away)
        column.setContentsMargins(theme.px(24), 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self._absence)
        column.addWidget(buttons)
        self._away.hide()

    @property
    def words(self) -> str:
        """What is said of the clock; empty where nothing runs."""
        return self._since.text()

    @property
    def absence(self) -> str:
        """What is said of an absence; empty where none is offered."""
        return self._absence.text()

    def show_running(self, running: Timed | None, now: datetime) -> None:
        """Shows what runs; nothing for None."""
        self.setVisible(running is not None)
        if running is None:
            self._since.setText("")
            self.show_absence(None, now)
            return
        start = running.work.start.astimezone(now.tzinfo)
        minutes = (now - running.work.start).total_seconds() / 60
        since = (
            clock_words(start) if start.date() == now.date() else moment_words(start, now.date())
        )
        words = f"since {since} · {length_words(minutes)}"
        self._task.setText(running.task.title)
        self._since.setText(words)
        self.setAccessibleName(f"Time runs on {running.task.title}, {words}")

    def show_absence(self, away: Away | None, now: datetime) -> None:
        """Offers to take an absence off; nothing for None."""
        self._away.setVisible(away is not None)
        self._offer(doubt=False)
        if away is None:
            self._absence.setText("")
            return
        first, last = (one.astimezone(now.tzinfo) for one in (away.start, away.end))
        begin = (
            moment_words(first, now.date()) if first.date() != last.date() else clock_words(first)
        )
        length = length_words((last - first).total_seconds() / 60)
        quiet = f"Nothing was touched from {begin} to {clock_words(last)} ({length})."
        self._absence.setText(f"{quiet} It counts as work so far.")

    def show_doubt(self, hours: float) -> None:
        """Asks whether it really runs for so long: nobody watched while Lamplight was closed."""
        self._away.show()
        self._offer(doubt=True)
        self._absence.setText(
            f"It has been running for {length_words(hours * 60)}. Did you stop earlier?"
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the ground: what runs is lit."""
        theme = self._theme
        radius = theme.px(8)
        painter = QPainter(self)
        box(painter, self.rect(), radius, theme.color("lampsoft"), theme.color("line2"))

    def _offer(self, *, doubt: bool) -> None:
        """Shows the buttons of a doubt, or those of an absence."""
        self.mend.setVisible(doubt)
        self.off.setVisible(not doubt)
        self.off_and_stop.setVisible(not doubt)

    def _take_off(self) -> None:
        self.taken_off.emit(self.sender() is self.off)

    def _restyle(self) -> None:
        px = self._theme.px
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(px(13), px(6), px(7), px(6))
        self.update()
