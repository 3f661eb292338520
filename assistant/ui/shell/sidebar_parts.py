"""Parts of the sidebar: the mark, the way into the search, the word about the network."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import ElidedLabel, draw_key_cap
from assistant.ui.widgets.lamp import draw_lamp_mark
from assistant.ui.widgets.painting import box, draw_centred


class MarkButton(QToolButton):
    """The lamp. In the rail it unfolds the sidebar; unfolded it is a picture and not pressed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._folded = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_folded(self, folded: bool, keys: str) -> None:  # noqa: FBT001 - a setter of one value
        """Makes it a button or a picture.

        Args:
            folded: Whether the sidebar is folded.
            keys: The keys that unfold it.
        """
        self._folded = folded
        side = self._theme.px(40)
        self.setFixedSize(side if folded else self._theme.px(30), side)
        self.setEnabled(folded)
        policy = Qt.FocusPolicy
        self.setFocusPolicy(policy.StrongFocus if folded else policy.NoFocus)
        self.setAccessibleName("Unfold the sidebar" if folded else "Lamplight")
        self.setToolTip(f"Unfold the sidebar  ({keys})" if folded else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the lamp, lit."""
        painter = QPainter(self)
        if self._folded and (self.underMouse() or self.isDown()):
            box(painter, self.rect(), self._theme.px(7), self._theme.color("press"))
        side = self._theme.px(25 if self._folded else 22)
        area = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        draw_lamp_mark(painter, self._theme, area, lit=True)


class SearchButton(QPushButton):
    """Looks like a field, says its keys, and opens the search in all chats."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Search your chats", parent)
        self._theme = theme
        self._folded = False
        self._keys = ""
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_folded(self, folded: bool, keys: str) -> None:  # noqa: FBT001 - a setter of one value
        """Shows the icon alone, or the words and the keys.

        Args:
            folded: Whether the sidebar is folded.
            keys: The keys that open the search.
        """
        self._folded = folded
        self._keys = keys.replace("+", " ")
        self.setFont(self._theme.font("interface"))
        self.setFixedHeight(self._theme.px(36))
        self.setToolTip(f"Search your chats  ({keys})")
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the sidebar."""
        return QSize(self._theme.px(56 if self._folded else 239), self._theme.px(36))

    def minimumSizeHint(self) -> QSize:
        """Any width."""
        return QSize(self._theme.px(44), self._theme.px(36))

    def focus_shape(self) -> tuple[QRect, int]:
        """The box, drawn inside so that the sidebar's edge does not cut the ring."""
        return self._area().adjusted(2, 2, -2, -2), self._theme.px(6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the box, the magnifying glass, the words and the keys."""
        theme, px, area = self._theme, self._theme.px, self._area()
        painter = QPainter(self)
        lit = self.isDown() or self.underMouse()
        if self._folded:
            if lit:
                box(painter, area, px(7), theme.color("press"))
            draw_centred(painter, area, theme.icons.pixmap("search", 18, "ink2"))
            return
        box(painter, area, px(7), theme.color("well" if lit else "card"), theme.color("line2"))
        spot = QRect(area.left() + px(9), area.top(), px(16), area.height())
        draw_centred(painter, spot, theme.icons.pixmap("search", 16, "ink2"))
        cap_font = QFontMetrics(theme.font("axis"))
        width, height = cap_font.horizontalAdvance(self._keys) + px(10), px(18)
        top = area.top() + (area.height() - height) // 2
        cap = QRect(area.right() - px(6) - width, top, width, height)
        draw_key_cap(painter, theme, cap, self._keys)
        painter.setFont(self.font())
        painter.setPen(theme.color("ink3"))
        words = QRect(area.left() + px(32), area.top(), cap.left() - area.left(), area.height())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text())

    def _area(self) -> QRect:
        side = self._theme.px(8 if self._folded else 10)
        return self.rect().adjusted(side, self._theme.px(2), -side, -self._theme.px(2))


class NetworkState(QWidget):
    """Whether anything leaves this machine, in two lines; in the rail an icon with a tooltip."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._icon = IconLabel(theme, "wifi-off", 18)
        self._title = ElidedLabel(theme, "", "interface_medium")
        self._note = ElidedLabel(theme, "", "axis", "ink2")
        self._words = QWidget()
        column = QVBoxLayout(self._words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(self._note)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._words, 1)
        self.set_state("Offline", "No connection ever made", "wifi-off")

    def set_state(self, title: str, note: str, icon: str) -> None:
        """Says how it is: a word, a line, an icon."""
        self._title.setText(title)
        self._note.setText(note)
        self._icon.set_icon(icon, "ink2" if icon == "wifi-off" else "lampink")
        self.setAccessibleName(f"{title}. {note}")
        self.setToolTip(f"{title}. {note}")

    def set_folded(self, folded: bool) -> None:  # noqa: FBT001 - a setter of one value
        """Shows the icon alone, or the words too."""
        self._words.setVisible(not folded)
        px = self._theme.px
        above = px(5) if folded else 0
        self._row.setContentsMargins(0, above, 0, above)
        self._row.setSpacing(self._theme.px(8))
