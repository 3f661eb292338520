"""Whether what the Hub has fits this machine, by what is known of this machine."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.config.paths import profile_paths
from assistant.config.settings import SettingsFile
from assistant.domain.clock import FixedClock
from assistant.domain.hub import HubChoice, HubRepository
from assistant.domain.model import Fit, LoadedModel, MemoryUse
from assistant.services.fitting import Fitting
from assistant.services.hub_search import order_of
from assistant.services.hub_services import HubServices, hub_services
from assistant.services.jobs import Workers
from assistant.services.options import CoreOptions
from tests.helpers.hub import HubDouble

pytestmark = pytest.mark.loopback
REPO = "owner/Starter-135M-GGUF"
CLOCK = FixedClock(datetime(2026, 3, 1, 9, tzinfo=UTC))


@dataclass
class Stand:
    services: HubServices
    fitting: Fitting
    settings: SettingsFile

    def look(self) -> HubRepository:
        return self.services.search.look(REPO, allowed=True).result(60)


@pytest.fixture
def stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, starter_model: Path) -> Iterator[Stand]:
    with HubDouble() as hub:
        gguf = {"total": 135_000_000, "architecture": "llama", "context_length": 2048}
        files = {"Starter-Q4_1.gguf": starter_model, "Starter-Q8_0.gguf": b"GGUF"}
        hub.add_repo(REPO, files, tags=("gguf",), gguf=gguf)
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        options = CoreOptions(profile_paths(tmp_path), CLOCK, keyring=False)
        settings, workers, fitting = SettingsFile(options.paths.settings), Workers(), Fitting()
        services = hub_services(options, settings, workers, fitting)
        yield Stand(services, fitting, settings)
        workers.close()
        services.egress.close()


def choice(repository: HubRepository, quantization: str) -> HubChoice:
    return next(each for each in repository.choices if each.quantization == quantization)


def fit_of(repository: HubRepository) -> Fit:
    fit = choice(repository, "Q4_1").fit
    assert fit is not None
    return fit


def test_what_a_file_took_here_counts_for_its_choice(stand: Stand, starter_model: Path) -> None:
    first = stand.look()
    info = order_of(first, choice(first, "Q4_1"), CLOCK).model
    sha256 = hashlib.sha256(starter_model.read_bytes()).hexdigest()
    use = MemoryUse(512, 98 << 20, 1 << 20, 3 << 30)
    loaded = LoadedModel(starter_model, 512, "llama", 1.0, memory=use)
    stand.fitting.learn(replace(info, sha256=sha256), loaded)
    assert fit_of(first).needed_bytes < 1 << 30
    assert fit_of(stand.look()).needed_bytes > 3 << 30


def test_it_is_judged_at_the_context_that_is_set_and_no_more_than_it_reads(stand: Stand) -> None:
    needed: list[int] = []
    for length in (512, 2048, 32768):
        stand.settings.update("models", context_length=length)
        needed.append(fit_of(stand.look()).needed_bytes)
    assert needed[0] < needed[1] == needed[2]
