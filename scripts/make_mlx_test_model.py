"""Makes a model folder in MLX's format out of the starter model, with numpy alone.

    python scripts/make_mlx_test_model.py STARTER.gguf FOLDER [--layers N] [--vocabulary N]

The whole model says what the starter model says. A part of it (fewer layers, a smaller vocabulary,
narrower inner layers) says nothing sensible, but does so quickly on any machine: it is what the
engine's tests run on, because MLX multiplies matrices slowly on a processor.
"""

import argparse
import json
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_STRING, _ARRAY, _BOOL = 8, 9, 7
_FORMATS = {
    0: "B",
    1: "b",
    2: "H",
    3: "h",
    4: "I",
    5: "i",
    6: "f",
    7: "?",
    10: "Q",
    11: "q",
    12: "d",
}
_F32, _Q4_1, _Q8_0 = 0, 3, 8
_BLOCK = 32
_CONTROL = 3
_NAMES = {
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}


@dataclass(frozen=True, slots=True)
class Part:
    """How much of the model is taken; 0 takes all there is.

    Args:
        layers: The first so many.
        vocabulary: The first so many tokens, with the merges among them.
        inner: The first so many of the inner features of each feed-forward part.
    """

    layers: int = 0
    vocabulary: int = 0
    inner: int = 0


WHOLE = Part()
SMALL = Part(layers=2, vocabulary=4096, inner=512)
"""What the engine's tests run on: a thirtieth of the work."""


class Gguf:
    """The metadata and the tensors of one GGUF file that is known to be sound."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        stream.read(8)
        tensors, keys = self._number("Q"), self._number("Q")
        self.keys: dict[str, Any] = {}
        for _ in range(keys):
            name = self._text()
            self.keys[name] = self._value(self._number("I"))
        self._places: dict[str, tuple[tuple[int, ...], int, int]] = {}
        for _ in range(tensors):
            name = self._text()
            shape = tuple(self._number("Q") for _ in range(self._number("I")))
            self._places[name] = (shape, self._number("I"), self._number("Q"))
        self._start = -(-stream.tell() // _BLOCK) * _BLOCK

    def tensor(self, name: str) -> "Floats":
        """A tensor as float32, rows first.

        Raises:
            ValueError: It is of a type that the starter model does not have.
        """
        import numpy as np

        shape, kind, offset = self._places[name]
        self._stream.seek(self._start + offset)
        count = int(np.prod(shape))
        if kind == _F32:
            values = np.frombuffer(self._stream.read(count * 4), "<f4")
        elif kind == _Q4_1:
            values = _q4_1(self._stream.read(count // _BLOCK * 20))
        elif kind == _Q8_0:
            values = _q8_0(self._stream.read(count // _BLOCK * 34))
        else:
            raise ValueError(f"{name} is of type {kind}")
        return values.reshape(shape[::-1])

    def _number(self, kind: str) -> Any:  # noqa: ANN401 - a number of any kind
        return struct.unpack("<" + kind, self._stream.read(struct.calcsize(kind)))[0]

    def _text(self) -> str:
        return self._stream.read(self._number("Q")).decode("utf-8")

    def _value(self, kind: int) -> Any:  # noqa: ANN401 - any of GGUF's
        if kind == _STRING:
            return self._text()
        if kind == _ARRAY:
            item = self._number("I")
            return [self._value(item) for _ in range(self._number("Q"))]
        return self._number(_FORMATS[kind])


def _q4_1(data: bytes) -> "Floats":
    """Blocks of a scale, a minimum (both f16) and 32 values of 4 bits, the low halves first."""
    import numpy as np

    kind = np.dtype([("scale", "<f2"), ("least", "<f2"), ("values", "u1", _BLOCK // 2)])
    blocks = np.frombuffer(data, kind)
    values = np.concatenate([blocks["values"] & 15, blocks["values"] >> 4], axis=1)
    scale = blocks["scale"].astype(np.float32)[:, None]
    return values * scale + blocks["least"].astype(np.float32)[:, None]


def _q8_0(data: bytes) -> "Floats":
    """Blocks of a scale (f16) and 32 values of 8 bits."""
    import numpy as np

    blocks = np.frombuffer(data, np.dtype([("scale", "<f2"), ("values", "i1", _BLOCK)]))
    return blocks["values"] * blocks["scale"].astype(np.float32)[:, None]


def _unpermuted(rows: "Floats", heads: int) -> "Floats":
    """Undoes what llama.cpp's conversion does to the rows of q and k."""
    half = rows.shape[0] // heads // 2
    return rows.reshape(heads, half, 2, rows.shape[1]).swapaxes(1, 2).reshape(rows.shape)


