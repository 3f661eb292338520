"""Opening the vault without a window: from the keyring, or with the passphrase file."""

from assistant.cli.output import Output
from assistant.domain.errors import UserFacingError
from assistant.domain.vault import VaultState, VaultStatus
from assistant.services.core import Core
from assistant.services.passphrase_file import read_passphrase

_CODES = {
    VaultState.NEEDS_PASSPHRASE: "passphrase_needed",
    VaultState.NEW_PASSPHRASE: "passphrase_needed",
    VaultState.NEEDS_RECOVERY_KEY: "recovery_key_needed",
    VaultState.DAMAGED: "vault_damaged",
    VaultState.NEWER: "vault_newer",
    VaultState.BUSY: "already_running",
}
_IN_A_FILE = "Write it on the first line of a file and name that with --passphrase-file."
_CLOSED = ("The history cannot be opened.", "“assistant doctor” says more.")
_WORDS = {
    VaultState.NEEDS_PASSPHRASE: ("The history is locked with a passphrase.", _IN_A_FILE),
    VaultState.NEW_PASSPHRASE: (
        "This system has no keyring to trust, so a new history needs a passphrase.",
        _IN_A_FILE,
    ),
    VaultState.NEEDS_RECOVERY_KEY: (
        "The key is not in the keyring; the recovery key opens the history.",
        _IN_A_FILE,
    ),
}
_PASSPHRASE_STATES = (
    VaultState.NEEDS_PASSPHRASE,
    VaultState.NEW_PASSPHRASE,
    VaultState.NEEDS_RECOVERY_KEY,
)


def open_vault(core: Core, output: Output) -> VaultStatus:
    """Opens the vault of the profile, making it when there is none.

    Raises:
        UserFacingError: It cannot be opened; says what is needed.
    """
    status = try_vault(core, output)
    if status.state is not VaultState.OPEN:
        message, hint = _WORDS.get(status.state, _CLOSED)
        raise UserFacingError(
            status.detail or message,
            status.hint or hint,
            code=_CODES.get(status.state, status.code or "vault_closed"),
        )
    return status


def opens_by_itself(core: Core) -> bool:
    """Opens the vault where the keyring or the passphrase file does; says nothing where not."""
    status = core.vault.open().result()
    path = core.options.passphrase_file
    if status.state is VaultState.NEEDS_PASSPHRASE and path is not None:
        try:
            status = core.vault.open(read_passphrase(path)).result()
        except UserFacingError:
            return False
    return status.state is VaultState.OPEN


def try_vault(core: Core, output: Output) -> VaultStatus:
    """As ``open_vault``, but a vault that cannot be opened is a status, not an error.

    The recovery key of a new vault is shown, once, where a pipe does not take it along.
    """
    status = core.vault.open().result()
    path = core.options.passphrase_file
    if status.state in _PASSPHRASE_STATES and path is not None:
        status = core.vault.open(read_passphrase(path)).result()
    if status.recovery_key:
        output.note(
            "A new encrypted history was made. Write this recovery key down; it is shown "
            f"only now:\n\n    {status.recovery_key}\n"
        )
        # The window need not ask about a key that was shown here.
        core.preferences.change("general", "recovery_key_kept", value=True).result()
    return status
