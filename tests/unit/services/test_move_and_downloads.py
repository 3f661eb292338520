"""Downloads are held while the store changes over, and go on in its new folder at once."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.download import Download, DownloadState
from assistant.domain.errors import UserFacingError
from assistant.hub.download import Patience, Staging
from assistant.hub.store_move import StoreMove
from assistant.services.download_finish import Finish
from assistant.services.download_surroundings import Surroundings
from assistant.services.downloads import DownloadService
from assistant.services.window_lock import WindowLock
from tests.helpers.gguf_files import tiny
from tests.helpers.hub import HubDouble
from tests.helpers.hub.orders import order_of, plain_link
from tests.helpers.library_stand import Library, library

pytestmark = pytest.mark.loopback

_WAIT_S = 60.0


@dataclass
class Stand:
    """A library with a queue of downloads and a Hub."""

    hub: HubDouble
    shelf: Library
    downloads: DownloadService
    staging: Staging
    changed: threading.Condition

    def order(self, name: str, *, hold_at: int | None = None) -> Download:
        content = tiny({"general.name": name}).bytes()
        self.hub.add_repo(f"ada/{name}", {"model.gguf": content})
        self.hub.fault(f"ada/{name}/model.gguf").hold_at = hold_at
        return self.downloads.order(order_of(self.hub, f"ada/{name}"))

    def let_go(self, name: str) -> None:
        faults = self.hub.fault(f"ada/{name}/model.gguf")
        faults.hold_at = None
        faults.release.set()

    def wait(self, *states: DownloadState, here: int = 0) -> None:
        def reached() -> bool:
            now = self.downloads.all()
            enough = all(each.done_bytes >= here for each in now)
            return tuple(each.state for each in now) == states and enough

        with self.changed:
            assert self.changed.wait_for(reached, _WAIT_S), self.downloads.all()


def passed(_path: Path, _timeout_s: float, _cancel: CancelToken) -> None:
    """A trial that finds nothing."""


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    bugs: list[BaseException] = []
    with HubDouble() as hub, library(tmp_path, tmp_path / "shared") as shelf:
        shelf.store.folder.mkdir()
        staging = Staging(shelf.store.folder / "downloads")
        around = Surroundings(
            lambda _why, _allowed: plain_link(hub),
            lambda: False,
            False,
            Finish(shelf.store, shelf.catalogue, staging, passed),
            bugs.append,
            Patience(0.001, 0.002, refusals=2),
            0,
            taken=shelf.storage.counted_bytes,
            free_up=shelf.storage.make_room,
        )
        downloads = DownloadService(staging, shelf.settings, around)
        shelf.storage.with_downloads(lambda: downloads.held(lambda: shelf.store.folder))
        made = Stand(hub, shelf, downloads, staging, threading.Condition())

        def note(_: object) -> None:
            with made.changed:
                made.changed.notify_all()

        downloads.on_changes(note)
        try:
            yield made
        finally:
            downloads.close()
        assert bugs == []


def test_a_download_goes_on_in_the_new_folder_with_what_was_here(
    stand: Stand, tmp_path: Path
) -> None:
    stand.order("one", hold_at=300)
    stand.wait(DownloadState.RUNNING, here=300)
    old, new = stand.shelf.store.folder, tmp_path / "disk"

    stand.shelf.storage.move(new).result(_WAIT_S)
    stand.let_go("one")
    stand.wait(DownloadState.DONE)

    assert stand.staging.root == new / "downloads"
    [model] = stand.shelf.store.installed()
    assert model.path is not None
    assert model.path.parent == new
    assert not old.exists()
    ranges = [request.headers.get("range", "") for request in stand.hub.requests]
    assert any(each.startswith("bytes=") and each != "bytes=0-" for each in ranges), (
        "what was here is not fetched again"
    )
    assert stand.shelf.storage.read_now().unfinished_bytes < 1000
    assert not WindowLock(new / "downloads" / "lock").take(), "the place is held there now"


def test_a_move_that_fails_lets_downloads_go_on_where_they_were(
    stand: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand.order("one", hold_at=300)
    stand.wait(DownloadState.RUNNING, here=300)
    old = stand.shelf.store.folder

    def refuse(_: StoreMove) -> None:
        raise UserFacingError("No.", "Try again.", code="move_failed")

    monkeypatch.setattr(StoreMove, "announce", refuse)
    with pytest.raises(UserFacingError):
        stand.shelf.storage.move(tmp_path / "disk").result(_WAIT_S)
    stand.let_go("one")
    stand.wait(DownloadState.DONE)
    [model] = stand.shelf.store.installed()
    assert model.path is not None
    assert model.path.parent == old
    assert not (tmp_path / "disk").exists()


def test_nothing_moves_while_they_are_held(stand: Stand, tmp_path: Path) -> None:
    first = stand.order("one", hold_at=300)
    stand.wait(DownloadState.RUNNING, here=300)
    folder = stand.shelf.store.folder
    with stand.downloads.held(lambda: folder):
        assert [each.state for each in stand.downloads.all()] == [DownloadState.QUEUED]
        stand.downloads.resume(first.order.id)
        assert [each.state for each in stand.downloads.all()] == [DownloadState.QUEUED]
        with pytest.raises(UserFacingError) as caught:
            stand.order("two")
        assert caught.value.code == "models_moving"
    stand.let_go("one")
    stand.wait(DownloadState.DONE)


def test_what_is_given_up_while_they_are_held_is_gone_in_the_new_folder_too(
    stand: Stand, tmp_path: Path
) -> None:
    first = stand.order("one", hold_at=300)
    stand.wait(DownloadState.RUNNING, here=300)
    folder, new = stand.shelf.store.folder, tmp_path / "disk"
    with stand.downloads.held(lambda: stand.shelf.store.folder):
        StoreMove(folder, new).copy(lambda _part, _doing: None)
        stand.downloads.cancel(first.order.id)
        stand.shelf.store.switch(new)
    assert stand.downloads.all() == ()
    assert not (new / "downloads" / first.order.id).exists()
    stand.let_go("one")


def test_a_store_into_which_another_window_downloads_is_not_moved(
    stand: Stand, tmp_path: Path
) -> None:
    other = WindowLock(stand.shelf.store.folder / "downloads" / "lock")
    assert other.take()
    with pytest.raises(UserFacingError) as caught:
        stand.shelf.storage.move(tmp_path / "disk").result(_WAIT_S)
    other.release()
    assert caught.value.code == "downloads_elsewhere"
    assert stand.shelf.store.folder != tmp_path / "disk"
    assert not (tmp_path / "disk").exists()


def test_the_room_of_removed_models_is_used_when_a_download_needs_it(stand: Stand) -> None:
    stand.order("one")
    stand.wait(DownloadState.DONE)
    [model] = stand.shelf.store.installed()
    before = stand.shelf.storage.counted_bytes()
    stand.shelf.storage.remove(model.id).result(_WAIT_S)
    assert stand.shelf.storage.read_now().trash_bytes >= model.size_bytes
    assert stand.shelf.storage.counted_bytes() <= before - model.size_bytes
    stand.shelf.storage.make_room()
    assert stand.shelf.storage.read_now().trash_bytes == 0
