"""The one gate: nothing leaves this machine but through here.

How the rooms use it::

    with egress.grant(Purpose.DOWNLOAD, "Qwen2.5 7B", allowed=True) as grant:
        with egress.client(grant) as client:          # an httpx2.Client
            with client.stream("GET", url, headers=egress.authorization(token)) as response:
                for chunk in response.iter_raw(1 << 20): ...

A grant is for one purpose and ends when it is closed, when the application is sealed, or when the
user switches "Work offline" on. Every request of the client is checked, those of redirects too,
and so is every piece of an answer that arrives; each one is written to the log before it is made.
A refusal is a ``UserFacingError`` with code ``offline`` (not allowed now) or ``host_refused``
(never allowed); what the network does wrong is raised as httpx2 raises it.
"""

import ipaddress
import os
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from assistant.domain.clock import Clock
from assistant.domain.connection import Connection, ConnectionOutcome, Purpose
from assistant.domain.errors import UserFacingError
from assistant.hub.connection_log import ConnectionLog

if TYPE_CHECKING:
    import httpx2

    from assistant.hub.gated_transport import Wires

__all__ = ["Egress", "Grant", "Origin", "hush_libraries"]

_HUB = "https://huggingface.co"
_FILE_HOSTS = (".hf.co", ".huggingface.co")
"""Where the Hub sends those who ask for a file; both names belong to it."""
_DEFAULT_PORTS = {"http": 80, "https": 443}
_LIBRARY_WAITS_S = 20.0
_QUIET = {
    "DO_NOT_TRACK": "1",
    "HF_HUB_DISABLE_EXPERIMENTAL_WARNING": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_DISABLE_SYMLINKS_WARNING": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    "HF_HUB_DISABLE_XET": "1",
}
# The grant under which the real Hub library works on this thread; it knows one client only.
_ACTIVE: ContextVar["Grant | None"] = ContextVar("grant of the Hub library", default=None)


