"""The page that shows every connection that was ever made, or refused."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent

from assistant.domain.connection import Connection
from assistant.services.connections import NetworkState
from assistant.ui.library.connections.rows import ConnectionsList
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.notices import EmptyState
from assistant.ui.widgets.page import TitledPage

_WHAT = (
    "Everything that Lamplight does outside of this machine passes one gate, and the gate writes "
    "it down before it happens: when, with whom, what for, and how much. Nothing connects at the "
    "start, or by itself."
)


class ConnectionsPage(TitledPage):
    """Shows the log; it changes nothing.

    Args:
        theme: The theme in force.
    """

    entered = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Log of connections")
        self.list = ConnectionsList(theme)
        self._card = Card(theme, 0)
        self._card.body.addWidget(self.list)
        self.empty = EmptyState(theme, "No connection was ever made", _WHAT, icon="wifi-off")
        self._what = PlainLabel(theme, _WHAT, "interface", "ink2", wrap=True)
        self.follow(self.list.row_reached)
        self.column.addWidget(self._what)
        self.column.addWidget(self.empty)
        self.column.addWidget(self._card)
        self.column.addStretch(1)
        self.show_log(NetworkState(offline=True, sealed=False, made=0, last=None), ())

    def show_log(self, state: NetworkState, known: Sequence[Connection]) -> None:
        """Shows the newest rows and the sum of all."""
        self.list.show_connections(known)
        self._card.setVisible(bool(known))
        self._what.setVisible(bool(known))
        self.empty.setVisible(not known)
        facts = state.detail if known else ""
        if state.made > len(known) > 0:
            facts += f", the last {len(known):,} of them here"
        self.set_facts(facts)

    def showEvent(self, event: QShowEvent) -> None:
        """Says that somebody looks."""
        super().showEvent(event)
        self.entered.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Says that nobody looks."""
        super().hideEvent(event)
        self.left.emit()
