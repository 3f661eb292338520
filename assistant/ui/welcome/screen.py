"""The welcome: what this is, and Start."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.lamp import DeskLamp, LampMark

_NARROW, _TITLE = 860, 36


class WelcomeScreen(QWidget):
    """Shown until ``Start`` is pressed once.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    started = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName("Welcome to Lamplight")
        self._start = Button(theme, "Start", "primary")
        self._start.clicked.connect(self.started)
        self._model = PlainLabel(theme, "A model is being looked for.", "small", "ink2", wrap=True)
        self._picture = DeskLamp(theme)
        left = QWidget()
        left.setLayout(self._words())
        left.setMaximumWidth(theme.px(460))
        line = QHBoxLayout(self)
        side = theme.px(64)
        line.setContentsMargins(side, theme.px(28), side, theme.px(28))
        line.setSpacing(theme.px(48))
        line.addStretch(1)
        line.addWidget(left, 6)
        line.addWidget(self._picture, 7)
        line.addStretch(1)

    def _words(self) -> QVBoxLayout:
        theme = self._theme
        name = QHBoxLayout()
        name.setSpacing(theme.px(8))
        name.addWidget(LampMark(theme))
        name.addWidget(PlainLabel(theme, "Lamplight", "card_title"))
        name.addStretch(1)
        title = PlainLabel(theme, "A tutor and planner\nthat never leaves\nyour desk.", "display")
        large = title.font()
        large.setPixelSize(theme.px(_TITLE))
        title.setFont(large)
        ready = PlainLabel(
            theme,
            "Ready now. No account, no network, nothing to set up.",
            "reading",
            "ink2",
            wrap=True,
        )
        column = QVBoxLayout()
        column.addStretch(1)
        column.addLayout(name)
        column.addSpacing(theme.px(20))
        column.addWidget(title)
        column.addSpacing(theme.px(8))
        column.addWidget(ready)
        column.addSpacing(theme.px(20))
        column.addWidget(self._start, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(theme.px(24))
        column.addLayout(self._promises())
        column.addStretch(1)
        return column

    def _promises(self) -> QGridLayout:
        theme = self._theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(14))
        grid.setColumnStretch(1, 1)
        small = "small"
        rows = (
            ("message-square", "Answers at once", self._model),
            (
                "wifi-off",
                "Offline until you say otherwise",
                PlainLabel(
                    theme, "Nothing here connects to anything by itself.", small, "ink2", wrap=True
                ),
            ),
            (
                "lock",
                "Encrypted from the first word",
                PlainLabel(
                    theme,
                    "Nobody who copies this disk can read what you write.",
                    small,
                    "ink2",
                    wrap=True,
                ),
            ),
        )
        for row, (icon, title, detail) in enumerate(rows):
            words = QVBoxLayout()
            words.setSpacing(theme.px(2))
            words.addWidget(PlainLabel(theme, title, "interface_medium"))
            words.addWidget(detail)
            grid.addWidget(IconLabel(theme, icon, 18, "ink2"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(words, row, 1)
        return grid

    def show_model(self, words: str) -> None:
        """Says which model is there to answer."""
        self._model.setText(words)

    def showEvent(self, event: QShowEvent) -> None:
        """Enter is enough."""
        super().showEvent(event)
        self._start.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the words are alone."""
        super().resizeEvent(event)
        self._picture.setVisible(self.width() >= self._theme.px(_NARROW))
