"""The look at a model file before libllama sees it."""

import random
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.domain.errors import UserFacingError
from assistant.engine.gguf_preflight import preflight
from tests.helpers.gguf_files import GgufFile, Value, tiny


def _write(folder: Path, data: bytes) -> Path:
    path = folder / "model.gguf"
    path.write_bytes(data)
    return path


def _refusal(folder: Path, data: bytes) -> str:
    with pytest.raises(UserFacingError) as error:
        preflight(_write(folder, data))
    assert error.value.code == "model_broken"
    assert error.value.hint
    return error.value.message


def test_a_sound_file_says_what_it_is(tmp_path: Path) -> None:
    facts = preflight(_write(tmp_path, tiny().bytes()))

    assert (facts.architecture, facts.name, facts.licence) == ("llama", "Tiny", "mit")
    assert facts.quantization == "F32"
    assert facts.parameters == 32 * 60 + 32
    assert facts.weights_bytes == 4 * facts.parameters
    assert (facts.context_length, facts.block_count, facts.embedding_length) == (128, 1, 32)
    assert (facts.head_count, facts.head_count_kv) == (4, 2)
    assert (facts.key_length, facts.value_length) == (8, 8)
    assert facts.vocab_size == 60
    assert facts.has_chat_template


def test_the_starter_model_is_known(starter_model: Path) -> None:
    facts = preflight(starter_model)

    assert facts.architecture == "llama"
    assert facts.quantization == "Q4_1"
    assert facts.parameters == 134_515_008
    assert facts.context_length == 8192
    assert facts.vocab_size == 49_152
    assert facts.licence == "apache-2.0"
    assert facts.size_bytes == 98_362_432


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a GGUF"),
        (b"GG", "not a GGUF"),
        (b"PK\x03\x04" * 100, "not a GGUF"),
        (b"GGUF", "ends inside"),
        (GgufFile(version=1).bytes(), "version 1"),
        (GgufFile(version=4).bytes(), "version 4"),
        (GgufFile().bytes(), "no weights"),
    ],
)
def test_what_is_no_model_is_said(tmp_path: Path, data: bytes, words: str) -> None:
    assert words in _refusal(tmp_path, data)


def test_a_truncated_file_says_how_much_is_there(starter_model: Path, tmp_path: Path) -> None:
    with starter_model.open("rb") as source:
        cut = source.read(61_000_000)

    assert "61 of 98 MB" in _refusal(tmp_path, cut)


@pytest.mark.parametrize(
    "changes",
    [
        {"general.architecture": None},
        {"general.architecture": "bert"},
        {"general.type": "adapter"},
        {"general.alignment": 0},
        {"general.alignment": 1},
        {"general.alignment": 48},
        {"general.alignment": 1 << 20},
        {"llama.block_count": 0},
        {"llama.block_count": 65536},
        {"llama.block_count": None},
        {"llama.block_count": "many"},
        {"llama.context_length": 0},
        {"llama.embedding_length": 33},
        {"llama.attention.head_count": 0},
        {"llama.attention.head_count_kv": 3},
        {"llama.attention.layer_norm_rms_epsilon": -1.0},
        {"llama.attention.layer_norm_rms_epsilon": float("nan")},
        {"llama.rope.freq_base": float("inf")},
        {"llama.rope.scaling.type": "sideways"},
        {"llama.expert_used_count": 2},
        {"llama.expert_count": 100_000},
        {"llama.expert_count": 2},
        {"llama.nextn_predict_layers": 2},
        {"llama.rope.scaling.type": ""},
        {"tokenizer.ggml.model": "bert", "tokenizer.ggml.token_type": [6] + [1] * 59},
        {"tokenizer.ggml.model": "t5", "tokenizer.ggml.token_type": [6] + [1] * 59},
        {"tokenizer.ggml.tokens": ["same\0this", "same\0that"] + [str(n) for n in range(58)]},
        {"llama.vocab_size": 61},
        {"tokenizer.ggml.tokens": None},
        {"tokenizer.ggml.tokens": ["a", "b"]},
        {"tokenizer.ggml.tokens": ["a"] * 60},
        {"tokenizer.ggml.token_type": [1] * 59},
        {"tokenizer.ggml.token_type": [99] * 60},
        {"tokenizer.ggml.bos_token_id": 60},
        {"tokenizer.ggml.model": "llama"},
    ],
    ids=str,
)
def test_headers_on_which_libllama_may_abort_are_refused(
    tmp_path: Path, changes: dict[str, Value | None]
) -> None:
    _refusal(tmp_path, tiny(changes).bytes())


