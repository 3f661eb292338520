"""What downloads need of the rest of the application."""

import contextlib
from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.connection import Purpose
from assistant.hub.download import HubLink, Patience
from assistant.hub.egress import Egress
from assistant.services.download_finish import Finish

Connect = Callable[[str, bool], AbstractContextManager[HubLink]]
"""Opens the way to the Hub for a reason in words; the flag is the user's leave."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What downloads need of the rest.

    Args:
        connect: The way to the Hub.
        offline: Whether work is offline now.
        finish: Takes what has come into the store.
        sealed: Nothing connects in this whole run.
        on_bug: Is told of an error that nobody foresaw.
        patience: With the network.
        spare_bytes: Of the disk, left to the rest of the machine.
        taken: Bytes of all models and downloads; None counts the files.
        free_up: Frees what is only kept for a while, where a download finds no room.
    """

    connect: Connect
    offline: Callable[[], bool]
    sealed: bool
    finish: Finish
    on_bug: Callable[[BaseException], None]
    patience: Patience = Patience()  # noqa: RUF009 - it is frozen
    spare_bytes: int = 256 << 20
    taken: Callable[[], int] | None = None
    free_up: Callable[[], None] = lambda: None


def through_gate(egress: Egress, token: Callable[[], str]) -> Connect:
    """The way to the Hub that asks the one gate at every request.

    Args:
        egress: The gate.
        token: Of the user's account on the Hub; empty without one.
    """

    @contextmanager
    def connect(why: str, allowed: bool) -> Generator[HubLink]:  # noqa: FBT001 - see Connect
        with (
            egress.grant(Purpose.DOWNLOAD, why, allowed=allowed) as grant,
            egress.client(grant) as client,
        ):
            headers: Mapping[str, str] = egress.authorization(token())
            yield HubLink(client, egress.endpoint, headers)

    return connect


def bytes_below(folder: Path) -> int:
    """Of all files in a folder; one that goes meanwhile counts nothing."""
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            status = path.lstat()
            total += status.st_size if path.is_file() else 0
    return total
