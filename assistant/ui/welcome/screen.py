"""The welcome: what this is, and Start."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSpacerItem, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.lamp import DeskLamp, LampMark

_NARROW, _LOW, _TITLE, _LOW_TITLE = 860, 560, 36, 26
_CLAIM = "A tutor and planner\nthat never leaves\nyour desk."
_GAPS = ((20, 8), (8, 4), (20, 12), (24, 12))
"""Between name, claim, promise, button and points; in px of the design, normal and low."""


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
        line = self._line = QHBoxLayout(self)
        line.setSpacing(theme.px(48))
        line.addStretch(1)
        line.addWidget(left, 6)
        line.addWidget(self._picture, 7)
        line.addStretch(1)
        theme.changed.connect(self._fit)
        self._fit()

    def _words(self) -> QVBoxLayout:
        theme = self._theme
        name = QHBoxLayout()
        name.setSpacing(theme.px(8))
        name.addWidget(LampMark(theme))
        name.addWidget(PlainLabel(theme, "Lamplight", "card_title"))
        name.addStretch(1)
        title = PlainLabel(theme, _CLAIM, "display")
        self._title = title
        ready = PlainLabel(
            theme,
            "Ready now. No account, no network, nothing to set up.",
            "reading",
            "ink2",
            wrap=True,
        )
        column = self._column = QVBoxLayout()
        self._gaps = [QSpacerItem(0, theme.px(normal)) for normal, _ in _GAPS]
        column.addStretch(1)
        column.addLayout(name)
        column.addItem(self._gaps[0])
        column.addWidget(title)
        column.addItem(self._gaps[1])
        column.addWidget(ready)
        column.addItem(self._gaps[2])
        column.addWidget(self._start, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addItem(self._gaps[3])
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
        """In a small window the words are alone, and closer."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter starts; Qt gives a button outside dialogs the space bar alone."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._start.click()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        px = self._theme.px
        low = self.height() < px(_LOW)
        self._picture.setVisible(self.width() >= px(_NARROW))
        large = self._theme.font("display")
        large.setPixelSize(px(_LOW_TITLE if low else _TITLE))
        self._title.setFont(large)
        self._title.setWordWrap(low)
        self._title.setText(_CLAIM.replace("\n", " ") if low else _CLAIM)
        side, top = px(64), px(12 if low else 28)
        self._line.setContentsMargins(side, top, side, top)
        for gap, (normal, tight) in zip(self._gaps, _GAPS, strict=True):
            gap.changeSize(0, px(tight if low else normal))
        self._column.invalidate()
