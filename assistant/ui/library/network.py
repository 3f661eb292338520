"""Keeps what is said about the network true: at the sidebar's foot, and on the card."""

from PySide6.QtCore import QObject, Signal

from assistant.domain.connection import Connection
from assistant.services.connections import Connections
from assistant.services.jobs import Workers
from assistant.ui.bridge.downloads import DownloadsRelay
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.bridge.mailbox import Mailbox
from assistant.ui.library.network_words import foot_words, network_view, open_hosts
from assistant.ui.library.side_cards import NetworkView

_ENOUGH = 50


class NetworkWatch(QObject):
    """Reads the log of connections when it grew, never on the window's thread.

    Args:
        connections: The log, and whether work is offline.
        workers: Read it.
        downloads: What is under way.
        relay: Brings outcomes to this thread; owns this.
    """

    changed = Signal()
    """``view``, ``title`` and ``note`` are new."""

    def __init__(
        self,
        connections: Connections,
        workers: Workers,
        downloads: DownloadsRelay,
        relay: JobRelay,
    ) -> None:
        super().__init__(relay)
        self._connections = connections
        self._workers = workers
        self._downloads = downloads
        self._relay = relay
        self._known: tuple[Connection, ...] = ()
        self._reading = False
        self._stale = False
        self.view = NetworkView("Offline", "")
        self.title, self.note = "Offline", ""
        self._mailbox = Mailbox(self._heard, self)
        connections.on_change(lambda: self._mailbox.post(None))
        downloads.changed.connect(self.say)

    def read(self) -> None:
        """Reads the log; while that is under way, once more after it."""
        if self._reading:
            self._stale = True
            return
        self._reading = True
        job = self._workers.in_pool(lambda _: self._connections.newest(_ENOUGH))
        self._relay.watch(job, self._take)

    def say(self) -> None:
        """Puts into words what is known; after a change of the settings as well."""
        downloads = self._downloads.downloads
        sealed, offline = self._connections.sealed, self._connections.offline
        view = network_view(self._known, downloads, offline=offline, sealed=sealed)
        title, note = foot_words(view, downloads, open_hosts(self._known))
        if (view, title, note) != (self.view, self.title, self.note):
            self.view, self.title, self.note = view, title, note
            self.changed.emit()

    @property
    def icon(self) -> str:
        """Of the sidebar's foot."""
        return "download" if self.view.online else "wifi-off"

    def close(self) -> None:
        """Hears nothing more."""
        self._mailbox.close()

    def _heard(self, _: list[object]) -> None:
        self.read()

    def _take(self, known: tuple[Connection, ...]) -> None:
        self._known = known
        self._reading = False
        self.say()
        if self._stale:
            self._stale = False
            self.read()
