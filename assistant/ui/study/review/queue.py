"""The cards of a session: which comes next, which come back before its end; no Qt."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True)
class _Step:
    """An answer, or that a card was put aside: then without a recall."""

    card: CardId
    recall: Recall | None
    seconds: float


class ReviewQueue:
    """What is left of a session.

    Args:
        cards: In the order in which they are asked.
    """

    def __init__(self, cards: Sequence[Card] = ()) -> None:
        self._left = deque(cards)
        self._steps: list[_Step] = []

    @property
    def left(self) -> int:
        """How many are still to be asked."""
        return len(self._left)

    @property
    def done(self) -> int:
        """How many answers were given."""
        return sum(step.recall is not None for step in self._steps)

    @property
    def cards_done(self) -> int:
        """How many cards were answered; one that did not come back was asked again."""
        return len({step.card for step in self._steps if step.recall is not None})

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._steps)

    @property
    def last_aside(self) -> CardId | None:
        """The card that was put aside in the last step; None where that was an answer."""
        last = self._steps[-1] if self._steps else None
        return last.card if last is not None and last.recall is None else None

    @property
    def current(self) -> Card | None:
        """The card that is asked; None at the end."""
        return self._left[0] if self._left else None

    @property
    def counts(self) -> dict[str, int]:
        """How often each answer was given."""
        given = [step.recall for step in self._steps]
        return {name: given.count(recall) for recall, name in NAMES.items()}

    @property
    def seconds(self) -> float:
        """How long all answers took."""
        return sum(step.seconds for step in self._steps)

    def answered(self, card: Card, recall: Recall, seconds: float) -> None:
        """Takes the answer to the present card.

        Args:
            card: As it is now, with its next date.
            recall: How well it came back.
            seconds: How long it took.
        """
        self._take_out(card.id)
        self._steps.append(_Step(card.id, recall, seconds))
        memory = card.memory
        short = memory is not None and (memory.learning_step is not None or memory.relearning)
        if short and not card.suspended:
            self._left.insert(min(_LATER, len(self._left)), card)

    def undone(self, card: Card) -> None:
        """Asks a card again, as the last step with it was taken back."""
        self._take_out(card.id)
        self._left.appendleft(card)
        for place in range(len(self._steps) - 1, -1, -1):
            if self._steps[place].card == card.id:
                del self._steps[place]
                return

    def put_aside(self, card_id: CardId) -> None:
        """Asks a card no more."""
        self._take_out(card_id)
        self._steps.append(_Step(card_id, None, 0.0))

    def changed(self, card: Card) -> None:
        """A card has other words now."""
        self._left = deque(
            replace(each, front=card.front, back=card.back) if each.id == card.id else each
            for each in self._left
        )

    def _take_out(self, card_id: CardId) -> None:
        self._left = deque(each for each in self._left if each.id != card_id)
