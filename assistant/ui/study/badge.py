"""How many cards are due, on the sidebar, before anybody opens the Study place."""

from PySide6.QtCore import QObject, QTimer

from assistant.services.study.services import StudyServices
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.shell.sidebar import Sidebar

_FIRST_MS = 1_500
_EVERY_MS = 15 * 60_000


class DueBadge(QObject):
    """Counts some time after the start, and then four times an hour.

    Args:
        study: The services.
        relay: Brings outcomes here.
        sidebar: Shows the number beside “Study”.
        parent: The owner.
    """

    def __init__(
        self, study: StudyServices, relay: JobRelay, sidebar: Sidebar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._study = study
        self._relay = relay
        self._sidebar = sidebar
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.count)

    def begin(self) -> None:
        """The vault is open: counts once nothing else is waited for."""
        self._timer.start(_FIRST_MS)

    def count(self) -> None:
        """Counts now, and again later."""
        self._timer.start(_EVERY_MS)
        self._relay.watch(self._study.today.due(), self._show)

    def close(self) -> None:
        """Counts no more."""
        self._timer.stop()

    def _show(self, due: int) -> None:
        self._sidebar.set_count("study", due)
