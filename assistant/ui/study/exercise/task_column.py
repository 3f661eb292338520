"""What is asked: where it stands in the course, its title, its words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.exercise import ProvedBy
from assistant.services.study.practice import Given
from assistant.ui.study.exercise.markdown_view import Drawing, MarkdownView
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel

_GROUND_ICONS = {
    "base": "git-branch",
    "opens": "lock-open",
    "weak": "chart-column",
    "time": "clock",
}


class TaskHead(QWidget):
    """Crumbs, title and prompt.

    Args:
        theme: The theme in force.
        drawing: Formulas and workers.
    """

    def __init__(self, theme: Theme, drawing: Drawing) -> None:
        super().__init__()
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        crumbs = QHBoxLayout()
        crumbs.setSpacing(px(6))
        self._course = PlainLabel(theme, "", "small", "ink2")
        self._arrow = IconLabel(theme, "chevron-right", 14, "ink3")
        self._concept = ElidedLabel(theme, "", "small", "ink2")
        crumbs.addWidget(self._course)
        crumbs.addWidget(self._arrow)
        crumbs.addWidget(self._concept, 1)
        column.addLayout(crumbs)
        self.title = PlainLabel(theme, "", "title", wrap=True)
        column.addWidget(self.title)
        column.addSpacing(px(4))
        self.prompt = MarkdownView(theme, drawing)
        column.addWidget(self.prompt)
        self._unproved = PlainLabel(theme, "", "small", "caution", wrap=True)
        column.addWidget(self._unproved)

    def show_exercise(self, given: Given, course: str) -> None:
        """Shows what is asked."""
        exercise = given.exercise
        self._course.setText(course)
        self._concept.setText(given.concept.title)
        self.title.setText(exercise.title or given.concept.title)
        self.prompt.show_text(exercise.prompt)
        unproved = exercise.proof.by is ProvedBy.NOTHING
        self._unproved.setText("Its answer is not checked by anything." if unproved else "")
        self._unproved.setVisible(unproved)


class WhyCard(Card):
    """What is practised here, and why this comes now, in words.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 16)
        self._title = PlainLabel(theme, "", "card_title")
        self.body.addWidget(self._title)
        self._lines: list[QWidget] = []

    def show_reasons(self, given: Given) -> None:
        """Shows the reasons, or what can be done by whoever has mastered it."""
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []
        self._title.setText("Why this one" if given.reasons else "What you practise")
        for reason in given.reasons:
            self._add(_GROUND_ICONS.get(reason.ground.value, "info"), reason.words)
        if not given.reasons:
            self._add("graduation-cap", given.concept.summary or given.concept.title)

    def _add(self, icon: str, words: str) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(8))
        row.addWidget(IconLabel(self._theme, icon, 16, "ink3"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(PlainLabel(self._theme, words, "interface", "ink2", wrap=True), 1)
        self._lines.append(line)
        self.body.addWidget(line)


class TellLine(QWidget):
    """“Just tell me”, which asks once more because the exercise earns nothing then.

    Args:
        theme: The theme in force.
        resting: What stands there while nothing was asked.
    """

    def __init__(self, theme: Theme, resting: str = "") -> None:
        super().__init__()
        self._resting = resting
        self._words = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self.ask = Button(theme, "Just tell me", "ghost", small=True)
        self.ask.setToolTip("Shows the whole solution; it is recorded as help")
        self.yes = Button(theme, "Show it", "plain", small=True)
        self.no = Button(theme, "Keep trying", "ghost", small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(self._words, 1)
        for button in (self.ask, self.no, self.yes):
            row.addWidget(button)
        self.ask.clicked.connect(self._ask)
        self.no.clicked.connect(self.rest)
        self.rest()

    def rest(self) -> None:
        """Nothing was asked."""
        self._words.setText(self._resting)
        self.ask.show()
        self.yes.hide()
        self.no.hide()

    def _ask(self) -> None:
        self._words.setText("It earns no credit then.")
        self.ask.hide()
        self.no.show()
        self.yes.show()
        self.yes.setFocus()
