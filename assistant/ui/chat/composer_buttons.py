"""The two buttons at the end of the composer: Send, and Stop while an answer is written."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import draw_key_cap
from assistant.ui.widgets.painting import box, draw_centred, mix

_SEND_SIDE, _RADIUS = 36, 9


class SendButton(QPushButton):
    """The arrow in the light.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName("Send")
        self.setToolTip("Send  (Enter)")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._restyle)
        self._restyle()

    def focus_shape(self) -> tuple[QRect, int]:
        """The button itself."""
        return self.rect(), self._theme.px(_RADIUS)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the ground and the arrow."""
        theme = self._theme
        painter = QPainter(self)
        if self.isEnabled():
            share = 0.12 if self.isDown() else 0.06 if self.underMouse() else 0.0
            fill, edge = mix(theme.color("lamp"), theme.color("onlamp"), share), "lampedge"
        else:
            fill, edge = theme.color("well"), "line"
        box(painter, self.rect(), theme.px(_RADIUS), fill, theme.color(edge))
        colour = "onlamp" if self.isEnabled() else "disabled"
        draw_centred(painter, self.rect(), theme.icons.pixmap("arrow-up", 18, colour))

    def _restyle(self) -> None:
        side = self._theme.px(_SEND_SIDE)
        self.setFixedSize(side, side)
        self.update()


class StopButton(QPushButton):
    """Stops the answer; what was written stays.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Stop", parent)
        self._theme = theme
        self.setAccessibleName("Stop")
        self.setToolTip("Stop; what was written stays  (Esc)")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def sizeHint(self) -> QSize:
        """A square, the word and the key."""
        px = self._theme.px
        return QSize(px(13 + 16 + 6 + 8 + 31 + 7) + self._word_width(), px(32))

    def minimumSizeHint(self) -> QSize:
        """Its words are never cut."""
        return self.sizeHint()

    def focus_shape(self) -> tuple[QRect, int]:
        """The button itself."""
        return self.rect(), self._theme.px(_RADIUS)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the box, the square, the word and the key."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        ground = "press" if self.isDown() else "well" if self.underMouse() else "card"
        box(painter, self.rect(), px(_RADIUS), theme.color(ground), theme.color("line2"))
        spot = QRect(px(11), 0, px(16), self.height())
        draw_centred(painter, spot, theme.icons.pixmap("square", 14, "ink"))
        painter.setFont(self.font())
        painter.setPen(theme.color("ink"))
        word = QRect(px(33), 0, self._word_width() + 2, self.height())
        painter.drawText(word, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        cap = QRect(self.width() - px(38), (self.height() - px(19)) // 2, px(31), px(19))
        draw_key_cap(painter, theme, cap, "Esc")

    def _word_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.text())

    def _restyle(self) -> None:
        self.setFont(self._theme.font("interface_medium"))
        self.updateGeometry()
        self.update()
