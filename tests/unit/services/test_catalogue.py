"""Refreshing the catalogue from a file and from an address."""

import http.server
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from assistant.config.paths import resources
from assistant.config.settings import SettingsFile
from assistant.domain.clock import FixedClock
from assistant.domain.connection import ConnectionOutcome, Purpose
from assistant.domain.errors import UserFacingError
from assistant.domain.health import CheckState
from assistant.hub.catalogue import read_catalogue
from assistant.hub.catalogue_refresh import CatalogueKeeper, seal
from assistant.hub.connection_log import ConnectionLog
from assistant.hub.egress import Egress
from assistant.services.catalogue import CatalogueService
from assistant.services.connections import Connections
from assistant.services.jobs import Workers

FILE = resources() / "catalogue.json"
KEY = Ed25519PrivateKey.generate()


@dataclass
class Stand:
    service: CatalogueService
    settings: SettingsFile
    egress: Egress
    folder: Path

    def refresh(self, **more: Any) -> int:
        return self.service.refresh(**more).result(60).edition

    def refused(self, **more: Any) -> str:
        with pytest.raises(UserFacingError) as caught:
            self.refresh(**more)
        assert self.service.edition == 1
        return caught.value.code


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    workers = Workers()
    settings = SettingsFile(tmp_path / "settings.json")
    egress = Egress(
        ConnectionLog(tmp_path / "connections.jsonl"),
        FixedClock(datetime(2026, 3, 1, tzinfo=UTC)),
        sealed=False,
        offline=lambda: settings.current.privacy.offline,
    )
    keys = [KEY.public_key().public_bytes_raw()]
    keeper = CatalogueKeeper(tmp_path / "catalogue", read_catalogue(FILE), keys)
    yield Stand(CatalogueService(workers, settings, keeper, egress), settings, egress, tmp_path)
    egress.close()
    workers.close()


def _sealed(edition: int) -> bytes:
    raw = json.loads(FILE.read_text(encoding="utf-8"))
    return seal(json.dumps({**raw, "edition": edition}).encode(), KEY.private_bytes_raw())


def test_it_comes_from_a_file(stand: Stand) -> None:
    assert stand.refused() == "catalogue_nowhere"
    source = stand.folder / "signed.json"
    stand.settings.update("models", catalogue_source=str(source))
    assert stand.refused() == "catalogue_unreachable"
    source.write_bytes(b" " * (9 << 20))
    assert stand.refused() == "catalogue_broken"
    source.write_bytes(_sealed(2))
    assert stand.refresh() == 2
    assert stand.service.edition == 2
    [check] = stand.service.checks()
    assert check.state is CheckState.OK


class _Handler(http.server.BaseHTTPRequestHandler):
    answer = b""

    def do_GET(self) -> None:
        found = self.path == "/catalogue.json"
        self.send_response(200 if found else 404)
        self.send_header("Content-Length", str(len(self.answer) if found else 0))
        self.end_headers()
        if found:
            self.wfile.write(self.answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


@pytest.fixture
def address() -> Iterator[str]:
    _Handler.answer = _sealed(3)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.loopback
def test_it_comes_from_an_address_through_the_gate_alone(stand: Stand, address: str) -> None:
    stand.settings.update("models", catalogue_source=f"{address}/catalogue.json")
    assert stand.refused() == "offline"
    assert stand.refresh(allowed=True) == 3
    [row] = stand.egress.log.newest()
    assert (row.purpose, row.outcome) == (Purpose.CATALOGUE, ConnectionOutcome.DONE)
    assert row.received_bytes == len(_Handler.answer)
    [told] = Connections(stand.egress).checks()
    assert told.detail.endswith(f"so far, the last on 2026-03-01 to {row.host}.")


@pytest.mark.loopback
def test_an_address_that_does_not_answer_changes_nothing(stand: Stand, address: str) -> None:
    stand.settings.update("models", catalogue_source=f"{address}/elsewhere.json")
    assert stand.refused(allowed=True) == "catalogue_unreachable"
    stand.settings.update("models", catalogue_source="http://example.invalid/catalogue.json")
    assert stand.refused(allowed=True) == "host_refused"
    stand.settings.update("models", catalogue_source=f"{address}/catalogue.json")
    _Handler.answer = b" " * (9 << 20)
    assert stand.refused(allowed=True) == "catalogue_broken"
