"""One entry of a sidebar: icon, word, count; the current one is lit."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.own_font import keep_font
from assistant.ui.widgets.painting import box, draw_centred

Level = Literal["place", "row"]
"""A place of the application, or an entry of the list inside a place."""

_INSET, _BAR_WIDTH, _BAR_HEIGHT = 10, 3, 16
_HEIGHTS: dict[Level, int] = {"place": 32, "row": 30}
_ICONS: dict[Level, int] = {"place": 18, "row": 16}


class SectionItem(QPushButton):
    """A checkable entry; the sidebar decides which one is current.

    Args:
        theme: The theme in force.
        icon: Name of the icon.
        text: The word.
        level: Places have an amber bar at the window's edge when they are current.
        parent: The owner.
    """

    _own_font: QFont | None = None

    def __init__(
        self,
        theme: Theme,
        icon: str,
        text: str,
        level: Level = "row",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._icon = icon
        self._level: Level = level
        self._count = 0
        self._folded = False
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._restyle)
        theme.changed.connect(self._restyle)
        self._restyle()

    def setFont(self, font: QFont | str | Sequence[str]) -> None:
        """Takes a font, and keeps it in another parent."""
        self._own_font = QFont(font)
        super().setFont(self._own_font)

    def changeEvent(self, event: QEvent) -> None:
        """Keeps its font; see ``own_font``."""
        super().changeEvent(event)
        keep_font(self, event, self._own_font)

    def set_count(self, count: int) -> None:
        """Shows how many wait there; 0 shows nothing."""
        self._count = count
        self.setAccessibleName(f"{self.text()}, {count}" if count else self.text())
        self.update()

    def set_folded(self, folded: bool) -> None:  # noqa: FBT001 - a setter of one value
        """Shows the icon alone, with the word as its tooltip."""
        self._folded = folded
        self.setToolTip(self.text() if folded else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        px = self._theme.px
        inset = px(8 if self._folded else _INSET)
        if self._folded:
            return QSize(2 * inset + px(40), px(_HEIGHTS[self._level]))
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(2 * inset + px(44) + words, px(_HEIGHTS[self._level]))

    def minimumSizeHint(self) -> QSize:
        """The icon."""
        return QSize(self._theme.px(44), self._theme.px(_HEIGHTS[self._level]))

    def focus_shape(self) -> tuple[QRect, int]:
        """The box, drawn inside so that the sidebar's edge does not cut the ring."""
        return self._area().adjusted(2, 2, -2, -2), self._theme.px(6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the box, the amber bar, the icon, the word and the count."""
        theme, px, area = self._theme, self._theme.px, self._area()
        painter = QPainter(self)
        current = self.isChecked()
        if current or self.isDown():
            box(painter, area, px(7), theme.color("press"))
        elif self.underMouse() and self.isEnabled():
            box(painter, area, px(7), theme.color("well" if theme.tokens.dark else "press"))
        place = self._level == "place"
        if current and place:
            height = px(_BAR_HEIGHT)
            bar = QRect(-px(3), area.center().y() - height // 2 + 1, px(3 + _BAR_WIDTH), height)
            box(painter, bar, px(_BAR_WIDTH) / 2 + 1, theme.color("lamp"))
        side = px(_ICONS[self._level])
        left = area.left() + px(8)
        if self._folded:
            left = area.left() + (area.width() - side) // 2
        colour = "ink2" if not current else "lampink" if place else "ink"
        colour = colour if self.isEnabled() else "disabled"
        pixmap = theme.icons.pixmap(self._icon, _ICONS[self._level], colour)
        draw_centred(painter, QRect(left, area.top(), side, area.height()), pixmap)
        if not self._folded:
            self._draw_words(painter, area, left + side + px(10 if place else 8))

    def _draw_words(self, painter: QPainter, area: QRect, left: int) -> None:
        theme, px = self._theme, self._theme.px
        right = area.right() - px(8)
        middle = Qt.AlignmentFlag.AlignVCenter
        if self._count:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("ink2"))
            count = str(self._count)
            width = painter.fontMetrics().horizontalAdvance(count)
            spot = QRect(right - width, area.top(), width + 1, area.height())
            painter.drawText(spot, int(middle), count)
            right -= width + px(6)
        painter.setFont(self.font())
        enabled = self.isEnabled()
        colour = "disabled" if not enabled else "ink" if self.isChecked() else "ink2"
        painter.setPen(theme.color(colour))
        words = QRect(left, area.top(), max(0, right - left), area.height())
        elide = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self.text(), elide, words.width())
        painter.drawText(words, int(middle | Qt.TextFlag.TextHideMnemonic), shown)

    def _area(self) -> QRect:
        inset = self._theme.px(8 if self._folded else _INSET)
        return self.rect().adjusted(inset, 0, -inset, 0)

    def _restyle(self) -> None:
        medium = self._level == "place" or self.isChecked()
        self.setFont(self._theme.font("interface_medium" if medium else "interface"))
        self.updateGeometry()
        self.update()
