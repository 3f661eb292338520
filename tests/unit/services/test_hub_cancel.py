"""A search or a look that nobody wants any more ends its request, whatever that waits for."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.config.paths import profile_paths
from assistant.config.settings import SettingsFile
from assistant.domain.clock import FixedClock
from assistant.domain.connection import ConnectionOutcome
from assistant.domain.errors import Cancelled
from assistant.domain.hub import HubModel, HubQuery, HubRepository
from assistant.domain.model import ModelFormat
from assistant.services.fitting import Fitting
from assistant.services.hub_services import HubServices, hub_services
from assistant.services.jobs import Job, Workers
from assistant.services.options import CoreOptions
from tests.helpers.hub import HubDouble

pytestmark = pytest.mark.loopback
REPO = "owner/Starter-135M-GGUF"
GGUF = HubQuery("starter", formats=frozenset({ModelFormat.GGUF}))


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubDouble]:
    with HubDouble() as double:
        double.add_repo(REPO, {"Starter-Q4_1.gguf": b"GGUF", "README.md": b"x"}, tags=("gguf",))
        monkeypatch.setenv("HF_ENDPOINT", double.url)
        yield double


@pytest.fixture(params=[True, False], ids=["offline", "online"])
def services(
    request: pytest.FixtureRequest, hub: HubDouble, tmp_path: Path
) -> Iterator[HubServices]:
    """Online, connections are kept open, and a request takes over that of another."""
    options = CoreOptions(
        profile_paths(tmp_path), FixedClock(datetime(2026, 3, 1, tzinfo=UTC)), keyring=False
    )
    settings, workers = SettingsFile(options.paths.settings), Workers()
    settings.update("privacy", offline=request.param)
    made = hub_services(options, settings, workers, Fitting())
    assert made.search.search(GGUF, allowed=True).result(60), "everything is loaded and connected"
    yield made
    workers.close()
    made.egress.close()


Ask = Callable[[HubServices], Job[tuple[HubModel, ...]] | Job[HubRepository]]
ASKED: list[tuple[str, Ask]] = [
    ("/api/models", lambda services: services.search.search(GGUF, allowed=True)),
    (f"/api/models/{REPO}", lambda services: services.search.look(REPO, allowed=True)),
    (f"/{REPO}/resolve", lambda services: services.search.look(REPO, allowed=True)),
]


@pytest.mark.parametrize(("held", "ask"), ASKED, ids=["search", "look", "file"])
def test_what_is_cancelled_ends_its_request(
    services: HubServices, hub: HubDouble, held: str, ask: Ask
) -> None:
    path = held
    if held.endswith("resolve"):
        commit = hub.repositories[REPO].head
        path = f"{held}/{commit}/Starter-Q4_1.gguf"
    fault = hub.fault(path)
    fault.hold_first = True
    job = ask(services)
    assert fault.held.wait(60)
    job.cancel()
    with pytest.raises(Cancelled):
        job.result(25)  # its patience would be longer, and the Hub has not answered
    assert not fault.release.is_set()
    fault.hold_first = False
    fault.release.set()
    newest = services.connections.newest(1)[0]
    assert newest.outcome is ConnectionOutcome.STOPPED
    assert services.search.search(GGUF, allowed=True).result(60), "and the next one goes through"
