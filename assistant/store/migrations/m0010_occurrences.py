"""The tenth schema: blocks of a plan say which time of a recurring task they are for."""

from sqlalchemy import Connection

from assistant.store.migrations.m0008_planner import keep_journal


def upgrade(connection: Connection) -> None:
    """Adds the column; blocks that are there are for the time that their task stands at."""
    connection.exec_driver_sql("ALTER TABLE planblock ADD COLUMN occurrence_at_us INTEGER")
    keep_journal(connection, "planblock")
