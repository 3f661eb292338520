"""A field that opens a list of things to choose from."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import draw_centred


class Choice(QComboBox):
    """A combo box with the chevron of the other fields, which a style sheet cannot tint.

    Args:
        theme: The theme in force.
        name: What is chosen, for screen readers.
        parent: The owner.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setMinimumHeight(theme.px(32))
        theme.changed.connect(self._restyle)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the field, and the chevron over its right end."""
        super().paintEvent(event)
        side = self._theme.px(28)
        area = QRect(self.width() - side, 0, side, self.height())
        colour = "ink2" if self.isEnabled() else "disabled"
        icon = self._theme.icons.pixmap("chevron-down", 16, colour)
        draw_centred(QPainter(self), area, icon)

    def _restyle(self) -> None:
        self.setMinimumHeight(self._theme.px(32))
        self.update()
