"""The queue of downloads: what starts, what waits, what goes on at the next start."""

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.domain.download import Download, DownloadState
from assistant.domain.errors import Cancelled, UserFacingError
from tests.helpers.download_stand import WAIT_S, DownloadStand, weights
from tests.helpers.hub import HubDouble, Reply
from tests.helpers.hub.orders import order_of, plain_link

if TYPE_CHECKING:
    from assistant.domain.model import ModelInfo
    from assistant.hub.download import HubLink

pytestmark = pytest.mark.loopback


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[DownloadStand]:
    """Closed at the end; no error that nobody foresaw may have come up."""
    with HubDouble() as hub:
        made = DownloadStand(hub, tmp_path)
        try:
            yield made
        finally:
            made.close()
        assert made.bugs == []


def test_a_model_becomes_ready_only_after_it_was_checked_and_tried(stand: DownloadStand) -> None:
    ready: list[ModelInfo] = []
    stand.service.on_installed(ready.append)
    seen: list[list[ModelInfo]] = []
    stand.trial = lambda _: seen.append(stand.store.installed())
    job = stand.service.fetch(_added(stand, "one"))
    model = job.result(WAIT_S)
    assert seen == [[]]
    assert [m.id for m in stand.store.installed()] == [model.id]
    assert model.path is not None
    assert hashlib.sha256(model.path.read_bytes()).hexdigest() == model.sha256
    assert (model.repo, model.name) == ("ada/one", "one")
    assert ready == [model]
    (done,) = stand.wait(one=DownloadState.DONE)
    assert (done.model_id, done.fraction) == (model.id, 1.0)
    assert stand.staging.orders() == []
    with pytest.raises(UserFacingError, match="installed already"):
        stand.service.order(order_of(stand.hub, "ada/one"))
    stand.service.close()
    service = stand.begin()
    service.start()
    assert service.all() == (done,)
    service.clear_done()
    assert service.all() == ()
    service.close()
    stand.begin().start()
    assert stand.service.all() == ()


def test_what_was_removed_since_is_not_shown_as_done(stand: DownloadStand) -> None:
    model = stand.service.fetch(_added(stand, "one")).result(WAIT_S)
    stand.service.fetch(_added(stand, "two")).result(WAIT_S)
    stand.service.close()
    stand.store.remove(model)
    stand.begin().start()
    assert [download.order.model.name for download in stand.service.all()] == ["two"]


def _added(stand: DownloadStand, name: str):
    stand.hub.add_repo(f"ada/{name}", {"model.gguf": weights(name)})
    return order_of(stand.hub, f"ada/{name}")


def test_two_run_and_the_third_waits_for_its_turn(stand: DownloadStand) -> None:
    for name in ("a", "b", "c", "d"):
        stand.put(name, hold_at=100)
    running, queued = DownloadState.RUNNING, DownloadState.QUEUED
    stand.wait(a=running, b=running, c=queued, d=queued)
    (_, _, _, d) = stand.service.all()
    stand.service.move(d.order.id, 0)
    stand.let_go("a")
    stand.wait(a=DownloadState.DONE, b=running, c=queued, d=running)
    for name in ("b", "c", "d"):
        stand.let_go(name)
    stand.wait(b=DownloadState.DONE, c=DownloadState.DONE, d=DownloadState.DONE)
    assert len(stand.store.installed()) == 4


def test_three_at_a_time_come_out_right(stand: DownloadStand) -> None:
    stand.settings.update("models", parallel_downloads=3)
    jobs = [stand.service.fetch(_added(stand, f"m{number}")) for number in range(3)]
    for job in jobs:
        model = job.result(WAIT_S)
        assert model.path is not None
        assert model.path.read_bytes() == weights(model.name)


def test_what_the_user_paused_stays_so_and_what_ran_goes_on_at_the_next_start(
    stand: DownloadStand,
) -> None:
    for name in ("a", "b"):
        stand.put(name, hold_at=200)
    stand.wait(a=DownloadState.RUNNING, b=DownloadState.RUNNING)
    b = stand.service.all()[1]
    stand.service.pause(b.order.id)
    assert stand.service.all()[1].state is DownloadState.PAUSED
    stand.service.close()
    for name in ("a", "b"):
        stand.let_go(name)
    stand.begin().start()
    stand.wait(a=DownloadState.DONE, b=DownloadState.PAUSED)
    stand.service.resume(b.order.id)
    stand.wait(b=DownloadState.DONE)


