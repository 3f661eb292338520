"""A download that is killed at any point ends as a whole model, and never as half of one."""

import hashlib
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from assistant.config.paths import resources
from assistant.domain.download import DownloadOrder
from assistant.hub.catalogue import read_catalogue
from assistant.hub.download import Staging
from assistant.hub.model_store import ModelStore
from tests.helpers.download_process import POINTS
from tests.helpers.gguf_files import tiny
from tests.helpers.hub import HubDouble
from tests.helpers.hub.orders import order_of

pytestmark = [pytest.mark.loopback, pytest.mark.e2e]

_ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def hub() -> Iterator[HubDouble]:
    """With one model of a few megabytes."""
    with HubDouble() as double:
        double.add_repo("ada/small", {"model.gguf": _model()})
        yield double


def _model() -> bytes:
    return tiny({"general.description": "long " * 600_000}).bytes()


class _Place:
    """A folder in which processes download, one after the other."""

    def __init__(self, hub: HubDouble, folder: Path) -> None:
        self.folder = folder
        self.hub = hub
        self.order = order_of(hub, "ada/small")
        self.order_file = folder / "order"
        self.order_file.write_bytes(TypeAdapter(DownloadOrder).dump_json(self.order))
        self.store = ModelStore(
            folder / "models", folder / "shared", read_catalogue(resources() / "catalogue.json")
        )

    def start(self, point: str = "") -> "subprocess.Popen[str]":
        """A process that stops at a point, or runs to its end."""
        command = [sys.executable, "-m", "tests.helpers.download_process", str(self.folder)]
        command += [self.hub.url, str(self.order_file), *([point] if point else [])]
        return subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True)

    def kill(self, process: "subprocess.Popen[str]") -> None:
        """As a power switch does; what is listed afterwards is whole."""
        process.kill()
        process.communicate()
        self.assert_honest()

    def assert_honest(self) -> None:
        """Every model that is offered has the bytes that its name says."""
        for model in self.store.installed():
            assert model.path is not None
            assert hashlib.sha256(model.path.read_bytes()).hexdigest() == model.sha256

    def finish(self) -> None:
        """One more process, which ends it."""
        said, _ = self.start().communicate(timeout=240)
        assert said == f"done {self.order.files[0].sha256}\n"
        self.assert_honest()
        assert len(self.store.installed()) == 1
        assert Staging(self.folder / "models" / "downloads").orders() == []


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_point(hub: HubDouble, tmp_path: Path, point: str) -> None:
    place = _Place(hub, tmp_path)
    process = place.start(point)
    assert process.stdout is not None
    assert process.stdout.readline() == f"at {point}\n"
    place.kill(process)
    assert bool(place.store.installed()) == (point == "admitted")
    place.finish()
    assert len(hub.seen("/cdn/")) == 1  # no byte was fetched twice


@pytest.mark.slow
def test_killed_again_and_again_while_bytes_come(hub: HubDouble, tmp_path: Path) -> None:
    place = _Place(hub, tmp_path)
    faults = hub.fault("ada/small/model.gguf")
    faults.bytes_per_s = 3_000_000
    chance = random.Random(20261)  # noqa: S311 - picks moments, guards nothing
    for _ in range(4):
        before = len(hub.seen("/cdn/"))
        process = place.start()
        while len(hub.seen("/cdn/")) == before and process.poll() is None:
            time.sleep(0.01)  # until bytes come; then at any moment
        time.sleep(chance.uniform(0.02, 0.2))
        place.kill(process)
    faults.bytes_per_s = 0
    place.finish()
    starts = [r.headers.get("range", "bytes=0-") for r in hub.seen("/cdn/")]
    offsets = [int(start[6:-1]) for start in starts]
    assert offsets == sorted(offsets)
    assert offsets[-1] > 0
