"""A look at the header of a model file, before libllama sees it.

libllama aborts the whole process on some headers that are well formed; the checks here are the
ones that keep it from that, and the ones that let us say what is wrong in words.
"""

import math
import re
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from assistant.domain.errors import UserFacingError
from assistant.domain.model import ModelShape
from assistant.domain.split_names import MOST_PARTS, split_set
from assistant.engine.gguf_reader import ARRAY, STRING, ArrayFacts, Malformed, Reader, Scalar
from assistant.engine.gguf_types import FILE_TYPES, NOT_FOR_CHAT, TENSOR_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable

_MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_MOST_KEYS = 65_536
_MOST_TENSORS = 65_536
_MOST_TOKENS = 520_000
_MOST_ITEMS = 8_000_000
_MOST_DIMENSIONS = 4
_KEPT_ITEMS = 1024
_FARTHEST = 1 << 50
_BYTE_TOKEN = re.compile(rb"<0x[0-9A-Fa-f]{2}>")
_BYTE_TYPE = 6
_READ_BYTES = frozenset({"llama", "t5", "plamo2"})
"""Tokenizers that take the number of a byte from the text of its token."""
_NO_TOKEN = 0xFFFFFFFF
_BYTES_OF_A_BYTE = 256
_MEGABYTE = 1_000_000

_Seen = TypeVar("_Seen")


@dataclass(frozen=True, slots=True)
class GgufFacts:
    """What the header of a GGUF file says; 0 or empty where it says nothing.

    ``size_bytes`` is the length of the file, ``weights_bytes`` of its tensors; ``head_count_kv``
    and the two head sizes are what a KV cache is computed from.
    """

    architecture: str
    name: str
    parameters: int
    quantization: str
    context_length: int
    block_count: int
    embedding_length: int
    head_count: int
    head_count_kv: int
    key_length: int
    value_length: int
    vocab_size: int
    has_chat_template: bool
    licence: str
    size_bytes: int
    weights_bytes: int
    token_bytes: int = 0
    attention_count: int = 0
    feed_forward_length: int = 0

    @property
    def shape(self) -> ModelShape:
        """What its memory and its speed follow from."""
        return ModelShape(
            weights_bytes=self.weights_bytes,
            token_bytes=self.token_bytes or self.weights_bytes,
            block_count=self.block_count,
            head_count_kv=self.head_count_kv,
            key_length=self.key_length,
            value_length=self.value_length,
            embedding_length=self.embedding_length,
            vocab_size=self.vocab_size,
            attention_count=self.attention_count,
            feed_forward_length=self.feed_forward_length,
        )


def preflight(path: Path) -> GgufFacts:
    """Checks the structure of a GGUF file; reads its header only.

    The first part of a model that is cut into several stands for all of them: each is looked into.

    Raises:
        UserFacingError: It cannot be read, is no GGUF file, or is not sound; says how.
    """
    try:
        return _look_into(path, lambda header: header.facts(path))
    except Malformed as error:
        raise UserFacingError(
            f"{path.name} is not a sound model file: {error}.",
            "Download it again, or choose another file.",
            code="model_broken",
        ) from None


def preflight_adapter(path: Path, architecture: str) -> None:
    """Checks the structure of a LoRA adapter in GGUF format; reads its header only.

    Args:
        path: The file.
        architecture: Of the model that it shall be put on.

    Raises:
        UserFacingError: It cannot be read, is not sound, or belongs to another kind of model.
    """
    try:
        _look_into(path, lambda header: header.check_adapter(architecture))
    except Malformed as error:
        raise UserFacingError(
            f"{path.name} is not an adapter for this model: {error}.",
            "Use it with the model that it was trained on, or train it again.",
            code="adapter_unusable",
        ) from None


def tensor_shapes(path: Path) -> dict[str, tuple[int, ...]]:
    """The shape of each tensor of a sound file, the fastest running extent first.

    Raises:
        UserFacingError: It cannot be read.
        Malformed: It is not sound.
    """

    def look(header: _Header) -> dict[str, tuple[int, ...]]:
        header.facts(path)
        return header.shapes

    return _look_into(path, look)


