"""What the queue of downloads remembers of each, in memory and from one start to the next."""

import contextlib
import threading
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.domain.cancel import CancelToken
from assistant.domain.download import Download, DownloadOrder, DownloadState
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelInfo
from assistant.hub.download import ModelTransfer
from assistant.hub.download.staging import write_durably
from assistant.services.download_pace import Pace
from assistant.services.jobs import Job

_JOIN_S = 3.0
_MOST_FINISHED = 50
HOLDS_A_PLACE = (DownloadState.RUNNING, DownloadState.WAITING, DownloadState.CHECKING)
Wish = Literal["run", "pause", "offline", "failed"]
"""What becomes of it at the next start: only ``run`` goes on by itself."""


@dataclass(slots=True)
class Run:
    """One attempt of one download, on a thread of its own; a pause ends it for good."""

    transfer: ModelTransfer
    cancel: CancelToken = field(default_factory=CancelToken)
    woken: threading.Event = field(default_factory=threading.Event)
    under_way: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None


@dataclass(slots=True)
class Entry:
    """One download of the queue.

    Args:
        here: Bytes on the disk.
        allowed: The user has allowed it to connect, also where work is offline.
        offline_then: Work was offline when it was allowed.
        failure: Why it does not go on by itself; None also where that was in an earlier process.
        run: What works on it now.
        jobs: Wait for its end.
    """

    order: DownloadOrder
    state: DownloadState = DownloadState.QUEUED
    here: int = 0
    detail: str = ""
    hint: str = ""
    failure: UserFacingError | None = None
    model: ModelInfo | None = None
    wish: Wish = "run"
    allowed: bool = True
    offline_then: bool = False
    run: Run | None = None
    pace: Pace = field(default_factory=Pace)
    jobs: list[Job[ModelInfo]] = field(default_factory=list[Job[ModelInfo]])

    def shown(self) -> Download:
        """As it stands now."""
        running = self.state is DownloadState.RUNNING
        rest = self.order.size_bytes - self.here
        return Download(
            self.order,
            self.state,
            self.here,
            self.pace.bytes_per_s if running else 0.0,
            self.pace.seconds_left(rest) if running else None,
            self.detail,
            self.hint,
            ModelId(self.model.id) if self.model is not None else None,
        )

    def stand(self, state: DownloadState, detail: str = "", hint: str = "") -> None:
        """Notes a new state and why."""
        self.state, self.detail, self.hint = state, detail, hint

    def send_offline(self, *, for_now: bool) -> None:
        """Has it wait for the user's word; for one run only where that run is sealed."""
        if not for_now:
            self.wish, self.allowed = "offline", False
        self.failure = UserFacingError(
            "Lamplight works offline.", "Resume it to allow this download again.", code="offline"
        )
        self.stand(DownloadState.PAUSED, self.failure.message, self.failure.hint)

    def fail(self, error: UserFacingError) -> None:
        """Notes why it cannot go on by itself."""
        self.wish, self.failure = "failed", error
        self.stand(DownloadState.FAILED, error.message, error.hint)


def still_to_come(entries: Sequence[Entry], but: Entry) -> int:
    """Bytes that those which move, without one, are still going to write."""
    return sum(
        entry.order.size_bytes - entry.here
        for entry in tuple(entries)
        if entry is not but and entry.state in HOLDS_A_PLACE
    )


def join_all(threads: Sequence[threading.Thread]) -> None:
    """Waits a little for the ends of attempts that were stopped.

    One that still looks up an address or greets a server cannot be ended; it does nothing more
    once that returns, and does not keep the process alive.
    """
    deadline = time.monotonic() + _JOIN_S
    for thread in threads:
        thread.join(max(deadline - time.monotonic(), 0.0))


class _Noted(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str
    wish: Wish = "run"
    allowed: bool = True
    offline_then: bool = False
    detail: str = ""
    hint: str = ""


class _Finished(BaseModel):
    model_config = ConfigDict(extra="ignore")

    order: DownloadOrder
    sha256: str


class _Queue(BaseModel):
    model_config = ConfigDict(extra="ignore")

    downloads: list[_Noted] = []


_FINISHED = TypeAdapter(list[_Finished])


def write_queue(path: Path, entries: Sequence[Entry]) -> None:
    """Notes the order of the queue and what the user wants of each, and the last that are done.

    Raises:
        OSError: It cannot be written.
    """
    noted = [
        _Noted(
            id=entry.order.id,
            wish=entry.wish,
            allowed=entry.allowed,
            offline_then=entry.offline_then,
            detail=entry.detail if entry.wish != "run" else "",
            hint=entry.hint if entry.wish != "run" else "",
        )
        for entry in entries
        if entry.model is None
    ]
    finished = [
        _Finished(order=entry.order, sha256=entry.model.sha256)
        for entry in entries
        if entry.model is not None
    ]
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_durably(path, _Queue(downloads=noted).model_dump_json(indent=1).encode())
    beside, done = _finished_file(path), _FINISHED.dump_json(finished[-_MOST_FINISHED:], indent=1)
    if finished if not beside.exists() else beside.read_bytes() != done:
        write_durably(beside, done)


def _finished_file(path: Path) -> Path:
    # Apart from the queue: nothing that is wrong in here may cost the wishes of the user.
    return path.with_name("finished.json")


def read_finished(path: Path, installed: Callable[[str], ModelInfo | None]) -> Generator[Entry]:
    """Those that were done and not cleared.

    Args:
        path: The note of the queue.
        installed: The model of a hash; what has been removed since is not shown any more.
    """
    with contextlib.suppress(OSError, ValidationError):
        for done in _FINISHED.validate_json(_finished_file(path).read_bytes()):
            model = installed(done.sha256)
            if model is not None:
                size = done.order.size_bytes
                yield Entry(done.order, DownloadState.DONE, here=size, model=model)


def read_queue(path: Path, orders: Sequence[DownloadOrder]) -> list[Entry]:
    """What was ordered, in the order of the queue; a note that is lost loses the order alone."""
    try:
        noted = _Queue.model_validate_json(path.read_bytes()).downloads
    except (OSError, ValidationError):
        noted = []
    known = {note.id: (at, note) for at, note in enumerate(noted)}
    last = (len(noted), _Noted(id="", wish="pause"))

    def place(order: DownloadOrder) -> tuple[int, float]:
        return known.get(order.id, last)[0], order.ordered_at.timestamp()

    return [_remembered(order, known.get(order.id, last)[1]) for order in sorted(orders, key=place)]


def _remembered(order: DownloadOrder, note: _Noted) -> Entry:
    state = {
        "run": DownloadState.QUEUED,
        "failed": DownloadState.FAILED,
    }.get(note.wish, DownloadState.PAUSED)
    return Entry(
        order,
        state,
        detail=note.detail,
        hint=note.hint,
        wish=note.wish,
        allowed=note.allowed,
        offline_then=note.offline_then,
    )
