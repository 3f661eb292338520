"""The page of what planning goes by."""

import calendar
from collections.abc import Mapping, Sequence
from datetime import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.ui.plan.page import PlanPage
from assistant.ui.plan.setup.calendars import CalendarsCard
from assistant.ui.plan.setup.customs import CustomsCard
from assistant.ui.plan.setup.hours import hours_words
from assistant.ui.plan.setup.own_words import WordsCard
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.fields import TextField
from assistant.ui.widgets.labels import PlainLabel

_WIDEST, _NAME = 720, 110


class _DayRow(QWidget):
    """A weekday and its hours."""

    def __init__(self, theme: Theme, weekday: int) -> None:
        super().__init__()
        self.weekday = weekday
        self.told = ""
        """What was shown or told last: only something else is told."""
        name = calendar.day_name[weekday]
        self.field = TextField(theme, f"Hours of {name}", "Day off")
        label = PlainLabel(theme, name)
        label.setFixedWidth(theme.px(_NAME))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(self.field, 1)


class SetupPage(PlanPage):
    """Hours, customs, calendars and words, a card each.

    Args:
        theme: The theme in force.
    """

    hours_set = Signal(int, str)
    """A weekday, 0 for Monday, and its hours as they were written."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Hours and calendars")
        self.days = [_DayRow(theme, weekday) for weekday in range(7)]
        self.customs = CustomsCard(theme)
        self.calendars = CalendarsCard(theme)
        self.words = WordsCard(theme)
        # Cards that were limited one by one got the height of wider ones, with fewer lines.
        cards = QWidget()
        cards.setMaximumWidth(theme.px(_WIDEST))
        below = QVBoxLayout(cards)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme.px(16))
        for card in (self._build_hours(), self.customs, self.calendars, self.words):
            below.addWidget(card)
        beside = QHBoxLayout()
        beside.addWidget(cards, 1)
        beside.addStretch(0)
        self.column.addLayout(beside)
        self.column.addStretch(1)

    def show_hours(self, hours: Mapping[int, Sequence[tuple[time, time]]]) -> None:
        """Shows when work may be planned, by weekday; what is being written or mended stays."""
        for row in self.days:
            line = row.field.field
            if not row.field.error() and not (line.hasFocus() and line.isModified()):
                row.told = hours_words(hours.get(row.weekday, ()))
                line.setText(row.told)

    def show_problem(self, weekday: int, words: str) -> None:
        """Says what is wrong with the hours of a day."""
        self.days[weekday].field.set_error(words)

    def _build_hours(self) -> Card:
        theme = self.theme
        card = Card(theme)
        note = "Tasks are planned within them. Nothing: that day is kept free."
        card.body.addWidget(PlainLabel(theme, "Working hours", "card_title"))
        card.body.addWidget(PlainLabel(theme, note, "small", "ink2", wrap=True))
        for row in self.days:
            row.field.field.editingFinished.connect(self._tell_hours)
            card.body.addWidget(row)
        return card

    def _tell_hours(self) -> None:
        for row in self.days:
            if row.field.field is self.sender() and row.field.text() != row.told:
                row.told = row.field.text()
                self.hours_set.emit(row.weekday, row.field.text())
