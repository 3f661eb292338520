"""The fifth schema: how each model is loaded, and its sampling for each task.

What was chosen for a model so far was meant for chatting, and stays so.
"""

from sqlalchemy import Connection

_STATEMENTS = (
    """
    CREATE TABLE parameters (
        model_id TEXT PRIMARY KEY NOT NULL,
        parameters TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "ALTER TABLE sampling RENAME TO sampling_before",
    """
    CREATE TABLE sampling (
        model_id TEXT NOT NULL,
        task TEXT NOT NULL,
        sampling TEXT NOT NULL,
        PRIMARY KEY (model_id, task)
    ) STRICT, WITHOUT ROWID
    """,
    """
    INSERT INTO sampling (model_id, task, sampling)
        SELECT model_id, 'chat', sampling FROM sampling_before
    """,
    "DROP TABLE sampling_before",
)


def upgrade(connection: Connection) -> None:
    """Makes the table of parameters, empty, and gives each row of sampling its task.

    Args:
        connection: With a transaction open, which the caller commits.
    """
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
