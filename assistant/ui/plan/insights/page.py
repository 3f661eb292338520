"""The page of insights."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assistant.domain.errors import UserFacingError
from assistant.planner.learning.insights import Insights
from assistant.planner.learning.questions import Question
from assistant.ui.plan.insights.logged import LoggedCard
from assistant.ui.plan.insights.pictures import AccuracyDrawing, EnergyDrawing, SpentDrawing
from assistant.ui.plan.page import PlanPage
from assistant.ui.plan.words import length_words
from assistant.ui.study.pictures.card import PictureCard
from assistant.ui.study.pictures.marks import count_words, percent_words
from assistant.ui.study.pictures.picture import Picture
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.notices import EmptyState, ErrorCard

_ROW, _MOST_ROWS, _TABLE = 30, 12, 160
_EMPTY_WIDTH = 560
_READING = "Reading what you did."
_NOTHING = (
    "Nothing yet: track time on tasks with an estimate, mark them done, and it is drawn here."
)
_EMPTY = (
    "Press Start on a task when you begin it and mark it done when it is. Once a few are done you "
    "see here where your time went, how good your estimates are, and when work goes well."
)


class QuestionCard(Card):
    """One question, with its answers; at most one a day.

    Args:
        theme: The theme in force.
    """

    answered = Signal(str, str)
    """The id of the question, and the answer."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._question: Question | None = None
        self._text = PlainLabel(theme, "", "card_title", wrap=True)
        self._why = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self._answers = QWidget()
        self._flow = FlowLayout(self._answers, theme.px(8))
        self.field = LineField(theme, "Minutes", "Minutes")
        self.field.setMaximumWidth(theme.px(160))
        self.field.returnPressed.connect(self._tell_minutes)
        self.buttons: list[Button] = []
        for part in (self._text, self._why, self._answers, self.field):
            self.body.addWidget(part)
        self.hide()

    def show_question(self, question: Question | None) -> None:
        """Asks; nothing for None. The same question stays as it is, with what was written."""
        if question == self._question:
            return
        self._question = question
        self.setVisible(question is not None)
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        if question is None:
            return
        self.setAccessibleName(question.text)
        self._text.setText(question.text)
        self._why.setText(question.why)
        for value, words in question.choices:
            button = Button(self._theme, words)
            button.clicked.connect(self._teller(value))
            self._flow.addWidget(button)
            self.buttons.append(button)
        self._answers.setVisible(bool(question.choices))
        self.field.clear()
        self.field.setVisible(not question.choices)

    def _teller(self, value: str) -> Callable[[], None]:
        def tell() -> None:
            if self._question is not None:
                self.answered.emit(self._question.id, value)

        return tell

    def _tell_minutes(self) -> None:
        if self._question is not None and self.field.text().strip():
            self.answered.emit(self._question.id, self.field.text().strip())


