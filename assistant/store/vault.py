"""The open vault: its engine, its keys, and its upkeep. ``store.opening`` makes and opens it."""

from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine

from assistant.domain.errors import EnvironmentProblem
from assistant.domain.health import Check, CheckState
from assistant.domain.ids import BackupId
from assistant.domain.vault import BackupInfo
from assistant.store import key_file
from assistant.store.backups import Backups, Rewritten
from assistant.store.ballast import Ballast
from assistant.store.connection import VaultConnection
from assistant.store.failures import database_errors, file_errors
from assistant.store.health_checks import Progress, check_vault, integrity, moments
from assistant.store.instance import InstanceLock
from assistant.store.key_file import KeyFile, Wrapping
from assistant.store.keys import (
    DataKey,
    WrongSecret,
    new_recovery_key,
    unwrap_with_recovery_key,
    wrap_with_recovery_key,
)
from assistant.store.tail import Tail
from assistant.store.unlock import Protection, protect
from assistant.store.vault_files import VaultFiles

if TYPE_CHECKING:
    from assistant.store.keyring_access import SecretStore


class LogRecorder:
    """Keeps the tail record in step with the write-ahead log (a ``LogWatcher``)."""

    __slots__ = ("_files", "tail")

    def __init__(self, files: VaultFiles, tail: Tail) -> None:
        self._files = files
        self.tail = tail

    def committed(self, connection: VaultConnection) -> None:
        """Notes how far the log reaches now."""
        self._note(connection, checkpointing=False)

    def emptying(self, connection: VaultConnection) -> None:
        """Notes that an empty log will be no loss."""
        self._note(connection, checkpointing=True)

    def emptied(self, connection: VaultConnection) -> None:
        """Notes what is left of the log."""
        self._note(connection, checkpointing=False)

    def _note(self, connection: VaultConnection, *, checkpointing: bool) -> None:
        row = connection.execute("PRAGMA wal_checkpoint = NOOP").fetchone()
        self.tail.write(self._files.wal, row[1], row[2], checkpointing=checkpointing)


