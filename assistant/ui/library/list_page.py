"""A page that is one list of models: what is installed, or the whole catalogue."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from assistant.ui.library.columns import Third
from assistant.ui.library.entries import Entry
from assistant.ui.library.ordering import Order
from assistant.ui.library.table_card import TableCard
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.notices import EmptyState
from assistant.ui.widgets.page import TitledPage


class ListPage(TitledPage):
    """A list under its title.

    Args:
        theme: The theme in force.
        title: What is listed.
        card: The list.
        empty: Shown instead of it while there is nothing; None leaves that to the list.
    """

    def __init__(
        self, theme: Theme, title: str, card: TableCard, empty: EmptyState | None = None
    ) -> None:
        super().__init__(theme, title)
        self.card = card
        self.empty = empty
        if empty is not None:
            self.column.addWidget(empty)
            empty.hide()
        self.column.addWidget(card)
        self._below = self.column.count()
        self.column.addStretch(1)
        self.follow(card.table.row_reached)

    def add_below(self, card: QWidget) -> None:
        """Puts a card under the list."""
        self.column.insertWidget(self._below, card)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Lists these."""
        self.card.show_entries(entries)
        if self.empty is not None:
            self.empty.setVisible(not entries)
            self.card.setVisible(bool(entries))


def installed_page(theme: Theme) -> ListPage:
    """What can be used now, with all that can be done to it."""
    card = TableCard(theme, "On this disk", Third.LAST_USED, menus=True, order=Order.NAME)
    empty = EmptyState(
        theme,
        "No model is installed",
        "Import a .gguf file or an MLX folder, or download one that is made for this machine.",
        icon="box",
    )
    return ListPage(theme, "Installed", card, empty)


def catalogue_page(theme: Theme) -> ListPage:
    """Every model that Lamplight knows by name."""
    return ListPage(theme, "Catalogue", TableCard(theme, "All models", menus=True))
