"""The third schema: what the oldest part of a long chat said, in few words.

A summary stands for its messages, so it goes when one of them is changed or deleted.
"""

from sqlalchemy import Connection

_STATEMENTS = (
    """
    CREATE TABLE summary (
        conversation_id INTEGER PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
        upto INTEGER NOT NULL,
        content TEXT NOT NULL,
        in_use INTEGER NOT NULL DEFAULT 1
    ) STRICT
    """,
    """
    CREATE TRIGGER message_changed_summary AFTER UPDATE OF content, deleted_at_us ON message
    WHEN old.content IS NOT new.content OR old.deleted_at_us IS NOT new.deleted_at_us
    BEGIN
        DELETE FROM summary
            WHERE conversation_id = new.conversation_id AND upto >= new.id;
    END
    """,
    """
    CREATE TRIGGER message_removed_summary AFTER DELETE ON message
    BEGIN
        DELETE FROM summary
            WHERE conversation_id = old.conversation_id AND upto >= old.id;
    END
    """,
)


def upgrade(connection: Connection) -> None:
    """Makes the table, empty.

    Args:
        connection: With a transaction open, which the caller commits.
    """
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
