"""What the sidebar lists in the models place: its pages, the roles, ways to bring models in."""

from collections.abc import Mapping, Sequence
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

from assistant.domain.model import ModelRole
from assistant.ui.library.words import role_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.painting import box
from assistant.ui.widgets.scroll import ScrollArea
from assistant.ui.widgets.section_item import SectionItem


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
    Page("machine", "monitor-check", "For this machine"),
    Page("installed", "hard-drive", "Installed"),
    Page("catalogue", "library", "Catalogue"),
    Page("search", "search", "Search the Hub"),
    Page("downloads", "download", "Downloads"),
    Page("activity", "chart-column", "Activity"),
    Page("found", "folder-search", "Found on this disk", listed=False),
    Page("connections", "scroll-text", "Log of connections", listed=False),
)
"""In their order."""

IMPORT, IMPORT_FOLDER, FIND = "Import a file", "Import a folder", "Find those of other apps"


class RoleRow(QPushButton):
    """A role and the model that has it; pressed, it offers others.

    Args:
        theme: The theme in force.
        role: Which one.
    """

    def __init__(self, theme: Theme, role: ModelRole) -> None:
        super().__init__(role_words(role))
        self._theme = theme
        self.role = role
        self._model = ""
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.show_model("")

    def show_model(self, name: str) -> None:
        """Says which model has it; empty when none does."""
        self._model = name
        self.setAccessibleName(f"{self.text()}: {name or 'no model'}")
        self.setToolTip("Choose another model for this")
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(self._theme.px(220), self._theme.px(30))

    def minimumSizeHint(self) -> QSize:
        """The role."""
        return QSize(self._theme.px(100), self._theme.px(30))

    def focus_shape(self) -> tuple[QRect, int]:
        """The box, drawn inside so that the sidebar's edge does not cut the ring."""
        return self._area().adjusted(2, 2, -2, -2), self._theme.px(6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the role at the left and the model at the right."""
        theme, px, area = self._theme, self._theme.px, self._area()
        painter = QPainter(self)
        if self.isDown() or self.underMouse():
            ground = "press" if self.isDown() or not theme.tokens.dark else "well"
            box(painter, area, px(7), theme.color(ground))
        inside = area.adjusted(px(8), 0, -px(8), 0)
        painter.setPen(theme.color("ink2"))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        used = QFontMetrics(self.font()).horizontalAdvance(self.text()) + px(12)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("ink2" if self._model else "ink3"))
        right = inside.adjusted(used, 0, 0, 0)
        elide = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(self._model or "None", elide, right.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(right, int(flags), shown)

    def _area(self) -> QRect:
        inset = self._theme.px(10)
        return self.rect().adjusted(inset, 0, -inset, 0)

    def _restyle(self) -> None:
        self.setFont(self._theme.font("interface"))
        self.updateGeometry()
        self.update()


class ModelSections(QWidget):
    """Pages, roles, and the ways to bring models in.

    Args:
        theme: The theme in force.
    """

    page_chosen = Signal(str)
    role_pressed = Signal(object)
    """The ``RoleRow`` whose menu is wanted."""
    import_wanted = Signal()
    folder_wanted = Signal()
    find_wanted = Signal()
    seen = Signal(bool)
    """It is on the screen, or not: then the place shows the way to its pages itself."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Models")
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._items: dict[str, SectionItem] = {}
        self._roles: dict[ModelRole, RoleRow] = {}
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._heads: list[QHBoxLayout] = []
        self._add_pages()
        self._add_roles()
        self.import_item = SectionItem(theme, "file-input", IMPORT)
        self.folder_item = SectionItem(theme, "folder-open", IMPORT_FOLDER)
        self.find_item = SectionItem(theme, "folder-search", FIND)
        for item in (self.import_item, self.folder_item, self.find_item):
            item.setCheckable(False)
            self._column.addWidget(item)
        self.find_item.hide()
        self.import_item.clicked.connect(self.import_wanted)
        self.folder_item.clicked.connect(self.folder_wanted)
        self.find_item.clicked.connect(self.find_wanted)
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

    def _add_head(self, words: str) -> None:
        line = QHBoxLayout()
        line.addWidget(PlainLabel(self._theme, words, "small", "ink2"))
        self._heads.append(line)
        self._column.addLayout(line)

    def _add_pages(self) -> None:
        self._add_head("Models")
        for page in PAGES:
            if not page.listed:
                continue
            item = SectionItem(self._theme, page.icon, page.title)
            item.clicked.connect(self._choose)
            item.hide()
            self._group.addButton(item)
            self._items[page.key] = item
            self._column.addWidget(item)

    def _add_roles(self) -> None:
        self._add_head("Roles")
        for role in ModelRole:
            row = RoleRow(self._theme, role)
            row.clicked.connect(self._press_role)
            self._roles[role] = row
            self._column.addWidget(row)
        self._column.addSpacing(self._theme.px(8))

    def show_pages(self, keys: Sequence[str]) -> None:
        """Lists the pages that are there."""
        for key, item in self._items.items():
            item.setVisible(key in keys)

    def set_current(self, key: str) -> None:
        """Lights a page, or none."""
        self._group.setExclusive(False)
        for own, item in self._items.items():
            item.setChecked(own == key)
        self._group.setExclusive(True)

    def item(self, key: str) -> QWidget | None:
        """What leads to a page; None where it is reached from another."""
        return self._items.get(key)

    def set_count(self, key: str, count: int) -> None:
        """Says how many things are on a page."""
        if key in self._items:
            self._items[key].set_count(count)

    def show_roles(self, models: Mapping[ModelRole, str]) -> None:
        """Says which model has each role, by its name."""
        for role, row in self._roles.items():
            row.show_model(models.get(role, ""))

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

    def _press_role(self) -> None:
        row = self.sender()
        if isinstance(row, RoleRow):
            self.role_pressed.emit(row)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(0, px(8), 0, px(8))
        self._column.setSpacing(0)
        for line, (above, below) in zip(self._heads, ((2, 4), (14, 6)), strict=True):
            line.setContentsMargins(px(18), px(above), 0, px(below))
