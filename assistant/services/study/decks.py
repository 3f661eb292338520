"""Decks that were brought: what they are called, how much is in them, and the way out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain.ids import CourseId
from assistant.domain.study import Card
from assistant.services.jobs import Job, Workers

if TYPE_CHECKING:
    from assistant.store.cards import CardRepository
    from assistant.store.study import StudyRepository


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck.

    Args:
        id: What its cards carry in place of a course's id.
        title: Its name.
        cards: How many cards it has.
    """

    id: CourseId
    title: str
    cards: int


class DeckService:
    """Every job is done on the store thread.

    Args:
        workers: The store thread.
        study: Gives the vault's repository of what was done, which knows the titles.
        cards: Gives the vault's repository of cards.
    """

    def __init__(
        self,
        workers: Workers,
        study: "Callable[[], StudyRepository]",
        cards: "Callable[[], CardRepository]",
    ) -> None:
        self._workers = workers
        self._study = study
        self._cards = cards

    def decks(self) -> Job[tuple[Deck, ...]]:
        """Those there are, by title."""
        return self._workers.on_store(
            lambda: decks_of(self._study().deck_titles(), self._cards().all())
        )

    def remove(self, deck: CourseId) -> Job[int]:
        """Removes a deck with its cards and what was remembered of them; gives how many."""

        def work() -> int:
            count = self._cards().remove_course(deck)
            self._study().remove_course(deck)
            return count

        return self._workers.on_store(work)


def decks_of(titles: Mapping[CourseId, str], cards: Iterable[Card]) -> tuple[Deck, ...]:
    """The decks among all cards, by title.

    Args:
        titles: Of each deck, by the id that its cards carry.
        cards: Of decks and courses.
    """
    counts = dict.fromkeys(titles, 0)
    for card in cards:
        if card.course in counts:
            counts[card.course] += 1
    made = (Deck(deck, titles[deck], count) for deck, count in counts.items())
    return tuple(sorted(made, key=lambda one: (one.title.casefold(), one.id)))
