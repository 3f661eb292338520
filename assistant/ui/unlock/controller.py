"""Opens the vault at the start, asking for what it needs."""

from PySide6.QtCore import QObject, Signal

from assistant.domain.errors import UserFacingError
from assistant.domain.vault import VaultState, VaultStatus
from assistant.services.vault import VaultService
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.unlock.screen import UnlockScreen


class UnlockController(QObject):
    """Ties the unlock screen to the vault.

    Args:
        vault: What is opened.
        screen: What asks.
        relay: Brings outcomes to this thread.
        parent: The owner.
    """

    opened = Signal(object)
    """The ``VaultStatus`` of the open vault; a new one carries its recovery key."""
    needed = Signal()
    """The screen has to be shown."""

    def __init__(
        self, vault: VaultService, screen: UnlockScreen, relay: JobRelay, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._vault = vault
        self._screen = screen
        self._relay = relay
        screen.secret_given.connect(self.open)
        screen.retry_wanted.connect(self._retry)
        screen.restore_chosen.connect(self._restore)

    def open(self, secret: str = "") -> None:
        """Tries to open the vault; ends in ``opened`` or ``needed``."""
        self._relay.watch(self._vault.open(secret), self._settled, self._failed)

    def _retry(self) -> None:
        self.open()

    def _restore(self, backup_id: str) -> None:
        self._relay.watch(self._vault.restore(backup_id), self._settled, self._failed)

    def _settled(self, status: VaultStatus) -> None:
        if status.state is VaultState.OPEN:
            self.opened.emit(status)
        else:
            self._screen.show_status(status)
            self.needed.emit()

    def _failed(self, error: UserFacingError) -> None:
        backups = self._vault.place.backups.list()
        state = VaultState.DAMAGED if backups else VaultState.CLOSED
        self._screen.show_status(VaultStatus(state, error.message, error.hint, backups=backups))
        self.needed.emit()
