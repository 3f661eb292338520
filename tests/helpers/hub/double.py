"""The double itself: two servers on loopback, one the Hub and one what it redirects to."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.helpers.hub.content import Repository, StoredFile
from tests.helpers.hub.faults import Faults
from tests.helpers.hub.handler import LoopbackServer

__all__ = ["HubDouble", "Request"]


@dataclass(frozen=True)
class Request:
    """One request as it came in.

    Args:
        path: With the query, as it was sent.
        headers: Names in lower case.
        status: Of the answer.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    status: int


@dataclass
class HubDouble:
    """A Hub on this machine. Use it in a ``with`` block, and set ``HF_ENDPOINT`` to its ``url``.

    Args:
        tokens: What each token may read: a set of ``owner/name``; a token that is not here is
            wrong.
        page_size: Entries of one page of a list; the rest is behind its ``Link``.
    """

    tokens: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    page_size: int = 100
    repositories: dict[str, Repository] = field(default_factory=dict[str, Repository])
    faults: dict[str, Faults] = field(default_factory=dict[str, Faults])
    requests: list[Request] = field(default_factory=list[Request])
    closing: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._hub = LoopbackServer(self)
        self._cdn = LoopbackServer(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()
        for fault in self.faults.values():
            fault.release.set()
        self._hub.end()
        self._cdn.end()

    @property
    def url(self) -> str:
        """Of the Hub, without a slash at its end."""
        return self._hub.url

    @property
    def cdn_url(self) -> str:
        """Of the other server, which gives the contents of large files."""
        return self._cdn.url

    def add_repo(self, name: str, files: Mapping[str, bytes | Path], **facts: object) -> Repository:
        """Adds a repository, or makes another commit of the one that is here.

        Args:
            name: ``owner/name``.
            files: Content by path.
            facts: Of ``Repository`` (``gated``, ``downloads``, ``likes``, ``tags`` ...); others
                go into its ``details``.
        """
        repository = self.repositories.setdefault(name, Repository(name))
        for key, value in facts.items():
            if key in Repository.__dataclass_fields__:
                setattr(repository, key, value)
            else:
                repository.details[key] = value
        repository.commit(files)
        return repository

    def fault(self, path: str) -> Faults:
        """The faults of ``owner/name/path`` or ``/api/...``; made if there are none yet."""
        return self.faults.setdefault(path, Faults())

    def by_hash(self, sha256: str) -> tuple[str, StoredFile] | None:
        """A large file by its hash, with ``owner/name/path``."""
        for repository in self.repositories.values():
            for files in repository.commits.values():
                for file in files.values():
                    if file.lfs and file.sha256 == sha256:
                        return f"{repository.name}/{file.name}", file
        return None

    def seen(self, part: str, method: str = "GET") -> list[Request]:
        """The requests of a method whose path contains ``part``."""
        return [
            request
            for request in list(self.requests)
            if request.method == method and part in request.path
        ]
