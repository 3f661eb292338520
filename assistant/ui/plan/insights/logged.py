"""What was logged in the last days, a line each, with the way to correct it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.services.planning.timing import Timed
from assistant.ui.plan.rows import put_rows
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
        self.correct = IconButton(theme, "pencil", f"Correct the time on {timed.task.title}")
        self._when = PlainLabel(theme, "", "small", "ink2")
        self._length = PlainLabel(theme, "", "small_medium")
        self._length.setMinimumWidth(theme.px(64))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(ElidedLabel(theme, timed.task.title, "interface"), 1)
        for widget in (self._when, self._length, self.correct):
            row.addWidget(widget)
        self.show_timed(timed, now)

    def show_timed(self, timed: Timed, now: datetime) -> None:
        """Shows the same stretch with other moments."""
        self.timed = timed
        work, zone = timed.work, now.tzinfo
        start = work.start.astimezone(zone)
        end = (work.end or now).astimezone(zone)
        when, length = stretch_words(start, end, now.date()), length_words(work.minutes)
        self._when.setText(when)
        self._length.setText(length)
        self.setAccessibleName(f"{timed.task.title}, {when}, {length}")


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
        shown = self._logged if self._all else self._logged[:_FEW]
        known = {_key(row.timed): row for row in self.rows}
        self.rows = [known.get(_key(one)) or self._row(one, now) for one in shown]
        for row, one in zip(self.rows, shown, strict=True):
            row.show_timed(one, now)
        put_rows(self._rows, self.rows)
        hidden = len(self._logged) - len(shown)
        self.more.setVisible(hidden > 0)
        self.more.setText(f"Show {hidden} more")

    def _row(self, timed: Timed, now: datetime) -> LoggedRow:
        row = LoggedRow(self._theme, timed, now)
        row.correct.clicked.connect(self._tell)
        return row

    def _tell(self) -> None:
        for row in self.rows:
            if row.correct is self.sender():
                self.correct_wanted.emit(row.timed, row.correct)


def _key(timed: Timed) -> tuple[object, ...]:
    """What a line stands for, whatever its moments are."""
    return timed.work.id, timed.task.title
