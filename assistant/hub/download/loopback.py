"""A plain file server on this machine, to measure downloads against; it serves one file."""

import contextlib
import multiprocessing
import re
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_RANGE = re.compile(r"bytes=(\d+)-$")
_AFTER = re.compile(r"/after-(\d+)-ms/")
_HELD = "/held/"
_HELD_AFTER_BYTES = 1 << 16
_ENDS_S = 5.0


class LoopbackFile:
    """Serves a file at every address, whole or from a byte on, as fast as the system can.

    It runs in a process of its own: what it does costs the measured side no turn of its threads.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        fresh = multiprocessing.get_context("spawn")
        self._ours, theirs = fresh.Pipe()
        self._process = fresh.Process(target=_serve, args=(path, theirs), daemon=True)

    def url(self, latency_ms: int = 0, *, held: bool = False) -> str:
        """Without a slash at its end.

        Args:
            latency_ms: Each answer below it comes after so many milliseconds.
            held: After 64 KiB an answer waits until whoever asked hangs up, so that it can't end.
        """
        url = f"http://127.0.0.1:{self._port}/after-{latency_ms}-ms"
        return f"{url}/held" if held else url

    def __enter__(self) -> Self:
        self._process.start()
        self._port: int = self._ours.recv()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.join(_ENDS_S)
        self._ours.close()


def _serve(path: Path, theirs: "Connection") -> None:
    """The process of the server, until it is ended."""
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), type("Handler", (_Handler,), {"path_served": path})
    )
    server.daemon_threads = True
    theirs.send(server.server_address[1])
    server.serve_forever(poll_interval=1.0)


class _Handler(BaseHTTPRequestHandler):
    path_served: Path
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as it is overridden
        """Says nothing."""

    def do_GET(self) -> None:
        """Sends it."""
        after = _AFTER.match(self.path)
        if after is not None and int(after[1]):
            time.sleep(int(after[1]) / 1000)
        with self.path_served.open("rb") as stream:
            size = self.path_served.stat().st_size
            asked = _RANGE.match(self.headers.get("Range", ""))
            start = int(asked[1]) if asked is not None else 0
            self.send_response(206 if asked is not None else 200)
            if asked is not None:
                self.send_header("Content-Range", f"bytes {start}-{size - 1}/{size}")
            self.send_header("Content-Length", str(size - start))
            self.end_headers()
            self.wfile.flush()
            held = _HELD in self.path
            with contextlib.suppress(ConnectionError):  # who measures hangs up early
                self.connection.sendfile(stream, start, _HELD_AFTER_BYTES if held else None)
                if held:
                    self.connection.recv(1)
