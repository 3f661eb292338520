"""Reads the log for its page, and again while connections come and go."""

from PySide6.QtCore import QObject, QTimer

from assistant.domain.connection import Connection
from assistant.services.connections import NetworkState
from assistant.services.core import Core
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.bridge.mailbox import Mailbox
from assistant.ui.library.connections.page import ConnectionsPage

_SHOWN = 500
_PAUSE_MS = 500


class ConnectionsController(QObject):
    """Ties the page to the core; reads nothing while nobody looks.

    Args:
        core: Has the log.
        page: What is shown.
        relay: Brings outcomes to this thread.
        parent: The owner.
    """

    def __init__(self, core: Core, page: ConnectionsPage, relay: JobRelay, parent: QObject) -> None:
        super().__init__(parent)
        self._core = core
        self._page = page
        self._relay = relay
        self._seen = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._mailbox = Mailbox(self._heard, self)
        core.hub.connections.on_change(self._tell)
        page.entered.connect(self._enter)
        page.left.connect(self._leave)

    def refresh(self) -> None:
        """Reads the log anew."""
        connections = self._core.hub.connections

        def work(_: object) -> tuple[NetworkState, tuple[Connection, ...]]:
            return connections.state(), connections.newest(_SHOWN)

        self._relay.watch(self._core.workers.in_pool(work), self._show)

    def close(self) -> None:
        """Hears nothing more."""
        self._mailbox.close()

    def _tell(self) -> None:
        self._mailbox.post(None)

    def _heard(self, _: list[object]) -> None:
        if self._seen and not self._pause.isActive():
            self._pause.start()

    def _enter(self) -> None:
        self._seen = True
        self.refresh()

    def _leave(self) -> None:
        self._seen = False

    def _show(self, found: tuple[NetworkState, tuple[Connection, ...]]) -> None:
        self._page.show_log(*found)
