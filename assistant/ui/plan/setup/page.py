"""The page of what planning goes by."""

import calendar
from collections.abc import Mapping, Sequence
from datetime import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.calendar import KeptCalendar
from assistant.planner.quick_add.vocabulary import Entry
from assistant.ui.plan.page import PlanPage
from assistant.ui.plan.setup.hours import hours_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.card import Card, Divider
from assistant.ui.widgets.fields import LineField, TextField
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from assistant.ui.widgets.switch import Switch

_WIDEST, _NAME, _FIELD = 720, 110, 240


class _DayRow(QWidget):
    """A weekday and its hours."""

    def __init__(self, theme: Theme, weekday: int) -> None:
        super().__init__()
        self.weekday = weekday
        name = calendar.day_name[weekday]
        self.field = TextField(theme, f"Hours of {name}", "Day off")
        label = PlainLabel(theme, name)
        label.setFixedWidth(theme.px(_NAME))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(self.field, 1)


class _CalendarRow(QWidget):
    """A calendar, whether it counts, and the way to take it away."""

    def __init__(self, theme: Theme, kept: KeptCalendar) -> None:
        super().__init__()
        self.kept = kept
        self.switch = Switch(theme, f"{kept.name} takes time")
        self.switch.setChecked(kept.shown)
        self.remove = IconButton(theme, "trash-2", f"Remove {kept.name}")
        count = "1 entry" if kept.count == 1 else f"{kept.count} entries"
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(ElidedLabel(theme, kept.name, "interface_medium"), 1)
        row.addWidget(PlainLabel(theme, count, "small", "ink2"))
        row.addWidget(self.switch)
        row.addWidget(self.remove)


class _WordRow(QWidget):
    """A phrase, what it means, and the way to forget it."""

    def __init__(self, theme: Theme, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self.remove = IconButton(theme, "x", f"Forget {entry.phrase}")
        meaning = entry.meaning or "only words"
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(ElidedLabel(theme, f"“{entry.phrase}”", "interface_medium"), 1)
        row.addWidget(ElidedLabel(theme, meaning, "interface", "ink2"), 1)
        row.addWidget(self.remove)


class SetupPage(PlanPage):
    """Hours, calendars and words, a card each.

    Args:
        theme: The theme in force.
    """

    hours_set = Signal(int, str)
    """A weekday, 0 for Monday, and its hours as they were written."""
    import_wanted = Signal()
    export_wanted = Signal()
    shown_set = Signal(str, bool)
    """The id of a calendar, and whether it counts."""
    remove_wanted = Signal(str)
    forget_wanted = Signal(str)
    taught = Signal(str, str)
    """A phrase and what it means."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Hours and calendars")
        self.days = [_DayRow(theme, weekday) for weekday in range(7)]
        self.calendars: list[_CalendarRow] = []
        self.words: list[_WordRow] = []
        self.phrase = LineField(theme, "Your words", "after class")
        self.meaning = LineField(theme, "What they mean", "15:30")
        self._build_hours()
        self._calendars = self._build_calendars()
        self._words = self._build_words()
        self.column.addStretch(1)

    def show_hours(self, hours: Mapping[int, Sequence[tuple[time, time]]]) -> None:
        """Shows when work may be planned, by weekday; what is being written is left alone."""
        for row in self.days:
            line = row.field.field
            if not (line.hasFocus() and line.isModified()):
                row.field.field.setText(hours_words(hours.get(row.weekday, ())))
                row.field.set_error("")

    def show_problem(self, weekday: int, words: str) -> None:
        """Says what is wrong with the hours of a day."""
        self.days[weekday].field.set_error(words)

    def show_calendars(self, calendars: Sequence[KeptCalendar]) -> None:
        """Lists the calendars."""
        _clear(self._calendars)
        self.calendars = [_CalendarRow(self.theme, one) for one in calendars]
        for row in self.calendars:
            row.switch.toggled.connect(self._tell_shown)
            row.remove.clicked.connect(self._tell_remove)
            self._calendars.addWidget(row)
        if not calendars:
            words = "No calendar yet. Its events keep their time free of tasks."
            self._calendars.addWidget(PlainLabel(self.theme, words, "small", "ink2", wrap=True))

    def show_words(self, entries: Sequence[Entry]) -> None:
        """Lists the user's own words."""
        _clear(self._words)
        self.words = [_WordRow(self.theme, entry) for entry in entries]
        for row in self.words:
            row.remove.clicked.connect(self._tell_forget)
            self._words.addWidget(row)
        if not entries:
            words = "None yet. A chip that you correct teaches one."
            self._words.addWidget(PlainLabel(self.theme, words, "small", "ink2", wrap=True))

    def _card(self, title: str, note: str) -> Card:
        theme = self.theme
        card = Card(theme)
        card.setMaximumWidth(theme.px(_WIDEST))
        card.body.addWidget(PlainLabel(theme, title, "card_title"))
        card.body.addWidget(PlainLabel(theme, note, "small", "ink2", wrap=True))
        self.column.addWidget(card)
        return card

    def _build_hours(self) -> None:
        card = self._card(
            "Working hours", "Tasks are planned within them. Nothing: that day is kept free."
        )
        for row in self.days:
            row.field.field.editingFinished.connect(self._tell_hours)
            card.body.addWidget(row)

    def _build_calendars(self) -> QVBoxLayout:
        card = self._card(
            "Calendars", "Read from files (.ics); nothing that they link to is ever opened."
        )
        rows = QVBoxLayout()
        card.body.addLayout(rows)
        card.body.addWidget(Divider(self.theme))
        bring = Button(self.theme, "Import a calendar", icon="calendar-plus")
        write = Button(self.theme, "Export everything", icon="file-up")
        bring.clicked.connect(self.import_wanted)
        write.clicked.connect(self.export_wanted)
        line = QHBoxLayout()
        line.addWidget(bring)
        line.addWidget(write)
        line.addStretch(1)
        card.body.addLayout(line)
        return rows

    def _build_words(self) -> QVBoxLayout:
        card = self._card("Your own words", "What they stand for in a line that adds a task.")
        rows = QVBoxLayout()
        card.body.addLayout(rows)
        card.body.addWidget(Divider(self.theme))
        teach = Button(self.theme, "Teach")
        teach.clicked.connect(self._tell_taught)
        self.meaning.returnPressed.connect(self._tell_taught)
        line = QHBoxLayout()
        for widget in (self.phrase, self.meaning):
            line.addWidget(widget, 1)
        line.addWidget(teach)
        card.body.addLayout(line)
        return rows

    def _tell_hours(self) -> None:
        for row in self.days:
            if row.field.field is self.sender():
                self.hours_set.emit(row.weekday, row.field.text())

    def _tell_shown(self, shown: bool) -> None:  # noqa: FBT001 - a slot
        for row in self.calendars:
            if row.switch is self.sender():
                self.shown_set.emit(str(row.kept.id), shown)

    def _tell_remove(self) -> None:
        for row in self.calendars:
            if row.remove is self.sender():
                self.remove_wanted.emit(str(row.kept.id))

    def _tell_forget(self) -> None:
        for row in self.words:
            if row.remove is self.sender():
                self.forget_wanted.emit(row.entry.phrase)

    def _tell_taught(self) -> None:
        if self.phrase.text().strip():
            self.taught.emit(self.phrase.text(), self.meaning.text())


def _clear(rows: QVBoxLayout) -> None:
    while (item := rows.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
