"""The cards beside the lists: the memory of this machine, and what may leave it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from assistant.domain.machine import MemoryShares
from assistant.domain.sizes import memory_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.parts import Part, PartsBar


@dataclass(frozen=True, slots=True)
class MemoryView:
    """What the memory of this machine holds.

    Args:
        shares: In bytes.
        held_name: Of the model that is loaded; empty when none is.
        wanted_name: Of the model that would come; empty when none would.
    """

    shares: MemoryShares
    held_name: str = ""
    wanted_name: str = ""


def memory_parts(view: MemoryView) -> list[Part]:
    """The parts of the bar: other programs, this one, the model that would come, the rest."""
    shares = view.shares
    others, ours = shares.others_bytes, shares.ours_bytes
    name = f"Lamplight, {view.held_name}" if view.held_name else "Lamplight"
    parts = [
        Part("Other programs", others, memory_words(others)),
        Part(name, ours, memory_words(ours), "lampline"),
    ]
    if shares.wanted_bytes:
        room = max(0, shares.total_bytes - others - ours)
        wanted = min(shares.wanted_bytes, room)
        name = f"{view.wanted_name} would take"
        words = memory_words(shares.wanted_bytes)
        parts.append(Part(name, wanted, words, "lampline", hatched=True))
    parts.append(Part("Still free", shares.free_bytes, memory_words(shares.free_bytes), empty=True))
    return parts


class MemoryCard(Card):
    """How full the memory is, and how full it would be.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 16)
        self._whole = PlainLabel(theme, "", "small", "ink2")
        head = QHBoxLayout()
        head.addWidget(PlainLabel(theme, "Memory", "card_title"), 1)
        head.addWidget(self._whole)
        self._bar = PartsBar(theme, "Memory")
        self.body.setSpacing(theme.px(12))
        self.body.addLayout(head)
        self.body.addWidget(self._bar)

    def show_memory(self, view: MemoryView) -> None:
        """Shows the memory as it is now."""
        self._whole.setText(f"{view.shares.total_bytes / 2**30:.0f} GB")
        self._bar.show_parts(memory_parts(view))


@dataclass(frozen=True, slots=True)
class NetworkView:
    """What may leave this machine now, in words.

    Args:
        title: ``Offline``, ``Online for one file``.
        note: What that means.
        online: Something is allowed now.
    """

    title: str
    note: str
    online: bool = False


class NetworkCard(Card):
    """Whether anything leaves this machine, and the way to the log of what did.

    Args:
        theme: The theme in force.
    """

    log_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 16)
        self._icon = IconLabel(theme, "wifi-off", 16, "ink2")
        self._title = PlainLabel(theme, "", "card_title")
        self._note = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self.log_button = Button(
            theme, "Log of connections", "ghost", icon="scroll-text", small=True
        )
        self.log_button.clicked.connect(self.log_wanted)
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self._icon)
        head.addWidget(self._title, 1)
        self.body.addLayout(head)
        self.body.addWidget(self._note)
        self.body.addLayout(links_line(theme, self.log_button))
        self.show_network(NetworkView("Offline", "No connection was ever made."))

    def show_network(self, view: NetworkView) -> None:
        """Says how it is now."""
        self._title.setText(view.title)
        self._note.setText(view.note)
        self._icon.set_icon("download" if view.online else "wifi-off", _colour(view))
        self.setAccessibleName(f"{view.title}. {view.note}")


def links_line(theme: Theme, *buttons: Button) -> FlowLayout:
    """Small ghost buttons at the foot of a card, their words under its title."""
    line = FlowLayout(None, theme.px(2), theme.px(10))
    for button in buttons:
        line.addWidget(button)
    return line


def _colour(view: NetworkView) -> str:
    return "lampink" if view.online else "ink2"


class SideColumn(QWidget):
    """Cards one above the other, or side by side where they stand below the lists.

    Args:
        theme: The theme in force.
        cards: From the top.
    """

    def __init__(self, theme: Theme, cards: Sequence[QWidget]) -> None:
        super().__init__()
        self._theme = theme
        self._cards = list(cards)
        self._beside = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        theme.changed.connect(self._lay)
        self._lay()

    def add(self, card: QWidget, place: int) -> None:
        """Puts a card among the others; 0 is the first."""
        self._cards.insert(place, card)
        self._lay()

    def set_beside(self, beside: bool) -> None:  # noqa: FBT001 - a setter of one value
        """Two in a row, or each below the other."""
        if beside != self._beside:
            self._beside = beside
            self._lay()

    def _lay(self) -> None:
        for card in self._cards:
            # Items that are only taken live on, and keep a card's new height from being noticed.
            self._grid.removeWidget(card)
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)  # a row that stretches is given less than it needs
        self._grid.setSpacing(self._theme.px(16))
        across = 2 if self._beside else 1
        for number, card in enumerate(self._cards):
            # Side by side each is as high as it needs; a card that is stretched is torn apart.
            align = Qt.AlignmentFlag.AlignTop if self._beside else Qt.AlignmentFlag(0)
            self._grid.addWidget(card, number // across, number % across, align)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        self._grid.setRowStretch(len(self._cards), 1)
