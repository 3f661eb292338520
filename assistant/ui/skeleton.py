"""What stands in the work area for the blink between the first paint and the chat."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import box


class Skeleton(QWidget):
    """The bar's line and an empty composer, where both will be.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Lamplight is starting")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws both."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("page"))
        painter.fillRect(0, px(52) - 1, self.width(), 1, theme.color("line"))
        width = min(px(680), self.width() - 2 * px(20))
        height = px(88)
        left = (self.width() - width) // 2
        area = QRect(left, self.height() - px(18) - height, width, height)
        box(painter, area, px(14), theme.color("card"), theme.color("line2"))