class Vault:
    """An open vault. All calls belong on one thread; so does all work on ``engine``.

    Args:
        files: Where it lies.
        key: Its data key.
        keys: Its key file.
        engine: On its database.
        anchor: A connection that stays open, so that the log lives as long as the vault.
        recorder: Told of commits and checkpoints.
        lock: Held by this process.
        backups: Of this vault.
        ballast: Space held back.
        notes: What was noticed at opening: a lost tail, a mended key file.
    """

    def __init__(  # noqa: PLR0913 - it is put together in one place, store.opening
        self,
        *,
        files: VaultFiles,
        key: DataKey,
        keys: KeyFile,
        engine: Engine,
        anchor: VaultConnection,
        recorder: LogRecorder,
        lock: InstanceLock,
        backups: Backups,
        ballast: Ballast,
        notes: tuple[Check, ...],
    ) -> None:
        self.files = files
        self.engine = engine
        self.backups = backups
        self.notes = notes
        self._key = key
        self._keys = keys
        self._anchor = anchor
        self._recorder = recorder
        self._lock = lock
        self._ballast = ballast
        self._closed = False

    @property
    def keys(self) -> KeyFile:
        """The key file as it is now; its ``keyring`` or ``passphrase`` tells the mode."""
        return self._keys

    def derived_key(self, purpose: str) -> bytes:
        """32 bytes that follow from the vault's key and serve ``purpose`` alone."""
        return self._key.derived(purpose)

    # -- upkeep

    def checkpoint(self) -> bool:
        """Moves the write-ahead log into the database and empties it.

        Returns:
            False if a reader held the log; it is then as long as before.

        Raises:
            EnvironmentProblem: The disk is full or refuses; nothing is lost.
        """
        with database_errors():
            self._recorder.emptying(self._anchor)
            row = self._anchor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            self._recorder.emptied(self._anchor)
        return row[0] == 0

    def idle(self) -> None:
        """To be called when nothing has happened for 30 s: empties the log, holds space back.

        Raises:
            EnvironmentProblem: As ``checkpoint``.
        """
        self.checkpoint()
        self._ballast.restore()

    def wal_bytes(self) -> int:
        """Size of the write-ahead log."""
        return self.files.wal.stat().st_size if self.files.wal.exists() else 0

    def lend_room(self) -> bool:
        """Gives a part of the space back that is held for a full disk; False if none is left."""
        with file_errors():
            return self._ballast.lend()

    def free_ballast(self) -> None:
        """Gives back the space that is held for a full disk."""
        self._ballast.free()

    def restore_ballast(self) -> bool:
        """Holds the space back again where the disk has room; tells whether it is held."""
        return self._ballast.restore()

    @contextmanager
    def room_to_delete(self) -> Generator[None]:
        """Around a deletion that has to work on a full disk.

        Frees the ballast before. Afterwards gives the emptied pages back to the disk and holds
        the space back again, if the disk is not too full for that; if it is, ``idle`` does.
        """
        self._ballast.free()
        yield
        with suppress(EnvironmentProblem):
            with database_errors():
                self._anchor.execute("PRAGMA incremental_vacuum").fetchall()
            self.checkpoint()
        self._ballast.restore()

    def check(self, *, full: bool = False, progress: Progress | None = None) -> tuple[Check, ...]:
        """The doctor's rows about the vault.

        Args:
            full: Also every page and every index (some 8 ms per MB); empties the log first.
            progress: Called with the part that is done, 0 to 1; may raise ``Cancelled``.
        """
        rows = check_vault(
            self._anchor,
            self.files,
            ballast_held=self._ballast.held,
            tail_failed=self._recorder.tail.failed,
        )
        return (*rows, *(self._check_all(progress) if full else ()), *self.notes)

    def _check_all(self, progress: Progress | None) -> tuple[Check, ...]:
        try:
            self.checkpoint()
            return (integrity(self._anchor, progress), moments(self._anchor))
        except EnvironmentProblem as problem:
            return (Check("database", CheckState.PROBLEM, problem.message, problem.hint),)

    def close(self) -> None:
        """Empties the log, closes all files and gives the lock back; again changes nothing."""
        if self._closed:
            return
        self._closed = True
        # A disk that is full keeps the log: it is replayed at the next start.
        with suppress(EnvironmentProblem):
            self.checkpoint()
        self.engine.dispose()
        self._recorder.tail.close()
        self._anchor.close()
        self._lock.release()

    # -- backups

    def back_up(self) -> BackupInfo:
        """Makes and verifies a backup now.

        Raises:
            EnvironmentProblem: Disk full, or the backup does not equal the vault.
        """
        return self.backups.create(self._anchor, self._key, self._keys)

    def verify_backup(self, backup_id: BackupId) -> BackupInfo:
        """Opens a copy of a backup and checks all of it.

        Raises:
            UserFacingError: See ``Backups.verify``.
        """
        return self.backups.verify(backup_id, self._key)

    def restore_backup(self, backup_id: BackupId) -> None:
        """Closes the vault and puts a backup in its place; open it again afterwards.

        The present files are moved aside, not deleted.

        Raises:
            UserFacingError: See ``Backups.restore``; the vault is closed, its files unchanged.
        """
        self.backups.verify(backup_id, self._key)
        self.close()
        self.backups.restore(backup_id, self._key)

    def rewrite_backups_after_forget(self, scrub: Callable[[Connection], bool]) -> Rewritten:
        """Removes from the backups what was forgotten in the vault.

        Args:
            scrub: Removes it from an open backup and tells whether there was any.

        Raises:
            EnvironmentProblem: See ``Backups.rewrite_after_forget``.
        """
        return self.backups.rewrite_after_forget(self._key, scrub)

    # -- keys

    def test_recovery_key(self, text: str) -> bool:
        """Whether this is the recovery key of this vault.

        Raises:
            RecoveryKeyMistyped: It cannot be any recovery key.
        """
        try:
            wrapped = self._keys.recovery.wrapped()
            return unwrap_with_recovery_key(wrapped, text, self._keys.vault_id) == self._key
        except WrongSecret:
            return False

    def renew_recovery_key(self) -> str:
        """Makes a new recovery key, to be shown once; the old one opens nothing any more.

        Raises:
            EnvironmentProblem: The disk refuses; the old key stays valid.
        """
        text = new_recovery_key()
        wrapped = wrap_with_recovery_key(self._key, text, self._keys.vault_id)
        self._keep(self._keys.changed(recovery=Wrapping.of(wrapped)))
        return text

    def protect(self, protection: Protection, old_keyring: "SecretStore | None" = None) -> None:
        """Puts the vault under another passphrase, or changes between passphrase and keyring.

        Args:
            protection: What opens it from now on, beside the recovery key.
            old_keyring: Where the key lay before; it is taken out of there when a passphrase
                takes its place.

        Raises:
            UserFacingError: The passphrase is too short.
            EnvironmentProblem: The keyring or the disk refuses; what opened it before still
                does.
        """
        old = self._keys.keyring
        place, wrapping = protect(self._keys.vault_id, self._key, protection)
        self._keep(self._keys.changed(keyring=place, passphrase=wrapping))
        if old is not None and old_keyring is not None and self._keys.keyring is None:
            old_keyring.remove(old.entry)

    def _keep(self, keys: KeyFile) -> None:
        with file_errors():
            key_file.save(self.files, keys)
        self._keys = keys
        self.backups.replace_keys(keys)
