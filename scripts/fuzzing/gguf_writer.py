"""Writes GGUF files of any metadata, well formed and not: no value is checked."""

import struct
from dataclasses import dataclass, field

U32, I32, F32, BOOL, STRING, ARRAY, U64 = 4, 5, 6, 7, 8, 9, 10
_CODES = {U32: "I", I32: "i", F32: "f", BOOL: "?", U64: "Q"}
_FLOATS = 0


def text(value: str | bytes) -> bytes:
    """A text as GGUF writes it: its length, then its bytes."""
    data = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
    return struct.pack("<Q", len(data)) + data


def number(kind: int, value: float) -> bytes:
    """A typed number."""
    if kind == BOOL:
        return struct.pack("<I?", kind, bool(value))
    whole = value if kind == F32 else int(value)
    return struct.pack("<I" + _CODES[kind], kind, whole)


def string(value: str | bytes) -> bytes:
    """A typed text."""
    return struct.pack("<I", STRING) + text(value)


def array(kind: int, values: "list[str] | list[bytes] | list[int] | list[float]") -> bytes:
    """A typed array."""
    if kind == STRING:
        body = b"".join(text(each) for each in values if isinstance(each, str | bytes))
    else:
        body = struct.pack(f"<{len(values)}{_CODES[kind]}", *values)
    return struct.pack("<IIQ", ARRAY, kind, len(values)) + body


@dataclass(slots=True)
class GgufDraft:
    """A file before it is written.

    Args:
        keys: Metadata, typed.
        tensors: Shapes by name; all weights are floats from ``weights``, again and again.
        alignment: That the tensors are laid out with, whatever the metadata say.
    """

    keys: dict[str, bytes]
    tensors: dict[str, tuple[int, ...]]
    weights: list[float] = field(default_factory=lambda: [0.0])
    alignment: int = 32

    def bytes(self) -> bytes:
        """The whole file."""
        head = b"GGUF" + struct.pack("<IQQ", 3, len(self.tensors), len(self.keys))
        head += b"".join(text(key) + value for key, value in self.keys.items())
        offset, body = 0, b""
        for name, shape in self.tensors.items():
            count = 1
            for extent in shape:
                count *= extent
            head += text(name) + struct.pack(f"<I{len(shape)}Q", len(shape), *shape)
            head += struct.pack("<IQ", _FLOATS, offset)
            some = struct.pack(f"<{len(self.weights)}f", *self.weights)
            data = (some * (count // len(self.weights) + 1))[: count * 4]
            data += b"\0" * (-len(data) % self.alignment)
            body += data
            offset += len(data)
        return head + b"\0" * (-len(head) % self.alignment) + body
