"""Lessons that a model wrote, kept so that they are written once."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select

from assistant.store import study_tables as tables
from assistant.store.rows import from_us, storable, to_us


class WrittenLessonRepository:
    """Lessons as text; called from the store thread.

    Args:
        engine: Of an open vault whose schema is current.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, course: str, concept: str) -> tuple[str, str, datetime] | None:
        """The lesson, its model and when it was written; None where there is none."""
        with Session(self._engine) as session:
            row = session.get(tables.WrittenLesson, (course, concept))
            return None if row is None else (row.lesson, row.model, from_us(row.written_at_us))

    def concepts(self, course: str) -> frozenset[str]:
        """Ids of the concepts of a course that have one."""
        asked = select(tables.WrittenLesson.concept_id).where(
            col(tables.WrittenLesson.course_id) == course
        )
        with Session(self._engine) as session:
            return frozenset(session.exec(asked))

    def keep(self, course: str, concept: str, lesson: str, model: str, now: datetime) -> None:
        """Keeps a lesson in the place of an earlier one."""
        row = tables.WrittenLesson(
            course_id=course,
            concept_id=concept,
            written_at_us=to_us(now),
            model=storable(model),
            lesson=storable(lesson),
        )
        with Session(self._engine) as session:
            session.merge(row)
            session.commit()

    def remove(self, course: str, concept: str | None = None) -> None:
        """Removes the lesson of a concept, or all of a course."""
        asked = delete(tables.WrittenLesson).where(col(tables.WrittenLesson.course_id) == course)
        if concept is not None:
            asked = asked.where(col(tables.WrittenLesson.concept_id) == concept)
        with Session(self._engine) as session:
            session.exec(asked)
            session.commit()
