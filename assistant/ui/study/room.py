"""Builds the Study place and everything behind it; each page when it is first shown."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from assistant.domain.book import Book
from assistant.domain.ids import BookId, ConceptId, CourseId
from assistant.services.core import Core
from assistant.services.study.today import Today
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.main_window import MainWindow
from assistant.ui.study.place import ALONE, StudyPlace
from assistant.ui.study.sections import TakenCourse
from assistant.ui.study.today.controller import TodayController
from assistant.ui.theme.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.ui.study.books.controller import BooksController
    from assistant.ui.study.courses.controller import CoursesController
    from assistant.ui.study.courses.course_controller import CourseController
    from assistant.ui.study.exercise.controller import ExerciseController
    from assistant.ui.study.lesson.controller import LessonController
    from assistant.ui.study.programs.controller import ProgramsController
    from assistant.ui.study.review.controller import ReviewController

_WIDE = frozenset({"lesson", "exercise"})
"""Beside these the sidebar is a rail."""


class StudyRoom(QObject):
    """The Study place, as the window uses it.

    Args:
        theme: The theme in force.
        core: The services.
        relay: Brings outcomes here.
        window: Gets the place.
    """

    failed = Signal(object)
    """A ``UserFacingError``."""
    said = Signal(str)
    """One line on what was done."""

    def __init__(self, theme: Theme, core: Core, relay: JobRelay, window: MainWindow) -> None:
        super().__init__(window)
        self._theme = theme
        self._study = core.study
        self._relay = relay
        self._sidebar = window.sidebar
        self.place = StudyPlace(theme)
        self.today = TodayController(theme, core.study, relay, self)
        self._course: CourseController | None = None
        self._courses: CoursesController | None = None
        self._books: BooksController | None = None
        self._lesson: LessonController | None = None
        self._exercise: ExerciseController | None = None
        self._review: ReviewController | None = None
        self._programs: ProgramsController | None = None
        self._refreshers: dict[str, Callable[[], object]] = {"today": self.today.refresh}
        self._makers: dict[str, Callable[[], QWidget]] = {
            "progress": self._make_progress,
            "programs": self._make_programs,
            "calendar": self._make_calendar,
            "course": self._make_course,
            "courses": self._make_courses,
            "books": self._make_books,
            "lesson": self._make_lesson,
            "exercise": self._make_exercise,
            "review": self._make_review,
        }
        self.place.add_page("today", self.today.widget)
        self.place.show_page("today")
        self._connect()

    def refresh(self) -> None:
        """Reads again what is shown; what is being worked on stays as it is."""
        if self.place.current not in ALONE:
            self._shown(self.place.current)

    def close(self) -> None:
        """Keeps what is written and shows nothing more."""
        made = (self._exercise, self._lesson, self._review, self._courses, self._books)
        for one in (*made, self._programs, self._course):
            if one is not None:
                one.close()

    def _connect(self) -> None:
        today, place = self.today, self.place
        today.looked.connect(self._show_taken)
        today.books_listed.connect(self._list_books)
        today.failed.connect(self.failed)
        today.course_wanted.connect(self._open_course)
        today.practice_wanted.connect(self._practise)
        today.lesson_wanted.connect(self._read)
        today.review_wanted.connect(self._review_course)
        today.more_wanted.connect(self._to_courses)
        place.course_wanted.connect(self._open_course)
        place.sections.book_chosen.connect(self._open_book)
        place.page_wanted.connect(self._make)
        place.page_shown.connect(self._shown)
        place.came_back.connect(self._resume)
        place.looked_at.connect(self._fit_sidebar)

    def _make(self, key: str) -> None:
        maker = self._makers.get(key)
        if maker is not None:
            self.place.add_page(key, maker())

    def _shown(self, key: str) -> None:
        self._fit_sidebar()
        refresh = self._refreshers.get(key)
        if refresh is not None:
            refresh()

    def _fit_sidebar(self) -> None:
        """A rail beside an exercise and a lesson, which need the room."""
        self._sidebar.hold_folded(held=self.place.isVisible() and self.place.current in _WIDE)

    def _show_taken(self, today: Today) -> None:
        """The sidebar says what is due and how far each course is."""
        self.place.sections.show_courses(
            [TakenCourse(one.course.id, one.course.title, one.share) for one in today.courses]
        )
        count = len(today.session.cards)
        self.place.sections.set_count("review", count)
        self._sidebar.set_count("study", count)

    # The way between them

    def _go_back(self) -> None:
        """What was done may have changed what is due, and how far each course is."""
        self.place.go_back()
        if self.place.current not in {"today", *ALONE}:  # which read what they need themselves
            self.today.refresh()

    def _resume(self, key: str) -> None:
        """What was left for a lesson goes on as it stood."""
        self._fit_sidebar()
        if key == "exercise" and self._exercise is not None:
            self._exercise.resume()
        if key == "review" and self._review is not None:
            self._review.resume()

    def _to_today(self) -> None:
        self.place.show_page("today")

    def _open_course(self, course: str) -> None:
        self.place.show_page("course", course)
        if self._course is not None:
            self._course.open(course)

    def _to_courses(self) -> None:
        self.place.show_page("courses")

    def _to_books(self) -> None:
        self.place.show_page("books")

    def _open_book(self, book: BookId) -> None:
        self._to_books()
        if self._books is not None:
            self._books.opener.open(book)

    def _list_books(self, books: tuple[Book, ...]) -> None:
        from assistant.ui.study.books.page import book_icon, book_names

        named = zip(books, book_names(books), strict=True)
        self.place.sections.show_books([(book.id, book_icon(book), name) for book, name in named])

    def _begin(self, course: str) -> None:
        """A course was taken: Today shows where it begins."""
        self.today.begin(course)
        self._to_today()

    def _review_course(self, course: str) -> None:
        self.place.show_page("review", course)

    def _review_all(self) -> None:
        """Or those of the course from which it was opened."""
        if self._review is not None:
            course = self.place.course
            self._review.open(CourseId(course) if course else None)

    def _read(self, course: str, concept: str) -> None:
        self.place.show_page("lesson", course)
        self._open_lesson(course, concept)

    def _look_up(self, course: str, concept: str) -> None:
        """A lesson for what is in hand, to which there is a way back."""
        back = "Back to the exercise" if self.place.current == "exercise" else "Back to the cards"
        self.place.show_page("lesson", course, keep=True)
        self._open_lesson(course, concept, back)

    def _open_lesson(self, course: str, concept: str, back: str = "") -> None:
        if self._lesson is not None:
            self._lesson.widget.show_way_back(back, ConceptId(concept))
            self._lesson.open(CourseId(course), ConceptId(concept))

    def _practise(self, course: str, concept: str) -> None:
        self.place.show_page("exercise", course)
        if self._exercise is not None:
            self._exercise.open(CourseId(course), ConceptId(concept) if concept else None)

    def _place(self, course: str, again: bool) -> None:  # noqa: FBT001 - a signal's value
        self.place.show_page("exercise", course)
        if self._exercise is not None:
            self._exercise.open(CourseId(course), placement=True, again=again)

    # Pages that are made when they are first shown

    def _make_course(self) -> QWidget:
        from assistant.ui.study.courses.course_controller import CourseController

        made = CourseController(self._theme, self._study, self._relay, self)
        made.failed.connect(self.failed)
        made.said.connect(self.said)
        made.left.connect(self._to_today)
        made.changed.connect(self.today.refresh)
        made.practice_wanted.connect(self._practise)
        made.placement_wanted.connect(self._place)
        made.lesson_wanted.connect(self._read)
        made.review_wanted.connect(self._review_course)
        self._course = made
        self._refreshers["course"] = made.refresh
        return made.widget

    def _make_courses(self) -> QWidget:
        from assistant.ui.study.courses.controller import CoursesController

        made = CoursesController(self._theme, self._study, self._relay, self)
        made.failed.connect(self.failed)
        made.taken.connect(self._begin)
        made.changed.connect(self.today.refresh)
        self._courses = made
        made.widget.books_wanted.connect(self._to_books)
        made.widget.decks.review_wanted.connect(self._review_course)
        made.widget.bring.review_wanted.connect(self._review_course)
        self._refreshers["courses"] = made.refresh
        return made.widget

    def _make_books(self) -> QWidget:
        from assistant.ui.study.books.controller import BooksController

        made = BooksController(self._theme, self._study, self._relay, self)
        made.said.connect(self.said)
        made.listed.connect(self._list_books)
        self._books = made
        self._refreshers["books"] = made.refresh
        return made.widget

    def _make_lesson(self) -> QWidget:
        from assistant.ui.study.lesson.controller import LessonController

        made = LessonController(self._theme, self._study, self._relay, self)
        made.failed.connect(self.failed)
        made.said.connect(self.said)
        made.left.connect(self._go_back)
        made.practise.connect(self._practise)
        self._lesson = made
        return made.widget

    def _make_exercise(self) -> QWidget:
        from assistant.ui.study.exercise.controller import ExerciseController

        made = ExerciseController(self._theme, self._study, self._relay, self)
        made.failed.connect(self.failed)
        made.said.connect(self.said)
        made.left.connect(self._go_back)
        made.lesson_wanted.connect(self._read)
        made.looked_up.connect(self._look_up)
        self._exercise = made
        return made.widget

    def _make_review(self) -> QWidget:
        from assistant.ui.study.review.controller import ReviewController

        made = ReviewController(self._theme, self._study, self._relay, self)
        made.failed.connect(self.failed)
        made.said.connect(self.said)
        made.left.connect(self._go_back)
        made.lesson_wanted.connect(self._look_up)
        made.learn_wanted.connect(self._read)
        made.practice_wanted.connect(self._practise)
        made.ended.connect(self.today.refresh)
        self._review = made
        self._refreshers["review"] = self._review_all
        return made.widget

    def _make_programs(self) -> QWidget:
        from assistant.ui.study.programs.controller import ProgramsController

        made = ProgramsController(self._theme, self._study, self._relay, self)
        made.failed.connect(self.failed)
        made.said.connect(self.said)
        self._programs = made
        made.restore()
        return made.widget

    def _make_calendar(self) -> QWidget:
        from assistant.ui.study.progress.calendar import CalendarController

        made = CalendarController(self._theme, self._study, self._relay, self)
        made.failed.connect(self.failed)
        made.said.connect(self.said)
        made.left.connect(self._to_today)
        made.courses_wanted.connect(self._to_courses)
        made.lesson_wanted.connect(self._read)
        self._refreshers["calendar"] = made.refresh
        return made.widget

    def _make_progress(self) -> QWidget:
        from assistant.ui.study.progress.controller import ProgressController

        made = ProgressController(self._theme, self._study, self._relay, self)
        made.failed.connect(self.failed)
        made.said.connect(self.said)
        made.left.connect(self._to_today)
        made.courses_wanted.connect(self._to_courses)
        made.lesson_wanted.connect(self._read)
        self._refreshers["progress"] = made.refresh
        return made.widget
