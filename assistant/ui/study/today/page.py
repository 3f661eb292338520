"""Today: the page that is shown first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from assistant.domain.errors import UserFacingError
from assistant.services.study.today import Today
from assistant.ui.study.courses.offers import Offers
from assistant.ui.study.map.card import MapCard
from assistant.ui.study.pictures.seven_days import SevenDays
from assistant.ui.study.today.cards import NextCard, ReviewsCard
from assistant.ui.study.today.plots import MasteryCard, MemoryCard
from assistant.ui.study.today.words import long_day
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.notices import EmptyState, ErrorCard
from assistant.ui.widgets.page import TitledPage

_BESIDE_FROM = 720
_SIDE, _REVIEWS = 320, 330
_LEAST_MAP, _LEAST_TOP = 340, 208
_NO_LIMIT = 16_777_215
"""Qt's own word for it."""


class TodayPage(TitledPage):
    """What is due, what comes next, and where the learner stands.

    Args:
        theme: The theme in force.
    """

    more_wanted = Signal()
    """Other courses, or ways to bring them in."""
    again_wanted = Signal()
    """It could not be read, and shall be tried again."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Today")
        self.days = SevenDays(theme)
        self.add_to_head(self.days)
        self.reviews = ReviewsCard(theme)
        self.deck_reviews = ReviewsCard(theme)
        """Stands above what can be taken, for one who brought decks and takes no course."""
        self.next = NextCard(theme)
        self.map = MapCard(theme)
        self.mastery = MasteryCard(theme)
        self.memory = MemoryCard(theme)
        self.offers = Offers(theme)
        self._problems = QVBoxLayout()
        self.column.addLayout(self._problems)
        self._build_empty()
        self._build_board()
        self.column.addWidget(self._empty)
        self.column.addWidget(self._board, 1)
        self.column.addStretch(0)
        for part in (self._empty, self._board, self.days):
            part.hide()
        self.resized.connect(self._arrange)

    def show_today(self, today: Today) -> None:
        """Shows everything."""
        self.set_facts(long_day(today.day))
        self._show_problems(today.problems)
        taken = bool(today.courses)
        self._empty.setVisible(not taken)
        self._board.setVisible(taken)
        self.days.setVisible(taken or any(today.last_seven))
        self.days.show_days(today.last_seven, today.day)
        if not taken:
            self.deck_reviews.setVisible(bool(today.decks))
            self.deck_reviews.show_today(today)
            self.offers.show_courses(today.offered)
            return
        followed = today.courses[today.followed]
        self.reviews.show_today(today)
        self.next.show_course(followed, primary=not today.session.cards)
        self.map.show_course(followed)
        self.mastery.show_today(today)
        self.memory.show_curve(today.curve)

    def show_trouble(self, error: UserFacingError) -> None:
        """Says why there is nothing to show."""
        self._show_problems((error,), again=not self._board.isVisible())

    def _build_empty(self) -> None:
        theme = self.theme
        self._empty = QWidget()
        column = QVBoxLayout(self._empty)
        column.setContentsMargins(0, theme.px(12), 0, 0)
        column.setSpacing(theme.px(20))
        words = EmptyState(
            theme,
            "What would you like to know?",
            "Take a course. Lessons, exercises that are checked, and reviews before you forget: "
            "all on this machine.",
        )
        column.addWidget(self.deck_reviews)
        column.addWidget(words)
        column.addWidget(self.offers)
        more = EmptyState(
            theme,
            "Or bring your own",
            "A course as a folder or a .zip, OATutor's content, Exercism's Python track, or a deck "
            "of Anki's.",
        )
        button = more.add_button("Import a course or a deck", icon="file-input")
        button.clicked.connect(self.more_wanted)
        column.addWidget(more)
        column.addStretch(1)

    def _build_board(self) -> None:
        theme = self.theme
        gap, directions = theme.px(16), QBoxLayout.Direction
        self._board = QWidget()
        column = QVBoxLayout(self._board)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        self._top = QBoxLayout(directions.LeftToRight)
        self._top.addWidget(self.reviews)
        self._top.addWidget(self.next, 1)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.mastery, 1)
        side.addWidget(self.memory, 1)
        self._below = QBoxLayout(directions.LeftToRight)
        self._below.addWidget(self.map, 1)
        self._below.addWidget(self._side)
        for layout in (self._top, self._below, side):
            layout.setSpacing(gap)
        column.addLayout(self._top)
        column.addLayout(self._below, 1)

    def _arrange(self, width: int) -> None:
        px, directions = self.theme.px, QBoxLayout.Direction
        beside = width >= px(_BESIDE_FROM)
        way = directions.LeftToRight if beside else directions.TopToBottom
        self._top.setDirection(way)
        self._below.setDirection(way)
        self.reviews.setMinimumWidth(min(px(_REVIEWS), width * 2 // 5) if beside else 0)
        self.reviews.setMaximumWidth(px(_REVIEWS) if beside else _NO_LIMIT)
        self._side.setMinimumWidth(px(_SIDE) if beside else 0)
        self._side.setMaximumWidth(px(_SIDE) if beside else _NO_LIMIT)
        self.map.setMinimumHeight(px(_LEAST_MAP))
        for card in (self.reviews, self.next):
            card.setMinimumHeight(px(_LEAST_TOP) if beside else 0)

    def _show_problems(self, problems: tuple[UserFacingError, ...], *, again: bool = False) -> None:
        while (item := self._problems.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for problem in problems:
            card = ErrorCard(self.theme, problem.message, problem.hint)
            if again:
                card.add_button("Try again").clicked.connect(self.again_wanted)
            self._problems.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
