"""A plain file server on this machine, to measure downloads against; it serves one file."""

import contextlib
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

_RANGE = re.compile(r"bytes=(\d+)-$")


class LoopbackFile:
    """Serves a file at every address, whole or from a byte on, as fast as the system can.

    Args:
        path: The file.
        latency_s: Before each answer.
    """

    def __init__(self, path: Path, latency_s: float = 0.0) -> None:
        facts = {"path_served": path, "latency_s": latency_s}
        handler = type("Handler", (_Handler,), facts)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="loopback", daemon=True
        )

    @property
    def url(self) -> str:
        """Without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    path_served: Path
    latency_s: float
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as it is overridden
        """Says nothing."""

    def do_GET(self) -> None:
        """Sends it."""
        time.sleep(self.latency_s)
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
            with contextlib.suppress(ConnectionError):  # who measures hangs up early
                self.connection.sendfile(stream, start)
