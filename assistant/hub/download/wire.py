"""A request that another thread can cut off at once, whatever it waits for."""

import contextlib
import socket
import threading
from collections.abc import Callable, Generator, Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import httpx2

GIVEN_UP: Final = "lamplight.given_up"
"""The extension of a request that says, when called, whether nobody wants it any more."""

CUT_BY: Final = "lamplight.cut_by"
"""The extension of a request that is called with what cuts it, before it goes out.

A connection that was kept open is named by nothing until the answer to a request begins; only
who keeps the connections can cut one that waits for that.
"""


class Wire:
    """The sockets that one transfer uses now."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._cut_by: Callable[[], None] | None = None
        self._ended = False

    @contextlib.contextmanager
    def get(
        self, client: "httpx2.Client", address: str, headers: Mapping[str, str]
    ) -> "Generator[httpx2.Response]":
        """Asks for an address; the answer is open inside of the block.

        Raises:
            httpx2.HTTPError: It failed, or was cut.
        """
        try:
            extensions = {
                "trace": self._on_trace,
                GIVEN_UP: lambda: self._ended,
                CUT_BY: self._set_out,
            }
            with client.stream("GET", address, headers=headers, extensions=extensions) as response:
                self._watch(response.extensions.get("network_stream"))
                yield response
        finally:
            with self._lock:
                self._socket = self._cut_by = None

    def cut(self) -> None:
        """Ends the request that runs now, from any thread; whoever waits for it wakes up."""
        with self._lock:
            self._shut()

    def end(self) -> None:
        """As ``cut``, for this request and all that may come."""
        with self._lock:
            self._ended = True
            self._shut()

    def _set_out(self, cut_by: Callable[[], None]) -> None:
        """The request goes out, or on to where it was sent; over which connection shows later."""
        with self._lock:
            self._socket, self._cut_by = None, cut_by
            if self._ended:
                self._shut()

    def _on_trace(self, event: str, info: Mapping[str, object]) -> None:
        # A connection is watched from its first moment: greeting a server can take long as well.
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._watch(info.get("return_value"))

    def _watch(self, stream: object) -> None:
        ask: Callable[[str], object] | None = getattr(stream, "get_extra_info", None)
        inner = ask("socket") if ask is not None else None
        if isinstance(inner, socket.socket):
            with self._lock:
                self._socket = inner
                if self._ended:
                    self._shut()

    def _shut(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):
                # The plain one also for TLS: its own would pull the rug from under the reader.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
        elif self._cut_by is not None:
            self._cut_by()
