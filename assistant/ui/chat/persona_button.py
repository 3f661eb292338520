"""Says who answers in this chat, and opens the menu to change it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import box, draw_centred

_WIDEST = 220


class PersonaButton(QPushButton):
    """An icon, a name and an arrow, without a border.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = ""
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.set_name("No persona")

    def set_name(self, name: str) -> None:
        """Shows another persona's name."""
        self._name = name
        self.setAccessibleName(f"Persona: {name}")
        self.setToolTip("Who answers in this chat")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the name, up to a limit."""
        px = self._theme.px
        words = self.fontMetrics().horizontalAdvance(self._name)
        return QSize(min(words + px(52), px(_WIDEST)), px(28))

    def minimumSizeHint(self) -> QSize:
        """The icon, some of the name and the arrow."""
        return QSize(min(self._theme.px(90), self.sizeHint().width()), self._theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the icon, the name and the arrow."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        if self.isDown() or self.underMouse():
            ground = theme.color("press" if self.isDown() else "well")
            box(painter, self.rect(), px(7), ground)
        spot = QRect(px(7), 0, px(16), self.height())
        draw_centred(painter, spot, theme.icons.pixmap("user-round-pen", 15, "ink2"))
        painter.setPen(theme.color("ink2"))
        inside = self.rect().adjusted(px(27), 0, -px(24), 0)
        elide = Qt.TextElideMode.ElideRight
        words = self.fontMetrics().elidedText(self._name, elide, inside.width())
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), words)
        arrow = QRect(self.width() - px(22), 0, px(16), self.height())
        draw_centred(painter, arrow, theme.icons.pixmap("chevron-down", 14, "ink2"))

    def _restyle(self) -> None:
        self.setFont(self._theme.font("small_medium"))
        self.updateGeometry()
        self.update()
