"""The cards to be recalled, and the log of their reviews."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Engine, delete, func, inspect
from sqlmodel import Session, col, select

from assistant.domain.ids import CardId, ConceptId, CourseId, ExerciseId
from assistant.domain.study import Card, Memory, Recall, Review
from assistant.store import study_tables as tables
from assistant.store.rows import from_us, storable, to_us


class CardRepository:
    """Called from the store thread.

    Args:
        engine: Of an open vault whose schema is current.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, cards: Mapping[str, Card]) -> int:
        """Adds cards, by their names within their concepts.

        A card of that name that is there keeps its memory and gets the new text, but for one that
        the learner gave other words.

        Returns:
            How many were not there before.
        """
        fresh: list[tables.Card] = []
        known: list[dict[str, int | str]] = []
        with Session(self._engine) as session:
            there = self._names(session, {card.course for card in cards.values()})
            own = self._rewritten(session)
            for name, card in cards.items():
                number = there.get((card.course, card.concept, name))
                if number is None:
                    fresh.append(_new_row(name, card))
                elif number not in own:
                    front, back = storable(card.front), storable(card.back)
                    known.append({"id": number, "front": front, "back": back})
            session.add_all(fresh)
            if known:
                session.bulk_update_mappings(inspect(tables.Card), known)
            session.commit()
        return len(fresh)

    def rewritten_among(self, cards: Mapping[str, Card]) -> int:
        """How many of some cards are there with other words, which the learner gave them.

        Args:
            cards: By their names within their concepts.
        """
        with Session(self._engine) as session:
            there = self._names(session, {card.course for card in cards.values()})
            own = self._rewritten(session)
        numbers = (there.get((card.course, card.concept, name)) for name, card in cards.items())
        return sum(number in own for number in numbers)

    def _rewritten(self, session: Session) -> frozenset[int]:
        asked = select(tables.Card.id).where(col(tables.Card.rewritten).is_(True))
        return frozenset(number for number in session.exec(asked) if number is not None)

    def _names(
        self, session: Session, courses: set[CourseId]
    ) -> dict[tuple[CourseId, ConceptId, str], int]:
        """The numbers of the cards of courses, by course, concept and name.

        In one question: a deck may hold tens of thousands, and all else waits for this thread.
        """
        row = tables.Card
        asked = select(row.id, row.course_id, row.concept_id, row.name).where(
            col(row.course_id).in_(courses)
        )
        return {
            (CourseId(course), ConceptId(concept), name): number
            for number, course, concept, name in session.exec(asked)
            if number is not None
        }

    def due(self, now: datetime, *, limit: int | None = None) -> tuple[Card, ...]:
        """The cards that were seen before and are due, the one due longest first."""
        asked = (
            select(tables.Card)
            .where(col(tables.Card.suspended).is_(False), col(tables.Card.due_at_us) <= to_us(now))
            .order_by(col(tables.Card.due_at_us), col(tables.Card.id))
        )
        with Session(self._engine) as session:
            return tuple(_card(row) for row in session.exec(asked.limit(limit)))

    def new(self, *, limit: int | None = None) -> tuple[Card, ...]:
        """The cards that were never seen, in the order in which they were added."""
        asked = (
            select(tables.Card)
            .where(col(tables.Card.suspended).is_(False), col(tables.Card.due_at_us).is_(None))
            .order_by(col(tables.Card.id))
        )
        with Session(self._engine) as session:
            return tuple(_card(row) for row in session.exec(asked.limit(limit)))

    def all(self, course: CourseId | None = None) -> tuple[Card, ...]:
        """The cards of a course, or all, suspended ones as well."""
        asked = select(tables.Card).order_by(col(tables.Card.id))
        if course is not None:
            asked = asked.where(col(tables.Card.course_id) == course)
        with Session(self._engine) as session:
            return tuple(_card(row) for row in session.exec(asked))

    def get(self, card_id: CardId) -> Card | None:
        """One card; None where there is none of that id."""
        with Session(self._engine) as session:
            row = session.get(tables.Card, card_id)
            return _card(row) if row is not None else None

    def due_by_course(self, now: datetime) -> dict[CourseId, int]:
        """How many cards of each course are due."""
        asked = (
            select(tables.Card.course_id, func.count())
            .where(col(tables.Card.suspended).is_(False), col(tables.Card.due_at_us) <= to_us(now))
            .group_by(tables.Card.course_id)
        )
        with Session(self._engine) as session:
            return {CourseId(course): count for course, count in session.exec(asked)}

    def keep(self, card: Card, review: Review | None = None) -> None:
        """Keeps a card's state, and the review that led to it, both or neither.

        Raises:
            KeyError: There is no such card.
        """
        with Session(self._engine) as session:
            row = session.get(tables.Card, card.id)
            if row is None:
                raise KeyError(card.id)
            row.front, row.back = storable(card.front), storable(card.back)
            _set_state(row, card)
            session.add(row)
            if review is not None:
                session.add(
                    tables.Review(
                        card_id=review.card,
                        at_us=to_us(review.when),
                        recall=int(review.recall),
                        seconds=review.seconds,
                        predicted=review.predicted,
                    )
                )
            session.commit()

    def undo_review(self, card: Card) -> None:
        """Takes the last review of a card back: the log loses it, the card is as handed in."""
        newest = (
            select(tables.Review)
            .where(col(tables.Review.card_id) == card.id)
            .order_by(col(tables.Review.id).desc())
        )
        with Session(self._engine) as session:
            last = session.exec(newest).first()
            if last is not None:
                session.delete(last)
            session.commit()
        self.keep(card)

    def remove(self, card_ids: Iterable[CardId]) -> None:
        """Removes cards and their reviews."""
        with Session(self._engine) as session:
            for card_id in card_ids:
                row = session.get(tables.Card, card_id)
                if row is not None:
                    session.delete(row)
            session.commit()

    def remove_course(self, course: CourseId) -> int:
        """Removes all cards of a course or a deck, and their reviews; gives how many."""
        with Session(self._engine) as session:
            gone = session.exec(delete(tables.Card).where(col(tables.Card.course_id) == course))
            session.commit()
            return gone.rowcount

    def reviews(self, since: datetime | None = None) -> tuple[Review, ...]:
        """The log, the earliest first."""
        asked = select(tables.Review).order_by(col(tables.Review.at_us), col(tables.Review.id))
        if since is not None:
            asked = asked.where(col(tables.Review.at_us) >= to_us(since))
        with Session(self._engine) as session:
            return tuple(_review(row) for row in session.exec(asked))


