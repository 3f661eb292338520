"""What the sidebar lists in the Study place: its pages, the courses taken, books, a way to more."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal

from assistant.domain.ids import BookId, CourseId
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.section_item import SectionItem
from assistant.ui.widgets.sections import Page, SectionList
from assistant.ui.widgets.side_row import SideRow

NEW = "New course or book"

PAGES: tuple[Page, ...] = (
    Page("today", "sun", "Today"),
    Page("review", "layers", "Review"),
    Page("progress", "chart-line", "Progress"),
    Page("programs", "code", "Programs"),
    Page("calendar", "calendar-check", "Calendar"),
    Page("courses", "plus", NEW, listed=False),
    Page("books", "library", "Textbooks", listed=False),
    Page("course", "graduation-cap", "Course", listed=False),
    Page("lesson", "book-open", "Lesson", listed=False),
    Page("exercise", "square-pen", "Exercise", listed=False),
)
"""In their order."""


@dataclass(frozen=True, slots=True)
class TakenCourse:
    """A course as the sidebar lists it.

    Args:
        course: Which one.
        title: Its name.
        share: Mastery of all of it: 0 to 1.
    """

    course: CourseId
    title: str
    share: float


class CourseRow(SideRow):
    """A course that is taken, and how much of it is mastered.

    Args:
        theme: The theme in force.
        taken: The course.
    """

    def __init__(self, theme: Theme, taken: TakenCourse) -> None:
        super().__init__(theme, taken.title, "name")
        self._taken = taken
        self.show_course(taken)

    @property
    def course(self) -> CourseId:
        """Which course it is."""
        return self._taken.course

    def show_course(self, taken: TakenCourse) -> None:
        """Shows where it stands now."""
        self._taken = taken
        percent = f"{100 * taken.share:.0f}\u00a0%"
        self.setAccessibleName(f"{taken.title}, {percent}")
        plain = taken.title.replace("&", "&amp;").replace("<", "&lt;")
        self.setToolTip(f"<p>{plain}</p>")
        self.show_words(taken.title, percent)


class StudySections(SectionList):
    """Pages, courses, and the way to another course.

    Args:
        theme: The theme in force.
    """

    course_chosen = Signal(str)
    """The ``CourseId`` of a course that is taken."""
    book_chosen = Signal(object)
    """The ``BookId`` of a textbook."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Study")
        self._current: tuple[str, str] = ("", "")
        self._rows: list[CourseRow] = []
        self._book_items: dict[SectionItem, BookId] = {}
        self.add_head("Study", 2)
        self.add_pages(page for page in PAGES if page.listed)
        self._courses_head = self.add_head("Courses")
        self._courses = self.add_rows()
        self._books_head = self.add_head("Textbooks")
        self._books = self.add_rows()
        self.add_gap()
        self.add_pages(page for page in PAGES if page.key == "courses")
        self._courses_head.hide()
        self._books_head.hide()

    def show_courses(self, courses: Sequence[TakenCourse]) -> None:
        """Lists the courses that are taken."""
        same = [row.course for row in self._rows] == [taken.course for taken in courses]
        if not same:
            for row in self._rows:
                self._group.removeButton(row)
                self._courses.removeWidget(row)
                row.hide()
                row.deleteLater()
            self._rows = [self._row(taken) for taken in courses]
            self.keep_order()
        for row, taken in zip(self._rows, courses, strict=True):
            row.show_course(taken)
        self._courses_head.setVisible(bool(courses))
        self.set_current(*self._current)

    def show_books(self, books: Sequence[tuple[BookId, str, str]]) -> None:
        """Lists the textbooks.

        Args:
            books: Which one, an icon and a title each.
        """
        for item in self._book_items:
            self._books.removeWidget(item)
            item.hide()
            item.deleteLater()
        self._book_items = {}
        for book, icon, title in books:
            item = SectionItem(self._theme, icon, title.replace("&", "&&"))
            item.setCheckable(False)
            item.clicked.connect(self._choose_book)
            self._books.addWidget(item)
            self._book_items[item] = book
        self._books_head.setVisible(bool(books))
        self.keep_order()

    @property
    def courses(self) -> list[CourseRow]:
        """The rows of the courses, from the top."""
        return list(self._rows)

    def set_current(self, key: str, course: str = "") -> None:
        """Lights a page or a course, or none."""
        self._current = (key, course)
        lit = next((row for row in self._rows if row.course == course), None)
        self.light("" if key == "course" and course else key, lit)

    def _row(self, taken: TakenCourse) -> CourseRow:
        row = CourseRow(self._theme, taken)
        row.clicked.connect(self._choose_course)
        self.join(row)
        self._courses.addWidget(row)
        return row

    def _choose_book(self) -> None:
        sender = self.sender()
        if isinstance(sender, SectionItem) and sender in self._book_items:
            self.book_chosen.emit(self._book_items[sender])

    def _choose_course(self) -> None:
        sender = self.sender()
        if isinstance(sender, CourseRow):
            self.course_chosen.emit(sender.course)
