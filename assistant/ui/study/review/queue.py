"""The cards of a session: which comes next, which come back before its end; no Qt."""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from assistant.domain.ids import CardId
from assistant.domain.study import Card, Recall

NAMES = {
    Recall.AGAIN: "Again",
    Recall.HARD: "Hard",
    Recall.GOOD: "Good",
    Recall.EASY: "Easy",
}
_LATER = 8
"""A card on a short step comes back after so many others, or at the end."""


class ReviewQueue:
    """What is left of a session.

    Args:
        cards: In the order in which they are asked.
    """

    def __init__(self, cards: Sequence[Card] = ()) -> None:
        self._left = deque(cards)
        self._answers: list[tuple[CardId, Recall, float]] = []

    @property
    def left(self) -> int:
        """How many are still to be asked."""
        return len(self._left)

    @property
    def done(self) -> int:
        """How many answers were given."""
        return len(self._answers)

    @property
    def current(self) -> Card | None:
        """The card that is asked; None at the end."""
        return self._left[0] if self._left else None

    @property
    def counts(self) -> dict[str, int]:
        """How often each answer was given."""
        given = [recall for _, recall, _ in self._answers]
        return {name: given.count(recall) for recall, name in NAMES.items()}

    @property
    def seconds(self) -> float:
        """How long all answers took."""
        return sum(seconds for _, _, seconds in self._answers)

    def answered(self, card: Card, recall: Recall, seconds: float) -> None:
        """Takes the answer to the present card.

        Args:
            card: As it is now, with its next date.
            recall: How well it came back.
            seconds: How long it took.
        """
        self._take_out(card.id)
        self._answers.append((card.id, recall, seconds))
        memory = card.memory
        short = memory is not None and (memory.learning_step is not None or memory.relearning)
        if short and not card.suspended:
            self._left.insert(min(_LATER, len(self._left)), card)

    def undone(self, card: Card) -> None:
        """Asks a card again whose answer was taken back."""
        self._take_out(card.id)
        self._left.appendleft(card)
        for place in range(len(self._answers) - 1, -1, -1):
            if self._answers[place][0] == card.id:
                del self._answers[place]
                return

    def dropped(self, card_id: CardId) -> None:
        """Asks a card no more."""
        self._take_out(card_id)

    def changed(self, card: Card) -> None:
        """A card has other words now."""
        self._left = deque(
            replace(each, front=card.front, back=card.back) if each.id == card.id else each
            for each in self._left
        )

    def _take_out(self, card_id: CardId) -> None:
        self._left = deque(each for each in self._left if each.id != card_id)
