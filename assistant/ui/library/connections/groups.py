"""Connections that belong together: of one day, to one host, for one purpose, with one end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.domain.connection import Connection, ConnectionOutcome, Purpose

GroupKey = tuple[date, str, Purpose, ConnectionOutcome, int]
"""The last part tells apart what stands alone."""


@dataclass(frozen=True, slots=True)
class Group:
    """What stands in one row until it is opened.

    Args:
        key: Tells it from others, also after more have come to it.
        members: Newest first; at least one.
    """

    key: GroupKey
    members: tuple[Connection, ...]

    @property
    def newest(self) -> Connection:
        """The one that began last."""
        return self.members[0]

    @property
    def sent_bytes(self) -> int:
        """By all of them."""
        return sum(each.sent_bytes for each in self.members)

    @property
    def received_bytes(self) -> int:
        """By all of them."""
        return sum(each.received_bytes for each in self.members)

    @property
    def why(self) -> str:
        """What the newest was for, and for how many other things there were some."""
        others = len({each.why for each in self.members}) - 1
        return f"{self.newest.why} and {others} more" if others else self.newest.why


def grouped(known: Sequence[Connection]) -> list[Group]:
    """Puts together what belongs together; the group with the newest connection comes first.

    Args:
        known: Newest first.
    """
    members: dict[GroupKey, list[Connection]] = {}
    for place, each in enumerate(known):
        # What goes on now is no history yet: it stands for itself.
        alone = len(known) - place if each.outcome is ConnectionOutcome.OPEN else 0
        day = each.when.astimezone().date()
        members.setdefault((day, each.host, each.purpose, each.outcome, alone), []).append(each)
    return [Group(key, tuple(found)) for key, found in members.items()]
