"""What was logged in the last days, a line each, with the way to correct it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.services.planning.timing import Timed
from assistant.ui.plan.words import length_words, stretch_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel

_FEW = 5


class LoggedRow(QWidget):
    """A stretch of work.

    Args:
        theme: The theme in force.
        timed: Which one.
        now: The present moment, in the user's zone.
    """

    def __init__(self, theme: Theme, timed: Timed, now: datetime) -> None:
        super().__init__()
        self.timed = timed
        work, zone = timed.work, now.tzinfo
        start = work.start.astimezone(zone)
        end = (work.end or now).astimezone(zone)
        when = stretch_words(start, end, now.date())
        length = length_words(work.minutes)
        self.setAccessibleName(f"{timed.task.title}, {when}, {length}")
        self.correct = IconButton(theme, "pencil", f"Correct the time on {timed.task.title}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(ElidedLabel(theme, timed.task.title, "interface"), 1)
        row.addWidget(PlainLabel(theme, when, "small", "ink2"))
        minutes = PlainLabel(theme, length, "small_medium")
        minutes.setMinimumWidth(theme.px(64))
        row.addWidget(minutes)
        row.addWidget(self.correct)


class LoggedCard(Card):
    """The latest stretches of work; hidden without any.

    Args:
        theme: The theme in force.
    """

    correct_wanted = Signal(object, object)
    """A ``Timed``, and the widget where it stands."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._logged: tuple[Timed, ...] = ()
        self._now: datetime | None = None
        self.rows: list[LoggedRow] = []
        self.body.addWidget(PlainLabel(theme, "Time you logged", "card_title"))
        note = "In the last two weeks. What is wrong can be corrected; estimates learn from it."
        self.body.addWidget(PlainLabel(theme, note, "small", "ink2", wrap=True))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(2))
        self.body.addLayout(self._rows)
        self.more = Button(theme, "Show all", "ghost", small=True)
        self.more.clicked.connect(self._show_all)
        line = QHBoxLayout()
        line.addWidget(self.more)
        line.addStretch(1)
        self.body.addLayout(line)
        self._all = False
        self.hide()

    def show_logged(self, logged: Sequence[Timed], now: datetime) -> None:
        """Lists stretches, the latest first."""
        self._logged, self._now = tuple(logged), now
        self.setVisible(bool(logged))
        self._fill()

    def _show_all(self) -> None:
        self._all = True
        self._fill()

    def _fill(self) -> None:
        now = self._now
        if now is None:
            return
        for row in self.rows:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        shown = self._logged if self._all else self._logged[:_FEW]
        self.rows = [LoggedRow(self._theme, one, now) for one in shown]
        for row in self.rows:
            row.correct.clicked.connect(self._tell)
            self._rows.addWidget(row)
        hidden = len(self._logged) - len(shown)
        self.more.setVisible(hidden > 0)
        self.more.setText(f"Show {hidden} more")

    def _tell(self) -> None:
        for row in self.rows:
            if row.correct is self.sender():
                self.correct_wanted.emit(row.timed, row.correct)
