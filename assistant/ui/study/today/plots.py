"""The two pictures at the side of Today: mastery over time, and how a card fades."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from assistant.services.study.today import CardCurve, Today
from assistant.ui.study.pictures.forgetting_curve import Forgetting, ForgettingCurve
from assistant.ui.study.pictures.mastery_plot import MasteryCourse, MasteryPlot
from assistant.ui.study.today.words import card_words, short_names
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel

_LEAST = 130


class MasteryCard(Card):
    """A line for each course; a click on one follows it.

    Args:
        theme: The theme in force.
    """

    followed = Signal(str)
    """A ``CourseId``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 16)
        self.plot = MasteryPlot(theme)
        _take_what_is_left(self.plot, theme)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(theme, "Mastery over time", "card_title"))
        head.addStretch(1)
        self._unit = PlainLabel(theme, "%, band 80 %", "small", "ink3")
        head.addWidget(self._unit)
        self.body.addLayout(head)
        self.body.addWidget(self.plot, 1)
        self.plot.activated.connect(self._follow)

    def show_today(self, today: Today) -> None:
        """Shows all courses."""
        names = short_names([one.course.title for one in today.courses])
        lines = [
            MasteryCourse(name, one.over_time, one.course.id)
            for name, one in zip(names, today.courses, strict=True)
        ]
        self.plot.show_courses(lines, today.followed)
        self._unit.setVisible(any(line.points for line in lines))

    def _follow(self, key: object) -> None:
        if isinstance(key, str):
            self.followed.emit(key)


class MemoryCard(Card):
    """Will you still know it?

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 16)
        self._card = ElidedLabel(theme, "", "small", "ink3")
        self.curve = ForgettingCurve(theme)
        _take_what_is_left(self.curve, theme)
        self.body.addWidget(PlainLabel(theme, "Will you still know it?", "card_title"))
        self.body.addWidget(self._card)
        self.body.addWidget(self.curve, 1)

    def show_curve(self, curve: CardCurve | None) -> None:
        """Shows how a card fades, or that none was reviewed yet."""
        self._card.setVisible(curve is not None)
        if curve is None:
            self.curve.show_card(None)
            return
        self._card.setText(card_words(curve))
        self.curve.show_card(
            Forgetting(
                since=curve.since,
                kept=curve.kept,
                now=curve.now,
                after=curve.after,
                left_alone=curve.left_alone,
                goal=curve.goal,
            )
        )


def _take_what_is_left(plot: QWidget, theme: Theme) -> None:
    """Beside a map that fills the page a picture asks for no height of its own."""
    plot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
    plot.setMinimumHeight(theme.px(_LEAST))
