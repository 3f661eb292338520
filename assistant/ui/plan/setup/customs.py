"""How the user works: focus, rests, ways, and what becomes of what cannot be on time."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.services.planning.settings import WayOfWork
from assistant.ui.plan.words import length_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.fields import TextField
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.switch import Switch

_FIELD = 190
_LENGTHS = (
    (
        "focus_min",
        "Longest stretch without a rest",
        "After it a rest is planned. Empty: as you were seen to work, else 1 h 30.",
        "As learnt",
    ),
    ("rest_min", "Rest", "Between two long stretches. Empty: 15 min.", "15 min"),
    (
        "travel_min",
        "The way between two places",
        "Kept free where one thing follows another elsewhere. Empty: 30 min.",
        "30 min",
    ),
)
_LATE = "Plan what will be late"
_LATE_NOTE = (
    "What cannot be done by its deadline is planned after it. Otherwise it is left out, and you "
    "are told what would make it fit."
)


class LengthRow(QWidget):
    """A length in minutes, written in words.

    Args:
        theme: The theme in force.
        name: Of the setting.
        title: What it is.
        note: What it does.
        placeholder: What holds while nothing is written.
    """

    def __init__(self, theme: Theme, name: str, title: str, note: str, placeholder: str) -> None:
        super().__init__()
        self.name = name
        self.told = ""
        """What was shown or told last: only something else is told."""
        self.field = TextField(theme, title, placeholder)
        self.field.setFixedWidth(theme.px(_FIELD))
        _lay(theme, self, title, note, self.field)


class CustomsCard(Card):
    """A row for each custom.

    Args:
        theme: The theme in force.
    """

    length_set = Signal(str, str)
    """The name of a length, and it as it was written."""
    late_set = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.body.setSpacing(theme.px(14))
        self.body.addWidget(PlainLabel(theme, "How you work", "card_title"))
        self.lengths = [LengthRow(theme, *one) for one in _LENGTHS]
        for row in self.lengths:
            row.field.field.editingFinished.connect(self._tell_length)
            self.body.addWidget(row)
        self.late = Switch(theme, _LATE)
        self.late.clicked.connect(self.late_set)
        below = QWidget()
        _lay(theme, below, _LATE, _LATE_NOTE, self.late)
        self.body.addWidget(below)

    def show_customs(self, way: WayOfWork) -> None:
        """Shows what the user said; what is being written or mended stays."""
        values = {"focus_min": way.focus_min, "rest_min": way.rest_min}
        values["travel_min"] = way.travel_min
        for row in self.lengths:
            line, minutes = row.field.field, values[row.name]
            if not row.field.error() and not (line.hasFocus() and line.isModified()):
                words = "" if minutes is None else length_words(minutes) if minutes else "0 min"
                row.told = words.replace("\u00a0", " ")
                line.setText(row.told)
        self.late.setChecked(way.late)

    def show_problem(self, name: str, words: str) -> None:
        """Says what is wrong with a length; empty words take it back."""
        for row in self.lengths:
            if row.name == name:
                row.field.set_error(words)

    def _tell_length(self) -> None:
        for row in self.lengths:
            line = row.field.field
            if line is self.sender() and line.text() != row.told:
                row.told = line.text()
                self.length_set.emit(row.name, line.text())


def _lay(theme: Theme, row: QWidget, title: str, note: str, control: QWidget) -> None:
    """What it is and does at the left, what changes it at the right."""
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(PlainLabel(theme, title, "interface_medium", wrap=True))
    words.addWidget(PlainLabel(theme, note, "small", "ink2", wrap=True))
    words.addStretch(1)
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.px(16))
    line.addLayout(words, 1)
    line.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)
