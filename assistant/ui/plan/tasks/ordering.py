"""In what order a list of tasks stands: shown, chosen from a menu, and kept."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from assistant.domain.errors import UserFacingError
from assistant.domain.task_filter import Order
from assistant.services.planning.settings import PlanSettings
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton
from assistant.ui.widgets.menu import Menu

WORDS: Final = {
    Order.HAND: "By hand",
    Order.DUE: "By date",
    Order.FIRST: "What to do first",
    Order.NEWEST: "Newest first",
}
BY_HAND: Final = (Order.HAND, Order.FIRST, Order.DUE, Order.NEWEST)
"""What a list offers whose order is the user's own; the first is its own."""
BY_DATE: Final = (Order.DUE, Order.FIRST)
"""What a list of days offers."""


class OrderChoice(QObject):
    """The order of one list.

    Args:
        theme: The theme in force.
        settings: Keep it.
        relay: Brings outcomes here.
        orders: What may be chosen; the first is the list's own.
        parent: The owner.
    """

    changed = Signal()
    """The list stands otherwise now, and is to be read again."""
    failed = Signal(object)
    """A ``UserFacingError``."""

    def __init__(
        self,
        theme: Theme,
        settings: PlanSettings,
        relay: JobRelay,
        orders: tuple[Order, ...],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._settings = settings
        self._relay = relay
        self._orders = orders
        self._listing = ""
        self._watch: Watch | None = None
        self.order = orders[0]
        self.button = IconButton(theme, "arrow-down-wide-narrow", "")
        self.button.clicked.connect(self._open)
        self._name()

    @property
    def words(self) -> str:
        """Says in what order the list stands where that is not its own; else empty."""
        return "" if self.order is self._orders[0] else WORDS[self.order].lower()

    def look(self, listing: str) -> None:
        """Reads what was chosen for a list; ``changed`` tells of another order than is shown.

        Args:
            listing: “inbox”, “today”, “upcoming”, or “project:” with its id.
        """
        self._listing = listing
        self._forget()
        self._watch = self._relay.watch(self._settings.order_of(listing), self._take)

    def choose(self, order: Order) -> None:
        """Puts the list into an order and keeps that."""
        self._forget()
        self._take(order)
        kept = None if order is self._orders[0] else order
        self._relay.watch(self._settings.set_order(self._listing, kept), None, self._fail)

    def _fail(self, error: UserFacingError) -> None:
        self.look(self._listing)
        self.failed.emit(error)

    def _forget(self) -> None:
        """What was asked before is out of date."""
        if self._watch is not None:
            self._watch.drop()

    def _take(self, order: Order | None) -> None:
        found = self._orders[0] if order is None or order not in self._orders else order
        if found is not self.order:
            self.order = found
            self._name()
            self.changed.emit()

    def _name(self) -> None:
        self.button.set_name(f"Order: {WORDS[self.order].lower()}")

    def _open(self) -> None:
        menu = Menu(self._theme, "Order", self.button)
        menu.aboutToHide.connect(menu.deleteLater)
        for order in self._orders:
            action = menu.add(WORDS[order], lambda chosen=order: self.choose(chosen))
            action.setCheckable(True)
            action.setChecked(order is self.order)
        menu.open_below(self.button)
