"""Auto, light or dark, each as a small picture of the window."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from assistant.ui.theme.theme import Theme
from assistant.ui.theme.tokens import Tokens, choose
from assistant.ui.widgets.switch import RadioButton

_WIDTH, _HEIGHT, _RADIUS = 132, 76, 8
_NARROWEST = 84


class ThemePicker(QWidget):
    """Three round boxes, each under its picture.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Theme")
        self._group = QButtonGroup(self)
        self._radios: dict[str, RadioButton] = {}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(12))
        for name, title in (("auto", "Auto"), ("light", "Light"), ("dark", "Dark")):
            radio = RadioButton(theme, title)
            radio.setProperty("mode", name)
            radio.clicked.connect(self._tell)
            self._group.addButton(radio)
            self._radios[name] = radio
            preview = _Preview(theme, name)
            preview.clicked.connect(radio.click)
            radio.toggled.connect(preview.setChecked)
            column = QVBoxLayout()
            column.setSpacing(theme.px(6))
            column.addWidget(preview)
            column.addWidget(radio)
            line.addLayout(column)

    def show_value(self, mode: object) -> None:
        """Marks a mode without telling anyone."""
        radio = self._radios.get(str(mode))
        if radio is not None:
            radio.setChecked(True)

    def _tell(self) -> None:
        button = self._group.checkedButton()
        if button is not None:
            self.chosen.emit(str(button.property("mode")))


class _Preview(QAbstractButton):
    """A drawing of the window; the round box below it is what the keyboard reaches."""

    def __init__(self, theme: Theme, mode: str) -> None:
        super().__init__()
        self._theme = theme
        self._mode = mode
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"Picture of the {mode} theme")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def nextCheckState(self) -> None:
        """Only the round box marks it."""

    def sizeHint(self) -> QSize:
        """Of one size."""
        return QSize(self._theme.px(_WIDTH), self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Narrower where the window is."""
        return QSize(self._theme.px(_NARROWEST), self._theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the window in the colours of its mode, split in two for ``auto``."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        clip = QPainterPath()
        clip.addRoundedRect(area, _RADIUS, _RADIUS)
        painter.setClipPath(clip)
        light, dark = (choose(dark=d, high_contrast=False) for d in (False, True))
        _draw_window(painter, area, dark if self._mode == "dark" else light)
        if self._mode == "auto":
            half = QPolygonF(
                [
                    QPointF(area.right() - area.width() * 0.33, area.top()),
                    area.topRight(),
                    area.bottomRight(),
                    QPointF(area.left() + area.width() * 0.33, area.bottom()),
                ]
            )
            slope = QPainterPath()
            slope.addPolygon(half)
            painter.setClipPath(clip.intersected(slope))
            _draw_window(painter, area, dark)
        painter.setClipping(False)
        marked = self.isChecked()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("ink2" if marked else "line2"), 1.0 + marked))
        painter.drawRoundedRect(area, _RADIUS, _RADIUS)


def _draw_window(painter: QPainter, area: QRectF, tokens: Tokens) -> None:
    """A sidebar with lines, an answer, and a composer with its lamp."""
    painter.setPen(Qt.PenStyle.NoPen)

    def block(left: float, top: float, width: float, height: float, colour: str) -> None:
        painter.setBrush(QColor(colour))
        x = area.left() + left * area.width()
        y = area.top() + top * area.height()
        rect = QRectF(x, y, width * area.width(), height * area.height())
        painter.drawRoundedRect(rect, 2, 2)

    painter.fillRect(area, QColor(tokens.page))
    sidebar = QRectF(area.left(), area.top(), area.width() * 0.27, area.height())
    painter.fillRect(sidebar, QColor(tokens.desk))
    for row, width in enumerate((0.10, 0.16, 0.16, 0.12)):
        block(0.05, 0.12 + 0.15 * row, width, 0.055, tokens.ink2 if row == 0 else tokens.line2)
    block(0.56, 0.10, 0.38, 0.14, tokens.press)
    block(0.34, 0.36, 0.50, 0.06, tokens.ink3)
    block(0.34, 0.49, 0.40, 0.06, tokens.ink3)
    block(0.34, 0.69, 0.60, 0.22, tokens.line2)
    block(0.345, 0.70, 0.59, 0.20, tokens.card)
    block(0.86, 0.745, 0.06, 0.11, tokens.lamp)
