"""The data key, and how it is wrapped under a passphrase or under a recovery key.

The data key is 256 random bits and never changes; what opens it can. A passphrase is stretched
with Argon2id (RFC 9106, its second recommended choice), a recovery key is 150 random bits and
needs no stretching (HKDF, RFC 5869). Both wrap the data key with AES-256-GCM, bound to the
vault and to the purpose, so that one wrapping cannot stand for another.
"""

import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final, Self

from assistant.domain.errors import EnvironmentProblem, UserFacingError

_KEY_BYTES: Final = 32
_HEX_KEY: Final = re.compile(r"[0-9a-f]{64}")

# Crockford's base 32: no I, L, O and U, so that a handwritten key can be read back.
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_GROUP: Final = 5
_SECRET_GROUPS: Final = 6

SHORTEST_PASSPHRASE: Final = 8
_MOST_MEMORY_KIB: Final = 1 << 20
_MOST_ITERATIONS: Final = 64
_MOST_LANES: Final = 64


class WrongSecret(UserFacingError):  # noqa: N818 - the word the user would say
    """The passphrase, recovery key or keyring entry does not open this vault."""


class RecoveryKeyMistyped(UserFacingError):  # noqa: N818 - the word the user would say
    """The text cannot be any recovery key: a character is wrong, missing or too many."""


@dataclass(frozen=True, slots=True)
class DataKey:
    """The 256-bit key of the database.

    Args:
        raw: 32 bytes; never shown by ``repr``.
    """

    raw: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.raw) != _KEY_BYTES:
            raise ValueError("a data key has 32 bytes")

    @classmethod
    def generate(cls) -> Self:
        """A new random key."""
        return cls(secrets.token_bytes(_KEY_BYTES))

    @classmethod
    def from_hex(cls, text: str) -> Self:
        """Reads exactly 64 lower-case hexadecimal digits.

        SQLCipher takes anything else for a passphrase without a word, hence the strictness.

        Raises:
            ValueError: It is anything else.
        """
        if _HEX_KEY.fullmatch(text) is None:
            raise ValueError("not a 256-bit key in hexadecimal digits")
        return cls(bytes.fromhex(text))

    def hex(self) -> str:
        """The key as 64 lower-case hexadecimal digits."""
        return self.raw.hex()

    def sign(self, purpose: str, content: bytes) -> bytes:
        """HMAC-SHA-256 of ``content`` under a key derived for ``purpose`` alone, 32 bytes."""
        derived = hmac.digest(self.raw, purpose.encode(), "sha256")
        return hmac.digest(derived, content, "sha256")

    def derived(self, purpose: str) -> bytes:
        """A key of 32 bytes for ``purpose`` alone (HKDF, RFC 5869)."""
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return HKDF(SHA256(), _KEY_BYTES, None, purpose.encode()).derive(self.raw)

    def check_value(self, vault_id: str) -> str:
        """What the key file keeps to tell a wrong key from a damaged database."""
        return self.sign("lamplight key check", vault_id.encode()).hex()


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """Parameters of Argon2id; recorded with each wrapping so that they can grow later."""

    iterations: int = 3
    lanes: int = 4
    memory_kib: int = 64 * 1024

    def __post_init__(self) -> None:
        sound = (
            1 <= self.iterations <= _MOST_ITERATIONS
            and 1 <= self.lanes <= _MOST_LANES
            and 8 * self.lanes <= self.memory_kib <= _MOST_MEMORY_KIB
        )
        if not sound:
            raise ValueError("Argon2id parameters out of range")


USUAL_COST = Argon2Cost()
"""Of every passphrase that is set."""


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A data key sealed under another secret.

    Args:
        salt: 16 random bytes for the derivation.
        nonce: 12 random bytes for AES-GCM.
        sealed: 48 bytes: the data key and its tag.
        cost: Of Argon2id for a passphrase; None for a recovery key.
    """

    salt: bytes
    nonce: bytes
    sealed: bytes
    cost: Argon2Cost | None


def wrap_with_passphrase(
    key: DataKey, passphrase: str, vault_id: str, cost: Argon2Cost | None = None
) -> WrappedKey:
    """Seals the data key under a passphrase.

    Raises:
        UserFacingError: The passphrase is shorter than 8 characters.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise UserFacingError(
            f"A passphrase needs at least {SHORTEST_PASSPHRASE} characters.",
            "Choose a longer one; four or five unrelated words are good.",
            code="passphrase_too_short",
        )
    cost = cost or USUAL_COST
    salt = secrets.token_bytes(16)
    return _seal(key, _stretch(passphrase, salt, cost), salt, f"passphrase:{vault_id}", cost)


