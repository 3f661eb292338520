"""What stands between httpx2 and the wire; imported by the gate alone, when it is first needed."""

import contextlib
import logging
import re
import socket
import threading
import urllib.request
import weakref
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx2

from assistant import __version__
from assistant.domain.connection import ConnectionOutcome
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.hub.download.wire import CUT_BY, GIVEN_UP
from assistant.hub.failures import garbled, of_network, of_status, too_long

if TYPE_CHECKING:
    from assistant.hub.egress import Egress, Grant

    Under = Callable[[], tuple[Egress, Grant] | None]

__all__ = ["Gate", "Wires", "attach_library", "gated_client"]

_MOST_REDIRECTS = 8
_REDIRECTION = 300
_UNASKED = ("/api/agent-harnesses", "/api/telemetry")
_ABOUT = re.compile(r"/(?:api/models/)?([^/]+/[^/]+)(?:/|$)")
_CONNECT_S = 10.0
_MOST_ANSWER_BYTES = 16 << 20


class Wires:
    """The connections themselves, one pool for each way out; from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ways: dict[str, httpx2.HTTPTransport] = {}
        # None: it is kept open, and the last answer that came over it was read.
        self._users: weakref.WeakKeyDictionary[socket.socket, Grant | None] = (
            weakref.WeakKeyDictionary()
        )
        self._closed = False

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

    def watch(self, grant: "Grant", event: str, info: Mapping[str, object]) -> None:
        """Is told by a connection what becomes of it; knows its socket from its first moment."""
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self.note(info.get("return_value"), grant)

    def note(self, stream: object, grant: "Grant") -> None:
        """Is told for whom a connection is used from now on."""
        made = _socket(stream)
        if made is not None:
            with self._lock:
                self._users[made] = grant
                if self._closed or grant.ended:
                    _shut(made)

    def release(self, stream: object, grant: "Grant") -> None:
        """Is told that a connection is used no more for an answer, before others may take it."""
        made = _socket(stream)
        with self._lock:
            if made is not None and self._users.get(made) is grant:
                self._users[made] = None

    def cut(self, grant: "Grant") -> None:
        """Ends what goes on under a grant; who waits for it wakes up.

        A request that took over a connection is not known by it before its answer begins:
        connections that are only kept open are cut as well, which costs others a new one.
        """
        with self._lock:
            for made, user in self._users.items():
                if user is None or user is grant or user.ended:
                    _shut(made)

    def close(self) -> None:
        """Closes all of them, those in use as well; who waits for one of them wakes up."""
        with self._lock:
            self._closed = True
            ways, self._ways = self._ways, {}
            for each in self._users:
                _shut(each)
        for way in ways.values():
            way.close()


def _socket(stream: object) -> socket.socket | None:
    ask: Callable[[str], object] | None = getattr(stream, "get_extra_info", None)
    made = ask("socket") if ask is not None else None
    return made if isinstance(made, socket.socket) else None


def _shut(made: socket.socket) -> None:
    # Closing alone leaves a thread that reads asleep. The plain one also for TLS: its own would
    # pull the rug from under the reader.
    with contextlib.suppress(OSError):
        socket.socket.shutdown(made, socket.SHUT_RDWR)


class Gate(httpx2.BaseTransport):
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
        wires = egress.wires()
        stopped = _stopped(request, egress, grant)
        _trace(request, partial(wires.watch, grant))
        _set_out(request, partial(wires.cut, grant))
        try:
            response = wires.to(request.url).handle_request(request)
        except BaseException as error:
            ask_why = isinstance(error, httpx2.HTTPError) and not grant.given_up
            refusal = egress.refusal(grant) if ask_why else None
            outcome = ConnectionOutcome.FAILED if refusal is None else ConnectionOutcome.REFUSED
            outcome = ConnectionOutcome.STOPPED if stopped() else outcome
            egress.log.end(name, outcome, 0)
            if refusal is not None:  # it was cut because the user went offline: say that instead
                raise refusal from error
            raise
        used = response.extensions.get("network_stream")
        wires.note(used, grant)
        stream = response.stream
        if not isinstance(stream, httpx2.SyncByteStream):
            raise TypeError  # it is what a synchronous transport gives
        response.stream = _Counted(
            partial(egress.refusal, grant),
            stopped,
            partial(egress.log.end, name),
            partial(wires.release, used, grant),
            stream,
        )
        return response


class _Counted(httpx2.SyncByteStream):
    """The body of an answer, counted, and cut off when the grant ends.

    Args:
        refusal: Why no more of it may be read; None while it may.
        stopped: Whether nobody wants it any more.
        noted: Gets how it ended, and the bytes that came.
        release: Is called before its connection may serve another request.
        stream: What comes.
    """

    def __init__(
        self,
        refusal: Callable[[], UserFacingError | None],
        stopped: Callable[[], bool],
        noted: Callable[[ConnectionOutcome, int], None],
        release: Callable[[], None],
        stream: httpx2.SyncByteStream,
    ) -> None:
        self._refusal = refusal
        self._stopped = stopped
        self._noted = noted
        self._release = release
        self._stream = stream
        self._received = 0
        self._outcome: ConnectionOutcome | None = None
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
        self._outcome = ConnectionOutcome.DONE

    def _go_on(self) -> None:
        refusal = self._refusal()
        if refusal is not None:
            self._outcome = ConnectionOutcome.REFUSED
            raise refusal

    def close(self) -> None:
        """Ends the answer, read to its end or not."""
        self._release()
        self._stream.close()
        if not self._ended:
            self._ended = True
            outcome = self._outcome or ConnectionOutcome.DONE
            if self._outcome is not ConnectionOutcome.DONE and self._stopped():
                outcome = ConnectionOutcome.STOPPED
            self._noted(outcome, self._received)


class _LibraryGate(Gate):
    """The gate for a library that would try again by itself, for minutes, and read without end.

    What goes wrong is raised as a sentence at once, and an answer is read up to 16 MB.
    """

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """See ``Gate``.

        Raises:
            UserFacingError: It is refused, here or there, or there is no way there.
        """
        if request.url.path.startswith(_UNASKED):
            # The library asks for more than it is asked, such as which tool it runs in.
            return httpx2.Response(404, request=request)
        request.headers["accept-encoding"] = "identity"
        try:
            response = super().handle_request(request)
            trouble = of_status(response.status_code, response.headers, _page(request.url))
            if trouble is None and response.status_code < _REDIRECTION:
                response.stream = _Whole(_read(response))
        except httpx2.TransportError as error:
            raise of_network(error) from None
        if trouble is not None:
            response.close()
            raise trouble
        return response


class _Whole(httpx2.SyncByteStream):
    """An answer that was read already."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __iter__(self) -> Iterator[bytes]:
        yield self._content


