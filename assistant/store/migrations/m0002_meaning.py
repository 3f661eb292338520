"""The second schema: what search by meaning knows of each message.

A passage is a piece of a message with its vector: 384 signed bytes whose direction is the
meaning and whose length means nothing. A message whose passages are yet to be made, or made
anew after an edit, is listed in ``unembedded``; triggers keep the list, so nothing that writes
messages knows of it. Passages go with their message, overwritten like everything that is deleted.
"""

from sqlalchemy import Connection

_STATEMENTS = (
    """
    CREATE TABLE passage (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        length INTEGER NOT NULL,
        vector BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX passage_message ON passage (message_id)",
    """
    CREATE TABLE unembedded (
        message_id INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE
    ) STRICT
    """,
    """
    CREATE TABLE embedding (
        model_sha256 TEXT PRIMARY KEY NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TRIGGER message_inserted_meaning AFTER INSERT ON message
    WHEN new.deleted_at_us IS NULL AND new.status <> 'writing'
    BEGIN
        INSERT INTO unembedded (message_id) VALUES (new.id);
    END
    """,
    """
    CREATE TRIGGER message_changed_meaning AFTER UPDATE OF content, status, deleted_at_us ON message
    WHEN old.status <> 'writing' OR new.status <> 'writing'
    BEGIN
        DELETE FROM passage WHERE message_id = new.id;
        DELETE FROM unembedded WHERE message_id = new.id;
        INSERT INTO unembedded (message_id)
            SELECT new.id WHERE new.deleted_at_us IS NULL AND new.status <> 'writing';
    END
    """,
    """
    INSERT INTO unembedded (message_id)
        SELECT id FROM message WHERE deleted_at_us IS NULL AND status <> 'writing'
    """,
)


def upgrade(connection: Connection) -> None:
    """Makes the tables, and lists every message as one whose passages are yet to be made.

    Args:
        connection: With a transaction open, which the caller commits.
    """
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
