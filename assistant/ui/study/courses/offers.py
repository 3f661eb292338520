"""Courses that can be taken: what is in each, and one button."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from assistant.domain.course import Course
from assistant.ui.study.today.words import course_facts, units_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import PlainLabel

_BESIDE_FROM = 700
_SUBJECTS = {"programming": "code", "mathematics": "calculator", "music": "music"}


class OfferCard(Card):
    """One course.

    Args:
        theme: The theme in force.
        course: Which one.
    """

    taken = Signal(str)
    """Its ``CourseId``."""

    def __init__(self, theme: Theme, course: Course) -> None:
        super().__init__(theme, 20)
        self.course = course
        self.setAccessibleName(course.title)
        icon = IconLabel(theme, _SUBJECTS.get(course.subject, "graduation-cap"), 24, "ink2")
        self.take = Button(theme, "Take this course", icon="plus")
        self.take.setAccessibleName(f"Take {course.title}")
        self.take.clicked.connect(self._take)
        self.body.addWidget(icon)
        self.body.addWidget(PlainLabel(theme, course.title, "card_title", wrap=True))
        self.body.addWidget(PlainLabel(theme, course.description, "interface", "ink2", wrap=True))
        self.body.addWidget(PlainLabel(theme, units_words(course), "small", "ink3", wrap=True))
        self.body.addStretch(1)
        self.body.addWidget(PlainLabel(theme, course_facts(course), "small", "ink2", wrap=True))
        self.body.addSpacing(theme.px(4))
        self.body.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)

    def _take(self) -> None:
        self.take.setEnabled(False)
        self.taken.emit(self.course.id)


class Offers(QWidget):
    """Several courses beside each other, or below where there is no room.

    Args:
        theme: The theme in force.
    """

    taken = Signal(str)
    """The ``CourseId`` of the course that is taken."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._cards: list[OfferCard] = []
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme.px(16))

    @property
    def cards(self) -> list[OfferCard]:
        """The cards, from the left."""
        return list(self._cards)

    def show_courses(self, courses: Sequence[Course]) -> None:
        """Shows these."""
        if [card.course for card in self._cards] == list(courses):
            for card in self._cards:
                card.take.setEnabled(True)
            return
        for card in self._cards:
            self._line.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [OfferCard(self._theme, course) for course in courses]
        for card in self._cards:
            card.taken.connect(self.taken)
            self._line.addWidget(card, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One below the other where there is no room."""
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        beside = self.width() >= self._theme.px(_BESIDE_FROM)
        self._line.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
