"""For this machine: what is recommended, what else there is, and what the machine has."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from assistant.ui.library.entries import Entry
from assistant.ui.library.recommended_card import RecommendedCard
from assistant.ui.library.side_cards import MemoryCard, NetworkCard, SideColumn
from assistant.ui.library.table_card import TableCard
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.page import TitledPage

_SIDE, _BESIDE, _PAIR, _SMALL_SHARE, _MEDIUM_SHARE = 264, 860, 560, 282, 406


@dataclass(frozen=True, slots=True)
class Recommended:
    """A model for one of the two cards.

    Args:
        why: One line on why this one.
    """

    entry: Entry
    why: str


@dataclass(frozen=True, slots=True)
class MachineView:
    """All of the page.

    Args:
        facts: The machine in words.
        context_length: Tokens that memory is estimated for.
        small: None where nothing small is known.
        medium: None where nothing better fits.
        others: All other models.
    """

    facts: str
    context_length: int
    small: Recommended | None
    medium: Recommended | None
    others: Sequence[Entry]


class MachinePage(TitledPage):
    """The first page of the place.

    Args:
        theme: The theme in force.
    """

    search_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "For this machine")
        self.search_button = Button(theme, "Search the Hub", icon="search")
        self.search_button.clicked.connect(self.search_wanted)
        self.add_to_head(self.search_button)
        self.small = RecommendedCard(theme, "small")
        self.medium = RecommendedCard(theme, "medium")
        self.small.hide()
        self.medium.hide()
        self.more = TableCard(theme, "More models")
        self.memory = MemoryCard(theme)
        self.network = NetworkCard(theme)
        self.memory.hide()
        self.side = SideColumn(theme, [self.memory, self.network])
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.addWidget(self.small, _SMALL_SHARE)
        self._pair.addWidget(self.medium, _MEDIUM_SHARE)
        lists = QWidget()
        lists.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._lists = QVBoxLayout(lists)
        self._lists.setContentsMargins(0, 0, 0, 0)
        self._lists.addLayout(self._pair)
        self._lists.addWidget(self.more)
        self._lists.addStretch(1)
        self._line = QHBoxLayout()
        self._line.addWidget(lists, 1)
        self._line.addWidget(self.side)
        self.column.addLayout(self._line)
        self.column.addStretch(1)
        self._below = False
        self.follow(self.more.table.row_reached)
        self.resized.connect(self._lay)
        theme.changed.connect(self._spread)
        self._spread()

    def show_machine(self, view: MachineView) -> None:
        """Shows models and machine as they are now."""
        self.set_facts(view.facts)
        for card, wanted in ((self.small, view.small), (self.medium, view.medium)):
            card.setVisible(wanted is not None)
            if wanted is not None:
                card.show_entry(wanted.entry, wanted.why, view.context_length)
        self.more.show_entries(view.others)

    def add_card(self, card: QWidget, place: int) -> None:
        """Puts a card into the column at the side; 0 is the top."""
        self.side.add(card, place)

    def _lay(self, width: int) -> None:
        """The cards at the side go below where there is no room beside the lists."""
        px = self.theme.px
        below = width < px(_BESIDE)
        if below != self._below:
            self._below = below
            self._line.removeWidget(self.side)
            if below:
                self.column.insertWidget(1, self.side)
            else:
                self.column.removeWidget(self.side)
                self._line.addWidget(self.side, 0, Qt.AlignmentFlag.AlignTop)
        self.side.set_beside(below and width >= px(_PAIR))
        direction = QBoxLayout.Direction
        room = width if below else width - px(_SIDE)
        narrow = room < px(_PAIR)
        self._pair.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._spread()

    def _spread(self) -> None:
        px = self.theme.px
        for layout in (self._pair, self._lists, self._line):
            layout.setSpacing(px(16))
        self.side.setMinimumWidth(0 if self._below else px(_SIDE))
        self.side.setMaximumWidth(px(4000) if self._below else px(_SIDE))
