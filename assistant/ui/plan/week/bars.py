"""What is said below and over the week: what does not fit, and that nothing is there yet."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.ids import TaskId
from assistant.domain.schedule import Overflow, Remedy
from assistant.ui.clock import clock_face
from assistant.ui.plan.tasks.page import EXAMPLES
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.notices import EmptyState
from assistant.ui.widgets.painting import box

_MOST_REMEDIES = 3


class OverflowBar(QWidget):
    """What found no room, and what would make it fit.

    Args:
        theme: The theme in force.
    """

    remedied = Signal(object, object)
    """An ``Overflow`` and the ``Remedy`` that is wanted for it."""
    looked_at = Signal(object)
    """An ``Overflow`` that is shown, of which it is not known yet what would help."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._overflow: tuple[Overflow, ...] = ()
        self._found: dict[tuple[TaskId, datetime | None], tuple[Remedy, ...]] = {}
        """What would help, as far as it was asked for in this plan."""
        self._at = 0
        self._buttons: list[Button] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(6), theme.px(6), theme.px(6))
        row.setSpacing(theme.px(10))
        row.addWidget(IconLabel(theme, "triangle-alert", 16, "caution"))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        self._words = PlainLabel(theme, "", "interface", wrap=True)
        self._choices = QWidget()
        self._flow = FlowLayout(self._choices, theme.px(6))
        words.addWidget(self._words)
        words.addWidget(self._choices)
        row.addLayout(words, 1)
        self.next_button = Button(theme, "Show the next", "ghost", small=True)
        self.next_button.clicked.connect(self._show_next)
        row.addWidget(self.next_button, 0, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self.update)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    @property
    def buttons(self) -> list[Button]:
        """What would help, a button each."""
        return list(self._buttons)

    def show_overflow(self, overflow: tuple[Overflow, ...]) -> None:
        """Tells of one that does not fit, the one that is shown if it is still there."""
        self.setVisible(bool(overflow))
        if overflow == self._overflow:
            return
        before = _time_of(self._overflow[self._at]) if self._overflow else None
        times = [_time_of(one) for one in overflow]
        self._overflow, self._at = overflow, times.index(before) if before in times else 0
        self._found = {}
        self.next_button.setVisible(len(overflow) > 1)
        self._show()

    def show_remedies(self, asked: Overflow, found: Overflow | None) -> None:
        """Tells what would help, where what it was asked for is still shown."""
        if found is None or not self._overflow or self._overflow[self._at] != asked:
            return
        self._found[_time_of(asked)] = found.remedies
        self._show_buttons(asked)

    def _show_next(self) -> None:
        self._at = (self._at + 1) % len(self._overflow)
        self._show()

    def _show(self) -> None:
        if not self._overflow:
            self._show_buttons(None)
            return
        shown = self._overflow[self._at]
        left = len(self._overflow) - 1
        more = f" {left} more {'does' if left == 1 else 'do'} not fit either." if left else ""
        why = clock_face().told(shown.text).rstrip(".")
        self._words.setText(f"“{shown.title}” does not fit: {why}.{more}")
        self._show_buttons(shown)
        if _time_of(shown) not in self._found and not shown.remedies:
            self.looked_at.emit(shown)

    def _show_buttons(self, shown: Overflow | None) -> None:
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        if shown is not None:
            for remedy in self._remedies_of(shown)[:_MOST_REMEDIES]:
                words = clock_face().told(remedy.text)
                button = Button(self._theme, words.replace("&", "&&"), small=True)
                button.clicked.connect(self._chooser(shown, remedy))
                self._flow.addWidget(button)
                self._buttons.append(button)
        self._choices.setVisible(bool(self._buttons))

    def _remedies_of(self, shown: Overflow) -> tuple[Remedy, ...]:
        return self._found.get(_time_of(shown), shown.remedies)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the tint."""
        theme = self._theme
        border = theme.color("line2") if theme.high_contrast else None
        box(QPainter(self), self.rect(), theme.px(8), theme.color("cautionsoft"), border)

    def _chooser(self, overflow: Overflow, remedy: Remedy) -> Callable[[], None]:
        def choose() -> None:
            self.remedied.emit(overflow, remedy)

        return choose


class EmptyWeek(Card):
    """Nothing is planned yet: what to do, and things to try.

    Args:
        theme: The theme in force.
        parent: The page over which it lies.
    """

    add_wanted = Signal()
    import_wanted = Signal()
    hours_wanted = Signal()
    tried = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, 24, parent)
        words = EmptyState(
            theme,
            "Nothing is planned this week",
            "Say what has to be done, in your own words. Each task finds its place around what "
            "is already fixed.",
            tries=EXAMPLES,
        )
        words.tried.connect(self.tried)
        self.body.addWidget(words)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        add = Button(theme, "Add a task", "primary", icon="plus")
        bring = Button(theme, "Import a calendar", icon="calendar-plus")
        add.clicked.connect(self.add_wanted)
        bring.clicked.connect(self.import_wanted)
        row.addWidget(add)
        row.addWidget(bring)
        hours = Button(theme, "Set working hours", "ghost")
        hours.clicked.connect(self.hours_wanted)
        row.addWidget(hours)
        row.addStretch(1)
        self.body.addSpacing(theme.px(8))
        self.body.addLayout(row)


def _time_of(overflow: Overflow) -> tuple[TaskId, datetime | None]:
    """Which time of which task finds no room."""
    return overflow.task, overflow.occurrence
