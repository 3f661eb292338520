"""The ninth schema: exercises that a model proposed and whose keys were proved."""

from sqlalchemy import Connection

_STATEMENTS = (
    """
    CREATE TABLE proposedexercise (
        id TEXT PRIMARY KEY,
        course_id TEXT NOT NULL,
        concept_id TEXT NOT NULL,
        made_at_us INTEGER NOT NULL,
        model TEXT NOT NULL,
        exercise TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX proposedexercise_of_concept ON proposedexercise (course_id, concept_id)",
)


def upgrade(connection: Connection) -> None:
    """Adds the table."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
