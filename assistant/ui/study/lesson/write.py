"""A button that has the model write a lesson, where one is missing or in the place of another."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.services.study.lesson_values import LessonView
from assistant.ui.study.lesson.marks import CheckLine, check_line
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.notices import EmptyState

_WRITE, _ANEW, _STOP = "Have a lesson written", "Write it anew", "Stop"
_NOTE = "The model writes it here; code checks what it can and marks the rest as not checked."
_KEPT = " This one stays until the new one is whole."


class WriteCard(QWidget):
    """The button and how the writing goes; pressed while it writes, it stops.

    Args:
        theme: The theme in force.
        shown: What stands above the button, or beside it.
        button: Has a lesson written; what it says now is what it says when it rests.
        note: Said while the first words are waited for.
    """

    wanted = Signal()
    stopped = Signal()

    def __init__(self, theme: Theme, shown: QWidget, button: Button, note: str) -> None:
        super().__init__()
        self._busy = False
        self._words, self._icon, self._about = button.text(), "pencil", note
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        self.button = button
        self.button.set_icon_name(self._icon)
        self.button.clicked.connect(self._press)
        column.addWidget(shown)
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
        self.note.show_told(self._about, "pencil")
        self.note.show()
        self.wanted.emit()

    def _rest(self) -> None:
        self._busy = False
        self.button.setText(self._words)
        self.button.set_icon_name(self._icon)


def missing_card(theme: Theme, missing: str) -> WriteCard:
    """Says that there is no lesson yet, and why."""
    empty = EmptyState(theme, "There is no lesson yet", missing, icon="book-open")
    return WriteCard(theme, empty, empty.add_button(_WRITE), _NOTE)


def written_card(theme: Theme, view: LessonView) -> WriteCard:
    """Says how far a written lesson can be trusted and who wrote it, and offers another."""
    shown = QWidget()
    row = QHBoxLayout(shown)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(12))
    by = f"Written by {view.written_by}." if view.written_by else ""
    row.addWidget(check_line(theme, view.explanation, by), 1)
    button = Button(theme, _ANEW, "ghost", small=True)
    row.addWidget(button)
    return WriteCard(theme, shown, button, _NOTE + _KEPT)
