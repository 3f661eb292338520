"""Where values lie in a plot, and the three lines and few words around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from assistant.ui.theme.theme import Theme

LIT_WIDTH, LINE_WIDTH = 2.5, 1.75
_SHORT_DAYS, _MONTHS_DAYS = 62, 800
_MIDDLE_FROM_DAYS = 14
_LATEST_NAMED_DAY = 20
_Point = TypeVar("_Point")


@dataclass(frozen=True, slots=True)
class Frame:
    """The inside of a plot, and the values at its edges.

    Args:
        inside: In px.
        left: The value at the left edge.
        right: At the right edge; may be the same.
        low: At the bottom.
        high: At the top.
    """

    inside: QRectF
    left: float
    right: float
    low: float = 0.0
    high: float = 1.0

    def x(self, value: float) -> float:
        """Where ``value`` lies from the left, in px; a plot of one value has it in its middle."""
        span = self.right - self.left
        share = (value - self.left) / span if span else 0.5
        return self.inside.left() + share * self.inside.width()

    def y(self, value: float) -> float:
        """Where ``value`` lies from the top, in px."""
        share = (value - self.low) / (self.high - self.low)
        return self.inside.bottom() - share * self.inside.height()

    def at(self, x: float, y: float) -> QPointF:
        """The point of two values."""
        return QPointF(self.x(x), self.y(y))

    def line(self, points: Sequence[tuple[float, float]]) -> QPolygonF:
        """Values as a line."""
        return QPolygonF([self.at(x, y) for x, y in points])


def day_words(day: date) -> str:
    """``12 Nov``."""
    return f"{day.day} {day:%b}"


def date_ticks(first: date, last: date, most: int) -> list[tuple[date, str]]:
    """At most ``most`` days (and never more than are meant) to be named below a plot of time."""
    span = (last - first).days
    if span == 0 or most < 2:  # noqa: PLR2004 - one name needs no choice
        return [(first, day_words(first))]
    if span < _SHORT_DAYS:
        days = [first, first + (last - first) / 2, last]
        if span < _MIDDLE_FROM_DAYS or most < len(days):
            del days[1]
        return [(day, day_words(day)) for day in days]
    if span < _MONTHS_DAYS:
        months = _months(first, last)
        step = -(-len(months) // most)
        return [(day, f"{day:%b}") for day in months[::step]]
    years = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
    return [(day, str(day.year)) for day in years[:: -(-len(years) // most)]]


def _months(first: date, last: date) -> list[date]:
    days = [first] if first.day <= _LATEST_NAMED_DAY else []
    year, month = first.year, first.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)  # noqa: PLR2004 - December
        day = date(year, month, 1)
        if day > last:
            return days
        days.append(day)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places nearest to the wanted ones, ``gap`` apart and between ``low`` and ``high``.

    The order is kept; where there is no room for all, they are closer than ``gap``.
    """
    if not wanted:
        return []
    gap = min(gap, (high - low) / max(1, len(wanted) - 1))
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    places = [min(high, max(low, wanted[at])) for at in order]
    for before, after in pairwise(range(len(places))):
        places[after] = max(places[after], places[before] + gap)
    places[-1] = min(places[-1], high)
    for at in range(len(places) - 2, -1, -1):
        places[at] = min(places[at], places[at + 1] - gap)
    found = [0.0] * len(wanted)
    for at, place in zip(order, places, strict=True):
        found[at] = place
    return found


def thinned(points: Sequence[_Point], most: int) -> Sequence[_Point]:
    """At most about ``most`` of the points, the first and the last among them."""
    if len(points) <= most:
        return points
    step = -(-len(points) // most)
    some = list(points[::step])
    if (len(points) - 1) % step:
        some.append(points[-1])
    return some


def paint_grid(
    painter: QPainter, frame: Frame, theme: Theme, values: Sequence[float] = (0.0, 0.5, 1.0)
) -> None:
    """Lines across a plot, with their percents at the left."""
    painter.save()
    font = theme.font("axis", tabular=True)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    inside = frame.inside
    for value in values:
        level = round(frame.y(value))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(theme.color("grid"), 1))
        painter.drawLine(round(inside.left()), level, round(inside.right()), level)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("ink3"))
        box = QRectF(0, level - metrics.height() / 2, inside.left() - theme.px(6), metrics.height())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, right, f"{100 * value:.0f}")
    painter.restore()


def paint_ticks(
    painter: QPainter, frame: Frame, theme: Theme, ticks: Sequence[tuple[float, str]]
) -> None:
    """Words below a plot, kept inside its width; one that would touch the one before is left out.

    The last goes before those between it and the first.
    """
    font = theme.font("axis", tabular=True)
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(theme.color("ink3"))
    inside, gap = frame.inside, theme.px(8)

    def left(value: float, words: str) -> float:
        width = metrics.horizontalAdvance(words)
        return min(inside.right() - width, max(inside.left(), frame.x(value) - width / 2))

    placed = [(left(value, words), words) for value, words in ticks]
    kept = placed[:1]
    last = placed[-1] if len(placed) > 1 else None
    for at, words in placed[1:]:
        clear = kept[-1][0] + metrics.horizontalAdvance(kept[-1][1]) + gap <= at
        before_last = (
            last is None
            or words == last[1]
            or (at + metrics.horizontalAdvance(words) + gap <= last[0])
        )
        if clear and before_last:
            kept.append((at, words))
    base = inside.bottom() + theme.px(6) + metrics.ascent()
    for at, words in kept:
        painter.drawText(QPointF(at, base), words)


def dashed(theme: Theme, colour: str, width: float = 1.25) -> QPen:
    """A pen for what is not so, or not yet: three on, three off."""
    pen = QPen(theme.color(colour), width * theme.scale)
    pen.setDashPattern([3, 2.5])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def solid(theme: Theme, colour: str, width: float) -> QPen:
    """A pen for a line of a plot."""
    pen = QPen(theme.color(colour), width * theme.scale)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def axis_room(theme: Theme) -> tuple[float, float]:
    """How much room the percents at the left and the words below a plot take, in px."""
    metrics = QFontMetricsF(theme.font("axis", tabular=True))
    return metrics.horizontalAdvance("100") + theme.px(8), metrics.height() + theme.px(8)
