"""Weeks of study: a column for each week, a cell for each day, lit by the minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import isfinite

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from assistant.services.study.progress import StudyDay
from assistant.ui.study.pictures.axes import day_words
from assistant.ui.study.pictures.colours import light_edge, light_fill
from assistant.ui.study.pictures.marks import Mark, Table, count_words
from assistant.ui.study.pictures.picture import Picture
from assistant.ui.theme.theme import Theme

MOST_WEEKS = 53
MINUTES = (0.0, 10.0, 25.0, 45.0)
"""From how many minutes on a day takes a step of light; any study at all takes the first."""

_WEEK = 7
_SMALLEST, _LARGEST, _GAP = 11, 20, 3
_NAMED_DAYS = (0, 2, 4)


class StudyCalendar(Picture):
    """The last weeks, as many as there is room for.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        empty = "Each day of study lights a square here."
        super().__init__(theme, "Calendar of study", empty, (560, 172))

    def show_days(self, days: Sequence[StudyDay], today: date) -> None:
        """Shows the days on which something was done.

        Args:
            days: In any order; those after ``today`` are not shown.
            today: The last day.

        Raises:
            ValueError: Minutes are below 0 or not a number.
        """
        for day in days:
            if not isfinite(day.minutes) or day.minutes < 0:
                raise ValueError(f"{day.minutes} are no minutes")
        known = {day.day: day for day in days if day.day <= today}
        self.set_drawing(_CalendarDrawing(known, today) if known else None, today.weekday())


def step_of(minutes: float) -> int:
    """The step of light, 0 to 3, of a day with so many minutes."""
    return max(at for at, least in enumerate(MINUTES) if minutes >= least)


@dataclass(frozen=True, slots=True)
class _Cells:
    """Where the cells lie."""

    left: float
    top: float
    side: float
    gap: float
    weeks: int

    def cell(self, week: int, weekday: int) -> QRectF:
        pitch = self.side + self.gap
        return QRectF(self.left + week * pitch, self.top + weekday * pitch, self.side, self.side)


