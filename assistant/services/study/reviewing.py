"""Spaced review: the cards that are due, the answers to them, and a way back."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from assistant.domain.clock import Clock
from assistant.domain.course import Concept, Course
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import CardId, ConceptId, CourseId
from assistant.domain.study import Card, Recall
from assistant.services.jobs import Job, Workers
from assistant.store.cards import CardRepository
from assistant.tutor.learner.memory import Forgetting

NEW_A_DAY = 20
_SECONDS_A_CARD = 12.0
_LONGEST_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Session:
    """What there is to review now.

    Args:
        cards: Due ones first come first, of a day mixed; then new ones up to the day's number.
        due: How many are due.
        new: How many are new.
        minutes: How long it takes this learner, about.
        by_course: How many of each course.
    """

    cards: tuple[Card, ...]
    due: int
    new: int
    minutes: float
    by_course: dict[CourseId, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """A card as it is asked.

    Args:
        card: The card.
        times: In what time it would be asked again, for each of the four answers.
        chance: Chance that it comes back, foretold: 0 to 1.
    """

    card: Card
    times: dict[Recall, timedelta]
    chance: float


class ReviewService:
    """Every job is done on the store thread.

    Args:
        workers: The store thread.
        clock: Tells today.
        repository: Gives the vault's repository of cards.
        forgetting: Gives the learner's forgetting model.
    """

    def __init__(
        self,
        workers: Workers,
        clock: Clock,
        repository: Callable[[], CardRepository],
        forgetting: Callable[[], Forgetting],
    ) -> None:
        self._workers = workers
        self._clock = clock
        self._repository = repository
        self._forgetting = forgetting
        self._undo: list[Card] = []

    def session(self, course: CourseId | None = None) -> Job[Session]:
        """What there is to review now, of a course or of all."""
        return self._workers.on_store(lambda: self._session(course))

    def show(self, card_id: CardId) -> Job[Shown]:
        """A card with what each answer would lead to.

        Raises (from the job):
            UserFacingError: There is no such card.
        """

        def work() -> Shown:
            card, now = self._card(card_id), self._clock.now()
            forgetting = self._forgetting()
            return Shown(card, forgetting.choices(card, now), forgetting.chance(card.memory, now))

        return self._workers.on_store(work)

    def answer(self, card_id: CardId, recall: Recall, seconds: float) -> Job[Card]:
        """Takes how well a card came back; gives it with its next date.

        Raises (from the job):
            UserFacingError: There is no such card.
        """

        def work() -> Card:
            card = self._card(card_id)
            took = min(max(seconds, 0.0), _LONGEST_SECONDS)
            done = self._forgetting().review(card, recall, self._clock.now(), took)
            self._repository().keep(done.card, done.review)
            self._undo.append(card)
            return done.card

        return self._workers.on_store(work)

    def undo(self) -> Job[Card | None]:
        """Takes the last answer of this run back; gives its card, None where there is none.

        What was written on the card meanwhile stays.
        """

        def work() -> Card | None:
            if not self._undo:
                return None
            before = self._undo.pop()
            present = self._repository().get(before.id)
            if present is None:
                return None
            card = replace(before, front=present.front, back=present.back)
            self._repository().undo_review(card)
            return card

        return self._workers.on_store(work)

    def suspend(self, card_id: CardId, *, suspended: bool = True) -> Job[Card]:
        """Asks a card no more, or again; a leech that is brought back is none any more.

        Raises (from the job):
            UserFacingError: There is no such card.
        """

        def work() -> Card:
            card = self._card(card_id)
            changed = replace(card, suspended=suspended, leech=card.leech and suspended)
            self._repository().keep(changed)
            return changed

        return self._workers.on_store(work)

    def rewrite(self, card_id: CardId, front: str, back: str) -> Job[Card]:
        """Gives a card other words; what is remembered of it stays.

        Raises (from the job):
            UserFacingError: There is no such card, or a side is empty.
        """

        def work() -> Card:
            if not front.strip() or not back.strip():
                raise UserFacingError("A card needs both sides.", code="card_empty")
            words = {"front": front.strip(), "back": back.strip()}
            changed = replace(self._card(card_id), **words, rewritten=True)
            self._repository().keep(changed)
            return changed

        return self._workers.on_store(work)

    def leeches(self) -> Job[tuple[Card, ...]]:
        """The cards that were failed so often that they should be rewritten."""
        return self._workers.on_store(
            lambda: tuple(card for card in self._repository().all() if card.leech)
        )

    def to_mend(self) -> Job[tuple[Card, ...]]:
        """The leeches, and the cards that are asked no more."""
        return self._workers.on_store(
            lambda: tuple(card for card in self._repository().all() if card.leech or card.suspended)
        )

    def next_due(self, course: CourseId | None = None) -> Job[datetime | None]:
        """When the next card is asked, of a course or of all; None where there is none.

        New cards beyond those of today are asked from the next midnight on.
        """

        def work() -> datetime | None:
            cards = [card for card in self._repository().all(course) if not card.suspended]
            moments = [card.memory.due for card in cards if card.memory is not None]
            if len(moments) < len(cards):
                moments.append(_midnight_after(self._clock.now()))
            return min(moments, default=None)

        return self._workers.on_store(work)

    def take_in(self, course: Course, concepts: Iterable[ConceptId]) -> Job[int]:
        """Takes the cards of concepts into review; gives how many were not there before."""

        def work() -> int:
            now = self._clock.now()
            return sum(
                self._repository().add(cards_of(course, course.concept(concept), now))
                for concept in concepts
            )

        return self._workers.on_store(work)

    def _session(self, course: CourseId | None) -> Session:
        now = self._clock.now()
        repository = self._repository()
        due = [card for card in repository.due(now) if course in {None, card.course}]
        left = max(NEW_A_DAY - self._new_today(now), 0)
        new = [card for card in repository.new() if course in {None, card.course}][:left]
        cards = (*_mixed(due, now), *new)
        counts: dict[CourseId, int] = {}
        for card in cards:
            counts[card.course] = counts.get(card.course, 0) + 1
        minutes = len(cards) * self._seconds_a_card() / 60
        return Session(cards, len(due), len(new), minutes, counts)

    def _new_today(self, now: datetime) -> int:
        """How many cards were seen for the first time since midnight where the learner is."""
        midnight = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        today = {review.card for review in self._repository().reviews(since=midnight)}
        before = {review.card for review in self._repository().reviews() if review.when < midnight}
        return len(today - before)

    def _seconds_a_card(self) -> float:
        last = [review.seconds for review in self._repository().reviews()[-200:] if review.seconds]
        return sum(last) / len(last) if last else _SECONDS_A_CARD

    def _card(self, card_id: CardId) -> Card:
        card = self._repository().get(card_id)
        if card is None:
            raise UserFacingError(
                f"There is no card {card_id}.",
                "“assistant study review” lists those that are due.",
                code="card_unknown",
            )
        return card


def cards_of(course: Course, concept: Concept, now: datetime) -> dict[str, Card]:
    """The cards of a concept, new, by their names within it."""
    return {
        flashcard.id: Card(CardId(0), course.id, concept.id, flashcard.front, flashcard.back, now)
        for flashcard in concept.cards
    }


def _mixed(cards: list[Card], now: datetime) -> list[Card]:
    """Those of one day in an order of their own, so that neighbours give no answer away."""
    chance = random.Random(now.date().toordinal())  # noqa: S311 - shuffles cards, guards nothing
    places = {card.id: chance.random() for card in sorted(cards, key=lambda card: card.id)}

    def key(card: Card) -> tuple[int, float]:
        due = card.memory.due if card.memory is not None else now
        return due.date().toordinal(), places[card.id]

    return sorted(cards, key=key)


def _midnight_after(now: datetime) -> datetime:
    """The next midnight where the learner is."""
    return (now.astimezone() + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
