"""Fills Today from the services, and takes courses from it."""

from datetime import date

from PySide6.QtCore import QObject, Signal

from assistant.domain.book import Book
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import CourseId
from assistant.domain.study import Enrolment
from assistant.services.study.services import StudyServices
from assistant.services.study.today import Today
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.study.today.page import TodayPage
from assistant.ui.theme.theme import Theme


class TodayController(QObject):
    """Everything of Today.

    Args:
        theme: The theme in force.
        study: The services.
        relay: Brings outcomes here.
        parent: The owner.
    """

    looked = Signal(object)
    """A ``Today``, each time that one was read."""
    review_wanted = Signal(str)
    """A course, or all of them when empty."""
    lesson_wanted = Signal(str, str)
    """A course and a concept."""
    practice_wanted = Signal(str, str)
    """A course and a concept; "" for what comes next."""
    course_wanted = Signal(str)
    """The page of a course."""
    more_wanted = Signal()
    books_listed = Signal(object)
    """A tuple of ``Book``: what the sidebar lists."""
    failed = Signal(object)
    """A ``UserFacingError``."""

    def __init__(
        self, theme: Theme, study: StudyServices, relay: JobRelay, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._study = study
        self._relay = relay
        self._today: Today | None = None
        self._followed: CourseId | None = None
        self._looking: Watch | None = None
        self._prepared = False
        self._begun = False
        self.widget = TodayPage(theme)
        page = self.widget
        for reviews in (page.reviews, page.deck_reviews):
            reviews.wanted.connect(self._review)
            reviews.bar.activated.connect(self._review_course)
        page.next.wanted.connect(self._go_on)
        page.map.lesson_wanted.connect(self.lesson_wanted)
        page.map.practice_wanted.connect(self.practice_wanted)
        page.map.review_wanted.connect(self.review_wanted)
        page.map.expanded.connect(self.course_wanted)
        page.mastery.followed.connect(self.follow)
        page.offers.taken.connect(self._take)
        page.more_wanted.connect(self.more_wanted)
        page.again_wanted.connect(self.refresh)

    @property
    def today(self) -> Today | None:
        """What was read last."""
        return self._today

    @property
    def day(self) -> date | None:
        """The day that is shown."""
        return self._today.day if self._today is not None else None

    def refresh(self) -> None:
        """Reads everything again."""
        if self._looking is not None:
            self._looking.drop()
        job = self._study.today.look(self._followed)
        self._looking = self._relay.watch(job, self._show, self._cannot)

    def follow(self, course: str) -> None:
        """Shows another course's map and next lesson."""
        self._followed = CourseId(course)
        self.refresh()

    def begin(self, course: str) -> None:
        """Shows a course that was just taken; the keys are at its first lesson."""
        self._begun = True
        self.follow(course)

    def follow_last(self) -> None:
        """Shows the course that is worked on, whichever was chosen before."""
        self._followed = None

    def _show(self, today: Today) -> None:
        self._today = today
        self.widget.show_today(today)
        self.looked.emit(today)
        begun, self._begun = self._begun, False
        if begun and self.widget.isVisible():
            self.widget.next.open.setFocus()  # what had the keys is gone
        if not self._prepared:
            self._prepared = True
            self._study.today.prepare()
        self._relay.watch(self._study.books.books(), self._list_books)

    def _list_books(self, books: tuple[Book, ...]) -> None:
        self.books_listed.emit(books)

    def _cannot(self, error: UserFacingError) -> None:
        self.widget.show_trouble(error)

    def _take(self, course: str) -> None:
        self._relay.watch(self._study.enrolments.enrol(CourseId(course)), self._taken, self._not)

    def _taken(self, enrolment: Enrolment) -> None:
        self.begin(enrolment.course)

    def _not(self, error: UserFacingError) -> None:
        self.failed.emit(error)
        self.refresh()

    def _review(self) -> None:
        self.review_wanted.emit("")

    def _review_course(self, key: object) -> None:
        if isinstance(key, str):
            self.review_wanted.emit(key)

    def _go_on(self) -> None:
        today = self._today
        if today is None or today.followed < 0:
            return
        standing = today.courses[today.followed]
        up = standing.next_up
        if up is None:
            return
        wanted = self.lesson_wanted if up.doing.value == "learn" else self.practice_wanted
        wanted.emit(standing.course.id, up.concept)
