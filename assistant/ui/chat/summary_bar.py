"""A line under the top bar: the chat's first messages are summed up for the model."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import draw_centred

_HEIGHT, _MARGIN, _ICON, _GAP = 32, 28, 16, 8


def summed_up_words(messages: int, *, in_use: bool) -> str:
    """What the line says.

    Args:
        messages: How many the summary stands for, from the first on.
        in_use: Whether the model reads it in their place.
    """
    one = messages == 1
    first = "The first message" if one else f"The first {messages:,} messages"
    if in_use:
        return f"{first} {'is' if one else 'are'} summed up for the model"
    return f"{first} {'has' if one else 'have'} a summary that is switched off"


class SummaryBar(QPushButton):
    """One line that is a button; hidden while the chat has no summary.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setToolTip("Read and change the summary")
        self.setAccessibleDescription("Opens the summary, to be read and changed")
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    @property
    def words(self) -> str:
        """What it says; empty while it is not shown."""
        return self.accessibleName() if not self.isHidden() else ""

    @property
    def seen_words(self) -> str:
        """What of it there is room for."""
        elide, width = Qt.TextElideMode.ElideRight, self._words_area().width()
        return self.fontMetrics().elidedText(self.accessibleName(), elide, width)

    def say(self, words: str) -> None:
        """Shows a line; empty words take it away."""
        if words != self.words:
            self.setAccessibleName(words)
            self.setVisible(bool(words))
            self.update()

    def tab_stops(self) -> list[QWidget]:
        """Itself."""
        return [self]

    def focus_shape(self) -> tuple[QRect, int]:
        """Inside the line: around it there is no room for the ring."""
        px = self._theme.px
        return self._inside().adjusted(-px(8), px(5), px(8), -px(6)), px(4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Words are cut where there is no room for them."""
        return QSize(0, self._theme.px(_HEIGHT))

    def sizeHint(self) -> QSize:
        """The icon, the words and the arrow."""
        px = self._theme.px
        words = self.fontMetrics().horizontalAdvance(self.accessibleName())
        # Advances are rounded: with no pixel to spare, words that fit would be cut.
        beside = px(_MARGIN) + px(_ICON) + px(_GAP)
        return QSize(2 * beside + words + 2, px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the icon, the words, an arrow after them, and the line."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        if self.isDown() or self.underMouse():
            painter.fillRect(self.rect(), theme.color("press" if self.isDown() else "well"))
        inside, icon = self._inside(), px(_ICON)
        spot = QRect(inside.left(), 0, icon, self.height())
        draw_centred(painter, spot, theme.icons.pixmap("scroll-text", 15, "ink2"))
        painter.setPen(theme.color("ink2"))
        flags = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(self._words_area(), flags, self.seen_words)
        arrow = QRect(inside.right() + 1 - icon, 0, icon, self.height())
        draw_centred(painter, arrow, theme.icons.pixmap("chevron-right", 14, "ink2"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))

    def _inside(self) -> QRect:
        """Where icon, words and arrow stand, from the left margin on."""
        margin = self._theme.px(_MARGIN)
        width = min(self.sizeHint().width(), self.width()) - 2 * margin
        return QRect(margin, 0, width, self.height())

    def _words_area(self) -> QRect:
        beside = self._theme.px(_ICON) + self._theme.px(_GAP)
        return self._inside().adjusted(beside, 0, -beside, 0)

    def _restyle(self) -> None:
        self.setFont(self._theme.font("small"))
        self.setFixedHeight(self._theme.px(_HEIGHT))
        self.updateGeometry()
        self.update()
