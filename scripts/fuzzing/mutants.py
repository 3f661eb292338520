"""Files that were damaged: of the starter model in place, and of tiny ones."""

import random
import struct
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from fuzzing.odd_files import TOKENIZERS, sound

_HEADER = 1_800_000
"""Bytes: about what the starter model's header takes, its vocabulary included."""
_EARLY = 6000
_EXTREMES = (
    0,
    1,
    0x7F,
    0xFF,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFFF,
    1 << 40,
    (1 << 63) - 1,
    (1 << 64) - 1,
)

Patch = tuple[int, bytes]


def patches(chance: random.Random, size: int, header: int) -> list[Patch]:
    """Places and what is written over them."""
    region = chance.choice([_EARLY, header, header, size])
    limit = min(region, size)
    found: list[Patch] = []
    for _ in range(chance.choice([1, 1, 2, 8, 64])):
        at = chance.randrange(limit)
        if chance.random() < 0.5:  # noqa: PLR2004 - a coin
            found.append((at, bytes([chance.randrange(256)])))
        else:
            value = chance.choice(_EXTREMES)
            width = chance.choice(["<I", "<Q"])
            packed = struct.pack(width, value & (0xFFFFFFFF if width == "<I" else (1 << 64) - 1))
            found.append((min(at, size - len(packed)), packed))
    return found


@contextmanager
def damaged(path: Path, chance: random.Random) -> Generator[str]:
    """The file, damaged while this is entered; its own bytes are put back afterwards."""
    size = path.stat().st_size
    with path.open("r+b") as stream:
        if chance.random() < 0.15:  # noqa: PLR2004 - now and then
            cut = chance.choice([0, 3, 24, chance.randrange(_EARLY), chance.randrange(size)])
            stream.seek(cut)
            rest = stream.read()
            stream.truncate(cut)
            stream.flush()
            yield f"cut at {cut}"
            stream.seek(cut)
            stream.write(rest)
            return
        undo: list[Patch] = []
        for at, data in patches(chance, size, _HEADER):
            stream.seek(at)
            undo.append((at, stream.read(len(data))))
            stream.seek(at)
            stream.write(data)
        stream.flush()
        yield f"{len(undo)} patches from {undo[0][0]}"
        for at, data in reversed(undo):
            stream.seek(at)
            stream.write(data)


def tiny_mutant(chance: random.Random) -> tuple[str, bytes]:
    """A tiny file with a few bytes changed, cut out or put in."""
    kind = chance.choice(TOKENIZERS[:5])
    data = bytearray(sound(kind).bytes())
    how = chance.choice(["patch", "patch", "patch", "cut", "out", "in"])
    if how == "patch":
        for at, new in patches(chance, len(data), 9000):
            data[at : at + len(new)] = new
    elif how == "cut":
        del data[chance.randrange(len(data)) :]
    else:
        at, count = chance.randrange(9000), chance.choice([1, 4, 8, 100])
        data[at : at + (count if how == "out" else 0)] = b"" if how == "out" else bytes(count)
    return f"{kind} {how}", bytes(data)