class InsightsPage(PlanPage):
    """A question, sentences, three pictures, and what was logged.

    Args:
        theme: The theme in force.
    """

    again_wanted = Signal()
    """What could not be read shall be read again."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Insights")
        self._shown = False
        self.question = QuestionCard(theme)
        self.problem = _Slot()
        self.empty = EmptyState(theme, "Nothing to tell yet", _EMPTY, icon="chart-column")
        self._said = Card(theme)
        self._sentences = QVBoxLayout()
        self._said.body.addWidget(PlainLabel(theme, "In words", "card_title"))
        self._said.body.addLayout(self._sentences)
        self.spent = Picture(theme, "Where time went", _READING, (560, 40))
        self.accuracy = Picture(theme, "How good estimates are", _READING, (560, 180))
        self.energy = Picture(theme, "When work goes well", _READING, (560, 190))
        self._cards = {
            picture: PictureCard(theme, title, picture, note)
            for title, picture, note in (
                ("Where time went", self.spent, "above what you estimated, below what it took"),
                ("How good estimates are", self.accuracy, "how far half of them are off at most"),
                ("When work goes well", self.energy, "expected where little is known yet"),
            )
        }
        self.logged = LoggedCard(theme)
        self.empty.setMaximumWidth(theme.px(_EMPTY_WIDTH))
        self.empty.setContentsMargins(0, theme.px(12), 0, theme.px(12))
        self._spent_rows = 1
        self.spent.table_shown.connect(self._spent_turned)
        parts = (self.empty, self._said, *self._cards.values(), self.logged)
        for part in (self.question, self.problem, *parts):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.accuracy.setMinimumHeight(theme.px(180))
        self.energy.setMinimumHeight(theme.px(190))
        self.show_reading()

    def show_reading(self) -> None:
        """Says that it is being read; what is shown already stays meanwhile."""
        if not self._shown:
            self._show_parts(known=False)
            self._say([_READING])

    def show_problem(self, error: UserFacingError) -> None:
        """Says why nothing can be read, with the way to try again."""
        title = "What you did could not be read"
        card = ErrorCard(self.theme, title, f"{error.message} {error.hint}".strip())
        card.add_button("Try again").clicked.connect(self.again_wanted)
        self.problem.put(card)
        if not self._shown:
            self._said.hide()

    @property
    def sentences(self) -> list[str]:
        """What is said in words."""
        found: list[str] = []
        for at in range(self._sentences.count()):
            item = self._sentences.itemAt(at)
            label = item.widget() if item is not None else None
            if isinstance(label, PlainLabel):
                found.append(label.text())
        return found

    def show_insights(self, insights: Insights) -> None:
        """Shows everything."""
        self._shown = True
        known = bool(insights.done or insights.spent or insights.accuracy)
        self._show_parts(known=known)
        self.empty.setVisible(not known)
        for picture in self._cards:
            picture.set_empty(_NOTHING)
        rows = max(1, len(insights.spent))
        self._spent_rows = min(rows, _MOST_ROWS)
        self._fit_spent(shown=False)
        self.spent.set_drawing(SpentDrawing(insights.spent) if insights.spent else None)
        self.accuracy.set_drawing(AccuracyDrawing(insights.accuracy) if insights.accuracy else None)
        self.energy.set_drawing(
            EnergyDrawing(insights.energy, insights.energy_tasks) if insights.energy else None
        )
        for card in self._cards.values():
            card.follow()
        self._say(_sentences(insights))

    def _spent_turned(self, shown: bool) -> None:  # noqa: FBT001 - a slot
        self._fit_spent(shown=shown)

    def _fit_spent(self, *, shown: bool) -> None:
        """As high as its rows; a table needs more."""
        height = self._spent_rows * _ROW + 10
        self.spent.setFixedHeight(self.theme.px(max(height, _TABLE) if shown else height))

    def _show_parts(self, *, known: bool) -> None:
        """Shows pictures only where there is something to draw."""
        self.empty.hide()
        self._said.setVisible(known or not self._shown)
        for card in self._cards.values():
            card.setVisible(known)

    def _say(self, sentences: Sequence[str]) -> None:
        while (item := self._sentences.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for words in sentences:
            label = PlainLabel(self.theme, words, "interface", "ink2", wrap=True)
            self._sentences.addWidget(label)


class _Slot(QWidget):
    """Holds one card, or none."""

    def __init__(self) -> None:
        super().__init__()
        self.card: ErrorCard | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def put(self, card: ErrorCard) -> None:
        """Shows a card in place of the one before."""
        self.clear()
        self.card = card
        self._column.addWidget(card)
        self.show()

    def clear(self) -> None:
        """Shows none."""
        if self.card is not None:
            self._column.removeWidget(self.card)
            self.card.hide()
            self.card.deleteLater()
            self.card = None
        self.hide()


def _sentences(insights: Insights) -> list[str]:
    """What was learnt, and from how much, a sentence each; nothing that is only assumed."""
    done = f"{count_words(insights.done, 'task')} done"
    if insights.on_time is not None:
        done += f", {percent_words(insights.on_time)} of those with a deadline by it"
    found = [f"{done}."]
    found += [
        f"{pattern.text.removesuffix('.')}, by {count_words(pattern.tasks, 'task')}."
        for pattern in insights.patterns
    ]
    if insights.usual_focus_min is not None:
        length = length_words(insights.usual_focus_min)
        found.append(
            f"A usual stretch on one thing lasts {length}, by {insights.focus.stretches} of them."
        )
    if insights.resumed:
        costs = length_words(insights.switching_min)
        found.append(f"Taking a task up again costs about {costs}, by {insights.resumed} tasks.")
    return found
