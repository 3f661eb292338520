"""Models that are cut into several files: each part is looked into, and libllama loads them."""

import struct
from pathlib import Path

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UserFacingError
from assistant.domain.model import LoadOptions
from assistant.domain.split_names import split_name, split_set
from assistant.engine.gguf_preflight import preflight, tensor_shapes
from assistant.engine.local import LocalBackend
from assistant.engine.trial import try_load
from tests.helpers.gguf_files import tiny
from tests.helpers.split_gguf import split


@pytest.fixture
def parts(tmp_path: Path) -> list[Path]:
    whole = tmp_path / "whole.gguf"
    whole.write_bytes(tiny().bytes())
    return split(whole, tmp_path / "parts", "tiny", 3, empty_first=True)


def refusal(first: Path) -> str:
    with pytest.raises(UserFacingError) as error:
        preflight(first)
    assert error.value.code == "model_broken"
    return error.value.message


def test_the_names_of_a_set() -> None:
    assert split_name("model.gguf") is None
    assert split_name("model-00003-of-00002.gguf") is None
    assert split_name("model-00000-of-00002.gguf") is None
    assert split_name("m-99999-of-99999.gguf") is None
    assert split_set(Path("a/m-00002-of-00002.gguf")) == (
        Path("a/m-00001-of-00002.gguf"),
        Path("a/m-00002-of-00002.gguf"),
    )


def test_the_parts_say_together_what_the_whole_says(tmp_path: Path, parts: list[Path]) -> None:
    whole, together = preflight(tmp_path / "whole.gguf"), preflight(parts[0])

    assert together.parameters == whole.parameters
    assert together.weights_bytes >= whole.weights_bytes
    assert together.size_bytes == sum(part.stat().st_size for part in parts)
    assert together.architecture == whole.architecture
    assert tensor_shapes(parts[0]) == tensor_shapes(tmp_path / "whole.gguf")


def test_a_later_part_does_not_stand_alone(parts: list[Path]) -> None:
    assert "does not stand alone" in refusal(parts[1]) or "kind of model" in refusal(parts[1])


def test_a_part_that_is_missing_is_named(parts: list[Path]) -> None:
    parts[1].unlink()
    assert "part 2 of 3 is missing" in refusal(parts[0])


def test_a_part_that_is_cut_short_is_named(parts: list[Path]) -> None:
    parts[2].write_bytes(parts[2].read_bytes()[:-64])
    assert "part 3 of 3 is broken: it is truncated" in refusal(parts[0])


def test_parts_in_a_wrong_order_are_refused(parts: list[Path]) -> None:
    one, two = parts[1].read_bytes(), parts[2].read_bytes()
    parts[1].write_bytes(two)
    parts[2].write_bytes(one)
    assert "belongs elsewhere" in refusal(parts[0])


def test_a_part_that_repeats_a_tensor_is_refused(parts: list[Path]) -> None:
    data = parts[1].read_bytes()
    number = b"split.no" + struct.pack("<IH", 2, 1)
    assert number in data
    parts[2].write_bytes(data.replace(number, b"split.no" + struct.pack("<IH", 2, 2)))
    assert "a tensor twice" in refusal(parts[0])


def test_a_first_part_under_another_name_is_refused(parts: list[Path]) -> None:
    assert "its name does not say" in refusal(parts[0].rename(parts[0].with_name("x.gguf")))


def test_weights_that_no_part_holds_are_missed(parts: list[Path]) -> None:
    data = parts[0].read_bytes()
    key = b"split.tensors.count" + struct.pack("<I", 5)
    at = data.index(key) + len(key)
    parts[0].write_bytes(data[:at] + struct.pack("<i", 99) + data[at + 4 :])
    assert "do not hold all" in refusal(parts[0])


@pytest.mark.parametrize("empty_first", [False, True])
def test_the_engine_loads_the_real_model_in_parts(
    tmp_path: Path, starter_model: Path, empty_first: bool
) -> None:
    parts = split(starter_model, tmp_path, "starter", 3, empty_first=empty_first)
    assert preflight(parts[0]).parameters == preflight(starter_model).parameters

    backend = LocalBackend()
    try:
        loaded = backend.load(
            parts[0],
            LoadOptions(context_length=512),
            on_progress=lambda _: None,
            cancel=CancelToken(),
        )
        assert loaded.architecture == "llama"
    finally:
        backend.unload()


def test_the_parts_pass_the_trial(tmp_path: Path, starter_model: Path) -> None:
    try_load(split(starter_model, tmp_path, "starter", 2)[0])
