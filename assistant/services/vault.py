"""Opening and closing the vault, and everything about its keys."""

from typing import Protocol

from assistant.domain.vault import VaultStatus
from assistant.services.jobs import Job


class VaultService(Protocol):
    """What the front ends may do with the vault; every call is a job on the store thread."""

    @property
    def status(self) -> VaultStatus:
        """The state as last seen."""
        ...

    def open(self, secret: str = "") -> Job[VaultStatus]:
        """Opens the vault, making it when there is none.

        Args:
            secret: A passphrase, or a recovery key, whichever the last status asked for;
                empty at the first try. For a new vault without a keyring: the new passphrase.

        The job always gives a status; a wrong secret is the same state again with a detail.
        """
        ...

    def restore(self, backup_id: str) -> Job[VaultStatus]:
        """Moves a damaged vault aside, never deletes it, and opens this backup instead."""
        ...

    def test_recovery_key(self, text: str) -> Job[bool]:
        """Whether this is the recovery key of the open vault."""
        ...

    def new_recovery_key(self) -> Job[str]:
        """Makes a new recovery key, to be shown once; the old one opens nothing any more."""
        ...

    def set_passphrase(self, passphrase: str) -> Job[VaultStatus]:
        """Puts the key under this passphrase from now on, and takes it out of the keyring."""
        ...

    def use_keyring(self) -> Job[VaultStatus]:
        """Puts the key into the keyring from now on."""
        ...
