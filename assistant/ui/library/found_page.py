"""The page that lists each model found on this disk, by the application that has it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal

from assistant.domain.sizes import size_words
from assistant.services.found_models import FoundApplication, FoundModel
from assistant.ui.library.entries import Entry
from assistant.ui.library.ordering import Order
from assistant.ui.library.table_card import TableCard
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.notices import EmptyState
from assistant.ui.widgets.page import TitledPage

_WHAT = (
    "What is used in place takes no second copy. Its file stays with the application that brought "
    "it: Lamplight reads it and never changes, moves or deletes it."
)
_NOTHING = (
    "LM Studio, Ollama, Jan, GPT4All and the Hugging Face cache were looked into. Models in "
    "another place are found by choosing the folder."
)


class FoundPage(TitledPage):
    """A card for each application. It asks; it changes nothing itself.

    Args:
        theme: The theme in force.
    """

    use_wanted = Signal(object)
    """Models (a tuple of ``FoundModel``) to be used in place."""
    acted = Signal(object, object)
    """An ``Action`` and the ``Entry`` that it is for."""
    menu_wanted = Signal(object, QPoint)
    look_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Found on this disk")
        self.look_button = Button(theme, "Look again", "ghost", icon="folder-search")
        self.folder_button = Button(theme, "Choose a folder", icon="folder-open")
        self.look_button.clicked.connect(self.look_wanted)
        self.folder_button.clicked.connect(self.folder_wanted)
        self.add_to_head(self.look_button)
        self.add_to_head(self.folder_button)
        self.cards: dict[str, TableCard] = {}
        self._uses: dict[str, Button] = {}
        self._offered: dict[str, tuple[FoundModel, ...]] = {}
        self._what = PlainLabel(theme, _WHAT, "interface", "ink2", wrap=True)
        self._troubles = PlainLabel(theme, "", "interface", "ink2", wrap=True)
        self.empty = EmptyState(theme, "No models were found", _NOTHING, icon="folder-search")
        for widget in (self._what, self._troubles, self.empty):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.show_found(())

    def show_found(self, found: Sequence[FoundApplication]) -> None:
        """Shows these, in this order; a card keeps its filter and its place."""
        shown = {each.name: each for each in found if each.models}
        for name in [name for name in self.cards if name not in shown]:
            gone = self.cards.pop(name)
            self._uses.pop(name)
            self.column.removeWidget(gone)
            gone.deleteLater()
        for at, (name, application) in enumerate(shown.items()):
            card = self.cards.get(name) or self._add(name)
            self.column.removeWidget(card)
            self.column.insertWidget(1 + at, card)
            self._show(card, application)
        troubles = [f"{each.name}: {words}" for each in found for words in each.troubles]
        self._troubles.setText("\n".join(troubles))
        self._troubles.setVisible(bool(troubles))
        self._what.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        count = sum(len(each.models) for each in shown.values())
        self.set_facts("" if not count else "1 model" if count == 1 else f"{count} models")

    def offered(self, key: str) -> FoundModel | None:
        """The model of a row, where it is offered."""
        every = (model for models in self._offered.values() for model in models)
        return next((model for model in every if str(model.info.id) == key), None)

    def _add(self, name: str) -> TableCard:
        card = TableCard(self.theme, name[:1].upper() + name[1:], menus=True, order=Order.NAME)
        use = Button(self.theme, "Use all", small=True)
        use.clicked.connect(partial(self._use_all, name))
        card.add_to_head(use)
        card.acted.connect(self.acted)
        card.menu_wanted.connect(self.menu_wanted)
        self.follow(card.table.row_reached)
        self.cards[name], self._uses[name] = card, use
        return card

    def _show(self, card: TableCard, application: FoundApplication) -> None:
        name, offered = application.name, application.offered
        self._offered[name] = offered
        card.show_entries([found_entry(model) for model in application.models])
        use = self._uses[name]
        use.setVisible(len(offered) > 1)
        size = size_words(application.offered_bytes)
        use.setToolTip(f"{len(offered)} models, {size} that need no second copy")
        use.setAccessibleName(f"Use all {len(offered)} models of {name} in place")

    def _use_all(self, name: str) -> None:
        self.use_wanted.emit(self._offered[name])


def found_entry(model: FoundModel) -> Entry:
    """A row for a model that was found."""
    if model.in_use:
        note = "Used in place already"
    elif model.same_as:
        note = f"The same as {model.same_as}, which is here"
    else:
        note = model.trouble
    return Entry(model.info, model.fit, found=True, note=note)
