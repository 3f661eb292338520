"""One line of a sidebar's list with a word at its right: a role's model, a course's share."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.own_font import keep_font
from assistant.ui.widgets.painting import box

Shortened = Literal["name", "value"]
"""Which of the two gives way where both have no room."""


class SideRow(QPushButton):
    """A name at the left and a value at the right.

    Args:
        theme: The theme in force.
        name: What it is about.
        shortened: Which of the two gives way.
    """

    _own_font: QFont | None = None

    def __init__(self, theme: Theme, name: str, shortened: Shortened) -> None:
        super().__init__()
        self._theme = theme
        self._name, self._value, self._faint = name, "", False
        self._shortened: Shortened = shortened
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

    def show_words(self, name: str, value: str, *, faint: bool = False) -> None:
        """Shows another name and value.

        Args:
            name: The words at the left.
            value: The words at the right.
            faint: The value is a note, such as "None".
        """
        self._name, self._value, self._faint = name, value, faint
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(self._theme.px(220), self._theme.px(30))

    def minimumSizeHint(self) -> QSize:
        """Some of the name."""
        return QSize(self._theme.px(100), self._theme.px(30))

    def focus_shape(self) -> tuple[QRect, int]:
        """The box, drawn inside so that the sidebar's edge does not cut the ring."""
        return self._area().adjusted(2, 2, -2, -2), self._theme.px(6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the box, the name and the value."""
        theme, px, area = self._theme, self._theme.px, self._area()
        painter = QPainter(self)
        if self.isChecked() or self.isDown():
            box(painter, area, px(7), theme.color("press"))
        elif self.underMouse():
            box(painter, area, px(7), theme.color("well" if theme.tokens.dark else "press"))
        inside = area.adjusted(px(8), 0, -px(8), 0)
        small = QFontMetrics(theme.font("small", tabular=True))
        names, gap = self.fontMetrics(), px(12)
        if self._shortened == "name":
            room = inside.width() - small.horizontalAdvance(self._value) - gap
            name = names.elidedText(self._name, Qt.TextElideMode.ElideRight, room)
            value = self._value
        else:
            name = self._name
            room = inside.width() - names.horizontalAdvance(name) - gap
            value = small.elidedText(self._value, Qt.TextElideMode.ElideRight, room)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.color("ink" if self.isChecked() else "ink2"))
        painter.drawText(inside, int(middle), name)
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color("ink3" if self._faint else "ink2"))
        painter.drawText(inside, int(middle | Qt.AlignmentFlag.AlignRight), value)

    def _area(self) -> QRect:
        inset = self._theme.px(10)
        return self.rect().adjusted(inset, 0, -inset, 0)

    def _restyle(self) -> None:
        role = "interface_medium" if self.isChecked() else "interface"
        self.setFont(self._theme.font(role))
        self.updateGeometry()
        self.update()
