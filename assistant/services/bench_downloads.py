"""How fast downloads begin again and how soon they are checked, beside a plain GET, in one run.

The other end is a server in a process of its own on loopback. Resumed downloads pass the real gate
and are written in a log; plain requests do neither. They are made in pairs, one after the other,
the order changing each time, and each begins when nothing of the one before is at work.
"""

import hashlib
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from assistant.config.paths import resources
from assistant.config.settings import SettingsFile
from assistant.domain.cancel import CancelToken
from assistant.domain.clock import SystemClock
from assistant.domain.connection import Purpose
from assistant.domain.download import DownloadOrder, DownloadState
from assistant.domain.health import BenchRow
from assistant.domain.hub import HubFile
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelFormat, ModelInfo
from assistant.hub.catalogue import Catalogue, read_catalogue
from assistant.hub.connection_log import ConnectionLog
from assistant.hub.download import (
    DiskBudget,
    HubLink,
    ModelTransfer,
    Patience,
    Staging,
    Watch,
    download_id,
)
from assistant.hub.egress import Egress
from assistant.hub.model_store import ModelStore
from assistant.services.bench_stalls import stall_row
from assistant.services.download_finish import Finish
from assistant.services.download_surroundings import Surroundings
from assistant.services.downloads import DownloadService

Progress = Callable[[float, str], None]

_RESUME_GOAL: Final = 1.5
_CHECK_GOAL: Final = 0.1
_FULL: Final = (512 << 20, 25)
"""Bytes of the file, and pairs of requests."""
_QUICK: Final = (128 << 20, 9)
_LATENCIES_MS: Final = (0, 20)
"""Of the server: none at all, which shows what our own work takes, and that of a near one."""
_DOWNLOADS: Final = 3
_PIECE_BYTES: Final = 1 << 20
_WAIT_S: Final = 60.0
_STALLS_S: Final = 6.0
_STALLS_QUICK_S: Final = 2.0


