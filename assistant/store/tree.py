"""The tree of a chat's messages, worked out from the index alone, without any text.

A deleted message is transparent: what lies below it counts as lying below its parent. A parent
is always older than its children (its id is lower), so one pass over the rows in order of id
sees each parent first.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from assistant.domain.conversation import MessageOutline, Role
from assistant.domain.ids import ConversationId, MessageId

_ROLES = {role.value: role for role in Role}


class MessageTree:
    """One chat's messages by id, deleted ones seen through.

    Args:
        rows: (id, parent_id or None, role, characters, whether deleted), by rising id.
    """

    def __init__(self, rows: Sequence[tuple[int, int | None, str, int, bool]]) -> None:
        self._facts: dict[int, tuple[str, int]] = {}
        # For a deleted message too: the nearest message above it that is not deleted.
        self._parent: dict[int, int | None] = {}
        self._children: dict[int | None, list[int]] = {None: []}
        deleted: set[int] = set()
        for message_id, raw_parent, role, characters, is_deleted in rows:
            parent = self._parent[raw_parent] if raw_parent in deleted else raw_parent
            self._parent[message_id] = parent
            if is_deleted:
                deleted.add(message_id)
                continue
            self._facts[message_id] = (role, characters)
            self._children.setdefault(parent, []).append(message_id)

    @classmethod
    def of(cls, connection: Connection, conversation_id: ConversationId) -> "MessageTree":
        """Reads the tree of a chat; an unknown chat has an empty one."""
        rows = connection.exec_driver_sql(
            "SELECT id, parent_id, role, characters, deleted_at_us IS NOT NULL FROM message "
            "WHERE conversation_id = ? ORDER BY id",
            (conversation_id,),
        ).all()
        return cls([(row[0], row[1], row[2], row[3], row[4]) for row in rows])

    def __contains__(self, message_id: int | None) -> bool:
        """Whether the message is in this chat and not deleted."""
        return message_id in self._facts

    @property
    def ids(self) -> list[MessageId]:
        """All messages that are not deleted, in order of writing."""
        return [MessageId(message_id) for message_id in self._facts]

    def parent(self, message_id: int) -> int | None:
        """The nearest message above that is not deleted; for deleted messages as well."""
        return self._parent[message_id]

    def path(self, leaf: int | None) -> list[MessageId]:
        """From the first message to ``leaf``; a deleted leaf is left out, None is no path."""
        at = leaf if leaf is None or leaf in self._facts else self._parent.get(leaf)
        path: list[MessageId] = []
        while at is not None:
            path.append(MessageId(at))
            at = self._parent[at]
        path.reverse()
        return path

    def versions(self, message_id: int) -> tuple[MessageId, ...]:
        """The message and its siblings, oldest first."""
        return tuple(MessageId(i) for i in self._children[self._parent[message_id]])

    def latest_below(self, message_id: int | None) -> MessageId | None:
        """The newest message at or below this one (None: of all), which is always a leaf."""
        newest = message_id
        waiting = [message_id]
        while waiting:
            children = self._children.get(waiting.pop())
            if children:
                newest = max(newest or 0, children[-1])
                waiting += children
        return None if newest is None else MessageId(newest)

    def outline(self, leaf: int | None) -> tuple[MessageOutline, ...]:
        """What the list of messages needs of the path to ``leaf``."""
        facts, children, parents = self._facts, self._children, self._parent
        path = self.path(leaf)
        return tuple(
            MessageOutline(
                message_id,
                _ROLES[facts[message_id][0]],
                facts[message_id][1],
                # A lone child needs no look at its siblings, and nearly all are.
                (message_id,)
                if len(siblings := children[parents[message_id]]) == 1
                else tuple(MessageId(sibling) for sibling in siblings),
            )
            for message_id in path
        )
