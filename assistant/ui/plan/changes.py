"""What was planned anew, brought to the window's thread."""

from PySide6.QtCore import QObject, Signal

from assistant.services.planning.desk import PlanChanges, PlanningDesk
from assistant.ui.bridge.mailbox import Mailbox


class PlanChangesRelay(QObject):
    """Tells what was written of tasks and plans; a burst of steps is told once.

    Args:
        desk: What is listened to.
        parent: The owner.
    """

    changed = Signal(object)
    """The names of the tables that changed, a ``frozenset``."""

    def __init__(self, desk: PlanningDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._mailbox = Mailbox(self._deliver, self)
        desk.on_changes(self._mailbox.post)

    def close(self) -> None:
        """Tells nothing more."""
        self._mailbox.close()

    def _deliver(self, values: list[object]) -> None:
        steps = [value for value in values if isinstance(value, PlanChanges)]
        self.changed.emit(frozenset(name for step in steps for name in step.tables))
