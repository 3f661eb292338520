"""By which names a model is found."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.config.paths import resources
from assistant.config.settings import SettingsFile
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ModelId
from assistant.hub.catalogue import read_catalogue
from assistant.hub.model_store import ModelStore
from assistant.services.fitting import Fitting
from assistant.services.jobs import Workers
from assistant.services.model_choice import ModelChoice

_SHA256 = "5a" * 32


@pytest.fixture
def choice(tmp_path: Path) -> Iterator[ModelChoice]:
    """With one model that came from the Hub."""
    catalogue = read_catalogue(resources() / "catalogue.json")
    store = ModelStore(tmp_path / "models", tmp_path / "shared", catalogue)
    staged = tmp_path / "models" / "x.part"
    staged.parent.mkdir()
    staged.write_bytes(b"weights")
    info = replace(
        catalogue.models[0],
        id=ModelId("file-5a5a5a5a5a5a"),
        name="Small",
        sha256=_SHA256,
        quantization="Q2_K",
        repo="Tester/Small-GGUF",
    )
    store.admit(staged, info)
    workers = Workers()
    settings = SettingsFile(tmp_path / "settings.json")
    yield ModelChoice(store, catalogue, settings, workers, Fitting())
    workers.close()


@pytest.mark.parametrize(
    "name",
    ["file-5a5a5a5a5a5a", "small", "Tester/Small-GGUF", "tester/small-gguf:q2_k"],
)
def test_a_model_from_the_hub_is_found_by_what_it_was_ordered_as(
    choice: ModelChoice, name: str
) -> None:
    assert choice.find(name).sha256 == _SHA256


def test_another_file_of_its_repository_is_not_it(choice: ModelChoice) -> None:
    with pytest.raises(UserFacingError, match="no model called"):
        choice.find("Tester/Small-GGUF:Q8_0")
