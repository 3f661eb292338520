"""``vault.json``: the wrapped keys beside the database, in two copies.

The file holds nothing that opens the database by itself. Its checksum tells a damaged key file
from a wrong passphrase, and its key check tells a wrong key from a damaged database.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, model_validator

from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.store.keys import Argon2Cost, WrappedKey
from assistant.store.vault_files import VaultFiles, write_atomically

FORMAT: Final = 1
_LARGEST_BYTES: Final = 64 * 1024
_OBJECT: Final = TypeAdapter(dict[str, Any])

Salt = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Nonce = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{24}$")]
Sealed = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{96}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class KeyFileDamaged(UserFacingError):  # noqa: N818 - the word the user would say
    """Neither copy of the key file can be read."""


class NewerVault(UserFacingError):  # noqa: N818 - the word the user would say
    """A newer Lamplight wrote this vault."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class KeyringPlace(_Part):
    """Where in the operating system's keyring the key lies."""

    backend: str
    service: str
    entry: str


class Argon2Parameters(_Part):
    """How a passphrase is stretched."""

    iterations: int
    lanes: int
    memory_kib: int


class Wrapping(_Part):
    """A ``WrappedKey`` in hexadecimal digits."""

    salt: Salt
    nonce: Nonce
    sealed: Sealed
    argon2id: Argon2Parameters | None = None

    @classmethod
    def of(cls, wrapped: WrappedKey) -> Self:
        """The form on disk."""
        cost = wrapped.cost
        return cls(
            salt=wrapped.salt.hex(),
            nonce=wrapped.nonce.hex(),
            sealed=wrapped.sealed.hex(),
            argon2id=cost
            and Argon2Parameters(
                iterations=cost.iterations, lanes=cost.lanes, memory_kib=cost.memory_kib
            ),
        )

    def wrapped(self) -> WrappedKey:
        """The form in memory."""
        cost = self.argon2id
        return WrappedKey(
            salt=bytes.fromhex(self.salt),
            nonce=bytes.fromhex(self.nonce),
            sealed=bytes.fromhex(self.sealed),
            cost=cost and Argon2Cost(cost.iterations, cost.lanes, cost.memory_kib),
        )

    @model_validator(mode="after")
    def _within_bounds(self) -> Self:
        self.wrapped()
        return self


class KeyFile(_Part):
    """All that is kept about the keys of one vault."""

    format: int = FORMAT
    vault_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    created_at: str
    finished: bool
    """False while the vault is being made: nothing was ever stored in it."""
    schema_version: int
    key_check: Digest
    keyring: KeyringPlace | None = None
    passphrase: Wrapping | None = None
    recovery: Wrapping

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if (self.keyring is None) == (self.passphrase is None):
            raise ValueError("either a keyring or a passphrase")
        if self.passphrase is not None and self.passphrase.argon2id is None:
            raise ValueError("a passphrase has to be stretched")
        return self

    def changed(self, **values: object) -> Self:
        """A copy with some fields replaced, validated again."""
        return type(self).model_validate({**dict(self), **values})


@dataclass(frozen=True, slots=True)
class LoadedKeyFile:
    """What was read, and whether the first copy needs mending from the second."""

    content: KeyFile
    mended: bool


def encode(content: KeyFile) -> bytes:
    """The bytes on disk: readable JSON with a checksum over the rest."""
    values = content.model_dump(mode="json")
    return json.dumps(values | {"checksum": _checksum(values)}, indent=2).encode() + b"\n"


def decode(raw: bytes) -> KeyFile:
    """Reads what ``encode`` wrote.

    Raises:
        ValueError: It is damaged.
        NewerVault: A newer Lamplight wrote it.
    """
    values: dict[str, Any] = _OBJECT.validate_json(raw)
    checksum = values.pop("checksum", None)
    if checksum != _checksum(values):
        raise ValueError("the checksum does not fit")
    version = values.get("format")
    if isinstance(version, int) and version > FORMAT:
        raise NewerVault(
            "This history was written by a newer Lamplight.",
            "Install the newest version; the history was not touched.",
            code="newer_vault",
        )
    return KeyFile.model_validate(values)


def load(files: VaultFiles) -> LoadedKeyFile | None:
    """The key file of a vault, from its second copy if the first is missing or damaged.

    Returns:
        None when there is neither copy.

    Raises:
        KeyFileDamaged: There is a copy, but none can be read.
        NewerVault: A newer Lamplight wrote it.
        EnvironmentProblem: The disk does not let it be read.
    """
    found = False
    for number, path in enumerate((files.key_file, files.key_file_copy)):
        raw = _read(path)
        if raw is None:
            continue
        found = True
        try:
            return LoadedKeyFile(decode(raw), mended=number > 0)
        except ValueError:
            continue
    if found:
        raise KeyFileDamaged(
            "The file that holds the wrapped keys of the history is damaged.",
            "Restore a backup: each one brings a copy of that file.",
            code="key_file_damaged",
        )
    return None


def save(files: VaultFiles, content: KeyFile) -> None:
    """Writes both copies, one after the other, each of them atomically.

    Raises:
        OSError: The disk is full or refuses; at least one sound copy remains.
    """
    raw = encode(content)
    files.backups.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_atomically(files.key_file, raw)
    write_atomically(files.key_file_copy, raw)


def _read(path: Path) -> bytes | None:
    try:
        with path.open("rb") as stream:
            return stream.read(_LARGEST_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise EnvironmentProblem(
            f"The file {path.name} cannot be read ({error.strerror}).",
            "Check the permissions of Lamplight's data folder.",
            code="vault_unreachable",
        ) from error


def _checksum(values: dict[str, Any]) -> str:
    plain = json.dumps(values, sort_keys=True, separators=(",", ":"))
    return sha256(plain.encode()).hexdigest()