def test_pause_and_resume_lose_nothing_and_cancel_keeps_nothing(stand: DownloadStand) -> None:
    download = stand.put("a", hold_at=300)
    faults = stand.hub.fault("ada/a/model.gguf")
    assert faults.held.wait(WAIT_S)
    stand.service.pause(download.order.id)
    stand.let_go("a")
    stand.service.resume(download.order.id)
    stand.wait(a=DownloadState.DONE)
    other = stand.put("b", hold_at=300)
    assert stand.hub.fault("ada/b/model.gguf").held.wait(WAIT_S)
    job = stand.service.fetch(other.order)
    stand.service.cancel(other.order.id)
    with pytest.raises(Cancelled):
        job.result(WAIT_S)
    assert [d.order.model.name for d in stand.service.all()] == ["a"]
    stand.service.close()
    assert stand.staging.orders() == []


def test_a_failure_says_why_and_retry_goes_on(stand: DownloadStand) -> None:
    order = _added(stand, "a")
    stand.hub.fault("ada/a/model.gguf").replies = [Reply(500), Reply(500)]
    job = stand.service.fetch(order)
    with pytest.raises(UserFacingError) as refused:
        job.result(WAIT_S)
    assert refused.value.code == "hub_unreachable"
    (failed,) = stand.wait(a=DownloadState.FAILED)
    assert failed.detail
    assert failed.hint
    stand.service.close()
    service = stand.begin()
    service.start()
    (again,) = service.all()
    assert (again.state, again.detail) == (DownloadState.FAILED, failed.detail)
    service.resume(again.order.id)
    stand.wait(a=DownloadState.DONE)


def test_a_model_that_crashes_the_engine_is_not_installed(stand: DownloadStand) -> None:
    stand.trouble = UserFacingError("It crashes.", "Take another.", code="model_crashes")
    with pytest.raises(UserFacingError, match="It crashes"):
        stand.service.fetch(_added(stand, "a")).result(WAIT_S)
    assert stand.store.installed() == []
    stand.trouble = UserFacingError("Too large.", "", code="out_of_memory")
    stand.service.resume(stand.service.all()[0].order.id)
    stand.wait(a=DownloadState.DONE)


def test_what_is_no_model_is_refused_after_the_last_byte(stand: DownloadStand) -> None:
    stand.hub.add_repo("ada/a", {"model.gguf": b"GGUF but nothing else" * 50})
    with pytest.raises(UserFacingError):
        stand.service.fetch(order_of(stand.hub, "ada/a")).result(WAIT_S)
    assert stand.store.installed() == []
    assert stand.tried == []


def test_working_offline_stops_all_until_the_user_allows_it_again(stand: DownloadStand) -> None:
    stand.put("a", hold_at=100)
    stand.put("b", hold_at=100)
    stand.put("c", hold_at=100)
    assert stand.hub.fault("ada/a/model.gguf").held.wait(WAIT_S)
    stand.offline = True
    paused = DownloadState.PAUSED
    shown = stand.wait(a=paused, b=paused, c=paused)
    assert {download.detail for download in shown} == {"Lamplight works offline."}
    stand.service.close()
    stand.begin().start()
    assert {download.state for download in stand.service.all()} == {paused}
    stand.let_go("a")
    stand.service.resume(stand.service.all()[0].order.id)
    stand.wait(a=DownloadState.DONE, b=paused, c=paused)


@pytest.mark.parametrize("with_head", [False, True])
@pytest.mark.parametrize("how", ["pause", "cancel", "close", "offline"])
def test_a_silent_server_holds_nothing_up(
    stand: DownloadStand, how: str, *, with_head: bool
) -> None:
    stand.hub.add_repo("ada/a", {"model.gguf": weights("a")})
    order = order_of(stand.hub, "ada/a")
    name = "ada/a/model.gguf" if with_head else f"/ada/a/resolve/{order.commit}/model.gguf"
    fault = stand.hub.fault(name)
    fault.hold_at, fault.hold_first = (0 if with_head else None), not with_head
    stand.service.order(order)
    assert fault.held.wait(WAIT_S)
    workers = [thread for thread in threading.enumerate() if thread.name == "download"]
    assert len(workers) == 1
    if how == "offline":
        stand.offline = True
    elif how == "close":
        stand.service.close()
    else:
        getattr(stand.service, how)(order.id)
    workers[0].join(60)  # the client itself would wait for ten minutes
    assert not workers[0].is_alive()


