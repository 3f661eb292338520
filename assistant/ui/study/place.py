"""The Study place: its pages and the way between them."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assistant.ui.study.sections import PAGES, StudySections
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.menu import Menu
from assistant.ui.widgets.page_stack import PageStack

_TITLES = {page.key: page.title for page in PAGES}
ALONE = frozenset({"lesson", "exercise", "review"})
"""They have a way back of their own, and the whole height."""


class StudyPlace(QWidget):
    """Shows the pages; whoever fills them is asked for them when they are first shown.

    Args:
        theme: The theme in force.
    """

    page_wanted = Signal(str)
    """A page is asked for that was not added yet; ``add_page`` may be called at once."""
    page_shown = Signal(str)
    came_back = Signal(str)
    """To a lesson, an exercise or a review that was kept, and goes on as it stood."""
    looked_at = Signal()
    """It came into view, or left it."""
    course_wanted = Signal(str)
    """The page of a course that is taken, its ``CourseId``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._course = ""
        self._before: list[tuple[str, str]] = []
        self.setAccessibleName("Study")
        self.sections = StudySections(theme)
        self._stack = PageStack(theme, self.sections, "The other pages, and your courses", ALONE)
        self.chooser = self._stack.chooser
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.sections.page_chosen.connect(self.show_page)
        self.sections.course_chosen.connect(self.course_wanted)
        self.chooser.clicked.connect(self._open_pages)
        theme.changed.connect(self.update)

    @property
    def current(self) -> str:
        """Key of the page that is shown."""
        return self._stack.current

    @property
    def course(self) -> str:
        """The id of the course that the page is about; "" for none or all."""
        return self._course

    def add_page(self, key: str, page: QWidget) -> None:
        """Adds a page under one of the keys of ``PAGES``."""
        self._stack.add(key, page)
        page.windowTitleChanged.connect(self._retitle)

    def has_page(self, key: str) -> bool:
        """Whether there is such a page already."""
        return self.page(key) is not None

    def page(self, key: str) -> QWidget | None:
        """A page that was added."""
        return self._stack.page(key)

    def show_page(self, key: str, course: str = "", *, keep: bool = False) -> None:
        """Shows a page, asking for it first; one that cannot be had is passed over.

        Args:
            key: Of the page.
            course: The course that it is about, which is then lit in the sidebar.
            keep: The way back from it leads to the page that is shown now, as it stands.
        """
        if not self.has_page(key):
            self.page_wanted.emit(key)
        if not self.has_page(key):
            self.sections.set_current(self.current, self._course)
            return
        if self.current not in ALONE:
            self._before = [(self.current, self._course)]
        elif keep:
            self._before.append((self.current, self._course))
        met = [at for at, (page, _) in enumerate(self._before) if page == key]
        if met:  # the way back does not lead in a circle
            del self._before[met[0] :]
        self._turn_to(key, course)
        self.page_shown.emit(key)

    def go_back(self) -> None:
        """Shows the page from which a lesson, an exercise or a review was opened."""
        if self.current not in ALONE:
            return
        key, course = self._before.pop() if self._before else (PAGES[0].key, "")
        if key in ALONE:
            self._turn_to(key, course)
            self.came_back.emit(key)
        else:
            self.show_page(key or PAGES[0].key, course)

    def _turn_to(self, key: str, course: str) -> None:
        self._course = course
        self.sections.set_current(key, course)
        self._stack.show_page(key, self._title(key))

    def showEvent(self, event: QShowEvent) -> None:
        """Tells that it is looked at."""
        super().showEvent(event)
        self.looked_at.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Tells that it is not."""
        super().hideEvent(event)
        self.looked_at.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the page."""
        QPainter(self).fillRect(self.rect(), self._theme.color("page"))

    def _retitle(self) -> None:
        self.chooser.show_title(self._title(self.current))

    def _title(self, key: str) -> str:
        """Some pages are called after what they show."""
        page = self.page(key)
        own = page.windowTitle() if page is not None and key == "course" else ""
        return own or _TITLES.get(key, "")

    def _open_pages(self) -> None:
        menu = Menu(self._theme, "Pages of Study", self)
        menu.aboutToHide.connect(menu.deleteLater)
        for page in PAGES:
            if page.listed:
                menu.add(page.title, lambda key=page.key: self.show_page(key), icon=page.icon)
        menu.addSeparator()
        for row in self.sections.courses:
            menu.add(
                row.accessibleName().replace("&", "&&"),
                lambda course=row.course: self.course_wanted.emit(course),
                icon="graduation-cap",
            )
        menu.add(_TITLES["books"], lambda: self.show_page("books"), icon="library")
        menu.add(_TITLES["courses"], lambda: self.show_page("courses"), icon="plus")
        menu.open_at(self.chooser.corner())
