"""The one focus ring of a window: a click-through frame that follows the focus.

It is shown for the keyboard and not for the mouse; fields of text thicken their own border instead.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)
from shiboken6 import isValid

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import HasFocusShape

_GAP, _WIDTH, _RADIUS = 2, 2, 7
_OWN_BORDER = (QLineEdit, QAbstractSpinBox, QComboBox, QAbstractScrollArea, QAbstractItemView)
_FOLLOWED = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ParentChange,
    QEvent.Type.LayoutRequest,
}


class FocusRing(QWidget):
    """Follows the focus inside ``window``; make one per window.

    Args:
        theme: The theme in force.
        window: The window whose focus it shows.
    """

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._target: QWidget | None = None
        self._watched: list[QObject] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)
        theme.changed.connect(self._place)

    @property
    def target(self) -> QWidget | None:
        """The widget the ring is around now."""
        return self._target

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Goes where the focused widget goes; a key on a clicked widget shows the ring."""
        if event.type() in _FOLLOWED:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the ring."""
        if self._target is None:
            return
        width = self._theme.px(_WIDTH)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("lampline"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = width / 2
        shape, radius = self._shape(self._target)
        out = self._theme.px(_GAP) + width
        frame = QRect(self._target.mapTo(self._window, shape.topLeft()) - self.pos(), shape.size())
        area = frame.adjusted(-out, -out, out, out).toRectF().adjusted(half, half, -half, -half)
        corner = radius + out - half
        painter.drawRoundedRect(area, corner, corner)

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._leave()
        if new is None or new.window() is not self._window or isinstance(new, _OWN_BORDER):
            return
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return
        self._target = new
        widget: QWidget | None = new
        while widget is not None and widget is not self._window:
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = widget.parentWidget()
        self._place()

    def _leave(self) -> None:
        for watched in self._watched:
            if isValid(watched):  # the focus also leaves what is just being deleted
                watched.removeEventFilter(self)
        self._watched.clear()
        self._target = None
        self.hide()

    def _place(self) -> None:
        target = self._target
        window = self._window
        if target is None or not target.isVisibleTo(window):
            self.hide()
            return
        shape, _radius = self._shape(target)
        out = self._theme.px(_GAP) + self._theme.px(_WIDTH)
        frame = QRect(target.mapTo(window, shape.topLeft()), shape.size())
        frame = frame.adjusted(-out, -out, out, out)
        seen = frame & _shown_part(target, window, out)
        if seen.isEmpty() or shape.isEmpty():
            self.hide()
            return
        self.setGeometry(seen)
        # Only the rim is covered, so what the target redraws does not redraw the ring.
        rim = QRegion(self.rect())
        inner = frame.adjusted(out, out, -out, -out).translated(-seen.topLeft())
        self.setMask(rim - QRegion(inner.adjusted(2, 2, -2, -2)))
        self.raise_()
        self.show()
        self.update()

    def _shape(self, target: QWidget) -> tuple[QRect, int]:
        if isinstance(target, HasFocusShape):
            return target.focus_shape()
        return target.rect(), self._theme.px(_RADIUS)


def _shown_part(target: QWidget, window: QWidget, margin: int) -> QRect:
    """The part of ``window`` in which the ring may be drawn: not outside a scrolled area."""
    part = window.rect()
    widget = target.parentWidget()
    while widget is not None and widget is not window:
        above = widget.parentWidget()
        if isinstance(above, QAbstractScrollArea) and above.viewport() is widget:
            corner = widget.mapTo(window, QPoint(0, 0))
            part &= QRect(corner, widget.size()).adjusted(-margin, -margin, margin, margin)
        widget = above
    return part