def test_a_leave_given_while_offline_holds_at_the_next_start(stand: DownloadStand) -> None:
    stand.offline = True
    stand.put("a", hold_at=100)
    assert stand.hub.fault("ada/a/model.gguf").held.wait(WAIT_S)
    stand.service.close()
    stand.let_go("a")
    stand.begin().start()
    stand.wait(a=DownloadState.DONE)


def test_going_offline_between_two_starts_takes_the_leave_back(stand: DownloadStand) -> None:
    stand.put("a", hold_at=100)
    assert stand.hub.fault("ada/a/model.gguf").held.wait(WAIT_S)
    stand.service.close()
    stand.let_go("a")
    stand.offline = True
    stand.begin().start()
    (download,) = stand.service.all()
    assert (download.state, bool(download.hint)) == (DownloadState.PAUSED, True)


def test_speed_and_time_left_are_said_while_it_runs(stand: DownloadStand) -> None:
    content = weights("a") + bytes(4_000_000)
    stand.hub.add_repo("ada/a", {"model.gguf": content})
    faults = stand.hub.fault("ada/a/model.gguf")
    faults.bytes_per_s = 1_000_000
    order = order_of(stand.hub, "ada/a")
    told = threading.Event()

    def note(shown: tuple[Download, ...]) -> None:
        if shown and shown[0].seconds_left is not None:
            told.set()

    stand.service.on_changes(note)
    stand.service.order(order)
    assert told.wait(WAIT_S)
    (download,) = stand.service.all()
    assert 0 < download.bytes_per_s < 4_000_000
    stand.service.cancel(order.id)


def test_only_one_process_works_on_the_queue(stand: DownloadStand) -> None:
    stand.put("a", hold_at=100)
    first = stand.service
    second = stand.begin()
    with pytest.raises(UserFacingError) as refused:
        second.order(order_of(stand.hub, "ada/a"))
    assert refused.value.code == "downloads_elsewhere"
    second.close()
    first.close()


def test_a_model_that_was_admitted_when_the_process_died_is_not_fetched_again(
    stand: DownloadStand,
) -> None:
    order = _added(stand, "a")
    model = stand.service.fetch(order).result(WAIT_S)
    stand.service.close()
    stand.staging.begin(order)
    stand.begin().start()
    assert [download.state for download in stand.service.all()] == [DownloadState.DONE]
    assert stand.staging.orders() == []
    assert [m.id for m in stand.store.installed()] == [model.id]


def test_more_than_the_storage_limit_is_refused_before_the_first_byte(stand: DownloadStand) -> None:
    stand.settings.update("models", storage_limit_gb=1)
    with (stand.folder / "models" / "large").open("wb") as stream:
        stream.truncate(1_000_000_000)
    with pytest.raises(UserFacingError) as refused:
        stand.service.fetch(_added(stand, "a")).result(WAIT_S)
    assert refused.value.code == "storage_limit"
    assert stand.hub.requests == []
    assert stand.service.all()[0].state is DownloadState.FAILED


def test_a_disk_that_is_not_there_is_said_and_not_written_elsewhere(stand: DownloadStand) -> None:
    order = _added(stand, "a")
    (stand.folder / "models").rmdir()
    with pytest.raises(UserFacingError) as refused:
        stand.service.order(order)
    assert refused.value.code == "models_folder_missing"
    assert not (stand.folder / "models").exists()


def test_the_link_is_closed_again(stand: DownloadStand) -> None:
    links: list[HubLink] = []

    def connect(why: str, allowed: bool):
        from contextlib import contextmanager

        @contextmanager
        def way():
            with plain_link(stand.hub) as link:
                links.append(link)
                yield link

        return way()

    stand.service.close()
    stand.begin(connect)
    stand.service.fetch(_added(stand, "a")).result(WAIT_S)
    assert [link.client.is_closed for link in links] == [True]
