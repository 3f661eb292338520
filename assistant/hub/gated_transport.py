"""What stands between httpx2 and the wire; imported by the gate alone, when it is first needed."""

import logging
import threading
import urllib.request
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx2

from assistant import __version__
from assistant.domain.connection import ConnectionOutcome
from assistant.domain.errors import EnvironmentProblem, UserFacingError

if TYPE_CHECKING:
    from assistant.hub.egress import Egress, Grant

    Under = Callable[[], tuple[Egress, Grant] | None]

__all__ = ["Wires", "attach_library", "gated_client"]

_MOST_REDIRECTS = 8
_CONNECT_S = 10.0


class Wires:
    """The connections themselves, one pool for each way out; from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ways: dict[str, httpx2.HTTPTransport] = {}

    def to(self, url: httpx2.URL) -> httpx2.HTTPTransport:
        """The way to an address: straight, or by the proxy that the system names.

        Raises:
            EnvironmentProblem: That proxy is of a kind that cannot be used.
        """
        proxy = _proxy(url)
        with self._lock:
            if proxy not in self._ways:
                try:
                    self._ways[proxy] = httpx2.HTTPTransport(proxy=proxy or None)
                except (ImportError, ValueError) as error:
                    raise EnvironmentProblem(
                        "The proxy that this system is set to cannot be used.",
                        "Set one for http or https, or none.",
                        code="hub_unreachable",
                    ) from error
            return self._ways[proxy]

    def close(self) -> None:
        """Closes all of them, those in use as well."""
        with self._lock:
            ways, self._ways = self._ways, {}
        for way in ways.values():
            way.close()


class _Gate(httpx2.BaseTransport):
    """Lets a request through under the grant that holds at that moment."""

    def __init__(self, under: "Under") -> None:
        self._under = under

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Checks, notes, sends.

        Raises:
            UserFacingError: It is refused.
        """
        under = self._under()
        if under is None:
            raise UserFacingError(
                "A connection that nobody asked for was refused.",
                "Nothing was sent.",
                code="offline",
            )
        egress, grant = under
        address = str(request.url)
        _strip(request, may_know_user=egress.is_hub(address))
        name = egress.begin(grant, address, _size(request))
        try:
            response = egress.wires().to(request.url).handle_request(request)
        except BaseException:
            egress.log.end(name, ConnectionOutcome.FAILED, 0)
            raise
        stream = response.stream
        if not isinstance(stream, httpx2.SyncByteStream):
            raise TypeError  # it is what a synchronous transport gives
        response.stream = _Counted(egress, grant, name, stream)
        return response


class _Counted(httpx2.SyncByteStream):
    """The body of an answer, counted, and cut off when the grant ends."""

    def __init__(
        self, egress: "Egress", grant: "Grant", name: str, stream: httpx2.SyncByteStream
    ) -> None:
        self._egress = egress
        self._grant = grant
        self._name = name
        self._stream = stream
        self._received = 0
        self._outcome = ConnectionOutcome.DONE
        self._ended = False

    def __iter__(self) -> Iterator[bytes]:
        try:
            for chunk in self._stream:
                self._received += len(chunk)
                self._go_on()
                yield chunk
        except httpx2.HTTPError:
            self._outcome = ConnectionOutcome.FAILED
            self._go_on()  # it was cut because the user went offline: say that instead
            raise

    def _go_on(self) -> None:
        refusal = self._egress.refusal(self._grant)
        if refusal is not None:
            self._outcome = ConnectionOutcome.REFUSED
            raise refusal

    def close(self) -> None:
        """Ends the answer, read to its end or not."""
        self._stream.close()
        if not self._ended:
            self._ended = True
            self._egress.log.end(self._name, self._outcome, self._received)


def gated_client(under: "Under", timeout_s: float) -> httpx2.Client:
    """A client of which every request passes the gate."""
    for chatty in (
        "httpx2",
        "httpcore2",
    ):  # their lines hold addresses, and those what was looked for
        logging.getLogger(chatty).setLevel(logging.WARNING)
    return httpx2.Client(
        transport=_Gate(under),
        follow_redirects=True,
        max_redirects=_MOST_REDIRECTS,
        timeout=httpx2.Timeout(timeout_s, connect=min(_CONNECT_S, timeout_s)),
        trust_env=False,
    )


def attach_library(active: "Under", timeout_s: float) -> None:
    """Has the Hub's own library send all it sends through the gate."""
    import huggingface_hub

    huggingface_hub.set_client_factory(lambda: gated_client(active, timeout_s))


def _strip(request: httpx2.Request, *, may_know_user: bool) -> None:
    """Takes out what says more of the user than the request needs to."""
    for header in ("cookie", "x-amzn-trace-id", "x-hf-download-counter"):
        request.headers.pop(header, None)
    if not may_know_user:
        request.headers.pop("authorization", None)
    request.headers["user-agent"] = f"Lamplight/{__version__}"


def _size(request: httpx2.Request) -> int:
    """Bytes of a request, head and body."""
    head = len(request.method) + len(request.url.raw_path) + len(" HTTP/1.1\r\n\r\n") + 1
    head += sum(len(name) + len(value) + len(": \r\n") for name, value in request.headers.raw)
    body = request.headers.get("content-length", "0")
    return head + (int(body) if body.isdecimal() else 0)


def _proxy(url: httpx2.URL) -> str:
    """Address of the system's proxy for an address; empty for none."""
    host = urlsplit(str(url)).hostname or ""
    if host in ("127.0.0.1", "::1", "localhost") or urllib.request.proxy_bypass(host):
        return ""
    proxies = urllib.request.getproxies()
    return proxies.get(url.scheme, "") or proxies.get("all", "")
