"""Rolling backups, for the front ends."""

from datetime import datetime

from assistant.domain.ids import BackupId
from assistant.domain.vault import BackupInfo
from assistant.services.jobs import Job, Workers
from assistant.services.vault import VaultService


class BackupService:
    """Every public job is done on the store thread.

    Args:
        workers: The store thread.
        vault: The vault that is backed up.
    """

    def __init__(self, workers: Workers, vault: VaultService) -> None:
        self._workers = workers
        self._vault = vault

    def create(self) -> Job[BackupInfo]:
        """Makes and verifies a backup now."""
        return self._workers.on_store(lambda: self._vault.opened().back_up())

    def list(self) -> "Job[list[BackupInfo]]":
        """All backups, newest first; the vault need not be open."""
        return self._workers.on_store(lambda: [*self._vault.place.backups.list()])

    def verify(self, backup_id: BackupId) -> Job[BackupInfo]:
        """Opens a copy of a backup and checks every page and row count of it."""
        return self._workers.on_store(lambda: self._vault.opened().verify_backup(backup_id))

    def newest_now(self) -> datetime | None:
        """When the newest backup was made; on the store thread."""
        listed = self._vault.place.backups.list()
        return listed[0].made_at if listed else None

    def create_now(self) -> None:
        """Makes a backup; on the store thread."""
        self._vault.opened().back_up()
