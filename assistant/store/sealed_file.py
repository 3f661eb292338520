"""A file of many megabytes that is encrypted in chunks and can be neither cut, swapped nor changed.

Each file has a key of its own, derived from the shelf's key, 32 random bytes and the file's name.
Its chunks are sealed with AES-256-GCM under a counter that also says which chunk is the last, as
in STREAM (Hoang, Reyhanitabar, Rogaway and Vizar, "Online Authenticated-Encryption and its
Nonce-Reuse Misuse-Resistance", 2015). The head is bound to every chunk.
"""

import hmac
import secrets
import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

_HEAD: Final = struct.Struct("<4s32sQ")
_MAGIC: Final = b"LSF1"
_NONCE: Final = struct.Struct(">QI")
_CHUNK: Final = 1 << 20
_TAG: Final = 16


def sealed_size(length: int) -> int:
    """Bytes of the file that ``length`` bytes become."""
    return _HEAD.size + length + _chunks(length) * _TAG


def seal(key: bytes, name: str, data: bytes) -> Iterator[bytes]:
    """The parts of the file, in order.

    Args:
        key: 32 bytes.
        name: Of the file; it opens under this name alone.
        data: What is kept.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    head = _HEAD.pack(_MAGIC, secrets.token_bytes(32), len(data))
    cipher = AESGCM(_file_key(key, head, name))
    yield head
    view, last = memoryview(data), _chunks(len(data)) - 1
    for number in range(last + 1):
        chunk = view[number * _CHUNK : (number + 1) * _CHUNK]
        yield cipher.encrypt(_NONCE.pack(number, number == last), chunk, head)


def unseal(key: bytes, name: str, stream: BinaryIO) -> bytes | None:
    """What was sealed under this name, or None where not every byte of it is as it was.

    Raises:
        OSError: The disk does not let it be read.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    magic, _, length = _HEAD.unpack(head)
    whole = stream.seek(0, 2)
    if magic != _MAGIC or whole != sealed_size(length):
        return None
    stream.seek(_HEAD.size)
    cipher = AESGCM(_file_key(key, head, name))
    last = _chunks(length) - 1
    parts: list[bytes] = []
    try:
        for number in range(last + 1):
            sealed = stream.read(_CHUNK + _TAG)
            parts.append(cipher.decrypt(_NONCE.pack(number, number == last), sealed, head))
    except InvalidTag:
        return None
    return b"".join(parts)


def _chunks(length: int) -> int:
    return max(1, -(-length // _CHUNK))


def _file_key(key: bytes, head: bytes, name: str) -> bytes:
    return hmac.digest(key, head + name.encode(), "sha256")
