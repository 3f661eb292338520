"""The log of every connection that this application made, or refused to make."""

import contextlib
import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.domain.connection import Connection, ConnectionOutcome, Purpose
from assistant.domain.errors import EnvironmentProblem

__all__ = ["ConnectionLog"]

_MOST_BYTES = 1 << 20
_KEPT = 1000
"""Connections that remain when the file has grown too large."""
_WHY_LENGTH = 120


@dataclass(frozen=True, slots=True)
class _Begin:
    id: str
    when: datetime
    host: str
    purpose: Purpose
    why: str
    sent: int


@dataclass(frozen=True, slots=True)
class _End:
    id: str
    outcome: ConnectionOutcome
    received: int


@dataclass(frozen=True, slots=True)
class _Before:
    """In place of the oldest connections, which were cut."""

    before: int


_ROW: TypeAdapter[_Begin | _End | _Before] = TypeAdapter(_Begin | _End | _Before)


class ConnectionLog:
    """Append-only, one JSON object a line; from any thread, and from several processes.

    A connection is written down before it is made, and again with its outcome; one without an
    outcome was stopped by the end of the application. The oldest are cut when the file grows
    beyond a megabyte; how many there were stays known.

    Args:
        path: The file; made with the first connection.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._numbers = count()
        self._run = f"{datetime.now(UTC).timestamp():.6f}"
        self._open: set[str] = set()
        self._listeners: list[Callable[[], None]] = []

    def on_change(self, listener: Callable[[], None]) -> None:
        """Calls ``listener``, on the thread of the connection, when one began or ended."""
        self._listeners.append(listener)

    def begin(self, connection: Connection) -> str:
        """Writes down that a connection is about to be made; returns what ``end`` is told.

        Raises:
            EnvironmentProblem: It cannot be written down; the connection must not be made.
        """
        name = f"{self._run}-{next(self._numbers)}"
        row = {
            "id": name,
            "when": connection.when.isoformat(),
            "host": connection.host,
            "purpose": connection.purpose,
            "why": connection.why[:_WHY_LENGTH],
            "sent": connection.sent_bytes,
        }
        try:
            with self._lock:
                self._open.add(name)
                self._append(row)
                self._trim()
        except OSError as error:
            self._open.discard(name)
            raise EnvironmentProblem(
                "The connection could not be noted in the log, so it was not made.",
                f"Check the space on the disk and the rights of {self._path.parent}.",
                code="disk_full",
            ) from error
        self._tell()
        return name

    def end(self, name: str, outcome: ConnectionOutcome, received_bytes: int) -> None:
        """Writes down how a connection ended; on a full disk it remains as stopped."""
        with self._lock, contextlib.suppress(OSError):
            self._open.discard(name)
            self._append({"id": name, "outcome": outcome, "received": received_bytes})
        self._tell()

    def newest(self, limit: int = 200) -> tuple[Connection, ...]:
        """The last connections, newest first."""
        with self._lock:
            known = self._connections()
        return tuple(reversed(list(deque(known.values(), maxlen=limit))))

    def made(self) -> int:
        """How many connections were ever made; refused ones are none."""
        with self._lock:
            before, known = 0, self._connections()
            for row in self._rows():
                before += row.before if isinstance(row, _Before) else 0
        return before + sum(c.outcome is not ConnectionOutcome.REFUSED for c in known.values())

    def _connections(self) -> dict[str, Connection]:
        known: dict[str, Connection] = {}
        for row in self._rows():
            if isinstance(row, _Begin):
                known[row.id] = Connection(
                    row.when, row.host, row.purpose, row.why, row.sent, 0, self._outcome(row.id)
                )
            elif isinstance(row, _End) and row.id in known:
                known[row.id] = replace(
                    known[row.id], outcome=row.outcome, received_bytes=row.received
                )
        return known

    def _outcome(self, name: str) -> ConnectionOutcome:
        """Of a connection whose end is not written: it goes on, or ended with an earlier run."""
        return ConnectionOutcome.OPEN if name in self._open else ConnectionOutcome.STOPPED

    def _rows(self) -> Iterator[_Begin | _End | _Before]:
        try:
            lines = self._path.read_bytes().splitlines()
        except OSError:
            return
        for line in lines:
            with contextlib.suppress(ValidationError):  # half a line, from a power cut
                yield _ROW.validate_json(line)

    def _append(self, row: dict[str, Any]) -> None:
        # One write of one line: what two processes append is not mixed.
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._path.open("ab", buffering=0) as file:
            file.write(json.dumps(row).encode() + b"\n")

    def _trim(self) -> None:
        if self._path.stat().st_size <= _MOST_BYTES:
            return
        before, rows = 0, list(self._rows())
        begun = [row for row in rows if isinstance(row, _Begin)]
        kept = {row.id for row in begun[-_KEPT:]}
        ends = {row.id: row for row in rows if isinstance(row, _End)}
        for row in rows:
            before += row.before if isinstance(row, _Before) else 0
        before += sum(
            ends[row.id].outcome is not ConnectionOutcome.REFUSED if row.id in ends else True
            for row in begun
            if row.id not in kept
        )
        part = self._path.with_suffix(".part")
        lines = [_ROW.dump_json(_Before(before))]
        lines += [_ROW.dump_json(row) for row in rows if getattr(row, "id", "") in kept]
        part.write_bytes(b"\n".join(lines) + b"\n")
        part.replace(self._path)

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()
