"""Names of units on a map that is too small for the names of its concepts."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from assistant.domain.course import Unit
from assistant.domain.ids import ConceptId
from assistant.ui.theme.theme import Theme

_ROOM, _GAP, _RADIUS, _WIDEST = QSizeF(14, 6), 2, 5, 260


def districts(
    units: Sequence[Unit], boxes: Mapping[ConceptId, QRectF], area: QRectF, theme: Theme
) -> list[tuple[str, QRectF]]:
    """Each unit's name and where it is written: amid its concepts, and off the other names.

    Args:
        units: In the course's order.
        boxes: Where each concept lies.
        area: None of them leaves this, while there is room.
        theme: The theme in force.
    """
    metrics = QFontMetricsF(theme.font("small_medium"))
    widest = min(float(theme.px(_WIDEST)), area.width()) - _ROOM.width()
    wanted: list[tuple[float, float, str, QSizeF]] = []
    for unit in units:
        spots = [boxes[one].center() for one in unit.concepts if one in boxes]
        if not spots:
            continue
        name = metrics.elidedText(unit.title, Qt.TextElideMode.ElideRight, widest)
        size = QSizeF(metrics.horizontalAdvance(name), metrics.height()) + _ROOM
        y = sum(spot.y() for spot in spots) / len(spots)
        wanted.append((y, sum(spot.x() for spot in spots) / len(spots), name, size))
    placed: list[tuple[str, QRectF]] = []
    for y, x, name, size in sorted(wanted, key=lambda one: one[:2]):
        corner = QPointF(x - size.width() / 2, y - size.height() / 2)
        spot = _within(QRectF(corner, size), area)
        for _, other in sorted(placed, key=lambda one: one[1].top()):  # downwards there is room
            if spot.intersects(other.adjusted(-_GAP, -_GAP, _GAP, _GAP)):
                spot.moveTop(other.bottom() + _GAP)
        placed.append((name, spot))
    return placed


def paint_districts(painter: QPainter, theme: Theme, placed: Sequence[tuple[str, QRectF]]) -> None:
    """Writes the names over the boxes, each on a ground of its own."""
    painter.setFont(theme.font("small_medium"))
    for name, spot in placed:
        painter.setPen(QPen(theme.color("line2"), 1))
        painter.setBrush(theme.color("card"))
        painter.drawRoundedRect(spot.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.setPen(theme.color("ink"))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, name)


def _within(spot: QRectF, area: QRectF) -> QRectF:
    left = max(area.left(), min(spot.left(), area.right() - spot.width()))
    top = max(area.top(), min(spot.top(), area.bottom() - spot.height()))
    return QRectF(QPointF(left, top), spot.size())
