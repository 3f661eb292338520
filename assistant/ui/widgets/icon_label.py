"""An icon that is looked at and not pressed."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import draw_centred


class IconLabel(QWidget):
    """Shows an icon; words beside it say the same.

    Args:
        theme: The theme in force.
        icon: Name of the icon.
        size: Side in px of the design.
        colour: Name of a colour token.
        parent: The owner.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str,
        size: int = 16,
        colour: str = "ink2",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._side = size
        self._colour = colour
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_icon(self, icon: str, colour: str) -> None:
        """Shows another icon."""
        self._icon, self._colour = icon, colour
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        side = self._theme.px(self._side)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the icon."""
        pixmap = self._theme.icons.pixmap(self._icon, self._side, self._colour)
        draw_centred(QPainter(self), self.rect(), pixmap)

    def _restyle(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()
