"""Carries the wishes of the search to the services, and their answers back."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from assistant.domain.clock import SystemClock
from assistant.domain.download import Download
from assistant.domain.errors import UserFacingError
from assistant.domain.hub import HubChoice, HubModel, HubRepository
from assistant.domain.sizes import size_words
from assistant.services.core import Core
from assistant.services.hub_account import TokenState
from assistant.services.hub_search import order_of
from assistant.services.jobs import Job
from assistant.ui.bridge.background import WorkersBackground
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.library.search.card_view import parsed_card
from assistant.ui.library.search.page import SearchPage
from assistant.ui.library.search.token_dialog import TokenDialog
from assistant.ui.links import open_url
from assistant.ui.widgets.question import Question

T = TypeVar("T")


class SearchController(QObject):
    """Ties the page to the core.

    Leave to go online is asked for once, and holds for searching until the page is left; each
    download asks for its own.

    Args:
        core: What is asked.
        page: What is shown.
        relay: Brings outcomes to this thread.
        parent: The owner.
    """

    said = Signal(str)
    """One line on what was done, for a toast."""
    failed = Signal(object)
    """A ``UserFacingError``."""
    ordered = Signal(object)
    """A ``Download`` that has begun."""

    def __init__(self, core: Core, page: SearchPage, relay: JobRelay, parent: QObject) -> None:
        super().__init__(parent)
        self._core = core
        self._page = page
        self._relay = relay
        self._allowed = False
        self._watch: Watch | None = None
        self._repository: HubRepository | None = None
        self._again: Callable[[], None] = self._search_now
        self._dialog: TokenDialog | None = None
        self._token = TokenState(there=False, kept=False)
        self.background = WorkersBackground(core.workers, self)
        page.repository.use_background(self.background)
        page.bar.asked.connect(self.search)
        page.bar.stopped.connect(self._stop)
        page.bar.changed.connect(self._search_along)
        page.results.chosen.connect(self._choose)
        page.again_wanted.connect(self._try_again)
        page.entered.connect(self._enter)
        page.left.connect(self._leave)
        view = page.repository
        view.download_wanted.connect(self._want)
        view.page_wanted.connect(self._open_page)
        view.token_wanted.connect(self.ask_for_token)
        view.link_activated.connect(self._open)
        self._start()

    def close(self) -> None:
        """Waits for nothing more."""
        self._drop()
        self.background.close()

    # Searching

    def search(self) -> None:
        """Looks for what the bar says; asks first where work is offline."""
        self._with_leave(self._search_now)

    def look(self, repo: str) -> None:
        """Looks at one repository by name, such as from a row of the catalogue."""
        self._with_leave(lambda: self._look_now(repo))

    def _start(self) -> None:
        network = self._core.hub.connections
        self._page.show_start(offline=network.offline, sealed=network.sealed)

    def _enter(self) -> None:
        self._relay.watch(self._core.hub.account.state(), self._take_token)

    def _leave(self) -> None:
        self._allowed = False

    def _search_along(self) -> None:
        """While typing: only where it need not ask."""
        words = self._page.bar.query.words
        if words and (self._allowed or not self._core.hub.connections.offline):
            self._search_now()

    def _search_now(self) -> None:
        self._again = self._search_now
        self._page.show_searching()
        job = self._core.hub.search.search(self._page.bar.query, allowed=self._allowed)
        self._wait(job, self._page.show_results)

    def _choose(self, model: HubModel) -> None:
        self.look(model.repo)

    def _look_now(self, repo: str) -> None:
        self._again = lambda: self._look_now(repo)
        self._page.show_looking(repo)
        job = self._core.hub.search.look(repo, allowed=self._allowed)
        self._wait(job, self._show_repository)

    def _show_repository(self, repository: HubRepository) -> None:
        self._repository = repository
        self._page.show_repository(repository, has_token=self._token.there)
        card = self._core.workers.in_pool(lambda _: parsed_card(repository.card))
        self._relay.watch(card, self._page.repository.show_card)

    def _try_again(self) -> None:
        self._with_leave(self._again)

    def _wait(self, job: Job[T], done: Callable[[T], object]) -> None:
        """Waits for this alone: what was asked before interests nobody any more."""
        self._drop()
        self._watch = self._relay.watch(job, done, self._page.show_error)

    def _stop(self) -> None:
        self._drop()
        self._page.show_stopped()

    def _drop(self) -> None:
        if self._watch is not None:
            self._watch.drop()
            self._watch.cancel()

    # Leave

    def _with_leave(self, work: Callable[[], None]) -> None:
        network = self._core.hub.connections
        if network.sealed or not network.offline or self._allowed:
            work()
            return
        question = Question(
            self._page.theme,
            "Go online to search?",
            "Your words go to the Hub, and nothing else does. It holds until you leave this page; "
            "every connection is written down.",
            "Go online",
            self._page,
            icon="search",
        )
        question.yes.set_kind("primary")
        question.subject = work
        question.agreed.connect(self._allow)
        question.open()

    def _allow(self, work: Callable[[], None]) -> None:
        self._allowed = True
        work()

    # Downloading

    def _want(self, choice: HubChoice) -> None:
        network = self._core.hub.connections
        if self._repository is None:
            return
        if network.sealed or not network.offline:
            self._order(choice)
            return
        question = Question(
            self._page.theme,
            "Go online for this file?",
            f"{choice.name} is {size_words(choice.size_bytes)}. Lamplight connects for this "
            "download and for nothing else, and writes every connection down.",
            "Download",
            self._page,
            icon="download",
        )
        question.yes.set_kind("primary")
        question.subject = choice
        question.agreed.connect(self._order)
        question.open()

    def _order(self, choice: HubChoice) -> None:
        repository = self._repository
        if repository is None:
            return
        try:
            order = order_of(repository, choice, SystemClock())
        except UserFacingError as error:
            self.failed.emit(error)
            return
        job = self._core.workers.in_pool(lambda _: self._core.downloads.order(order))
        self._relay.watch(job, self._ordered, self._refused)

    def _ordered(self, download: Download) -> None:
        self.said.emit(f"{download.order.model.name} is being downloaded.")
        self.ordered.emit(download)

    def _refused(self, error: UserFacingError) -> None:
        self.failed.emit(error)

    # Links and the token

    def _open_page(self) -> None:
        if self._repository is not None:
            self._open(self._core.hub.search.page_of(self._repository.model.repo))

    def _open(self, address: str) -> None:
        try:
            open_url(self._page.theme, address, self._page)
        except UserFacingError as error:
            self.failed.emit(error)

    def ask_for_token(self) -> None:
        """Opens the dialog that takes one."""
        window = QApplication.activeWindow() or self._page
        dialog = TokenDialog(self._page.theme, has_token=self._token.there, window=window)
        dialog.given.connect(self._give_token)
        dialog.removal_wanted.connect(self._remove_token)
        dialog.finished.connect(self._dialog_closed)
        self._dialog = dialog
        dialog.open()

    def _dialog_closed(self) -> None:
        self._dialog = None

    def _give_token(self, token: str) -> None:
        job = self._core.hub.account.set_token(token, allowed=True)
        self._relay.watch(job, self._token_changed, self._token_refused)

    def _remove_token(self) -> None:
        self._relay.watch(
            self._core.hub.account.remove_token(), self._token_changed, self._token_refused
        )

    def _token_refused(self, error: UserFacingError) -> None:
        if self._dialog is not None:
            self._dialog.show_error(error)

    def _token_changed(self, state: TokenState) -> None:
        self._token = state
        if self._dialog is not None:
            self._dialog.accept()
        if not state.there:
            self.said.emit("The token is forgotten.")
        else:
            kept = "" if state.kept else " It holds until Lamplight ends: there is no keyring."
            self.said.emit(f"You are {state.name} on the Hub.{kept}")
        self._try_again()

    def _take_token(self, state: TokenState) -> None:
        self._token = state
