"""The two clefs as strokes of our own: no font that ships has them."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

Points = Sequence[tuple[float, float]]
"""To the right, and up from the lowest line, in half the room between two lines."""

_TREBLE: Final[Points] = (
    (0.35, 1.05),
    (-0.5, 1.55),
    (-0.4, 2.75),
    (0.55, 3.25),
    (1.5, 2.5),
    (1.45, 1.0),
    (0.35, 0.05),
    (-1.1, 0.4),
    (-1.85, 1.9),
    (-1.4, 3.7),
    (-0.2, 5.2),
    (0.75, 6.7),
    (1.05, 8.4),
    (0.7, 9.7),
    (0.15, 9.6),
    (-0.25, 8.2),
    (0.0, 6.0),
    (0.5, 2.0),
    (0.85, -1.2),
    (0.45, -2.6),
    (-0.55, -2.7),
    (-0.95, -2.0),
)
_BASS: Final[Points] = (
    (-1.1, 6.0),
    (-0.75, 7.4),
    (0.4, 8.0),
    (1.5, 7.3),
    (1.7, 5.7),
    (1.0, 3.6),
    (-0.4, 2.0),
    (-1.7, 1.1),
)
_WIDTH: Final = 0.42
_TREBLE_DOT: Final = ((-0.62, -2.0, 0.42),)
_BASS_DOTS: Final = ((-0.7, 6.0, 0.6), (2.7, 6.9, 0.34), (2.7, 5.1, 0.34))


def draw_clef(painter: QPainter, at: QPointF, unit: float, colour: QColor, *, bass: bool) -> None:
    """Draws a clef.

    Args:
        painter: Draws it, smoothed.
        at: Its middle, on the lowest line.
        unit: Half the room between two lines, in px.
        colour: Of it.
        bass: It is the F clef; else the G clef.
    """
    painter.save()
    painter.translate(at)
    pen = QPen(colour, _WIDTH * unit)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_curve(_BASS if bass else _TREBLE, unit))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for x, y, radius in _BASS_DOTS if bass else _TREBLE_DOT:
        painter.drawEllipse(QPointF(x * unit, -y * unit), radius * unit, radius * unit)
    painter.restore()


def _curve(points: Points, unit: float) -> QPainterPath:
    """A smooth line through points (Catmull and Rom 1974, as cubic curves)."""
    known = [QPointF(x * unit, -y * unit) for x, y in points]
    path = QPainterPath(known[0])
    for at in range(len(known) - 1):
        before, here = known[max(at - 1, 0)], known[at]
        there, after = known[at + 1], known[min(at + 2, len(known) - 1)]
        path.cubicTo(here + (there - before) / 6, there - (after - here) / 6, there)
    return path
