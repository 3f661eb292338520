"""The eighth schema: tasks, time spent on them, calendars, plans, and the journal that undoes.

The journal is kept by triggers, so that nothing that changes a task, a plan or a calendar can
forget it: while ``planjournal`` names a step, each row that is written leaves its values before
and after, as JSON, in ``planchange``. All ids are AUTOINCREMENT: one that was given is never given
again, so a deleted row can come back under its own.
"""

from typing import Final

from sqlalchemy import Connection

JOURNALED: Final = (
    "project",
    "task",
    "taskwait",
    "work",
    "taskevent",
    "planword",
    "plansetting",
    "plananswer",
    "calendar",
    "calendarevent",
    "plan",
    "planblock",
    "planpin",
)
"""Tables whose changes can be undone."""

_STATEMENTS = (
    """
    CREATE TABLE project (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL,
        created_at_us INTEGER NOT NULL,
        color TEXT NOT NULL,
        archived_at_us INTEGER,
        position REAL NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE task (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        created_at_us INTEGER NOT NULL,
        state TEXT NOT NULL,
        notes TEXT NOT NULL,
        project_id INTEGER REFERENCES project (id) ON DELETE SET NULL,
        parent_id INTEGER REFERENCES task (id) ON DELETE CASCADE,
        position REAL NOT NULL,
        priority TEXT,
        tags TEXT NOT NULL,
        tag_keys TEXT NOT NULL,
        people TEXT NOT NULL,
        place TEXT NOT NULL,
        zone TEXT NOT NULL,
        due_at_us INTEGER,
        due_whole_day INTEGER NOT NULL,
        not_before_us INTEGER,
        fixed_start_us INTEGER,
        fixed_end_us INTEGER,
        estimate_min INTEGER,
        split INTEGER NOT NULL,
        split_least_min INTEGER NOT NULL,
        prefers TEXT,
        repeat_rule TEXT,
        repeat_after INTEGER NOT NULL,
        ended_at_us INTEGER,
        written TEXT NOT NULL,
        search_key TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX task_of_project ON task (project_id, state)",
    "CREATE INDEX task_of_parent ON task (parent_id) WHERE parent_id IS NOT NULL",
    "CREATE INDEX task_position ON task (position)",
    "CREATE INDEX task_due ON task (due_at_us) WHERE due_at_us IS NOT NULL",
    "CREATE INDEX task_ended ON task (ended_at_us) WHERE ended_at_us IS NOT NULL",
    """
    CREATE TABLE taskwait (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        task_id INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
        first_id INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
        UNIQUE (task_id, first_id)
    ) STRICT
    """,
    "CREATE INDEX taskwait_of_first ON taskwait (first_id)",
    """
    CREATE TABLE work (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        task_id INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
        start_at_us INTEGER NOT NULL,
        end_at_us INTEGER,
        corrected INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX work_of_task ON work (task_id, start_at_us)",
    "CREATE INDEX work_start ON work (start_at_us)",
    """
    CREATE TABLE taskevent (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        task_id INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
        at_us INTEGER NOT NULL,
        kind TEXT NOT NULL,
        value TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX taskevent_of_task ON taskevent (task_id, at_us)",
    """
    CREATE TABLE taskvector (
        task_id INTEGER PRIMARY KEY REFERENCES task (id) ON DELETE CASCADE,
        embedded_by TEXT NOT NULL,
        vector BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE planword (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        phrase TEXT NOT NULL UNIQUE,
        meaning TEXT NOT NULL,
        taught INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE plansetting (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        value TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE plananswer (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at_us INTEGER NOT NULL,
        question TEXT NOT NULL,
        answer TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE calendar (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        source TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        added_at_us INTEGER NOT NULL,
        updated_at_us INTEGER NOT NULL,
        color TEXT NOT NULL,
        shown INTEGER NOT NULL,
        text TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE calendarevent (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        calendar_id INTEGER NOT NULL REFERENCES calendar (id) ON DELETE CASCADE,
        uid TEXT NOT NULL,
        recurrence_id TEXT NOT NULL,
        title TEXT NOT NULL,
        start_at_us INTEGER NOT NULL,
        end_at_us INTEGER,
        whole_day INTEGER NOT NULL,
        repeats INTEGER NOT NULL,
        text TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX calendarevent_of_calendar ON calendarevent (calendar_id, uid)",
    "CREATE INDEX calendarevent_start ON calendarevent (start_at_us)",
    """
    CREATE TABLE plan (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        made_at_us INTEGER NOT NULL,
        start_at_us INTEGER NOT NULL,
        end_at_us INTEGER NOT NULL,
        zone TEXT NOT NULL,
        moved INTEGER NOT NULL,
        overflow TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE planblock (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        plan_id INTEGER NOT NULL REFERENCES plan (id) ON DELETE CASCADE,
        task_id INTEGER NOT NULL,
        title TEXT NOT NULL,
        start_at_us INTEGER NOT NULL,
        end_at_us INTEGER NOT NULL,
        kind TEXT NOT NULL,
        part INTEGER NOT NULL,
        parts INTEGER NOT NULL,
        pinned INTEGER NOT NULL,
        reasons TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX planblock_of_plan ON planblock (plan_id, start_at_us)",
    """
    CREATE TABLE planpin (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        task_id INTEGER NOT NULL,
        part INTEGER NOT NULL,
        start_at_us INTEGER NOT NULL,
        end_at_us INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE planmodel (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        version INTEGER NOT NULL,
        made_at_us INTEGER NOT NULL,
        live INTEGER NOT NULL,
        figures TEXT NOT NULL,
        model BLOB NOT NULL,
        UNIQUE (kind, version)
    ) STRICT
    """,
    """
    CREATE TABLE planstep (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at_us INTEGER NOT NULL,
        words TEXT NOT NULL,
        undone INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE planchange (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        step_id INTEGER NOT NULL REFERENCES planstep (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        row_id INTEGER NOT NULL,
        before TEXT,
        after TEXT
    ) STRICT
    """,
    "CREATE INDEX planchange_of_step ON planchange (step_id, id)",
    """
    CREATE TABLE planjournal (
        id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
        step_id INTEGER
    ) STRICT
    """,
    "INSERT INTO planjournal (id, step_id) VALUES (1, NULL)",
)

_EVENTS: Final = (("insert", False, True), ("update", True, True), ("delete", True, False))


def upgrade(connection: Connection) -> None:
    """Makes the tables of planning, empty, and the triggers of its journal.

    Args:
        connection: With a transaction open, which the caller commits.
    """
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
    for table in JOURNALED:
        keep_journal(connection, table)


def keep_journal(connection: Connection, table: str) -> None:
    """Makes the triggers that note each change of a table; again after its columns changed."""
    columns = [
        (str(row[0]), str(row[1]))
        for row in connection.exec_driver_sql(
            "SELECT name, type FROM pragma_table_info(?) ORDER BY cid", (table,)
        )
    ]
    for event, has_old, has_new in _EVENTS:
        before = _as_json("old", columns) if has_old else "NULL"
        after = _as_json("new", columns) if has_new else "NULL"
        row = "new" if has_new else "old"
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_{event}_journal")
        connection.exec_driver_sql(
            # Nothing here comes from outside: names of our own tables and columns.
            f"CREATE TRIGGER {table}_{event}_journal AFTER {event} ON {table}"  # noqa: S608 - our own names
            " WHEN (SELECT step_id FROM planjournal WHERE id = 1) IS NOT NULL"
            " BEGIN"
            "  INSERT INTO planchange (step_id, name, row_id, before, after)"
            f"  SELECT step_id, '{table}', {row}.id, {before}, {after} FROM planjournal;"
            " END"
        )


def _as_json(row: str, columns: list[tuple[str, str]]) -> str:
    """All values of a row; REAL ones as text, with the digits that bring the same number back."""
    values = [
        f"'{name}', printf('%!.17g', {row}.{name})" if kind == "REAL" else f"'{name}', {row}.{name}"
        for name, kind in columns
    ]
    return f"json_object({', '.join(values)})"
