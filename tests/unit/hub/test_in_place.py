"""Models of other applications are used where they lie, and never written to."""

import os
from pathlib import Path

import pytest

from assistant.config.paths import resources
from assistant.domain.errors import EnvironmentProblem
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelFormat, ModelInfo
from assistant.hub.catalogue import Catalogue, read_catalogue
from assistant.hub.in_place import OWN_FOLDER, hash_linked
from assistant.hub.model_store import ModelStore
from assistant.hub.snapshots import manifest_sha256


@pytest.fixture
def catalogue() -> Catalogue:
    return read_catalogue(resources() / "catalogue.json")


@pytest.fixture
def store(tmp_path: Path, catalogue: Catalogue) -> ModelStore:
    return ModelStore(tmp_path / "own", tmp_path / "shared", catalogue)


def info(path: Path, owner: str = "LM Studio") -> ModelInfo:
    return ModelInfo(
        ModelId(""),
        "Theirs",
        ModelFormat.GGUF,
        "llama",
        1,
        "Q4_0",
        5,
        512,
        "",
        "",
        "small",
        path=path,
        owner=owner,
    )


def theirs(tmp_path: Path, name: str = "theirs.gguf") -> Path:
    path = tmp_path / "their folder" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"GGUF!")
    return path


def only(store: ModelStore) -> ModelInfo:
    [model] = store.installed()
    return model


def test_a_link_is_a_model_of_its_owner(store: ModelStore, tmp_path: Path) -> None:
    path = theirs(tmp_path)
    linked = store.in_place.add(info(path), [path])
    assert only(store) == linked
    assert (linked.owner, linked.path, linked.trouble) == ("LM Studio", path, "")
    assert store.key_of(path) == ""
    again = store.in_place.add(info(path), [path])
    assert again.id == linked.id
    assert only(store) == again


def test_removing_it_leaves_the_file_alone(store: ModelStore, tmp_path: Path) -> None:
    path = theirs(tmp_path)
    before = path.stat()
    store.remove(store.in_place.add(info(path), [path]))
    assert store.installed() == []
    assert path.read_bytes() == b"GGUF!"
    after = path.stat()
    assert (after.st_mode, after.st_mtime_ns) == (before.st_mode, before.st_mtime_ns)
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_changed_is_said_so(store: ModelStore, tmp_path: Path) -> None:
    path = theirs(tmp_path)
    store.in_place.add(info(path), [path])
    path.write_bytes(b"GGUF??")
    assert only(store).trouble == "It was changed by LM Studio since."
    again = store.in_place.add(info(path), [path])
    assert again.trouble == ""
    os.utime(path, ns=(1, 1))
    assert only(store).trouble == "It was changed by LM Studio since."


def test_a_file_that_went_is_said_so(store: ModelStore, tmp_path: Path) -> None:
    path, mine = theirs(tmp_path), theirs(tmp_path, "mine.gguf")
    store.in_place.add(info(path), [path])
    store.in_place.add(info(mine, OWN_FOLDER), [mine])
    path.unlink()
    mine.unlink()
    troubles = {model.owner: model.trouble for model in store.installed()}
    assert not any(model.changed for model in store.installed()), "what is gone cannot be taken"
    assert troubles["LM Studio"].startswith("It was removed by LM Studio since")
    assert troubles[OWN_FOLDER].startswith("It is not in your folder any more")


def test_the_hash_is_written_down_once(store: ModelStore, tmp_path: Path) -> None:
    path = theirs(tmp_path)
    linked = store.in_place.add(info(path), [path])
    link = store.in_place.link_of(linked.id)
    assert link is not None
    hashes = hash_linked(link, lambda _: None)
    noted = store.in_place.note_hash(linked.id, hashes)
    assert noted is not None
    assert only(store).sha256 == noted.sha256 == hashes["theirs.gguf"]
    assert store.in_place.note_hash(linked.id, {"theirs.gguf": "0" * 64}) is None


def test_several_files_are_known_by_their_manifest(store: ModelStore, tmp_path: Path) -> None:
    paths = [theirs(tmp_path, f"m-0000{at}-of-00002.gguf") for at in (1, 2)]
    linked = store.in_place.add(info(paths[0]), paths)
    link = store.in_place.link_of(linked.id)
    assert link is not None
    hashes = hash_linked(link, lambda _: None)
    noted = store.in_place.note_hash(linked.id, hashes)
    assert noted is not None
    assert noted.sha256 == manifest_sha256(hashes)


def test_the_hash_of_what_changed_meanwhile_is_not_taken(store: ModelStore, tmp_path: Path) -> None:
    path = theirs(tmp_path)
    linked = store.in_place.add(info(path), [path])
    path.write_bytes(b"GGUF??")
    assert store.in_place.note_hash(linked.id, {"theirs.gguf": "0" * 64}) is None
    assert only(store).sha256 == ""


def test_a_known_hash_gives_its_name(
    store: ModelStore, tmp_path: Path, catalogue: Catalogue
) -> None:
    known = catalogue.models[0]
    path = theirs(tmp_path)
    linked = store.in_place.add(info(path), [path])
    named = store.in_place.note_hash(linked.id, {"theirs.gguf": known.sha256})
    assert named is not None
    assert (named.name, named.id, named.owner) == (known.name, linked.id, "LM Studio")
    assert only(store) == named


def test_a_file_that_is_not_there_cannot_be_linked(store: ModelStore, tmp_path: Path) -> None:
    path = tmp_path / "none.gguf"
    with pytest.raises(EnvironmentProblem) as error:
        store.in_place.add(info(path), [path])
    assert error.value.code == "model_not_linked"
    assert store.installed() == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"info": {}, "files": []}', "\0" * 9])
def test_links_that_are_damaged_are_not_listed(
    store: ModelStore, tmp_path: Path, text: str
) -> None:
    path = theirs(tmp_path)
    linked = store.in_place.add(info(path), [path])
    (store.folder / f"{linked.id}.link.json").write_text(text)
    (store.folder / "in-place-x.link.json").write_text("{}")
    assert store.installed() == []
