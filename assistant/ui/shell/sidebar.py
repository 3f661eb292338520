"""The sidebar: the name, the search, the places, what the current place lists, the state below."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from assistant.ui.shell.sidebar_parts import MarkButton, NetworkState, SearchButton
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton
from assistant.ui.widgets.card import Divider
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.section_item import SectionItem

WIDTH, RAIL_WIDTH = 240, 56
NARROW_WINDOW = 1000
"""Below this width of the window, in px of the design, the sidebar folds by itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that exists.

    Args:
        key: Carried by ``place_chosen``.
        icon: Name of its icon.
        title: Its word.
        keys: The keys that lead there, ``Ctrl+1``.
    """

    key: str
    icon: str
    title: str
    keys: str = ""


class Sidebar(QWidget):
    """Places and what belongs to them; folds to a rail of icons.

    ``place_chosen`` carries the key of a place. ``fold_changed`` tells what the user chose, to be
    kept; folding because the window is narrow is not a choice and is not told.

    Args:
        theme: The theme in force.
        places: The places that exist, in order; the first is current.
        folded: Whether the user has folded it.
        parent: The owner.
    """

    place_chosen = Signal(str)
    search_requested = Signal()
    settings_requested = Signal()
    fold_changed = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        places: Sequence[Place],
        *,
        folded: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chosen_fold = folded
        self._narrow = False
        self._held = False
        self._opened_while_narrow = False
        self._list: QWidget | None = None
        self.setAccessibleName("Sidebar")
        self._mark = MarkButton(theme)
        self._name = PlainLabel(theme, "Lamplight", "card_title")
        self._fold = IconButton(theme, "panel-left", "Fold the sidebar")
        self._search = SearchButton(theme)
        self._items: dict[str, SectionItem] = {}
        self._keys: dict[str, str] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._slot = QVBoxLayout()
        self._rule = Divider(theme, inset=10)
        self._state = NetworkState(theme)
        self._settings = IconButton(theme, "settings", "Settings", icon_size=18)
        self._settings.setToolTip(f"Settings  ({_native('Ctrl+,')})")
        self._column = QVBoxLayout(self)
        self._head = QHBoxLayout()
        self._build(places)
        for button in (self._mark, self._fold):
            button.clicked.connect(self.toggle_fold)
        self._search.clicked.connect(self.search_requested)
        self._settings.clicked.connect(self.settings_requested)
        theme.changed.connect(self._restyle)
        self._restyle()

    def current(self) -> str:
        """Key of the place that is lit; empty when none is (in settings)."""
        for key, item in self._items.items():
            if item.isChecked():
                return key
        return ""

    def set_current(self, key: str) -> None:
        """Lights a place without a signal; an empty key lights none."""
        self._group.setExclusive(False)
        for own, item in self._items.items():
            item.setChecked(own == key)
        self._group.setExclusive(True)

    def set_count(self, key: str, count: int) -> None:
        """Shows how many things wait in a place; 0 shows nothing."""
        self._items[key].set_count(count)

    def set_list(self, widget: QWidget | None) -> None:
        """Shows what the current place lists; the one shown before is hidden and kept."""
        if widget is self._list:
            return
        if self._list is not None:
            self._list.hide()
        self._list = widget
        if widget is not None and self._slot.indexOf(widget) < 0:
            self._slot.addWidget(widget)
        self._show_list()

    def set_network_state(self, title: str, note: str, icon: str = "wifi-off") -> None:
        """Says at the bottom whether anything leaves this machine."""
        self._state.set_state(title, note, icon)

    def is_folded(self) -> bool:
        """Whether only the rail is there now."""
        quiet = self._narrow or self._held
        return not self._opened_while_narrow if quiet else self._chosen_fold

    def toggle_fold(self) -> None:
        """Folds or unfolds it, as the user wishes."""
        if self._narrow or self._held:
            self._opened_while_narrow = not self._opened_while_narrow
        else:
            self._chosen_fold = not self._chosen_fold
            self.fold_changed.emit(self._chosen_fold)
        self._restyle()

    def hold_folded(self, *, held: bool) -> None:
        """Is a rail while what is shown needs the room; the user's choice stays what it was."""
        if held != self._held:
            self._held = held
            self._opened_while_narrow = False
            self._restyle()

    def fit_window(self, width: int) -> None:
        """Folds by itself in a window of less than 1000 px; call it when the window resizes."""
        narrow = width < self._theme.px(NARROW_WINDOW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._opened_while_narrow = False
            self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the desk and the line to the work."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("desk"))
        edge = self.width() - 1
        painter.fillRect(edge, 0, 1, self.height(), self._theme.color("line"))

    def _build(self, places: Sequence[Place]) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        foot = QWidget()
        foot.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._foot = QHBoxLayout(foot)
        self._head.addWidget(self._mark, 0, middle)
        self._head.addWidget(self._name, 1, middle)
        self._head.addWidget(self._fold, 0, middle)
        self._column.addLayout(self._head)
        self._column.addWidget(self._search)
        self._column.addSpacing(6)
        for place in places:
            item = SectionItem(self._theme, place.icon, place.title, "place")
            item.clicked.connect(self._choose)
            self._group.addButton(item)
            self._items[place.key] = item
            self._keys[place.key] = place.keys
            self._column.addWidget(item)
        self._column.addSpacing(6)
        self._column.addWidget(self._rule)
        self._column.addLayout(self._slot, 1)
        self._foot_rule = Divider(self._theme, inset=10)
        self._column.addStretch()  # takes the room while no list is shown
        self._column.addWidget(self._foot_rule)
        self._foot.addWidget(self._state, 1)
        self._foot.addWidget(self._settings, 0, middle)
        self._column.addWidget(foot)
        if places:
            self.set_current(places[0].key)

    def _choose(self) -> None:
        for key, item in self._items.items():
            if item is self.sender():
                self.place_chosen.emit(key)

    def _show_list(self) -> None:
        shown = self._list is not None and not self.is_folded()
        self._rule.setVisible(shown)
        if self._list is not None:
            self._list.setVisible(shown)

    def _restyle(self) -> None:
        px, folded = self._theme.px, self.is_folded()
        self.setFixedWidth(px(RAIL_WIDTH if folded else WIDTH))
        keys = _native("Ctrl+B")
        self._mark.set_folded(folded, keys)
        self._fold.set_name("Fold the sidebar", keys)
        for widget in (self._name, self._fold, self._foot_rule):
            widget.setVisible(not folded)
        self._search.set_folded(folded, _native("Ctrl+K"))
        self._state.set_folded(folded)
        for key, item in self._items.items():
            item.set_folded(folded)
            if self._keys[key]:
                item.setToolTip(f"{item.text()}  ({_native(self._keys[key])})")
        self._column.setContentsMargins(0, px(8), 1, px(10))
        self._column.setSpacing(px(2))
        self._head.setSpacing(px(4))
        self._head.setContentsMargins(*((px(8), 0, px(8), 0) if folded else (px(12), 0, px(12), 0)))
        direction = QBoxLayout.Direction
        self._foot.setDirection(direction.TopToBottom if folded else direction.LeftToRight)
        self._foot.setContentsMargins(
            *((0, 0, 0, 0) if folded else (px(18), px(12), px(12), px(4)))
        )
        self._foot.setSpacing(px(6))
        self._foot.setAlignment(self._settings, Qt.AlignmentFlag.AlignCenter)
        self._show_list()
        self.update()

    def sizeHint(self) -> QSize:
        """Its width, and any height."""
        return QSize(self._theme.px(RAIL_WIDTH if self.is_folded() else WIDTH), 600)


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
