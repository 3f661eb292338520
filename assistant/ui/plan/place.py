"""The Plan place: its pages, the way between them, and the keys that work in all of them."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assistant.ui.plan.page import PlanPage
from assistant.ui.plan.sections import PAGES, PlanSections
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.menu import Menu
from assistant.ui.widgets.page_stack import PageStack

_NAMED_BY_CONTENT = frozenset({"project", "week"})
_TITLES = {page.key: page.title for page in PAGES}


class PlanPlace(QWidget):
    """Shows the pages; whoever fills them is asked for them when they are first shown.

    Args:
        theme: The theme in force.
        adding: The line for adding; every page shows it under its head.
    """

    page_wanted = Signal(str)
    """A page is asked for that was not added yet; ``add_page`` may be called at once."""
    page_shown = Signal(str)
    project_wanted = Signal(int)
    """The page of a project, its ``ProjectId``."""
    undo_wanted = Signal()
    redo_wanted = Signal()
    adding_wanted = Signal()
    """The keys shall go to the line for adding."""

    def __init__(self, theme: Theme, adding: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._adding = adding
        self._project = 0
        self.setAccessibleName("Plan")
        self.sections = PlanSections(theme)
        self._stack = PageStack(theme, self.sections, "The other pages, and your projects")
        self.chooser = self._stack.chooser
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.sections.page_chosen.connect(self.show_page)
        self.sections.project_chosen.connect(self.project_wanted)
        self.chooser.clicked.connect(self._open_pages)
        self._add_keys("Q", self.adding_wanted.emit)
        self._add_keys("Ctrl+Z", self.undo_wanted.emit)
        self._add_keys("Ctrl+Shift+Z", self.redo_wanted.emit)
        self._add_keys("Ctrl+Y", self.redo_wanted.emit)
        theme.changed.connect(self.update)

    @property
    def current(self) -> str:
        """Key of the page that is shown."""
        return self._stack.current

    def add_page(self, key: str, page: QWidget) -> None:
        """Adds a page under one of the keys of ``PAGES``."""
        self._stack.add(key, page)
        page.windowTitleChanged.connect(self._retitle)

    def page(self, key: str) -> QWidget | None:
        """A page that was added."""
        return self._stack.page(key)

    def show_page(self, key: str, project: int = 0) -> None:
        """Shows a page, asking for it first; one that cannot be had is passed over.

        Args:
            key: Of the page.
            project: The project that it is about, which is then lit in the sidebar.
        """
        if self.page(key) is None:
            self.page_wanted.emit(key)
        page = self.page(key)
        if page is None:
            self.sections.set_current(self.current, self._project)
            return
        self._project = project
        if isinstance(page, PlanPage):
            page.lend(self._adding)
        self.sections.set_current(key, project)
        self._stack.show_page(key, self._title(key))
        self.page_shown.emit(key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the page."""
        QPainter(self).fillRect(self.rect(), self._theme.color("page"))

    def _add_keys(self, keys: str, do: Callable[[], object]) -> None:
        """A field that is being written in has its own use for them, and keeps them."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(do)

    def _retitle(self) -> None:
        self.chooser.show_title(self._title(self.current))

    def _title(self, key: str) -> str:
        page = self.page(key)
        own = page.windowTitle() if page is not None and key in _NAMED_BY_CONTENT else ""
        return own or _TITLES.get(key, "")

    def _open_pages(self) -> None:
        menu = Menu(self._theme, "Pages of Plan", self)
        menu.aboutToHide.connect(menu.deleteLater)
        for page in PAGES:
            if page.listed:
                menu.add(page.title, lambda key=page.key: self.show_page(key), icon=page.icon)
        if self.sections.projects:
            menu.addSeparator()
        for row in self.sections.projects:
            name = row.project.name.replace("&", "&&")
            menu.add(
                name,
                lambda project=row.project.id: self.project_wanted.emit(project),
                icon="folder",
            )
        menu.open_at(self.chooser.corner())