def _read(response: httpx2.Response) -> bytes:
    stream = response.stream
    if not isinstance(stream, httpx2.SyncByteStream):
        raise TypeError  # it is what a synchronous transport gives
    pieces: list[bytes] = []
    left = _MOST_ANSWER_BYTES
    try:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise garbled()  # packed, it could unfold without end
        for piece in stream:
            left -= len(piece)
            if left < 0:
                raise too_long()
            pieces.append(piece)
    finally:
        stream.close()
    return b"".join(pieces)


def _page(url: httpx2.URL) -> str:
    """The page of the repository that an address of the interface is about."""
    found = _ABOUT.match(url.path)
    return f"{url.scheme}://{url.netloc.decode('ascii')}/{found[1]}" if found is not None else ""


def gated_client(under: "Under", timeout_s: float, *, library: bool = False) -> httpx2.Client:
    """A client of which every request passes the gate; see ``_LibraryGate`` for ``library``."""
    for chatty in (
        "httpx2",
        "httpcore2",
    ):  # their lines hold addresses, and those what was looked for
        logging.getLogger(chatty).setLevel(logging.WARNING)
    return httpx2.Client(
        transport=_LibraryGate(under) if library else Gate(under),
        follow_redirects=True,
        max_redirects=_MOST_REDIRECTS,
        timeout=httpx2.Timeout(timeout_s, connect=min(_CONNECT_S, timeout_s)),
        trust_env=False,
    )


def attach_library(active: "Under", timeout_s: float) -> None:
    """Has the Hub's own library send all it sends through the gate."""
    import huggingface_hub

    huggingface_hub.set_client_factory(lambda: gated_client(active, timeout_s, library=True))


def _trace(request: httpx2.Request, watch: Callable[[str, Mapping[str, object]], None]) -> None:
    """Has ``watch`` told of the request's connection, beside who is told already."""
    before: Callable[[str, Mapping[str, object]], None] | None = request.extensions.get("trace")

    def tell(event: str, info: Mapping[str, object]) -> None:
        watch(event, info)
        if before is not None:
            before(event, info)

    request.extensions = {**request.extensions, "trace": tell}


def _set_out(request: httpx2.Request, cut: Callable[[], None]) -> None:
    """Tells the sender of a request what cuts it while its connection is not known."""
    tell: Callable[[Callable[[], None]], None] | None = request.extensions.get(CUT_BY)
    if tell is not None:
        tell(cut)


def _stopped(request: httpx2.Request, egress: "Egress", grant: "Grant") -> Callable[[], bool]:
    """Whether nobody wants a request any more: all ends, or its holder or sender says so."""
    by_sender: Callable[[], bool] = request.extensions.get(GIVEN_UP, lambda: False)
    return lambda: egress.closing or grant.given_up or by_sender()


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
