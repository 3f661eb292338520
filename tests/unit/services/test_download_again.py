"""A model that broke is downloaded again, byte for byte."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.config.paths import profile_paths
from assistant.config.settings import SettingsFile
from assistant.domain.clock import FixedClock
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelInfo
from assistant.hub.snapshots import manifest_sha256
from assistant.services.fitting import Fitting
from assistant.services.hub_search import order_of
from assistant.services.hub_services import HubServices, hub_services
from assistant.services.jobs import Workers
from assistant.services.options import CoreOptions
from tests.helpers.gguf_files import tiny
from tests.helpers.hub import HubDouble

pytestmark = pytest.mark.loopback
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
REPO = "owner/Mine-GGUF"
MINE = tiny({"general.name": "mine"}).bytes()
PARTS = {
    f"m-Q6_K-0000{at}-of-00002.gguf": tiny({"general.name": f"part {at}"}).bytes() for at in (1, 2)
}


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServices]:
    with HubDouble() as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        other = tiny({"general.name": "more"}).bytes()
        hub.add_repo(REPO, {"m-Q4_K_M.gguf": MINE, "m-Q8_0.gguf": other, **PARTS}, tags=("gguf",))
        options = CoreOptions(profile_paths(tmp_path), FixedClock(NOW), keyring=False)
        settings = SettingsFile(options.paths.settings)
        settings.update("privacy", offline=False)
        workers = Workers()
        made = hub_services(options, settings, workers, Fitting())
        yield made
        workers.close()
        made.egress.close()


def downloaded(services: HubServices, sha256: str) -> ModelInfo:
    """A model of the repository as the store describes it."""
    repository = services.search.look(REPO).result(60)
    model = order_of(repository, repository.choices[0], FixedClock(NOW)).model
    return replace(model, id=ModelId("mine"), sha256=sha256, path=Path("x"))


def test_one_file_is_known_by_its_hash(services: HubServices) -> None:
    mine = downloaded(services, hashlib.sha256(MINE).hexdigest())
    again = services.orders.of_model(mine).result(60)
    assert [file.name for file in again.files] == ["m-Q4_K_M.gguf"]
    assert (again.model.id, again.model.path, again.commit) == (mine.id, None, mine.commit)


def test_several_files_are_known_by_their_manifest(services: HubServices) -> None:
    hashes = {name: hashlib.sha256(part).hexdigest() for name, part in PARTS.items()}
    again = services.orders.of_model(downloaded(services, manifest_sha256(hashes))).result(60)
    assert {file.name for file in again.files} == set(PARTS)


def test_other_bytes_under_the_name_are_not_taken_for_it(services: HubServices) -> None:
    with pytest.raises(UserFacingError) as caught:
        services.orders.of_model(downloaded(services, "0" * 64)).result(60)
    assert caught.value.code == "revision_moved"
