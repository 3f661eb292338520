"""The seventh schema: textbooks with their passages and vectors, and lessons that a model wrote.

The index takes words by their stems (Porter's), because a question asks for "recursion" where the
book says "recursive"; words of other languages are found as they are. A book is not there until
all of it is: ``ready`` is set with its last passage.
"""

from sqlalchemy import Connection

_STATEMENTS = (
    """
    CREATE TABLE book (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        sha256 TEXT NOT NULL,
        title TEXT NOT NULL,
        author TEXT NOT NULL,
        format TEXT NOT NULL,
        pages INTEGER NOT NULL,
        passages INTEGER NOT NULL,
        added_at_us INTEGER NOT NULL,
        ready INTEGER NOT NULL,
        embedded_by TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE bookpassage (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        book_id INTEGER NOT NULL REFERENCES book (id) ON DELETE CASCADE,
        page INTEGER,
        label TEXT NOT NULL,
        section TEXT NOT NULL,
        text TEXT NOT NULL,
        grams TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX bookpassage_of_book ON bookpassage (book_id)",
    """
    CREATE TABLE bookvector (
        passage_id INTEGER PRIMARY KEY REFERENCES bookpassage (id) ON DELETE CASCADE,
        vector BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE VIRTUAL TABLE book_search USING fts5 (
        section, text, grams,
        content = 'bookpassage', content_rowid = 'id',
        tokenize = "porter unicode61 remove_diacritics 2"
    )
    """,
    "INSERT INTO book_search (book_search, rank) VALUES ('secure-delete', 1)",
    "INSERT INTO book_search (book_search, rank) VALUES ('rank', 'bm25(2.0, 1.0, 1.0)')",
    "INSERT INTO book_search (book_search, rank) VALUES ('pgsz', 3940)",
    """
    CREATE TRIGGER bookpassage_inserted AFTER INSERT ON bookpassage
    BEGIN
        INSERT INTO book_search (rowid, section, text, grams)
            VALUES (new.id, new.section, new.text, new.grams);
    END
    """,
    """
    CREATE TRIGGER bookpassage_removed AFTER DELETE ON bookpassage
    BEGIN
        INSERT INTO book_search (book_search, rowid, section, text, grams)
            VALUES ('delete', old.id, old.section, old.text, old.grams);
    END
    """,
    """
    CREATE TABLE writtenlesson (
        course_id TEXT NOT NULL,
        concept_id TEXT NOT NULL,
        written_at_us INTEGER NOT NULL,
        model TEXT NOT NULL,
        lesson TEXT NOT NULL,
        PRIMARY KEY (course_id, concept_id)
    ) STRICT, WITHOUT ROWID
    """,
)


def upgrade(connection: Connection) -> None:
    """Makes the tables of books and of written lessons, empty.

    Args:
        connection: With a transaction open, which the caller commits.
    """
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
