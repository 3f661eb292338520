"""A new passphrase, typed twice, with a word on how hard it is to guess."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.unlock.strength import Strength, strength_of
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.secret import SecretField

_COLOURS = {Strength.EASY: "caution", Strength.FAIR: "ink2", Strength.HARD: "good"}


class NewPassphrase(QWidget):
    """Two fields and one line below them.

    Args:
        theme: The theme in force.
        name: What the first field is called.
        height: Height of a field in px of the design.
        parent: The owner.
    """

    submitted = Signal()
    """Enter was pressed in one of the fields."""

    def __init__(
        self, theme: Theme, name: str, height: int = 36, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.first = SecretField(theme, name, name, height=height)
        self.again = SecretField(theme, f"{name} once more", "The same once more", height=height)
        self.line = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self.line.setAccessibleName("How good the passphrase is")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        for widget in (self.first, self.again, self.line):
            column.addWidget(widget)
        for field in (self.first, self.again):
            field.returnPressed.connect(self.submitted)
            field.textChanged.connect(self._typed)
        self.first.shown_changed.connect(self._show_both)
        self.again.shown_changed.connect(self._show_both)
        self.setFocusProxy(self.first)
        self._typed()

    def take(self) -> str:
        """The passphrase; empty, and said in words, when it cannot be taken yet."""
        first, again = self.first.text(), self.again.text()
        if not first:
            self.say_problem("Type it first.")
            self.first.setFocus()
        elif not again:
            self.say_problem("Type it once more below, so that a slip does not lock you out.")
            self.again.setFocus()
        elif first != again:
            self.say_problem("The two are not the same. Look at them with the eye.")
            self.again.set_wrong(True)
            self.again.setFocus()
            self.again.selectAll()
        else:
            return first
        return ""

    def say_problem(self, words: str) -> None:
        """Says what is wrong, until something else is typed."""
        self.line.setText(words)
        self.line.set_colour("bad")
        self.line.show()

    def clear(self) -> None:
        """Empties both and hides what will be typed."""
        self.first.clear()
        self.again.clear()
        self._show_both(shown=False)

    def _typed(self) -> None:
        self.again.set_wrong(False)
        text = self.first.text()
        self.line.setVisible(bool(text))
        if text:
            verdict = strength_of(text)
            self.line.setText(verdict.words)
            self.line.set_colour(_COLOURS[verdict.strength])

    def _show_both(self, shown: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.first.set_shown(shown=shown)
        self.again.set_shown(shown=shown)
