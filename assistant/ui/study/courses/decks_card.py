"""Decks that were brought: reviewed, and removed again."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.services.study.decks import Deck
from assistant.ui.study.pictures.marks import count_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.card import Card, Divider
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel


class DecksCard(Card):
    """Lists the decks; hidden while there is none.

    Args:
        theme: The theme in force.
    """

    review_wanted = Signal(str)
    """The id that the cards of a deck carry."""
    remove_wanted = Signal(object)
    """A ``Deck``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 20)
        self.body.addWidget(PlainLabel(theme, "Your decks", "card_title"))
        self._rows = QVBoxLayout()
        self.body.addLayout(self._rows)
        self.hide()

    def show_decks(self, decks: Sequence[Deck]) -> None:
        """Lists these."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, deck in enumerate(decks):
            if number:
                self._rows.addWidget(Divider(self._theme))
            self._rows.addWidget(self._row(deck))
        self.setVisible(bool(decks))

    def _row(self, deck: Deck) -> QWidget:
        theme, row = self._theme, QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(theme, deck.title, "interface_medium"))
        words.addWidget(ElidedLabel(theme, count_words(deck.cards, "card"), "small", "ink2"))
        line.addLayout(words, 1)
        review = Button(theme, "Review", icon="layers", small=True)
        review.setAccessibleName(f"Review {deck.title}")
        remove = IconButton(theme, "trash-2", f"Remove {deck.title}")

        def reviewed() -> None:
            self.review_wanted.emit(deck.id)

        def removed() -> None:
            self.remove_wanted.emit(deck)

        review.clicked.connect(reviewed)
        remove.clicked.connect(removed)
        line.addWidget(review)
        line.addWidget(remove)
        return row
