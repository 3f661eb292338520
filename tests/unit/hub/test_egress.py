"""The one gate: what it lets through, what it refuses, and what it writes down."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from assistant.domain.clock import FixedClock
from assistant.domain.connection import ConnectionOutcome, Purpose
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.hub.connection_log import ConnectionLog
from assistant.hub.download.wire import Wire
from assistant.hub.egress import Egress, Origin
from tests.helpers.hub import HubDouble

pytestmark = pytest.mark.loopback
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
TOKEN = "hf_thisisasecret"  # noqa: S105 - of no real account
BIG = b"GGUF" + bytes(300_000)


@dataclass
class Stand:
    """A gate before a Hub of its own."""

    hub: HubDouble
    path: Path
    offline: bool = False
    made: list[Egress] = field(default_factory=list[Egress])

    def egress(self, *, sealed: bool = False, endpoint: str | None = None) -> Egress:
        egress = Egress(
            ConnectionLog(self.path),
            FixedClock(NOW),
            sealed=sealed,
            offline=lambda: self.offline,
            endpoint=endpoint or self.hub.url,
        )
        self.made.append(egress)
        return egress


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    with HubDouble(tokens={TOKEN: {"a/b"}}) as hub:
        hub.add_repo("a/b", {"config.json": b"{}", "m.gguf": BIG})
        stand = Stand(hub, tmp_path / "state" / "connections.jsonl")
        yield stand
        for egress in stand.made:
            egress.close()


def refused(egress: Egress, url: str, purpose: Purpose = Purpose.SEARCH) -> UserFacingError:
    with (
        egress.grant(purpose, "a test", allowed=True) as grant,
        egress.client(grant) as client,
        pytest.raises(UserFacingError) as caught,
    ):
        client.get(url)
    return caught.value


def test_what_is_granted_goes_through_and_is_written_down(stand: Stand) -> None:
    egress = stand.egress()
    with egress.grant(Purpose.SEARCH, "a/b") as grant, egress.client(grant) as client:
        answer = client.get(f"{stand.hub.url}/api/models/a/b")
    [row] = egress.log.newest()
    assert (row.when, row.host) == (NOW, stand.hub.url.removeprefix("http://"))
    assert (row.purpose, row.why, row.outcome) == (Purpose.SEARCH, "a/b", ConnectionOutcome.DONE)
    assert row.received_bytes == len(answer.content)
    assert row.sent_bytes > 60
    assert egress.log.made() == 1


def test_offline_nothing_goes_out_but_what_the_user_allowed(stand: Stand) -> None:
    stand.offline = True
    egress = stand.egress()
    with pytest.raises(UserFacingError) as caught:
        egress.grant(Purpose.SEARCH, "a test")
    assert caught.value.code == "offline"
    assert not stand.path.exists()
    with egress.grant(Purpose.SEARCH, "a test", allowed=True) as grant:
        assert egress.client(grant).get(f"{stand.hub.url}/api/models").status_code == 200


def test_sealed_even_what_the_user_allows_is_refused(stand: Stand) -> None:
    egress = stand.egress(sealed=True)
    for purpose in Purpose:
        with pytest.raises(UserFacingError) as caught:
            egress.grant(purpose, "a test", allowed=True)
        assert caught.value.code == "offline"
    assert stand.hub.requests == []


def test_a_closed_grant_lets_nothing_through(stand: Stand) -> None:
    egress = stand.egress()
    grant = egress.grant(Purpose.SEARCH, "a test")
    client = egress.client(grant)
    client.get(f"{stand.hub.url}/api/models")
    grant.close()
    with pytest.raises(UserFacingError) as caught:
        client.get(f"{stand.hub.url}/api/models")
    assert caught.value.code == "offline"
    assert [row.outcome for row in egress.log.newest()] == [
        ConnectionOutcome.REFUSED,
        ConnectionOutcome.DONE,
    ]
    assert len(stand.hub.requests) == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/",
        "http://huggingface.co/api/models",
        "https://huggingface.co:8443/",
        "https://huggingface.co@example.com/",
        "https://user:word@huggingface.co/",
        "https://huggingface.co.example.com/",
        "https://evilhuggingface.co/",
        "https://huggingface.co./",
        "https://18.164.174.23/",
        "https://[::1]/",
        "https://127.0.0.1:1/",
        "http://127.0.0.1:1/",
        "https://cdn-lfs.hf.co/",
        "https://hugging\u0455ace.co/",
    ],
)
def test_a_host_that_is_not_allowed_is_never_reached(stand: Stand, url: str) -> None:
    egress = stand.egress(endpoint="https://huggingface.co")
    assert refused(egress, url).code == "host_refused"
    [row] = egress.log.newest()
    assert (row.outcome, row.sent_bytes) == (ConnectionOutcome.REFUSED, 0)
    assert egress.log.made() == 0


@pytest.mark.parametrize(
    ("address", "purpose", "fine"),
    [
        ("https://huggingface.co/x", Purpose.SEARCH, True),
        ("https://HuggingFace.co/x", Purpose.DOWNLOAD, True),
        ("https://cdn-lfs-us-1.hf.co/x", Purpose.DOWNLOAD, True),
        ("https://cas-bridge.xethub.hf.co/x", Purpose.DOWNLOAD, True),
        ("https://cdn-lfs.hf.co/x", Purpose.SEARCH, False),
        ("https://cdn-lfs.hf.co:444/x", Purpose.DOWNLOAD, False),
        ("https://xhf.co/x", Purpose.DOWNLOAD, False),
        ("https://hf.space/x", Purpose.DOWNLOAD, False),
        ("https://huggingface.co/x", Purpose.CATALOGUE, False),
        ("https://models.example.org/other", Purpose.CATALOGUE, True),
    ],
)
def test_each_purpose_has_its_hosts(
    stand: Stand, address: str, purpose: Purpose, *, fine: bool
) -> None:
    egress = stand.egress(endpoint="https://huggingface.co")
    own = "https://models.example.org/catalogue.json" if purpose is Purpose.CATALOGUE else ""
    with egress.grant(purpose, "a test", address=own) as grant:
        assert (egress.refusal(grant, Origin.of(address)) is None) is fine


def test_a_redirect_elsewhere_is_refused(stand: Stand) -> None:
    from tests.helpers.hub.faults import Reply

    egress = stand.egress()
    there = "https://example.com/file"
    stand.hub.fault("/api/models").replies.append(Reply(302, {"Location": there}))
    assert refused(egress, f"{stand.hub.url}/api/models", Purpose.DOWNLOAD).code == "host_refused"
    assert [(row.host, row.outcome) for row in egress.log.newest()] == [
        ("example.com", ConnectionOutcome.REFUSED),
        (stand.hub.url.removeprefix("http://"), ConnectionOutcome.DONE),
    ]


def test_the_token_reaches_the_hub_and_never_where_it_keeps_its_files(stand: Stand) -> None:
    egress = stand.egress()
    with egress.grant(Purpose.DOWNLOAD, "a/b") as grant, egress.client(grant) as client:
        url = f"{stand.hub.url}/a/b/resolve/main/m.gguf"
        assert client.get(url, headers=egress.authorization(TOKEN)).content == BIG
        # Also where somebody sets the header by hand.
        sha256 = stand.hub.repositories["a/b"].at("main")
        assert sha256 is not None
        client.get(
            f"{stand.hub.cdn_url}/cdn/{sha256[1]['m.gguf'].sha256}",
            headers=egress.authorization(TOKEN),
        )
    [asked] = stand.hub.seen("/resolve/")
    assert asked.headers["authorization"] == f"Bearer {TOKEN}"
    for request in stand.hub.seen("/cdn/"):
        assert "authorization" not in request.headers
    assert len(stand.hub.seen("/cdn/")) == 2
    assert TOKEN not in stand.path.read_text(encoding="utf-8")
    assert asked.headers["user-agent"].startswith("Lamplight/")
    assert "cookie" not in asked.headers


def test_switching_to_offline_ends_what_is_going_on(stand: Stand) -> None:
    egress = stand.egress()
    stand.hub.fault("a/b/m.gguf").hold_at = 100_000
    with (
        egress.grant(Purpose.DOWNLOAD, "a/b") as grant,
        egress.client(grant) as client,
        client.stream("GET", f"{stand.hub.url}/a/b/resolve/main/m.gguf") as answer,
    ):
        chunks = answer.iter_raw(1000)
        next(chunks)
        stand.offline = True
        stand.hub.fault("a/b/m.gguf").release.set()
        with pytest.raises(UserFacingError) as caught:
            for _ in chunks:
                pass
    assert caught.value.code == "offline"
    assert egress.log.newest()[0].outcome is ConnectionOutcome.REFUSED


@pytest.mark.parametrize("with_head", [False, True])
@pytest.mark.parametrize("how", ["offline", "close"])
def test_who_waits_for_a_silent_server_wakes_up_when_all_is_cut(
    stand: Stand, how: str, *, with_head: bool
) -> None:
    egress = stand.egress()
    fault = stand.hub.fault("a/b/m.gguf" if with_head else "/a/b/resolve/main/m.gguf")
    fault.hold_at, fault.hold_first = (1 if with_head else None), not with_head
    codes: list[str] = []

    def wait() -> None:
        with (
            egress.grant(Purpose.DOWNLOAD, "a/b") as grant,
            egress.client(grant, timeout_s=3600) as client,
            pytest.raises(UserFacingError) as caught,
        ):
            client.get(f"{stand.hub.url}/a/b/resolve/main/m.gguf")
        codes.append(caught.value.code)

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    assert fault.held.wait(60)
    if how == "offline":
        stand.offline = True
        assert egress.offline
    else:
        egress.close()
    thread.join(60)
    assert codes == ["offline"]
    ended = ConnectionOutcome.REFUSED if how == "offline" else ConnectionOutcome.STOPPED
    assert egress.log.newest()[0].outcome is ended


def test_what_breaks_off_is_written_down_with_what_came(stand: Stand) -> None:
    egress = stand.egress()
    stand.hub.fault("a/b/m.gguf").drop_at.append(200_000)
    with (
        egress.grant(Purpose.DOWNLOAD, "a/b") as grant,
        egress.client(grant) as client,
        pytest.raises(httpx2.HTTPError),
    ):
        client.get(f"{stand.hub.url}/a/b/resolve/main/m.gguf")
    row = egress.log.newest()[0]
    assert row.outcome is ConnectionOutcome.FAILED
    assert 0 < row.received_bytes <= 200_000


@pytest.mark.parametrize("how", ["cancel", "leave", "give up"])
def test_what_nobody_wants_any_more_is_stopped_and_did_not_break_off(
    stand: Stand, how: str
) -> None:
    egress = stand.egress()
    fault = stand.hub.fault("a/b/m.gguf")
    fault.hold_at = 100_000
    wire = Wire()
    address = f"{stand.hub.url}/a/b/resolve/main/m.gguf"
    with (
        egress.grant(Purpose.DOWNLOAD, "a/b") as grant,
        egress.client(grant) as client,
        wire.get(client, address, {}) as answer,
    ):
        chunks = answer.iter_raw(1000)
        next(chunks)
        if how == "give up":
            grant.cut()
        else:
            wire.end()
        fault.release.set()
        if how != "leave":
            with pytest.raises((httpx2.HTTPError, UserFacingError)):
                list(chunks)
    row = egress.log.newest()[0]
    assert row.outcome is ConnectionOutcome.STOPPED
    assert row.received_bytes > 0


def test_nobody_there_is_a_failed_connection(stand: Stand) -> None:
    egress = stand.egress(endpoint="http://127.0.0.1:1")
    with (
        egress.grant(Purpose.SEARCH, "a test") as grant,
        egress.client(grant) as client,
        pytest.raises(httpx2.ConnectError),
    ):
        client.get("http://127.0.0.1:1/")
    assert egress.log.newest()[0].outcome is ConnectionOutcome.FAILED
    assert egress.log.made() == 1


def test_what_cannot_be_written_down_is_not_done(stand: Stand) -> None:
    stand.path.mkdir(parents=True)
    egress = stand.egress()
    with (
        egress.grant(Purpose.SEARCH, "a test") as grant,
        egress.client(grant) as client,
        pytest.raises(EnvironmentProblem),
    ):
        client.get(f"{stand.hub.url}/api/models")
    assert stand.hub.requests == []


def test_the_hubs_own_library_passes_the_gate(stand: Stand) -> None:
    from huggingface_hub import HfApi

    egress = stand.egress()
    api = HfApi(endpoint=stand.hub.url, token=False)
    with egress.grant(Purpose.SEARCH, "a/b") as grant, egress.library(grant):
        assert api.model_info("a/b").id == "a/b"
    with pytest.raises(UserFacingError) as caught:
        api.model_info("a/b")
    assert caught.value.code == "offline"
    assert len(stand.hub.requests) == 1
    assert egress.log.newest()[0].why == "a/b"


def test_the_systems_proxy_is_asked_but_not_for_this_machine(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    egress = stand.egress()
    with egress.grant(Purpose.SEARCH, "a test") as grant, egress.client(grant) as client:
        assert client.get(f"{stand.hub.url}/api/models").status_code == 200
    away = stand.egress(endpoint="https://huggingface.co")
    with (
        away.grant(Purpose.SEARCH, "a test") as grant,
        away.client(grant) as client,
        pytest.raises(httpx2.ConnectError),  # nobody is at the proxy
    ):
        client.get("https://huggingface.co/api/models")


def test_the_gate_itself_imports_no_network_library() -> None:
    program = (
        "import sys; import assistant.hub.egress; "
        "print([m for m in ('httpx2', 'huggingface_hub', 'ssl') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ),
    )
    assert done.stdout.strip() == "[]"
