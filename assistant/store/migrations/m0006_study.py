"""The sixth schema: courses taken, attempts, exercises in hand, cards and their reviews."""

from sqlalchemy import Connection

_STATEMENTS = (
    """
    CREATE TABLE enrolment (
        course_id TEXT PRIMARY KEY NOT NULL,
        version INTEGER NOT NULL,
        begun_at_us INTEGER NOT NULL,
        deadline_at_us INTEGER,
        hours_a_week REAL,
        seed INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE attempt (
        id INTEGER PRIMARY KEY NOT NULL,
        course_id TEXT NOT NULL,
        concept_id TEXT NOT NULL,
        exercise_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        at_us INTEGER NOT NULL,
        answer TEXT NOT NULL,
        correct INTEGER NOT NULL,
        credit REAL NOT NULL,
        rung INTEGER NOT NULL,
        try_number INTEGER NOT NULL,
        seconds REAL NOT NULL,
        difficulty REAL NOT NULL,
        predicted REAL NOT NULL,
        placement INTEGER NOT NULL,
        misconception TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX attempt_of_course ON attempt (course_id, at_us)",
    """
    CREATE TABLE working (
        exercise_id TEXT PRIMARY KEY NOT NULL,
        course_id TEXT NOT NULL,
        concept_id TEXT NOT NULL,
        given_at_us INTEGER NOT NULL,
        predicted REAL NOT NULL,
        rung INTEGER NOT NULL,
        tries INTEGER NOT NULL,
        draft TEXT NOT NULL,
        placement INTEGER NOT NULL,
        item TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE card (
        id INTEGER PRIMARY KEY NOT NULL,
        course_id TEXT NOT NULL,
        concept_id TEXT NOT NULL,
        name TEXT NOT NULL,
        front TEXT NOT NULL,
        back TEXT NOT NULL,
        created_at_us INTEGER NOT NULL,
        exercise_id TEXT,
        lapses INTEGER NOT NULL,
        suspended INTEGER NOT NULL,
        leech INTEGER NOT NULL,
        stability_days REAL,
        difficulty REAL,
        due_at_us INTEGER,
        last_review_at_us INTEGER,
        learning_step INTEGER,
        relearning INTEGER NOT NULL,
        UNIQUE (course_id, concept_id, name)
    ) STRICT
    """,
    "CREATE INDEX card_due ON card (due_at_us) WHERE suspended = 0",
    """
    CREATE TABLE review (
        id INTEGER PRIMARY KEY NOT NULL,
        card_id INTEGER NOT NULL REFERENCES card (id) ON DELETE CASCADE,
        at_us INTEGER NOT NULL,
        recall INTEGER NOT NULL,
        seconds REAL NOT NULL,
        predicted REAL NOT NULL
    ) STRICT
    """,
    "CREATE INDEX review_of_card ON review (card_id, at_us)",
    """
    CREATE TABLE owncourse (
        course_id TEXT PRIMARY KEY NOT NULL,
        updated_at_us INTEGER NOT NULL,
        files TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)


def upgrade(connection: Connection) -> None:
    """Makes the tables of studying, empty.

    Args:
        connection: With a transaction open, which the caller commits.
    """
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
