"""The eleventh schema: recurring tasks know days on which they do not come."""

from sqlalchemy import Connection

from assistant.store.migrations.m0008_planner import keep_journal


def upgrade(connection: Connection) -> None:
    """Adds the column; tasks that are there come on every day of their rule."""
    connection.exec_driver_sql("ALTER TABLE task ADD COLUMN repeat_left_out TEXT")
    keep_journal(connection, "task")
