"""One file, one set of parts or one snapshot that can be had from a repository."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from assistant.domain.hub import HubChoice
from assistant.domain.model import FitVerdict
from assistant.domain.sizes import size_words
from assistant.ui.library.entries import PILLS
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.chip import Pill
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel

_NARROW, _FIT, _BUTTON = 620, 214, 112


class ChoiceRow(QWidget):
    """What it is, what its quantization means, how large it is, whether it fits, and a button.

    Args:
        theme: The theme in force.
        choice: What it is.
    """

    wanted = Signal(object)
    """Its ``HubChoice``."""

    def __init__(self, theme: Theme, choice: HubChoice) -> None:
        super().__init__()
        self._theme = theme
        self.choice = choice
        self._line = QHBoxLayout()
        self._line.setSpacing(theme.px(8))
        name = choice.quantization or choice.name
        shown = ElidedLabel(theme, name, "interface_medium")
        shown.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._line.addWidget(shown)
        self._line.addWidget(PlainLabel(theme, size_words(choice.size_bytes), "interface", "ink2"))
        if choice.recommended:
            self._line.addWidget(Pill(theme, "Recommended", "lamp", icon="star"))
        self._line.addStretch(1)
        if len(choice.files) > 1:
            count = f"{len(choice.files)} files"
            self._line.addWidget(PlainLabel(theme, count, "small", "ink3"))
        self._explained = PlainLabel(theme, choice.explained, "small", "ink2", wrap=True)
        self._explained.setVisible(bool(choice.explained))
        self._why = PlainLabel(theme, self._reason(), "small", "ink2", wrap=True)
        self.button: Button | None = None
        self._no_button = QWidget()  # a column without a widget has no gap beside it either
        self._fit = self._fit_widget()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(theme.px(19), theme.px(9), theme.px(12), theme.px(9))
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(3))
        self._grid.setColumnStretch(0, 1)
        self._place(narrow=False)
        self.setAccessibleName(f"{name}, {size_words(choice.size_bytes)}, {self._reason()}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The fit goes below where there is no room beside."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._place(narrow=event.size().width() < self._theme.px(_NARROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line above it."""
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, self._theme.color("line"))

    def _reason(self) -> str:
        if self.choice.trouble:
            return self.choice.trouble
        fit = self.choice.fit
        return fit.why if fit is not None else "What it needs is known when it is here."

    def _fit_widget(self) -> Pill:
        choice = self.choice
        verdict = choice.fit.verdict if choice.fit is not None else FitVerdict.UNKNOWN
        if choice.trouble:
            return Pill(self._theme, "Refused", "bad", icon="circle-x")
        text, tone, icon = PILLS[verdict]
        anyway = verdict is FitVerdict.WONT_FIT
        kind = "primary" if choice.recommended else "ghost" if anyway else "plain"
        words = "Try anyway" if anyway else "Download"
        self.button = Button(
            self._theme, words, kind, icon=None if anyway else "download", small=True
        )
        self.button.setAccessibleName(f"{words} {choice.quantization or choice.name}")
        self.button.clicked.connect(self._want)
        return Pill(self._theme, text, tone, icon=icon)

    def _want(self) -> None:
        self.wanted.emit(self.choice)

    def _place(self, *, narrow: bool) -> None:
        grid = self._grid
        top = Qt.AlignmentFlag.AlignTop
        last = self.button or self._no_button
        for widget in (self._explained, self._fit, self._why, last):
            grid.removeWidget(widget)
        grid.removeItem(self._line)
        grid.addLayout(self._line, 0, 0)
        grid.addWidget(self._explained, 1, 0, 1, 2 if narrow else 1)
        column = 0 if narrow else 1
        grid.addWidget(self._fit, 2 if narrow else 0, column)
        grid.addWidget(self._why, 3 if narrow else 1, column, top)
        place = (0, 1) if narrow else (0, 2)
        right = Qt.AlignmentFlag.AlignRight
        grid.addWidget(last, *place, 1 if narrow else 2, 1, right)
        grid.setColumnMinimumWidth(1, 0 if narrow else self._theme.px(_FIT))
        grid.setColumnMinimumWidth(2, 0 if narrow else self._theme.px(_BUTTON))
        self._why.setMaximumWidth(16777215 if narrow else self._theme.px(_FIT))
