"""Reviews to come: a bar for each of the next days, today lit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen

from assistant.ui.study.pictures.axes import Frame, day_words, paint_ticks
from assistant.ui.study.pictures.colours import LIT
from assistant.ui.study.pictures.marks import Mark, Table, count_words
from assistant.ui.study.pictures.picture import Picture
from assistant.ui.theme.theme import Theme

_REST = "plum.graphic"
_GAP_SHARE = 0.28
_STEPS = (1, 2, 5)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class DueDay:
    """How many reviews fall due on a day."""

    day: date
    due: int


class DueForecast(Picture):
    """The next days, today first.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        empty = "No review falls due in these days."
        super().__init__(theme, "Reviews to come", empty, (560, 150))

    def show_days(self, days: Sequence[DueDay]) -> None:
        """Shows days that follow each other.

        Raises:
            ValueError: A number is below 0.
        """
        if any(day.due < 0 for day in days):
            raise ValueError("Less than no review cannot fall due")
        anything = any(day.due for day in days)
        self.set_drawing(_ForecastDrawing(tuple(days)) if anything else None)


def top_of(most: int) -> int:
    """The number at the top of the plot: the first even round one that holds ``most``."""
    size = 1
    while True:
        for step in _STEPS:
            if step * size >= most and step * size > 1:
                return step * size
        size *= 10


@dataclass(frozen=True, slots=True)
class _ForecastDrawing:
    days: tuple[DueDay, ...]

    def marks(self, area: QRectF, theme: Theme) -> Sequence[Sequence[Mark]]:
        frame = self._frame(area, theme)
        return [
            [
                Mark(bar.center(), self._words(at), day.day, bar)
                for at, day in enumerate(self.days)
                for bar in (self._bar(frame, at),)
            ]
        ]

    def table(self) -> Table:
        rows = tuple(
            (f"{one.day:%A} {day_words(one.day)}", f"{one.due:,}") for one in self.days if one.due
        )
        return Table(("Day", "Reviews"), rows)

    def summary(self) -> str:
        whole = sum(one.due for one in self.days)
        busiest = max(self.days, key=lambda one: one.due)
        return (
            f"{count_words(whole, 'review')} in {count_words(len(self.days), 'day')}, "
            f"{self.days[0].due:,} today, most on {day_words(busiest.day)}: {busiest.due:,}."
        )

    def paint(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        frame = self._frame(area, theme)
        self._paint_grid(painter, frame, theme)
        for at, one in enumerate(self.days):
            if not one.due:
                continue
            bar = self._bar(frame, at)
            radius = min(theme.px(3), bar.width() / 3)
            path = QPainterPath()
            path.addRoundedRect(bar.adjusted(0, 0, 0, radius), radius, radius)
            painter.save()
            painter.setClipRect(bar)
            painter.fillPath(path, theme.color(_REST if at else LIT))
            painter.restore()
        weeks = range(0, len(self.days), _WEEK)
        names = [(at + 0.5, day_words(self.days[at].day) if at else "Today") for at in weeks]
        paint_ticks(painter, frame, theme, names)

    def _paint_grid(self, painter: QPainter, frame: Frame, theme: Theme) -> None:
        font = theme.font("axis", tabular=True)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        inside, top = frame.inside, int(frame.high)
        values = (0, top) if top % 2 else (0, top // 2, top)
        for value in values:
            level = round(frame.y(value))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setPen(QPen(theme.color("grid"), 1))
            painter.drawLine(round(inside.left()), level, round(inside.right()), level)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.color("ink3"))
            room = QRectF(
                0, level - metrics.height() / 2, inside.left() - theme.px(6), metrics.height()
            )
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, flags, f"{value:,}")

    def _frame(self, area: QRectF, theme: Theme) -> Frame:
        metrics = QFontMetricsF(theme.font("axis", tabular=True))
        top = top_of(max(one.due for one in self.days))
        left = metrics.horizontalAdvance(f"{top:,}") + theme.px(8)
        inside = area.adjusted(left, theme.px(8), 0, -metrics.height() - theme.px(8))
        return Frame(inside, 0.0, float(len(self.days)), 0.0, float(top))

    def _bar(self, frame: Frame, at: int) -> QRectF:
        pitch = frame.inside.width() / len(self.days)
        width = max(1.0, pitch * (1 - _GAP_SHARE))
        left = frame.x(at) + (pitch - width) / 2
        top = frame.y(self.days[at].due)
        return QRectF(left, top, width, frame.inside.bottom() - top)

    def _words(self, at: int) -> str:
        one = self.days[at]
        named = "Today" if at == 0 else f"{one.day:%A} {day_words(one.day)}"
        return f"{named}: {count_words(one.due, 'review')}"
