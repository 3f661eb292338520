"""The names of the days above their columns, and what lasts all day."""

from datetime import timedelta

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from assistant.domain.schedule import BlockKind
from assistant.ui.plan.week.painting import GUTTER
from assistant.ui.plan.week.shown import calendar_key
from assistant.ui.plan.week.values import Week, WholeDay
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import box

_ROW, _STRIP = 30, 20


class DayHead(QWidget):
    """One row with the days; a second one where something lasts all day.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._week: Week | None = None
        self._hidden: frozenset[str] = frozenset()
        self._width = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def fit(self, width: int) -> None:
        """Stands above columns that are so many px wide together."""
        self._width = width
        self.update()

    def show_week(self, week: Week) -> None:
        """Names these days."""
        self._week = week
        self._restyle()

    def hide_keys(self, hidden: frozenset[str]) -> None:
        """Leaves out events of the calendars that these keys of ``shown`` name."""
        self._hidden = hidden
        self._restyle()

    def seen(self) -> list[WholeDay]:
        """What lasts all day and is not left out."""
        if self._week is None or BlockKind.EVENT.value in self._hidden:
            return []
        days = self._week.whole_days
        return [one for one in days if calendar_key(one.calendar) not in self._hidden]

    def sizeHint(self) -> QSize:
        """A row, or two."""
        return QSize(self._theme.px(300), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the names, today's in amber, and the strips below."""
        week, theme, px = self._week, self._theme, self._theme.px
        if week is None:
            return
        painter = QPainter(self)
        column = ((self._width or self.width()) - px(GUTTER) - 2) / week.days
        today = week.now.date()
        for number in range(week.days):
            day = week.first + timedelta(days=number)
            lit = day == today
            area = QRectF(px(GUTTER) + number * column + px(8), 0, column - px(8), px(_ROW))
            name = theme.font("interface_semibold" if lit else "interface")
            painter.setFont(name)
            painter.setPen(theme.color("ink" if lit else "ink2"))
            words = f"{day:%A}" if week.days == 1 else f"{day:%a}"
            middle = int(Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(area, middle, words)
            width = QFontMetricsF(name).horizontalAdvance(words) + px(6)
            figures = theme.font("interface", tabular=True)
            figures.setWeight(QFont.Weight.DemiBold if lit else QFont.Weight.Normal)
            painter.setFont(figures)
            painter.setPen(theme.color("lampink" if lit else "ink3"))
            painter.drawText(area.adjusted(width, 0, 0, 0), middle, str(day.day))
            self._paint_strip(painter, week, number, column)

    def _paint_strip(self, painter: QPainter, week: Week, number: int, column: float) -> None:
        theme, px = self._theme, self._theme.px
        day = week.first + timedelta(days=number)
        titles = [one.title for one in self.seen() if one.day == day]
        if not titles:
            return
        area = QRectF(
            px(GUTTER) + number * column + px(3), px(_ROW), column - px(6), px(_STRIP - 3)
        )
        box(painter, area.toRect(), px(4), theme.color("slate.tint"))
        painter.setFont(theme.font("axis"))
        painter.setPen(theme.color("slate.text"))
        words = titles[0] if len(titles) == 1 else f"{titles[0]} +{len(titles) - 1}"
        inside = area.adjusted(px(6), 0, -px(4), 0)
        elide = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(words, elide, int(inside.width()))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _restyle(self) -> None:
        px = self._theme.px
        said = [f"{one.day:%A}: {one.title}" for one in self.seen()]
        self.setAccessibleName("All day: " + ", ".join(said) if said else "Days")
        self.setFixedHeight(px(_ROW) + (px(_STRIP) if said else 0))
        self.update()
