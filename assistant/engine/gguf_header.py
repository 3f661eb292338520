"""Reads the header of a GGUF file: all entries and tensors, each bounded and in its place."""

import math
import re
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.engine.gguf_reader import ARRAY, STRING, ArrayFacts, Malformed, Reader, Scalar
from assistant.engine.gguf_types import TENSOR_TYPES

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
_MEGABYTE = 1_000_000


@dataclass(slots=True)
class Header:
    """The header of one file: empty until it is read.

    Args:
        reader: Stands at the beginning of the file.
        size: Of the file, in bytes.
        scalars: Entries of one value, by key.
        arrays: Entries of many.
        shapes: Of each tensor, the fastest running extent first.
    """

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

    def read(self) -> tuple[int, int]:
        """Reads all entries; returns the number of weights and their bytes.

        Raises:
            Malformed: It is not sound, and how.
        """
        tensors, keys = self._counts()
        for _ in range(keys):
            self._pair()
        if tensors == 0 and self.whole("split.count") <= 1:
            raise Malformed("it holds no weights")
        return self._tensors(tensors)

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
        alignment = self.whole("general.alignment", 32)
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

    def vocab_size(self) -> int:
        """Number of tokens; 0 where there is no vocabulary."""
        tokens = self.arrays.get("tokenizer.ggml.tokens")
        return tokens.length if tokens is not None and tokens.kind == STRING else 0

    def text(self, key: str) -> str:
        """A text; empty where it is none."""
        value = self.scalars.get(key, "")
        return value if isinstance(value, str) else ""

    def whole(self, key: str, otherwise: int = 0) -> int:
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
