"""A few numbers side by side, each with what it counts below it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.card import Card, Divider
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel


class FigureCard(Card):
    """Numbers in words, in one line.

    Args:
        theme: The theme in force.
        names: What each counts, from left to right.
    """

    def __init__(self, theme: Theme, names: Sequence[str]) -> None:
        super().__init__(theme, 14)
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        self._figures: list[tuple[QWidget, PlainLabel, ElidedLabel, str]] = []
        for number, name in enumerate(names):
            if number:
                row.addWidget(Divider(theme, Qt.Orientation.Vertical))
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            value = PlainLabel(theme, "", "title")
            note = ElidedLabel(theme, name, "small", "ink2")
            column.addWidget(value)
            column.addWidget(note)
            row.addWidget(holder, 1)
            self._figures.append((holder, value, note, name))
        self.body.addLayout(row)

    def show_values(self, values: Sequence[tuple[str, str]]) -> None:
        """Shows numbers, each with what is said after its name; may be empty."""
        for (holder, value, note, name), (words, more) in zip(self._figures, values, strict=True):
            value.setText(words)
            note.setText(f"{name}{more}")
            holder.setAccessibleName(f"{words} {name}{more}")

    def words(self) -> list[str]:
        """What it says, for tests and screen readers."""
        return [holder.accessibleName() for holder, *_ in self._figures]
