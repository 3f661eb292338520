"""The classes of the tables describe what the migrations make."""

from sqlalchemy import Boolean, Float, Integer, LargeBinary, inspect
from sqlmodel import AutoString, SQLModel

from assistant.store import study_tables, tables, task_tables
from tests.helpers.store_engine import opened

_KINDS: dict[type, str] = {
    Integer: "INTEGER",
    Boolean: "INTEGER",
    Float: "REAL",
    AutoString: "TEXT",
    LargeBinary: "BLOB",
}


def test_tables_have_the_columns_of_their_classes() -> None:
    with opened() as engine:
        schema = inspect(engine)
        classes: list[type[SQLModel]] = [
            tables.Persona,
            tables.Conversation,
            tables.Message,
            tables.Preset,
            tables.Sampling,
            tables.Parameters,
            tables.Passage,
            tables.Unembedded,
            tables.Embedding,
            tables.Summary,
            study_tables.Enrolment,
            study_tables.Attempt,
            study_tables.Working,
            study_tables.Card,
            study_tables.Review,
            study_tables.OwnCourse,
            study_tables.Book,
            study_tables.BookPassage,
            study_tables.BookVector,
            study_tables.WrittenLesson,
            task_tables.Project,
            task_tables.Task,
            task_tables.TaskWait,
            task_tables.Work,
            task_tables.TaskEvent,
            task_tables.TaskVector,
            task_tables.PlanWord,
            task_tables.PlanSetting,
            task_tables.PlanAnswer,
            task_tables.Calendar,
            task_tables.CalendarEvent,
            task_tables.Plan,
            task_tables.PlanBlock,
            task_tables.PlanPin,
            task_tables.PlanModel,
            task_tables.PlanStep,
            task_tables.PlanChange,
            task_tables.PlanJournal,
        ]
        for table in (SQLModel.metadata.tables[cls.__name__.lower()] for cls in classes):
            found = {column["name"]: column for column in schema.get_columns(table.name)}
            assert list(found) == table.columns.keys()
            for name, column in table.columns.items():
                wanted = _KINDS[type(column.type)]
                assert str(found[name]["type"]) == wanted, (table.name, name)
                if not column.primary_key:
                    assert found[name]["nullable"] == column.nullable, (table.name, name)


def test_the_index_agrees_with_the_view_it_reads() -> None:
    assert tables.TITLE_ROWID_BASE == 4503599627370496
    with opened() as engine, engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO message_search (message_search, rank) VALUES ('integrity-check', 1)"
        )
