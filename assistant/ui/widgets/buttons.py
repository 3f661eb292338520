"""Buttons with words and buttons with an icon alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QToolButton, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.own_font import keep_font
from assistant.ui.widgets.painting import box, draw_centred, mix

ButtonKind = Literal["primary", "plain", "ghost", "destructive"]
"""One primary a screen; destructive is plain with bad text."""

_HEIGHT, _SMALL_HEIGHT, _PADDING, _SMALL_PADDING, _GAP, _RADIUS = 32, 28, 13, 10, 7, 7


@dataclass(frozen=True, slots=True)
class _Look:
    fill: QColor | None
    border: QColor | None
    text: str


class Button(QPushButton):
    """A button with words and, if wanted, an icon before them.

    Args:
        theme: The theme in force.
        text: What it does, beginning with a verb.
        kind: How much it is meant to be pressed.
        icon: Name of an icon.
        small: 28 px high rather than 32.
        parent: The owner.
    """

    _own_font: QFont | None = None

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: ButtonKind = "plain",
        *,
        icon: str | None = None,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._kind: ButtonKind = kind
        self._icon = icon
        self._small = small
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(False)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_icon_name(self, icon: str | None) -> None:
        """Puts another icon before the words, or none."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: ButtonKind) -> None:
        """Makes it another kind of button."""
        self._kind = kind
        self._restyle()

    def setFont(self, font: QFont | str | Sequence[str]) -> None:
        """Takes a font, and keeps it in another parent."""
        self._own_font = QFont(font)
        super().setFont(self._own_font)

    def changeEvent(self, event: QEvent) -> None:
        """Keeps its font; see ``own_font``."""
        super().changeEvent(event)
        keep_font(self, event, self._own_font)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it as Space does; Qt leaves that to dialogs."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As wide as its words need."""
        px = self._theme.px
        pad = px(_SMALL_PADDING if self._small else _PADDING)
        width = 2 * pad + self.fontMetrics().horizontalAdvance(_shown(self.text()))
        if self._icon is not None:
            width += px(16) + (px(_GAP) if self.text() else 0)
        return QSize(width, px(_SMALL_HEIGHT if self._small else _HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the box, the icon and the words."""
        look = self._look()
        painter = QPainter(self)
        if look.fill is not None or look.border is not None:
            box(painter, self.rect(), self._theme.px(_RADIUS), look.fill, look.border)
        px = self._theme.px
        width = self.fontMetrics().horizontalAdvance(_shown(self.text()))
        icon_width = px(16) if self._icon is not None else 0
        gap = px(_GAP) if self._icon is not None and self.text() else 0
        left = (self.width() - width - icon_width - gap) // 2
        if self._icon is not None:
            area = QRect(left, 0, icon_width, self.height())
            draw_centred(painter, area, self._theme.icons.pixmap(self._icon, 16, look.text))
        painter.setPen(self._theme.color(look.text))
        words = QRect(left + icon_width + gap, 0, width + 2, self.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextHideMnemonic
        painter.drawText(words, int(flags), self.text())

    def _restyle(self) -> None:
        primary = self._kind == "primary"
        self.setFont(self._theme.font("interface_semibold" if primary else "interface_medium"))
        self.updateGeometry()
        self.update()

    def _look(self) -> _Look:
        theme = self._theme
        if self._kind == "primary":
            return self._primary_look()
        bare = self._kind == "ghost"
        text = {"ghost": "ink2", "destructive": "bad"}.get(self._kind, "ink")
        if not self.isEnabled():
            fill = None if bare else theme.color("well")
            return _Look(fill, None if bare else theme.color("line"), "disabled")
        fill = _state_fill(theme, self, None if bare else "card")
        return _Look(fill, None if bare else theme.color("line2"), text)

    def _primary_look(self) -> _Look:
        theme = self._theme
        if not self.isEnabled():
            return _Look(theme.color("well"), theme.color("line"), "disabled")
        lamp, dark = theme.color("lamp"), theme.color("onlamp")
        share = 0.12 if self.isDown() else 0.06 if self.underMouse() else 0.0
        return _Look(mix(lamp, dark, share), theme.color("lampedge"), "onlamp")


class IconButton(QToolButton):
    """A button that shows an icon; its name is its tooltip and what screen readers say.

    Args:
        theme: The theme in force.
        icon: Name of an icon.
        name: What it does.
        size: Side in px of the area that takes clicks; 28 at least.
        icon_size: Side of the icon in px.
        parent: The owner.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str,
        name: str,
        *,
        size: int = 28,
        icon_size: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._side = max(_SMALL_HEIGHT, size)
        self._icon_size = icon_size
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_name(name)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_name(self, name: str, shortcut: str = "") -> None:
        """Says what it does, and by which keys (``Ctrl+B``)."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  ({shortcut})" if shortcut else name)

    def set_icon_name(self, icon: str) -> None:
        """Shows another icon."""
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        side = self._theme.px(self._side)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Never smaller than a finger or a pointer needs."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the ground while it is pointed at, and the icon."""
        painter = QPainter(self)
        lit = self.isEnabled() and (self.isDown() or self.isChecked())
        if self.isEnabled():
            fill = self._theme.color("press") if lit else _state_fill(self._theme, self, None)
            if fill is not None:
                box(painter, self.rect(), self._theme.px(_RADIUS), fill)
        colour = "disabled" if not self.isEnabled() else "ink" if lit else "ink2"
        icon = self._theme.icons.pixmap(self._icon, self._icon_size, colour)
        draw_centred(painter, self.rect(), icon)

    def _restyle(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()


def _state_fill(theme: Theme, button: QAbstractButton, resting: str | None) -> QColor | None:
    if button.isDown() or button.isChecked():
        return theme.color("press")
    if button.underMouse():
        return theme.color("well")
    return None if resting is None else theme.color(resting)


def _shown(text: str) -> str:
    """``text`` as it is drawn: without the mark of a mnemonic."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
