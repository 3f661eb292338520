"""Rolling backups, for the front ends."""

from typing import Protocol

from assistant.domain.ids import BackupId
from assistant.domain.vault import BackupInfo
from assistant.services.jobs import Job


class BackupService(Protocol):
    """Every call is a job on the store thread."""

    def create(self) -> Job[BackupInfo]:
        """Makes and verifies a backup now."""
        ...

    def list(self) -> Job[list[BackupInfo]]:
        """All backups, newest first."""
        ...

    def verify(self, backup_id: BackupId) -> Job[BackupInfo]:
        """Opens a backup and checks every page and row count of it."""
        ...

    def restore(self, backup_id: BackupId) -> Job[None]:
        """Puts a backup in the vault's place; the present vault is moved aside, not deleted."""
        ...
