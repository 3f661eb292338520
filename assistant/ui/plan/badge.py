"""How many tasks today has, on the sidebar, before anybody opens the Plan place."""

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from assistant.services.planning.services import PlanningServices
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.shell.badge import CountBadge
from assistant.ui.shell.sidebar import Sidebar

if TYPE_CHECKING:
    from assistant.services.planning.task_values import Counts
    from assistant.ui.plan.changes import PlanChangesRelay

_COUNTED = frozenset({"task", "plansetting"})


class PlanBadge(QObject):
    """Counts after every change of tasks as well, see ``CountBadge``.

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
        self._changes: PlanChangesRelay | None = None
        self._badge = CountBadge("plan", self._import_first, sidebar, self)

    def begin(self) -> None:
        """The vault is open: counts once nothing else is waited for."""
        self._badge.begin()

    def _import_first(self) -> None:
        self._relay.watch(self._planning.workers.in_pool(_import), self._count)

    def _count(self, _: object = None) -> None:
        if self._changes is None:
            from assistant.ui.plan.changes import PlanChangesRelay

            self._changes = PlanChangesRelay(self._planning.desk, self)
            self._changes.changed.connect(self._changed)
        self._relay.watch(self._planning.tasks.counts(), self._show)

    def close(self) -> None:
        """Counts no more."""
        self._badge.close()
        if self._changes is not None:
            self._changes.close()

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & _COUNTED:
            self._count()

    def _show(self, counts: "Counts") -> None:
        self._badge.show(counts.today)


def _import(_: object) -> None:
    """What counting needs; it takes longer than the window may stand still."""
    for name in ("desk", "tasks"):
        import_module(f"assistant.services.planning.{name}")
