"""Models of many files join the store whole, named by their manifest, or not at all."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.config.paths import resources
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelFormat, ModelInfo
from assistant.hub.catalogue import Catalogue, read_catalogue
from assistant.hub.model_store import ModelStore
from assistant.hub.snapshots import manifest_sha256, read_manifest
from tests.helpers.mlx_folders import tensors

INFO = ModelInfo(
    ModelId("mine"), "Mine", ModelFormat.MLX, "llama", 1, "4 bit", 0, 512, "", "", "small"
)


@pytest.fixture
def catalogue() -> Catalogue:
    return read_catalogue(resources() / "catalogue.json")


@pytest.fixture
def store(tmp_path: Path, catalogue: Catalogue) -> ModelStore:
    return ModelStore(tmp_path / "own", tmp_path / "shared", catalogue)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def staged_mlx(tmp_path: Path) -> Path:
    folder = tmp_path / "own" / "downloads" / "one"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text('{"model_type": "llama"}')
    (folder / "model.safetensors").write_bytes(tensors({}))
    (folder / "README.md").write_text("# A model")
    return folder


def test_a_folder_that_the_disk_does_not_take_stays_for_another_try(
    store: ModelStore, tmp_path: Path
) -> None:
    staged = staged_mlx(tmp_path)
    said = {path.name: sha256(path.read_bytes()) for path in staged.iterdir()}
    blocked = tmp_path / "own" / f"{manifest_sha256(said)}.manifest.part"
    blocked.mkdir()
    with pytest.raises(EnvironmentProblem):
        store.admit_folder(staged, INFO, said)
    assert {path.name: sha256(path.read_bytes()) for path in staged.iterdir()} == said
    assert store.installed() == []
    blocked.rmdir()
    store.admit_folder(staged, INFO, said)
    assert len(store.installed()) == 1


def test_a_folder_is_admitted_under_the_hash_of_its_manifest(
    store: ModelStore, tmp_path: Path
) -> None:
    staged = staged_mlx(tmp_path)
    said = {path.name: sha256(path.read_bytes()) for path in staged.iterdir()}

    admitted = store.admit_folder(staged, INFO)

    lines = "".join(sorted(f"{value}  {name}\n" for name, value in said.items()))
    assert admitted.sha256 == sha256(lines.encode())
    assert admitted.path is not None
    assert admitted.path == tmp_path / "own" / admitted.sha256
    assert not staged.exists()
    assert store.installed() == [admitted]
    assert store.key_of(admitted.path) == admitted.sha256
    kept = (tmp_path / "own" / f"{admitted.sha256}.manifest").read_text()
    assert read_manifest(kept) == said
    assert admitted.size_bytes == sum(path.stat().st_size for path in admitted.path.iterdir())
    assert all(path.stat().st_mode & 0o222 == 0 for path in admitted.path.iterdir())


def test_hashes_that_are_known_are_not_computed_again(store: ModelStore, tmp_path: Path) -> None:
    staged = staged_mlx(tmp_path)
    said = {path.name: sha256(path.read_bytes() + b"!") for path in staged.iterdir()}
    assert store.admit_folder(staged, INFO, said).sha256 == manifest_sha256(said)


def test_split_files_are_found_by_their_first_part(store: ModelStore, tmp_path: Path) -> None:
    staged = tmp_path / "own" / "downloads" / "two"
    staged.mkdir(parents=True)
    names = ["big-00001-of-00002.gguf", "big-00002-of-00002.gguf"]
    for name in names:
        (staged / name).write_bytes(name.encode())

    admitted = store.admit_folder(staged, INFO)

    assert admitted.path is not None
    assert admitted.path == tmp_path / "own" / admitted.sha256 / names[0]
    assert store.installed() == [admitted]
    assert store.key_of(admitted.path) == admitted.sha256


def test_the_same_folder_twice_is_kept_once(store: ModelStore, tmp_path: Path) -> None:
    first = store.admit_folder(staged_mlx(tmp_path), INFO)
    again = staged_mlx(tmp_path)
    assert store.admit_folder(again, INFO) == first
    assert not again.exists()
    assert store.installed() == [first]


def test_a_hash_that_was_announced_must_be_the_folders(store: ModelStore, tmp_path: Path) -> None:
    staged = staged_mlx(tmp_path)
    with pytest.raises(UserFacingError) as error:
        store.admit_folder(staged, replace(INFO, sha256="0" * 64))
    assert error.value.code == "hash_mismatch"
    assert not staged.exists()
    assert store.installed() == []


def test_a_folder_is_removed_with_all_that_lies_beside_it(
    store: ModelStore, tmp_path: Path
) -> None:
    admitted = store.admit_folder(staged_mlx(tmp_path), INFO)
    store.remove(admitted)
    assert store.installed() == []
    store.trash.empty()
    assert store.installed() == []
    (tmp_path / "own" / "trash").rmdir()
    assert [path.name for path in (tmp_path / "own").iterdir()] == ["downloads"]


def code(folder: Path) -> None:
    (folder / "modeling_llama.py").write_text("print(1)")


def pickle(folder: Path) -> None:
    (folder / "pytorch_model.bin").write_bytes(b"\x80\x04")


def link(folder: Path) -> None:
    (folder / "tokenizer.json").symlink_to("/etc/passwd")


def inner_folder(folder: Path) -> None:
    (folder / "original").mkdir()


def device(folder: Path) -> None:
    (folder / "con.json").write_text("{}")


def stranger(folder: Path) -> None:
    (folder / "movie.mp4").write_bytes(b"")


def auto_map(folder: Path) -> None:
    config = {"model_type": "llama", "auto_map": {"AutoModel": "modeling.Model"}}
    (folder / "config.json").write_text(json.dumps(config))


def model_file(folder: Path) -> None:
    (folder / "config.json").write_text(json.dumps({"model_file": "run.py"}))


def code_of_tokenizer(folder: Path) -> None:
    (folder / "tokenizer_config.json").write_text(json.dumps({"auto_map": {"AutoTokenizer": "x"}}))


def no_weights(folder: Path) -> None:
    (folder / "model.safetensors").unlink()


def part_missing(folder: Path) -> None:
    (folder / "m-00001-of-00002.gguf").write_bytes(b"")


def lone_gguf(folder: Path) -> None:
    (folder / "m.gguf").write_bytes(b"")


@pytest.mark.parametrize(
    ("spoil", "codes", "word"),
    [
        (code, "repo_refused", "modeling_llama.py"),
        (pickle, "repo_refused", "pytorch_model.bin"),
        (link, "repo_refused", "plain file"),
        (inner_folder, "repo_refused", "plain file"),
        (device, "unsafe_name", "device"),
        (stranger, "repo_refused", "movie.mp4"),
        (auto_map, "repo_refused", "auto_map"),
        (model_file, "repo_refused", "model_file"),
        (code_of_tokenizer, "repo_refused", "auto_map"),
        (no_weights, "repo_refused", "no weights"),
        (part_missing, "model_incomplete", "1 of its 2 parts"),
        (lone_gguf, "model_incomplete", "not one"),
    ],
)
def test_what_a_model_does_not_hold_is_refused_with_the_reason(
    store: ModelStore, tmp_path: Path, spoil: Callable[[Path], None], codes: str, word: str
) -> None:
    staged = staged_mlx(tmp_path)
    spoil(staged)
    with pytest.raises(UserFacingError) as error:
        store.admit_folder(staged, INFO)
    assert error.value.code == codes
    assert word in error.value.message
    assert not staged.exists()
    assert store.installed() == []


def test_a_name_given_elsewhere_vouches_for_nothing(
    store: ModelStore, tmp_path: Path, catalogue: Catalogue
) -> None:
    known = catalogue.models[0].sha256
    assert store.key_of(tmp_path / "own" / f"{known}.gguf") == known
    assert store.key_of(tmp_path / "elsewhere" / f"{known}.gguf") == ""
    assert store.key_of(tmp_path / "own" / "downloads" / f"{known}.gguf") == ""
