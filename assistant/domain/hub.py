"""Models as a Hub offers them: repositories, their files, and what can be chosen from them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from assistant.domain.model import Fit, ModelFormat, ModelShape


class HubSort(StrEnum):
    """The order of what is found, best first."""

    DOWNLOADS = "downloads"
    LIKES = "likes"
    NEWEST = "newest"


class Gate(StrEnum):
    """Whether a repository can be read by everyone."""

    OPEN = "open"
    AUTOMATIC = "automatic"
    """After the terms were accepted on the Hub, with a token."""
    MANUAL = "manual"
    """After its owners have agreed, with a token."""


@dataclass(frozen=True, slots=True)
class HubQuery:
    """What is looked for.

    Args:
        words: In names; empty finds the most popular.
        sort: The order.
        formats: Only these; empty for all.
        largest_bytes: No file choice above this; 0 for no limit.
        licences: Only these identifiers, lower case; empty for all.
        fitting_only: Only what fits this machine, as far as is known.
        limit: At most so many.
    """

    words: str = ""
    sort: HubSort = HubSort.DOWNLOADS
    formats: frozenset[ModelFormat] = frozenset()
    largest_bytes: int = 0
    licences: frozenset[str] = frozenset()
    fitting_only: bool = False
    limit: int = 40


@dataclass(frozen=True, slots=True)
class HubModel:
    """One repository in a list of what was found.

    Args:
        repo: ``owner/name``.
        parameters: Number of weights, 0 if the Hub does not say.
        downloads: Of the last 30 days.
        updated: When it last changed; None if unknown.
        licence: Its identifier, empty if none is given.
        formats: Of the files that can be used here.
        fit: Of its best choice, None where it is not known yet.
    """

    repo: str
    parameters: int
    downloads: int
    likes: int
    updated: datetime | None
    licence: str
    gate: Gate
    formats: tuple[ModelFormat, ...]
    languages: tuple[str, ...] = ()
    fit: Fit | None = None


@dataclass(frozen=True, slots=True)
class HubFile:
    """One file of a repository at one commit.

    Args:
        name: Its path inside the repository, with forward slashes; checked.
        size_bytes: As the Hub says.
        sha256: Of its content, as its LFS record says; empty where it has none.
        git_sha1: Of the git blob where there is no LFS record; empty otherwise.
    """

    name: str
    size_bytes: int
    sha256: str
    git_sha1: str = ""


@dataclass(frozen=True, slots=True)
class HubChoice:
    """What is downloaded as one model: a GGUF file, all parts of a split one, or a snapshot.

    Args:
        name: To be shown: the file's name, or the repository's.
        explained: The quantization in plain words.
        trouble: Why it cannot be used here; empty when it can.
        shape: What its memory is estimated from; None where it is not known.
    """

    name: str
    format: ModelFormat
    quantization: str
    explained: str
    files: tuple[HubFile, ...]
    trouble: str = ""
    shape: ModelShape | None = None
    fit: Fit | None = None
    recommended: bool = False

    @property
    def size_bytes(self) -> int:
        """All files together."""
        return sum(file.size_bytes for file in self.files)


@dataclass(frozen=True, slots=True)
class HubRepository:
    """A repository, looked at closely.

    Args:
        commit: 40 hex digits: everything below is as of this commit.
        architecture: ``llama`` and the like, empty if unknown.
        context_length: Tokens that it was trained to read, 0 if unknown.
        card: Its description as Markdown; to be shown as text that loads nothing.
        refused: Why nothing of it may be downloaded; empty when it may.
    """

    model: HubModel
    commit: str
    architecture: str
    context_length: int
    choices: tuple[HubChoice, ...]
    card: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class HubSource:
    """Where a model comes from.

    Args:
        repo: ``owner/name``.
        commit: 40 hex digits; empty where the newest is taken.
        files: Paths inside the repository; empty for all files of a snapshot.
    """

    repo: str
    commit: str = ""
    files: tuple[str, ...] = field(default=())
