"""The settings place: sections at the left, rows at the right, a search over all of them."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from assistant.config.describe import describe, search
from assistant.config.settings import Settings
from assistant.ui.settings.about import AboutView
from assistant.ui.settings.card import SEARCHED
from assistant.ui.settings.chats_section import ChatsSection
from assistant.ui.settings.section import RowsSection, SectionView
from assistant.ui.settings.vault_section import VaultRows
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.fields import SearchField
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.scroll import ScrollArea
from assistant.ui.widgets.section_item import SectionItem

_ICONS = {
    "appearance": "palette",
    "chat": "message-square",
    "models": "box",
    "privacy": "wifi-off",
    "backup": "lock",
    "chats": "archive",
    "keys": "keyboard",
    "about": "info",
}
_WIDEST, _SIDE = 820, 240
_NARROW, _NARROW_SIDE = 800, 184


class _Side(QWidget):
    """The ground of the sidebar, painted: a style sheet would hold back the colour of labels."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the desk and the line to the work."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("desk"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), self._theme.color("line"))


class SettingsPlace(QWidget):
    """All settings. It asks for changes and shows what it is told; it changes nothing itself.

    Args:
        theme: The theme in force.
        settings: The values to begin with.
        resources: Folder of the files that ship, for the licences.
        parent: The owner.
    """

    changed = Signal(str, str, object)
    """Section, field and new value that the user wants."""
    back_wanted = Signal()
    keys_wanted = Signal()
    diagnostics_wanted = Signal()

    def __init__(
        self, theme: Theme, settings: Settings, resources: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sections = describe()
        self._views: dict[str, SectionView] = {}
        self._extra: dict[str, RowsSection] = {}
        self._search = SearchField(theme, "Search settings", height=32)
        self._names = QButtonGroup(self)
        self._items: dict[str, SectionItem] = {}
        self._nav = QVBoxLayout()
        self._empty = PlainLabel(theme, "No setting is called that.", "interface", "ink3")
        self._side = _Side(theme)
        self._middle = QWidget()
        self._scroll = ScrollArea(self._middle)
        self._column = QVBoxLayout()
        self._about = AboutView(theme, resources)
        self.setAccessibleName("Settings")
        self._build(settings)

    def _build(self, settings: Settings) -> None:
        body = QWidget()
        self._body = body
        body.setLayout(self._column)
        self._column.setContentsMargins(0, self._theme.px(24), 0, 0)
        for section in self._sections:
            view = SectionView(self._theme, section, settings, body)
            view.changed.connect(self.changed)
            self._views[section.name] = view
            self._column.addWidget(view)
            self._add_name(section.name, section.title)
        self.vault = VaultRows(self._theme, self._views["backup"].card)
        self._views["backup"].add_searched(*self.vault.rows)
        self.chats = ChatsSection(self._theme)
        self.add_section("chats", "Your chats", self.chats)
        self._about.diagnostics_wanted.connect(self.diagnostics_wanted)
        self.add_section("about", "About and licences", self._about)
        self.add_section("keys", "Keys", self._keys_section())
        self._column.addWidget(self._empty)
        self._column.addStretch(1)
        self._empty.hide()
        centre = self._centre = QHBoxLayout(self._middle)
        centre.addStretch(1)
        centre.addWidget(body, 100)
        centre.addStretch(1)
        self._scroll.setAccessibleName("The settings, in sections")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self._make_side())
        line.addWidget(self._scroll, 1)

    def _keys_section(self) -> RowsSection:
        section = RowsSection(self._theme, "Keys")
        show = Button(self._theme, "Show and change", icon="keyboard")
        show.clicked.connect(self.keys_wanted)
        row = section.card.add_row(
            "Shortcuts", "Every action that has keys, and a way to change them.", show
        )
        row.setProperty(SEARCHED, f"{row.property(SEARCHED)} keyboard")
        return section

    def _make_side(self) -> QWidget:
        side = self._side
        column = QVBoxLayout(side)
        margin = self._theme.px(10)
        column.setContentsMargins(0, margin, 0, margin)
        head = QHBoxLayout()
        head.setContentsMargins(margin, 0, margin, 0)
        back = IconButton(self._theme, "arrow-left", "Back")
        back.clicked.connect(self.back_wanted)
        head.addWidget(back)
        head.addWidget(PlainLabel(self._theme, "Settings", "card_title"))
        head.addStretch(1)
        column.addLayout(head)
        self._search.textChanged.connect(self._filter)
        field = QHBoxLayout()
        field.setContentsMargins(margin, 0, margin, 0)
        field.addWidget(self._search)
        column.addLayout(field)
        column.addSpacing(self._theme.px(8))
        self._nav.setSpacing(0)
        column.addLayout(self._nav)
        column.addStretch(1)
        self._names.buttonClicked.connect(self._clicked)
        self._theme.changed.connect(self._restyle)
        self._restyle()
        return side

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the names of the sections take less of it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px = self._theme.px
        narrow = self.width() < px(_NARROW)
        self._side.setFixedWidth(px(_NARROW_SIDE if narrow else _SIDE))
        margin = px(16 if narrow else 28)
        self._centre.setContentsMargins(margin, 0, margin, 0)

    def _restyle(self) -> None:
        self._body.setMaximumWidth(self._theme.px(_WIDEST))
        self._fit()
        self._side.update()

    def add_section(self, name: str, title: str, view: RowsSection) -> None:
        """Adds a section that is not made from the model, above the last ones."""
        self._extra[name] = view
        place = self._column.count()
        if "about" in self._extra and name != "about":
            place = self._column.indexOf(self._extra["about"])
        self._column.insertWidget(place, view)
        self._add_name(name, title, before_last=name != "about" and "about" in self._extra)

    def _add_name(self, name: str, title: str, *, before_last: bool = False) -> None:
        item = SectionItem(self._theme, _ICONS.get(name, "settings"), title)
        item.setProperty("section", name)
        self._items[name] = item
        self._names.addButton(item)
        self._nav.insertWidget(self._nav.count() - before_last, item)

    def offer_models(self, models: list[tuple[str, str]]) -> None:
        """Offers these models, each with its name, for new chats."""
        self._views["models"].offer("default_model", [("", "Starter model"), *models])

    def show_settings(self, settings: Settings) -> None:
        """Shows these values."""
        for view in self._views.values():
            view.show_settings(settings)

    def go_to(self, name: str) -> None:
        """Brings the section called ``name`` into view."""
        view = self._views.get(name) or self._extra.get(name)
        if view is None:
            return
        self._items[name].setChecked(True)
        bar = self._scroll.verticalScrollBar()
        bar.setValue(min(bar.maximum(), max(0, view.y() - self._theme.px(20))))

    def focus_search(self) -> None:
        """Makes the search ready for typing."""
        self._search.setFocus()
        self._search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the search first, then leaves."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._search.text():
            self._search.clear()
        else:
            self.back_wanted.emit()

    def _clicked(self, button: QAbstractButton) -> None:
        self.go_to(str(button.property("section")))

    def _filter(self, words: str) -> None:
        found = {section.name: section for section in search(self._sections, words)}
        everything = not words.strip()
        for name, view in self._views.items():
            section = found.get(name)
            fields = {row.field for row in section.rows} if section is not None else set[str]()
            view.show_only(None if everything else fields, words)
        for view in self._extra.values():
            view.show_only(words)
        shown = [*self._views.values(), *self._extra.values()]
        self._empty.setVisible(all(view.isHidden() for view in shown))