@dataclass(frozen=True, slots=True)
class _CalendarDrawing:
    days: Mapping[date, StudyDay]
    today: date

    def marks(self, area: QRectF, theme: Theme) -> Sequence[Sequence[Mark]]:
        """A row for each weekday: Left and Right move by a week, Up and Down by a day."""
        cells = self._cells(area, theme)
        return [
            [
                Mark(box.center(), self._words(day), day, box)
                for week in range(cells.weeks)
                for day in (self._day(cells, week, weekday),)
                if day <= self.today
                for box in (cells.cell(week, weekday),)
            ]
            for weekday in range(_WEEK)
        ]

    def table(self) -> Table:
        rows = tuple(
            (
                f"{day.day:%A} {day_words(day.day)} {day.day.year}",
                f"{day.minutes:.0f}",
                f"{day.answers:,}",
                f"{day.reviews:,}",
            )
            for day in sorted(self.days.values(), key=lambda one: one.day, reverse=True)
        )
        return Table(("Day", "Minutes", "Answers", "Reviews"), rows)

    def summary(self) -> str:
        minutes = sum(day.minutes for day in self.days.values())
        time = f"{minutes:.0f} minutes" if minutes < 120 else f"{minutes / 60:.0f} hours"  # noqa: PLR2004 - two hours
        return f"{count_words(len(self.days), 'day')} of study, {time} in all."

    def paint(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        cells = self._cells(area, theme)
        radius = theme.px(3)
        for week in range(cells.weeks):
            for weekday in range(_WEEK):
                day = self._day(cells, week, weekday)
                if day > self.today:
                    continue
                box = cells.cell(week, weekday).adjusted(0.5, 0.5, -0.5, -0.5)
                done = self.days.get(day)
                self._paint_cell(painter, theme, box, done, radius)
                if day == self.today:
                    painter.setPen(QPen(theme.color("lampline"), 2))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), radius, radius)
        self._paint_names(painter, cells, theme)
        self._paint_legend(painter, area, cells, theme)

    def _paint_cell(
        self, painter: QPainter, theme: Theme, box: QRectF, done: StudyDay | None, radius: float
    ) -> None:
        if done is None:
            strong = theme.high_contrast
            painter.setPen(QPen(theme.color("line2"), 1) if strong else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("well"))
        else:
            step = step_of(done.minutes)
            painter.setPen(QPen(light_edge(theme, step), 1))
            painter.setBrush(light_fill(theme, step))
        painter.drawRoundedRect(box, radius, radius)

    def _paint_names(self, painter: QPainter, cells: _Cells, theme: Theme) -> None:
        font = theme.font("axis")
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(theme.color("ink3"))
        for weekday in _NAMED_DAYS:
            box = cells.cell(0, weekday)
            words = f"{self._day(cells, 0, weekday):%a}"
            middle = box.center().y() + (metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(0, middle), words)
        free = 0.0
        for week in range(cells.weeks):
            day = self._day(cells, week, 0)
            left = cells.cell(week, 0).left()
            new = week == 0 or day.month != (day - timedelta(days=_WEEK)).month
            last_of_month = week == 0 and (day + timedelta(days=2 * _WEEK)).month != day.month
            if new and not last_of_month and left >= free:
                words = f"{day:%b}"
                painter.drawText(QPointF(left, metrics.ascent()), words)
                free = left + metrics.horizontalAdvance(words) + theme.px(6)

    def _paint_legend(self, painter: QPainter, area: QRectF, cells: _Cells, theme: Theme) -> None:
        font = theme.font("axis")
        metrics = QFontMetricsF(font)
        side, gap = min(cells.side, theme.px(12)), theme.px(4)
        below = cells.cell(0, _WEEK - 1).bottom() + theme.px(10) + metrics.height() / 2
        middle = min(area.bottom() - metrics.height() / 2, below)
        base = middle + (metrics.ascent() - metrics.descent()) / 2
        painter.setFont(font)
        painter.setPen(theme.color("ink3"))
        left = cells.left
        painter.drawText(QPointF(left, base), "None")
        left += metrics.horizontalAdvance("None") + gap
        labels = ("", f"{MINUTES[1]:.0f}", f"{MINUTES[2]:.0f}", f"{MINUTES[3]:.0f} min")
        for step in range(-1, len(MINUTES)):
            box = QRectF(round(left) + 0.5, round(middle - side / 2) + 0.5, side - 1, side - 1)
            done = StudyDay(self.today, 1, 0, MINUTES[step]) if step >= 0 else None
            self._paint_cell(painter, theme, box, done, theme.px(3))
            left += side + gap
            words = labels[step] if step >= 0 else ""
            if words:
                painter.setPen(theme.color("ink3"))
                painter.drawText(QPointF(left, base), words)
                left += metrics.horizontalAdvance(words) + 2 * gap

    def _cells(self, area: QRectF, theme: Theme) -> _Cells:
        metrics = QFontMetricsF(theme.font("axis"))
        left = metrics.horizontalAdvance("Wed") + theme.px(8)
        top = metrics.height() + theme.px(4)
        gap = theme.px(_GAP)
        room = area.height() - top - metrics.height() - theme.px(8) - _WEEK * gap
        side = float(max(theme.px(_SMALLEST), min(theme.px(_LARGEST), int(room / _WEEK))))
        weeks = int((area.width() - left + gap) / (side + gap))
        weeks = min(MOST_WEEKS, max(1, weeks))
        return _Cells(left, top, side, gap, weeks)

    def _day(self, cells: _Cells, week: int, weekday: int) -> date:
        monday = self.today - timedelta(days=self.today.weekday())
        return monday + timedelta(days=weekday - _WEEK * (cells.weeks - 1 - week))

    def _words(self, day: date) -> str:
        done = self.days.get(day)
        named = f"{day:%A} {day_words(day)}"
        if done is None:
            return f"{named}: nothing"
        answers = count_words(done.answers, "answer")
        return f"{named}: {done.minutes:.0f} min, {answers}, {count_words(done.reviews, 'review')}"
