"""What the unlock screen says in each state of the vault."""

from dataclasses import dataclass

from assistant.domain.vault import VaultState, VaultStatus


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one state.

    Args:
        field: Placeholder of the secret's field; empty for no field.
        twice: Whether the secret is typed twice.
        button: Empty for no button.
    """

    title: str
    detail: str
    field: str = ""
    twice: bool = False
    button: str = ""


_WORDS = {
    VaultState.NEEDS_PASSPHRASE: Words(
        "Your history is locked",
        "Type the passphrase that you chose for it.",
        field="Passphrase",
        button="Unlock",
    ),
    VaultState.NEW_PASSPHRASE: Words(
        "Choose a passphrase",
        "This system has no keyring that Lamplight trusts, so a passphrase protects your "
        "history. Four or five unrelated words are good. It is asked for at every start.",
        field="Passphrase",
        twice=True,
        button="Start",
    ),
    VaultState.NEEDS_RECOVERY_KEY: Words(
        "The keyring does not give the key",
        "Your history is safe. Type the recovery key that was shown when it was made, or unlock "
        "the keyring of your system and start Lamplight again.",
        field="Recovery key",
        button="Unlock",
    ),
    VaultState.DAMAGED: Words(
        "Your history is damaged",
        "Choose a backup to go on with. The damaged file is moved aside, never deleted.",
        button="Restore this backup",
    ),
    VaultState.NEWER: Words(
        "A newer Lamplight wrote this history",
        "Install that version again. Nothing was changed.",
        button="Try again",
    ),
    VaultState.BUSY: Words(
        "Lamplight is open already",
        "Another window or command uses this history. Close it, then try again.",
        button="Try again",
    ),
}


def words_for(status: VaultStatus) -> Words:
    """The words of a state that needs the user."""
    known = _WORDS.get(status.state)
    if status.state is VaultState.DAMAGED and not status.backups:
        return Words(
            "Your history is damaged",
            "There is no backup to go back to. Nothing was changed or deleted; a copy of the "
            "folder that you made yourself can be put in its place.",
            button="Try again",
        )
    if known is not None:
        return known
    return Words("Your history cannot be opened", "", button="Try again")
