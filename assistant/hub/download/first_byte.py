"""Clients that note when the first byte of an answer's content came; for measurements."""

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import httpx2

from assistant.hub.gated_transport import Gate

if TYPE_CHECKING:
    from assistant.hub.egress import Egress, Grant


class _Noted(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, note: Callable[[float], None]) -> None:
        self._stream = stream
        self._note = note

    def __iter__(self) -> Iterator[bytes]:
        for number, piece in enumerate(self._stream):
            if number == 0:
                self._note(time.perf_counter())
            yield piece

    def close(self) -> None:
        """Ends the answer."""
        self._stream.close()


class _Noting(httpx2.BaseTransport):
    def __init__(self, inner: httpx2.BaseTransport, note: Callable[[float], None]) -> None:
        self._inner = inner
        self._note = note

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Passes it on."""
        response = self._inner.handle_request(request)
        if isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = _Noted(response.stream, self._note)
        return response

    def close(self) -> None:
        """Closes its connections."""
        self._inner.close()


def plain_client(note: Callable[[float], None]) -> httpx2.Client:
    """A client to a server on this machine, without a gate.

    Args:
        note: Called with the time, of ``time.perf_counter``, at the first byte of each answer.
    """
    return httpx2.Client(transport=_Noting(httpx2.HTTPTransport(verify=False), note))


def gated_client(egress: "Egress", grant: "Grant", note: Callable[[float], None]) -> httpx2.Client:
    """As ``Egress.client`` makes them, and noting as ``plain_client`` does."""
    gate = Gate(lambda: (egress, grant))
    return httpx2.Client(transport=_Noting(gate, note), follow_redirects=True, trust_env=False)
