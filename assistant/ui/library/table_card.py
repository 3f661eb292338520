"""A card with a list of models: its title, the order, the filter, the rows."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assistant.ui.library.columns import Third
from assistant.ui.library.entries import Entry
from assistant.ui.library.filter_panel import FilterPanel
from assistant.ui.library.ordering import Choosing, Order, arranged
from assistant.ui.library.table import LibraryTable, TableHead
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.menu import Menu


class TableCard(Card):
    """Models in an order that can be changed, of which some can be left out.

    Args:
        theme: The theme in force.
        title: What is listed.
        third: What stands between the size and the fit.
        menus: Whether each row has a button with more to do.
        order: To begin with.
    """

    acted = Signal(object, object)
    menu_wanted = Signal(object, QPoint)
    row_reached = Signal(QRect)
    """In coordinates of ``table``."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        third: Third = Third.SPEED,
        *,
        menus: bool = False,
        order: Order = Order.BEST,
    ) -> None:
        super().__init__(theme, 0)
        self._entries: list[Entry] = []
        self._order = order
        self._choosing = Choosing()
        self.body.setSpacing(0)
        self._title = PlainLabel(theme, title, "card_title")
        self.order_button = Button(
            theme, order.value, "ghost", icon="arrow-down-wide-narrow", small=True
        )
        self.filter_button = Button(theme, "Filter", "ghost", icon="list-filter", small=True)
        self.order_button.clicked.connect(self._open_orders)
        self.filter_button.clicked.connect(self._open_filter)
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self.order_button)
        self._head.addWidget(self.filter_button)
        self.table = LibraryTable(theme, title, third, menus=menus)
        self._names = TableHead(theme, third, menus=menus)
        self._none = PlainLabel(theme, "", "interface", "ink2", wrap=True)
        self.body.addLayout(self._head)
        self.body.addWidget(self._names)
        self.body.addWidget(self.table)
        self.body.addWidget(self._none)
        self.table.acted.connect(self.acted)
        self.table.menu_wanted.connect(self.menu_wanted)
        self.table.row_reached.connect(self.row_reached)
        theme.changed.connect(self._restyle_head)
        self._restyle_head()
        self._show()

    def add_to_head(self, widget: QWidget) -> None:
        """Puts a button at the right of the head."""
        self._head.addWidget(widget)

    @property
    def shown(self) -> list[Entry]:
        """The rows, in order."""
        return self.table.rows.entries

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Lists these, as the order and the filter say."""
        self._entries = list(entries)
        self._show()

    def set_order(self, order: Order) -> None:
        """Sorts otherwise."""
        self._order = order
        self.order_button.setText(order.value)
        self.order_button.setAccessibleName(f"Order: {order.value}")
        self.order_button.updateGeometry()
        self._show()

    def set_choosing(self, choosing: Choosing) -> None:
        """Leaves others out."""
        self._choosing = choosing
        count = choosing.count
        self.filter_button.setText(f"Filter · {count}" if count else "Filter")
        self.filter_button.setAccessibleName(f"Filter, {count} set" if count else "Filter")
        self.filter_button.updateGeometry()
        self._show()

    def _show(self) -> None:
        rows = arranged(self._entries, self._order, self._choosing)
        self.table.show_entries(rows)
        left_out = self._entries and not rows
        self._names.setVisible(bool(rows))
        self.table.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self._none.setText(
            "No model is as the filter wants it." if left_out else "There is nothing here yet."
        )

    def _open_orders(self) -> None:
        menu = Menu(self._theme, "Order", self)
        menu.aboutToHide.connect(menu.deleteLater)
        for order in Order:
            action = menu.add(order.value, lambda chosen=order: self.set_order(chosen))
            action.setCheckable(True)
            action.setChecked(order is self._order)
        menu.open_below(self.order_button)

    def _open_filter(self) -> None:
        panel = FilterPanel(self._theme, self._entries, self._choosing, self)
        panel.chosen.connect(self.set_choosing)
        panel.open_at(self.filter_button)

    def _restyle_head(self) -> None:
        px = self._theme.px
        self._head.setContentsMargins(px(19), px(9), px(12), px(4))
        self._head.setSpacing(px(4))
        self._none.setContentsMargins(px(19), px(8), px(19), px(20))
