"""The look into a model folder, before MLX sees it."""

import json
import math
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.domain.errors import UserFacingError
from assistant.engine.mlx.folder_preflight import FolderFacts, preflight_folder
from tests.helpers.mlx_folders import change_config, copied, tensors


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """Stands for the folder of mlx-lm's models."""
    folder = tmp_path / "models"
    folder.mkdir()
    for name in ("llama", "cache"):
        (folder / f"{name}.py").touch()
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound folder of one tensor."""
    folder = tmp_path / "model"
    folder.mkdir()
    config = {"model_type": "mistral", "hidden_size": 8, "num_hidden_layers": 2}
    config |= {"num_attention_heads": 2, "vocab_size": 16, "max_position_embeddings": 64}
    (folder / "config.json").write_text(json.dumps(config | {"eos_token_id": [2, 5]}))
    entry = {"dtype": "F16", "shape": [4, 2], "data_offsets": [0, 16]}
    (folder / "model.safetensors").write_bytes(tensors({"a": entry}, bytes(16)))
    return folder


def test_a_sound_folder_says_what_it_holds(folder: Path, models: Path) -> None:
    facts = preflight_folder(folder, models)

    assert facts.kind == "llama"
    assert facts.end_tokens == {2, 5}
    assert (facts.context_length, facts.block_count, facts.vocab_size) == (64, 2, 16)
    assert (facts.head_count_kv, facts.head_length) == (2, 4)
    assert facts.weights_bytes == 16
    assert facts.weights == (folder / "model.safetensors",)


def test_generation_settings_say_what_ends_an_answer(folder: Path, models: Path) -> None:
    (folder / "generation_config.json").write_text('{"eos_token_id": 7}')

    assert preflight_folder(folder, models).end_tokens == {7}


def _write(name: str, data: bytes) -> Callable[[Path], None]:
    def harm(folder: Path) -> None:
        (folder / name).write_bytes(data)

    return harm


def _config(**values: object) -> Callable[[Path], None]:
    return lambda folder: change_config(folder, **values)


def _entry(**changed: object) -> Callable[[Path], None]:
    entry = {"dtype": "F16", "shape": [4, 2], "data_offsets": [0, 16]} | changed
    return _write("model.safetensors", tensors({"a": entry}, bytes(16)))


def _pickled(folder: Path) -> None:
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")


_BROKEN: dict[str, tuple[Callable[[Path], None], str]] = {
    "no config": (lambda folder: (folder / "config.json").unlink(), "no config.json"),
    "config of a list": (_write("config.json", b"[]"), "damaged"),
    "config of nonsense": (_write("config.json", b"{\xff"), "damaged"),
    "deep config": (_write("config.json", b'{"a":' * 100_000), "damaged"),
    "long config": (_write("config.json", b" " * (5 << 20)), "too long"),
    "infinite number": (_write("config.json", b'{"a": Infinity}'), "not finite"),
    "overflowing number": (_write("config.json", b'{"a": 1e999}'), "impossible"),
    "huge number": (_config(rope_theta=1 << 60), "impossible"),
    "no layers": (_config(num_hidden_layers=0), "layers is impossible"),
    "a million layers": (_config(num_hidden_layers=1_000_000), "layers is impossible"),
    "heads of text": (_config(num_attention_heads="two"), "heads is impossible"),
    "truth as a size": (_config(hidden_size=True), "size is impossible"),
    "odd quantisation": (_config(quantization={"group_size": 7, "bits": 4}), "quantization"),
    "odd layer": (
        _config(quantization={"group_size": 64, "bits": 4, "model.x": {"bits": 99}}),
        "quantization",
    ),
    "no kind": (_config(model_type=None), "what kind"),
    "a path as a kind": (_config(model_type="../../evil"), "what kind"),
    "code of its own": (_config(model_file="evil.py"), "code of its own"),
    "no weights": (lambda folder: (folder / "model.safetensors").unlink(), "no weights"),
    "pickles only": (_pickled, "no weights"),
    "missing shard": (
        _write("model.safetensors.index.json", b'{"weight_map": {"a": "model-2.safetensors"}}'),
        "1 of its 1 files",
    ),
    "empty weights": (_write("model.safetensors", b""), "truncated"),
    "long header": (_write("model.safetensors", b"\xff" * 64), "truncated"),
    "no tensors": (_write("model.safetensors", tensors({})), "number of tensors"),
    "tensor twice": (
        _write("model.safetensors", b"\x10" + bytes(7) + b'{"a":{},"a":{} }'),
        "twice",
    ),
    "unknown type": (_entry(dtype="F4"), "unknown type"),
    "negative shape": (_entry(shape=[-4, -2]), "impossible shape"),
    "huge shape": (_entry(shape=[1 << 40, 1 << 40]), "impossible shape"),
    "shape of text": (_entry(shape="4"), "impossible shape"),
    "wrong place": (_entry(data_offsets=[0, 15]), "impossible place"),
    "cut off": (_entry(shape=[40, 20], data_offsets=[0, 1600]), "truncated"),
    "overlap": (
        _write(
            "model.safetensors",
            tensors(
                {
                    name: {"dtype": "U8", "shape": [8], "data_offsets": [at, at + 8]}
                    for name, at in (("a", 0), ("b", 4))
                },
                bytes(12),
            ),
        ),
        "overlap",
    ),
}


@pytest.mark.parametrize("name", _BROKEN)
def test_what_is_wrong_is_said(name: str, folder: Path, models: Path) -> None:
    harm, said = _BROKEN[name]
    harm(folder)

    with pytest.raises(UserFacingError, match=said) as failure:
        preflight_folder(folder, models)

    assert failure.value.code == "model_broken"
    assert failure.value.hint


@pytest.mark.parametrize("kind", ["starfish", "cache"])
def test_a_kind_that_is_not_known_is_not_supported(kind: str, folder: Path, models: Path) -> None:
    change_config(folder, model_type=kind)

    with pytest.raises(UserFacingError) as failure:
        preflight_folder(folder, models)

    assert failure.value.code == "model_unsupported"


@pytest.mark.parametrize("name", ["config.json", "model.safetensors"])
def test_a_link_out_of_the_folder_is_refused(
    name: str, folder: Path, models: Path, tmp_path: Path
) -> None:
    outside = (folder / name).rename(tmp_path / name)
    try:
        (folder / name).symlink_to(outside)
    except OSError:
        pytest.skip("this system does not let an ordinary user make links")

    with pytest.raises(UserFacingError, match="leads out of the folder"):
        preflight_folder(folder, models)


def test_thousands_of_broken_headers_end_in_words(folder: Path, models: Path) -> None:
    chance = random.Random(5)  # noqa: S311 - the same each time, no secret
    files = {name: (folder / name).read_bytes() for name in ("config.json", "model.safetensors")}
    ends: dict[str, int] = {}
    for _ in range(2000):
        name = chance.choice(sorted(files))
        data = bytearray(files[name])
        for _ in range(chance.choice((1, 1, 2, 8))):
            at = chance.randrange(len(data))
            data[at : at + chance.choice((0, 1, 1))] = bytes([chance.randrange(256)])
        (folder / name).write_bytes(data[: chance.choice((len(data), chance.randrange(len(data))))])
        end = _looked_at(folder, models)
        ends[end] = ends.get(end, 0) + 1
        (folder / name).write_bytes(files[name])

    assert ends.keys() <= {"model_broken", "model_unsupported", "sound"}
    assert ends["model_broken"] > 1000


def _looked_at(folder: Path, models: Path) -> str:
    try:
        facts = preflight_folder(folder, models)
    except UserFacingError as error:
        return error.code
    _assert_bounded(facts)
    return "sound"


def _assert_bounded(facts: FolderFacts) -> None:
    room = (facts.folder / "model.safetensors").stat().st_size
    assert facts.weights_bytes <= room
    assert all(math.prod(each.shape) <= 8 * room for each in facts.tensors.values())


def test_the_test_model_is_sound(mlx_model: Path, tmp_path: Path) -> None:
    from assistant.engine.mlx.library import mlx

    facts = preflight_folder(copied(mlx_model, tmp_path / "copy"), mlx().models)

    assert (facts.kind, facts.block_count, facts.vocab_size) == ("llama", 2, 4096)