def _look_into(path: Path, look: "Callable[[_Header], _Seen]") -> _Seen:
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            return look(_Header(Reader(stream, size), size))
    except OSError as error:
        raise UserFacingError(
            f"{path.name} cannot be read.", "Check its permissions.", code="model_unreadable"
        ) from error


@dataclass(slots=True)
class _Header:
    """The header of one file while it is read."""

    reader: Reader
    size: int
    scalars: dict[str, Scalar] = field(default_factory=dict[str, Scalar])
    arrays: dict[str, ArrayFacts] = field(default_factory=dict[str, ArrayFacts])
    byte_tokens: set[int] = field(default_factory=set[int])
    """Places in the vocabulary of texts like ``<0x0A>``."""
    broken_byte_tokens: set[int] = field(default_factory=set[int])
    """And of those that only begin like them."""
    said_bytes: tuple[int, ...] = ()
    """Places that the types call a byte."""
    shapes: dict[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])
    sizes: dict[str, int] = field(default_factory=dict[str, int])
    """Bytes of each tensor."""

    def check_adapter(self, architecture: str) -> None:
        """Reads all of it as an adapter."""
        self._read()
        if self._text("general.type") != "adapter" or self._text("adapter.type") != "lora":
            raise Malformed("it is not a LoRA adapter")
        made_for = self._text("general.architecture")
        if made_for != architecture:
            raise Malformed(f"it was made for {made_for or 'an unknown kind of model'}")
        alpha = self.scalars.get("adapter.lora.alpha", 0.0)
        if not isinstance(alpha, int | float) or not math.isfinite(alpha):
            raise Malformed("its alpha is impossible")
        for name, shape in self.shapes.items():
            stem, _, side = name.rpartition(".")
            pair = self.shapes.get(f"{stem}.lora_{'b' if side == 'lora_a' else 'a'}")
            if side in {"lora_a", "lora_b"} and (pair is None or len(shape) != len(pair)):
                raise Malformed("one half of a pair of tensors is missing")

    def _read(self) -> tuple[int, int]:
        """Reads all entries; returns the number of weights and their bytes."""
        tensors, keys = self._counts()
        for _ in range(keys):
            self._pair()
        if tensors == 0 and self._whole("split.count") <= 1:
            raise Malformed("it holds no weights")
        return self._tensors(tensors)

    def part(self, number: int, count: int) -> tuple[int, int]:
        """Reads all of it as a further part of a model; returns as ``_read`` does.

        Args:
            number: Of the part, from 0.
            count: Of all parts.
        """
        read = self._read()
        if (self._whole("split.no", -1), self._whole("split.count")) != (number, count):
            raise Malformed("it belongs elsewhere")
        return read

    def _with_parts(self, path: Path, read: tuple[int, int]) -> tuple[int, int]:
        """Takes in the other parts of a model that is cut into several."""
        count = self._whole("split.count")
        if count <= 1:
            return read
        number = self._whole("split.no", -1)
        if number != 0:
            raise Malformed(f"it is part {number + 1} of {count}, and does not stand alone")
        paths = split_set(path)
        if count > MOST_PARTS or len(paths) != count or paths[0] != path:
            raise Malformed(f"its name does not say that it is the first of {count} parts")
        parameters, weights = read
        for at, other in enumerate(paths[1:], start=1):
            more = self._take_in(other, at, count)
            parameters, weights = parameters + more[0], weights + more[1]
        if self._whole("split.tensors.count", len(self.shapes)) != len(self.shapes):
            raise Malformed("its parts do not hold all of its tensors")
        return parameters, weights

    def _take_in(self, path: Path, at: int, count: int) -> tuple[int, int]:
        if not path.is_file():
            raise Malformed(f"part {at + 1} of {count} is missing")

        def look(part: "_Header") -> tuple[int, int]:
            found = part.part(at, count)
            if self.shapes.keys() & part.shapes.keys():
                raise Malformed("it has a tensor twice")
            self.shapes |= part.shapes
            self.sizes |= part.sizes
            self.size += part.size
            return found

        try:
            return _look_into(path, look)
        except Malformed as error:
            raise Malformed(f"part {at + 1} of {count} is broken: {error}") from None

    def facts(self, path: Path) -> GgufFacts:
        """Reads all of it as a model, checks it and sums it up; ``path`` is where it lies."""
        parameters, weights = self._with_parts(path, self._read())
        architecture = self._text("general.architecture")
        self._check_kind(architecture)
        self._check_sizes(architecture)
        self._check_vocabulary(architecture)
        heads = self._whole(f"{architecture}.attention.head_count")
        embedding = self._whole(f"{architecture}.embedding_length")
        head_size = embedding // heads if heads else 0
        return GgufFacts(
            architecture=architecture,
            name=self._text("general.name") or self._text("general.basename"),
            parameters=parameters,
            quantization=FILE_TYPES.get(self._whole("general.file_type", -1), ""),
            context_length=self._whole(f"{architecture}.context_length"),
            block_count=self._whole(f"{architecture}.block_count"),
            embedding_length=embedding,
            head_count=heads,
            head_count_kv=self._whole(f"{architecture}.attention.head_count_kv", heads),
            key_length=self._whole(f"{architecture}.attention.key_length", head_size),
            value_length=self._whole(f"{architecture}.attention.value_length", head_size),
            vocab_size=self._vocab_size(),
            has_chat_template=bool(self._text("tokenizer.chat_template")),
            licence=self._text("general.license"),
            size_bytes=self.size,
            weights_bytes=weights,
            token_bytes=weights - self._passed_over(architecture),
            attention_count=self._attention_count(architecture),
            feed_forward_length=self._whole(f"{architecture}.feed_forward_length"),
        )

    def _passed_over(self, architecture: str) -> int:
        """Bytes that are not read for one token: experts that rest, and the table of words."""
        experts = self._whole(f"{architecture}.expert_count")
        resting = 1 - self._whole(f"{architecture}.expert_used_count") / experts if experts else 0
        passed = sum(size for name, size in self.sizes.items() if "_exps." in name) * resting
        untied = "output.weight" in self.sizes
        return int(passed) + (self.sizes.get("token_embd.weight", 0) if untied else 0)

    def _attention_count(self, architecture: str) -> int:
        """Blocks that keep keys and values of the whole context; 0 for all."""
        every = self._whole(f"{architecture}.full_attention_interval")
        if every > 1:
            return self._whole(f"{architecture}.block_count") // every
        listed = self.arrays.get(f"{architecture}.attention.head_count_kv")
        return sum(1 for value in listed.values if value) if listed is not None else 0

    def _counts(self) -> tuple[int, int]:
        magic = self.reader.take(4) if self.size >= 4 else b""  # noqa: PLR2004 - its length
        if magic != _MAGIC:
            raise Malformed("it is not a GGUF file")
        version = self.reader.number("I")
        if version not in _VERSIONS:
            raise Malformed(f"it is GGUF version {version}, and only 2 and 3 can be read")
        tensors, keys = self.reader.number("Q"), self.reader.number("Q")
        if tensors > _MOST_TENSORS or keys > _MOST_KEYS:
            raise Malformed("its header announces an impossible number of entries")
        return tensors, keys

    def _pair(self) -> None:
        key = self.reader.string()
        if key in self.scalars or key in self.arrays:
            raise Malformed("its header has an entry twice")
        kind = self.reader.number("I")
        if kind != ARRAY:
            self.scalars[key] = self.reader.scalar(kind)
            return
        kind, length = self.reader.number("I"), self.reader.number("Q")
        if length > _MOST_ITEMS:
            raise Malformed("an array in its header is too long")
        self.arrays[key] = self._array(key, kind, length)

    def _array(self, key: str, kind: int, length: int) -> ArrayFacts:
        if kind == STRING:
            self._strings(key, length)
            return ArrayFacts(kind, length)
        if key == "tokenizer.ggml.token_type" and length <= _MOST_TOKENS:
            self._token_types(kind, length)
            return ArrayFacts(kind, length)
        if length <= _KEPT_ITEMS:
            return ArrayFacts(kind, length, self.reader.numbers(kind, length))
        self.reader.skip_numbers(kind, length)
        return ArrayFacts(kind, length)

    def _strings(self, key: str, length: int) -> None:
        if key != "tokenizer.ggml.tokens":
            self.reader.strings(length, None)
            return
        if length > _MOST_TOKENS:
            raise Malformed("its vocabulary is too large")
        seen: set[int] = set()
        index = 0

        def look(token: bytes) -> None:
            nonlocal index
            if b"\0" in token:  # libllama reads no further, and aborts on two that are equal then
                token = token[: token.index(b"\0")]
            seen.add(hash(token))
            if token[:3] == b"<0x":
                if _BYTE_TOKEN.fullmatch(token):
                    self.byte_tokens.add(index)
                else:
                    self.broken_byte_tokens.add(index)
            index += 1

        self.reader.strings(length, look)
        if len(seen) != length:
            raise Malformed("its vocabulary has a token twice")

    def _token_types(self, kind: int, length: int) -> None:
        types = self.reader.numbers(kind, length)
        self.said_bytes = tuple(at for at, said in enumerate(types) if said == _BYTE_TYPE)
        if kind in {6, 12} or any(not 0 <= value <= _BYTE_TYPE for value in set(types)):
            raise Malformed("its vocabulary is damaged")

    def _tensors(self, count: int) -> tuple[int, int]:
        """Returns the number of weights and their bytes."""
        alignment = self._whole("general.alignment", 32)
        if not 32 <= alignment <= 1 << 16 or alignment & (alignment - 1):  # noqa: PLR2004 - ggml's
            raise Malformed("its alignment is impossible")
        end = parameters = 0
        spans: list[tuple[int, int]] = []
        for _ in range(count):
            name = self.reader.string()
            shape = self._shape()
            if name in self.shapes:
                raise Malformed("it has a tensor twice")
            self.shapes[name] = shape
            kind, offset = self.reader.number("I"), self.reader.number("Q")
            size = self.sizes[name] = _tensor_bytes(kind, shape)
            if offset % alignment or offset >= _FARTHEST:
                raise Malformed("a tensor lies at an impossible place")
            spans.append((offset, offset + size))
            end = max(end, offset + size)
            parameters += math.prod(shape)
        start = -(-self.reader.position // alignment) * alignment
        if start + end > self.size:
            raise Malformed(
                f"it is truncated: {self.size / _MEGABYTE:,.0f} of "
                f"{(start + end) / _MEGABYTE:,.0f} MB are there"
            )
        spans.sort()
        if any(one[1] > two[0] for one, two in pairwise(spans)):
            raise Malformed("its tensors overlap")
        return parameters, end

    def _shape(self) -> tuple[int, ...]:
        dimensions = self.reader.number("I")
        if not 1 <= dimensions <= _MOST_DIMENSIONS:
            raise Malformed("a tensor has an impossible shape")
        shape = tuple(self.reader.number("Q") for _ in range(dimensions))
        if any(not 0 < extent < 1 << 40 for extent in shape) or math.prod(shape) >= 1 << 50:
            raise Malformed("a tensor has an impossible shape")
        return shape

    def _check_kind(self, architecture: str) -> None:
        if not architecture:
            raise Malformed("it does not say what kind of model it is")
        if architecture in NOT_FOR_CHAT or self._text("general.type") in {"adapter", "mmproj"}:
            raise Malformed("it is no model to chat with, but a part or a tool for other models")

    def _check_sizes(self, architecture: str) -> None:
        def within(key: str, low: int, high: int, *, needed: bool = True) -> int:
            value = self._whole(f"{architecture}.{key}", 0)
            known = (
                f"{architecture}.{key}" in self.scalars or f"{architecture}.{key}" in self.arrays
            )
            if (needed or known) and not low <= value <= high:
                raise Malformed(f"its {key.rsplit('.', 1)[-1].replace('_', ' ')} is impossible")
            return value

        layers = within("block_count", 1, 512)
        within("nextn_predict_layers", 0, layers, needed=False)
        within("context_length", 1, 1 << 27)
        embedding = within("embedding_length", 1, 1 << 20)
        heads = within("attention.head_count", 1, 4096, needed=False)
        kv_heads = within("attention.head_count_kv", 0, 4096, needed=False)
        if heads and kv_heads and heads % kv_heads:
            raise Malformed("its head count is impossible")
        for key in ("key_length", "value_length"):
            within(f"attention.{key}", 1, 1 << 16, needed=False)
        experts = within("expert_count", 0, 1024, needed=False)
        used = within("expert_used_count", 0, 1024, needed=False)
        if used > experts or (experts and not used):
            raise Malformed("its expert count is impossible")
        self._check_numbers(architecture)
        table = self.shapes.get("token_embd.weight")
        if table is not None and (table[0] != embedding or table[1:] != (self._vocab_size(),)):
            raise Malformed("its vocabulary and its weights do not belong together")

    def _check_numbers(self, architecture: str) -> None:
        for key, value in self.scalars.items():
            if key.endswith("_epsilon") and not (
                isinstance(value, int | float) and 0 <= value <= 1
            ):
                raise Malformed("its epsilon is impossible")
            if isinstance(value, float) and not math.isfinite(value):
                raise Malformed("a number in its header is not finite")
        scaling = self.scalars.get(f"{architecture}.rope.scaling.type", "none")
        if scaling not in {"none", "linear", "yarn", "longrope"}:
            raise Malformed("its rope scaling is unknown")

    def _check_vocabulary(self, architecture: str) -> None:
        size = self._vocab_size()
        if size == 0:
            raise Malformed("it has no vocabulary")
        for key in ("scores", "token_type"):
            array = self.arrays.get(f"tokenizer.ggml.{key}")
            if array is not None and array.length != size:
                raise Malformed("its vocabulary is damaged")
        said = self._whole(f"{architecture}.vocab_size", size)
        if said != size:
            raise Malformed("its vocabulary is damaged")
        for key, value in self.scalars.items():
            ours = key.startswith("tokenizer.ggml.") and key.endswith("_token_id")
            if ours and not (isinstance(value, int) and (0 <= value < size or value == _NO_TOKEN)):
                raise Malformed("its vocabulary is damaged")
        tokenizer = self._text("tokenizer.ggml.model")
        # libllama aborts on a byte that has no number, and on any where words are whole.
        unread = not self.byte_tokens.issuperset(self.said_bytes)
        wrong = unread if tokenizer in _READ_BYTES else self.broken_byte_tokens & {*self.said_bytes}
        if wrong or (self.said_bytes and tokenizer == "bert"):
            raise Malformed("its vocabulary is damaged")
        if tokenizer == "llama" and len(self.byte_tokens) < _BYTES_OF_A_BYTE:
            raise Malformed("its vocabulary lacks the tokens for single bytes")

    def _vocab_size(self) -> int:
        tokens = self.arrays.get("tokenizer.ggml.tokens")
        return tokens.length if tokens is not None and tokens.kind == STRING else 0

    def _text(self, key: str) -> str:
        value = self.scalars.get(key, "")
        return value if isinstance(value, str) else ""

    def _whole(self, key: str, otherwise: int = 0) -> int:
        """A whole number; of a list with one per layer, the largest."""
        array = self.arrays.get(key)
        if array is not None:
            return int(max((v for v in array.values if math.isfinite(v)), default=otherwise))
        value = self.scalars.get(key, otherwise)
        return value if isinstance(value, int) else otherwise


def _tensor_bytes(kind: int, shape: tuple[int, ...]) -> int:
    if kind not in TENSOR_TYPES:
        raise Malformed("a tensor is of an unknown type")
    block, size = TENSOR_TYPES[kind]
    if shape[0] % block:
        raise Malformed("a tensor has an impossible shape")
    return math.prod(shape) // block * size
