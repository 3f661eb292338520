"""Strokes that several widgets share: rounded boxes, mixed colours, centred icons."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget


@runtime_checkable
class HasFocusShape(Protocol):
    """A widget that is drawn smaller than the area that takes clicks."""

    def focus_shape(self) -> tuple[QRect, int]:
        """What the focus ring goes around, in own coordinates, and its radius in px.

        Nothing where that is empty.
        """
        ...


def focus_shape_changed(widget: QWidget) -> None:
    """Lets the focus ring follow what changed within a widget that stayed where it is."""
    QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.LayoutRequest))


def mix(first: QColor, second: QColor, share: float) -> QColor:
    """``first`` with ``share`` (0 to 1) of ``second`` in it."""
    keep = 1 - share
    return QColor.fromRgbF(
        first.redF() * keep + second.redF() * share,
        first.greenF() * keep + second.greenF() * share,
        first.blueF() * keep + second.blueF() * share,
    )


def box(
    painter: QPainter,
    rect: QRect,
    radius: float,
    fill: QColor | None,
    border: QColor | None = None,
    width: float = 1.0,
) -> None:
    """A rounded box whose border lies inside ``rect``, on whole pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if border is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(rect), radius, radius)
        return
    painter.setPen(QPen(border, width))
    half = width / 2
    inside = QRectF(rect).adjusted(half, half, -half, -half)
    painter.drawRoundedRect(inside, radius - half, radius - half)


def draw_centred(painter: QPainter, area: QRect, pixmap: QPixmap) -> None:
    """``pixmap`` in the middle of ``area``, on whole pixels so that its strokes stay sharp."""
    size = pixmap.deviceIndependentSize()
    left = area.left() + (area.width() - round(size.width())) // 2
    top = area.top() + (area.height() - round(size.height())) // 2
    painter.drawPixmap(QPoint(left, top), pixmap)
