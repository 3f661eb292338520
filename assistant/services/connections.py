"""What leaves this machine, for the front ends: the switch, and every connection ever made."""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.domain.connection import Connection
from assistant.domain.health import Check, CheckState
from assistant.hub.egress import Egress

__all__ = ["Connections", "NetworkState"]


@dataclass(frozen=True, slots=True)
class NetworkState:
    """How things stand with the network.

    Args:
        offline: Nothing connects without being asked for.
        sealed: Nothing connects at all in this run, whatever is asked for.
        made: Connections that were ever made.
        last: The newest one, None if there was none.
    """

    offline: bool
    sealed: bool
    made: int
    last: Connection | None

    @property
    def title(self) -> str:
        """One or two words."""
        return "Offline" if self.offline else "Online when asked"

    @property
    def detail(self) -> str:
        """One short line, true."""
        if self.made == 0:
            return "No connection ever made"
        return "1 connection so far" if self.made == 1 else f"{self.made:,} connections so far"


class Connections:
    """Reads the log of the gate; from any thread.

    Args:
        egress: The gate.
    """

    def __init__(self, egress: Egress) -> None:
        self._egress = egress

    @property
    def sealed(self) -> bool:
        """Whether nothing connects in this run."""
        return self._egress.sealed

    @property
    def offline(self) -> bool:
        """Whether a connection has to be asked for."""
        return self._egress.offline

    def state(self) -> NetworkState:
        """How things stand; reads a file of at most a megabyte."""
        newest = self._egress.log.newest(1)
        made = self._egress.log.made()
        last = newest[0] if newest else None
        return NetworkState(self.offline, self.sealed, made, last)

    def checks(self) -> list[Check]:
        """A row for the doctor."""
        state = self.state()
        how = "Sealed: nothing connects in this run" if state.sealed else state.title
        last = ""
        if state.last is not None:
            last = f", the last on {state.last.when.date().isoformat()} to {state.last.host}"
        return [Check("Network", CheckState.OK, f"{how}. {state.detail}{last}.")]

    def newest(self, limit: int = 500) -> tuple[Connection, ...]:
        """The log, newest first."""
        return self._egress.log.newest(limit)

    def on_change(self, listener: Callable[[], None]) -> None:
        """Calls ``listener``, on any thread, when a connection began or ended."""
        self._egress.log.on_change(listener)
