"""What the queue of downloads tells, brought to the window's thread."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from assistant.domain.download import Download
from assistant.domain.model import ModelInfo
from assistant.services.downloads import DownloadService
from assistant.ui.bridge.mailbox import Mailbox


@dataclass(frozen=True, slots=True)
class _Queue:
    downloads: tuple[Download, ...]


class DownloadsRelay(QObject):
    """Tells how the downloads stand; of a burst only the last.

    Args:
        service: What is listened to.
        parent: The owner.
    """

    changed = Signal()
    """``downloads`` is new."""
    installed = Signal(object)
    """A ``ModelInfo`` that has just become ready."""

    def __init__(self, service: DownloadService, parent: QObject) -> None:
        super().__init__(parent)
        self.downloads = service.all()
        """As last told."""
        self._mailbox = Mailbox(self._deliver, self)
        service.on_changes(lambda now: self._mailbox.post(_Queue(now)))
        service.on_installed(self._mailbox.post)

    def close(self) -> None:
        """Tells nothing more."""
        self._mailbox.close()

    def _deliver(self, values: list[object]) -> None:
        told = False
        for value in values:
            if isinstance(value, ModelInfo):
                self.installed.emit(value)
            elif isinstance(value, _Queue):
                self.downloads = value.downloads
                told = True
        if told:
            self.changed.emit()
