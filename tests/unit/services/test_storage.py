"""The space of models: what each takes, removed with a way back, checked, and moved whole."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.domain.errors import Cancelled, EnvironmentProblem, UserFacingError
from assistant.domain.health import CheckState
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelFormat, ModelInfo, ModelRole
from assistant.hub import store_move
from assistant.hub.store_move import NAME, StoreMove, begun
from assistant.hub.trash import Trash
from assistant.services.roles import RoleService
from tests.helpers import found_folders
from tests.helpers.gguf_files import tiny
from tests.helpers.library_stand import Library, library


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Library]:
    with library(tmp_path, tmp_path / "shared") as made:
        yield made


def bring_in(shelf: Library, name: str = "mine") -> ModelInfo:
    content = tiny({"general.name": name}).bytes()
    source = shelf.home / f"{name}.gguf"
    source.write_bytes(content)
    staged, sha256 = shelf.store.stage(source, lambda _part, _doing: None)
    info = ModelInfo(
        ModelId(f"file-{sha256[:12]}"),
        name,
        ModelFormat.GGUF,
        "llama",
        1,
        "F32",
        len(content),
        128,
        "",
        sha256,
        "small",
    )
    return shelf.store.admit(staged, replace(info, repo="a/b", commit="c" * 40))


def bring_in_folder(shelf: Library) -> ModelInfo:
    staged = shelf.store.folder / "downloads" / "x"
    staged.mkdir(parents=True)
    for at in (1, 2):
        (staged / f"m-0000{at}-of-00002.gguf").write_bytes(bytes([at]) * 3000)
    info = ModelInfo(
        ModelId("parts"), "Parts", ModelFormat.GGUF, "llama", 1, "", 0, 9, "", "", "small"
    )
    return shelf.store.admit_folder(staged, info)


def small_disk(_: object) -> SimpleNamespace:
    return SimpleNamespace(free=1000)


def refuse(*_: object) -> bool:
    return False


def another_hash(*_: object) -> str:
    return "0" * 64


def contents(shelf: Library) -> dict[str, str]:
    """What is in the models that are listed."""
    found: dict[str, str] = {}
    for model in shelf.store.installed():
        for path in shelf.store.hashes_of(model):
            found[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def test_what_each_takes_and_when_it_was_used(shelf: Library) -> None:
    mine, parts = bring_in(shelf), bring_in_folder(shelf)
    theirs = found_folders.lm_studio(shelf.home / ".lmstudio" / "models", tiny().bytes())
    [application] = shelf.found.look().result(60)
    [linked] = shelf.found.use(application.models).result(60).models
    unfinished = shelf.store.folder / "downloads" / "y"
    unfinished.mkdir(parents=True)
    (unfinished / "part").write_bytes(b"x" * 500)
    shelf.models.ensure(mine.id).result(60)

    now = shelf.storage.read().result(60)

    taken = {model.info.id: model.own_bytes for model in now.models}
    assert taken == {mine.id: mine.size_bytes, parts.id: 6000, linked.id: 0}
    assert now.unfinished_bytes == 500
    assert now.used_bytes == mine.size_bytes + 6500
    assert now.free_bytes > 0
    used = {model.info.id: model.last_used for model in now.models}
    assert used[mine.id] is not None
    assert used[parts.id] is None
    assert theirs.exists()


def test_a_limit_that_is_passed_is_said(shelf: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_in(shelf)
    shelf.storage.set_limit(20).result(60)
    assert shelf.storage.read_now().limit_bytes == 20_000_000_000
    assert [check.name for check in shelf.storage.checks()] == ["Model storage"]
    monkeypatch.setattr("assistant.services.storage._GIGABYTE", 100)
    assert [check.name for check in shelf.storage.checks()] == ["Model storage", "Model space"]


def test_a_loaded_default_is_removed_and_put_back(shelf: Library) -> None:
    mine = bring_in(shelf)
    shelf.models.use(mine.id).result(60)
    removed = shelf.storage.remove(mine.id).result(60)
    assert shelf.store.installed() == []
    assert shelf.storage.read_now().trash_bytes > mine.size_bytes
    assert shelf.settings.current.models.default_model == ""

    shelf.storage.undo(removed).result(60)

    assert shelf.store.installed() == [mine]
    assert shelf.settings.current.models.default_model == mine.id
    assert shelf.models.ensure(mine.id).result(60).path == mine.path


def test_what_takes_the_place_of_a_removed_model_is_told(shelf: Library) -> None:
    mine = bring_in(shelf)
    found_folders.lm_studio(shelf.home / ".lmstudio" / "models", tiny().bytes())
    [application] = shelf.found.look().result(60)
    [linked] = shelf.found.use(application.models).result(60).models
    roles = RoleService(
        shelf.settings,
        shelf.workers,
        shelf.store.installed,
        shelf.catalogue,
        embedding_here=False,
    )
    roles.assign(ModelRole.MEDIUM, mine.id).result(60)
    shelf.storage.with_roles(roles.assigned)

    removed = shelf.storage.remove(mine.id).result(60)

    heirs = {row.role: row.model for row in removed.passed_on}
    heir = heirs[ModelRole.MEDIUM]
    assert heir is not None
    assert heir.id == linked.id
    shelf.storage.undo(removed).result(60)
    serving = roles.model_for(ModelRole.MEDIUM)
    assert serving is not None
    assert serving.id == mine.id
    assert shelf.storage.remove(linked.id).result(60).passed_on == ()


def test_what_was_emptied_cannot_be_put_back(shelf: Library) -> None:
    removed = shelf.storage.remove(bring_in(shelf).id).result(60)
    shelf.storage.empty_trash().result(60)
    with pytest.raises(UserFacingError) as caught:
        shelf.storage.undo(removed).result(60)
    assert caught.value.code == "model_not_installed"


def test_a_link_is_removed_and_put_back(shelf: Library) -> None:
    theirs = found_folders.lm_studio(shelf.home / ".lmstudio" / "models", tiny().bytes())
    [application] = shelf.found.look().result(60)
    [linked] = shelf.found.use(application.models).result(60).models
    removed = shelf.storage.remove(linked.id).result(60)
    assert theirs.exists()
    assert shelf.store.installed() == []
    shelf.storage.undo(removed).result(60)
    assert [model.id for model in shelf.store.installed()] == [linked.id]


def test_a_broken_model_is_set_aside_and_said(shelf: Library) -> None:
    mine, parts, fine = bring_in(shelf), bring_in_folder(shelf), bring_in(shelf, "fine")
    for path in (mine.path, parts.path):
        assert path is not None
        path.chmod(0o600)
        data = path.read_bytes()
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    told: list[float] = []

    job = shelf.storage.verify()
    job.on_progress(lambda part, _: told.append(part))
    found = {each.model.id: each for each in job.result(60)}

    assert (found[mine.id].broken_files, found[parts.id].broken_files) == (1, 1)
    assert not found[fine.id].broken
    assert found[mine.id].can_be_fetched
    assert not found[parts.id].can_be_fetched
    assert [model.id for model in shelf.store.installed()] == [fine.id]
    assert told == sorted(told)
    [again] = shelf.storage.verify([fine.id]).result(60)
    assert not again.broken
    now = shelf.storage.read_now()
    assert now.aside_bytes >= mine.size_bytes + parts.size_bytes
    assert now.used_bytes == fine.size_bytes + now.aside_bytes
    shelf.storage.delete_broken().result(60)
    assert shelf.storage.read_now().aside_bytes == 0


def test_a_model_that_is_used_in_place_is_read_again_as_well(shelf: Library) -> None:
    theirs = found_folders.lm_studio(shelf.home / ".lmstudio" / "models", tiny().bytes())
    [application] = shelf.found.look().result(60)
    [linked] = shelf.found.use(application.models).result(60).models
    while not shelf.store.in_place.models()[0].sha256:
        shelf.found.begin_hashing().result(60)
    [whole] = shelf.storage.verify().result(60)
    assert whole.broken_files == 0

    status, data = theirs.stat(), theirs.read_bytes()
    theirs.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    os.utime(theirs, ns=(status.st_atime_ns, status.st_mtime_ns))  # as a disk does that rots
    [rotten] = shelf.storage.verify([linked.id]).result(60)
    assert rotten.broken_files == 1
    assert not rotten.can_be_fetched, "its application brings it"
    assert [model.id for model in shelf.store.installed()] == [linked.id]
    assert theirs.exists()


def test_what_was_removed_is_kept_for_a_quarter_of_an_hour_whatever_the_clock_shows(
    shelf: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, later = bring_in(shelf), bring_in(shelf, "later")
    passed_s = 1000.0
    monkeypatch.setattr("assistant.hub.trash.monotonic", lambda: passed_s)
    shelf.storage.remove(mine.id).result(60)
    passed_s += 10 * 60
    shelf.storage.remove(later.id).result(60)
    trash = shelf.store.folder / "trash"
    for model in (mine, later):  # as it looks after the clock was set forward
        os.utime(trash / model.sha256 / "removed", (1.0, 1.0))
    shelf.storage.clear_trash()
    assert set(shelf.store.trash.entries()) == {mine.sha256, later.sha256}
    passed_s += 6 * 60
    shelf.storage.clear_trash()
    assert shelf.store.trash.entries() == [later.sha256]


def test_what_another_command_removed_is_kept_from_when_it_is_seen(
    shelf: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = bring_in(shelf)
    passed_s = 1000.0
    monkeypatch.setattr("assistant.hub.trash.monotonic", lambda: passed_s)
    Trash(shelf.store.folder).put(shelf.store.folder / f"{mine.sha256}.gguf")
    for minutes, left in ((0, [mine.sha256]), (14, [mine.sha256]), (16, [])):
        passed_s = 1000.0 + minutes * 60
        shelf.storage.clear_trash()
        assert shelf.store.trash.entries() == left


def test_an_import_keeps_to_the_limit_and_says_what_to_do(
    shelf: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = shelf.home / "new.gguf"
    source.write_bytes(tiny({"general.name": "new"}).bytes())
    monkeypatch.setattr("assistant.services.storage._GIGABYTE", 100)
    shelf.storage.set_limit(1).result(60)
    with pytest.raises(UserFacingError) as caught:
        shelf.installing.import_path(source).result(60)
    assert caught.value.code == "storage_limit"
    assert "Remove a model, allow more" in caught.value.hint
    assert not shelf.store.folder.exists()
    shelf.storage.set_limit(0).result(60)
    with pytest.raises(UserFacingError) as caught:
        shelf.installing.import_path(source).result(60)
    assert caught.value.code == "model_broken", "it comes to the trial, which it does not pass"


def test_the_store_is_moved_with_everything_in_it(shelf: Library, tmp_path: Path) -> None:
    mine = bring_in(shelf)
    bring_in_folder(shelf)
    unfinished = shelf.store.folder / "downloads" / "y"
    unfinished.mkdir(parents=True)
    (unfinished / "order.json").write_text("{}")
    shelf.models.ensure(mine.id).result(60)
    before, old = contents(shelf), shelf.store.folder

    target = shelf.storage.move(tmp_path / "disk").result(60)

    assert target == tmp_path / "disk" == shelf.store.folder
    assert contents(shelf) == before
    assert not old.exists()
    assert (target / "downloads" / "y" / "order.json").exists()
    assert shelf.settings.current.models.folder == str(target)
    path = shelf.models.ensure(mine.id).result(60).path
    assert path == target / f"{mine.sha256}.gguf"
    assert path.stat().st_mode & 0o222 == 0
    assert shelf.storage.pending_move() is None
    assert sorted(p.name for p in target.iterdir() if p.name.startswith("move")) == []


def test_a_folder_with_other_things_gets_one_of_its_own(shelf: Library, tmp_path: Path) -> None:
    bring_in(shelf)
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "photo").write_bytes(b"")
    assert shelf.storage.move(tmp_path / "disk").result(60) == tmp_path / "disk" / NAME
    with pytest.raises(UserFacingError) as caught:
        shelf.storage.move(tmp_path / "disk").result(60)
    assert caught.value.code == "move_inside"


def test_a_move_into_the_store_is_refused(shelf: Library) -> None:
    bring_in(shelf)
    for target in (shelf.store.folder, shelf.store.folder / "inner"):
        with pytest.raises(UserFacingError) as caught:
            shelf.storage.move(target).result(60)
        assert caught.value.code == "move_inside"
    assert shelf.storage.pending_move() is None


def test_a_move_to_a_small_disk_is_refused(
    shelf: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(shelf)
    monkeypatch.setattr(shutil, "disk_usage", small_disk)
    with pytest.raises(EnvironmentProblem) as caught:
        shelf.storage.move(tmp_path / "disk").result(60)
    assert caught.value.code == "disk_full"
    assert not (tmp_path / "disk").exists()


def test_a_move_to_where_nothing_can_be_written_is_refused(
    shelf: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(shelf)
    monkeypatch.setattr(os, "access", refuse)
    with pytest.raises(EnvironmentProblem) as caught:
        shelf.storage.move(tmp_path / "disk").result(60)
    assert caught.value.code == "move_read_only"


def test_a_move_that_is_cancelled_puts_all_back(
    shelf: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(shelf)
    bring_in(shelf, "second")
    before = contents(shelf)
    listened, hashed = threading.Event(), vars(store_move)["_hash"]

    def hash_later(*given: Any) -> Any:
        assert listened.wait(60)
        return hashed(*given)

    monkeypatch.setattr(store_move, "_hash", hash_later)
    job = shelf.storage.move(tmp_path / "disk")
    job.on_progress(lambda part, _: job.cancel() if part > 0.4 else None)
    listened.set()
    with pytest.raises(Cancelled):
        job.result(60)
    assert contents(shelf) == before
    assert not (tmp_path / "disk").exists()
    assert shelf.storage.pending_move() is None


def test_a_disk_that_gives_back_something_else_gets_nothing(
    shelf: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(shelf)
    before = contents(shelf)
    monkeypatch.setattr("assistant.hub.store_move._hash", another_hash)
    with pytest.raises(EnvironmentProblem) as caught:
        shelf.storage.move(tmp_path / "disk").result(60)
    assert caught.value.code == "move_disk_broken"
    assert contents(shelf) == before
    assert not (tmp_path / "disk").exists()


def test_a_disk_that_is_not_connected_is_said(shelf: Library, tmp_path: Path) -> None:
    shelf.store.switch(tmp_path / "gone")
    [check] = shelf.storage.checks()
    assert check.state is CheckState.PROBLEM
    assert shelf.store.installed() == []
    assert shelf.storage.read_now().free_bytes == 0


_MOVE = """
import sys
import time
from pathlib import Path
from tests.helpers.library_stand import library
with library(Path(sys.argv[1]), Path(sys.argv[1]) / "shared") as shelf:
    job = shelf.storage.move(Path(sys.argv[2]))
    print("ready", flush=True)
    job.result(60)
    print("done", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
@pytest.mark.parametrize("after_ms", [0, 2, 5, 10, 20, 40, 80])
def test_a_kill_in_the_middle_of_a_move_loses_nothing(tmp_path: Path, after_ms: int) -> None:
    folder, disk = tmp_path / "profile", tmp_path / "disk"
    folder.mkdir()
    with library(folder, folder / "shared") as shelf:
        for name in ("one", "two", "three"):
            bring_in(shelf, name)
        bring_in_folder(shelf)
        ballast = shelf.store.folder / "downloads" / "big"
        ballast.mkdir(parents=True)
        (ballast / "part").write_bytes(os.urandom(20 << 20))
        before = contents(shelf)
    child = subprocess.Popen(
        [sys.executable, "-c", _MOVE, str(folder), str(disk)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    with child.stdout:
        assert child.stdout.readline() == "ready\n"
        time.sleep(after_ms / 1000)  # anywhere in the work
        child.send_signal(signal.SIGKILL)
        child.wait()

    with library(folder, folder / "shared") as shelf:
        assert contents(shelf) == before
        if shelf.store.folder == disk:  # it was killed while it emptied the old folder
            shelf.storage.start()
            shelf.storage.read().result(60)
        else:
            shelf.storage.move(disk).result(60)
        assert contents(shelf) == before
        assert shelf.store.folder == disk
    with library(folder, folder / "shared") as shelf:
        shelf.storage.start()
        shelf.workers.close()
        assert contents(shelf) == before
        assert not (folder / "models").exists()


def test_what_went_after_a_move_was_begun_does_not_come_back_by_it(
    shelf: Library, tmp_path: Path
) -> None:
    mine, gone = bring_in(shelf), bring_in(shelf, "gone")
    StoreMove(shelf.store.folder, tmp_path / "disk").copy(lambda _part, _doing: None)
    (tmp_path / "disk" / "photo").write_bytes(b"put there by somebody else")
    shelf.storage.remove(gone.id).result(60)
    shelf.storage.empty_trash().result(60)

    shelf.storage.move(tmp_path / "disk").result(60)

    assert [model.id for model in shelf.store.installed()] == [mine.id]
    assert (tmp_path / "disk" / "photo").exists()


def test_a_move_that_was_begun_can_be_taken_back(shelf: Library, tmp_path: Path) -> None:
    bring_in(shelf)
    before = contents(shelf)
    StoreMove(shelf.store.folder, tmp_path / "disk").copy(lambda _part, _doing: None)
    assert shelf.storage.pending_move() == tmp_path / "disk"
    assert [check.name for check in shelf.storage.checks()] == ["Model storage", "Model move"]
    shelf.storage.give_up_move().result(60)
    assert contents(shelf) == before
    assert begun(shelf.store.folder) is None
    assert not (tmp_path / "disk").exists()
