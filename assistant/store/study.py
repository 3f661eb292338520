"""What the learner did: courses taken, attempts, and the exercises in hand."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Engine, update
from sqlmodel import Session, col, delete, select

from assistant.domain.exercise import AnswerKind
from assistant.domain.ids import AttemptId, ConceptId, CourseId, ExerciseId
from assistant.domain.study import Attempt, Enrolment, Placing, Rung, Working
from assistant.store import study_tables as tables
from assistant.store.rows import from_us, storable, to_us

DECK_PREFIX = "anki-"
"""Begins the id that the cards of a deck carry in place of a course's."""
_DECK_TITLE = "deck"


class StudyRepository:
    """Called from the store thread.

    Args:
        engine: Of an open vault whose schema is current.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def enrolments(self) -> tuple[Enrolment, ...]:
        """The courses that are taken, the one begun last first."""
        newest = select(tables.Enrolment).order_by(col(tables.Enrolment.begun_at_us).desc())
        with Session(self._engine) as session:
            return tuple(_enrolment(row) for row in session.exec(newest))

    def enrol(self, enrolment: Enrolment) -> None:
        """Takes a course, or changes how it is taken."""
        row = tables.Enrolment(
            course_id=enrolment.course,
            version=enrolment.version,
            begun_at_us=to_us(enrolment.begun),
            deadline_at_us=to_us(enrolment.deadline) if enrolment.deadline else None,
            hours_a_week=enrolment.hours_a_week,
            seed=enrolment.seed,
        )
        with Session(self._engine) as session:
            session.merge(row)
            session.commit()

    def leave(self, course: CourseId) -> None:
        """Takes a course no longer; what was done in it stays."""
        self._delete(tables.Enrolment, course)

    def forget(self, course: CourseId) -> None:
        """Forgets everything that was done in a course, its cards and their reviews as well."""
        for table in (tables.Enrolment, tables.Attempt, tables.Working, tables.Card):
            self._delete(table, course)

    def _delete(
        self,
        table: type[tables.Enrolment | tables.Attempt | tables.Working | tables.Card],
        course: CourseId,
    ) -> None:
        with Session(self._engine) as session:
            session.exec(delete(table).where(col(table.course_id) == course))
            session.commit()

    def record(self, attempt: Attempt) -> Attempt:
        """Keeps an attempt; gives it back with its id."""
        row = tables.Attempt(
            course_id=attempt.course,
            concept_id=attempt.concept,
            exercise_id=attempt.exercise,
            kind=attempt.kind.value,
            at_us=to_us(attempt.when),
            answer=storable(attempt.answer),
            correct=attempt.correct,
            credit=attempt.credit,
            rung=int(attempt.rung),
            try_number=attempt.try_number,
            seconds=attempt.seconds,
            difficulty=attempt.difficulty,
            predicted=attempt.predicted,
            placement=int(attempt.placement),
            misconception=attempt.misconception,
        )
        with Session(self._engine) as session:
            session.add(row)
            session.commit()
            return _attempt(row)

    def end_test(self, course: CourseId) -> None:
        """The placement test that was taken again takes the place of the one before it."""
        self._turn(course, Placing.COUNTS, Placing.REPLACED)
        self._turn(course, Placing.ANEW, Placing.COUNTS)

    def drop_test(self, course: CourseId) -> None:
        """The placement test that was taken again, as far as it went, is given up."""
        self._turn(course, Placing.ANEW, Placing.REPLACED)

    def _turn(self, course: CourseId, before: Placing, after: Placing) -> None:
        of_course = col(tables.Attempt.course_id) == course
        held = col(tables.Attempt.placement) == int(before)
        with Session(self._engine) as session:
            session.exec(update(tables.Attempt).where(of_course, held).values(placement=int(after)))
            session.commit()

    def attempts(self, course: CourseId | None = None) -> tuple[Attempt, ...]:
        """The attempts on a course, or all, the earliest first."""
        asked = select(tables.Attempt).order_by(col(tables.Attempt.at_us), col(tables.Attempt.id))
        if course is not None:
            asked = asked.where(col(tables.Attempt.course_id) == course)
        with Session(self._engine) as session:
            return tuple(_attempt(row) for row in session.exec(asked))

    def working(self) -> tuple[Working, ...]:
        """The exercises in hand, the one given last first."""
        newest = select(tables.Working).order_by(col(tables.Working.given_at_us).desc())
        with Session(self._engine) as session:
            return tuple(_working(row) for row in session.exec(newest))

    def keep_working(self, working: Working) -> None:
        """Keeps where the learner stands with an exercise."""
        row = tables.Working(
            exercise_id=working.exercise,
            course_id=working.course,
            concept_id=working.concept,
            given_at_us=to_us(working.given_at),
            predicted=working.predicted,
            rung=int(working.rung),
            tries=working.tries,
            draft=storable(working.draft),
            placement=int(working.placement),
            item=working.item,
        )
        with Session(self._engine) as session:
            session.merge(row)
            session.commit()

    def finish(self, exercise: ExerciseId) -> None:
        """The exercise is no longer in hand."""
        with Session(self._engine) as session:
            row = session.get(tables.Working, exercise)
            if row is not None:
                session.delete(row)
                session.commit()

    def own_courses(self) -> dict[CourseId, dict[str, str]]:
        """The files of each course that the learner made or brought, text by path."""
        with Session(self._engine) as session:
            return {
                CourseId(row.course_id): dict(json.loads(row.files))
                for row in session.exec(select(tables.OwnCourse))
                if not row.course_id.startswith(DECK_PREFIX)
            }

    def deck_titles(self) -> dict[CourseId, str]:
        """The title of each deck that was brought, by the id that its cards carry."""
        with Session(self._engine) as session:
            return {
                CourseId(row.course_id): str(json.loads(row.files)[_DECK_TITLE])
                for row in session.exec(select(tables.OwnCourse))
                if row.course_id.startswith(DECK_PREFIX) and _DECK_TITLE in json.loads(row.files)
            }

    def keep_deck_title(self, deck: CourseId, title: str, now: datetime) -> None:
        """Keeps what a deck is called; its cards are kept with the others."""
        self.keep_course(deck, {_DECK_TITLE: title}, now)

    def keep_course(self, course: CourseId, files: Mapping[str, str], now: datetime) -> None:
        """Keeps a course of the learner's, in place of an earlier state of it."""
        text = storable(json.dumps(dict(files), ensure_ascii=False))
        row = tables.OwnCourse(course_id=course, updated_at_us=to_us(now), files=text)
        with Session(self._engine) as session:
            session.merge(row)
            session.commit()

    def remove_course(self, course: CourseId) -> None:
        """Removes a course of the learner's and its lessons; what was done in it stays."""
        with Session(self._engine) as session:
            row = session.get(tables.OwnCourse, course)
            if row is not None:
                session.delete(row)
            written = col(tables.WrittenLesson.course_id) == course
            session.exec(delete(tables.WrittenLesson).where(written))
            session.commit()


