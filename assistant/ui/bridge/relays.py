"""What the services tell by themselves, brought to the window's thread."""

from PySide6.QtCore import QObject, Signal

from assistant.domain.model import ModelStatus
from assistant.services.core import Core
from assistant.services.history import Changes, HistoryService
from assistant.services.models import ModelService
from assistant.ui.bridge.mailbox import Mailbox


class ChangesRelay(QObject):
    """Tells what was written to the history; a burst of writes is told once.

    Args:
        history: What is listened to.
        parent: The owner.
    """

    changed = Signal(object)
    """A ``Changes``."""

    def __init__(self, history: HistoryService, parent: QObject) -> None:
        super().__init__(parent)
        self._mailbox = Mailbox(self._deliver, self)
        history.on_changes(self._mailbox.post)

    def close(self) -> None:
        """Tells nothing more."""
        self._mailbox.close()

    def _deliver(self, values: list[object]) -> None:
        changes = [value for value in values if isinstance(value, Changes)]
        touched = frozenset(one for change in changes for one in change.conversations)
        self.changed.emit(Changes(touched, listing=any(change.listing for change in changes)))


class ModelStatusRelay(QObject):
    """Tells the state of the chosen model; of a burst only the last.

    Args:
        models: What is listened to.
        parent: The owner.
    """

    changed = Signal(object)
    """A ``ModelStatus``."""

    def __init__(self, models: ModelService, parent: QObject) -> None:
        super().__init__(parent)
        self.status = models.status
        """As last told."""
        self._mailbox = Mailbox(self._deliver, self)
        models.on_status(self._mailbox.post)

    def close(self) -> None:
        """Tells nothing more."""
        self._mailbox.close()

    def _deliver(self, values: list[object]) -> None:
        last = values[-1]
        if isinstance(last, ModelStatus):
            self.status = last
            self.changed.emit(last)


class TroubleRelay(QObject):
    """Tells what went wrong without anyone having asked for it.

    Args:
        core: What is listened to.
        parent: The owner.
    """

    happened = Signal(object)
    """A ``UserFacingError``."""

    def __init__(self, core: Core, parent: QObject) -> None:
        super().__init__(parent)
        self._mailbox = Mailbox(self._deliver, self)
        core.on_trouble(self._mailbox.post)

    def close(self) -> None:
        """Tells nothing more."""
        self._mailbox.close()

    def _deliver(self, values: list[object]) -> None:
        for value in values:
            self.happened.emit(value)
