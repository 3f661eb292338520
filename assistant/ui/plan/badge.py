"""How many tasks today has, on the sidebar, before anybody opens the Plan place."""

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from assistant.services.planning.services import PlanningServices
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.shell.sidebar import Sidebar

if TYPE_CHECKING:
    from assistant.services.planning.task_values import Counts
    from assistant.ui.plan.changes import PlanChangesRelay

_FIRST_MS = 1_500
_EVERY_MS = 15 * 60_000
_COUNTED = frozenset({"task", "plansetting"})


class PlanBadge(QObject):
    """Counts some time after the start, after every change of tasks, and four times an hour.

    Args:
        planning: The services.
        relay: Brings outcomes here.
        sidebar: Shows the number beside “Plan”.
        parent: The owner.
    """

    def __init__(
        self, planning: PlanningServices, relay: JobRelay, sidebar: Sidebar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._planning = planning
        self._relay = relay
        self._sidebar = sidebar
        self._changes: PlanChangesRelay | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._count_later)

    def begin(self) -> None:
        """The vault is open: counts once nothing else is waited for."""
        self._timer.start(_FIRST_MS)

    def _count_later(self) -> None:
        self._timer.start(_EVERY_MS)
        self._relay.watch(self._planning.workers.in_pool(_import), self._count)

    def _count(self, _: object = None) -> None:
        if self._changes is None:
            from assistant.ui.plan.changes import PlanChangesRelay

            self._changes = PlanChangesRelay(self._planning.desk, self)
            self._changes.changed.connect(self._changed)
        self._relay.watch(self._planning.tasks.counts(), self._show)

    def close(self) -> None:
        """Counts no more."""
        self._timer.stop()
        if self._changes is not None:
            self._changes.close()

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & _COUNTED:
            self._count()

    def _show(self, counts: "Counts") -> None:
        self._sidebar.set_count("plan", counts.today)


def _import(_: object) -> None:
    """What counting needs; it takes longer than the window may stand still."""
    for name in ("desk", "tasks"):
        import_module(f"assistant.services.planning.{name}")
