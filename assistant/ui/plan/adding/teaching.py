"""A card that teaches what words of a line mean, where they are missed."""

import re
from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.planner.quick_add.reading import parse_line
from assistant.planner.quick_add.vocabulary import MOST_WORDS
from assistant.ui.plan.adding.parts import chip_of, told_once
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.labels import PlainLabel

_WIDTH: Final = 380
_KINDS: Final = (
    ("Time", "15:30"),
    ("Day", "friday"),
    ("Length", "~45min"),
    ("Tag", "#"),
    ("Project", "+"),
    ("Person", "with "),
)
"""What words may stand for, and how a line says it."""
_BEHIND: Final = re.compile(
    r"\b(?:after|before|at|in|on|during|until|by|with|for|over)\b", re.IGNORECASE
)


def likely_phrase(title: str) -> str:
    """The words of a title that most likely mean something: “after class”, else all of them."""
    found = list(_BEHIND.finditer(title))
    phrase = title[found[-1].start() :] if found else title
    return phrase if len(phrase.split()) <= MOST_WORDS else ""


class TeachingCard(QWidget):
    """Words, what they mean, and how that is read.

    Args:
        theme: The theme in force.
        phrase: The words that are taught.
        now: Against which what they mean is read for a look at it.
    """

    taught = Signal(str, str)
    """A phrase and what it means."""

    def __init__(self, theme: Theme, phrase: str, now: datetime) -> None:
        super().__init__()
        self._theme = theme
        self._now = now
        self.phrase = LineField(theme, "Your words", "after class")
        self.meaning = LineField(theme, "What they mean", "15:30")
        self.teach = Button(theme, "Teach")
        self.kinds = [Button(theme, name, "ghost", small=True) for name, _ in _KINDS]
        self._read = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self._problem = PlainLabel(theme, "", "small", "bad", wrap=True)
        self.phrase.setText(phrase)
        self.phrase.returnPressed.connect(self.meaning.setFocus)
        self.meaning.returnPressed.connect(self._tell)
        self.meaning.textChanged.connect(self._look)
        self.teach.clicked.connect(self._tell)
        for button in self.kinds:
            button.clicked.connect(self._begin)
        self._arrange()
        self._look()

    @property
    def problem(self) -> str:
        """Why the words cannot be taught; empty where they can."""
        return self._problem.text()

    @property
    def read_as(self) -> str:
        """How what they mean is read, in words."""
        return self._read.text()

    def show_problem(self, words: str) -> None:
        """Says why they cannot be taught."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def _arrange(self) -> None:
        theme, px = self._theme, self._theme.px
        self.setFixedWidth(px(_WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(8), px(8), px(8))
        column.setSpacing(px(8))
        column.addWidget(PlainLabel(theme, "These words", "small_medium", "ink2"))
        column.addWidget(self.phrase)
        column.addWidget(PlainLabel(theme, "mean", "small_medium", "ink2"))
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self.meaning, 1)
        line.addWidget(self.teach)
        column.addLayout(line)
        kinds = QWidget()
        flow = FlowLayout(kinds, px(4))
        for button in self.kinds:
            flow.addWidget(button)
        column.addWidget(kinds)
        column.addWidget(self._read)
        column.addWidget(self._problem)
        self._problem.hide()

    def _begin(self) -> None:
        """Writes how a line says that kind; what stands for an example is selected."""
        for button, (_, written) in zip(self.kinds, _KINDS, strict=True):
            if button is self.sender():
                self.meaning.setText(written)
                self.meaning.setFocus()
                if written[-1].isalnum():
                    self.meaning.selectAll()

    def _look(self) -> None:
        self.show_problem("")
        meaning = self.meaning.text().strip()
        if not meaning:
            self._read.setText("Left empty, they are only words of the title.")
            return
        found = parse_line(f"x {meaning}", self._now)
        today = self._now.date()
        chips = [chip_of(part, found, today) for part in told_once(found.parts)]
        said = ", ".join(f"{one.name} {one.value}".strip() for one in chips)
        self._read.setText(
            f"Today that is read as: {said}." if said else "That is read as words of the title."
        )

    def _tell(self) -> None:
        if self.phrase.text().strip():
            self.taught.emit(self.phrase.text(), self.meaning.text())
        else:
            self.phrase.setFocus()
