"""Settings of the planner, the user's own words, and answers to its questions."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select

from assistant.store import task_tables as tables
from assistant.store.plan_journal import Writing
from assistant.store.rows import from_us, storable, to_us


class PlanSettingsRepository:
    """Called from the store thread. Values are whatever JSON holds.

    Args:
        engine: Of an open vault whose schema is current.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, name: str) -> Any:  # noqa: ANN401 - what was kept
        """A setting; None where there is none."""
        asked = select(tables.PlanSetting).where(col(tables.PlanSetting.name) == name)
        with Session(self._engine) as session:
            row = session.exec(asked).first()
            return None if row is None else json.loads(row.value)

    def words(self) -> tuple[tuple[str, str, int], ...]:
        """Each phrase of the user's own, its meaning, and how often it was taught."""
        asked = select(tables.PlanWord).order_by(col(tables.PlanWord.id))
        with Session(self._engine) as session:
            return tuple((row.phrase, row.meaning, row.taught) for row in session.exec(asked))

    def answers(self, question: str | None = None) -> tuple[tuple[datetime, str, Any], ...]:
        """When which question was answered, and how; the earliest first."""
        asked = select(tables.PlanAnswer).order_by(
            col(tables.PlanAnswer.at_us), col(tables.PlanAnswer.id)
        )
        if question is not None:
            asked = asked.where(col(tables.PlanAnswer.question) == question)
        with Session(self._engine) as session:
            return tuple(
                (from_us(row.at_us), row.question, json.loads(row.answer))
                for row in session.exec(asked)
            )


def keep_setting(writing: Writing, name: str, value: Any) -> None:  # noqa: ANN401 - what JSON holds
    """Keeps a setting; None removes it."""
    session = writing.session
    row = session.exec(
        select(tables.PlanSetting).where(col(tables.PlanSetting.name) == name)
    ).first()
    if value is None:
        if row is not None:
            session.delete(row)
    else:
        row = row or tables.PlanSetting(name=name, value="")
        row.value = storable(json.dumps(value, ensure_ascii=False))
        session.add(row)
    session.flush()


def keep_word(writing: Writing, phrase: str, meaning: str, taught: int) -> None:
    """Keeps a phrase, in place of what it meant before."""
    session = writing.session
    phrase = storable(phrase)
    row = session.exec(select(tables.PlanWord).where(col(tables.PlanWord.phrase) == phrase)).first()
    row = row or tables.PlanWord(phrase=phrase, meaning="", taught=0)
    row.meaning, row.taught = storable(meaning), taught
    session.add(row)
    session.flush()


def forget_word(writing: Writing, phrase: str) -> None:
    """Forgets a phrase."""
    writing.session.exec(
        delete(tables.PlanWord).where(col(tables.PlanWord.phrase) == storable(phrase))
    )


def keep_answer(writing: Writing, at: datetime, question: str, answer: Any) -> None:  # noqa: ANN401 - what JSON holds
    """Keeps an answer beside earlier ones."""
    writing.session.add(
        tables.PlanAnswer(
            at_us=to_us(at),
            question=question,
            answer=storable(json.dumps(answer, ensure_ascii=False)),
        )
    )
    writing.session.flush()
