"""Opening the vault without a window: from the keyring, or with the passphrase file."""

from assistant.domain.errors import UserFacingError
from assistant.domain.vault import VaultState, VaultStatus
from assistant.services.core import Core

_CODES = {
    VaultState.NEEDS_PASSPHRASE: "passphrase_needed",
    VaultState.NEW_PASSPHRASE: "passphrase_needed",
    VaultState.NEEDS_RECOVERY_KEY: "recovery_key_needed",
    VaultState.DAMAGED: "vault_damaged",
    VaultState.NEWER: "vault_newer",
    VaultState.BUSY: "already_running",
}
_PASSPHRASE_STATES = (
    VaultState.NEEDS_PASSPHRASE,
    VaultState.NEW_PASSPHRASE,
    VaultState.NEEDS_RECOVERY_KEY,
)


def open_vault(core: Core) -> VaultStatus:
    """Opens the vault of the profile, making it when there is none.

    Raises:
        UserFacingError: It cannot be opened; says what is needed.
    """
    status = try_vault(core)
    if status.state is not VaultState.OPEN:
        raise UserFacingError(
            status.detail or "The history cannot be opened.",
            status.hint or "“assistant doctor” says more.",
            code=_CODES.get(status.state, "vault_closed"),
        )
    return status


def try_vault(core: Core) -> VaultStatus:
    """As ``open_vault``, but a vault that cannot be opened is a status, not an error."""
    status = core.vault.open().result()
    if status.state in _PASSPHRASE_STATES and core.options.passphrase_file is not None:
        status = core.vault.open(_secret(core)).result()
    return status


def _secret(core: Core) -> str:
    path = core.options.passphrase_file
    try:
        text = path.read_text(encoding="utf-8") if path is not None else ""
    except (OSError, UnicodeDecodeError) as error:
        raise UserFacingError(
            "The passphrase file cannot be read.",
            "Name a text file whose first line is the passphrase.",
            code="passphrase_file_unreadable",
        ) from error
    lines = text.splitlines()
    if not lines or not lines[0]:
        raise UserFacingError(
            "The passphrase file is empty.",
            "Its first line must be the passphrase.",
            code="passphrase_file_empty",
        )
    return lines[0]
