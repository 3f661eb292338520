"""A look at the header of a safetensors file, before MLX sees it."""

import json
import math
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO, cast

from assistant.engine.gguf_reader import Malformed

_LONGEST_HEADER = 64 << 20
_MOST_TENSORS = 65_536
_MOST_DIMENSIONS = 8
_LARGEST = 1 << 50
_LENGTH_BYTES = 8
_MEGABYTE = 1_000_000
_BITS = {
    "BOOL": 8,
    "U8": 8,
    "I8": 8,
    "F8_E4M3": 8,
    "F8_E5M2": 8,
    "F8_E8M0": 8,
    "U16": 16,
    "I16": 16,
    "F16": 16,
    "BF16": 16,
    "U32": 32,
    "I32": 32,
    "F32": 32,
    "U64": 64,
    "I64": 64,
    "F64": 64,
}


@dataclass(frozen=True, slots=True)
class TensorFacts:
    """One tensor as the header names it."""

    dtype: str
    shape: tuple[int, ...]
    size_bytes: int


def read_header(path: Path) -> dict[str, TensorFacts]:
    """The tensors of a file, checked against its length; reads the header only.

    Raises:
        Malformed: It is not sound.
        OSError: It cannot be read.
    """
    with path.open("rb") as stream:
        return check_header(stream, path.stat().st_size)


def check_header(stream: BinaryIO, size: int) -> dict[str, TensorFacts]:
    """The same, of a stream from its beginning.

    Args:
        stream: What is read.
        size: Bytes in it.

    Raises:
        Malformed: It is not sound.
        OSError: It cannot be read.
    """
    length = int.from_bytes(stream.read(_LENGTH_BYTES), "little")
    if size < _LENGTH_BYTES or not 2 <= length <= min(_LONGEST_HEADER, size - _LENGTH_BYTES):  # noqa: PLR2004 - an empty JSON object
        raise Malformed("a file of weights is no safetensors file, or is truncated")
    header = _parsed(stream.read(length))
    header.pop("__metadata__", None)
    if not 0 < len(header) <= _MOST_TENSORS:
        raise Malformed("a file of weights announces an impossible number of tensors")
    spans: list[tuple[int, int]] = []
    tensors: dict[str, TensorFacts] = {}
    for name, entry in header.items():
        tensors[name], span = _tensor(entry)
        spans.append(span)
    _check_spans(spans, size - _LENGTH_BYTES - length)
    return tensors


def _parsed(data: bytes) -> dict[str, Any]:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise Malformed("a file of weights has a tensor twice")
        return found

    try:
        header: object = json.loads(data, object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        raise Malformed("the header of a file of weights is damaged") from error
    if not isinstance(header, dict):
        raise Malformed("the header of a file of weights is damaged")
    return cast("dict[str, Any]", header)


def _tensor(entry: object) -> tuple[TensorFacts, tuple[int, int]]:
    if not isinstance(entry, dict):
        raise Malformed("the header of a file of weights is damaged")
    said = cast("dict[str, object]", entry)
    dtype = said.get("dtype")
    shape = _whole_numbers(said.get("shape"))
    span = _whole_numbers(said.get("data_offsets"))
    if not isinstance(dtype, str) or dtype not in _BITS:
        raise Malformed("a tensor is of an unknown type")
    if len(shape) > _MOST_DIMENSIONS or math.prod(shape) > _LARGEST:
        raise Malformed("a tensor has an impossible shape")
    size = math.prod(shape) * _BITS[dtype] // 8
    if len(span) != 2 or span[1] - span[0] != size:  # noqa: PLR2004 - begin and end
        raise Malformed("a tensor lies at an impossible place")
    return TensorFacts(dtype, shape, size), (span[0], span[1])


def _whole_numbers(value: object) -> tuple[int, ...]:
    numbers = cast("list[object]", value) if isinstance(value, list) else [None]
    for number in numbers:
        if type(number) is not int or not 0 <= number <= _LARGEST:
            raise Malformed("a tensor has an impossible shape or place")
    return tuple(cast("list[int]", numbers))


def _check_spans(spans: list[tuple[int, int]], room: int) -> None:
    spans.sort()
    if any(one[1] > two[0] for one, two in pairwise(spans)):
        raise Malformed("its tensors overlap")
    end = spans[-1][1]
    if end > room:
        raise Malformed(
            f"it is truncated: {room / _MEGABYTE:,.0f} of {end / _MEGABYTE:,.0f} MB are there"
        )
