"""An answer of mathematics: a number, an expression, an equation, a set."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from assistant.domain.exercise import AnswerKind, Form
from assistant.services.study.practice import Given
from assistant.services.study.reading import ReadAnswer
from assistant.ui.study.exercise.markdown_view import Drawing
from assistant.ui.study.exercise.maths_field import MathsField
from assistant.ui.study.exercise.pane import AnswerPane
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.labels import PlainLabel

_FORMS = {
    Form.ANY: "",
    Form.SIMPLIFIED: "simplified",
    Form.FACTORED: "factored",
    Form.EXPANDED: "without brackets",
    Form.LOWEST_TERMS: "in lowest terms",
}


class MathsPane(AnswerPane):
    """A line of mathematics and a button that checks.

    Args:
        theme: The theme in force.
        drawing: Formulas and workers.
    """

    def __init__(self, theme: Theme, drawing: Drawing) -> None:
        super().__init__()
        self._ended = False
        card = Card(theme, 16)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(theme, "Your answer", "card_title"), 1)
        self._form = PlainLabel(theme, "", "small", "ink2")
        head.addWidget(self._form)
        card.body.addLayout(head)
        self.line = MathsField(theme, drawing.formulas, "Your answer")
        card.body.addWidget(self.line)
        foot = QHBoxLayout()
        self._note = PlainLabel(theme, "Enter checks", "small", "ink2")
        self.check = Button(theme, "Check", "primary", icon="check")
        foot.addWidget(self._note, 1)
        foot.addWidget(self.check)
        card.body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self.line.changed.connect(self._typed)
        self.line.entered.connect(self._give)
        self.line.read_wanted.connect(self.read_wanted)
        self.check.clicked.connect(self._give)

    def show_exercise(self, given: Given) -> None:
        """Shows the line with what was written so far."""
        number = given.exercise.kind is AnswerKind.NUMBER
        parts = ["a number" if number else "", _FORMS[given.exercise.key.form]]
        self._form.setText(", ".join(part for part in parts if part))
        self.line.set_text(given.draft)
        self.check.setEnabled(bool(given.draft.strip()))

    def show_read(self, read: ReadAnswer) -> None:
        """How the answer is understood."""
        self.line.show_read(read)

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001 - a setter of one value
        """No second answer meanwhile."""
        self.check.setEnabled(not busy and bool(self.line.text.strip()))
        self.line.field.setReadOnly(busy or self._ended)

    def end(self) -> None:
        """What was written stays to be read."""
        self._ended = True
        self.line.set_read_only(True)
        self.check.hide()
        self._note.hide()

    def focus_answer(self) -> None:
        """To the line."""
        self.line.field.setFocus()

    def _typed(self, text: str) -> None:
        self.check.setEnabled(bool(text.strip()) and not self._ended)
        if not self._ended:
            self.changed.emit(text)

    def _give(self) -> None:
        if self.line.text.strip() and self.check.isEnabled() and not self._ended:
            self.answered.emit(self.line.text)
