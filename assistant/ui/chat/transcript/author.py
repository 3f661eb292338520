"""Who said what stands above, where that was no model."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from assistant.domain.conversation import PLANNER
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import draw_centred

_ICON, _GAP, _HEIGHT = 16, 6, 28


class AuthorLabel(QWidget):
    """A calendar and the word Planner, quietly; looked at and not pressed.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFont(theme.font("small"))
        self.setAccessibleName(f"Said by the {PLANNER.lower()}")
        self.setToolTip("From your plan, not from a model")

    def sizeHint(self) -> QSize:
        """As wide as the icon and the word."""
        px = self._theme.px
        width = px(_ICON + _GAP) + self.fontMetrics().horizontalAdvance(PLANNER)
        return QSize(width + px(8), px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the icon and the word."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        spot = QRect(0, 0, px(_ICON), self.height())
        draw_centred(painter, spot, theme.icons.pixmap("calendar-days", _ICON, "ink3"))
        painter.setPen(theme.color("ink3"))
        painter.setFont(self.font())
        beside = self.rect().adjusted(px(_ICON + _GAP), 0, 0, 0)
        painter.drawText(beside, int(Qt.AlignmentFlag.AlignVCenter), PLANNER)
