"""What the vault's tests share: a place for a vault, keyrings with faults, a chat to fill it."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from assistant.domain.clock import FixedClock
from assistant.domain.conversation import MessageStatus, Role
from assistant.domain.errors import EnvironmentProblem
from assistant.domain.ids import ConversationId
from assistant.store.history import HistoryRepository
from assistant.store.opening import VaultPlace
from assistant.store.vault import Vault
from assistant.store.vault_files import VaultFiles

NOON = FixedClock(datetime(2026, 3, 1, 12, tzinfo=UTC))
SMALL_BALLAST_BYTES = 64 * 1024


@dataclass
class MemoryKeyring:
    """A secret store whose faults are set by the test."""

    name: str = "keyring.backends.SecretService.Keyring"
    entries: dict[str, str] = field(default_factory=dict[str, str])
    fault: EnvironmentProblem | None = None
    writes: int = 0

    def read(self, entry: str) -> str | None:
        if self.fault:
            raise self.fault
        return self.entries.get(entry)

    def write(self, entry: str, value: str) -> None:
        self.writes += 1
        if self.fault:
            raise self.fault
        self.entries[entry] = value

    def remove(self, entry: str) -> None:
        if self.fault:
            raise self.fault
        self.entries.pop(entry, None)


@dataclass(frozen=True)
class FileKeyring:
    """A secret store that several processes of a test can share."""

    path: Path
    name: str = "keyring.backends.SecretService.Keyring"

    def read(self, entry: str) -> str | None:
        path = self.path / entry
        return path.read_text() if path.exists() else None

    def write(self, entry: str, value: str) -> None:
        self.path.mkdir(exist_ok=True)
        (self.path / entry).write_text(value)

    def remove(self, entry: str) -> None:
        (self.path / entry).unlink(missing_ok=True)


def place_in(folder: Path) -> VaultPlace:
    """A vault below ``folder``, with a small ballast."""
    data = folder / "data"
    files = VaultFiles(data / "vault.db", data / "backups")
    return VaultPlace(files, NOON, ballast_bytes=SMALL_BALLAST_BYTES)


def history(vault: Vault) -> HistoryRepository:
    """The chats of an open vault."""
    return HistoryRepository(vault.engine, NOON)


def say(vault: Vault, *texts: str) -> ConversationId:
    """Makes a chat with these messages of the user's."""
    repository = history(vault)
    chat = repository.create_conversation(title="A chat")
    parent = None
    for text in texts:
        message = repository.add_message(chat.id, parent, Role.USER, text, MessageStatus.COMPLETE)
        parent = message.id
    return chat.id


def texts(vault: Vault) -> list[str]:
    """All messages in order of their ids."""
    with vault.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT content FROM message ORDER BY id")
        return [row[0] for row in rows]


def file_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below ``folder`` but the lock."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def flip_bit(path: Path, offset: int, bit: int) -> None:
    """Turns one bit of a file around."""
    with path.open("r+b") as stream:
        stream.seek(offset)
        byte = stream.read(1)[0]
        stream.seek(offset)
        stream.write(bytes([byte ^ (1 << bit)]))
