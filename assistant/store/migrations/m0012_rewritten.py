"""The twelfth schema: cards know whether the learner gave them other words."""

from sqlalchemy import Connection


def upgrade(connection: Connection) -> None:
    """Adds the column; of cards that are there it is not known, so that they are not."""
    connection.exec_driver_sql("ALTER TABLE card ADD COLUMN rewritten INTEGER NOT NULL DEFAULT 0")
