"""Keeps the tests off the network, below every Python library: an audit hook.

``install`` puts the hook in place for the life of the process (Python has no way to take one
away); ``guarded`` says what is allowed at the moment. Outside of it nothing is refused, so that
pytest and its plugins work as they always do.
"""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import cast

_EVENTS = frozenset(
    {
        "socket.connect",
        "socket.bind",
        "socket.sendto",
        "socket.sendmsg",
        "socket.getaddrinfo",
        "socket.gethostbyname",
    }
)
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class NetworkRefusedError(RuntimeError):
    """A test reached for the network. Not an OSError, so that no retry loop swallows it."""


class _Guard:
    """The state that the hook reads."""

    def __init__(self) -> None:
        self.installed = False
        self.active = False
        self.loopback = False
        self.seen: list[str] = []

    def hook(self, event: str, arguments: tuple[object, ...]) -> None:
        """Refuses what is not allowed at the moment."""
        if not self.active or event not in _EVENTS:
            return
        host = _host(event, arguments)
        if host is None or (self.loopback and host in _LOOPBACK):
            return
        self.seen.append(f"{event} {host}")
        raise NetworkRefusedError(f"{event} {host}")


def _host(event: str, arguments: tuple[object, ...]) -> str | None:
    """The host an event names; None for a socket that never leaves the machine's kernel."""
    if event.startswith("socket.get"):
        return str(arguments[0])
    address = arguments[1] if len(arguments) > 1 else None
    if not isinstance(address, tuple):
        return None
    parts = cast("tuple[object, ...]", address)
    return str(parts[0]) if parts else None


_GUARD = _Guard()


def install() -> None:
    """Puts the hook in place, once in a process."""
    if not _GUARD.installed:
        _GUARD.installed = True
        sys.addaudithook(_GUARD.hook)


@contextmanager
def guarded(*, loopback: bool) -> Generator[list[str]]:
    """Refuses the network inside; gives the list of what was refused."""
    _GUARD.active, _GUARD.loopback, _GUARD.seen = True, loopback, []
    try:
        yield _GUARD.seen
    finally:
        _GUARD.active = False
