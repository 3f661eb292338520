"""The Study place: its pages and the way between them."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from assistant.ui.study.sections import PAGES, StudySections
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.menu import Menu
from assistant.ui.widgets.page import PageChooser, TitledPage
from assistant.ui.widgets.tab_order import first_stop

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
    looked_at = Signal()
    """It came into view, or left it."""
    course_wanted = Signal(str)
    """The page of a course that is taken, its ``CourseId``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pages: dict[str, QWidget] = {}
        self._current = ""
        self._course = ""
        self._before = ("", "")
        self._beside = False
        self.setAccessibleName("Study")
        self.sections = StudySections(theme)
        self.chooser = PageChooser(theme, "The other pages, and your courses")
        self._stack = QStackedWidget()
        self._bar = QHBoxLayout()
        self._bar.addWidget(self.chooser)
        self._bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar)
        column.addWidget(self._stack, 1)
        self.sections.page_chosen.connect(self.show_page)
        self.sections.course_chosen.connect(self.course_wanted)
        self.sections.seen.connect(self._set_beside)
        self.chooser.clicked.connect(self._open_pages)
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def current(self) -> str:
        """Key of the page that is shown."""
        return self._current

    def add_page(self, key: str, page: QWidget) -> None:
        """Adds a page under one of the keys of ``PAGES``."""
        self._pages[key] = page
        self._stack.addWidget(page)
        page.windowTitleChanged.connect(self._retitle)

    def has_page(self, key: str) -> bool:
        """Whether there is such a page already."""
        return key in self._pages

    def page(self, key: str) -> QWidget | None:
        """A page that was added."""
        return self._pages.get(key)

    def show_page(self, key: str, course: str = "") -> None:
        """Shows a page, asking for it first; one that cannot be had is passed over.

        Args:
            key: Of the page.
            course: The course that it is about, which is then lit in the sidebar.
        """
        if key not in self._pages:
            self.page_wanted.emit(key)
        page = self._pages.get(key)
        if page is None:
            self.sections.set_current(self._current, self._course)
            return
        left, focused = self._stack.currentWidget(), QApplication.focusWidget()
        moved = left is not None and focused is not None and left.isAncestorOf(focused)
        if self._current not in ALONE:
            self._before = (self._current, self._course)
        self._current, self._course = key, course
        self._stack.setCurrentWidget(page)
        self.sections.set_current(key, course)
        self._retitle()
        self._place_chooser()
        if (moved and left is not page) or page.hasFocus():
            self._focus_into(page, key)
        self.page_shown.emit(key)

    def go_back(self) -> None:
        """Shows the page from which a lesson, an exercise or a review was opened."""
        if self._current in ALONE:
            key, course = self._before
            self.show_page(key or PAGES[0].key, course)

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

    def _focus_into(self, page: QWidget, key: str) -> None:
        """To the page's first control; else to the way to the others. Qt would go anywhere."""
        first = first_stop(page)
        way = self.chooser if self.chooser.isVisible() else self.sections.item(key)
        (first or way or self.chooser).setFocus()

    def _set_beside(self, beside: bool) -> None:  # noqa: FBT001 - a slot
        """Without the sidebar's list the place shows the way between its pages itself."""
        self._beside = beside
        self._place_chooser()

    def _place_chooser(self) -> None:
        """In the head of a page that has one; in a bar of its own above another."""
        page = self._pages.get(self._current)
        had_focus = self.chooser.hasFocus()
        for each in self._pages.values():
            if isinstance(each, TitledPage):
                each.set_chooser(None)
        wanted = not self._beside and self._current not in ALONE
        titled = isinstance(page, TitledPage)
        if titled and wanted:
            page.set_chooser(self.chooser)
        else:
            self._bar.insertWidget(0, self.chooser)
        self.chooser.setVisible(wanted)
        if had_focus and wanted:
            self.chooser.setFocus()
        px, bare = self._theme.px, titled or not wanted
        self._bar.setContentsMargins(px(8), 0 if bare else px(8), px(16), 0)

    def _retitle(self) -> None:
        """Some pages are called after what they show."""
        page = self._pages.get(self._current)
        own = page.windowTitle() if page is not None and self._current == "course" else ""
        self.chooser.show_title(own or _TITLES[self._current])

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
        menu.open_at(self.chooser.mapToGlobal(QPoint(0, self.chooser.height())))

    def _restyle(self) -> None:
        self._place_chooser()
        self.update()
