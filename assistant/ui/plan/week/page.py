"""The page of the week: the days, what is said of them, and the panel beside them."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.ui.plan.page import PlanPage
from assistant.ui.plan.week.bars import EmptyWeek, OverflowBar
from assistant.ui.plan.week.canvas import WeekCanvas
from assistant.ui.plan.week.head import DayHead
from assistant.ui.plan.week.layout import hours_of
from assistant.ui.plan.week.shown import ShownButton
from assistant.ui.plan.week.values import Shown, Week
from assistant.ui.plan.week.why import WIDTH, WhyPanel
from assistant.ui.plan.words import long_day
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.segmented import Segmented

_BESIDE_FROM = 900
_EMPTY_WIDTH = 476


class WeekPage(PlanPage):
    """Day and week, and the way from one to the next.

    Args:
        theme: The theme in force.
        now: Tells the present moment in the user's zone.
    """

    gone = Signal(int)
    """Days, or weeks, forward or back; 0 for today."""
    days_wanted = Signal(int)
    """1 for a day, 7 for a week."""
    undo_wanted = Signal()
    plan_wanted = Signal()

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__(theme, "Week")
        self.head = DayHead(theme)
        self.canvas = WeekCanvas(theme, now)
        self.overflow = OverflowBar(theme)
        self.why = WhyPanel(theme, self)
        self.empty = EmptyWeek(theme, self)
        self.empty.hide()
        self._week: Week | None = None
        self._opening: tuple[date, int, int] | None = None
        """The days that were shown last and their first hour: others begin with the morning."""
        self._opens = False
        self._planning = False
        self.spans = Segmented(theme, "Shown", ("Day", "Week"))
        self.spans.set_current(1)
        self.shown = ShownButton(theme)
        self.undo = Button(theme, "Undo", icon="undo-2")
        self.plan = Button(theme, "Replan", icon="wand-sparkles")
        self._build_head()
        self.column.addWidget(self.canvas, 1)
        self.column.setSpacing(0)
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.addWidget(self.overflow)
        outer = self.layout()
        if isinstance(outer, QVBoxLayout):
            outer.addWidget(self._below)
        self.put_below_line(self.head)
        self.canvas.why_wanted.connect(self.open_why)
        self.canvas.fitted.connect(self.head.fit)
        self.canvas.reached.connect(self._bring_into_view)
        bar = self.scroller.verticalScrollBar()
        bar.rangeChanged.connect(self._to_morning)
        bar.actionTriggered.connect(self._scrolled)
        self.why.closed.connect(self.close_why)
        self.shown.turned.connect(self._leave_out)
        self._fit_panel()

    def show_week(self, week: Week) -> None:
        """Shows these days."""
        self._week = week
        self.set_title(_span_words(week.first, week.days))
        number = f"Week {week.first.isocalendar().week}"
        self.set_facts(number if week.days > 1 else "")
        self.head.show_week(week)
        self.canvas.show_week(week)
        self.overflow.show_overflow(week.overflow)
        self._below.setVisible(bool(week.overflow))
        self._show_plan()
        opening = (week.first, week.days, hours_of(week)[0])
        if opening != self._opening:
            self._opening, self._opens = opening, True
            QTimer.singleShot(0, self, self._to_morning)
        shown = self.why.shown
        if shown is not None and self.why.isVisible():
            same = next((one for one in week.blocks if one.key == shown.key), None)
            if same is None:
                self.close_why()
            else:
                self.why.show_block(same, week.now.date())

    def show_hidden(self, hidden: frozenset[str], calendars: Sequence[str]) -> None:
        """Leaves out what these keys of ``shown`` name; the switches say so."""
        self.shown.show_hidden(hidden, calendars)
        self._leave_out(hidden)

    def show_empty(self, *, empty: bool) -> None:
        """Says that there is nothing yet, over the week."""
        self.empty.setVisible(empty)
        self._show_plan()
        self._place_empty()

    def show_planning(self, *, planning: bool) -> None:
        """Says that the week is being planned, or is no more."""
        self._planning = planning
        self._show_plan()

    def _leave_out(self, hidden: frozenset[str]) -> None:
        self.canvas.hide_kinds(hidden)
        self.head.hide_keys(hidden)

    def _show_plan(self) -> None:
        planned = self._week is not None and self._week.planned
        words = "Replan" if planned else "Plan the week"
        self.plan.setText("Planning" if self._planning else words)
        self.plan.setEnabled(not self._planning and self.empty.isHidden())

    def open_why(self, shown: Shown) -> None:
        """Tells of a block in the panel."""
        if self._week is not None:
            self.why.show_block(shown, self._week.now.date())
            self.why.show()
            self.why.raise_()
            self.canvas.is_told = True
            self._fit_panel()
            said = ". ".join((shown.title, *self.why.reasons()))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.why, said))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the panel, with the keys in the week."""
        if event.key() == Qt.Key.Key_Escape and not self.why.isHidden():
            self.close_why()
        else:
            super().keyPressEvent(event)

    def close_why(self) -> None:
        """The panel goes; the keys are where they were."""
        self.why.hide()
        self.canvas.is_told = False
        self._fit_panel()
        self.canvas.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel lies beside the week, or over it where there is no room for both."""
        super().resizeEvent(event)
        self._fit_panel()
        self._place_empty()

    def _build_head(self) -> None:
        theme = self.theme
        back = IconButton(theme, "chevron-left", "Before")
        on = IconButton(theme, "chevron-right", "After")
        today = Button(theme, "Today")
        back.clicked.connect(self._back)
        on.clicked.connect(self._on)
        today.clicked.connect(self._today)
        ways = QWidget()
        row = QHBoxLayout(ways)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        for button in (back, on, today):
            row.addWidget(button)
        for widget in (ways, self.spans, self.shown, self.undo, self.plan):
            self.add_to_head(widget)
        self.spans.chosen.connect(self._choose_days)
        self.undo.clicked.connect(self.undo_wanted)
        self.plan.clicked.connect(self.plan_wanted)

    def _fit_panel(self) -> None:
        px = self.theme.px
        is_open = not self.why.isHidden()
        beside = is_open and self.width() >= px(_BESIDE_FROM)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, px(WIDTH) if beside else 0, 0)
        width = min(px(WIDTH), self.width())
        self.why.setGeometry(QRect(self.width() - width, 0, width, self.height()))
        margin = px(16 if self.width() < px(700) else 28)
        below = self._below.layout()
        if below is not None:
            below.setContentsMargins(margin, px(4), margin, px(12))

    def _place_empty(self) -> None:
        if self.empty.isHidden():
            return
        width = min(self.theme.px(_EMPTY_WIDTH), self.width() - self.theme.px(32))
        height = self.empty.heightForWidth(width)
        height = self.empty.sizeHint().height() if height < 0 else height
        top = max((self.height() - height) // 2, self.theme.px(100))
        self.empty.setGeometry((self.width() - width) // 2, top, width, height)
        self.empty.raise_()

    def _to_morning(self) -> None:
        """What lies in the night is there, and out of sight at first."""
        content, bar = self.scroller.widget(), self.scroller.verticalScrollBar()
        if content is not None and self._opens:
            top = self.canvas.mapTo(content, QPoint(0, self.canvas.morning()))
            bar.setValue(top.y())
            # Days that are not laid out yet reach so far only later.
            self._opens = bar.value() != top.y()

    def _scrolled(self) -> None:
        self._opens = False

    def _bring_into_view(self, area: QRect) -> None:
        self._opens = False
        content = self.scroller.widget()
        if content is not None:
            middle = self.canvas.mapTo(content, area.center())
            self.scroller.ensureVisible(middle.x(), middle.y(), 0, area.height())

    def _back(self) -> None:
        self.gone.emit(-1)

    def _on(self) -> None:
        self.gone.emit(1)

    def _today(self) -> None:
        self.gone.emit(0)

    def _choose_days(self, index: int) -> None:
        self.days_wanted.emit(1 if index == 0 else 7)


def _span_words(first: date, days: int) -> str:
    """The first and the last day; the month of the first only where it is another one."""
    if days == 1:
        return long_day(first)
    last = first + timedelta(days=days - 1)
    begin = f"{first.day}" if first.month == last.month else f"{first.day} {first:%B}"
    return f"{begin} \N{EN DASH} {last.day} {last:%B}"