def _new_row(name: str, card: Card) -> tables.Card:
    row = tables.Card(
        course_id=card.course,
        concept_id=card.concept,
        name=name,
        front=storable(card.front),
        back=storable(card.back),
        created_at_us=to_us(card.created),
        exercise_id=card.exercise,
    )
    _set_state(row, card)
    return row


def _set_state(row: tables.Card, card: Card) -> None:
    memory = card.memory
    row.lapses, row.suspended, row.leech = card.lapses, card.suspended, card.leech
    row.rewritten = card.rewritten
    row.stability_days = memory.stability_days if memory else None
    row.difficulty = memory.difficulty if memory else None
    row.due_at_us = to_us(memory.due) if memory else None
    row.last_review_at_us = to_us(memory.last_review) if memory else None
    row.learning_step = memory.learning_step if memory else None
    row.relearning = memory.relearning if memory else False


def _card(row: tables.Card) -> Card:
    return Card(
        id=CardId(row.id or 0),
        course=CourseId(row.course_id),
        concept=ConceptId(row.concept_id),
        front=row.front,
        back=row.back,
        created=from_us(row.created_at_us),
        exercise=ExerciseId(row.exercise_id) if row.exercise_id is not None else None,
        memory=_memory(row),
        lapses=row.lapses,
        suspended=row.suspended,
        leech=row.leech,
        rewritten=row.rewritten,
    )


def _memory(row: tables.Card) -> Memory | None:
    if row.due_at_us is None or row.last_review_at_us is None:
        return None
    return Memory(
        stability_days=row.stability_days or 0.0,
        difficulty=row.difficulty or 0.0,
        due=from_us(row.due_at_us),
        last_review=from_us(row.last_review_at_us),
        learning_step=row.learning_step,
        relearning=row.relearning,
    )


def _review(row: tables.Review) -> Review:
    return Review(
        CardId(row.card_id), from_us(row.at_us), Recall(row.recall), row.seconds, row.predicted
    )
