"""What the beginning of a file on the Hub says of a model that is not here yet.

The figures that memory follows from stand before the vocabulary, so a few hundred kilobytes of a
GGUF file are enough; its soundness is looked into when all of it is here.
"""

import contextlib
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from assistant.domain.model import ModelShape
from assistant.engine.gguf_reader import ARRAY, STRING, Malformed, Reader, Scalar

__all__ = ["Glimpse", "glimpse_of_config", "glimpse_of_gguf", "usual_shape"]

_MOST_KEYS = 4096
_MOST_BLOCKS = 512
_LARGEST = 1 << 28
_PER_LAYER = 1024
_TOKENS = "tokenizer.ggml.tokens"


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What can be said of a model from afar; 0 and empty where nothing can.

    Args:
        shape: With no bytes of weights; None where the figures do not suffice.
        active: Of its weights the part that is read for one token, 0 to 1.
    """

    architecture: str = ""
    context_length: int = 0
    shape: ModelShape | None = None
    active: float = 1.0

    def weighing(self, weights_bytes: int) -> ModelShape | None:
        """Its shape where the weights take so many bytes."""
        if self.shape is None:
            return None
        read = int(weights_bytes * self.active)
        return replace(self.shape, weights_bytes=weights_bytes, token_bytes=read)


def glimpse_of_gguf(head: bytes) -> Glimpse:
    """Reads the beginning of a GGUF file as far as it goes.

    Args:
        head: The first bytes of the file.
    """
    found = _Head(Reader(io.BytesIO(head), len(head)))
    with contextlib.suppress(Malformed):  # it is cut off: what was read until there counts
        found.read()
    return found.glimpse()


def glimpse_of_config(config: Mapping[str, object]) -> Glimpse:
    """Reads ``config.json`` of a folder in MLX's format."""
    inner = config.get("text_config")
    sizes = config
    if "hidden_size" not in config and isinstance(inner, dict):
        sizes = cast("Mapping[str, object]", inner)
    kind = config.get("model_type")
    hidden, blocks = _whole(sizes, "hidden_size"), _whole(sizes, "num_hidden_layers")
    heads = _whole(sizes, "num_attention_heads")
    length = _whole(sizes, "head_dim") or (hidden // heads if heads else 0)
    experts = _whole(sizes, "num_local_experts") or _whole(sizes, "num_experts")
    return Glimpse(
        kind if isinstance(kind, str) else "",
        _whole(sizes, "max_position_embeddings"),
        _shape(
            blocks,
            _whole(sizes, "num_key_value_heads") or heads,
            (length, length),
            (hidden, _whole(sizes, "intermediate_size")),
            _whole(sizes, "vocab_size"),
        ),
        _active(experts, _whole(sizes, "num_experts_per_tok")),
    )


def usual_shape(parameters: int, bits: float) -> ModelShape:
    """The shape that a model of so many weights usually has; for lists that know nothing else.

    Fitted to Llama, Qwen and Mistral between 0.5 and 70 billion weights: block counts within a
    fifth, eight heads of 128 numbers for keys and values.

    Args:
        parameters: Number of weights, at least 1.
        bits: Of a weight, on average.
    """
    billions = parameters / 1e9
    blocks = max(round(20 * billions**0.32), 4)
    weights = int(parameters * bits / 8)
    embedding = max(round(math.sqrt(parameters / (12 * blocks)) / 64) * 64, 256)
    return ModelShape(weights, weights, blocks, 8, 128, 128, embedding, 128_000)


@dataclass(slots=True)
class _Head:
    """The header while it is read."""

    reader: Reader
    scalars: dict[str, Scalar] = field(default_factory=dict[str, Scalar])
    vocab_size: int = 0

    def read(self) -> None:
        """Takes the entries before the vocabulary, and its size."""
        if self.reader.take(4) != b"GGUF":
            return
        self.reader.number("I")
        self.reader.number("Q")
        for _ in range(min(self.reader.number("Q"), _MOST_KEYS)):
            key, kind = self.reader.string(), self.reader.number("I")
            if kind != ARRAY:
                self.scalars[key] = self.reader.scalar(kind)
                continue
            kind, length = self.reader.number("I"), self.reader.number("Q")
            if key == _TOKENS:
                self.vocab_size = length
            elif kind == STRING:
                self.reader.strings(length, None)
            elif length <= _PER_LAYER:
                # One number for each layer: the largest stands for all.
                values = self.reader.numbers(kind, length)
                self.scalars[key] = int(max(values, default=0))
            else:
                self.reader.skip_numbers(kind, length)
            if self.vocab_size and self._said("block_count"):
                return  # what follows is the vocabulary itself

    def glimpse(self) -> Glimpse:
        """Sums it up."""
        architecture = self.scalars.get("general.architecture", "")
        heads, embedding = self._said("attention.head_count"), self._said("embedding_length")
        usual = embedding // heads if heads else 0
        lengths = (
            self._said("attention.key_length") or usual,
            self._said("attention.value_length") or usual,
        )
        return Glimpse(
            architecture if isinstance(architecture, str) else "",
            self._said("context_length"),
            _shape(
                self._said("block_count"),
                self._said("attention.head_count_kv") or heads,
                lengths,
                (embedding, self._said("feed_forward_length")),
                self.vocab_size or self._said("vocab_size"),
            ),
            _active(self._said("expert_count"), self._said("expert_used_count")),
        )

    def _said(self, key: str) -> int:
        return _whole(self.scalars, f"{self.scalars.get('general.architecture', '')}.{key}")


def _shape(
    blocks: int, kv_heads: int, lengths: tuple[int, int], widths: tuple[int, int], vocab: int
) -> ModelShape | None:
    if not (0 < blocks <= _MOST_BLOCKS and widths[0] > 0):
        return None
    return ModelShape(
        weights_bytes=0,
        token_bytes=0,
        block_count=blocks,
        head_count_kv=kv_heads,
        key_length=lengths[0],
        value_length=lengths[1],
        embedding_length=widths[0],
        vocab_size=vocab,
        feed_forward_length=widths[1],
    )


def _active(experts: int, used: int) -> float:
    """The part of a mixture of experts that one token passes; its other layers are small."""
    return min(used / experts, 1.0) if 0 < used < experts else 1.0


def _whole(values: Mapping[str, object], name: str) -> int:
    value = values.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        return 0
    return value if 0 < value <= _LARGEST else 0