def _enrolment(row: tables.Enrolment) -> Enrolment:
    return Enrolment(
        CourseId(row.course_id),
        row.version,
        from_us(row.begun_at_us),
        from_us(row.deadline_at_us) if row.deadline_at_us is not None else None,
        row.hours_a_week,
        row.seed,
    )


def _attempt(row: tables.Attempt) -> Attempt:
    return Attempt(
        id=AttemptId(row.id or 0),
        course=CourseId(row.course_id),
        concept=ConceptId(row.concept_id),
        exercise=ExerciseId(row.exercise_id),
        kind=AnswerKind(row.kind),
        when=from_us(row.at_us),
        answer=row.answer,
        correct=row.correct,
        credit=row.credit,
        rung=Rung(row.rung),
        try_number=row.try_number,
        seconds=row.seconds,
        difficulty=row.difficulty,
        predicted=row.predicted,
        placement=Placing(row.placement),
        misconception=row.misconception,
    )


def _working(row: tables.Working) -> Working:
    return Working(
        exercise=ExerciseId(row.exercise_id),
        course=CourseId(row.course_id),
        concept=ConceptId(row.concept_id),
        given_at=from_us(row.given_at_us),
        predicted=row.predicted,
        rung=Rung(row.rung),
        tries=row.tries,
        draft=row.draft,
        placement=Placing(row.placement),
        item=row.item,
    )
