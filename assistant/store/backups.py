"""Rolling encrypted backups: made by SQLite itself, verified by opening them, then renamed.

A backup is two files with one name: the database under the same key, and a record with what is
needed to open it elsewhere (the wrapped keys) and to know it again (hash, rows, schema).
"""

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from assistant.domain.clock import Clock
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.ids import BackupId
from assistant.domain.vault import BackupInfo
from assistant.store import key_file
from assistant.store.backup_record import (
    SUFFIX,
    BackupContent,
    BackupRecord,
    Keep,
    StoredBackup,
    backup_name,
    file_sha256,
    read_record,
    surplus,
)
from assistant.store.connection import encrypted_engine, open_connection, pragma_value
from assistant.store.failures import database_errors, file_errors
from assistant.store.key_file import KeyFile
from assistant.store.keys import DataKey
from assistant.store.migrations import MIGRATIONS, Migration, migrate, schema_version, table_rows
from assistant.store.sqlcipher import dbapi2
from assistant.store.vault_files import (
    VaultFiles,
    move_aside,
    sync_file,
    sync_folder,
    write_atomically,
)

_UNFINISHED: Final = ".new"
_CHATS: Final = "SELECT count(*) FROM conversation WHERE active_leaf IS NOT NULL OR title <> ''"


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What became of the backups after something was forgotten.

    Args:
        changed: Held some of it and were rewritten without it.
        unreadable: Cannot be opened, so they may still hold it; the user decides about them.
    """

    changed: tuple[BackupId, ...]
    unreadable: tuple[BackupId, ...]


class Backups:
    """The backups of one vault. Listing needs no key.

    Args:
        files: Of the vault.
        clock: Gives the time in their names.
        keep: How many stay when a new one is made.
    """

    __slots__ = ("_clock", "_files", "_keep")

    def __init__(self, files: VaultFiles, clock: Clock, keep: Keep | None = None) -> None:
        self._files = files
        self._clock = clock
        self._keep = keep or Keep()

    def stored(self) -> tuple[StoredBackup, ...]:
        """All that are complete, newest first."""
        found: list[StoredBackup] = []
        for path in self._files.backups.glob(f"vault-*{SUFFIX}"):
            record = read_record(path.with_suffix(".json"))
            if record is not None:
                found.append(StoredBackup(path, record))
        return tuple(sorted(found, key=lambda each: each.record.sequence, reverse=True))

    def list(self) -> tuple[BackupInfo, ...]:
        """All that are complete, newest first; each was verified when it was made."""
        return tuple(backup.info(verified=True) for backup in self.stored())

    def newest_good(self) -> BackupInfo | None:
        """The newest whose file is bit for bit what was verified; needs no key."""
        good = (backup for backup in self.stored() if backup.sound())
        newest = next(good, None)
        return newest and newest.info(verified=True)

    def create(self, source: dbapi2.Connection, key: DataKey, keys: KeyFile) -> BackupInfo:
        """Makes a backup, verifies it, and lets those go that are no longer needed.

        Args:
            source: To the open vault, with no transaction open and no other writer.
            key: Of the vault.
            keys: Its key file, of which the backup gets a copy.

        Raises:
            EnvironmentProblem: Disk full, or the backup does not equal the vault.
        """
        folder = self._files.backups
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._clear_unfinished()
        stored = self.stored()
        sequence = max((each.record.sequence for each in stored), default=0) + 1
        made_at = self._clock.now()
        path = folder / backup_name(sequence, made_at)
        draft = path.with_name(path.name + _UNFINISHED)
        try:
            with database_errors():
                source.execute("VACUUM INTO ?", (str(draft),))
                rows = table_rows(source)
            content = _verified(draft, key)
            if content.rows != rows:
                raise _damaged()
            record = BackupRecord(
                sequence=sequence, made_at=made_at, contents=(content,), key_file=keys
            )
            backup = StoredBackup(path, record)
            with file_errors():
                sync_file(draft)
                # The record first: a database that no record names could not be scrubbed.
                write_atomically(backup.record_path, record.model_dump_json(indent=2).encode())
                draft.replace(path)
                sync_folder(folder)
        finally:
            _remove_draft(draft)
        self.prune()
        return backup.info(verified=True)

    def verify(self, backup_id: BackupId, key: DataKey) -> BackupInfo:
        """Checks every page and every count of a backup, on a copy so that it stays as it is.

        Raises:
            UserFacingError: There is no such backup (``backup_missing``).
            EnvironmentProblem: It is damaged (``backup_damaged``).
        """
        backup = self._find(backup_id)
        draft = backup.path.with_name(backup.path.name + _UNFINISHED)
        try:
            self._checked_copy(backup, draft, key)
        finally:
            _remove_draft(draft)
        return backup.info(verified=True)

    def restore(self, backup_id: BackupId, key: DataKey, label: str = "replaced") -> None:
        """Puts a backup in the vault's place. The vault must be closed.

        The present files are renamed to ``vault.db.<label>-<time>``, never deleted.

        Raises:
            UserFacingError: There is no such backup (``backup_missing``).
            EnvironmentProblem: It is damaged, or the disk refuses; the vault is as it was.
        """
        backup = self._find(backup_id)
        files = self._files
        draft = files.database.with_name(files.database.name + _UNFINISHED)
        try:
            self._checked_copy(backup, draft, key)
            now = self._clock.now()
            with file_errors():
                sync_file(draft)
                for path in (files.wal, files.shm, files.tail, files.database):
                    move_aside(path, label, now)
                self._restore_keys(backup.record.key_file, label)
                draft.replace(files.database)
                sync_folder(files.database.parent)
        finally:
            _remove_draft(draft)

    def prune(self) -> None:
        """Deletes what the policy no longer keeps, the record last."""
        for backup in surplus(self.stored(), self._keep):
            backup.path.unlink(missing_ok=True)
            backup.record_path.unlink(missing_ok=True)

    def replace_keys(self, keys: KeyFile) -> None:
        """Gives every backup of this vault the present wrappings.

        So that a passphrase or a recovery key that was replaced opens none of them any more.
        """
        for backup in self.stored():
            if backup.record.key_file.vault_id == keys.vault_id:
                self._note(backup, backup.record.model_copy(update={"key_file": keys}))

    def rewrite_after_forget(
        self,
        key: DataKey,
        scrub: Callable[[Connection], bool],
        migrations: tuple[Migration, ...] = MIGRATIONS,
    ) -> Rewritten:
        """Removes from every backup what was forgotten in the vault.

        Args:
            key: Of the vault.
            scrub: Removes it from an open backup and tells whether there was any.
            migrations: A backup of an older schema is brought to the newest one first.

        Raises:
            EnvironmentProblem: Disk full; the backups that were not reached are as they were.
        """
        changed: list[BackupId] = []
        self._clear_unfinished()
        stored = self.stored()
        known = {backup.path for backup in stored}
        unreadable = [
            BackupId(path.name)
            for path in self._files.backups.glob(f"vault-*{SUFFIX}")
            if path not in known
        ]
        for backup in stored:
            draft = backup.path.with_name(backup.path.name + _UNFINISHED)
            try:
                self._checked_copy(backup, draft, key)
                if _scrub_file(draft, key, scrub, migrations):
                    self._replace(backup, draft, key)
                    changed.append(backup.id)
            except EnvironmentProblem as problem:
                if problem.code != "backup_damaged":
                    raise
                unreadable.append(backup.id)
            finally:
                _remove_draft(draft)
        return Rewritten(tuple(changed), tuple(unreadable))

    def _find(self, backup_id: BackupId) -> StoredBackup:
        for backup in self.stored():
            if backup.id == backup_id:
                return backup
        raise UserFacingError(
            "There is no such backup.",
            "The list of backups names all that can be restored.",
            code="backup_missing",
        )

    def _checked_copy(self, backup: StoredBackup, draft: Path, key: DataKey) -> None:
        _remove_draft(draft)
        with file_errors():
            shutil.copyfile(backup.path, draft)
            draft.chmod(0o600)
        content = backup.content_of(draft)
        if content is None:
            raise _damaged()
        if _verified(draft, key).rows != content.rows:
            raise _damaged()

    def _replace(self, backup: StoredBackup, draft: Path, key: DataKey) -> None:
        content = _verified(draft, key)
        sync_file(draft)
        both = (*backup.record.contents, content)
        self._note(backup, backup.record.model_copy(update={"contents": both}))
        draft.replace(backup.path)
        sync_folder(backup.path.parent)
        self._note(backup, backup.record.model_copy(update={"contents": (content,)}))

    def _note(self, backup: StoredBackup, record: BackupRecord) -> None:
        with file_errors():
            write_atomically(backup.record_path, record.model_dump_json(indent=2).encode())

    def _restore_keys(self, keys: KeyFile, label: str) -> None:
        """The vault's own key file wins, as it has the newest wrappings, unless it is another's."""
        try:
            present = key_file.load(self._files)
        except UserFacingError:
            present = None
        if present is not None and present.content.key_check == keys.key_check:
            return
        now = self._clock.now()
        move_aside(self._files.key_file, label, now)
        move_aside(self._files.key_file_copy, label, now)
        key_file.save(self._files, keys)

    def _clear_unfinished(self) -> None:
        for draft in self._files.backups.glob(f"vault-*{SUFFIX}{_UNFINISHED}"):
            _remove_draft(draft)


def _verified(path: Path, key: DataKey) -> BackupContent:
    """Opens a finished copy, checks all of it, and tells what it holds."""
    try:
        with closing(open_connection(path, key)) as connection, database_errors():
            sound = (
                connection.execute("PRAGMA cipher_integrity_check").fetchone() is None
                and pragma_value(connection, "integrity_check(1)") == "ok"
                and connection.execute("PRAGMA foreign_key_check").fetchone() is None
            )
            rows, version = table_rows(connection), schema_version(connection)
            (chats,) = connection.execute(_CHATS).fetchone()
    except EnvironmentProblem as problem:
        if problem.code == "vault_damaged":
            raise _damaged() from None
        raise
    if not sound:
        raise _damaged()
    return BackupContent(
        sha256=file_sha256(path),
        size_bytes=path.stat().st_size,
        schema_version=version,
        rows=rows,
        chats=chats,
    )


def _scrub_file(
    path: Path,
    key: DataKey,
    scrub: Callable[[Connection], bool],
    migrations: tuple[Migration, ...],
) -> bool:
    engine = encrypted_engine(path, key)
    try:
        migrate(engine, migrations)
        with engine.connect() as connection:
            return scrub(connection)
    finally:
        engine.dispose()


def _remove_draft(draft: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        draft.with_name(draft.name + ending).unlink(missing_ok=True)


def _damaged() -> EnvironmentProblem:
    return EnvironmentProblem(
        "This backup is damaged.", "Choose an older or a newer one.", code="backup_damaged"
    )
