"""Looks at the files of a vault without a key, before anything is opened or made."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from assistant.domain.errors import UserFacingError
from assistant.store import key_file
from assistant.store.connection import PAGE_BYTES
from assistant.store.failures import file_errors
from assistant.store.key_file import KeyFile, KeyFileDamaged, NewerVault
from assistant.store.migrations import MIGRATIONS, Migration, head
from assistant.store.vault_files import VaultFiles

_PLAIN_HEADER: Final = b"SQLite format 3\x00"


class Condition(StrEnum):
    """What the files say."""

    ABSENT = "absent"
    """Nothing was ever stored here: a vault may be made."""
    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a condition
    DAMAGED = "damaged"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class VaultInspection:
    """The condition of a vault.

    Args:
        condition: What the files say.
        detail: What is wrong with a damaged one, one sentence.
        keys: The key file, where it can be read.
        keys_mended: It was read from its second copy.
    """

    condition: Condition
    detail: str = ""
    keys: KeyFile | None = None
    keys_mended: bool = False


class VaultDamaged(UserFacingError):  # noqa: N818 - the word the user would say
    """There was a history and it cannot be opened as it is; a backup can be restored."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            detail,
            "Restore the newest good backup; the present files are kept beside it.",
            code="vault_damaged",
        )


def inspect(files: VaultFiles, migrations: tuple[Migration, ...] = MIGRATIONS) -> VaultInspection:
    """Tells what is there; changes nothing and takes a few milliseconds.

    Raises:
        EnvironmentProblem: The disk does not let the files be read.
    """
    try:
        loaded = key_file.load(files)
    except KeyFileDamaged as damaged:
        return VaultInspection(Condition.DAMAGED, damaged.message)
    except NewerVault as newer:
        return VaultInspection(Condition.NEWER, newer.message)
    if loaded is None:
        if not _traces(files):
            return VaultInspection(Condition.ABSENT)
        return VaultInspection(
            Condition.DAMAGED, "The file that holds the wrapped keys of the history is missing."
        )
    keys = loaded.content
    with file_errors():
        condition, detail = _judge(files, keys, head(migrations))
    return VaultInspection(condition, detail, keys, loaded.mended)


def _judge(files: VaultFiles, keys: KeyFile, newest: int) -> tuple[Condition, str]:
    if not keys.finished:
        # Making it was interrupted before anything could be stored in it.
        return Condition.ABSENT, ""
    if keys.schema_version > newest:
        return Condition.NEWER, "This history was written by a newer Lamplight."
    damage = _damage(files)
    if damage:
        return Condition.DAMAGED, damage
    return (Condition.KEYRING if keys.keyring else Condition.PASSPHRASE), ""


def _traces(files: VaultFiles) -> bool:
    """Whether anything shows that there was a history."""
    folder = files.database.parent
    return (
        files.database.exists()
        or files.wal.exists()
        or any(folder.glob(f"{files.database.name}.*-*"))
        or any(files.backups.glob("vault-*"))
    )


def _damage(files: VaultFiles) -> str:
    """What can be seen to be wrong with the database from outside; empty if nothing."""
    try:
        size = files.database.stat().st_size
    except FileNotFoundError:
        return "The history file is missing."
    if size == 0:
        return "The history file is empty, although there was a history."
    with files.database.open("rb") as stream:
        start = stream.read(len(_PLAIN_HEADER))
    if start == _PLAIN_HEADER:
        return "The history file is not encrypted: Lamplight did not write it."
    # A crash in the middle of a checkpoint may leave a partial page, which the log then mends.
    log = files.wal.stat().st_size if files.wal.exists() else 0
    if size % PAGE_BYTES and not log:
        return "The history file was cut off."
    return ""
