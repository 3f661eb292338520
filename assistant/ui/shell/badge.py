"""What waits in a place, as a number on the sidebar, before anybody opens it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from assistant.ui.shell.sidebar import Sidebar

_FIRST_MS = 1_500
_EVERY_MS = 15 * 60_000


class CountBadge(QObject):
    """Has it counted some time after the start, and then four times an hour.

    Args:
        place: Beside which the number stands.
        count: Begins to count; what it found is given to ``show``.
        sidebar: Shows the number.
        parent: The owner.
    """

    def __init__(
        self, place: str, count: Callable[[], object], sidebar: Sidebar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._place = place
        self._count = count
        self._sidebar = sidebar
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._have_counted)

    def begin(self) -> None:
        """The vault is open: counts once nothing else is waited for."""
        self._timer.start(_FIRST_MS)

    def show(self, count: int) -> None:
        """Shows how much waits."""
        self._sidebar.set_count(self._place, count)

    def close(self) -> None:
        """Counts no more."""
        self._timer.stop()

    def _have_counted(self) -> None:
        self._timer.start(_EVERY_MS)
        self._count()
