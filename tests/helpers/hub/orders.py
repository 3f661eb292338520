"""Orders for what the double holds, and a way to it without the gate."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from assistant.domain.cancel import CancelToken
from assistant.domain.download import DownloadOrder, DownloadState
from assistant.domain.hub import HubFile
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelFormat, ModelInfo
from assistant.hub.download import HubLink, Watch, download_id
from tests.helpers.hub.content import StoredFile
from tests.helpers.hub.double import HubDouble


def hub_file(file: StoredFile) -> HubFile:
    """The record of a file, as it is read from the tree of a repository."""
    sha256 = file.sha256 if file.lfs else ""
    return HubFile(file.name, file.size, sha256, "" if file.lfs else file.git_sha1)


def order_of(
    double: HubDouble, repo: str, *names: str, model_format: ModelFormat = ModelFormat.GGUF
) -> DownloadOrder:
    """An order for files of a repository as it stands now; for all of them without names."""
    repository = double.repositories[repo]
    stored = repository.commits[repository.head]
    files = tuple(hub_file(stored[name]) for name in names or sorted(stored))
    model = ModelInfo(
        id=ModelId(""),
        name=repo.split("/")[1],
        format=model_format,
        architecture="",
        parameters=0,
        quantization="",
        size_bytes=sum(file.size_bytes for file in files),
        context_length=0,
        licence="",
        sha256="",
        tier="small",
        repo=repo,
        commit=repository.head,
    )
    name = download_id(repo, repository.head, files)
    return DownloadOrder(name, repo, repository.head, files, model, datetime.now(UTC))


@contextmanager
def plain_link(double: HubDouble, token: str = "") -> Generator[HubLink]:
    """Straight to the double."""
    import httpx2

    headers = {"authorization": f"Bearer {token}"} if token else {}
    with httpx2.Client(follow_redirects=True, trust_env=False, timeout=600.0) as client:
        yield HubLink(client, double.url, headers)


@dataclass
class Seen:
    """What a transfer told of itself."""

    counts: list[int] = field(default_factory=list[int])
    states: list[tuple[DownloadState, str]] = field(default_factory=list[tuple[DownloadState, str]])
    cancel: CancelToken = field(default_factory=CancelToken)
    woken: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> Watch:
        """To be handed to the transfer."""
        return Watch(
            self.cancel,
            self.counts.append,
            lambda state, words: self.states.append((state, words)),
            self.woken,
        )
