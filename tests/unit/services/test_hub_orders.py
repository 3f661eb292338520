"""What is ordered by name, and what is not."""

import pytest

from assistant.config.paths import profile_paths, resources
from assistant.domain.errors import UserFacingError
from assistant.domain.model import ModelFormat
from assistant.engine.scripted import scripted_engine
from assistant.hub.catalogue import read_catalogue
from assistant.services.core import Core, CoreOptions


def test_a_source_that_is_withheld_is_refused_before_anything_connects(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    entries = read_catalogue(resources() / "catalogue.json").entries
    phi = next(entry for entry in entries if entry.name == "Phi-3.5 mini")
    source = next(one for one in phi.sources if one.info.format is ModelFormat.MLX)
    core = Core(CoreOptions(profile_paths(tmp_path_factory.mktemp("profile"))), scripted_engine())
    try:
        with pytest.raises(UserFacingError, match="auto_map") as caught:
            core.hub.orders.of_catalogue(source, allowed=True).result(60)
        assert caught.value.code == "repo_refused"
        assert core.hub.connections.newest() == ()
    finally:
        core.close()
