"""Model files are found, brought in whole, and never half."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from assistant.config.paths import resources
from assistant.domain.errors import Cancelled, EnvironmentProblem, UserFacingError
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelFormat, ModelInfo
from assistant.hub.catalogue import Catalogue, read_catalogue
from assistant.hub.model_store import ModelStore


@pytest.fixture
def catalogue() -> Catalogue:
    return read_catalogue(resources() / "catalogue.json")


@pytest.fixture
def store(tmp_path: Path, catalogue: Catalogue) -> ModelStore:
    return ModelStore(tmp_path / "own", tmp_path / "shared", catalogue)


def info_of(content: bytes) -> ModelInfo:
    digest = hashlib.sha256(content).hexdigest()
    return ModelInfo(
        ModelId(f"file-{digest[:12]}"),
        "My model",
        ModelFormat.GGUF,
        "llama",
        1,
        "Q4_0",
        len(content),
        512,
        "",
        digest,
        "small",
    )


def bring_in(store: ModelStore, tmp_path: Path, content: bytes) -> ModelInfo:
    source = tmp_path / "source.gguf"
    source.write_bytes(content)
    staged, sha256 = store.stage(source, lambda _part, _doing: None)
    assert sha256 == hashlib.sha256(content).hexdigest()
    return store.admit(staged, info_of(content))


def test_the_starter_is_in_the_catalogue_and_on_this_machine(
    catalogue: Catalogue, starter_model: Path
) -> None:
    starter = next(model for model in catalogue.models if model.id == catalogue.starter)
    assert starter_model.stat().st_size == starter.size_bytes
    assert starter_model.stem == starter.sha256


def test_nothing_is_installed_where_there_are_no_folders(store: ModelStore) -> None:
    assert store.installed() == []


def test_a_model_brought_in_is_found_read_only_and_byte_for_byte(
    store: ModelStore, tmp_path: Path
) -> None:
    content = b"GGUF" + bytes(range(256)) * 50
    admitted = bring_in(store, tmp_path, content)
    [found] = store.installed()
    assert found == admitted
    assert found.path is not None
    assert found.path.read_bytes() == content
    assert found.path.stat().st_mode & 0o222 == 0
    assert list((tmp_path / "own").glob("*.part")) == []


def test_bringing_in_the_same_file_twice_keeps_one(store: ModelStore, tmp_path: Path) -> None:
    bring_in(store, tmp_path, b"same")
    bring_in(store, tmp_path, b"same")
    assert len(store.installed()) == 1
    assert list((tmp_path / "own").glob("*.part")) == []


def test_a_cancelled_copy_leaves_nothing(store: ModelStore, tmp_path: Path) -> None:
    source = tmp_path / "source.gguf"
    source.write_bytes(b"x" * 1000)

    def cancel(_part: float, _doing: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        store.stage(source, cancel)
    assert list((tmp_path / "own").iterdir()) == []


def test_an_own_model_can_be_removed_and_a_shared_one_cannot(
    store: ModelStore, tmp_path: Path, catalogue: Catalogue
) -> None:
    own = bring_in(store, tmp_path, b"mine")
    shared = tmp_path / "shared"
    shared.mkdir()
    starter = catalogue.models[0]
    (shared / f"{starter.sha256}.gguf").write_bytes(b"stands for the starter")
    store.remove(own)
    [left] = store.installed()
    assert left.id == starter.id
    with pytest.raises(UserFacingError, match="shared"):
        store.remove(left)


def test_a_file_without_a_description_is_passed_over(store: ModelStore, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / f"{'0' * 64}.gguf").write_bytes(b"?")
    (tmp_path / "own" / f"{'1' * 64}.gguf").write_bytes(b"?")
    (tmp_path / "own" / f"{'1' * 64}.json").write_text('{"id": 3}')
    assert store.installed() == []


def test_a_copy_that_an_ended_process_left_is_cleared_away(
    store: ModelStore, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    old, young = own / "old.part", own / "young.part"
    old.write_bytes(b"half")
    young.write_bytes(b"being written")
    os.utime(old, (1.0, 1.0))
    bring_in(store, tmp_path, b"new")
    assert not old.exists()
    assert young.exists()


def test_a_store_that_cannot_be_written_is_the_users_to_mend(
    store: ModelStore, tmp_path: Path
) -> None:
    (tmp_path / "own").write_text("a file in the folder's place")
    with pytest.raises(EnvironmentProblem) as caught:
        store.stage(tmp_path / "missing.gguf", lambda _part, _doing: None)
    assert caught.value.code == "model_copy_failed"


def test_a_copy_that_cannot_be_admitted_stays_for_another_try(
    store: ModelStore, tmp_path: Path
) -> None:
    source = tmp_path / "source.gguf"
    source.write_bytes(b"x")
    staged, sha256 = store.stage(source, lambda _part, _doing: None)
    (staged.parent / f"{sha256}.json.part").mkdir()
    with pytest.raises(EnvironmentProblem):
        store.admit(staged, info_of(b"x"))
    assert staged.read_bytes() == b"x"
    assert store.installed() == []
    (staged.parent / f"{sha256}.json.part").rmdir()
    store.admit(staged, info_of(b"x"))
    assert not staged.exists()
    assert len(store.installed()) == 1


def test_no_room_is_said_before_anything_is_copied(
    store: ModelStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source.gguf"
    source.write_bytes(b"x")
    full = shutil.disk_usage(tmp_path)._replace(free=0)

    def usage(_: Path) -> object:
        return full

    monkeypatch.setattr(shutil, "disk_usage", usage)
    with pytest.raises(EnvironmentProblem) as caught:
        store.stage(source, lambda _part, _doing: None)
    assert caught.value.code == "disk_full"
    assert list((tmp_path / "own").iterdir()) == []


def test_a_folder_or_a_dead_link_is_no_model(store: ModelStore, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / f"{'2' * 64}.gguf").mkdir(parents=True)
    (own / f"{'3' * 64}.gguf").symlink_to(tmp_path / "nowhere")
    assert store.installed() == []
