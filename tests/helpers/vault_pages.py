"""Reads every page of an encrypted database and its log, free and stale ones included.

SQLCipher offers no such thing (its export copies rows), so the pages are decrypted here by the
published design: https://www.zetetic.net/sqlcipher/design/. The first 16 bytes of the file are
the salt; each page ends in 16 bytes of IV and 64 bytes of HMAC; AES-256 in CBC mode.
"""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from assistant.store.keys import DataKey

_PAGE = 4096
_SALT = 16
_IV = 16
_RESERVED = _IV + 64
_WAL_HEADER = 32
_FRAME_HEADER = 24


def decrypted(path: Path, key: DataKey) -> bytes:
    """The content of all pages of the database at ``path``, then of all frames of its log."""
    raw = path.read_bytes()
    assert raw
    assert len(raw) % _PAGE == 0
    pages = [(at // _PAGE + 1, raw[at : at + _PAGE]) for at in range(0, len(raw), _PAGE)]
    log = path.with_name(path.name + "-wal")
    frames = log.read_bytes()[_WAL_HEADER:] if log.exists() else b""
    # A log that was shortened to its limit may end within a frame, which nothing can decrypt.
    for at in range(0, len(frames) - _FRAME_HEADER - _PAGE + 1, _FRAME_HEADER + _PAGE):
        number = int.from_bytes(frames[at : at + 4], "big")
        pages.append((number, frames[at + _FRAME_HEADER : at + _FRAME_HEADER + _PAGE]))
    return b"".join(_page(number, page, key) for number, page in pages)


def _page(number: int, page: bytes, key: DataKey) -> bytes:
    start = _SALT if number == 1 else 0
    body, iv = page[start:-_RESERVED], page[-_RESERVED : _IV - _RESERVED]
    decryptor = Cipher(algorithms.AES(key.raw), modes.CBC(iv)).decryptor()
    return decryptor.update(body) + decryptor.finalize()
