"""New course or book: courses that can be taken, and ways to bring others in."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.course import Course
from assistant.services.study.decks import Deck
from assistant.ui.study.courses.bring_card import BringCard
from assistant.ui.study.courses.decks_card import DecksCard
from assistant.ui.study.courses.draft_card import DraftCard
from assistant.ui.study.courses.offers import Offers
from assistant.ui.study.pictures.marks import count_words
from assistant.ui.study.today.words import course_facts
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.card import Card, Divider
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from assistant.ui.widgets.page import TitledPage
from assistant.ui.widgets.question import Question


class OwnCourses(Card):
    """Courses that were brought and are not taken.

    Args:
        theme: The theme in force.
    """

    taken = Signal(str)
    remove_wanted = Signal(str, str)
    """A ``CourseId`` and its title."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 20)
        self.body.addWidget(PlainLabel(theme, "Yours, and not taken now", "card_title"))
        self._rows = QVBoxLayout()
        self.body.addLayout(self._rows)

    def show_courses(self, courses: Sequence[Course]) -> None:
        """Lists these."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, course in enumerate(courses):
            if number:
                self._rows.addWidget(Divider(self._theme))
            self._rows.addWidget(self._row(course))
        self.setVisible(bool(courses))

    def _row(self, course: Course) -> QWidget:
        theme, row = self._theme, QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(theme, course.title, "interface_medium"))
        words.addWidget(ElidedLabel(theme, course_facts(course), "small", "ink2"))
        line.addLayout(words, 1)
        take = Button(theme, "Take", icon="plus", small=True)
        take.setAccessibleName(f"Take {course.title}")
        remove = IconButton(theme, "trash-2", f"Remove {course.title}")
        ids = (course.id, course.title)

        def taken() -> None:
            self.taken.emit(ids[0])

        def removed() -> None:
            self.remove_wanted.emit(*ids)

        take.clicked.connect(taken)
        remove.clicked.connect(removed)
        line.addWidget(take)
        line.addWidget(remove)
        return row


class CoursesPage(TitledPage):
    """Courses that can be taken.

    Args:
        theme: The theme in force.
    """

    taken = Signal(str)
    """A ``CourseId``."""
    books_wanted = Signal()
    remove_agreed = Signal(object)
    """The ``CourseId`` of a course of the learner's own."""
    deck_remove_agreed = Signal(object)
    """The ``CourseId`` that a deck's cards carry."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "New course or book")
        self.offers = Offers(theme)
        self.own = OwnCourses(theme)
        self.draft = DraftCard(theme)
        self.bring = BringCard(theme)
        self.decks = DecksCard(theme)
        self.column.addWidget(self.offers)
        self.column.addWidget(self.own)
        self.column.addWidget(self.draft)
        self.column.addWidget(self.bring)
        self.column.addWidget(self.decks)
        self.column.addWidget(self._book_card())
        self.column.addStretch(1)
        self.own.hide()
        self.offers.taken.connect(self.taken)
        self.own.taken.connect(self.taken)
        self.own.remove_wanted.connect(self._ask)
        self.bring.take_wanted.connect(self.taken)
        self.decks.remove_wanted.connect(self._ask_of_deck)

    def show_courses(self, shipped: Sequence[Course], own: Sequence[Course]) -> None:
        """Shows what can be taken.

        Args:
            shipped: Of those that come with the application.
            own: Of those that the learner made or brought.
        """
        self.offers.show_courses(shipped)
        self.offers.setVisible(bool(shipped))
        self.own.show_courses(own)

    def _book_card(self) -> Card:
        theme, card = self.theme, Card(self.theme, 20)
        words = (
            "A PDF, an EPUB, Markdown or plain text. Lessons quote it with the page, and you can "
            "ask it questions."
        )
        self.book = Button(theme, "Add a textbook", icon="book-open")
        self.book.clicked.connect(self.books_wanted)
        line = QHBoxLayout()
        line.addWidget(self.book)
        line.addStretch(1)
        card.body.addWidget(PlainLabel(theme, "A textbook of yours", "card_title"))
        card.body.addWidget(PlainLabel(theme, words, "interface", "ink2", wrap=True))
        card.body.addLayout(line)
        return card

    def _ask_of_deck(self, deck: Deck) -> None:
        question = Question(
            self.theme,
            f"Remove the deck “{deck.title}”?",
            f"{count_words(deck.cards, 'card')} and what you remember of them are deleted from "
            "this machine.",
            "Remove",
            self,
        )
        question.subject = deck.id
        question.agreed.connect(self.deck_remove_agreed)
        question.open()

    def _ask(self, course: str, title: str) -> None:
        question = Question(
            self.theme,
            f"Remove “{title}”?",
            "The course is deleted from this machine. What you did in it stays, should it come "
            "back.",
            "Remove",
            self,
        )
        question.subject = course
        question.agreed.connect(self.remove_agreed)
        question.open()
