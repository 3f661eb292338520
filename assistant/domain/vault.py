"""What state the vault is in, as the front ends see it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.domain.ids import BackupId


class VaultState(StrEnum):
    """Whether the history can be read, and what is needed if not."""

    CLOSED = "closed"
    """Not looked at yet."""
    OPEN = "open"
    NEEDS_PASSPHRASE = "needs_passphrase"  # noqa: S105 - the name of a state
    NEW_PASSPHRASE = "new_passphrase"  # noqa: S105 - the name of a state
    """There is no vault yet and no keyring to hold its key: a passphrase has to be chosen."""
    NEEDS_RECOVERY_KEY = "needs_recovery_key"
    """The keyring does not give the key; ``detail`` says why."""
    DAMAGED = "damaged"
    NEWER = "newer"
    """Written by a newer Lamplight."""
    BUSY = "busy"
    """Another Lamplight has it open."""


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """One rolling backup."""

    id: BackupId
    made_at: datetime
    size_bytes: int
    conversations: int
    messages: int
    verified: bool


@dataclass(frozen=True, slots=True)
class VaultStatus:
    """The state of the vault with words for the user."""

    state: VaultState
    detail: str = ""
    """What happened, one sentence."""
    hint: str = ""
    """What to do about it."""
    code: str = ""
    """Of the error that it was, for programs; empty if it was none."""
    mode: str = ""
    """``keyring`` or ``passphrase``."""
    recovery_key: str = ""
    """Set once, when the vault was just made: to be shown and then forgotten."""
    backups: tuple[BackupInfo, ...] = ()
    """Offered when the vault is damaged, newest first."""
    notes: tuple[str, ...] = ()
    """What was noticed at opening: answers that were interrupted, a tail that was lost."""
