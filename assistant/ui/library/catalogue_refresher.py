"""Takes a newer catalogue for its card: asks before it goes online, and once about a new key."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from assistant.domain.catalogue import CatalogueNews, CatalogueState, UnknownKey
from assistant.domain.errors import UserFacingError
from assistant.services.core import Core
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.library.catalogue_card import CatalogueCard
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.question import Question


class CatalogueRefresher(QObject):
    """Between the card and the services.

    Args:
        theme: The theme in force.
        core: Takes and keeps the catalogue.
        relay: Brings outcomes here; owns this.
        card: What is shown.
    """

    said = Signal(str)
    changed = Signal()
    """Another catalogue is offered."""

    def __init__(self, theme: Theme, core: Core, relay: JobRelay, card: CatalogueCard) -> None:
        super().__init__(relay)
        self._theme = theme
        self._core = core
        self._relay = relay
        self._card = card
        self._source = ""
        self._state: CatalogueState | None = None
        self._allowed = False
        card.refresh_wanted.connect(self.refresh)
        card.file_wanted.connect(self._choose)
        card.forget_wanted.connect(self._ask_to_forget)

    def read(self) -> None:
        """Shows what is offered now."""
        self._relay.watch(self._core.catalogue.state(), self._show)

    def refresh(self) -> None:
        """Takes it from where the settings say; asks first where that means going online."""
        state, network = self._state, self._core.hub.connections
        self._source, self._allowed = "", False
        if state is None or not state.from_address or not network.offline or network.sealed:
            self._take()
            return
        question = Question(
            self._theme,
            "Go online for the catalogue?",
            f"Lamplight connects to {state.source} for this file and for nothing else, and "
            "writes every connection down.",
            "Refresh",
            self._card.window(),
            icon="refresh-cw",
        )
        question.yes.set_kind("primary")
        question.agreed.connect(self._allow)
        question.open()

    def take_file(self, path: Path) -> None:
        """Takes it from a file."""
        self._source, self._allowed = str(path), False
        self._take()

    def _allow(self, _: object) -> None:
        self._allowed = True
        self._take()

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self._card.window(), "A signed catalogue", "", "Catalogues (*.json);;All files (*)"
        )
        if path:
            self.take_file(Path(path))

    def _take(self, accept: str = "") -> None:
        self._card.set_busy(busy=True)
        job = self._core.catalogue.refresh(self._source, accept=accept, allowed=self._allowed)
        self._relay.watch(job, self._taken, self._failed)

    def _taken(self, news: CatalogueNews) -> None:
        self.said.emit(news_words(news))
        self._settle()
        self.changed.emit()

    def _failed(self, error: UserFacingError) -> None:
        if isinstance(error, UnknownKey):
            self._settle()
            self._ask_about(error)
        else:
            self._settle(f"{error.message} {error.hint}".strip())

    def _settle(self, trouble: str = "") -> None:
        self._card.set_busy(busy=False)
        if self._state is not None:
            self._card.show_state(self._state)
        if trouble:
            self._card.show_trouble(trouble)
        else:
            self.read()

    def _ask_about(self, error: UnknownKey) -> None:
        question = Question(
            self._theme,
            "Trust the key of this catalogue?",
            f"Its fingerprint is\n{error.fingerprint}\nCompare it with what the issuer says, not "
            "with the file itself. From then on only this key is taken, without asking again.",
            "It is the same",
            self._card.window(),
            icon="key-round",
        )
        question.yes.set_kind("primary")
        question.subject = error.fingerprint
        question.agreed.connect(self._take)
        question.open()

    def _ask_to_forget(self) -> None:
        question = Question(
            self._theme,
            "Forget the key that you accepted?",
            "The list that came with Lamplight is offered again, and the next key is asked about.",
            "Forget it",
            self._card.window(),
            icon="key-round",
        )
        question.agreed.connect(self._forget)
        question.open()

    def _forget(self, _: object) -> None:
        self._relay.watch(self._core.catalogue.forget_key(), self._forgotten, self._failed)

    def _forgotten(self, _: object) -> None:
        self.read()
        self.changed.emit()

    def _show(self, state: CatalogueState) -> None:
        self._state = state
        self._card.show_state(state)


def news_words(news: CatalogueNews) -> str:
    """What has changed, in a sentence."""
    added, gone = len(news.added), len(news.gone)
    words = [f"{added} model{'s' if added != 1 else ''} new"] if added else []
    words += [f"{gone} gone"] if gone else []
    more = f": {', '.join(words)}" if words else ""
    return f"The catalogue is edition {news.edition} now{more}."
