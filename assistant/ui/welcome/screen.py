"""The welcome: what this is, and Start."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSpacerItem, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.lamp import DeskLamp, LampMark

_NARROW, _LOW, _TITLE, _LOW_TITLE = 860, 560, 38, 26
_POINT_TITLE, _POINT_NOTE, _LOWEST = 14, 13, 400
_CLAIM = "A tutor and planner\nthat never leaves\nyour desk."
_GAPS = ((24, 8), (12, 4), (24, 12), (32, 12))
"""Between name, claim, promise, button and points; in px of the design, normal and low."""


class _StartButton(Button):
    """The one button, larger than others."""

    def __init__(self, theme: Theme) -> None:
        self._low = False
        self._px = theme.px
        super().__init__(theme, "Start", "primary")

    def set_low(self, *, low: bool) -> None:
        """Of the size of the others, where the window is low."""
        self._low = low
        font = self.font()
        font.setPixelSize(self._px(13 if low else 15))
        self.setFont(font)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return size if self._low else QSize(size.width() + self._px(24), self._px(46))


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
        self._start = _StartButton(theme)
        self._points: list[tuple[PlainLabel, PlainLabel]] = []
        self._start.clicked.connect(self.started)
        self._model = self._note("A model is being looked for.")
        self._stronger = self._note("Nothing here connects to anything by itself.")
        self._picture = DeskLamp(theme)
        left = QWidget()
        left.setLayout(self._words())
        left.setMaximumWidth(theme.px(470))
        line = self._line = QHBoxLayout(self)
        line.setSpacing(theme.px(72))
        line.addStretch(1)
        line.addWidget(left, 7)
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
        encrypted = self._note("Nobody who copies this disk can read what you write.")
        rows = (
            ("message-square", "Answers at once", self._model),
            ("wifi-off", "Offline until you say otherwise", self._stronger),
            ("lock", "Encrypted from the first word", encrypted),
        )
        for row, (icon, title, detail) in enumerate(rows):
            words = QVBoxLayout()
            words.setSpacing(theme.px(3))
            head = PlainLabel(theme, title, "interface_medium")
            words.addWidget(head)
            words.addWidget(detail)
            self._points.append((head, detail))
            grid.addWidget(IconLabel(theme, icon, 18, "ink2"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(words, row, 1)
        return grid

    def _note(self, words: str) -> PlainLabel:
        return PlainLabel(self._theme, words, "interface", "ink2", wrap=True)

    def show_memory(self, total_bytes: int) -> None:
        """Says that a stronger model is offered later, for a machine with this much memory."""
        self._stronger.setText(
            f"A stronger model for your {total_bytes / 2**30:.0f} GB is offered later, "
            "when you like."
        )

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
        for head, note in self._points:
            for label, size in ((head, _POINT_TITLE), (note, _POINT_NOTE)):
                font = label.font()
                font.setPixelSize(px(size - low))
                label.setFont(font)
            note.setVisible(self.height() >= px(_LOWEST))
        self._start.set_low(low=low)
        self._title.setWordWrap(low)
        self._title.setText(_CLAIM.replace("\n", " ") if low else _CLAIM)
        side, top = px(64 if self.width() >= px(_NARROW) else 24), px(12 if low else 28)
        self._line.setContentsMargins(side, top, side, top)
        for gap, (normal, tight) in zip(self._gaps, _GAPS, strict=True):
            gap.changeSize(0, px(tight if low else normal))
        self._column.invalidate()