def hush_libraries() -> None:
    """Switches off what libraries would send of themselves; before any of them is imported."""
    os.environ.update(_QUIET)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request goes: scheme, host in lower case, port."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of(cls, address: str) -> "Origin":
        """Of an address such as ``https://host:8443/path``; an odd one has an empty host."""
        try:
            parts = urlsplit(address)
            host, port = (parts.hostname or "").lower(), parts.port
        except ValueError:
            return cls("", "", 0)
        if parts.username is not None or parts.password is not None:
            host = ""
        return cls(parts.scheme, host, port or _DEFAULT_PORTS.get(parts.scheme, 0))

    @property
    def shown(self) -> str:
        """The host, with the port where it is not the usual one."""
        usual = self.port == _DEFAULT_PORTS.get(self.scheme)
        return self.host if usual else f"{self.host}:{self.port}"

    @property
    def loopback(self) -> bool:
        """Whether it is this machine."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


class Grant:
    """Leave to open connections for one purpose, until it is closed.

    Args:
        why: In words, for the log; never what the user wrote.
        allowed: By the user's own word for this action, also where work is offline.
        address: Of the catalogue that the user set; its host is allowed for that purpose.
    """

    def __init__(
        self, egress: "Egress", purpose: Purpose, why: str, *, allowed: bool, address: str = ""
    ) -> None:
        self.egress = egress
        self.purpose = purpose
        self.why = why
        self.allowed = allowed
        self.address = address
        self.given_up = False
        """Nobody wants what it was for any more."""
        self._ended = threading.Event()

    @property
    def ended(self) -> bool:
        """Whether it was closed or taken back."""
        return self._ended.is_set()

    def close(self) -> None:
        """Gives it back; every later request under it is refused."""
        self._ended.set()
        self.egress.forget(self)

    def cut(self) -> None:
        """As ``close``, and ends the request that goes on; at once, and from any thread."""
        self.given_up = True
        self._ended.set()
        self.egress.sever(self)
        self.egress.forget(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Egress:
    """Grants leave, and makes clients that ask for it at every request; from any thread.

    Args:
        log: Where every connection is written down.
        clock: Tells when.
        sealed: Refuses everything for the whole run (``--offline``).
        offline: Whether the user works offline now.
        endpoint: Address of the Hub; by default what ``HF_ENDPOINT`` says, or Hugging Face.
    """

    def __init__(
        self,
        log: ConnectionLog,
        clock: Clock,
        *,
        sealed: bool,
        offline: Callable[[], bool],
        endpoint: str = "",
    ) -> None:
        self.log = log
        self.sealed = sealed
        self.closing = False
        """The application ends: what is cut now was not refused."""
        self.endpoint = (endpoint or os.environ.get("HF_ENDPOINT", "") or _HUB).rstrip("/")
        self._clock = clock
        self._is_offline = offline
        self._was_offline = offline()
        self._hub = Origin.of(self.endpoint)
        self._lock = threading.Lock()
        self._grants: set[Grant] = set()
        self._wires: Wires | None = None
        self._attached = False

    @property
    def offline(self) -> bool:
        """Whether nothing connects without the user's word; also notices that this changed."""
        now = self.sealed or self._is_offline()
        if now and not self._was_offline:
            self.take_back()
        self._was_offline = now
        return now

    def grant(
        self, purpose: Purpose, why: str, *, allowed: bool = False, address: str = ""
    ) -> Grant:
        """Gives leave to connect.

        Args:
            purpose: Decides which hosts may be talked to.
            why: As it stands in the log, such as the name of a model.
            allowed: The user has asked for just this, also where work is offline.
            address: For ``Purpose.CATALOGUE``: what is fetched.

        Raises:
            UserFacingError: With code ``offline``.
        """
        if self.sealed:
            raise _sealed()
        if self.offline and not allowed:
            raise _not_allowed()
        grant = Grant(self, purpose, why, allowed=allowed, address=address)
        with self._lock:
            self._grants.add(grant)
        return grant

    def client(self, grant: Grant, *, timeout_s: float = 30.0) -> "httpx2.Client":
        """A client whose every request is under ``grant``; to be closed by the caller.

        It follows redirects. Its connections are kept open for the next client.
        """
        from assistant.hub.gated_transport import gated_client

        return gated_client(lambda: (self, grant), timeout_s)

    @contextmanager
    def library(self, grant: Grant) -> Generator[None]:
        """Inside, what the Hub's own library asks for on this thread is under ``grant``."""
        from assistant.hub.gated_transport import attach_library

        with self._lock:
            if not self._attached:
                attach_library(_active, _LIBRARY_WAITS_S)
            self._attached = True
        token = _ACTIVE.set(grant)
        try:
            yield
        finally:
            _ACTIVE.reset(token)

    def authorization(self, token: str) -> Mapping[str, str]:
        """Headers that carry the token of the Hub; the gate lets it go to the Hub alone."""
        return {"authorization": f"Bearer {token}"} if token else {}

    def take_back(self) -> None:
        """Ends every grant, and cuts what is open; the user has switched to working offline."""
        with self._lock:
            grants, self._grants = self._grants, set()
        for grant in grants:
            grant.close()
        self._cut()

    def forget(self, grant: Grant) -> None:
        """Is told by a grant that it has ended."""
        with self._lock:
            self._grants.discard(grant)
            idle = not self._grants
        if idle and self._is_offline():
            self._cut()  # nothing stays connected that nobody needs

    def sever(self, grant: Grant) -> None:
        """Is told by a grant that what it is used for shall end now."""
        with self._lock:
            wires = self._wires
        if wires is not None:
            wires.cut(grant)

    def wires(self) -> "Wires":
        """The connections that are kept open between clients."""
        from assistant.hub.gated_transport import Wires

        with self._lock:
            if self._wires is None:
                self._wires = Wires()
            return self._wires

    def begin(self, grant: Grant, address: str, sent_bytes: int) -> str:
        """Checks a request and writes it down; returns its name in the log.

        Raises:
            UserFacingError: It is refused; that is written down as well.
        """
        origin = Origin.of(address)
        refusal = self.refusal(grant, origin)
        connection = Connection(
            self._clock.now(),
            origin.shown,
            grant.purpose,
            grant.why,
            0 if refusal else sent_bytes,
            0,
            ConnectionOutcome.OPEN,
        )
        name = self.log.begin(connection)
        if refusal is not None:
            self.log.end(name, ConnectionOutcome.REFUSED, 0)
            raise refusal
        return name

    def refusal(self, grant: Grant, origin: Origin | None = None) -> UserFacingError | None:
        """Why a request may not go out, or the rest of an answer not be read; None if it may."""
        if self.sealed:
            return _sealed()
        offline = self.offline
        if grant.ended or (offline and not grant.allowed):
            return _not_allowed()
        if origin is not None and not self._welcome(grant, origin):
            return UserFacingError(
                f"A connection to {origin.shown or 'an unknown place'} was refused.",
                "Lamplight talks to the Hub and to where it keeps its files, and to nobody else.",
                code="host_refused",
            )
        return None

    def is_hub(self, address: str) -> bool:
        """Whether an address is on the Hub itself, which alone may see the user's token."""
        return Origin.of(address) == self._hub

    def _welcome(self, grant: Grant, origin: Origin) -> bool:
        encrypted = origin.scheme == "https" or (origin.scheme == "http" and origin.loopback)
        if not origin.host or not encrypted:
            return False
        if grant.purpose is Purpose.CATALOGUE and grant.address:
            return origin == Origin.of(grant.address)
        if origin == self._hub:
            return True
        # A Hub on this machine keeps its files beside it.
        beside = self._hub.loopback and origin.loopback
        theirs = origin.host.endswith(_FILE_HOSTS) and origin.port == _DEFAULT_PORTS["https"]
        return grant.purpose is Purpose.DOWNLOAD and (beside or theirs)

    def close(self) -> None:
        """Ends all there is, as nobody waits for it any more."""
        self.closing = True
        self.take_back()

    def _cut(self) -> None:
        with self._lock:
            wires, self._wires = self._wires, None
        if wires is not None:
            wires.close()


def _active() -> tuple[Egress, Grant] | None:
    grant = _ACTIVE.get()
    return None if grant is None else (grant.egress, grant)


def _sealed() -> UserFacingError:
    return UserFacingError(
        "Lamplight was started offline, so nothing connects.",
        "Start it without --offline for that.",
        code="offline",
    )


def _not_allowed() -> UserFacingError:
    return UserFacingError(
        "Lamplight works offline.",
        "Allow the connection when you are asked, or switch “Work offline” off in the settings.",
        code="offline",
    )
