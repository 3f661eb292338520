"""What is foreseen of a task: its chance of being on time, its length, and what would help."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.services.planning.learning_values import LengthAnswer, RiskAnswer
from assistant.ui.plan.week.chances import ChanceDots, LengthBar
from assistant.ui.plan.words import length_words
from assistant.ui.study.pictures.marks import percent_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.card import Divider
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import PlainLabel

_MOST = 3


class Foresight(QWidget):
    """Two sections of the panel; each shows once its answer is there.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.dots, self.bar = ChanceDots(theme), LengthBar(theme)
        self._chance = PlainLabel(theme, "", "title")
        self._causes = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self._own = PlainLabel(theme, "", "small", "ink2")
        self._likely = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self._help = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self._risk = self._section("Chance of being on time", self._chance)
        self._risk.addWidget(self.dots)
        self._risk.addWidget(self._causes)
        self._length = self._section("Time it takes", self._own)
        self._length.addWidget(self.bar)
        self._length.addWidget(self._likely)
        self._hint = QWidget()
        row = QHBoxLayout(self._hint)
        row.setContentsMargins(0, theme.px(4), 0, 0)
        row.addWidget(IconLabel(theme, "trending-up", 16, "ink2"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._help, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        for section in (self._risk, self._length):
            parent = section.parentWidget()
            if parent is not None:
                column.addWidget(parent)
        column.addWidget(self._hint)
        self.clear()

    def clear(self) -> None:
        """Nothing is foreseen yet."""
        for part in (self._risk.parentWidget(), self._length.parentWidget(), self._hint):
            if part is not None:
                part.hide()

    def show_risk(self, risk: RiskAnswer) -> None:
        """Shows the chance of being on time, where there is a deadline."""
        if risk.on_time is None:
            return
        self._chance.setText(percent_words(risk.on_time))
        self.dots.show_chance(risk.on_time)
        basis = "Learnt from your own past." if risk.learnt else "By a rule, until more is known."
        causes = " ".join(_sentence(cause.text) for cause in risk.causes[:_MOST])
        self._causes.setText(f"{causes} {basis}".strip())
        self._help.setText(risk.suggestion)
        self._hint.setVisible(bool(risk.suggestion))
        self._show(self._risk)

    def show_length(self, length: LengthAnswer) -> None:
        """Shows how long it takes."""
        self.bar.show_length(length.low, length.minutes, length.high, length.own_min)
        self._own.setText(f"you said {length_words(length.own_min)}" if length.own_min else "")
        because = " ".join(_sentence(words) for words in length.because[:2])
        self._likely.setText(f"Likely {length_words(length.minutes)}. {because}".strip())
        self._show(self._length)

    @property
    def words(self) -> list[str]:
        """What is said, section by section."""
        labels = (self._chance, self._causes, self._likely, self._help)
        return [label.text() for label in labels if label.isVisible()]

    def _section(self, title: str, value: PlainLabel) -> QVBoxLayout:
        theme = self._theme
        section = QWidget(self)
        column = QVBoxLayout(section)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(Divider(theme))
        head = QHBoxLayout()
        head.addWidget(PlainLabel(theme, title, "interface_semibold"), 1)
        head.addWidget(value)
        column.addLayout(head)
        return column

    @staticmethod
    def _show(section: QVBoxLayout) -> None:
        parent = section.parentWidget()
        if parent is not None:
            parent.show()


def _sentence(words: str) -> str:
    words = words.strip()
    words = words[:1].upper() + words[1:]
    return words if not words or words.endswith((".", "!", "?")) else f"{words}."
