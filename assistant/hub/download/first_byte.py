"""A client that notes when the first byte of an answer's content came; for measurements."""

import time
from collections.abc import Callable, Iterator

import httpx2


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


class _Noting(httpx2.HTTPTransport):
    def __init__(self, note: Callable[[float], None]) -> None:
        super().__init__(verify=False)
        self._note = note

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Passes it on."""
        response = super().handle_request(request)
        if isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = _Noted(response.stream, self._note)
        return response


def noting_client(note: Callable[[float], None]) -> httpx2.Client:
    """A client to a server on this machine.

    Args:
        note: Called with the time, of ``time.perf_counter``, at the first byte of each answer.
    """
    return httpx2.Client(transport=_Noting(note), trust_env=False)
