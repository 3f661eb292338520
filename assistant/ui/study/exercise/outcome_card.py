"""What came of an answer: right or not, what it is worth, what helps, what is known now."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from assistant.domain.exercise import Grade, ProvedBy
from assistant.domain.study import Mastery, Rung, Standing
from assistant.services.study.practice import Given, Judged
from assistant.ui.study.exercise.markdown_view import Drawing, MarkdownView
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card, Divider
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.painting import box

CHECKED = {
    ProvedBy.ALGEBRA: "Checked by algebra",
    ProvedBy.TESTS: "Checked by running tests",
    ProvedBy.MUSIC: "Checked by music theory",
    ProvedBy.AUTHOR: "Compared with the author's answer",
}
STANDINGS = {
    Standing.NOT_STARTED: "not started",
    Standing.BEGUN: "begun",
    Standing.GROWING: "growing",
    Standing.FIRM: "firm",
    Standing.MASTERED: "mastered",
}
_ONLY_UNAIDED = "Only a first try without hints raises it."
_SAID_BY_THE_HEAD = ("That is right.", "That is not right yet.")
_HEADS = {True: "Right", False: "Not right yet", None: "Not counted"}
_SIGNS = {
    True: ("circle-check", "good"),
    False: ("circle-x", "bad"),
    None: ("circle-question-mark", "ink2"),
}


class MasteryBar(QWidget):
    """Mastery before and after: a bar, and the words that say the same."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._before, self._after = 0.0, 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_change(self, before: Mastery, after: Mastery) -> None:
        """Shows both."""
        self._before, self._after = before.chance, after.chance
        self.setAccessibleName(f"From {before.chance:.0%} to {after.chance:.0%}")
        self.update()

    def sizeHint(self) -> QSize:
        """A thin line."""
        return QSize(self._theme.px(120), self._theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws what was there, and what came to it or went."""
        theme = self._theme
        painter = QPainter(self)
        radius = self.height() / 2
        box(painter, self.rect(), radius, theme.color("press"))
        low, high = sorted((self._before, self._after))
        grew = self._after >= self._before
        self._fill(painter, high, "lampline" if grew else "line2")
        self._fill(painter, low, "lamp")

    def _fill(self, painter: QPainter, share: float, token: str) -> None:
        width = round(self.width() * share)
        if width >= self.height():
            area = QRect(0, 0, width, self.height())
            box(painter, area, self.height() / 2, self._theme.color(token))


class OutcomeCard(Card):
    """What came of the last answer, and the way on.

    Args:
        theme: The theme in force.
        drawing: Formulas and workers.
    """

    next_wanted = Signal()

    def __init__(self, theme: Theme, drawing: Drawing) -> None:
        super().__init__(theme, 16)
        px = theme.px
        self._sign = IconLabel(theme, "circle-check", 18, "good")
        self.head = PlainLabel(theme, "", "card_title")
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self._sign)
        head.addWidget(self.head, 1)
        self.worth = PlainLabel(theme, "", "small", "ink2")
        head.addWidget(self.worth)
        self.body.addLayout(head)
        self.words = MarkdownView(theme, drawing, "interface")
        self.body.addWidget(self.words)
        self.remedy = MarkdownView(theme, drawing, "interface")
        self._remedy_head = PlainLabel(theme, "What helps", "small_medium", "lampink")
        self.body.addWidget(self._remedy_head)
        self.body.addWidget(self.remedy)
        self._rule = Divider(theme)
        self.body.addWidget(self._rule)
        self.known = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self.bar = MasteryBar(theme)
        self.body.addWidget(self.known)
        self.body.addWidget(self.bar)
        self._checked = _Checked(theme)
        self.body.addWidget(self._checked)
        self.next = Button(theme, "Next", "primary", icon="arrow-left")
        self.next.set_icon_name(None)
        self.next.clicked.connect(self.next_wanted)
        self.body.addSpacing(px(4))
        self.body.addWidget(self.next)
        self.hide()

    def show_judged(self, given: Given, judged: Judged) -> None:
        """Shows what came of an answer."""
        grade = judged.grade
        self.head.setText(_headline(grade))
        icon, colour = _SIGNS[grade.correct]
        self._sign.set_icon(icon, colour)
        self.worth.setText(_worth(judged))
        self._show_words(_words(grade), judged.remedy)
        self._show_mastery(given, judged)
        self._checked.show_proof(grade)
        self.next.setVisible(bool(grade.correct))
        self.setAccessibleName(f"{self.head.text()}. {grade.words}")
        self.show()

    def show_told(self, words: str) -> None:
        """The solution was shown: the exercise is over."""
        self.head.setText("The solution was shown")
        self._sign.set_icon("book-open", "ink2")
        self.worth.setText("no credit")
        self._show_words(words, "")
        for widget in (self._rule, self.known, self.bar, self._checked):
            widget.hide()
        self.next.show()
        self.setAccessibleName(f"{self.head.text()}. {words}")
        self.show()

    def _show_words(self, words: str, remedy: str) -> None:
        self.words.setVisible(bool(words))
        self.words.show_text(words)
        for widget in (self._remedy_head, self.remedy):
            widget.setVisible(bool(remedy))
        self.remedy.show_text(remedy)

    def _show_mastery(self, given: Given, judged: Judged) -> None:
        before, after, attempt = judged.before, judged.after, judged.attempt
        for widget in (self._rule, self.known, self.bar):
            widget.setVisible(attempt is not None)
        change = f"{before.chance:.0%} → {after.chance:.0%}".replace("%", "\u00a0%")
        same = f"{after.chance:.0%}, as before".replace("%", "\u00a0%")
        moved = round(before.chance * 100) != round(after.chance * 100)
        words = f"{given.concept.title}: {change if moved else same} · {STANDINGS[after.standing]}"
        if attempt is not None and judged.grade.correct and not attempt.unaided:
            words = f"{words}. {_ONLY_UNAIDED}"
        self.known.setText(words)
        self.bar.show_change(before, after)


class _Checked(QWidget):
    """How the answer was checked, or that it was not."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        self._sign = IconLabel(theme, "badge-check", 16, "good")
        self._words = PlainLabel(theme, "", "interface_medium", "good")
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    def show_proof(self, grade: Grade) -> None:
        """Says what showed that the grade is right."""
        words = CHECKED.get(grade.checked_by, "")
        self._sign.set_icon(
            "badge-check" if words else "circle-dashed", "good" if words else "ink2"
        )
        self._words.setText(words or "Not checked")
        self._words.set_colour("good" if words else "ink2")
        self.show()


def _headline(grade: Grade) -> str:
    if grade.equivalent_only:
        return "Equal, but not in the form asked for"
    if grade.correct is False and grade.credit > 0:
        return "Partly right"
    return _HEADS[grade.correct]


def _words(grade: Grade) -> str:
    """Why, in words; what is wrong with a line stands under that line already."""
    wrong = grade.first_wrong
    if wrong is not None and wrong.step is not None:
        return f"Step {wrong.step + 1} is the first that does not follow."
    return "" if grade.words in _SAID_BY_THE_HEAD else grade.words


def _worth(judged: Judged) -> str:
    attempt = judged.attempt
    if attempt is None:
        return ""
    if not judged.grade.correct and not attempt.credit:
        return ""
    words = f"{round(attempt.credit * 100)}\u00a0% credit"
    if attempt.rung is Rung.NONE:
        return words if attempt.try_number == 1 else f"{words}, try {attempt.try_number}"
    rungs = int(attempt.rung)
    return f"{words}, {rungs} hint{'s' if rungs > 1 else ''}"
