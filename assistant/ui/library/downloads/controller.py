"""Carries the wishes of the page of downloads to the queue, and the queue's state back."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QObject, Signal

from assistant.domain.download import Download, DownloadId
from assistant.domain.model import ModelInfo
from assistant.services.core import Core
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.bridge.mailbox import Mailbox
from assistant.ui.library.downloads.page import DownloadsPage
from assistant.ui.widgets.question import Question


class DownloadsController(QObject):
    """Ties the page to the core.

    Args:
        core: What is changed.
        page: What is shown.
        relay: Brings outcomes to this thread.
        parent: The owner.
    """

    changed = Signal(object)
    """All downloads, a tuple of ``Download``, each time that they are told."""
    installed = Signal(object)
    """A ``ModelInfo`` that has become ready."""

    def __init__(self, core: Core, page: DownloadsPage, relay: JobRelay, parent: QObject) -> None:
        super().__init__(parent)
        self._core = core
        self._page = page
        self._relay = relay
        self._told = Mailbox(self._show_last, self)
        self._ready = Mailbox(self._announce, self)
        core.downloads.on_changes(self._told.post)
        core.downloads.on_installed(self._ready.post)
        page.pause_wanted.connect(self._pause)
        page.resume_wanted.connect(self.resume)
        page.cancel_wanted.connect(self._cancel)
        page.move_wanted.connect(self._move)
        page.clear_wanted.connect(self._clear)
        self._show(core.downloads.all())

    def close(self) -> None:
        """Shows nothing more."""
        self._told.close()
        self._ready.close()

    def resume(self, download_id: str) -> None:
        """Goes on with a download; asks first where that takes going online."""
        if not self._core.downloads.needs_leave(DownloadId(download_id)):
            self._go_on(download_id)
            return
        question = Question(
            self._page.theme,
            "Go online for this file?",
            "Lamplight works offline. It would connect for this download alone, to the Hub and "
            "to where the Hub keeps its files; the log of connections shows it.",
            "Go online",
            self._page,
            icon="download",
        )
        question.yes.set_kind("primary")
        question.subject = download_id
        question.agreed.connect(self._go_on)
        question.open()

    def _go_on(self, download_id: object) -> None:
        self._do(self._core.downloads.resume, download_id)

    def _pause(self, download_id: str) -> None:
        self._do(self._core.downloads.pause, download_id)

    def _cancel(self, download_id: str) -> None:
        self._do(self._core.downloads.cancel, download_id)

    def _move(self, download_id: str, place: int) -> None:
        self._do(lambda name: self._core.downloads.move(name, place), download_id)

    def _clear(self) -> None:
        self._relay.watch(self._core.workers.in_pool(lambda _: self._core.downloads.clear_done()))

    def _do(self, work: Callable[[DownloadId], None], download_id: object) -> None:
        """On another thread: each of these writes to the disk."""
        name = DownloadId(str(download_id))
        self._relay.watch(self._core.workers.in_pool(lambda _: work(name)))

    def _show_last(self, values: list[object]) -> None:
        self._show(cast("tuple[Download, ...]", values[-1]))

    def _show(self, downloads: tuple[Download, ...]) -> None:
        self._page.show_downloads(downloads)
        self.changed.emit(downloads)

    def _announce(self, values: list[object]) -> None:
        for value in values:
            if isinstance(value, ModelInfo):
                self.installed.emit(value)
