"""The soft shadow of menus, toasts and dragged blocks: 6 px down, 20 px wide."""

import math

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.compositing import composited
from assistant.ui.widgets.painting import box

SHADOW_MARGIN = 20
"""Room in px of the design that a shadowed widget leaves around its card."""

_DROP, _LIGHT, _DARK = 6, 0.14, 0.50


class PopupGround:
    """What a window that opens above the others is drawn on.

    A card with round corners in a margin that holds its shadow. Where nothing can be translucent
    the card is the whole window, with square corners.

    Args:
        theme: The theme in force.
        popup: The window; not to be shown before.
        radius: Of the corners, in px of the design.
    """

    def __init__(self, theme: Theme, popup: QWidget, radius: int) -> None:
        self._theme = theme
        self._popup = popup
        self._radius = radius
        self.lifted = composited()
        popup.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, self.lifted)

    @property
    def margin(self) -> int:
        """Room around the card in px."""
        return self._theme.px(SHADOW_MARGIN) if self.lifted else 0

    @property
    def card(self) -> QRect:
        """Where the card lies in the window."""
        margin = self.margin
        return self._popup.rect().adjusted(margin, margin, -margin, -margin)

    def draw(self, painter: QPainter) -> None:
        """Draws shadow and card."""
        theme, card = self._theme, self.card
        if self.lifted:
            radius = theme.px(self._radius)
            draw_shadow(painter, theme, card, radius)
            box(painter, card, radius, theme.color("card"), theme.color("line2"))
        else:
            painter.fillRect(card, theme.color("line2"))
            painter.fillRect(card.adjusted(1, 1, -1, -1), theme.color("card"))


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
