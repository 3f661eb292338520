"""The way back to the end of a chat, beside the column and never over what is read."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button

_WORDS = "Jump to latest"
_SIDE, _GAP, _BOTTOM = 28, 12, 12


class JumpButton(Button):
    """Words where the margin has room for them, an arrow where it has not.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, _WORDS, icon="arrow-down", small=True, parent=parent)
        self._theme = theme
        self.setAccessibleName(_WORDS)
        self.setToolTip(_WORDS)
        self.hide()

    def place(self, margin: QRect) -> None:
        """Stands at the foot of ``margin``, the empty space at the right of the column."""
        px = self._theme.px
        self.setText(_WORDS)
        size = self.sizeHint()
        if size.width() + px(_GAP) > margin.width():
            self.setText("")
            size.setWidth(px(_SIDE))
        gap = max(0, min(px(_GAP), (margin.width() - size.width()) // 2))
        left = margin.right() + 1 - gap - size.width()
        top = margin.bottom() + 1 - px(_BOTTOM) - size.height()
        self.setGeometry(left, top, size.width(), size.height())
