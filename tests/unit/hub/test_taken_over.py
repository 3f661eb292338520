"""A request over a connection that was kept open ends as soon as nobody wants it any more."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest

from assistant.domain.clock import SystemClock
from assistant.domain.connection import ConnectionOutcome, Purpose
from assistant.domain.errors import Cancelled
from assistant.hub.connection_log import ConnectionLog
from assistant.hub.download import DiskBudget, HubLink, ModelTransfer, Patience, Staging
from assistant.hub.download.wire import Wire
from assistant.hub.egress import Egress, Grant
from tests.helpers.hub import HubDouble
from tests.helpers.hub.orders import Seen, order_of

pytestmark = pytest.mark.loopback
WAIT_S = 60.0
PATIENCE_S = 3600.0  # of the client: what ends before that was cut


@dataclass
class Stand:
    """A gate before a Hub of its own, and how many connections it made."""

    hub: HubDouble
    egress: Egress
    folder: Path
    made: list[socket.socket] = field(default_factory=list[socket.socket])


@pytest.fixture
def stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    with HubDouble() as hub:
        hub.add_repo("ada/a", {"a.json": b"{}", "b.json": b"{} "})
        log = ConnectionLog(tmp_path / "state" / "connections.jsonl")
        clock = SystemClock()
        egress = Egress(log, clock, sealed=False, offline=lambda: False, endpoint=hub.url)
        made = Stand(hub, egress, tmp_path)
        connect = socket.create_connection

        def counted(*args: object, **kwargs: object) -> socket.socket:
            made.made.append(connect(*args, **kwargs))  # pyright: ignore[reportArgumentType] - passed on as they came
            return made.made[-1]

        monkeypatch.setattr(socket, "create_connection", counted)
        yield made
        egress.close()


def _by_wire(wire: Wire, grant: Grant) -> None:
    assert not grant.ended
    wire.end()


def _by_grant(_: Wire, grant: Grant) -> None:
    grant.cut()


@pytest.mark.parametrize("end", [_by_wire, _by_grant])
@pytest.mark.parametrize("redirected", [False, True])
def test_what_took_over_the_connection_of_another_that_goes_on_ends_at_once(
    stand: Stand, end: Callable[[Wire, Grant], None], *, redirected: bool
) -> None:
    commit = stand.hub.repositories["ada/a"].head
    asked = f"/ada/a/resolve/{commit}/a.json"
    held = stand.hub.fault(f"/api/resolve-cache/models/ada/a/{commit}/a.json")
    if not redirected:
        held = stand.hub.fault(asked)
    held.hold_first = True
    wire, ended = Wire(), threading.Event()
    with ExitStack() as during:
        other = during.enter_context(stand.egress.grant(Purpose.SEARCH, "another"))
        another = during.enter_context(stand.egress.client(other))
        assert another.get(f"{stand.hub.url}/api/models").is_success
        grant = during.enter_context(stand.egress.grant(Purpose.DOWNLOAD, "ada/a"))
        client = during.enter_context(stand.egress.client(grant, timeout_s=PATIENCE_S))

        def ask() -> None:
            with (
                pytest.raises(httpx2.HTTPError),
                wire.get(client, stand.hub.url + asked, {}),
            ):
                pass
            ended.set()

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        assert held.held.wait(WAIT_S)
        assert len(stand.made) == 1, "it was taken over"
        end(wire, grant)
        assert ended.wait(WAIT_S)
        assert not held.release.is_set()
        assert stand.egress.log.newest()[0].outcome is ConnectionOutcome.STOPPED
        assert another.get(f"{stand.hub.url}/api/models").is_success, "the other goes on"
    held.release.set()
    thread.join(WAIT_S)


def test_an_answer_that_another_reads_is_not_cut(stand: Stand) -> None:
    stand.hub.add_repo("ada/b", {"m.gguf": bytes(300_000)})
    content = stand.hub.fault("ada/b/m.gguf")
    content.hold_at = 100_000
    wire = Wire()
    with ExitStack() as during:
        other = during.enter_context(stand.egress.grant(Purpose.DOWNLOAD, "another"))
        another = during.enter_context(stand.egress.client(other))
        reading = during.enter_context(
            another.stream("GET", f"{stand.hub.url}/ada/b/resolve/main/m.gguf")
        )
        pieces = reading.iter_raw(1000)
        count = len(next(pieces))
        grant = during.enter_context(stand.egress.grant(Purpose.DOWNLOAD, "ada/a"))
        client = during.enter_context(stand.egress.client(grant))
        with wire.get(client, f"{stand.hub.url}/api/models", {}) as answer:
            answer.read()
            wire.end()
        grant.cut()
        content.release.set()
        assert count + sum(len(piece) for piece in pieces) == 300_000


def test_a_download_ends_at_its_second_file_too(stand: Stand) -> None:
    order = order_of(stand.hub, "ada/a")
    second = stand.hub.fault(f"/ada/a/resolve/{order.commit}/{order.files[1].name}")
    second.hold_first = True
    staging = Staging(stand.folder / "models" / "downloads")
    staging.root.mkdir(parents=True)
    budget = DiskBudget(staging.root, spare_bytes=0)
    seen, ended = Seen(), threading.Event()

    def download() -> None:
        with (
            stand.egress.grant(Purpose.DOWNLOAD, "ada/a") as grant,
            stand.egress.client(grant, timeout_s=PATIENCE_S) as client,
        ):
            link = HubLink(client, stand.egress.endpoint, {})
            transfer = ModelTransfer(order, staging, budget, Patience())
            with pytest.raises(Cancelled):
                transfer.run(link, seen.watch())
        ended.set()

    thread = threading.Thread(target=download, daemon=True)
    thread.start()
    assert second.held.wait(WAIT_S)
    assert len(stand.made) == 1, "the connection of the first file was taken over"
    seen.cancel.cancel()
    assert ended.wait(WAIT_S)
    assert not second.release.is_set()
    second.release.set()
    thread.join(WAIT_S)
