"""Downloads of models: what was ordered, and how far it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from assistant.domain.hub import HubFile
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelInfo

DownloadId = NewType("DownloadId", str)
"""Twelve hex digits; the same for the same files at the same commit."""


class DownloadState(StrEnum):
    """Where a download stands."""

    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"
    """The connection was lost; it goes on by itself."""
    PAUSED = "paused"
    """By the user, or because the application is offline; ``detail`` says which."""
    CHECKING = "checking"
    """All bytes are here and are compared with their hash."""
    TRYING = "trying"
    """It is loaded on trial in a process of its own."""
    DONE = "done"
    FAILED = "failed"

    @property
    def active(self) -> bool:
        """Whether it moves by itself."""
        return self in (self.RUNNING, self.WAITING, self.CHECKING, self.TRYING)


@dataclass(frozen=True, slots=True)
class DownloadOrder:
    """What is to be downloaded, pinned.

    Args:
        repo: ``owner/name``.
        commit: 40 hex digits.
        files: With their sizes and hashes as of that commit.
        model: What it becomes; ``id``, ``sha256`` and ``path`` are set when it is here.
        ordered_at: With a time zone.
    """

    id: DownloadId
    repo: str
    commit: str
    files: tuple[HubFile, ...]
    model: ModelInfo
    ordered_at: datetime

    @property
    def size_bytes(self) -> int:
        """All files together."""
        return sum(file.size_bytes for file in self.files)


@dataclass(frozen=True, slots=True)
class Download:
    """One download as it stands now.

    Args:
        done_bytes: That are on the disk.
        bytes_per_s: Over the last seconds; 0 while nothing comes.
        seconds_left: None while it cannot be said.
        detail: Why it waits, is paused or failed, as a sentence; empty otherwise.
        hint: What to do about that; empty otherwise.
        model_id: Of the installed model once it is done.
    """

    order: DownloadOrder
    state: DownloadState
    done_bytes: int = 0
    bytes_per_s: float = 0.0
    seconds_left: float | None = None
    detail: str = ""
    hint: str = ""
    model_id: ModelId | None = None

    @property
    def fraction(self) -> float:
        """0 to 1."""
        return min(self.done_bytes / max(self.order.size_bytes, 1), 1.0)
