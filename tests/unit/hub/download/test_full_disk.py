"""A disk that fills up in the midst of a download: said, kept, and gone on with."""

import hashlib
from pathlib import Path

import pytest

from assistant.domain.errors import EnvironmentProblem
from assistant.hub.download import DiskBudget, ModelTransfer, Patience, Staging
from tests.helpers import small_disk
from tests.helpers.hub import HubDouble
from tests.helpers.hub.orders import Seen, order_of, plain_link

pytestmark = [
    pytest.mark.loopback,
    pytest.mark.skipif(not small_disk.can_be_made(), reason="no small disk can be made here"),
]

_CONTENT = hashlib.shake_256(b"weights").digest(6_000_000)


def test_a_disk_that_fills_up_keeps_what_came_and_goes_on_when_there_is_room(
    tmp_path: Path,
) -> None:
    with small_disk.SmallDisk(tmp_path, "8m") as disk, HubDouble() as hub:
        hub.add_repo("ada/small", {"model.gguf": _CONTENT})
        order = order_of(hub, "ada/small")
        staging = Staging(disk.folder / "downloads")
        staging.begin(order)
        transfer = ModelTransfer(
            order, staging, DiskBudget(staging.root, spare_bytes=0), Patience()
        )
        hub.fault("ada/small/model.gguf").hold_at = 3_000_000
        seen = Seen()
        seen.counts = _Fill(disk, hub)
        with plain_link(hub) as link, pytest.raises(EnvironmentProblem) as full:
            transfer.run(link, seen.watch())
        assert full.value.code == "disk_full"
        kept = staging.here_bytes(order)
        assert 0 < kept < len(_CONTENT)
        with plain_link(hub) as link, pytest.raises(EnvironmentProblem) as again:
            transfer.run(link, Seen().watch())
        assert again.value.code == "disk_full"
        disk.clear()
        with plain_link(hub) as link:
            transfer.run(link, Seen().watch())
        assert staging.whole(order, order.files[0]).read_bytes() == _CONTENT
        assert hub.seen("/cdn/")[-1].headers["range"] == f"bytes={kept}-"


class _Fill(list[int]):
    """Fills the disk once three megabytes are here."""

    def __init__(self, disk: small_disk.SmallDisk, hub: HubDouble) -> None:
        super().__init__()
        self._disk = disk
        self._faults = hub.fault("ada/small/model.gguf")

    def append(self, item: int) -> None:
        super().append(item)
        if item == 3_000_000:
            self._disk.fill()
            self._faults.hold_at = None
            self._faults.release.set()


def test_a_disk_that_takes_nothing_is_said(tmp_path: Path) -> None:
    with small_disk.SmallDisk(tmp_path, "8m") as disk, HubDouble() as hub:
        hub.add_repo("ada/small", {"model.gguf": _CONTENT})
        staging = Staging(disk.folder / "downloads")
        disk.make_read_only()
        transfer = ModelTransfer(
            order_of(hub, "ada/small"),
            staging,
            DiskBudget(disk.folder, spare_bytes=0),
            Patience(),
        )
        with plain_link(hub) as link, pytest.raises(EnvironmentProblem) as refused:
            transfer.run(link, Seen().watch())
        assert refused.value.code == "download_not_written"
        assert hub.requests == []
