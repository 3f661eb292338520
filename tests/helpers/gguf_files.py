"""Writes small GGUF files, sound and broken."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_U32, _F32, _BOOL, _STRING, _ARRAY, _I32 = 4, 6, 7, 8, 9, 5

Value = int | float | bool | str | Sequence[str] | Sequence[int]


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _value(value: Value) -> bytes:
    if isinstance(value, bool):
        return struct.pack("<I?", _BOOL, value)
    if isinstance(value, int):
        return struct.pack("<II", _U32, value)
    if isinstance(value, float):
        return struct.pack("<If", _F32, value)
    if isinstance(value, str):
        return struct.pack("<I", _STRING) + _text(value)
    kind = _STRING if value and isinstance(value[0], str) else _I32
    body = b"".join(
        _text(item) if isinstance(item, str) else struct.pack("<i", item) for item in value
    )
    return struct.pack("<IIQ", _ARRAY, kind, len(value)) + body


@dataclass
class GgufFile:
    """A tiny, sound llama model of F32 tensors; change what a test wants to break."""

    keys: dict[str, Value] = field(default_factory=dict[str, Value])
    tensors: dict[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])
    weights: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    """Of a tensor, row by row; one that is not named here is all 0."""
    version: int = 3
    magic: bytes = b"GGUF"

    def bytes(self) -> bytes:
        """The whole file."""
        alignment = self.keys.get("general.alignment", 32)
        assert isinstance(alignment, int)
        step = max(alignment, 1)
        head = self.magic + struct.pack("<IQQ", self.version, len(self.tensors), len(self.keys))
        head += b"".join(_text(key) + _value(value) for key, value in self.keys.items())
        offset = 0
        body = b""
        for name, shape in self.tensors.items():
            head += _text(name) + struct.pack(f"<I{len(shape)}Q", len(shape), *shape)
            head += struct.pack("<IQ", 0, offset)
            size = 4
            for extent in shape:
                size *= extent
            offset += -(-size // step) * step
            values = self.weights.get(name)
            body += struct.pack(f"<{size // 4}f", *values) if values else b"\0" * size
            body += b"\0" * (offset - len(body))
        head += b"\0" * (-len(head) % step)
        return head + body


def lora(width: int, *, rank: int = 8, strength: float = 0.0) -> GgufFile:
    """An adapter on the first query projection of a llama model.

    Args:
        width: Embedding length of the model.
        rank: Of the adapter.
        strength: All its weights; 0 changes nothing.
    """
    keys: dict[str, Value] = {
        "general.architecture": "llama",
        "general.type": "adapter",
        "adapter.type": "lora",
        "adapter.lora.alpha": float(rank),
    }
    name = "blk.0.attn_q.weight"
    tensors = {f"{name}.lora_a": (width, rank), f"{name}.lora_b": (rank, width)}
    values = [strength * (1 if at % 3 else -1) for at in range(width * rank)]
    weights = dict.fromkeys(tensors, values) if strength else {}
    return GgufFile(keys, tensors, weights)


def tiny(changes: Mapping[str, Value | None] | None = None) -> GgufFile:
    """A sound file with some keys changed, or dropped where the value is None."""
    tokens = [f"word{number}" for number in range(60)]
    keys: dict[str, Value] = {
        "general.architecture": "llama",
        "general.name": "Tiny",
        "general.license": "mit",
        "general.file_type": 0,
        "llama.block_count": 1,
        "llama.context_length": 128,
        "llama.embedding_length": 32,
        "llama.attention.head_count": 4,
        "llama.attention.head_count_kv": 2,
        "llama.attention.layer_norm_rms_epsilon": 1e-5,
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.token_type": [1] * len(tokens),
        "tokenizer.ggml.bos_token_id": 1,
        "tokenizer.chat_template": "{{ messages[0]['content'] }}",
    }
    for key, value in (changes or {}).items():
        if value is None:
            keys.pop(key, None)
        else:
            keys[key] = value
    return GgufFile(keys, {"token_embd.weight": (32, 60), "output_norm.weight": (32,)})
