"""Where the catalogue comes from, and how a newer one is taken."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from assistant.domain.catalogue import CatalogueState
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.labels import PlainLabel

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


class CatalogueCard(Card):
    """Edition, day and origin, with the ways to a newer one.

    Args:
        theme: The theme in force.
    """

    refresh_wanted = Signal()
    """From where the settings say."""
    file_wanted = Signal()
    forget_wanted = Signal()
    """The accepted key shall not be trusted any more."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 16)
        self._facts = PlainLabel(theme, "", "interface", "ink2", wrap=True)
        self._source = PlainLabel(theme, "", "small", "ink3", wrap=True)
        self._trouble = PlainLabel(theme, "", "small", "bad", wrap=True)
        self.refresh = Button(theme, "Refresh", "ghost", icon="refresh-cw", small=True)
        self.file = Button(theme, "From a file", "ghost", icon="file-input", small=True)
        self.forget = Button(theme, "Forget the key", "ghost", icon="key-round", small=True)
        self.refresh.clicked.connect(self.refresh_wanted)
        self.file.clicked.connect(self.file_wanted)
        self.forget.clicked.connect(self.forget_wanted)
        foot = QHBoxLayout()
        foot.setContentsMargins(-theme.px(10), 0, 0, 0)
        for button in (self.refresh, self.file, self.forget):
            foot.addWidget(button)
        foot.addStretch(1)
        self.body.addWidget(PlainLabel(theme, "Where this list comes from", "card_title"))
        for label in (self._facts, self._source, self._trouble):
            self.body.addWidget(label)
        self.body.addLayout(foot)
        self.forget.hide()
        self.show_trouble("")

    def show_state(self, state: CatalogueState) -> None:
        """Shows what is offered now."""
        self._facts.setText(catalogue_words(state))
        self._source.setText(source_words(state))
        self.refresh.setEnabled(bool(state.source))
        self.forget.setVisible(bool(state.accepted))
        self.show_trouble(state.problem)

    def show_trouble(self, words: str) -> None:
        """Says what went wrong; empty for nothing."""
        self._trouble.setText(words)
        self._trouble.setVisible(bool(words))

    def set_busy(self, *, busy: bool) -> None:
        """While one is looked at, no other is asked for."""
        self.file.setEnabled(not busy)
        if busy:
            self.refresh.setEnabled(False)
            self.show_trouble("")

    @property
    def words(self) -> str:
        """All that it says."""
        labels = (self._facts, self._source, self._trouble)
        return " ".join(label.text() for label in labels if label.text())


def catalogue_words(state: CatalogueState) -> str:
    """``Edition 3 of 4 May 2027 with 16 models, signed with the key …``."""
    day = f" of {day_words(state.issued)}" if state.issued is not None else ""
    whose = "it came with Lamplight"
    if state.signed_by:
        whose = f"it is signed with the key {state.signed_by}"
    return f"Edition {state.edition}{day} with {state.models} models; {whose}."


def source_words(state: CatalogueState) -> str:
    """Where a newer one would come from."""
    if not state.source:
        return (
            "A newer list can be taken from a signed file, or from an address that is named in "
            "the settings under Models."
        )
    return f"A newer one comes from {state.source}, only when you ask for it."


def day_words(day: date) -> str:
    """``21 November 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