def measure(work_folder: Path, *, quick: bool, on_progress: Progress) -> list[BenchRow]:
    """Measures the way from a click on Resume to the first new byte, and the check at the end.

    Args:
        work_folder: On the disk to be measured; a folder of its own is made in it and removed.
        quick: A smaller file and fewer pairs.
        on_progress: Told how far it is; may raise to cancel.
    """
    from assistant.hub.download.loopback import LoopbackFile

    size, pairs = _QUICK if quick else _FULL
    with tempfile.TemporaryDirectory(dir=work_folder, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / "source"
        order = _order(source, size)
        with LoopbackFile(source) as server:
            catalogue = read_catalogue(resources() / "catalogue.json")
            rows: list[BenchRow] = []
            for number, latency_ms in enumerate(_LATENCIES_MS):
                url = server.url(latency_ms, held=True)
                stand = _Stand(folder / f"{latency_ms}", url, order, catalogue)
                stand.folder.mkdir()
                share = partial(_within, on_progress, number / 5, 1 / 5)
                rows.append(_resume(stand, source, pairs, latency_ms, share))
            stand = _Stand(folder, server.url(), order, catalogue)
            rows.append(_check(stand, partial(_within, on_progress, 2 / 5, 2 / 5)))
            on_progress(4 / 5, "Watching for stalls")
            stand = _Stand(folder / "stalls", server.url(), order, catalogue)
            stand.folder.mkdir()
            rows.append(_stalls(stand, _STALLS_QUICK_S if quick else _STALLS_S))
            return rows


def _within(on_progress: Progress, start: float, length: float, part: float, doing: str) -> None:
    on_progress(start + part * length, doing)


def _order(source: Path, size: int) -> DownloadOrder:
    """Writes a file of random bytes; an order for it."""
    digest = hashlib.sha256()
    chance = random.Random(20261121)  # noqa: S311 - fills a file, guards nothing
    with source.open("wb") as stream:
        for _ in range(size // _PIECE_BYTES):
            piece = chance.randbytes(_PIECE_BYTES)
            digest.update(piece)
            stream.write(piece)
    files = (HubFile("model.gguf", size, digest.hexdigest()),)
    model = ModelInfo(
        *(ModelId("bench"), "bench", ModelFormat.GGUF, "", 0, "", size, 0, "", "", "small")
    )
    commit = "0" * 40
    name = download_id("bench/bench", commit, files)
    return DownloadOrder(name, "bench/bench", commit, files, model, datetime.now(UTC))


@dataclass(slots=True)
class _Stand:
    folder: Path
    url: str
    order: DownloadOrder
    catalogue: Catalogue
    first_s: float = 0.0
    came: threading.Event = field(default_factory=threading.Event)
    egress: Egress = field(init=False)

    def __post_init__(self) -> None:
        log = ConnectionLog(self.folder / "state" / "connections.jsonl")
        self.egress = Egress(
            log, SystemClock(), sealed=False, offline=lambda: False, endpoint=self.url
        )

    @contextmanager
    def link(self) -> Generator[HubLink]:
        """To the server, over a connection of its own."""
        from assistant.hub.download.first_byte import plain_client

        with plain_client(self.note) as client:
            yield HubLink(client, self.url)

    @contextmanager
    def gated(self, why: str, allowed: bool) -> Generator[HubLink]:  # noqa: FBT001 - see Connect
        """To the server as the application goes there: by the gate, and written in the log."""
        from assistant.hub.download.first_byte import gated_client

        with (
            self.egress.grant(Purpose.DOWNLOAD, why, allowed=allowed) as grant,
            gated_client(self.egress, grant, self.note) as client,
        ):
            yield HubLink(client, self.url)

    def note(self, at_s: float) -> None:
        """The first byte has come."""
        self.first_s = at_s
        self.came.set()

    def service(self, staging: Staging) -> DownloadService:
        """A queue that ends before anything is tried."""
        store = ModelStore(self.folder / "models", self.folder / "shared", self.catalogue)

        def raised(error: BaseException) -> None:
            raise error

        around = Surroundings(
            connect=self.gated,
            offline=lambda: False,
            sealed=False,
            finish=Finish(store, self.catalogue, staging),
            on_bug=raised,
            patience=Patience(),
            spare_bytes=0,
        )
        settings = SettingsFile(self.folder / "settings.json")
        settings.update("models", parallel_downloads=_DOWNLOADS)
        return DownloadService(staging, settings, around)


def _resume(
    stand: _Stand, source: Path, pairs: int, latency_ms: int, on_progress: Progress
) -> BenchRow:
    """From the click to the first new byte, half of the file being here and not hashed yet."""
    staging = Staging(stand.folder / "models" / "downloads")
    staging.root.mkdir(parents=True)
    service = stand.service(staging)
    order = stand.order
    staging.begin(order)
    half = order.size_bytes // 2
    part = staging.part(order, order.files[0])
    with source.open("rb") as stream, part.open("wb") as copy:
        while copy.tell() < half:
            copy.write(stream.read(_PIECE_BYTES))
    service.start()
    resumed: list[float] = []
    plain: list[float] = []

    def click() -> None:
        stand.came.clear()
        begun_s = time.perf_counter()
        service.resume(order.id)
        if not stand.came.wait(_WAIT_S):
            raise TimeoutError
        resumed.append((stand.first_s - begun_s) * 1000)
        service.pause(order.id)
        _rest()
        with part.open("r+b") as stream:
            stream.truncate(half)

    def get() -> None:
        begun_s = time.perf_counter()
        with (
            stand.link() as link,
            link.client.stream("GET", link.address(order.repo, order.commit, "f")) as answer,
        ):
            next(answer.iter_raw())
        plain.append((stand.first_s - begun_s) * 1000)

    try:
        for number in range(pairs):
            for step in (click, get) if number % 2 else (get, click):
                step()
            on_progress(number / pairs, "Going on with a download")
    finally:
        service.cancel(order.id)
        service.close()
        stand.egress.close()
    value, reference = statistics.median(resumed), statistics.median(plain)
    return BenchRow(
        f"click on Resume to first new byte, {latency_ms} ms of latency",
        value,
        "ms",
        reference,
        value / reference,
        _RESUME_GOAL,
        note=f"median of {pairs}; reference: a plain GET to its first byte, without gate and log; "
        f"the server answers after {latency_ms} ms",
    )


def _rest() -> None:
    """Waits until nothing of a paused download is at work."""
    for thread in threading.enumerate():
        if thread.name in {"download", "downloads", "hash"}:
            thread.join(_WAIT_S)


def _stalls(stand: _Stand, seconds: float) -> BenchRow:
    """What a beating thread feels of three downloads that run as fast as they can."""
    with _three(stand) as service:

        def downloading() -> bool:
            shown = service.all()
            return any(d.state in (DownloadState.RUNNING, DownloadState.CHECKING) for d in shown)

        return stall_row(downloading, seconds)


@contextmanager
def three_downloads(folder: Path) -> Generator[DownloadService]:
    """Inside, three downloads run as fast as a server on this machine gives them.

    Args:
        folder: Where they are put; some hundreds of megabytes.
    """
    from assistant.hub.download.loopback import LoopbackFile

    source = folder / "source"
    order = _order(source, _FULL[0])
    catalogue = read_catalogue(resources() / "catalogue.json")
    with (
        LoopbackFile(source) as server,
        _three(_Stand(folder, server.url(), order, catalogue)) as service,
    ):
        yield service


@contextmanager
def _three(stand: _Stand) -> Generator[DownloadService]:
    staging = Staging(stand.folder / "models" / "downloads")
    staging.root.mkdir(parents=True)
    service = stand.service(staging)
    service.start()
    orders = [
        replace(stand.order, repo=repo, id=download_id(repo, stand.order.commit, stand.order.files))
        for repo in (f"bench/bench-{number}" for number in range(_DOWNLOADS))
    ]
    for order in orders:
        service.order(order)

    try:
        yield service
    finally:
        for order in orders:
            service.cancel(order.id)
        service.close()
        stand.egress.close()


def _check(stand: _Stand, on_progress: Progress) -> BenchRow:
    """From the last byte to the end of the check, beside what the download took."""
    shares: list[tuple[float, float]] = []
    for number in range(_DOWNLOADS):
        staging = Staging(stand.folder / f"whole-{number}")
        staging.root.mkdir()
        transfer = ModelTransfer(
            stand.order, staging, DiskBudget(staging.root, spare_bytes=0), Patience()
        )
        last_s: list[float] = []

        def note(state: DownloadState, _words: str, last_s: list[float] = last_s) -> None:
            if state is DownloadState.CHECKING:
                last_s.append(time.perf_counter())

        watch = Watch(CancelToken(), lambda _: None, note, threading.Event())
        begun_s = time.perf_counter()
        with stand.link() as link:
            transfer.run(link, watch)
        ended_s = time.perf_counter()
        shares.append((ended_s - last_s[0], last_s[0] - begun_s))
        staging.discard(stand.order)
        on_progress(number / _DOWNLOADS, "Downloading and checking")
    checked_s, took_s = sorted(shares)[len(shares) // 2]
    rate = stand.order.size_bytes / took_s / 1e6
    return BenchRow(
        "check after the last byte",
        checked_s * 1000,
        "ms",
        took_s * 1000,
        checked_s / took_s,
        _CHECK_GOAL,
        note=f"median of {_DOWNLOADS}; reference: the download itself, at {rate:.0f} MB/s",
    )
