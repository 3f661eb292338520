"""The tree of a chat's messages, worked out from the index alone, without any text.

A deleted message is transparent: what lies below it counts as lying below its parent. A parent
is always older than its children (its id is lower), so one pass over the rows in order of id
sees each parent first.
"""

from collections.abc import Sequence
from typing import Final

from assistant.domain.conversation import MessageOutline, Role
from assistant.domain.ids import ConversationId, MessageId
from assistant.store.connection import VaultConnection
from assistant.store.failures import database_errors

TreeRow = tuple[int, int | None, str, int, int]
"""A message's id, its parent's or None, role, length in characters, and 1 if it is deleted."""

_ROLES: Final = {role.value: role for role in Role}
_ROWS: Final = """
    SELECT id, parent_id, role, characters, deleted_at_us IS NOT NULL FROM message
    WHERE conversation_id = ? ORDER BY id
"""


class MessageTree:
    """One chat's messages by id, deleted ones seen through.

    It makes no object per message beside the rows: in a chat of 10,000 the garbage collector
    would take longer over them than all else here.

    Args:
        rows: By rising id.
    """

    def __init__(self, rows: Sequence[TreeRow]) -> None:
        self._rows: dict[int, TreeRow] = {}
        # For a deleted message too: the nearest message above it that is not deleted.
        self._parent: dict[int, int | None] = {}
        self._first_child: dict[int | None, int] = {}
        # Only of parents with more than one child, all of them, the oldest first.
        self._siblings: dict[int | None, list[int]] = {}
        deleted: set[int] = set()
        for row in rows:
            message_id, parent = row[0], row[1]
            if parent in deleted:
                parent = self._parent[parent]
            self._parent[message_id] = parent
            if row[4]:
                deleted.add(message_id)
                continue
            self._rows[message_id] = row
            first = self._first_child.setdefault(parent, message_id)
            if first != message_id:
                self._siblings.setdefault(parent, [first]).append(message_id)

    @classmethod
    def of(cls, connection: VaultConnection, conversation_id: ConversationId) -> "MessageTree":
        """Reads the tree of a chat; an unknown chat has an empty one."""
        with database_errors():
            return cls(connection.execute(_ROWS, (conversation_id,)).fetchall())

    def __contains__(self, message_id: int | None) -> bool:
        """Whether the message is in this chat and not deleted."""
        return message_id in self._rows

    @property
    def ids(self) -> list[MessageId]:
        """All messages that are not deleted, in order of writing."""
        return [MessageId(message_id) for message_id in self._rows]

    def parent(self, message_id: int) -> int | None:
        """The nearest message above that is not deleted; for deleted messages as well."""
        return self._parent[message_id]

    def path(self, leaf: int | None) -> list[MessageId]:
        """From the first message to ``leaf``; a deleted leaf is left out, None is no path."""
        at = leaf if leaf is None or leaf in self._rows else self._parent.get(leaf)
        path: list[MessageId] = []
        while at is not None:
            path.append(MessageId(at))
            at = self._parent[at]
        path.reverse()
        return path

    def latest_below(self, message_id: int | None) -> MessageId | None:
        """The newest message at or below this one (None: of all), which is always a leaf."""
        newest = message_id
        waiting = [message_id]
        while waiting:
            parent = waiting.pop()
            if parent in self._first_child:
                children = self._siblings.get(parent) or [self._first_child[parent]]
                newest = max(newest or 0, children[-1])
                waiting += children
        return None if newest is None else MessageId(newest)

    def outline(self, leaf: int | None) -> tuple[MessageOutline, ...]:
        """What the list of messages needs of the path to ``leaf``."""
        rows, siblings = self._rows, self._siblings
        outline: list[MessageOutline] = []
        parent: int | None = None
        for message_id in self.path(leaf):
            row = rows[message_id]
            versions = (message_id,)
            if parent in siblings:
                versions = tuple(MessageId(sibling) for sibling in siblings[parent])
            outline.append(MessageOutline(message_id, _ROLES[row[2]], row[3], versions))
            parent = message_id
        return tuple(outline)
