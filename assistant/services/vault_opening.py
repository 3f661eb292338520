"""Which way into the vault is taken, and what the user is asked for when there is none."""

from dataclasses import dataclass

from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.ids import BackupId
from assistant.domain.vault import VaultState, VaultStatus
from assistant.services.options import CoreOptions
from assistant.store.backup_record import Keep
from assistant.store.inspection import Condition, VaultInspection, inspect
from assistant.store.key_file import KeyFile
from assistant.store.keyring_access import SystemKeyring, find_system_keyring
from assistant.store.keys import normal_recovery_key
from assistant.store.opening import VaultPlace, create_vault, open_vault, restore_backup
from assistant.store.unlock import ByKeyring, ByPassphrase, ByRecoveryKey, Unlock
from assistant.store.vault import Vault
from assistant.store.vault_files import VaultFiles

_STATES = {
    "vault_damaged": VaultState.DAMAGED,
    "key_file_damaged": VaultState.DAMAGED,
    "newer_vault": VaultState.NEWER,
    "already_running": VaultState.BUSY,
    "wrong_passphrase": VaultState.NEEDS_PASSPHRASE,
    "needs_passphrase": VaultState.NEEDS_PASSPHRASE,
    "passphrase_too_short": VaultState.NEW_PASSPHRASE,
    "wrong_recovery_key": VaultState.NEEDS_RECOVERY_KEY,
    "recovery_key_mistyped": VaultState.NEEDS_RECOVERY_KEY,
    "needs_keyring": VaultState.NEEDS_RECOVERY_KEY,
    "keyring_entry_missing": VaultState.NEEDS_RECOVERY_KEY,
    "keyring_entry_changed": VaultState.NEEDS_RECOVERY_KEY,
    "keyring_locked": VaultState.NEEDS_RECOVERY_KEY,
    "keyring_missing": VaultState.NEEDS_RECOVERY_KEY,
    "keyring_refused": VaultState.NEEDS_RECOVERY_KEY,
}


class NeedsSecret(Exception):  # noqa: N818 - it is a way to ask, not an error
    """The vault cannot be opened without something from the user.

    Args:
        state: What is needed.
    """

    def __init__(self, state: VaultState) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True, slots=True)
class Opened:
    """An open vault, and its recovery key if it was made just now."""

    vault: Vault
    recovery_key: str = ""


class VaultOpener:
    """Opens, makes and restores the vault of one profile; on the store thread only.

    Args:
        options: Where the vault is, and whether a keyring may be used.
        keep_days: Of how many days a backup is kept.
    """

    def __init__(self, options: CoreOptions, keep_days: int) -> None:
        files = VaultFiles(options.paths.database, options.paths.backups)
        self.place = VaultPlace(files, options.clock, keep=Keep(days=keep_days))
        self._options = options
        self._last: Unlock | None = None

    def open(self, secret: str) -> Opened:
        """Opens the vault, or makes it where there never was one.

        Raises:
            NeedsSecret: The secret is missing.
            UserFacingError: It is wrong, or the vault cannot be opened.
        """
        found = inspect(self.place.files)
        if found.condition is Condition.ABSENT:
            return self._make(secret)
        # Kept also where opening fails: a backup of a damaged vault opens in the same way.
        self._last = self._way_in(found, secret)
        return Opened(open_vault(self.place, self._last))

    def reopen(self) -> Opened:
        """Opens the vault as it was opened last."""
        if self._last is None:
            return self.open("")
        return Opened(open_vault(self.place, self._last))

    def restore_closed(self, backup_id: BackupId) -> None:
        """Puts a backup in the place of a vault that is not open.

        Raises:
            NeedsSecret: The secret is missing.
            UserFacingError: The backup cannot be restored; nothing was changed.
        """
        unlock = self._last or self._way_in(inspect(self.place.files), "")
        restore_backup(self.place, unlock, backup_id)

    def keyring(self, keys: KeyFile | None = None) -> SystemKeyring | None:
        """The keyring of the system, where there is one that can be trusted.

        Args:
            keys: Of the vault that is to be opened: the keyring that holds its key comes first.
        """
        if not self._options.keyring:
            return None
        place = keys.keyring if keys is not None else None
        try:
            return find_system_keyring("" if place is None else place.backend)
        except EnvironmentProblem:
            return None

    def _make(self, secret: str) -> Opened:
        # A passphrase that is given beforehand says that the keyring is not wanted.
        wanted = self._options.passphrase_file is None and not secret
        keyring = self.keyring() if wanted else None
        if keyring is None and not secret:
            raise NeedsSecret(VaultState.NEW_PASSPHRASE)
        protection = ByPassphrase(secret) if keyring is None else ByKeyring(keyring)
        vault, recovery_key = create_vault(self.place, protection)
        self._last = protection
        return Opened(vault, recovery_key)

    def _way_in(self, found: VaultInspection, secret: str) -> Unlock:
        under_keyring = found.keys is None or found.keys.keyring is not None
        if secret:
            by_recovery = under_keyring or _is_recovery_key(secret)
            return ByRecoveryKey(secret) if by_recovery else ByPassphrase(secret)
        if not under_keyring:
            raise NeedsSecret(VaultState.NEEDS_PASSPHRASE)
        keyring = self.keyring(found.keys)
        if keyring is None:
            raise NeedsSecret(VaultState.NEEDS_RECOVERY_KEY)
        return ByKeyring(keyring)

    def refusal(self, error: UserFacingError) -> VaultStatus:
        """The status that an error at opening amounts to."""
        state = _STATES.get(error.code, VaultState.CLOSED)
        backups = self.place.backups.list() if state is VaultState.DAMAGED else ()
        return VaultStatus(state, error.message, error.hint, code=error.code, backups=backups)


def _is_recovery_key(text: str) -> bool:
    try:
        normal_recovery_key(text)
    except UserFacingError:
        return False
    return True
