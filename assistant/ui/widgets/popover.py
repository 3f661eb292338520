"""A card that opens at a button and goes when one clicks elsewhere."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.shadow import PopupGround

_RADIUS = 10


class Popover(QWidget):
    """Holds ``content`` above the window. Esc or a click elsewhere closes it.

    Args:
        theme: The theme in force.
        name: What it is for, for screen readers.
        content: The widget in it.
        padding: Room around the content in px of the design.
        parent: The owner.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        content: QWidget,
        *,
        padding: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        flags = (
            Qt.WindowType.Popup
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.NoDropShadowWindowHint
        )
        super().__init__(parent, flags)
        self._theme = theme
        self._padding = padding
        self.setAccessibleName(name)
        self._ground = PopupGround(theme, self, _RADIUS)
        self._column = QVBoxLayout(self)
        self._column.addWidget(content)
        theme.changed.connect(self._restyle)
        self._restyle()

    def open_at(self, anchor: QWidget, *, above: bool = False) -> None:
        """Opens at ``anchor``, on the wanted side if the screen has room there."""
        self.adjustSize()
        margin, gap = self._ground.margin, self._theme.px(6)
        size = self.size() - QSize(2 * margin, 2 * margin)
        room = anchor.screen().availableGeometry()
        top_of = anchor.mapToGlobal(QPoint(0, 0))
        over, under = top_of.y() - gap - size.height(), top_of.y() + anchor.height() + gap
        fits_over, fits_under = over >= room.top(), under + size.height() <= room.bottom()
        take_over = fits_over if above else not fits_under and fits_over
        left = min(max(room.left(), top_of.x()), room.right() - size.width())
        card = QRect(QPoint(left, over if take_over else under), size)
        self.move(card.topLeft() - QPoint(margin, margin))
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws shadow and card."""
        self._ground.draw(QPainter(self))

    def _restyle(self) -> None:
        room = self._ground.margin + self._theme.px(self._padding)
        self._column.setContentsMargins(room, room, room, room)
        self.update()
