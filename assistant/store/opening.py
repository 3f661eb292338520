"""Makes a vault where there never was one, opens one that is there, or puts a backup in its place.

Fails closed: a key is made only where no trace of a history exists, and a file that is missing,
empty, cut off or damaged is reported with the way out and left as it is.
"""

import secrets
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from assistant.domain.clock import Clock
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.health import Check, CheckState
from assistant.domain.ids import BackupId
from assistant.store import key_file
from assistant.store.backup_record import Keep
from assistant.store.backups import Backups
from assistant.store.ballast import BALLAST_BYTES, Ballast
from assistant.store.connection import VaultConnection, encrypted_engine, open_connection
from assistant.store.failures import database_errors, file_errors
from assistant.store.health_checks import integrity
from assistant.store.inspection import Condition, VaultDamaged, VaultInspection, inspect
from assistant.store.instance import InstanceLock
from assistant.store.key_file import KeyFile, KeyFileDamaged, NewerVault, Wrapping
from assistant.store.keys import DataKey, new_recovery_key, wrap_with_recovery_key
from assistant.store.migrations import MIGRATIONS, Migration, head, migrate, schema_version
from assistant.store.migrations import refuse_newer as refuse_newer_schema
from assistant.store.tail import Tail, TailState, tail_state
from assistant.store.unlock import Protection, Unlock, data_key, protect
from assistant.store.vault import LogRecorder, Vault
from assistant.store.vault_files import VaultFiles, aside_name, move_aside

_OPENING_BYTES: Final = 256 << 10
"""Less free space than this is not enough for the files that SQLite makes when it opens."""
_CHECKED_AT_START_BYTES: Final = 16 << 20
"""A database up to this size is checked page by page at every start (some 8 ms per MB)."""


@dataclass(frozen=True, slots=True)
class VaultPlace:
    """Where a vault is, or shall be, and what it works with.

    Args:
        files: Where it lies.
        clock: Names backups and files that are moved aside.
        migrations: All known schemas.
        ballast_bytes: Space held back for a full disk.
        keep: Which backups stay when a new one is made.
    """

    files: VaultFiles
    clock: Clock
    migrations: tuple[Migration, ...] = MIGRATIONS
    ballast_bytes: int = BALLAST_BYTES
    keep: Keep = field(default_factory=Keep)

    @property
    def backups(self) -> Backups:
        """Its backups; listing them needs no key."""
        return Backups(self.files, self.clock, self.keep)


def create_vault(place: VaultPlace, protection: Protection) -> tuple[Vault, str]:
    """Makes a vault with a new random key, and opens it.

    Returns:
        The vault, and the recovery key: to be shown once and then forgotten.

    Raises:
        UserFacingError: There is or was a vault (``vault_exists``); passphrase too short;
            already running.
        EnvironmentProblem: The keyring or the disk refuses.
    """
    files = place.files
    with file_errors():
        files.database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        files.backups.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = InstanceLock(files.lock)
    lock.acquire()
    try:
        _require_absence(place)
        key, recovery_key = DataKey.generate(), new_recovery_key()
        keys = _new_keys(place, key, recovery_key, protection)
        with file_errors():
            key_file.save(files, keys)
        open_connection(files.database, key, create=True).close()
        vault = _open_database(place, key, keys, lock, [])
    except BaseException:
        lock.release()
        raise
    vault.restore_ballast()
    return vault, recovery_key


def open_vault(place: VaultPlace, unlock: Unlock) -> Vault:
    """Opens a vault and brings it to the newest schema.

    On a full disk it takes a part of the space that is held back, so that chats can be deleted.

    Raises:
        UserFacingError: There is none (``vault_absent``), it is damaged (``vault_damaged``),
            newer (``newer_vault``), open elsewhere (``already_running``), or the secret is
            wrong. Nothing was changed.
        EnvironmentProblem: The keyring or the disk refuses. Nothing was changed.
    """
    if not place.files.database.parent.is_dir():
        raise _absent()
    lock = InstanceLock(place.files.lock)
    lock.acquire()
    try:
        return _with_room(place, lambda: _open_locked(place, unlock, lock))
    except BaseException:
        lock.release()
        raise


