"""How well the app foretells: what it foretold against what came."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sqrt

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from assistant.services.study.progress import Calibration, CalibrationBin
from assistant.ui.study.pictures.axes import (
    LIT_WIDTH,
    Frame,
    axis_room,
    dashed,
    paint_grid,
    paint_ticks,
    solid,
)
from assistant.ui.study.pictures.marks import Mark, Table, checked_share, count_words, percent_words
from assistant.ui.study.pictures.picture import Picture
from assistant.ui.theme.theme import Theme

ENOUGH = 20
"""Below this many answers nothing is said about how well it foretells."""

_WELL, _FAIRLY = 0.05, 0.1
_Z_80 = 1.2816
_SMALLEST, _LARGEST = 3.0, 7.0
_BAND_OPACITY = 0.2
_NAMED_APART = 18


def verdict(calibration: Calibration) -> str:
    """The error in words."""
    if calibration.count < ENOUGH or _FAIRLY <= calibration.error < _by_chance(calibration):
        return "Too few answers to tell yet"
    if calibration.error < _WELL:
        return "It foretells you well"
    if calibration.error < _FAIRLY:
        return "It foretells you fairly well"
    lean = sum((one.foretold - one.came) * one.count for one in calibration.bins)
    if abs(lean) / calibration.count < calibration.error / 2:
        return "It often misjudges you"
    return "It expects too much of you" if lean > 0 else "You do better than it expects"


def _by_chance(calibration: Calibration) -> float:
    """The error that chance alone brings, were all foretold rightly: the mean of |normal|."""
    spread = (sqrt(one.foretold * (1 - one.foretold) * one.count) for one in calibration.bins)
    return sqrt(2 / pi) * sum(spread) / calibration.count


def likely_range(came: float, count: int) -> tuple[float, float]:
    """The 80 % interval of a share that came in ``count`` answers, after Wilson (1927)."""
    z2 = _Z_80**2
    middle = (came + z2 / (2 * count)) / (1 + z2 / count)
    half = _Z_80 / (1 + z2 / count) * sqrt(came * (1 - came) / count + z2 / (4 * count**2))
    return max(0.0, middle - half), min(1.0, middle + half)


class CalibrationPlot(Picture):
    """Foretold chances against what came.

    Args:
        theme: The theme in force.
        name: What was foretold: ``Answers foretold``, ``Reviews foretold``.
    """

    def __init__(self, theme: Theme, name: str = "Answers foretold") -> None:
        empty = "After some answers this shows whether the app foretells you well."
        super().__init__(theme, name, empty, (288, 220))

    def show_calibration(self, calibration: Calibration) -> None:
        """Shows a calibration; one without answers as nothing yet.

        Raises:
            ValueError: A value is no share, or a bin is empty.
        """
        checked_share(calibration.error, "The error")
        for one in calibration.bins:
            checked_share(one.foretold, "A foretold chance")
            checked_share(one.came, "What came")
            if one.count < 1:
                raise ValueError("A bin without answers has no place")
        self.set_drawing(_CalibrationDrawing(calibration) if calibration.bins else None)


@dataclass(frozen=True, slots=True)
class _CalibrationDrawing:
    found: Calibration

    def marks(self, area: QRectF, theme: Theme) -> Sequence[Sequence[Mark]]:
        frame = self._frame(area, theme)
        return [[Mark(frame.at(one.foretold, one.came), _words(one)) for one in self.found.bins]]

    def table(self) -> Table:
        rows = tuple(
            (
                percent_words(one.foretold),
                percent_words(one.came),
                f"{one.count:,}",
                f"{100 * low:.0f} to {percent_words(high)}",
            )
            for one in self.found.bins
            for low, high in (likely_range(one.came, one.count),)
        )
        return Table(("Foretold", "Came", "Answers", "80 % band"), rows)

    def summary(self) -> str:
        count = count_words(self.found.count, "answer")
        return f"{verdict(self.found)}: {percent_words(self.found.error)} off over {count}."

    def paint(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        frame = self._frame(area, theme)
        paint_grid(painter, frame, theme)
        ticks = [(0.0, "0"), (0.5, f"{percent_words(0.5)} foretold"), (1.0, "100")]
        paint_ticks(painter, frame, theme, ticks)
        painter.setPen(dashed(theme, "control"))
        painter.drawLine(frame.at(0, 0), frame.at(1, 1))
        self._paint_band(painter, frame, theme)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(solid(theme, "lampline", LIT_WIDTH))
        painter.drawPolyline(frame.line([(one.foretold, one.came) for one in self.found.bins]))
        most = max(one.count for one in self.found.bins)
        painter.setPen(QPen(theme.color("card"), 1.5))
        painter.setBrush(theme.color("lampline"))
        for one in self.found.bins:
            radius = _SMALLEST + (_LARGEST - _SMALLEST) * sqrt(one.count / most)
            radius *= theme.scale
            painter.drawEllipse(frame.at(one.foretold, one.came), radius, radius)
        self._paint_words(painter, area, frame, theme)

    def _paint_band(self, painter: QPainter, frame: Frame, theme: Theme) -> None:
        ends = [(one.foretold, *likely_range(one.came, one.count)) for one in self.found.bins]
        high = [frame.at(x, top) for x, _, top in ends]
        low = [frame.at(x, bottom) for x, bottom, _ in ends]
        if len(ends) == 1:
            painter.setPen(solid(theme, "lampline", 1))
            painter.drawLine(high[0], low[0])
            return
        colour = theme.color("lampline")
        colour.setAlphaF(_BAND_OPACITY)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([*high, *reversed(low)]))
        if theme.high_contrast:
            painter.setPen(QPen(theme.color("lampline"), 1))
            painter.drawPolyline(QPolygonF(high))
            painter.drawPolyline(QPolygonF(low))

    def _paint_words(self, painter: QPainter, area: QRectF, frame: Frame, theme: Theme) -> None:
        height = theme.line("small")
        top = QRectF(area.left(), area.top(), area.width(), height)
        painter.setFont(theme.font("small_medium"))
        painter.setPen(theme.color("ink"))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(top, left, verdict(self.found))
        metrics = QFontMetricsF(theme.font("small_medium"))
        taken = metrics.horizontalAdvance(verdict(self.found)) + theme.px(12)
        note = f"{percent_words(self.found.error)} off, {count_words(self.found.count, 'answer')}"
        font = theme.font("small", tabular=True)
        if QFontMetricsF(font).horizontalAdvance(note) <= area.width() - taken:
            painter.setFont(font)
            painter.setPen(theme.color("ink3"))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(top, right, note)
        self._paint_counts(painter, frame, theme)

    def _paint_counts(self, painter: QPainter, frame: Frame, theme: Theme) -> None:
        """The number of answers below each point, where the one before leaves room."""
        font = theme.font("axis", tabular=True)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(theme.color("ink3"))
        free = frame.inside.left()
        for one in self.found.bins:
            words = f"{one.count:,}"
            width = metrics.horizontalAdvance(words)
            point = frame.at(one.foretold, one.came)
            left = min(frame.inside.right() - width, point.x() + theme.px(8))
            if left < free:
                continue
            top = point.y() + theme.px(_NAMED_APART)
            bottom = frame.inside.bottom() - metrics.descent()
            painter.drawText(QPointF(left, min(top, bottom)), words)
            free = left + width + theme.px(4)

    def _frame(self, area: QRectF, theme: Theme) -> Frame:
        left, below = axis_room(theme)
        top = theme.line("small") + theme.px(14)
        return Frame(area.adjusted(left, top, -theme.px(8), -below), 0.0, 1.0)


def _words(one: CalibrationBin) -> str:
    return (
        f"Foretold {percent_words(one.foretold)}, came {percent_words(one.came)}"
        f" of {count_words(one.count, 'answer')}"
    )
