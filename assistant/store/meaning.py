"""Passages and their vectors, in the vault beside the messages they belong to."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Engine

from assistant.domain.conversation import Role, SearchHit
from assistant.domain.ids import ConversationId, MessageId
from assistant.store.rows import from_us
from assistant.store.search import WHITE

LONGEST_READ: Final = 4000
"""Characters of a message that are searched by meaning; the words are searched in all of it."""

_WAITING: Final = """
    SELECT m.id, substr(m.content, 1, ?1) FROM unembedded u JOIN message m ON m.id = u.message_id
    ORDER BY u.message_id DESC LIMIT ?2
"""
_STILL_SO: Final = """
    DELETE FROM unembedded WHERE message_id = ?1
        AND ?2 = (SELECT substr(content, 1, ?3) FROM message WHERE id = ?1)
"""
_HITS: Final = """
    SELECT m.id, m.conversation_id, m.role, c.title, m.created_at_us, m.content
    FROM message m JOIN conversation c ON c.id = m.conversation_id
    WHERE m.id IN (SELECT value FROM json_each(?1))
        AND m.deleted_at_us IS NULL AND m.status <> 'writing' AND c.deleted_at_us IS NULL
"""
_SNIPPET_CHARACTERS: Final = 160


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message whose passages are yet to be made.

    Args:
        text: Its first ``LONGEST_READ`` characters.
    """

    message_id: MessageId
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a message and what it means.

    Args:
        start: Character at which it begins.
        length: In characters.
        vector: Signed bytes, one a dimension; only their direction counts.
    """

    start: int
    length: int
    vector: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage lies."""

    message_id: MessageId
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class StoredVectors:
    """Vectors of some passages, in one piece.

    Args:
        facts: Number, message, start and length of each.
        vectors: One after the other, all of one length.
    """

    facts: tuple[tuple[int, int, int, int], ...]
    vectors: bytes


class MeaningRepository:
    """What search by meaning has made so far; called from the store thread.

    Args:
        engine: Of an open vault whose schema is current.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def is_of(self, engine: Engine) -> bool:
        """Whether it works on this database."""
        return self._engine is engine

    def use_model(self, sha256: str) -> None:
        """Begins anew if the vectors are another model's: they cannot be compared."""
        with self._engine.begin() as connection:
            held = connection.exec_driver_sql("SELECT model_sha256 FROM embedding").scalar()
            if held == sha256:
                return
            connection.exec_driver_sql("DELETE FROM embedding")
            connection.exec_driver_sql("INSERT INTO embedding VALUES (?)", (sha256,))
            connection.exec_driver_sql("DELETE FROM passage")
            connection.exec_driver_sql(
                "INSERT OR IGNORE INTO unembedded (message_id) SELECT id FROM message"
                " WHERE deleted_at_us IS NULL AND status <> 'writing'"
            )

    def waiting(self, limit: int) -> list[Waiting]:
        """Messages whose passages are yet to be made, the newest first."""
        with self._engine.connect() as connection:
            rows = connection.exec_driver_sql(_WAITING, (LONGEST_READ, limit))
            return [Waiting(MessageId(row[0]), row[1]) for row in rows]

    def count_waiting(self) -> int:
        """How many messages are not searched by meaning yet."""
        with self._engine.connect() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM unembedded").scalar() or 0)

    def keep(self, made: Sequence[tuple[Waiting, Sequence[Passage]]]) -> None:
        """Keeps the passages of messages; those of one that has changed meanwhile are dropped."""
        with self._engine.begin() as connection:
            for message, passages in made:
                _keep(connection, message, passages)

    def numbers(self) -> list[int]:
        """The numbers of all passages, in no order; one is never used twice."""
        # By the narrow index: the table is a hundred times as large.
        query = "SELECT id FROM passage INDEXED BY passage_message"
        with self._engine.connect() as connection:
            return [row[0] for row in connection.exec_driver_sql(query)]

    def vectors(self, after: int, limit: int) -> StoredVectors:
        """The next vectors, by rising number, from the one behind ``after`` on."""
        with self._engine.connect() as connection:
            rows = connection.exec_driver_sql(
                "SELECT id, message_id, start, length, vector FROM passage"
                " WHERE id > ? ORDER BY id LIMIT ?",
                (after, limit),
            ).all()
        facts = tuple((row[0], row[1], row[2], row[3]) for row in rows)
        return StoredVectors(facts, b"".join(row[4] for row in rows))

    def hits(self, places: Sequence[Place]) -> list[SearchHit]:
        """Results for passages, in their order; what was deleted meanwhile is left out."""
        with self._engine.connect() as connection:
            rows = connection.exec_driver_sql(
                _HITS, (json.dumps([place.message_id for place in places]),)
            )
            found = {row[0]: row for row in rows}
        return [
            SearchHit(
                conversation_id=ConversationId(row[1]),
                message_id=place.message_id,
                role=Role(row[2]),
                title=row[3],
                snippet=_snippet(row[5], place),
                marks=(),
                time=from_us(row[4]),
                by_meaning=True,
            )
            for place in places
            if (row := found.get(place.message_id)) is not None
        ]


def _keep(connection: Connection, message: Waiting, passages: Sequence[Passage]) -> None:
    unchanged = connection.exec_driver_sql(
        _STILL_SO, (message.message_id, message.text, LONGEST_READ)
    ).rowcount
    if unchanged:
        for passage in passages:
            connection.exec_driver_sql(
                "INSERT INTO passage (message_id, start, length, vector) VALUES (?, ?, ?, ?)",
                (message.message_id, passage.start, passage.length, passage.vector),
            )


def _snippet(content: str, place: Place) -> str:
    """The beginning of the passage on one line."""
    end = place.start + min(place.length, _SNIPPET_CHARACTERS)
    before = "…" if place.start else ""
    after = "…" if end < len(content) else ""
    return WHITE.sub(" ", before + content[place.start : end].strip() + after)
