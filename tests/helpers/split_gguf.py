"""Cuts a GGUF file into parts, as llama.cpp's ``gguf-split`` does."""

import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.engine.gguf_reader import ARRAY, STRING, Reader
from assistant.engine.gguf_types import TENSOR_TYPES

_ALIGNMENT = 32
_U16, _I32 = 2, 5


@dataclass(frozen=True, slots=True)
class _Tensor:
    name: bytes
    shape: tuple[int, ...]
    kind: int
    data: bytes


def split(
    source: Path, folder: Path, stem: str, count: int, *, empty_first: bool = False
) -> list[Path]:
    """Writes ``count`` parts of about the same number of tensors; returns them, first one first.

    Args:
        empty_first: The first part holds the metadata and no weights.
    """
    keys, number, tensors = _read(source)
    folder.mkdir(parents=True, exist_ok=True)
    full = count - 1 if empty_first else count
    step = -(-len(tensors) // full)
    shares = [tensors[at * step : (at + 1) * step] for at in range(full)]
    if empty_first:
        shares.insert(0, [])
    paths: list[Path] = []
    for at, share in enumerate(shares):
        said = (
            _entry("split.no", _U16, struct.pack("<H", at))
            + _entry("split.count", _U16, struct.pack("<H", count))
            + _entry("split.tensors.count", _I32, struct.pack("<i", len(tensors)))
        )
        path = folder / f"{stem}-{at + 1:05d}-of-{count:05d}.gguf"
        own = keys if at == 0 else b""
        path.write_bytes(_file(own + said, 3 + (number if at == 0 else 0), share))
        paths.append(path)
    return paths


def _read(source: Path) -> tuple[bytes, int, list[_Tensor]]:
    data = source.read_bytes()
    with source.open("rb") as stream:
        reader = Reader(stream, len(data))
        reader.take(8)
        count, keys = reader.number("Q"), reader.number("Q")
        begin = reader.position
        for _ in range(keys):
            reader.string_bytes()
            _skip_value(reader)
        end = reader.position
        found: list[tuple[bytes, tuple[int, ...], int, int]] = []
        for _ in range(count):
            name = reader.string_bytes()
            shape = tuple(reader.number("Q") for _ in range(reader.number("I")))
            found.append((name, shape, reader.number("I"), reader.number("Q")))
        start = -(-reader.position // _ALIGNMENT) * _ALIGNMENT
    tensors = [
        _Tensor(name, shape, kind, data[start + at : start + at + _size(kind, shape)])
        for name, shape, kind, at in found
    ]
    return data[begin:end], keys, tensors


def _size(kind: int, shape: tuple[int, ...]) -> int:
    block, size = TENSOR_TYPES[kind]
    return math.prod(shape) // block * size


def _skip_value(reader: Reader) -> None:
    kind = reader.number("I")
    if kind != ARRAY:
        reader.scalar(kind)
        return
    kind, length = reader.number("I"), reader.number("Q")
    if kind == STRING:
        reader.strings(length, None)
    else:
        reader.skip_numbers(kind, length)


def _entry(key: str, kind: int, value: bytes) -> bytes:
    return struct.pack("<Q", len(key)) + key.encode() + struct.pack("<I", kind) + value


def _file(keys: bytes, number: int, tensors: Sequence[_Tensor]) -> bytes:
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), number) + keys
    body = b""
    for tensor in tensors:
        head += struct.pack("<Q", len(tensor.name)) + tensor.name
        head += struct.pack(f"<I{len(tensor.shape)}Q", len(tensor.shape), *tensor.shape)
        head += struct.pack("<IQ", tensor.kind, len(body))
        body += tensor.data + b"\0" * (-len(tensor.data) % _ALIGNMENT)
    return head + b"\0" * (-len(head) % _ALIGNMENT) + body
