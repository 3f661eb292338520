"""How full, how far: the ring and the bar."""

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import box

NEARLY_FULL = 0.9
"""From here on the ring warns."""

_RING, _STROKE, _BAR = 18, 2.75, 6
_FULL_TURN = 360 * 16
_TOP = 90 * 16


class RingMeter(QWidget):
    """How full something is, as a ring. The number stands beside it in words.

    Args:
        theme: The theme in force.
        name: What it measures, for screen readers.
        parent: The owner.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._share = 0.0
        theme.changed.connect(self._restyle)
        self._restyle()
        self.set_share(0.0)

    def share(self) -> float:
        """How full, 0 to 1."""
        return self._share

    def set_share(self, share: float) -> None:
        """Shows ``share``, taken to between 0 and 1."""
        self._share = min(1.0, max(0.0, share))
        self.setAccessibleName(f"{self._name}: {self._share:.0%}")
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        side = self._theme.px(_RING)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the track and the arc, clockwise from the top."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stroke = _STROKE * theme.scale
        half = stroke / 2 + 0.5
        area = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.setPen(QPen(theme.color("press" if theme.high_contrast else "line2"), stroke))
        painter.drawEllipse(area)
        colour = "caution" if self._share >= NEARLY_FULL else "ink2"
        pen = QPen(theme.color(colour), stroke)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(area, _TOP, -round(_FULL_TURN * self._share))

    def _restyle(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()


class ProgressBar(QProgressBar):
    """How far something is: amber while it runs, grey while it is paused, red when it failed."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state: Literal["running", "paused", "failed"] = "running"
        self.setRange(0, 1000)
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_share(self, share: float) -> None:
        """Shows ``share``, 0 to 1."""
        self.setValue(round(1000 * min(1.0, max(0.0, share))))

    def set_state(self, state: Literal["running", "paused", "failed"]) -> None:
        """Says how it goes."""
        self._state = state
        self.update()

    def sizeHint(self) -> QSize:
        """A thin line."""
        return QSize(self._theme.px(160), self._theme.px(_BAR))

    def minimumSizeHint(self) -> QSize:
        """Still a line."""
        return QSize(self._theme.px(40), self._theme.px(_BAR))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the track and what is done."""
        theme = self._theme
        painter = QPainter(self)
        radius = self.height() / 2
        box(painter, self.rect(), radius, theme.color("press"))
        span = max(1, self.maximum() - self.minimum())
        done = round(self.width() * (self.value() - self.minimum()) / span)
        if done > 0:
            colour = {"running": "lamp", "paused": "control", "failed": "bad"}[self._state]
            area = self.rect()
            area.setWidth(max(done, self.height()))
            box(painter, area, radius, theme.color(colour))

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(_BAR))
        self.update()
