"""An answer in a line: a word or a few, or music by its names with a staff under it."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from assistant.domain.exercise import AnswerKind
from assistant.services.study.practice import Given
from assistant.services.study.reading import ReadAnswer
from assistant.ui.study.exercise.pane import AnswerPane
from assistant.ui.study.exercise.staff import StaffView
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.labels import PlainLabel

_READ_MS = 150
_LONGEST = 2_000


class WordsPane(AnswerPane):
    """A line, how it is read where that is not plain, and a button that checks.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._notes = False
        self._ended = False
        card = Card(theme, 16)
        self._title = PlainLabel(theme, "Your answer", "card_title")
        card.body.addWidget(self._title)
        self.field = LineField(theme, "Your answer", height=40)
        self.field.setMaxLength(_LONGEST)
        self.field.setFont(theme.font("reading"))
        self.check = Button(theme, "Check", "primary", icon="check")
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.field, 1)
        row.addWidget(self.check)
        card.body.addLayout(row)
        self.read = PlainLabel(theme, "", "small", "ink2", wrap=True)
        card.body.addWidget(self.read)
        self.staff = StaffView(theme)
        self.staff.hide()
        card.body.addWidget(self.staff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_READ_MS)
        self._wait.timeout.connect(self._want_read)
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self._give)
        self.check.clicked.connect(self._give)

    def show_exercise(self, given: Given) -> None:
        """Shows the line with what was written so far."""
        self._notes = given.exercise.kind is AnswerKind.NOTES
        if self._notes:
            self.field.setPlaceholderText("Names such as F#4, Bb, M3, Gm7 or ii6")
        else:
            self.field.setPlaceholderText("A word or a few")
        self.read.setVisible(self._notes)
        self.staff.setVisible(self._notes)
        self.field.setText(given.draft)
        self.check.setEnabled(bool(given.draft.strip()))

    def show_read(self, read: ReadAnswer) -> None:
        """How the music is understood."""
        self.staff.show_notes(read.notes)
        self.staff.setVisible(self._notes and bool(read.notes))
        if read.trouble:
            self.read.setText(read.trouble)
        else:
            self.read.setText(f"Read as {read.words}" if read.words else "")

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001 - a setter of one value
        """No second answer meanwhile."""
        self.check.setEnabled(not busy and bool(self.field.text().strip()))
        self.field.setReadOnly(busy or self._ended)

    def end(self) -> None:
        """What was written stays to be read."""
        self._ended = True
        self.field.setReadOnly(True)
        self.check.hide()

    def focus_answer(self) -> None:
        """To the line."""
        self.field.setFocus()

    def _typed(self, text: str) -> None:
        self.check.setEnabled(bool(text.strip()) and not self._ended)
        if not self._ended:
            self.changed.emit(text)
        if self._notes:
            self._wait.start()

    def _want_read(self) -> None:
        self.read_wanted.emit(self.field.text())

    def _give(self) -> None:
        if self.field.text().strip() and self.check.isEnabled() and not self._ended:
            self.answered.emit(self.field.text())
