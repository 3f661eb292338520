"""A few numbers side by side, each with what it counts below it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.card import Card, Divider
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel

_WIDE = 720


class FigureCard(Card):
    """Numbers in words: in one line, or two by two where there is little room.

    Args:
        theme: The theme in force.
        names: What each counts, from left to right.
    """

    def __init__(self, theme: Theme, names: Sequence[str]) -> None:
        super().__init__(theme, 14)
        self._grid = QGridLayout()
        self._figures: list[tuple[QWidget, PlainLabel, ElidedLabel, str]] = []
        for name in names:
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            value = PlainLabel(theme, "", "title")
            note = ElidedLabel(theme, name, "small", "ink2")
            column.addWidget(value)
            column.addWidget(note)
            self._figures.append((holder, value, note, name))
        self._dividers = [Divider(theme, Qt.Orientation.Vertical) for _ in names[1:]]
        self.body.addLayout(self._grid)
        self.set_width(10_000)

    def set_width(self, width: int) -> None:
        """Arranges the numbers for a width in px."""
        px = self._theme.px
        across = len(self._figures) if width >= px(_WIDE) else 2
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(12))
        for number, (holder, *_) in enumerate(self._figures):
            row, at = divmod(number, across)
            self._grid.addWidget(holder, row, 2 * at)
            self._grid.setColumnStretch(2 * number, int(number < across))
            if number:
                divider = self._dividers[number - 1]
                divider.setVisible(bool(at))
                self._grid.addWidget(divider, row, max(1, 2 * at - 1))

    def show_values(self, values: Sequence[tuple[str, str]]) -> None:
        """Shows numbers, each with what is said after its name; may be empty."""
        for (holder, value, note, name), (words, more) in zip(self._figures, values, strict=True):
            value.setText(words)
            note.setText(f"{name}{more}")
            holder.setAccessibleName(f"{words} {name}{more}")

    def words(self) -> list[str]:
        """What it says, for tests and screen readers."""
        return [holder.accessibleName() for holder, *_ in self._figures]