def test_a_damaged_byte_token_is_refused(tmp_path: Path) -> None:
    tokens = [f"<0x{number:02X}>" for number in range(59)] + ["<0xZZ>"]
    kinds = [6] * 60
    changes: dict[str, Value | None] = {
        "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.token_type": kinds,
    }

    assert "vocabulary" in _refusal(tmp_path, tiny(changes).bytes())


def test_a_byte_is_refused_also_where_the_types_come_first(tmp_path: Path) -> None:
    file = tiny({"tokenizer.ggml.tokens": None, "tokenizer.ggml.token_type": [6] * 60})
    file.keys["tokenizer.ggml.tokens"] = [f"<0x{number:02X}>" for number in range(59)] + ["<0xZZ>"]

    assert "vocabulary" in _refusal(tmp_path, file.bytes())


@pytest.mark.parametrize("shape", [(32, 61), (31, 60), (32, 60, 2), (32, 60, 1, 1, 1)])
def test_tensors_of_odd_shapes_are_refused(tmp_path: Path, shape: tuple[int, ...]) -> None:
    file = tiny()
    file.tensors["token_embd.weight"] = shape

    _refusal(tmp_path, file.bytes())


@pytest.mark.parametrize("extent", [0, 1 << 41, (1 << 64) - 1])
def test_tensors_of_impossible_sizes_are_refused(tmp_path: Path, extent: int) -> None:
    data = tiny().bytes()
    at = data.index(b"output_norm.weight") + len(b"output_norm.weight") + 4

    _refusal(tmp_path, data[:at] + extent.to_bytes(8, "little") + data[at + 8 :])


def test_an_unreadable_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError) as error:
        preflight(tmp_path)

    assert error.value.code in {"model_unreadable", "model_broken"}


def _noise(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] = chance.randrange(256)


def _huge(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(4, len(data) - 8)
    data[at : at + 8] = chance.choice((b"\xff" * 8, b"\xff\xff\xff\x7f\0\0\0\0", b"\0" * 8))


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def _doubled(data: bytearray, chance: random.Random) -> None:
    a, b = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    data[a:a] = data[a : min(b, a + 5000)]


_MUTATIONS: tuple[Callable[[bytearray, random.Random], None], ...] = (_noise, _huge, _cut, _doubled)


def _refused(path: Path) -> bool:
    try:
        preflight(path)
    except UserFacingError as error:
        return bool(error.message)
    return False


@pytest.mark.parametrize("mutation", _MUTATIONS)
def test_a_mutant_of_a_tiny_file_is_refused_or_read(
    mutation: Callable[[bytearray, random.Random], None], tmp_path: Path
) -> None:
    chance = random.Random(mutation.__name__)  # noqa: S311 - the same mutants each time
    refused = 0
    for _ in range(100):
        whole = tiny().bytes()
        head = bytearray(whole[:1500])
        mutation(head, chance)
        refused += _refused(_write(tmp_path, bytes(head) + whole[1500:]))
    assert refused >= 30


@pytest.mark.parametrize("mutation", _MUTATIONS)
def test_a_mutant_of_the_real_header_is_refused_or_read(
    mutation: Callable[[bytearray, random.Random], None], starter_model: Path, tmp_path: Path
) -> None:
    """40 of each kind; the weights are a hole of the right size behind the header."""
    chance = random.Random(mutation.__name__)  # noqa: S311 - the same mutants each time
    with starter_model.open("rb") as source:
        real = source.read(98_362_432 - 96_576_768)
    refused = 0
    for _ in range(40):
        data = bytearray(real)
        mutation(data, chance)
        path = _write(tmp_path, bytes(data))
        with path.open("r+b") as grown:
            grown.truncate(98_362_432)
        refused += _refused(path)
    assert refused >= 4


def test_no_length_in_a_header_makes_it_take_memory(starter_model: Path, tmp_path: Path) -> None:
    huge = bytearray(tiny().bytes())
    at = huge.index(b"tokenizer.ggml.token_type") + len(b"tokenizer.ggml.token_type") + 8
    huge[at : at + 8] = (7_999_999).to_bytes(8, "little")
    path = _write(tmp_path, bytes(huge))
    with path.open("r+b") as grown:
        grown.truncate(1 << 30)
    tracemalloc.start()
    try:
        assert _refused(path)
        assert not _refused(starter_model)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 64 << 20
