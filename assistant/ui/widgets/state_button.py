"""The model picker's face: a dot, a state in words, an arrow."""

from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import box, draw_centred

DotState = Literal["none", "loading", "ready", "missing"]
"""No model chosen; being loaded; ready; not found or failed."""

_DOTS: dict[DotState, tuple[str, bool]] = {
    "none": ("control", False),
    "loading": ("lamp", True),
    "ready": ("ready", True),
    "missing": ("bad", False),
}
"""Colour and whether it is filled."""


def draw_dot(painter: QPainter, theme: Theme, area: QRect, state: DotState) -> None:
    """The dot of ``state`` in the middle of ``area``; full or hollow says it without colour."""
    colour, filled = _DOTS[state]
    radius = theme.px(8) / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    centre = QRectF(area).center()
    if filled:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(colour))
        painter.drawEllipse(centre, radius, radius)
    else:
        painter.setPen(QPen(theme.color(colour), 1.25))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, radius, radius)


class StateDot(QWidget):
    """The dot alone, beside words that say the same."""

    def __init__(
        self, theme: Theme, state: DotState = "none", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state: DotState = state
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_state(self, state: DotState) -> None:
        """Shows another state."""
        self._state = state
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the dot."""
        draw_dot(QPainter(self), self._theme, self.rect(), self._state)

    def _restyle(self) -> None:
        side = self._theme.px(10)
        self.setFixedSize(side, side)
        self.update()


class StateButton(QPushButton):
    """Opens the list of models; says which one is there and how it is.

    Args:
        theme: The theme in force.
        framed: Whether it has a border; in the composer it has none.
        parent: The owner.
    """

    def __init__(self, theme: Theme, *, framed: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._framed = framed
        self._state: DotState = "none"
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.set_state("none", "Choose a model")

    def set_state(self, state: DotState, words: str) -> None:
        """Shows a state.

        Args:
            state: What the dot says.
            words: The same in words: ``Ready · SmolLM2 135M``.
        """
        self._state = state
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(f"Model: {words}")
        self.setToolTip(f"Model: {words}")
        self.updateGeometry()
        self.update()

    def state(self) -> DotState:
        """What the dot says."""
        return self._state

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        px = self._theme.px
        words = self.fontMetrics().horizontalAdvance(self._words())
        return QSize(words + px(28 + 36), px(32 if self._framed else 28))

    def minimumSizeHint(self) -> QSize:
        """The dot, a word and the arrow."""
        return QSize(self._theme.px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws box, dot, words and arrow."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        ground = "press" if self.isDown() else "well" if self.underMouse() else "card"
        if self._framed:
            box(painter, self.rect(), px(7), theme.color(ground), theme.color("line2"))
        elif ground != "card":
            box(painter, self.rect(), px(7), theme.color(ground))
        draw_dot(painter, theme, QRect(px(10), 0, px(10), self.height()), self._state)
        inside = self.rect().adjusted(px(28), 0, -px(32), 0)
        painter.setPen(theme.color("ink" if self.isEnabled() else "disabled"))
        elide = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self._words(), elide, inside.width())
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), shown)
        arrow = QRect(self.width() - px(26), 0, px(16), self.height())
        draw_centred(painter, arrow, theme.icons.pixmap("chevron-down", 16, "ink2"))

    def _words(self) -> str:
        return self.text().replace("&&", "&")

    def _restyle(self) -> None:
        self.setFont(self._theme.font("interface_medium"))
        self.updateGeometry()
        self.update()
