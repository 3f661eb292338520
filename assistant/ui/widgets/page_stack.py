"""The pages of a place, one above the other, and where the way between them stands."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.page import PageChooser, TitledPage
from assistant.ui.widgets.sections import SectionList
from assistant.ui.widgets.tab_order import first_stop


class PageStack(QWidget):
    """Shows one page. Where the sidebar's list is not on the screen a chooser leads to the others.

    Args:
        theme: The theme in force.
        sections: The sidebar's list of the place.
        offers: What the chooser's menu holds.
        alone: Keys of pages that have a way back of their own, and no chooser.
    """

    def __init__(
        self,
        theme: Theme,
        sections: SectionList,
        offers: str,
        alone: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__()
        self._theme = theme
        self._sections = sections
        self._alone = alone
        self._pages: dict[str, QWidget] = {}
        self._current = ""
        self._beside = False
        self.chooser = PageChooser(theme, offers)
        self._stack = QStackedWidget()
        self._bar = QHBoxLayout()
        self._bar.addWidget(self.chooser)
        self._bar.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self._bar)
        self._column.addWidget(self._stack, 1)
        sections.seen.connect(self._set_beside)
        theme.changed.connect(self._place_chooser)
        self._place_chooser()

    @property
    def current(self) -> str:
        """Key of the page that is shown; "" before the first."""
        return self._current

    @property
    def keys(self) -> tuple[str, ...]:
        """Of the pages that were added."""
        return tuple(self._pages)

    def put_above(self, widget: QWidget) -> None:
        """Adds what stands above every page."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def add(self, key: str, page: QWidget) -> None:
        """Adds a page under a key."""
        self._pages[key] = page
        self._stack.addWidget(page)

    def page(self, key: str) -> QWidget | None:
        """A page that was added."""
        return self._pages.get(key)

    def show_page(self, key: str, title: str) -> None:
        """Shows a page that was added; the keys follow where they were on the one before.

        Args:
            key: Of the page.
            title: What the chooser calls it.
        """
        page = self._pages[key]
        left, focused = self._stack.currentWidget(), QApplication.focusWidget()
        moved = left is not None and focused is not None and left.isAncestorOf(focused)
        self._current = key
        self._stack.setCurrentWidget(page)
        self.chooser.show_title(title)
        self._place_chooser()
        if (moved and left is not page) or page.hasFocus():
            self._focus_into(page, key)

    def _focus_into(self, page: QWidget, key: str) -> None:
        """To the page's first control; else to the way to the others. Qt would go anywhere."""
        first = first_stop(page)
        way = self.chooser if self.chooser.isVisible() else self._sections.item(key)
        (first or way or self.chooser).setFocus(Qt.FocusReason.TabFocusReason)

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
        wanted = not self._beside and self._current not in self._alone
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
