"""What the sidebar lists inside a place: heads, pages of which one is lit, rows of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.scroll import ScrollArea
from assistant.ui.widgets.section_item import SectionItem
from assistant.ui.widgets.side_row import SideRow
from assistant.ui.widgets.tab_order import put_in_order


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a place.

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


class SectionList(QWidget):
    """A column that scrolls; a place adds heads, pages and rows to it from the top.

    Args:
        theme: The theme in force.
        name: Of the place, for screen readers.
    """

    page_chosen = Signal(str)
    """The key of a page."""
    seen = Signal(bool)
    """It is on the screen, or not: then the place shows the way to its pages itself."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._items: dict[str, SectionItem] = {}
        self._heads: list[tuple[QHBoxLayout, int, int]] = []
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setSpacing(0)
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

    def add_head(self, words: str, above: int = 14, below: int = 5) -> QWidget:
        """Adds a small title; the one at the top has less above it.

        Args:
            words: The title.
            above: Room above it in px at the usual size of text.
            below: Room below it.
        """
        head = QWidget()
        line = QHBoxLayout(head)
        line.addWidget(PlainLabel(self._theme, words, "small", "ink2"))
        self._heads.append((line, above, below))
        self.add(head)
        self._restyle()
        return head

    def add_pages(self, pages: Iterable[Page]) -> None:
        """Adds an entry for each page."""
        for page in pages:
            item = SectionItem(self._theme, page.icon, page.title)
            item.clicked.connect(self._choose)
            self._group.addButton(item)
            self._items[page.key] = item
            self.add(item)

    def add(self, widget: QWidget) -> None:
        """Adds a row of the place's own."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def add_rows(self) -> QVBoxLayout:
        """Adds an empty column to which rows come and from which they go."""
        rows = QVBoxLayout()
        rows.setSpacing(0)
        self._column.insertLayout(self._column.count() - 1, rows)
        return rows

    def add_gap(self) -> None:
        """Adds a little room."""
        self._column.insertSpacing(self._column.count() - 1, self._theme.px(8))

    def join(self, row: SideRow) -> None:
        """Lets a row be lit like a page."""
        row.setCheckable(True)
        self._group.addButton(row)

    def keep_order(self) -> None:
        """Lets Tab go from top to bottom; to be called once rows have come."""
        put_in_order(_stops_of(self._column))

    def light(self, key: str, row: QWidget | None = None) -> None:
        """Lights one page or one row that joined, or none."""
        lit = row if row is not None else self._items.get(key)
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(button is lit)
        self._group.setExclusive(True)

    def show_pages(self, keys: Iterable[str]) -> None:
        """Lists those pages alone."""
        wanted = set(keys)
        for key, item in self._items.items():
            item.setVisible(key in wanted)

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

    def _choose(self) -> None:
        for key, item in self._items.items():
            if item is self.sender():
                self.page_chosen.emit(key)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(0, px(8), 0, px(8))
        for line, above, below in self._heads:
            line.setContentsMargins(px(18), px(above), 0, px(below))


def _stops_of(layout: QLayout) -> Iterator[QWidget]:
    """Entries and rows in their order, those of columns inside too."""
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget, inside = (item.widget(), item.layout()) if item is not None else (None, None)
        if isinstance(widget, SectionItem | SideRow):
            yield widget
        elif inside is not None:
            yield from _stops_of(inside)