def make(source: Path, folder: Path, part: Part = WHOLE) -> Path:
    """Writes the folder.

    Args:
        source: The starter model.
        folder: Made where it is missing.
        part: What is taken.

    Returns:
        The folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as stream:
        gguf = Gguf(stream)
        layers = part.layers or gguf.keys["llama.block_count"]
        size = part.vocabulary or len(gguf.keys["tokenizer.ggml.tokens"])
        inner = part.inner or gguf.keys["llama.feed_forward_length"]
        _write_json(folder / "config.json", _config(gguf.keys, layers, size, inner))
        _write_json(folder / "tokenizer.json", _tokenizer(gguf.keys, size))
        _write_json(folder / "tokenizer_config.json", _tokenizer_config(gguf.keys))
        _write_tensors(folder / "model.safetensors", _tensors(gguf, layers, size, inner))
    return folder


def _config(keys: dict[str, Any], layers: int, size: int, inner: int) -> dict[str, Any]:
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "hidden_size": keys["llama.embedding_length"],
        "num_hidden_layers": layers,
        "intermediate_size": inner,
        "num_attention_heads": keys["llama.attention.head_count"],
        "num_key_value_heads": keys["llama.attention.head_count_kv"],
        "max_position_embeddings": keys["llama.context_length"],
        "rms_norm_eps": keys["llama.attention.layer_norm_rms_epsilon"],
        "rope_theta": keys["llama.rope.freq_base"],
        "vocab_size": size,
        "bos_token_id": keys["tokenizer.ggml.bos_token_id"],
        "eos_token_id": keys["tokenizer.ggml.eos_token_id"],
        "tie_word_embeddings": True,
        "torch_dtype": "float32",
    }


def _tokenizer(keys: dict[str, Any], size: int) -> dict[str, Any]:
    """SmolLM2's own: byte-level BPE with digits one by one."""
    tokens: list[str] = keys["tokenizer.ggml.tokens"][:size]
    vocabulary = {token: at for at, token in enumerate(tokens)}
    pairs = [merge.split(" ") for merge in keys["tokenizer.ggml.merges"]]
    merges = [pair for pair in pairs if {*pair, "".join(pair)} <= vocabulary.keys()]
    kinds: list[int] = keys["tokenizer.ggml.token_type"][:size]
    flags = dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False)
    added = [
        {"id": at, "content": tokens[at], **flags, "special": True}
        for at, kind in enumerate(kinds)
        if kind == _CONTROL
    ]
    level = {
        "type": "ByteLevel",
        "add_prefix_space": False,
        "trim_offsets": True,
        "use_regex": True,
    }
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": None,
        "pre_tokenizer": {
            "type": "Sequence",
            "pretokenizers": [{"type": "Digits", "individual_digits": True}, level],
        },
        "post_processor": None,
        "decoder": level,
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": False,
            "byte_fallback": False,
            "ignore_merges": False,
            "vocab": vocabulary,
            "merges": merges,
        },
    }


def _tokenizer_config(keys: dict[str, Any]) -> dict[str, Any]:
    tokens: list[str] = keys["tokenizer.ggml.tokens"]
    return {
        "add_bos_token": keys["tokenizer.ggml.add_bos_token"],
        "bos_token": tokens[keys["tokenizer.ggml.bos_token_id"]],
        "eos_token": tokens[keys["tokenizer.ggml.eos_token_id"]],
        "chat_template": keys["tokenizer.chat_template"],
    }


def _tensors(gguf: Gguf, layers: int, size: int, inner: int) -> dict[str, "Floats"]:
    heads, kv_heads = (gguf.keys[f"llama.attention.head_count{end}"] for end in ("", "_kv"))
    narrowed: dict[str, Callable[[Floats], Floats]] = {
        "attn_q": lambda rows: _unpermuted(rows, heads),
        "attn_k": lambda rows: _unpermuted(rows, kv_heads),
        "ffn_gate": lambda rows: rows[:inner],
        "ffn_up": lambda rows: rows[:inner],
        "ffn_down": lambda rows: rows[:, :inner],
    }
    tensors = {
        "model.embed_tokens.weight": gguf.tensor("token_embd.weight")[:size],
        "model.norm.weight": gguf.tensor("output_norm.weight"),
    }
    for layer in range(layers):
        for theirs, ours in _NAMES.items():
            rows = gguf.tensor(f"blk.{layer}.{theirs}.weight")
            change = narrowed.get(theirs)
            name = f"model.layers.{layer}.{ours}.weight"
            tensors[name] = rows if change is None else change(rows)
    return tensors


def _write_json(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _write_tensors(path: Path, tensors: dict[str, "Floats"]) -> None:
    """Writes float32 tensors as safetensors: a JSON header, then the data in its order."""
    header: dict[str, Any] = {"__metadata__": {"format": "mlx"}}
    at = 0
    for name, values in tensors.items():
        spans = [at, at + values.size * 4]
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": spans}
        at = spans[1]
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    with path.open("wb") as stream:
        stream.write(struct.pack("<Q", len(head)) + head)
        for values in tensors.values():
            stream.write(values.astype("<f4").tobytes())


def main(arguments: list[str]) -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(description="Makes an MLX model out of the starter model.")
    parser.add_argument("source", type=Path)
    parser.add_argument("folder", type=Path)
    for name in ("layers", "vocabulary", "inner"):
        parser.add_argument(f"--{name}", type=int, default=0)
    said = parser.parse_args(arguments)
    made = make(said.source, said.folder, Part(said.layers, said.vocabulary, said.inner))
    print(f"Made {made}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
