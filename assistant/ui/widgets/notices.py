"""What is said when something failed, and when there is nothing yet."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, ButtonKind
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.own_font import keep_font
from assistant.ui.widgets.painting import box, draw_centred

NoticeTone = Literal["bad", "caution", "plain"]
"""Failed; something has to be done first; only said."""
_SIGNS: dict[NoticeTone, tuple[str, str]] = {
    "bad": ("circle-alert", "bad"),
    "caution": ("triangle-alert", "caution"),
    "plain": ("info", "ink2"),
}


class ErrorCard(Card):
    """What happened, what it means, what to do, and the buttons that do it.

    Args:
        theme: The theme in force.
        what: What happened, as a title.
        meaning: What it means for the user, and what to do.
        tone: How serious it is.
        parent: The owner.
    """

    def __init__(
        self,
        theme: Theme,
        what: str,
        meaning: str,
        tone: NoticeTone = "bad",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, 14, parent)
        self.tone = tone
        self.setAccessibleName(f"{what}. {meaning}")
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(IconLabel(theme, *_sign(tone)), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.px(3))
        words.addWidget(PlainLabel(theme, what, "interface_semibold", wrap=True))
        words.addWidget(PlainLabel(theme, meaning, "small", "ink2", wrap=True))
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons, theme.px(8))
        self._flow.setContentsMargins(0, theme.px(6), 0, 0)
        self._buttons.hide()
        words.addWidget(self._buttons)
        row.addLayout(words, 1)
        self.body.addLayout(row)

    def add_button(self, text: str, kind: ButtonKind = "plain") -> Button:
        """Adds a button and returns it, for its ``clicked``."""
        button = Button(self._theme, text, kind, small=True)
        self._flow.addWidget(button)
        self._buttons.show()
        return button


def _sign(tone: NoticeTone) -> tuple[str, int, str]:
    icon, colour = _SIGNS[tone]
    return icon, 16, colour


class _TryButton(QPushButton):
    """Something to try: an arrow and the words that a click would write."""

    _own_font: QFont | None = None

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(text.replace("&", "&&"))
        self._theme = theme
        self._words = text
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
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

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._words)
        return QSize(width + self._theme.px(46), self._theme.px(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        ground = "press" if self.isDown() else "well" if self.underMouse() else "page"
        box(painter, self.rect(), px(7), theme.color(ground), theme.color("line"))
        spot = QRect(px(11), 0, px(16), self.height())
        draw_centred(painter, spot, theme.icons.pixmap("corner-down-left", 16, "ink3"))
        painter.setPen(theme.color("ink"))
        inside = self.rect().adjusted(px(33), 0, -px(11), 0)
        elide = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self._words, elide, inside.width())
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _restyle(self) -> None:
        self.setFont(self._theme.font("interface"))
        self.updateGeometry()
        self.update()


class EmptyState(QWidget):
    """What belongs here, what to do, and things to try. ``tried`` carries the words chosen.

    Args:
        theme: The theme in force.
        title: What is not there yet.
        text: What to do.
        icon: Name of an icon above the title; none when empty.
        tries: Words to try at once.
        parent: The owner.
    """

    tried = Signal(str)

    def __init__(
        self,
        theme: Theme,
        title: str,
        text: str,
        *,
        icon: str = "",
        tries: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(f"{title}. {text}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        if icon:
            column.addWidget(IconLabel(theme, icon, 24, "ink3"), 0, Qt.AlignmentFlag.AlignLeft)
            column.addSpacing(theme.px(6))
        column.addWidget(PlainLabel(theme, title, "title", wrap=True))
        column.addWidget(PlainLabel(theme, text, "interface", "ink2", wrap=True))
        if tries:
            column.addSpacing(theme.px(10))
            column.addWidget(PlainLabel(theme, "Try one of these", "small", "ink2"))
            for words in tries:
                button = _TryButton(theme, words)
                button.clicked.connect(self._try)
                column.addWidget(button)
        self._actions = QWidget()
        self._flow = FlowLayout(self._actions, theme.px(8))
        self._flow.setContentsMargins(0, theme.px(10), 0, 0)
        self._actions.hide()
        column.addWidget(self._actions)

    def add_button(self, text: str, kind: ButtonKind = "plain", icon: str | None = None) -> Button:
        """Adds a button and returns it, for its ``clicked``."""
        button = Button(self._theme, text, kind, icon=icon)
        self._flow.addWidget(button)
        self._actions.show()
        return button

    def _try(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.tried.emit(button.accessibleName())
