"""A server on this machine that gives prepared answers, to measure the search against."""

import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


class LoopbackAnswers:
    """Gives each path its answer, and notes when the last byte of it was sent.

    Args:
        answers: JSON by path; every other path is not found.
    """

    def __init__(self, answers: Mapping[str, bytes]) -> None:
        self.ended_s: dict[str, float] = {}
        """When each path was last answered, by ``time.perf_counter``."""
        facts = {"answers": answers, "ended_s": self.ended_s}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), facts))
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
    answers: Mapping[str, bytes]
    ended_s: dict[str, float]
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as it is overridden
        """Says nothing."""

    def do_GET(self) -> None:
        """Sends it."""
        path = urlsplit(self.path).path
        answer = self.answers.get(path)
        self.send_response(404 if answer is None else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer or b"")))
        self.end_headers()
        self.wfile.write(answer or b"")
        self.ended_s[path] = time.perf_counter()
