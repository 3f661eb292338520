"""Downloads as the models place begins, holds and ends them; it asks before it goes online."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from assistant.domain.catalogue import CatalogueSource
from assistant.domain.download import Download, DownloadId, DownloadOrder
from assistant.domain.errors import UserFacingError
from assistant.domain.model import ModelInfo
from assistant.domain.sizes import size_words
from assistant.services.core import Core
from assistant.services.verifying import Verified
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.library.entries import Action, Entry
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.question import Question


class Fetching(QObject):
    """Orders what is wanted, once the user has said that it may connect.

    Args:
        theme: The theme in force.
        window: Where it asks.
        core: Looks up what a model consists of, and queues it.
        relay: Brings outcomes to this thread; owns this.
    """

    said = Signal(str)
    """What is being done."""
    resume_wanted = Signal(str)
    """Id of a download that shall go on; its page knows whether leave has to be asked for."""
    failed = Signal(object)
    """A ``UserFacingError``."""

    def __init__(
        self,
        theme: Theme,
        window: QWidget,
        core: Core,
        relay: JobRelay,
    ) -> None:
        super().__init__(relay)
        self._theme = theme
        self._window = window
        self._core = core
        self._relay = relay

    def act(self, action: Action, entry: Entry) -> None:
        """Does what a row asks for, as far as it is about downloads."""
        download = entry.download
        if action is Action.DOWNLOAD:
            self.want(entry.model)
        elif download is None:
            return
        elif action is Action.PAUSE:
            self._do(self._core.downloads.pause, download)
        elif action in (Action.RESUME, Action.RETRY):
            self.resume_wanted.emit(str(download.order.id))
        elif action is Action.STOP:
            self._ask_to_stop(download)

    def want_anyway(self, entry: Entry) -> None:
        """Downloads a model that seems not to fit; the question before it named the network."""
        if not entry.model.installed:
            self._fetch(entry.model, allowed=True)

    def want(self, model: ModelInfo) -> None:
        """Downloads a model of the catalogue; where work is offline, asks first, once."""
        network = self._core.hub.connections
        if not network.offline or network.sealed:
            self._fetch(model)  # sealed, it says why it cannot be
            return
        size = size_words(model.size_bytes)
        about = "about " if model.size_estimated else ""
        question = Question(
            self._theme,
            "Go online for this file?",
            f"{model.name} is {about}{size}, from {model.repo} on Hugging Face. Lamplight connects "
            "for this file and for nothing else, and writes every connection down.",
            "Download",
            self._window,
            icon="download",
        )
        question.yes.set_kind("primary")
        question.subject = model
        question.agreed.connect(self._allowed)
        question.open()

    def offer_again(self, damaged: Verified) -> None:
        """Offers to download a model that is damaged again."""
        model = damaged.model
        files = "Its file is not what it was"
        if (damaged.broken_files or 1) > 1:
            files = f"{damaged.broken_files} of its files are not what they were"
        question = Question(
            self._theme,
            f"{model.name} is damaged",
            f"{files} when it came. It was set aside and answers no more. Lamplight can connect "
            f"for this file alone and fetch the same {size_words(model.size_bytes)} from "
            f"{model.repo} again.",
            "Download again",
            self._window,
            icon="download",
        )
        question.yes.set_kind("primary")
        question.no.setText("Not now")
        question.subject = model
        question.agreed.connect(self._again)
        question.open()

    def _again(self, model: ModelInfo) -> None:
        self.said.emit(f"Looking up {model.name} on the Hub.")
        job = self._core.hub.orders.of_model(model, allowed=True)
        self._relay.watch(job, self._queue, self._fail)

    def _allowed(self, model: ModelInfo) -> None:
        self._fetch(model, allowed=True)

    def _fetch(self, model: ModelInfo, *, allowed: bool = False) -> None:
        source = self._source_of(model)
        if source is None:
            self._fail(
                UserFacingError(
                    f"The catalogue does not name {model.name} any more.",
                    "Search the Hub for it.",
                    code="repo_unknown",
                )
            )
            return
        self.said.emit(f"Looking up {model.name} on the Hub.")
        job = self._core.hub.orders.of_catalogue(source, allowed=allowed)
        self._relay.watch(job, self._queue, self._fail)

    def _source_of(self, model: ModelInfo) -> CatalogueSource | None:
        every = (source for entry in self._core.catalogue.entries() for source in entry.sources)
        return next((source for source in every if source.info.id == model.id), None)

    def _queue(self, order: DownloadOrder) -> None:
        job = self._core.workers.in_pool(lambda _: self._core.downloads.order(order))
        self._relay.watch(job, None, self._fail)

    def _do(self, work: Callable[[DownloadId], None], download: Download) -> None:
        """On another thread: each of these writes to the disk."""
        name = download.order.id
        self._relay.watch(self._core.workers.in_pool(lambda _: work(name)), None, self._fail)

    def _ask_to_stop(self, download: Download) -> None:
        if not download.done_bytes:
            self._do(self._core.downloads.cancel, download)
            return
        question = Question(
            self._theme,
            f"Give up {download.order.model.name}?",
            f"{size_words(download.done_bytes)} that are here already are deleted.",
            "Give up",
            self._window,
        )
        question.subject = download
        question.agreed.connect(self._stop)
        question.open()

    def _stop(self, download: Download) -> None:
        self._do(self._core.downloads.cancel, download)

    def _fail(self, error: UserFacingError) -> None:
        self.failed.emit(error)
