"""The soft shadow of menus, toasts and dragged blocks: 6 px down, 20 px wide."""

import math

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from assistant.ui.theme.theme import Theme

SHADOW_MARGIN = 20
"""Room in px of the design that a shadowed widget leaves around its card."""

_DROP, _LIGHT, _DARK = 6, 0.14, 0.50


def draw_shadow(painter: QPainter, theme: Theme, card: QRect, radius: float) -> None:
    """Draws the shadow of ``card``; draw the card itself afterwards.

    One ring per pixel, from the outside in. Each adds what is missing to the strength of a normal
    distribution at its distance, so that the sum is as a blur would have it.
    """
    reach = theme.px(SHADOW_MARGIN) - 1
    drop = theme.px(_DROP)
    strength = _DARK if theme.tokens.dark else _LIGHT
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    covered = 0.0
    for distance in range(reach, -reach // 2, -1):
        wanted = strength * 0.5 * math.erfc(distance / (reach * 0.5))
        share = (wanted - covered) / (1 - covered)
        covered = wanted
        colour = QColor(0, 0, 0)
        colour.setAlphaF(max(0.0, share))
        painter.setBrush(colour)
        area = QRectF(card).adjusted(-distance, -distance, distance, distance)
        area.translate(0, drop)
        corner = max(1.0, radius + distance)
        painter.drawRoundedRect(area, corner, corner)
