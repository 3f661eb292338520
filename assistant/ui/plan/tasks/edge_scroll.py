"""A page goes on by itself while something is held near its upper or lower edge."""

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from assistant.ui.theme.theme import Theme

_ZONE, _FASTEST, _TICK_MS = 40, 14, 16
"""How far the edge reaches in, and px a tick right at it."""


class EdgeScroll(QObject):
    """Scrolls the area that a widget lies in.

    Args:
        theme: The theme in force.
        widget: Over which something is held; the owner.
    """

    def __init__(self, theme: Theme, widget: QWidget) -> None:
        super().__init__(widget)
        self._theme = theme
        self._widget = widget
        self._step = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._go)

    def follow(self, spot: QPoint) -> None:
        """Something is held here.

        Args:
            spot: In coordinates of the widget.
        """
        area = self._area()
        if area is None:
            return
        viewport = area.viewport()
        y, height = viewport.mapFrom(self._widget.window(), self._at(spot)).y(), viewport.height()
        zone = self._theme.px(_ZONE)
        near = max(0, y - (height - zone)) - max(0, zone - y)
        self._step = max(-_FASTEST, min(_FASTEST, round(near / zone * _FASTEST)))
        if self._step == 0:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
            self._go()  # some systems let no timer run meanwhile, and tell of each move

    def stop(self) -> None:
        """It was let go, or is held elsewhere."""
        self._timer.stop()

    def _at(self, spot: QPoint) -> QPoint:
        return self._widget.mapTo(self._widget.window(), spot)

    def _area(self) -> QScrollArea | None:
        above = self._widget.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        return above

    def _go(self) -> None:
        area = self._area()
        if area is not None:
            bar = area.verticalScrollBar()
            bar.setValue(bar.value() + self._step)
