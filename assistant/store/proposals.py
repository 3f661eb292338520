"""Exercises that a model proposed and code proved, kept so that they are there next time."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from assistant.store import study_tables as tables
from assistant.store.rows import storable, to_us


class ProposalRepository:
    """Exercises as text; called from the store thread.

    Args:
        engine: Of an open vault whose schema is current.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, course: str, concept: str) -> tuple[str, ...]:
        """Those of a concept, the oldest first."""
        table = tables.ProposedExercise
        asked = (
            select(table.exercise)
            .where(col(table.course_id) == course, col(table.concept_id) == concept)
            .order_by(col(table.made_at_us), col(table.id))
        )
        with Session(self._engine) as session:
            return tuple(session.exec(asked))

    def keep(self, key: tuple[str, str, str], exercise: str, model: str, now: datetime) -> None:
        """Keeps one.

        Args:
            key: Its id, its course and its concept.
            exercise: All of it.
            model: What proposed it.
            now: When.
        """
        name, course, concept = key
        row = tables.ProposedExercise(
            id=name,
            course_id=course,
            concept_id=concept,
            made_at_us=to_us(now),
            model=storable(model),
            exercise=storable(exercise),
        )
        with Session(self._engine) as session:
            session.merge(row)
            session.commit()
