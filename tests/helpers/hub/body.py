"""Gives the content of a file: whole or in part, and with what goes wrong with it."""

import re
import socket
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler

from tests.helpers.hub.content import StoredFile
from tests.helpers.hub.faults import Faults

_PIECE_BYTES = 1 << 18
_RANGE = re.compile(r"bytes=(\d+)-(\d*)$")


class _Served:
    """The content as the store has it today, faults included."""

    def __init__(self, file: StoredFile, faults: Faults) -> None:
        self._file = file
        self._faults = faults
        self.size = file.size - faults.shorter_bytes + faults.longer_bytes

    def read(self, start: int, count: int) -> bytes:
        piece = bytearray(self._file.read(start, min(count, self.size - start)))
        missing = min(count, self.size - start) - len(piece)
        piece += b"\xa5" * max(missing, 0)
        spoiled = self._file.size // 2
        if self._faults.wrong and start <= spoiled < start + len(piece):
            piece[spoiled - start] ^= 0xFF
        return bytes(piece)


def send_body(
    handler: BaseHTTPRequestHandler,
    file: StoredFile,
    faults: Faults | None,
    closing: threading.Event,
    headers: Mapping[str, str],
) -> None:
    """Answers a request for the content of a file.

    Args:
        faults: Of this file; None when all is well.
        closing: Ends waiting.
        headers: Further ones of the answer.
    """
    faults = faults or Faults()
    served = _Served(file, faults)
    etag = f'"{faults.etag or file.etag}"'
    start, end = 0, served.size
    asked = _RANGE.match(handler.headers.get("Range", ""))
    same = handler.headers.get("If-Range", etag) == etag
    partly = asked is not None and same and not faults.whole
    if partly and asked is not None:
        start = int(asked[1])
        end = min(int(asked[2]) + 1, served.size) if asked[2] else served.size
    if partly and start >= end:
        handler.send_response(416)
        handler.send_header("Content-Range", f"bytes */{served.size}")
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return
    if faults.endless:
        _send_without_end(handler, closing)
        return
    handler.send_response(206 if partly else 200)
    if partly:
        handler.send_header("Content-Range", f"bytes {start}-{end - 1}/{served.size}")
    for name, value in {
        "ETag": etag,
        "Accept-Ranges": "bytes",
        "Content-Type": "application/octet-stream",
        "Content-Length": str(end - start),
        **headers,
    }.items():
        handler.send_header(name, value)
    handler.end_headers()
    if handler.command != "HEAD":
        _send(handler, served, faults, closing, (start, end))


def _send_without_end(handler: BaseHTTPRequestHandler, closing: threading.Event) -> None:
    """Until the client hangs up."""
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    while not closing.is_set():
        handler.wfile.write(bytes(_PIECE_BYTES))


def _send(
    handler: BaseHTTPRequestHandler,
    served: _Served,
    faults: Faults,
    closing: threading.Event,
    span: tuple[int, int],
) -> None:
    position, end = span
    stop = end - faults.cut_bytes
    if faults.drop_at and faults.drop_at[0] < stop:
        stop = max(faults.drop_at.pop(0), position)
    while position < stop and not closing.is_set():
        if faults.hold_at is not None and position >= faults.hold_at:
            faults.held.set()
            faults.release.wait()
        until = min(position + _PIECE_BYTES, stop)
        if faults.hold_at is not None and position < faults.hold_at < until:
            until = faults.hold_at
        if faults.bytes_per_s:
            until = min(until, position + max(faults.bytes_per_s // 50, 1))
            closing.wait((until - position) / faults.bytes_per_s)
        handler.wfile.write(served.read(position, until - position))
        position = until
    if position < end:
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)
