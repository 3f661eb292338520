"""What is done with several selected tasks at once: one line for all of them."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.errors import UserFacingError
from assistant.planner.quick_add.parts import QuickAdd
from assistant.ui.plan.adding.parts import chip_of
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.labels import PlainLabel

_LEAST = 2


class SelectedBar(QWidget):
    """Stands at the foot of a list while several of its tasks are selected.

    Args:
        theme: The theme in force.
    """

    given = Signal(str)
    """A piece of a line: what all of them shall have."""
    typed = Signal(str)
    """The same while it is written."""
    ended = Signal()
    """They shall be done, or opened again."""
    left = Signal()
    """One task is enough again."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Selected tasks")
        self._count = PlainLabel(theme, "", "interface_semibold")
        self.field = LineField(
            theme, "What all of them shall have", "fri !high #chem", icon="text-cursor", height=32
        )
        self.done = Button(theme, "Done", icon="check")
        self._close = IconButton(theme, "x", "Select one task again")
        self._said = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self._line = QHBoxLayout()
        self._line.addWidget(self._count)
        self._line.addWidget(self.field, 1)
        self._line.addWidget(self.done)
        self._line.addWidget(self._close)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._line)
        self._column.addWidget(self._said)
        self._said.hide()
        self.field.returnPressed.connect(self._give)
        self.field.textEdited.connect(self._typed)
        self.done.clicked.connect(self.ended)
        self._close.clicked.connect(self.left)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    @property
    def said(self) -> str:
        """What was understood, or why nothing was."""
        return self._said.text()

    def show_count(self, count: int) -> None:
        """Shows how many are selected; it goes where they are not several."""
        self._count.setText(f"{count} selected")
        if count < _LEAST:
            self.taken()
        self.setVisible(count >= _LEAST)

    def show_found(self, text: str, found: QuickAdd, today: date) -> None:
        """Says how a line is understood; one that went on is left."""
        if text != self.field.text().strip():
            return
        words = [chip_of(part, found, today) for part in found.parts]
        said = " · ".join(f"{one.name} {one.value}".strip() for one in words)
        if found.title:
            self._say(f"“{found.title[:60]}” is nothing that several tasks can have.", "bad")
        else:
            self._say(said, "ink2")

    def refuse(self, error: UserFacingError) -> None:
        """Says why nothing was changed."""
        self._say(f"{error.message} {error.hint}".strip(), "bad")

    def taken(self) -> None:
        """It was done: the line is empty again."""
        self.field.clear()
        self._say("", "ink2")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the line, and then lets the selection go."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.field.text():
            self.taken()
        else:
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the line above it."""
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, self._theme.color("line"))

    def _give(self) -> None:
        if self.field.text().strip():
            self.given.emit(self.field.text().strip())

    def _typed(self, text: str) -> None:
        if text.strip():
            self.typed.emit(text.strip())
        else:
            self._say("", "ink2")

    def _say(self, words: str, colour: str) -> None:
        self._said.set_colour(colour)
        self._said.setText(words)
        self._said.setVisible(bool(words))
        self.field.setAccessibleDescription(words)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(28), px(10), px(28), px(12))
        self._column.setSpacing(px(6))
        self._line.setSpacing(px(10))
        self.update()
