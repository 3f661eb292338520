"""The page that searches the Hub."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assistant.domain.errors import UserFacingError
from assistant.domain.hub import HubModel, HubRepository
from assistant.ui.library.search.bar import SearchBar
from assistant.ui.library.search.repository_view import RepositoryView
from assistant.ui.library.search.results import ResultsHead, ResultsList
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.notices import EmptyState, ErrorCard
from assistant.ui.widgets.page import TitledPage

_OF_TOKENS = frozenset({"gated", "token_wrong", "repo_unknown"})
"""Codes of what a token of the user's account may change."""
_TRIES = ("Qwen2.5 Instruct", "Llama 3.2", "Coder")


class SearchPage(TitledPage):
    """A bar, and below it what was found, one repository, or why there is nothing.

    It asks; it changes nothing itself.

    Args:
        theme: The theme in force.
    """

    again_wanted = Signal()
    """After something went wrong."""
    left = Signal()
    """It is not shown any more."""
    entered = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Search the Hub")
        self.bar = SearchBar(theme)
        self.repository = RepositoryView(theme)
        self.results = ResultsList(theme)
        self._card = Card(theme, 0)
        self._card.body.setSpacing(0)
        self._card.body.addWidget(ResultsHead(theme))
        self._card.body.addWidget(self.results)
        self.follow(self.results.row_reached)
        self._place = QVBoxLayout()
        self._state: QWidget | None = None
        self.column.addWidget(self.bar)
        self.column.addLayout(self._place)
        self.column.addWidget(self._card)
        self.column.addWidget(self.repository)
        self.column.addStretch(1)
        self.repository.back_wanted.connect(self.show_results_again)
        self._found = 0
        self._card.hide()
        self.repository.hide()

    # States

    def show_start(self, *, offline: bool, sealed: bool) -> None:
        """Nothing was looked for yet."""
        if sealed:
            text = "Lamplight was started offline: this run connects to nobody, for no reason."
            self._show_state(EmptyState(self.theme, "Searching is off", text, icon="wifi-off"))
            self.bar.setEnabled(False)
            return
        text = "Thousands of models, with what each file of them means and whether it runs here."
        if offline:
            text += (
                " Lamplight is offline; it asks before it searches, and writes down every "
                "connection."
            )
        state = EmptyState(self.theme, "Find a model", text, icon="search", tries=_TRIES)
        state.tried.connect(self._try)
        self._show_state(state)

    def show_searching(self) -> None:
        """An answer is waited for; what was found before stays."""
        self.set_facts("Searching…")
        self.bar.show_waiting(True)  # noqa: FBT003 - a setter of one value
        if self._found == 0:
            self._show_state(PlainLabel(self.theme, "Asking the Hub…", "interface", "ink2"))

    def show_stopped(self) -> None:
        """Nobody waits any more; what was found before is still there."""
        self.bar.show_waiting(False)  # noqa: FBT003 - a setter of one value
        self.set_facts(_count(self._found))
        if self._found == 0:
            self._show_state(None)
        elif not self.repository.isVisible():
            self._show_state(None)
            self._card.show()

    def show_results(self, found: Sequence[HubModel]) -> None:
        """What was found."""
        self.bar.show_waiting(False)  # noqa: FBT003 - a setter of one value
        self._found = len(found)
        self.set_facts(_count(len(found)))
        self.results.show_models(found)
        self.repository.hide()
        self.bar.show()
        if found:
            self._show_state(None)
            self._card.show()
            return
        filtered = self.bar.filtered
        text = "Try fewer words, or other ones."
        if filtered:
            text = "Try fewer words, another licence, or a larger size."
        state = EmptyState(self.theme, "Nothing was found", text, icon="search")
        if filtered:
            state.add_button("Without filters").clicked.connect(self._ask_unfiltered)
        self._show_state(state)

    def show_error(self, error: UserFacingError) -> None:
        """Why there is no answer, and a way to ask again."""
        self.bar.show_waiting(False)  # noqa: FBT003 - a setter of one value
        self.set_facts("")
        asks = error.code in _OF_TOKENS
        card = ErrorCard(self.theme, error.message, error.hint, "caution" if asks else "bad")
        card.add_button("Try again").clicked.connect(self.again_wanted)
        if asks:
            card.add_button("Give a token").clicked.connect(self.repository.token_wanted)
        self._show_state(card)
        self._card.hide()

    def show_looking(self, repo: str) -> None:
        """A repository is being read."""
        self.set_facts(f"Looking at {repo}…")
        self.bar.show_waiting(True)  # noqa: FBT003 - a setter of one value

    def show_repository(self, repository: HubRepository, *, has_token: bool) -> None:
        """One repository in place of the list."""
        self.bar.show_waiting(False)  # noqa: FBT003 - a setter of one value
        self.set_facts("")
        self._show_state(None)
        self.bar.hide()
        self._card.hide()
        self.repository.show_repository(repository, has_token=has_token)
        self.repository.show()
        self.repository.back.setFocus()
        self.scroller.verticalScrollBar().setValue(0)

    def show_results_again(self) -> None:
        """Back from a repository."""
        self.repository.hide()
        self.bar.show()
        self._card.setVisible(self._found > 0)
        self.set_facts(_count(self._found))
        (self.results if self._found else self.bar).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Says that somebody looks."""
        super().showEvent(event)
        self.entered.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Says that nobody looks."""
        super().hideEvent(event)
        self.left.emit()

    def _ask_unfiltered(self) -> None:
        self.bar.clear_filters()
        self.bar.asked.emit()

    def _try(self, words: str) -> None:
        self.bar.field.setText(words)
        self.bar.asked.emit()

    def _show_state(self, state: QWidget | None) -> None:
        old, self._state = self._state, state
        if old is not None:
            self._place.removeWidget(old)
            old.hide()
            old.deleteLater()
        if state is not None:
            self._place.addWidget(state)
            self._card.setVisible(False)


def _count(found: int) -> str:
    if found == 0:
        return ""
    return "1 model" if found == 1 else f"{found} models"
