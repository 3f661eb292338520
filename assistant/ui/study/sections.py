"""What the sidebar lists in the Study place: its pages, the courses taken, books, a way to more."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from assistant.domain.ids import CourseId
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.painting import box
from assistant.ui.widgets.scroll import ScrollArea
from assistant.ui.widgets.section_item import SectionItem

NEW = "New course or book"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the place.

    Args:
        key: Carried by ``page_chosen``.
        icon: Name of its icon.
        title: Its words.
        listed: It stands in the sidebar; others are reached from a page.
    """

    key: str
    icon: str
    title: str
    listed: bool = True


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


class CourseRow(QPushButton):
    """A course that is taken, and how much of it is mastered.

    Args:
        theme: The theme in force.
        taken: The course.
    """

    def __init__(self, theme: Theme, taken: TakenCourse) -> None:
        super().__init__()
        self._theme = theme
        self._taken = taken
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._restyle)
        theme.changed.connect(self._restyle)
        self.show_course(taken)
        self._restyle()

    @property
    def course(self) -> CourseId:
        """Which course it is."""
        return self._taken.course

    def show_course(self, taken: TakenCourse) -> None:
        """Shows where it stands now."""
        self._taken = taken
        self.setAccessibleName(f"{taken.title}, {self._percent()}")
        plain = taken.title.replace("&", "&amp;").replace("<", "&lt;")
        self.setToolTip(f"<p>{plain}</p>")
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(self._theme.px(220), self._theme.px(30))

    def minimumSizeHint(self) -> QSize:
        """Some of the name."""
        return QSize(self._theme.px(100), self._theme.px(30))

    def focus_shape(self) -> tuple[QRect, int]:
        """The box, drawn inside so that the sidebar's edge does not cut the ring."""
        return self._area().adjusted(2, 2, -2, -2), self._theme.px(6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the name at the left and the share at the right."""
        theme, px, area = self._theme, self._theme.px, self._area()
        painter = QPainter(self)
        if self.isChecked() or self.isDown():
            box(painter, area, px(7), theme.color("press"))
        elif self.underMouse():
            box(painter, area, px(7), theme.color("well" if theme.tokens.dark else "press"))
        inside = area.adjusted(px(8), 0, -px(8), 0)
        figures = theme.font("small", tabular=True)
        taken = QFontMetrics(figures).horizontalAdvance(self._percent())
        elide = Qt.TextElideMode.ElideRight
        room = inside.width() - taken - px(8)
        shown = self.fontMetrics().elidedText(self._taken.title, elide, room)
        painter.setPen(theme.color("ink" if self.isChecked() else "ink2"))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.setFont(figures)
        painter.setPen(theme.color("ink2"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(inside, int(right), self._percent())

    def _percent(self) -> str:
        return f"{100 * self._taken.share:.0f}\u00a0%"

    def _area(self) -> QRect:
        inset = self._theme.px(10)
        return self.rect().adjusted(inset, 0, -inset, 0)

    def _restyle(self) -> None:
        role = "interface_medium" if self.isChecked() else "interface"
        self.setFont(self._theme.font(role))
        self.updateGeometry()
        self.update()


class StudySections(QWidget):
    """Pages, courses, and the way to another course.

    Args:
        theme: The theme in force.
    """

    page_chosen = Signal(str)
    course_chosen = Signal(str)
    """The ``CourseId`` of a course that is taken."""
    seen = Signal(bool)
    """It is on the screen, or not: then the place shows the way to its pages itself."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._current: tuple[str, str] = ("", "")
        self.setAccessibleName("Study")
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._items: dict[str, SectionItem] = {}
        self._rows: list[CourseRow] = []
        self._heads: list[QHBoxLayout] = []
        self._book_items: list[SectionItem] = []
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._head("Study")
        for page in PAGES:
            if page.listed:
                self._add_page(page)
        self._courses_head = self._head("Courses")
        self._courses = QVBoxLayout()
        self._courses.setSpacing(0)
        self._column.addLayout(self._courses)
        self._books_head = self._head("Textbooks")
        self._books = QVBoxLayout()
        self._books.setSpacing(0)
        self._column.addLayout(self._books)
        self._column.addSpacing(theme.px(8))
        self._add_page(next(page for page in PAGES if page.key == "courses"))
        self._column.addStretch(1)
        scroll = ScrollArea(content)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # It stands on the desk; an area that scrolls would fill in the page.
        content.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.show_courses(())
        self.show_books(())

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
        for row, taken in zip(self._rows, courses, strict=True):
            row.show_course(taken)
        self._courses_head.setVisible(bool(courses))
        self.set_current(*self._current)

    def show_books(self, books: Sequence[tuple[str, str]]) -> None:
        """Lists the textbooks; each leads to the page of all of them.

        Args:
            books: An icon and a title each.
        """
        for item in self._book_items:
            self._books.removeWidget(item)
            item.hide()
            item.deleteLater()
        self._book_items = []
        for icon, title in books:
            item = SectionItem(self._theme, icon, title.replace("&", "&&"))
            item.setCheckable(False)
            item.clicked.connect(self._to_books)
            self._books.addWidget(item)
            self._book_items.append(item)
        self._books_head.setVisible(bool(books))

    @property
    def courses(self) -> list[CourseRow]:
        """The rows of the courses, from the top."""
        return list(self._rows)

    def set_current(self, key: str, course: str = "") -> None:
        """Lights a page or a course, or none."""
        self._current = (key, course)
        self._group.setExclusive(False)
        for own, item in self._items.items():
            item.setChecked(own == key and not (key == "course" and course))
        for row in self._rows:
            row.setChecked(row.course == course)
        self._group.setExclusive(True)

    def item(self, key: str) -> QWidget | None:
        """What leads to a page; None where it is reached from another."""
        return self._items.get(key)

    def set_count(self, key: str, count: int) -> None:
        """Says how many things wait on a page."""
        if key in self._items:
            self._items[key].set_count(count)

    def showEvent(self, event: QShowEvent) -> None:
        """Tells that it is there."""
        super().showEvent(event)
        self.seen.emit(True)  # noqa: FBT003 - a signal has no names

    def hideEvent(self, event: QHideEvent) -> None:
        """Tells that it is not there."""
        super().hideEvent(event)
        self.seen.emit(False)  # noqa: FBT003 - a signal has no names

    def _head(self, words: str) -> QWidget:
        head = QWidget()
        line = QHBoxLayout(head)
        self._heads.append(line)
        line.addWidget(PlainLabel(self._theme, words, "small", "ink2"))
        self._column.addWidget(head)
        return head

    def _add_page(self, page: Page) -> None:
        item = SectionItem(self._theme, page.icon, page.title)
        item.clicked.connect(self._choose)
        self._group.addButton(item)
        self._items[page.key] = item
        self._column.addWidget(item)

    def _row(self, taken: TakenCourse) -> CourseRow:
        row = CourseRow(self._theme, taken)
        row.clicked.connect(self._choose)
        self._group.addButton(row)
        self._courses.addWidget(row)
        return row

    def _to_books(self) -> None:
        self.page_chosen.emit("books")

    def _choose(self) -> None:
        sender = self.sender()
        if isinstance(sender, CourseRow):
            self.course_chosen.emit(sender.course)
        for key, item in self._items.items():
            if item is sender:
                self.page_chosen.emit(key)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(0, px(8), 0, px(8))
        self._column.setSpacing(0)
        for head, above in zip(self._heads, (2, 14, 14), strict=True):
            head.setContentsMargins(px(18), px(above), 0, px(5))
