"""What ``bench fit`` measures, on the starter model."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.config.paths import resources
from assistant.domain.errors import UserFacingError
from assistant.hub.catalogue import read_catalogue
from assistant.services import bench_fit


@pytest.mark.model
def test_the_memory_of_the_starter_is_predicted_within_what_is_promised(
    starter_model: Path,
) -> None:
    catalogue = read_catalogue(resources() / "catalogue.json")
    starter = replace(catalogue.models[0], path=starter_model)
    said: list[str] = []
    rows = {
        row.name: row for row in bench_fit.measure([starter], quick=True, on_progress=said.append)
    }
    assert rows["memory read"].value > 0.1
    memory = rows["memory off by, SmolLM2 135M, 512 tokens"]
    assert memory.met
    assert "MiB measured" in memory.note
    assert said[-1] == "SmolLM2 135M at 512 tokens"


def test_a_model_that_cannot_be_loaded_says_why(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match="not where it was"):
        bench_fit.in_a_fresh_process(tmp_path / "gone.gguf", 512)
