"""A value on a line."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from assistant.ui.theme.theme import Theme

_KNOB, _GROOVE, _HEIGHT = 16, 4, 28


class Slider(QSlider):
    """A horizontal slider; a click on the line goes there, the arrows take single steps.

    Args:
        theme: The theme in force.
        name: What it sets, for screen readers.
        low: Least value.
        high: Greatest value.
        parent: The owner.
    """

    def __init__(
        self, theme: Theme, name: str, low: int, high: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setRange(low, high)
        self.setPageStep(max(1, (high - low) // 10))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def sizeHint(self) -> QSize:
        """Wide enough to aim at."""
        return QSize(self._theme.px(168), self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Half as wide will do."""
        return QSize(self._theme.px(84), self._theme.px(_HEIGHT))

    def focus_shape(self) -> tuple[QRect, int]:
        """The knob."""
        side = self._theme.px(_KNOB)
        centre = self._centre()
        half = side / 2
        knob = QRectF(centre.x() - half, centre.y() - half, side, side)
        return knob.toAlignedRect(), side // 2

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes the knob to the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._follow(event.position().x())
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The knob follows the pointer."""
        if self.isSliderDown():
            self._follow(event.position().x())
            event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets the knob go."""
        self.setSliderDown(False)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the line, its filled part and the knob."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        groove, centre = theme.px(_GROOVE), self._centre()
        left, top = theme.px(_KNOB) / 2, centre.y() - groove / 2
        width = self.width() - theme.px(_KNOB)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("press" if theme.high_contrast else "line2"))
        painter.drawRoundedRect(QRectF(left, top, width, groove), groove / 2, groove / 2)
        enabled = self.isEnabled()
        painter.setBrush(theme.color("control" if enabled else "line2"))
        filled = QRectF(left, top, centre.x() - left, groove)
        painter.drawRoundedRect(filled, groove / 2, groove / 2)
        painter.setBrush(theme.color("well" if self.isSliderDown() else "card"))
        edge = "disabled" if not enabled else "ink2" if self.underMouse() else "control"
        painter.setPen(QPen(theme.color(edge), 1.5))
        radius = theme.px(_KNOB) / 2 - 0.75
        painter.drawEllipse(centre, radius, radius)

    def _centre(self) -> QPointF:
        side = self._theme.px(_KNOB)
        span = max(1, self.maximum() - self.minimum())
        share = (self.sliderPosition() - self.minimum()) / span
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            share = 1 - share
        return QPointF(side / 2 + share * (self.width() - side), self.height() / 2)

    def _follow(self, x: float) -> None:
        side = self._theme.px(_KNOB)
        share = (x - side / 2) / max(1, self.width() - side)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            share = 1 - share
        span = self.maximum() - self.minimum()
        self.setSliderPosition(round(self.minimum() + min(1.0, max(0.0, share)) * span))

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
