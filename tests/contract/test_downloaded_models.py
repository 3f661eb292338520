"""Real models come through the whole chain: hub, check, trial in a child, store, engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.config.paths import Paths
from assistant.domain.errors import UserFacingError
from assistant.domain.model import ModelFormat
from assistant.services.core import Core
from assistant.services.options import CoreOptions
from tests.helpers.hub import HubDouble
from tests.helpers.hub.orders import order_of
from tests.helpers.split_gguf import split

pytestmark = pytest.mark.loopback

_WAIT_S = 120.0


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubDouble]:
    """At the address where the application looks for one."""
    with HubDouble() as double:
        monkeypatch.setenv("HF_ENDPOINT", double.url)
        yield double


@pytest.fixture
def core(hub: HubDouble, tmp_path: Path) -> Iterator[Core]:
    """The real one, with a profile of its own."""
    paths = Paths(*(tmp_path / name for name in ("data", "config", "state", "cache")))
    made = Core(CoreOptions(paths, keyring=False))
    try:
        yield made
    finally:
        made.close()


def test_a_split_model_is_fetched_through_the_gate_and_answers(
    hub: HubDouble, core: Core, starter_model: Path, tmp_path: Path
) -> None:
    parts = split(starter_model, tmp_path / "parts", "small", 3)
    hub.add_repo("ada/split", {f"Q4_1/{part.name}": part for part in parts})
    hub.fault(f"ada/split/Q4_1/{parts[1].name}").drop_at = [10_000_000]
    order = order_of(hub, "ada/split")
    assert core.settings.current.privacy.offline
    model = core.downloads.fetch(order).result(_WAIT_S)
    assert model.path is not None
    assert model.path.name == parts[0].name
    assert model.format is ModelFormat.GGUF
    loaded = core.models.use(model.id).result(_WAIT_S)
    assert loaded.path == model.path
    assert not (core.options.paths.models / "downloads" / order.id).exists()
    assert {entry.why for entry in core.hub.egress.log.newest()} == {"split"}


def test_a_snapshot_in_mlx_format_is_fetched_tried_and_installed_as_one_model(
    hub: HubDouble, core: Core, mlx_model: Path
) -> None:
    files = {path.name: path for path in mlx_model.iterdir() if path.is_file()}
    hub.add_repo("ada/mlx", files)
    order = order_of(hub, "ada/mlx", model_format=ModelFormat.MLX)
    model = core.downloads.fetch(order).result(_WAIT_S)
    assert model.path is not None
    assert model.format is ModelFormat.MLX
    assert {path.name for path in model.path.iterdir()} == set(files)
    assert [m.sha256 for m in core.models.installed() if m.repo == "ada/mlx"] == [model.sha256]


def test_wrong_bytes_of_a_real_model_are_never_offered(
    hub: HubDouble, core: Core, starter_model: Path
) -> None:
    hub.add_repo("ada/spoilt", {"model.gguf": starter_model.read_bytes()[:-1] + b"\xff"})
    hub.fault("ada/spoilt/model.gguf").wrong = True
    before = core.models.installed()
    with pytest.raises(UserFacingError) as refused:
        core.downloads.fetch(order_of(hub, "ada/spoilt")).result(_WAIT_S)
    assert refused.value.code == "hash_mismatch"
    assert core.models.installed() == before
