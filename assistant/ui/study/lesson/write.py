"""Where a lesson is missing: why, and a button that has the model write one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assistant.ui.study.lesson.marks import CheckLine
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.notices import EmptyState

_WRITE, _STOP = "Have a lesson written", "Stop"
_NOTE = "The model writes it here; code checks what it can and marks the rest as not checked."


class WriteCard(QWidget):
    """Says that there is no lesson yet, and how the writing goes.

    Args:
        theme: The theme in force.
        missing: Why there is none.
    """

    wanted = Signal()
    stopped = Signal()

    def __init__(self, theme: Theme, missing: str) -> None:
        super().__init__()
        self._busy = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        empty = EmptyState(theme, "There is no lesson yet", missing, icon="book-open")
        self.button = empty.add_button(_WRITE, icon="pencil")
        self.button.clicked.connect(self._press)
        column.addWidget(empty)
        self.note = CheckLine(theme)
        column.addWidget(self.note)
        self.note.hide()

    def show_progress(self, share: float, doing: str) -> None:
        """Says how far it is."""
        if self._busy:
            self.note.show_told(f"{doing}, {100 * share:.0f}\u00a0%", "pencil")

    def show_error(self, words: str) -> None:
        """Says why nothing came of it."""
        self._rest()
        self.note.show_wrong(words)
        self.note.show()

    def _press(self) -> None:
        if self._busy:
            self._rest()
            self.note.hide()
            self.stopped.emit()
            return
        self._busy = True
        self.button.setText(_STOP)
        self.button.set_icon_name("square")
        self.note.show_told(_NOTE, "pencil")
        self.note.show()
        self.wanted.emit()

    def _rest(self) -> None:
        self._busy = False
        self.button.setText(_WRITE)
        self.button.set_icon_name("pencil")
