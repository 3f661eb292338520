"""What becomes of files that are those of the Hub and yet no model that works here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.domain.download import DownloadState
from assistant.domain.errors import UserFacingError
from assistant.hub.trash import tree_bytes
from tests.helpers.download_stand import WAIT_S, DownloadStand
from tests.helpers.hub import HubDouble
from tests.helpers.hub.orders import order_of

pytestmark = pytest.mark.loopback
JUNK = b"GGUF\3\0\0\0 not sound" * 5000


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[DownloadStand]:
    with HubDouble() as hub:
        made = DownloadStand(hub, tmp_path)
        try:
            yield made
        finally:
            made.close()
        assert made.bugs == []


def test_what_can_never_work_leaves_nothing_on_the_disk(stand: DownloadStand) -> None:
    stand.hub.add_repo("ada/junk", {"model.gguf": JUNK})
    order = order_of(stand.hub, "ada/junk")
    with pytest.raises(UserFacingError) as caught:
        stand.service.fetch(order).result(WAIT_S)
    assert caught.value.code == "model_broken"
    assert "downloading it again changes nothing" in caught.value.hint
    assert "Download it again" not in caught.value.hint
    (failed,) = stand.service.all()
    assert (failed.state, failed.done_bytes) == (DownloadState.FAILED, 0)
    assert tree_bytes(stand.staging.folder(order)) < len(JUNK) / 10
    # The row says why at the next start too, and another try is possible: the Hub's user may
    # have put another file there, or this machine another version of the engine.
    stand.service.close()
    service = stand.begin()
    service.start()
    (again,) = service.all()
    assert (again.state, again.detail) == (DownloadState.FAILED, failed.detail)
    with pytest.raises(UserFacingError, match="not a sound model file"):
        service.fetch(order).result(WAIT_S)


def test_what_only_crashed_is_kept_and_says_what_it_takes(stand: DownloadStand) -> None:
    stand.trouble = UserFacingError("It crashes.", "It is damaged.", code="model_crashes")
    stand.put("a")
    stand.wait(a=DownloadState.FAILED)
    (failed,) = stand.service.all()
    assert failed.done_bytes == failed.order.size_bytes > 0
    assert "kB are kept" in failed.hint
    asked = len(stand.hub.requests)
    stand.trouble = None
    stand.service.resume(failed.order.id)
    stand.wait(a=DownloadState.DONE)
    assert len(stand.hub.requests) == asked


def test_looking_goes_on_with_nothing(stand: DownloadStand) -> None:
    stand.put("a", hold_at=200)
    stand.wait(a=DownloadState.RUNNING)
    (running,) = stand.service.all()
    onlooker = stand.begin()
    (seen,) = onlooker.peek()
    assert (seen.order, seen.state) == (running.order, DownloadState.QUEUED)
    with pytest.raises(UserFacingError) as caught:
        onlooker.rest()
    assert caught.value.code == "downloads_elsewhere"
    assert stand.staging.folder(running.order).is_dir()


def test_what_rests_can_be_paused_and_taken_out_and_asks_the_hub_nothing(
    stand: DownloadStand,
) -> None:
    for name in ("a", "b"):
        stand.put(name, hold_at=200)
    stand.wait(a=DownloadState.RUNNING, b=DownloadState.RUNNING)
    stand.service.close()
    asked = len(stand.hub.requests)
    service = stand.begin()
    service.rest()
    a, b = service.all()
    assert {a.state, b.state} == {DownloadState.QUEUED}
    service.pause(a.order.id)
    service.cancel(b.order.id)
    service.close()
    service = stand.begin()
    service.rest()
    (left,) = service.all()
    assert (left.order, left.state) == (a.order, DownloadState.PAUSED)
    assert not stand.staging.folder(b.order).exists()
    assert len(stand.hub.requests) == asked
