"""Connections that leave this machine: what they are for, and what became of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Purpose(StrEnum):
    """What a connection may be opened for; each purpose has its own hosts."""

    SEARCH = "search"
    """Lists and descriptions of models."""
    DOWNLOAD = "download"
    """Files of models."""
    CATALOGUE = "catalogue"
    """A newer catalogue, from the address that the user set."""


class ConnectionOutcome(StrEnum):
    """How a connection ended."""

    DONE = "done"
    REFUSED = "refused"
    """By this application: it is offline, or the host is not allowed for the purpose."""
    FAILED = "failed"
    """It broke off, or nobody answered."""
    STOPPED = "stopped"
    """Before its end, because nobody wanted it any more or the application ended."""
    OPEN = "open"
    """It goes on."""


@dataclass(frozen=True, slots=True)
class Connection:
    """One request that was made, or refused.

    Args:
        when: Its beginning, with a time zone.
        host: Name or address, with the port where it is not the usual one.
        purpose: What it was opened for.
        why: In words, such as ``Qwen2.5 7B``; never what the user wrote.
        sent_bytes: Of the request, body and head.
        received_bytes: Of the answer's body, as far as it was read.
        outcome: How it ended.
    """

    when: datetime
    host: str
    purpose: Purpose
    why: str
    sent_bytes: int
    received_bytes: int
    outcome: ConnectionOutcome
