"""The three ways to the data key, and none of them makes a new one."""

from dataclasses import dataclass, field

from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.store.key_file import KeyFile, KeyringPlace, Wrapping
from assistant.store.keyring_access import SERVICE, SecretStore
from assistant.store.keys import (
    DataKey,
    WrongSecret,
    unwrap_with_passphrase,
    unwrap_with_recovery_key,
    wrap_with_passphrase,
)


@dataclass(frozen=True, slots=True)
class ByKeyring:
    """The operating system's keyring holds the key."""

    keyring: SecretStore


@dataclass(frozen=True, slots=True)
class ByPassphrase:
    """The key is wrapped under a passphrase."""

    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ByRecoveryKey:
    """The key is wrapped under the recovery key as well, whatever the mode."""

    recovery_key: str = field(repr=False)


Protection = ByKeyring | ByPassphrase
"""What a vault can be put under."""
Unlock = ByKeyring | ByPassphrase | ByRecoveryKey
"""What a vault can be opened with."""


def data_key(keys: KeyFile, unlock: Unlock) -> DataKey:
    """The key of a vault. Writes nothing anywhere.

    Raises:
        WrongSecret: The secret opens something else.
        UserFacingError: This vault is not opened in this way (``needs_passphrase``,
            ``needs_keyring``), or the recovery key was mistyped.
        EnvironmentProblem: The keyring is gone, locked, refuses or has no such entry.
    """
    match unlock:
        case ByKeyring(keyring):
            key = _from_keyring(keys, keyring)
        case ByPassphrase(passphrase):
            if keys.passphrase is None:
                raise UserFacingError(
                    "This history is not opened with a passphrase.",
                    "Its key is in the keyring of this system; the recovery key opens it as well.",
                    code="needs_keyring",
                )
            key = unwrap_with_passphrase(keys.passphrase.wrapped(), passphrase, keys.vault_id)
        case ByRecoveryKey(recovery_key):
            key = unwrap_with_recovery_key(keys.recovery.wrapped(), recovery_key, keys.vault_id)
    if key.check_value(keys.vault_id) != keys.key_check:
        raise _changed()
    return key


def protect(
    vault_id: str, key: DataKey, protection: Protection
) -> tuple[KeyringPlace | None, Wrapping | None]:
    """Puts a key under ``protection``; a keyring gets the key itself.

    Returns:
        What the key file says of the keyring and of the passphrase; one of them is None.

    Raises:
        UserFacingError: The passphrase is too short.
        EnvironmentProblem: The keyring is gone, locked, refuses or does not keep the key.
    """
    match protection:
        case ByKeyring(keyring):
            entry = f"vault-{vault_id}"
            keyring.write(entry, key.hex())
            return KeyringPlace(backend=keyring.name, service=SERVICE, entry=entry), None
        case ByPassphrase(passphrase):
            return None, Wrapping.of(wrap_with_passphrase(key, passphrase, vault_id))


def _from_keyring(keys: KeyFile, keyring: SecretStore) -> DataKey:
    place = keys.keyring
    if place is None:
        raise UserFacingError(
            "This history is opened with its passphrase.",
            "Type the passphrase; the recovery key opens it as well.",
            code="needs_passphrase",
        )
    text = keyring.read(place.entry)
    if text is None:
        where = "" if keyring.name == place.backend else f" It was kept by {place.backend}."
        raise EnvironmentProblem(
            f"The keyring of this system has no key for this history.{where}",
            "Log in as you did before, or use the recovery key.",
            code="keyring_entry_missing",
        )
    try:
        return DataKey.from_hex(text)
    except ValueError:
        raise _changed() from None


def _changed() -> WrongSecret:
    return WrongSecret(
        "The key in the keyring of this system is not the key of this history.",
        "Use the recovery key; the history was not touched.",
        code="keyring_entry_changed",
    )
