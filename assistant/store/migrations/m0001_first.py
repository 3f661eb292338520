"""The first schema: chats, messages, personas, sampling, and the full-text index."""

import json

from sqlalchemy import Connection

_TABLES = (
    """
    CREATE TABLE persona (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        system_prompt TEXT NOT NULL,
        builtin INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    """
    CREATE TABLE conversation (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL DEFAULT '',
        title_is_automatic INTEGER NOT NULL DEFAULT 1,
        created_at_us INTEGER NOT NULL,
        updated_at_us INTEGER NOT NULL,
        pinned INTEGER NOT NULL DEFAULT 0,
        archived INTEGER NOT NULL DEFAULT 0,
        temporary INTEGER NOT NULL DEFAULT 0,
        persona_id INTEGER REFERENCES persona (id) ON DELETE SET NULL,
        model TEXT NOT NULL DEFAULT '',
        active_leaf INTEGER,
        deleted_at_us INTEGER,
        system_prompt TEXT NOT NULL DEFAULT '',
        draft TEXT NOT NULL DEFAULT '',
        grams TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    """
    CREATE TABLE message (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
        parent_id INTEGER,
        role TEXT NOT NULL,
        status TEXT NOT NULL,
        created_at_us INTEGER NOT NULL,
        deleted_at_us INTEGER,
        characters INTEGER NOT NULL,
        feedback TEXT NOT NULL DEFAULT 'none',
        pinned INTEGER NOT NULL DEFAULT 0,
        finish_reason TEXT,
        prompt_tokens INTEGER,
        completion_tokens INTEGER,
        cached_tokens INTEGER,
        ttft_ms REAL,
        tokens_per_second REAL,
        model TEXT NOT NULL DEFAULT '',
        tier TEXT NOT NULL DEFAULT '',
        route_reason TEXT NOT NULL DEFAULT '',
        error TEXT NOT NULL DEFAULT '',
        content TEXT NOT NULL,
        grams TEXT NOT NULL DEFAULT '',
        CHECK (parent_id < id)
    ) STRICT
    """,
    """
    CREATE TABLE preset (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        sampling TEXT NOT NULL,
        builtin INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    """
    CREATE TABLE sampling (
        model_id TEXT PRIMARY KEY NOT NULL,
        sampling TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)

# message_tree covers what an outline needs, so that opening a long chat reads no text.
_INDICES = (
    """
    CREATE INDEX message_tree ON message
        (conversation_id, id, parent_id, role, characters, deleted_at_us)
    """,
    "CREATE INDEX message_writing ON message (status) WHERE status = 'writing'",
    """
    CREATE INDEX message_deleted ON message (deleted_at_us) WHERE deleted_at_us IS NOT NULL
    """,
    """
    CREATE INDEX conversation_listed ON conversation (archived, pinned, updated_at_us)
        WHERE deleted_at_us IS NULL
    """,
    """
    CREATE INDEX conversation_trashed ON conversation (deleted_at_us)
        WHERE deleted_at_us IS NOT NULL
    """,
    "CREATE INDEX conversation_persona ON conversation (persona_id) WHERE persona_id IS NOT NULL",
    "CREATE INDEX conversation_title_rowid ON conversation (id + 4503599627370496)",
)

# One index over titles and messages, so that both are ranked by the same word statistics. Its
# text lies in the tables alone: the view says what belongs in it and under which row id. An
# answer enters when it is finished, not at every save while it is written. The prefix index costs
# a third of the size and lets the beginning of a word be found as fast as a word.
_SEARCH = (
    """
    CREATE VIEW searchable (id, title, content, grams) AS
        SELECT id, '', content, grams FROM message
            WHERE deleted_at_us IS NULL AND status <> 'writing'
        UNION ALL
        SELECT id + 4503599627370496, title, '', grams FROM conversation
    """,
    """
    CREATE VIRTUAL TABLE message_search USING fts5 (
        title, content, grams,
        content = 'searchable', content_rowid = 'id',
        tokenize = "unicode61 remove_diacritics 2", prefix = '3'
    )
    """,
    "INSERT INTO message_search (message_search, rank) VALUES ('secure-delete', 1)",
    "INSERT INTO message_search (message_search, rank) VALUES ('rank', 'bm25(4.0, 1.0, 1.0)')",
    """
    CREATE TRIGGER message_inserted AFTER INSERT ON message
    WHEN new.deleted_at_us IS NULL AND new.status <> 'writing'
    BEGIN
        INSERT INTO message_search (rowid, title, content, grams)
            VALUES (new.id, '', new.content, new.grams);
    END
    """,
    """
    CREATE TRIGGER message_removed AFTER DELETE ON message
    WHEN old.deleted_at_us IS NULL AND old.status <> 'writing'
    BEGIN
        INSERT INTO message_search (message_search, rowid, title, content, grams)
            VALUES ('delete', old.id, '', old.content, old.grams);
    END
    """,
    """
    CREATE TRIGGER message_changed AFTER UPDATE OF content, grams, status, deleted_at_us ON message
    WHEN (old.deleted_at_us IS NULL AND old.status <> 'writing')
        OR (new.deleted_at_us IS NULL AND new.status <> 'writing')
    BEGIN
        INSERT INTO message_search (message_search, rowid, title, content, grams)
            SELECT 'delete', old.id, '', old.content, old.grams
            WHERE old.deleted_at_us IS NULL AND old.status <> 'writing';
        INSERT INTO message_search (rowid, title, content, grams)
            SELECT new.id, '', new.content, new.grams
            WHERE new.deleted_at_us IS NULL AND new.status <> 'writing';
    END
    """,
    """
    CREATE TRIGGER conversation_inserted AFTER INSERT ON conversation
    BEGIN
        INSERT INTO message_search (rowid, title, content, grams)
            VALUES (new.id + 4503599627370496, new.title, '', new.grams);
    END
    """,
    """
    CREATE TRIGGER conversation_removed AFTER DELETE ON conversation
    BEGIN
        INSERT INTO message_search (message_search, rowid, title, content, grams)
            VALUES ('delete', old.id + 4503599627370496, old.title, '', old.grams);
    END
    """,
    """
    CREATE TRIGGER conversation_retitled AFTER UPDATE OF title, grams ON conversation
    WHEN old.title IS NOT new.title OR old.grams IS NOT new.grams
    BEGIN
        INSERT INTO message_search (message_search, rowid, title, content, grams)
            VALUES ('delete', old.id + 4503599627370496, old.title, '', old.grams);
        INSERT INTO message_search (rowid, title, content, grams)
            VALUES (new.id + 4503599627370496, new.title, '', new.grams);
    END
    """,
)

# Short, plain and positive: a model of a few hundred million weights follows little else.
_LAMPLIGHT = (
    "You are a helpful assistant. Answer clearly and briefly, in the language of the question. "
    "If you are not sure, say so."
)
_TUTOR = (
    "You are a patient tutor. Explain one small step at a time, with one simple example. "
    "End with one short question that lets the student try."
)
_REVIEWER = (
    "You review code. Name the most important problem first, say why it matters, and show the "
    "corrected lines. Keep it short."
)
_PLANNER = (
    "You help to plan. Turn the request into a short numbered list of small steps, each with a "
    "time in minutes. Put the first thing to do now at the top."
)
_PERSONAS = (
    ("Lamplight", _LAMPLIGHT),
    ("Patient tutor", _TUTOR),
    ("Code reviewer", _REVIEWER),
    ("Planner", _PLANNER),
)
_PRESETS = (
    ("Precise", {"temperature": 0.2, "top_p": 0.9, "top_k": 20, "min_p": 0.1}),
    ("Balanced", {"temperature": 0.7, "top_p": 0.95, "top_k": 40, "min_p": 0.05}),
    ("Creative", {"temperature": 1.1, "top_p": 0.98, "top_k": 100, "min_p": 0.03}),
)


def upgrade(connection: Connection) -> None:
    """Makes the schema and the built-in personas and presets in an empty database.

    Args:
        connection: With a transaction open, which the caller commits.
    """
    for statement in (*_TABLES, *_INDICES, *_SEARCH):
        connection.exec_driver_sql(statement)
    for name, system_prompt in _PERSONAS:
        connection.exec_driver_sql(
            "INSERT INTO persona (name, system_prompt, builtin) VALUES (?, ?, 1)",
            (name, system_prompt),
        )
    for name, sampling in _PRESETS:
        connection.exec_driver_sql(
            "INSERT INTO preset (name, sampling, builtin) VALUES (?, ?, 1)",
            (name, json.dumps(sampling)),
        )
