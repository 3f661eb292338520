"""The size of all text, on a line from a small letter to a large one."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.slider import Slider


class TextSize(QWidget):
    """A slider between two letters, with the size in words.

    Args:
        theme: The theme in force.
        least: Smallest size in px.
        most: Largest size in px.
        parent: The owner.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slider = Slider(theme, "Text size", least, most)
        # Every step restyles the window; while the knob is dragged that would be in its way.
        self._slider.setTracking(False)
        self._words = PlainLabel(theme, "", "interface", "ink2")
        small, large = PlainLabel(theme, "A", "small", "ink2"), PlainLabel(theme, "A")
        font = QFont(theme.font("title"))
        large.setFont(font)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(14))
        for widget in (small, self._slider, large, self._words):
            line.addWidget(widget)
        self._words.setMinimumWidth(theme.px(40))
        self._slider.valueChanged.connect(self._tell)
        self.setFocusProxy(self._slider)

    def show_value(self, value: object) -> None:
        """Shows a size without telling anyone."""
        if isinstance(value, int):
            self._slider.blockSignals(True)  # noqa: FBT003 - Qt's signature
            self._slider.setValue(value)
            self._slider.blockSignals(False)  # noqa: FBT003 - Qt's signature
            self._words.setText(f"{value} px")

    def _tell(self, value: int) -> None:
        self._words.setText(f"{value} px")
        self.chosen.emit(value)
