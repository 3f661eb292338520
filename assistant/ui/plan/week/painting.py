"""Draws what lies behind the blocks of a week: days, hours, energy; and the present moment."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen

from assistant.ui.clock import clock_words, hour_words
from assistant.ui.plan.week.layout import Grid
from assistant.ui.theme.theme import Theme

GUTTER = 44
_LABEL = 14
"""How far apart two labels beside the hours have to be."""
_LEAST_CURVE = 2


def paint_grid(painter: QPainter, theme: Theme, grid: Grid, now: datetime) -> None:
    """Draws the days and the hours; today lies on a card."""
    line = theme.color("line")
    today = (now.date() - grid.first).days
    if 0 <= today < grid.days and grid.days > 1:
        painter.fillRect(grid.day_area(today), theme.color("card"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setFont(theme.font("axis", tabular=True))
    told = hours_told(theme, grid, now)
    for hour in range(grid.begin, grid.end + 1):
        y = round(grid.y(hour * 60))
        painter.setPen(theme.color("grid"))
        painter.drawLine(round(grid.area.left()), y, round(grid.area.right()), y)
        if hour in told:
            painter.setPen(theme.color("ink3"))
            area = QRectF(0, y - theme.px(8), grid.area.left() - theme.px(8), theme.px(16))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(area, int(flags), hour_words(hour))
    painter.setPen(line)
    for number in range(grid.days + 1):
        x = round(grid.area.left() + number * grid.column)
        painter.drawLine(x, round(grid.area.top()), x, round(grid.area.bottom()))


def hours_told(theme: Theme, grid: Grid, now: datetime) -> list[int]:
    """The hours that are written beside the days: none where the present time is written."""
    is_now = 0 <= (now.date() - grid.first).days < grid.days
    present = grid.y(now.hour * 60 + now.minute)
    return [
        hour
        for hour in range(grid.begin + 1, grid.end)
        if not is_now or abs(grid.y(hour * 60) - present) >= theme.px(_LABEL)
    ]


def paint_energy(
    painter: QPainter, theme: Theme, grid: Grid, curve: Sequence[Sequence[float]]
) -> None:
    """Draws how much energy there is, by the hour of each day: one closed path a day.

    Args:
        painter: Draws.
        theme: The theme in force.
        grid: The measures.
        curve: By weekday, Monday first, and hour: 0 to 1.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number in range(grid.days):
        weekday = (grid.first + timedelta(days=number)).weekday()
        values = curve[weekday] if weekday < len(curve) else ()
        if len(values) < _LEAST_CURVE:
            continue
        column = grid.day_area(number)
        points = [
            QPointF(column.left() + 1 + value * column.width() * 0.45, grid.y(hour * 60 + 30))
            for hour, value in enumerate(values)
        ]
        points.insert(0, QPointF(points[0].x(), grid.y(0)))
        points.append(QPointF(points[-1].x(), grid.y(24 * 60)))
        path = QPainterPath(QPointF(column.left() + 1, points[0].y()))
        path.lineTo(points[0])
        for before, after in pairwise(points):
            middle = (before.y() + after.y()) / 2
            path.cubicTo(QPointF(before.x(), middle), QPointF(after.x(), middle), after)
        path.lineTo(QPointF(column.left() + 1, points[-1].y()))
        path.closeSubpath()
        painter.save()
        painter.setClipRect(column)
        painter.setPen(QPen(theme.color("energyedge"), 1))
        painter.setBrush(theme.color("energy"))
        painter.drawPath(path)
        painter.restore()


def paint_now(painter: QPainter, theme: Theme, grid: Grid, now: datetime) -> None:
    """Draws the present moment in its day, and its time beside the hours."""
    number = (now.date() - grid.first).days
    y = grid.y(now.hour * 60 + now.minute)
    if not (0 <= number < grid.days and grid.area.top() <= y <= grid.area.bottom()):
        return
    px = theme.px
    column = grid.day_area(number)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("lampline"), px(2)))
    painter.drawLine(QPointF(column.left(), y), QPointF(column.right(), y))
    painter.setBrush(theme.color("lamp"))
    painter.setPen(QPen(theme.color("lampedge"), 1))
    painter.drawEllipse(QPointF(column.left(), y), px(4), px(4))
    font = theme.font("axis", tabular=True)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(theme.color("lampink"))
    area = QRectF(0, y - px(8), grid.area.left() - px(8), px(16))
    flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(area, int(flags), clock_words(now, half=False))
