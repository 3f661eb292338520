"""Chips, which can be corrected, and pills, which only say something."""

from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import box, draw_centred

Tone = Literal["neutral", "good", "caution", "bad", "lamp", "slate", "teal", "plum", "clay"]
"""What a pill means; its icon and word say the same."""

_CHIP_HEIGHT, _PILL_HEIGHT, _ICON, _PADDING, _GAP = 28, 22, 14, 10, 6

_TONES: dict[Tone, tuple[str, str]] = {
    "neutral": ("ink2", "well"),
    "good": ("good", "goodsoft"),
    "caution": ("caution", "cautionsoft"),
    "bad": ("bad", "badsoft"),
    "lamp": ("lampink", "lampsoft"),
    "slate": ("slate.text", "slate.tint"),
    "teal": ("teal.text", "teal.tint"),
    "plum": ("plum.text", "plum.tint"),
    "clay": ("clay.text", "clay.tint"),
}


class Chip(QPushButton):
    """A fact with a way to correct it: icon, name, value, and what a click does.

    Args:
        theme: The theme in force.
        value: The fact.
        name: What it is a fact about; may be empty.
        icon: Name of the icon before it.
        action: Name of the icon behind it: ``chevron-down`` to choose, ``x`` to remove.
        parent: The owner.
    """

    def __init__(
        self,
        theme: Theme,
        value: str,
        name: str = "",
        *,
        icon: str | None = None,
        action: str | None = "chevron-down",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(value, parent)
        self._theme = theme
        self._name = name
        self._icon = icon
        self._action = action
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.set_value(value)

    def set_value(self, value: str) -> None:
        """Shows another value."""
        self.setText(value)
        self.setAccessibleName(f"{self._name} {value}".strip())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        px = self._theme.px
        width = 2 * px(_PADDING) + self._value_width()
        if self._name:
            width += self._name_width() + px(_GAP)
        width += sum(px(_ICON + _GAP) for icon in (self._icon, self._action) if icon)
        return QSize(width, px(_CHIP_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws box, icon, name, value and the way to correct it."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        fill = "press" if self.isDown() else "well" if self.underMouse() else "card"
        box(painter, self.rect(), px(7), theme.color(fill), theme.color("line2"))
        left = px(_PADDING)
        left = self._draw_icon(painter, self._icon, left)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextHideMnemonic)
        if self._name:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("ink3"))
            width = self._name_width()
            painter.drawText(QRect(left, 0, width, self.height()), flags, self._name)
            left += width + px(_GAP)
        painter.setFont(self.font())
        painter.setPen(theme.color("ink" if self.isEnabled() else "disabled"))
        painter.drawText(QRect(left, 0, self._value_width(), self.height()), flags, self.text())
        self._draw_icon(painter, self._action, left + self._value_width() + px(_GAP))

    def _draw_icon(self, painter: QPainter, icon: str | None, left: int) -> int:
        """Draws ``icon`` at ``left``; returns where the next thing begins."""
        if icon is None:
            return left
        side = self._theme.px(_ICON)
        pixmap = self._theme.icons.pixmap(icon, _ICON, "ink3")
        draw_centred(painter, QRect(left, 0, side, self.height()), pixmap)
        return left + side + self._theme.px(_GAP)

    def _name_width(self) -> int:
        return QFontMetrics(self._theme.font("small")).horizontalAdvance(self._name)

    def _value_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.text())

    def _restyle(self) -> None:
        self.setFont(self._theme.font("small_medium"))
        self.updateGeometry()
        self.update()


class Pill(QWidget):
    """An icon and a word on a tint; never pressed."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        tone: Tone = "neutral",
        *,
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = text
        self._tone: Tone = tone
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self.set_state(text, tone, icon)

    def text(self) -> str:
        """The word."""
        return self._text

    def set_state(self, text: str, tone: Tone = "neutral", icon: str | None = None) -> None:
        """Says something else."""
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self._restyle()

    def sizeHint(self) -> QSize:
        """As wide as icon and word."""
        width = pill_width(self._theme, self._text, self._icon)
        return QSize(width, self._theme.px(_PILL_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the tint, the icon and the word; with high contrast a border instead of a tint."""
        draw_pill(QPainter(self), self._theme, self.rect(), self._text, self._tone, self._icon)

    def _restyle(self) -> None:
        self.setFont(self._theme.font("small_medium"))
        self.updateGeometry()
        self.update()


def pill_width(theme: Theme, text: str, icon: str | None) -> int:
    """Width in px of a pill with these words."""
    width = QFontMetrics(theme.font("small_medium")).horizontalAdvance(text) + 2 * theme.px(8)
    return width + (theme.px(_ICON + 4) - theme.px(1) if icon else 0)


def draw_pill(
    painter: QPainter, theme: Theme, area: QRect, text: str, tone: Tone, icon: str | None
) -> None:
    """A pill that fills ``area``; lists draw theirs with it."""
    px = theme.px
    colour, ground = _TONES[tone]
    border = theme.color(colour) if theme.high_contrast else None
    box(painter, area, area.height() / 2, theme.color(ground), border)
    left = area.left() + px(8)
    if icon:
        left = area.left() + px(7)
        side = px(_ICON)
        pixmap = theme.icons.pixmap(icon, _ICON, colour)
        draw_centred(painter, QRect(left, area.top(), side, area.height()), pixmap)
        left += side + px(4)
    painter.setFont(theme.font("small_medium"))
    painter.setPen(theme.color(colour))
    words = QRect(left, area.top(), area.right() - left + 1, area.height())
    painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), text)