def _open_locked(place: VaultPlace, unlock: Unlock, lock: InstanceLock) -> Vault:
    found = inspect(place.files, place.migrations)
    keys = _usable_keys(found)
    key = data_key(keys, unlock)
    notes: list[Check] = []
    if found.keys_mended:
        notes.append(_mend_keys(place, keys))
    return _open_database(place, key, keys, lock, notes)


def _with_room(place: VaultPlace, opening: Callable[[], Vault]) -> Vault:
    try:
        return opening()
    except EnvironmentProblem as problem:
        # SQLite calls it an error of the disk where its shared memory finds no room.
        suspect = problem.code in ("disk_full", "disk_error")
        if not suspect or _has_room(place.files.database.parent):
            raise
    ballast = Ballast(place.files.ballast, place.ballast_bytes)
    # Not every file system gives back at once what a file is cut by.
    while ballast.lend():
        if _has_room(place.files.database.parent):
            return opening()
    raise EnvironmentProblem(
        "The disk is full: the history cannot be opened.",
        "Free some space, then try again; nothing of it is lost.",
        code="disk_full",
    )


def _has_room(folder: Path) -> bool:
    """Tried by writing, because the free space of a disk says nothing of a user's quota."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(secrets.token_bytes(_OPENING_BYTES))
            probe.flush()
    except OSError:
        return False
    return True


def restore_backup(place: VaultPlace, unlock: Unlock, backup_id: BackupId) -> None:
    """Puts a backup in the place of a vault that cannot be opened; open it afterwards.

    The present files are renamed to ``vault.db.damaged-<time>``, never deleted.

    Raises:
        UserFacingError: No such backup, wrong secret, already running. Nothing was changed.
        EnvironmentProblem: The backup is damaged, or the keyring or the disk refuses.
    """
    with InstanceLock(place.files.lock):
        try:
            loaded = key_file.load(place.files)
        except KeyFileDamaged:
            loaded = None
        stored = {backup.id: backup.record.key_file for backup in place.backups.stored()}
        keys = loaded.content if loaded else stored.get(backup_id)
        if keys is None:
            raise UserFacingError(
                "There is no such backup.",
                "The list of backups names all that can be restored.",
                code="backup_missing",
            )
        place.backups.restore(backup_id, data_key(keys, unlock), "damaged")


def _require_absence(place: VaultPlace) -> None:
    found = inspect(place.files, place.migrations)
    if found.condition is not Condition.ABSENT:
        raise UserFacingError(
            "There is a history here already; no new key is made over it.",
            "Open it, or choose another --profile.",
            code="vault_exists",
        )
    now = place.clock.now()
    with file_errors():
        for path in (place.files.database, place.files.wal, place.files.shm, place.files.tail):
            move_aside(path, "unfinished", now)


def _new_keys(
    place: VaultPlace, key: DataKey, recovery_key: str, protection: Protection
) -> KeyFile:
    vault_id = secrets.token_hex(16)
    keyring, passphrase = protect(vault_id, key, protection)
    return KeyFile(
        vault_id=vault_id,
        created_at=place.clock.now().isoformat(),
        finished=False,
        schema_version=head(place.migrations),
        key_check=key.check_value(vault_id),
        keyring=keyring,
        passphrase=passphrase,
        recovery=Wrapping.of(wrap_with_recovery_key(key, recovery_key, vault_id)),
    )


def _usable_keys(found: VaultInspection) -> KeyFile:
    if found.condition is Condition.ABSENT:
        raise _absent()
    if found.condition is Condition.NEWER:
        raise NewerVault(
            found.detail,
            "Install the newest version; the history was not touched.",
            code="newer_vault",
        )
    if found.condition is Condition.DAMAGED or found.keys is None:
        raise VaultDamaged(found.detail)
    return found.keys


def _absent() -> UserFacingError:
    return UserFacingError(
        "There is no history here yet.", "Start Lamplight once to make it.", code="vault_absent"
    )


def _mend_keys(place: VaultPlace, keys: KeyFile) -> Check:
    with file_errors():
        move_aside(place.files.key_file, "damaged", place.clock.now())
        key_file.save(place.files, keys)
    return Check(
        "key file",
        CheckState.NOTE,
        "it was missing or damaged and was written again from its second copy",
        "Check the disk.",
    )


def _open_database(
    place: VaultPlace, key: DataKey, keys: KeyFile, lock: InstanceLock, notes: list[Check]
) -> Vault:
    files = place.files
    tail = Tail(files.tail, key)
    with file_errors():
        state = tail_state(tail.read(), files.wal)
    notes.extend(_secure_log(place, state))
    recorder = LogRecorder(files, tail)
    anchor = _open_anchor(files.database, key)
    engine = encrypted_engine(files.database, key, recorder)
    try:
        if keys.finished:
            _examine(anchor, recorder, place, lost=state is TailState.LOST)
        backups = place.backups

        def back_up(_version: int) -> None:
            backups.create(anchor, key, keys)

        steps = migrate(engine, place.migrations, back_up)
        if steps or not keys.finished:
            keys = keys.changed(finished=True, schema_version=head(place.migrations))
            _empty_log(anchor, recorder)
            with file_errors():
                key_file.save(files, keys)
        recorder.emptied(anchor)
    except BaseException:
        engine.dispose()
        anchor.close()
        tail.close()
        raise
    return Vault(
        files=files,
        key=key,
        keys=keys,
        engine=engine,
        anchor=anchor,
        recorder=recorder,
        lock=lock,
        backups=backups,
        ballast=Ballast(files.ballast, place.ballast_bytes),
        notes=tuple(notes),
    )


def _open_anchor(database: Path, key: DataKey) -> VaultConnection:
    try:
        return open_connection(database, key)
    except EnvironmentProblem as problem:
        # The key is the right one, as its check value showed, so it is the file.
        if problem.code == "vault_damaged":
            raise VaultDamaged(problem.message) from None
        raise


def _secure_log(place: VaultPlace, state: TailState) -> list[Check]:
    """Keeps what is left of a damaged log before SQLite, which drops it, opens the database."""
    wal = place.files.wal
    now = place.clock.now()
    name = "end of the journal"
    if state is TailState.REDUNDANT:
        with file_errors():
            move_aside(wal, "damaged", now)
        return [Check(name, CheckState.NOTE, "it was damaged; nothing is missing", "")]
    if state is TailState.LOST:
        kept = aside_name(wal, "damaged", now)
        detail = "the file is gone, and with it what was written last"
        if wal.exists():
            with file_errors():
                shutil.copyfile(wal, kept)
            detail = f"it is damaged, and what was written last is missing; kept as {kept.name}"
        hint = "Look at the newest messages; write again what is missing, and check the disk."
        return [Check(name, CheckState.PROBLEM, detail, hint)]
    if state is TailState.UNKNOWN:
        detail = "its record is missing, so it cannot be told whether it is complete"
        return [Check(name, CheckState.NOTE, detail, "Look at the newest messages.")]
    return []


def _examine(
    anchor: VaultConnection, recorder: LogRecorder, place: VaultPlace, *, lost: bool
) -> None:
    """Refuses an empty, newer or damaged database."""
    with database_errors():
        version = schema_version(anchor)
    if version == 0:
        raise VaultDamaged("The history file is empty, although there was a history.")
    refuse_newer_schema(version, place.migrations)
    if lost or place.files.database.stat().st_size <= _CHECKED_AT_START_BYTES:
        try:
            _empty_log(anchor, recorder)
            sound = integrity(anchor).state is CheckState.OK
        except EnvironmentProblem as problem:
            if problem.code != "vault_damaged":
                raise
            sound = False
        if not sound:
            raise VaultDamaged("The history file is damaged.")


def _empty_log(anchor: VaultConnection, recorder: LogRecorder) -> None:
    with database_errors():
        recorder.emptying(anchor)
        anchor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        recorder.emptied(anchor)
