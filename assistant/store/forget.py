"""Removing for good: from tables, pages, write-ahead log and search index.

Deleted rows are overwritten with zeros in their pages (``secure_delete``). The full-text index is
written anew without the words (FTS5's own ``secure-delete``, which serves single edits, leaves
beginnings of words between its pages and takes milliseconds for each message). Then the
write-ahead log, which still holds the old pages, is written back and cut to nothing. Backups are
files of their own: ``scrub`` does the same to an open one.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from assistant.domain.errors import EnvironmentProblem
from assistant.domain.ids import ConversationId


@dataclass(frozen=True, slots=True)
class ForgottenMessage:
    """Names one message also in a copy of the vault in which its number was used again."""

    conversation_uid: str
    message_id: int
    created_at_us: int


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was removed, named so that it can be found in every backup.

    Args:
        conversations: Uids, because a number can mean another chat in a backup that was made
            before an older one was restored.
        messages: Single messages that were removed from chats that stay.
    """

    conversations: tuple[str, ...] = ()
    messages: tuple[ForgottenMessage, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything was removed."""
        return bool(self.conversations or self.messages)


def chats(engine: Engine, ids: Sequence[ConversationId]) -> Forgotten:
    """Names chats, in the trash or not; unknown ids are skipped. Removes nothing yet."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT uid FROM conversation WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        return Forgotten(conversations=tuple(row[0] for row in rows))


def expired(engine: Engine, deleted_until_us: int) -> Forgotten:
    """Names what was deleted at this moment or before: chats, and single messages of others."""
    with engine.connect() as connection:
        chats = connection.exec_driver_sql(
            "SELECT uid FROM conversation WHERE deleted_at_us <= ?", (deleted_until_us,)
        ).all()
        messages = connection.exec_driver_sql(
            "SELECT c.uid, m.id, m.created_at_us FROM message m "
            "JOIN conversation c ON c.id = m.conversation_id WHERE m.deleted_at_us <= ?1 "
            "AND (c.deleted_at_us IS NULL OR c.deleted_at_us > ?1)",
            (deleted_until_us,),
        ).all()
    return Forgotten(
        tuple(row[0] for row in chats), tuple(ForgottenMessage(*row) for row in messages)
    )


def numbers_of(engine: Engine, forgotten: Forgotten) -> list[ConversationId]:
    """The chats in this vault that lose something, while they are still there."""
    uids = {*forgotten.conversations, *(each.conversation_uid for each in forgotten.messages)}
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT id FROM conversation WHERE uid IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(uids)),),
        )
        return [ConversationId(row[0]) for row in rows]


def scrub(connection: Connection, forgotten: Forgotten) -> bool:
    """Removes chats and messages with every trace of them, all or nothing, and commits.

    Args:
        connection: To the vault, or to a backup of the same schema; with no transaction open.
        forgotten: What to remove.

    Returns:
        Whether any of it was there. If not, the database was not written to.

    Raises:
        EnvironmentProblem: A reader held the log: all is removed, but old pages may stay in it
            until the next call of this or until the database is closed (``log_in_use``).
    """
    held = Forgotten(
        tuple(u for u in forgotten.conversations if _conversation_id(connection, u)),
        tuple(m for m in forgotten.messages if _place(connection, m)),
    )
    connection.rollback()
    if held:
        _remove_for_good(connection, held)
        _clear_log(connection)
    return bool(held)


def _remove_for_good(connection: Connection, gone: Forgotten) -> None:
    """Removes rows, and their words from the index.

    Writing the index anew takes room for a second one for a while. Where the disk has not got
    it, the words are taken out of the index one by one.
    """
    try:
        with connection.begin():
            _erase_words_at_once(connection, wanted=False)
            _remove(connection, gone)
            _rewrite_index(connection)
            _erase_words_at_once(connection, wanted=True)
    except EnvironmentProblem as problem:
        if problem.code != "disk_full":
            raise
        with connection.begin():
            _erase_words_at_once(connection, wanted=True)
            _remove(connection, gone)


def _clear_log(connection: Connection) -> None:
    # A checkpoint cannot run in a transaction, and the engine begins one with any statement.
    connection.exec_driver_sql("COMMIT")
    busy: int = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
    connection.rollback()
    if busy:
        raise EnvironmentProblem(
            "It is deleted, but a trace may stay in the journal until Lamplight is closed.",
            "Close other programs that read the history, then quit Lamplight once.",
            code="log_in_use",
        )


def _erase_words_at_once(connection: Connection, *, wanted: bool) -> None:
    connection.exec_driver_sql(
        "INSERT INTO message_search (message_search, rank) VALUES ('secure-delete', ?)", (wanted,)
    )


def _rewrite_index(connection: Connection) -> None:
    # FTS5 leaves an index of one segment as it is; a row that comes and goes makes it two.
    connection.exec_driver_sql(
        "INSERT INTO message_search (rowid, title, content, grams) VALUES (0, 'x', '', '')"
    )
    connection.exec_driver_sql(
        "INSERT INTO message_search (message_search, rowid, title, content, grams) "
        "VALUES ('delete', 0, 'x', '', '')"
    )
    connection.exec_driver_sql("INSERT INTO message_search (message_search) VALUES ('optimize')")


def _remove(connection: Connection, gone: Forgotten) -> None:
    for uid in gone.conversations:
        chat = _conversation_id(connection, uid)
        # The messages before the chat: their triggers take each out of the index.
        connection.exec_driver_sql("DELETE FROM message WHERE conversation_id = ?", (chat,))
        connection.exec_driver_sql("DELETE FROM conversation WHERE id = ?", (chat,))
    for message in gone.messages:
        place = _place(connection, message)
        if place is not None:
            _remove_message(connection, message.message_id, *place)


def _conversation_id(connection: Connection, uid: str) -> int | None:
    return connection.exec_driver_sql("SELECT id FROM conversation WHERE uid = ?", (uid,)).scalar()


def _place(connection: Connection, message: ForgottenMessage) -> tuple[int, int | None] | None:
    """Its chat and its parent here; None if it is not here."""
    row = connection.exec_driver_sql(
        "SELECT m.conversation_id, m.parent_id FROM message m "
        "JOIN conversation c ON c.id = m.conversation_id "
        "WHERE m.id = ? AND c.uid = ? AND m.created_at_us = ?",
        (message.message_id, message.conversation_uid, message.created_at_us),
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def _remove_message(
    connection: Connection, message_id: int, chat: int, parent_id: int | None
) -> None:
    connection.exec_driver_sql(
        "UPDATE message SET parent_id = ? WHERE conversation_id = ? AND parent_id = ?",
        (parent_id, chat, message_id),
    )
    # In a backup it may be the end of what is shown; the vault has moved on before.
    connection.exec_driver_sql(
        "UPDATE conversation SET active_leaf = (SELECT max(id) FROM message "
        "WHERE conversation_id = ?1 AND id <> ?2 AND deleted_at_us IS NULL) "
        "WHERE id = ?1 AND active_leaf = ?2",
        (chat, message_id),
    )
    connection.exec_driver_sql("DELETE FROM message WHERE id = ?", (message_id,))
