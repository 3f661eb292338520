"""Reads the header of a GGUF file, never trusting a length in it.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (version 2 and 3).
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

_WINDOW_BYTES = 1 << 20
_LONGEST_STRING = 4 << 20
_LONGEST_HEADER = 256 << 20
_FIXED = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
STRING, ARRAY = 8, 9

Scalar = int | float | bool | str


class Malformed(Exception):  # noqa: N818 - what the file is
    """The header breaks the format; the text says how."""


@dataclass(frozen=True, slots=True)
class ArrayFacts:
    """An array of the metadata: its element type and length; short numeric ones with values."""

    kind: int
    length: int
    values: tuple[int | float, ...] = ()


class Reader:
    """A cursor over the header, in windows of a megabyte.

    Args:
        stream: The file, at its beginning.
        size: Its length in bytes.
    """

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self._size = size
        self._window = b""
        self._at = 0
        self._read = 0

    @property
    def position(self) -> int:
        """Bytes from the start of the file."""
        return self._read - len(self._window) + self._at

    def take(self, count: int) -> bytes:
        """The next bytes."""
        at = self._at
        if at + count > len(self._window):
            self._refill(count)
            at = 0
        self._at = at + count
        return self._window[at : at + count]

    def skip(self, count: int) -> None:
        """Passes over bytes without keeping them."""
        inside = len(self._window) - self._at
        if count <= inside:
            self._at += count
            return
        if self.position + count > min(self._size, _LONGEST_HEADER):
            raise Malformed("it ends inside its header")
        self._stream.seek(count - inside, 1)
        self._read += count - inside
        self._window, self._at = b"", 0

    def number(self, code: str) -> int:
        """An integer of the given struct code."""
        return struct.unpack("<" + code, self.take(struct.calcsize(code)))[0]

    def string_bytes(self) -> bytes:
        """A string as it stands in the file."""
        length = self.number("Q")
        if length > _LONGEST_STRING:
            raise Malformed("a text in its header is too long")
        return self.take(length)

    def string(self) -> str:
        """A string; bytes that are no UTF-8 become U+FFFD."""
        return self.string_bytes().decode("utf-8", "replace")

    def scalar(self, kind: int) -> Scalar:
        """A value that is no array."""
        if kind == STRING:
            return self.string()
        if kind not in _FIXED:
            raise Malformed("a value in its header is of an unknown type")
        code = _FIXED[kind]
        return struct.unpack("<" + code, self.take(struct.calcsize(code)))[0]

    def strings(self, length: int, each: Callable[[bytes], None] | None) -> None:
        """Passes over an array of strings; ``each`` is shown every one of them."""
        for _ in range(length):
            if len(self._window) - self._at >= 8:  # noqa: PLR2004 - the length before a string
                (size,) = _LENGTH.unpack_from(self._window, self._at)
                self._at += 8
            else:
                size = self.number("Q")
            if size > _LONGEST_STRING:
                raise Malformed("a text in its header is too long")
            if each is None:
                self.skip(size)
            else:
                each(self.take(size))

    def numbers(self, kind: int, length: int) -> tuple[int | float, ...]:
        """An array of numbers; the caller has bounded its length."""
        if kind not in _FIXED:
            raise Malformed("an array in its header is of an unknown type")
        code = f"<{length}{_FIXED[kind]}"
        return struct.unpack(code, self.take(struct.calcsize(code)))

    def skip_numbers(self, kind: int, length: int) -> None:
        """Passes over an array of numbers."""
        if kind not in _FIXED:
            raise Malformed("an array in its header is of an unknown type")
        self.skip(length * struct.calcsize(_FIXED[kind]))

    def _refill(self, count: int) -> None:
        rest = self._window[self._at :]
        more = self._stream.read(max(count - len(rest), _WINDOW_BYTES))
        self._read += len(more)
        if len(rest) + len(more) < count or self._read > _LONGEST_HEADER + _LONGEST_STRING:
            raise Malformed("it ends inside its header")
        self._window, self._at = rest + more, 0


_LENGTH = struct.Struct("<Q")
