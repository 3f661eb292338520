"""A chat in which nothing was said yet."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.chip import Chip
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.lamp import LampMark

TRIES: tuple[tuple[str, str], ...] = (
    ("Explain an idea", "Explain compound interest to me step by step, then ask me one question."),
    ("Work through a proof", "Walk me through why the square root of 2 is irrational."),
    ("Read some code", "Explain what this code does, line by line:\n\n```python\n\n```"),
    ("Plan my week", "Plan my week"),
)
"""What a chip says, and the words that it puts into the composer."""
_WIDEST = 560


class EmptyChat(QWidget):
    """A lamp, a line, and things to try.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    tried = Signal(str)
    """Words for the composer."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = dict(TRIES)
        self._lamp = LampMark(theme, 44)
        self._title = PlainLabel(theme, "", "title")
        self._note = PlainLabel(theme, "", "interface", "ink2", wrap=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._chips = self._make_chips()
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout()
        column.setSpacing(theme.px(8))
        column.addWidget(self._lamp, 0, middle)
        column.addSpacing(theme.px(8))
        column.addWidget(self._title, 0, middle)
        column.addWidget(self._note)
        column.addSpacing(theme.px(12))
        tries = QHBoxLayout()
        tries.addStretch(1)
        tries.addWidget(self._chips, 100)
        tries.addStretch(1)
        column.addLayout(tries)
        holder = QWidget()
        holder.setLayout(column)
        holder.setMaximumWidth(theme.px(_WIDEST))
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(holder, 100)
        across.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(3)
        outer.addLayout(across)
        outer.addStretch(4)
        self.show_kind(temporary=False)

    def _make_chips(self) -> QWidget:
        chips = QWidget()
        gap = self._theme.px(8)
        flow = FlowLayout(chips, gap)
        width = -gap
        for title, _ in TRIES:
            chip = Chip(self._theme, title, action=None)
            chip.setToolTip("Put a question about this into the field")
            chip.clicked.connect(self._try)
            flow.addWidget(chip)
            width += chip.sizeHint().width() + gap
        chips.setMaximumWidth(width)
        return chips

    def show_kind(self, *, temporary: bool) -> None:
        """Speaks of an ordinary chat or of a temporary one."""
        if temporary:
            self._say(
                "A temporary chat",
                "Nothing of it is stored or searched. It is gone when you leave it.",
            )
        else:
            self._say(
                "What shall we look at?",
                "Everything stays on this machine, encrypted from the first word.",
            )
        self._lamp.set_lit(not temporary)

    def _say(self, title: str, note: str) -> None:
        self._title.setText(title)
        self._note.setText(note)
        self.setAccessibleName(f"{title} {note}")

    def _try(self) -> None:
        chip = self.sender()
        if isinstance(chip, QPushButton):
            self.tried.emit(self._words[chip.text()])