def unwrap_with_passphrase(wrapped: WrappedKey, passphrase: str, vault_id: str) -> DataKey:
    """Opens what ``wrap_with_passphrase`` sealed.

    Raises:
        WrongSecret: It is another passphrase.
    """
    if wrapped.cost is None:
        raise ValueError("this key is not wrapped under a passphrase")
    outer = _stretch(passphrase, wrapped.salt, wrapped.cost)
    key = _unseal(wrapped, outer, f"passphrase:{vault_id}")
    if key is None:
        raise WrongSecret(
            "This is not the passphrase of the history.",
            "Try again; the recovery key opens it as well.",
            code="wrong_passphrase",
        )
    return key


def wrap_with_recovery_key(key: DataKey, recovery_key: str, vault_id: str) -> WrappedKey:
    """Seals the data key under a recovery key as ``new_recovery_key`` makes them."""
    salt = secrets.token_bytes(16)
    outer = _derive(recovery_key, salt)
    return _seal(key, outer, salt, f"recovery:{vault_id}", None)


def unwrap_with_recovery_key(wrapped: WrappedKey, recovery_key: str, vault_id: str) -> DataKey:
    """Opens what ``wrap_with_recovery_key`` sealed.

    Raises:
        RecoveryKeyMistyped: The text cannot be any recovery key.
        WrongSecret: It is the recovery key of something else, or one that was replaced.
    """
    key = _unseal(wrapped, _derive(recovery_key, wrapped.salt), f"recovery:{vault_id}")
    if key is None:
        raise WrongSecret(
            "This recovery key is sound, but it belongs to another history or was replaced.",
            "Look for the key that was shown last for this history.",
            code="wrong_recovery_key",
        )
    return key


def new_recovery_key() -> str:
    """A new recovery key: six random groups of five characters (150 bits) and a check group."""
    secret = "".join(secrets.choice(_ALPHABET) for _ in range(_SECRET_GROUPS * _GROUP))
    return _grouped(secret + _check_group(secret))


def normal_recovery_key(text: str) -> str:
    """The form in which a recovery key is shown, from however it was typed.

    Case, spaces and hyphens do not matter; O is read as 0, I and L as 1.

    Raises:
        RecoveryKeyMistyped: It cannot be any recovery key.
    """
    plain = re.sub(r"[\s\-\u2010-\u2015]", "", text).upper().translate(_READ_AS)
    length = (_SECRET_GROUPS + 1) * _GROUP
    if len(plain) != length or any(letter not in _ALPHABET for letter in plain):
        raise RecoveryKeyMistyped(
            f"A recovery key has {_SECRET_GROUPS + 1} groups of {_GROUP} letters and digits.",
            "Compare what you typed with the key you wrote down.",
            code="recovery_key_mistyped",
        )
    secret, check = plain[:-_GROUP], plain[-_GROUP:]
    if not hmac.compare_digest(check, _check_group(secret)):
        raise RecoveryKeyMistyped(
            "There is a slip in this recovery key: its check group does not fit the rest.",
            "Compare it with the key you wrote down, group by group.",
            code="recovery_key_mistyped",
        )
    return _grouped(plain)


def _grouped(plain: str) -> str:
    return "-".join(plain[start : start + _GROUP] for start in range(0, len(plain), _GROUP))


def _check_group(secret: str) -> str:
    digest = sha256(b"lamplight recovery key:" + secret.encode()).digest()
    return "".join(_ALPHABET[byte & 31] for byte in digest[:_GROUP])


def _stretch(passphrase: str, salt: bytes, cost: Argon2Cost) -> bytes:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    # NFC as RFC 8265 asks: the same words typed on another keyboard give the same bytes.
    secret = unicodedata.normalize("NFC", passphrase).encode()
    try:
        return Argon2id(
            salt=salt,
            length=_KEY_BYTES,
            iterations=cost.iterations,
            lanes=cost.lanes,
            memory_cost=cost.memory_kib,
        ).derive(secret)
    except MemoryError:
        raise EnvironmentProblem(
            "There is not enough free memory to check the passphrase.",
            f"Close other programs; {cost.memory_kib // 1024} MB are needed for a moment.",
            code="out_of_memory",
        ) from None
    except UnsupportedAlgorithm:
        raise EnvironmentProblem(
            "This build of the cryptography package cannot work with passphrases.",
            "Install it from its official wheel, or use the keyring or the recovery key.",
            code="no_argon2id",
        ) from None


def _derive(recovery_key: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    secret = normal_recovery_key(recovery_key).encode()
    return HKDF(SHA256(), _KEY_BYTES, salt, b"lamplight recovery key").derive(secret)


def _seal(
    key: DataKey, outer: bytes, salt: bytes, context: str, cost: Argon2Cost | None
) -> WrappedKey:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(12)
    sealed = AESGCM(outer).encrypt(nonce, key.raw, context.encode())
    return WrappedKey(salt, nonce, sealed, cost)


def _unseal(wrapped: WrappedKey, outer: bytes, context: str) -> DataKey | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return DataKey(AESGCM(outer).decrypt(wrapped.nonce, wrapped.sealed, context.encode()))
    except InvalidTag:
        return None
