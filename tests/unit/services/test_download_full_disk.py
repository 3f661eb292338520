"""A disk that is full at the last step costs nothing of what was downloaded."""

from pathlib import Path

import pytest

from assistant.domain.download import Download, DownloadOrder, DownloadState
from assistant.domain.errors import EnvironmentProblem
from tests.helpers import small_disk
from tests.helpers.download_stand import WAIT_S, DownloadStand, weights
from tests.helpers.hub import HubDouble
from tests.helpers.hub.orders import order_of

pytestmark = [
    pytest.mark.loopback,
    pytest.mark.skipif(not small_disk.can_be_made(), reason="no small disk can be made here"),
]


@pytest.mark.parametrize("restarted", [False, True])
def test_what_is_whole_stays_and_retry_fetches_nothing(tmp_path: Path, *, restarted: bool) -> None:
    with small_disk.SmallDisk(tmp_path, "8m") as disk, HubDouble() as hub:
        stand = DownloadStand(hub, disk.folder)
        hub.add_repo("ada/a", {"model.gguf": weights("a")})
        order = order_of(hub, "ada/a")
        stand.trial = lambda _: disk.fill()
        with pytest.raises(EnvironmentProblem) as full:
            stand.service.fetch(order).result(WAIT_S)
        assert full.value.code == "disk_full"
        assert stand.store.installed() == []
        assert [path.name for path in (disk.folder / "models").iterdir()] == ["downloads"]
        (failed,) = stand.service.all()
        assert (failed.state, failed.done_bytes) == (DownloadState.FAILED, order.size_bytes)
        asked = len(hub.requests)
        disk.clear()
        stand.trial = lambda _: None
        if restarted:
            stand.service.close()
            stand.begin().start()
        stand.service.resume(order.id)
        stand.wait(a=DownloadState.DONE)
        assert len(hub.requests) == asked
        assert len(stand.store.installed()) == 1
        stand.service.close()
        assert stand.bugs == []


def test_what_fails_before_it_is_waited_for_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk.SmallDisk(tmp_path, "8m") as disk, HubDouble() as hub:
        stand = DownloadStand(hub, disk.folder)
        hub.add_repo("ada/a", {"model.gguf": weights("a")})
        stand.trial = lambda _: disk.fill()
        put = stand.service.order

        def put_and_fail(order: DownloadOrder) -> Download:
            shown = put(order)
            stand.wait(a=DownloadState.FAILED)
            return shown

        monkeypatch.setattr(stand.service, "order", put_and_fail)
        with pytest.raises(EnvironmentProblem) as full:
            stand.service.fetch(order_of(hub, "ada/a")).result(WAIT_S)
        assert full.value.code == "disk_full"
        stand.service.close()
