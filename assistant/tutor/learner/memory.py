"""When a card is to be asked again: FSRS-6, by the reference implementation (``fsrs``)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from fsrs import Card as FsrsCard
from fsrs import Rating, Scheduler, State

from assistant.domain.study import Card, Memory, Recall, Review

DEFAULT_RETENTION = 0.9
LEAST_RETENTION, MOST_RETENTION = 0.7, 0.97
_LEECH_LAPSES = 6
_LEECH_AGAIN = 3
"""A card is a leech at its sixth lapse, and is named again at every third after it."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A card after a review, and the line for its log."""

    card: Card
    review: Review


class Forgetting:
    """The forgetting model of one learner.

    Args:
        weights: The 21 figures of FSRS-6; the published ones when None.
        retention: Share of due cards that shall come back: 0.7 to 0.97.

    Raises:
        ValueError: The weights are out of the model's bounds.
    """

    def __init__(
        self, weights: Sequence[float] | None = None, retention: float = DEFAULT_RETENTION
    ) -> None:
        self.retention = min(max(retention, LEAST_RETENTION), MOST_RETENTION)
        # The order of a day's cards is shuffled elsewhere: dates themselves stay reproducible.
        published = Scheduler(desired_retention=self.retention, enable_fuzzing=False)
        self._scheduler = (
            published
            if weights is None
            else Scheduler(tuple(weights), self.retention, enable_fuzzing=False)
        )

    @property
    def weights(self) -> tuple[float, ...]:
        """The 21 figures in force."""
        return tuple(self._scheduler.parameters)

    def review(self, card: Card, recall: Recall, now: datetime, seconds: float) -> Answered:
        """The card after it was asked, with its next due moment.

        Args:
            card: As it was asked.
            recall: How well it came back.
            now: When, with a time zone.
            seconds: How long the answer took.
        """
        predicted = self.chance(card.memory, now)
        before = _to_fsrs(card, now)
        after, _ = self._scheduler.review_card(before, Rating(int(recall)), now)
        lapsed = recall is Recall.AGAIN and before.state is State.Review
        lapses = card.lapses + lapsed
        leech = card.leech or (lapsed and _is_leech(lapses))
        memory = _from_fsrs(after, now)
        changed = replace(card, memory=memory, lapses=lapses, leech=leech)
        return Answered(changed, Review(card.id, now, recall, seconds, predicted))

    def choices(self, card: Card, now: datetime) -> dict[Recall, timedelta]:
        """In what time it would be asked again, for each of the four answers."""
        found: dict[Recall, timedelta] = {}
        for recall in Recall:
            memory = self.review(card, recall, now, 0.0).card.memory
            found[recall] = (memory.due if memory is not None else now) - now
        return found

    def chance(self, memory: Memory | None, now: datetime) -> float:
        """The chance that it comes back now: 0 for a card that was never seen."""
        if memory is None:
            return 0.0
        days = max((now - memory.last_review).total_seconds() / 86_400, 0.0)
        return self.chance_after(memory.stability_days, days)

    def chance_after(self, stability_days: float, days: float) -> float:
        """The forgetting curve: the chance of recall some days after a review."""
        decay = -self._scheduler.parameters[20]
        factor = 0.9 ** (1 / decay) - 1
        return (1 + factor * days / stability_days) ** decay


def _is_leech(lapses: int) -> bool:
    return lapses >= _LEECH_LAPSES and (lapses - _LEECH_LAPSES) % _LEECH_AGAIN == 0


def _to_fsrs(card: Card, now: datetime) -> FsrsCard:
    memory = card.memory
    if memory is None:
        return FsrsCard(card_id=int(card.id), due=now)
    state = State.Review
    if memory.learning_step is not None:
        state = State.Relearning if memory.relearning else State.Learning
    return FsrsCard(
        card_id=int(card.id),
        state=state,
        step=memory.learning_step,
        stability=memory.stability_days,
        difficulty=memory.difficulty,
        due=memory.due,
        last_review=memory.last_review,
    )


def _from_fsrs(card: FsrsCard, now: datetime) -> Memory:
    return Memory(
        stability_days=card.stability or 0.0,
        difficulty=card.difficulty or 0.0,
        due=card.due,
        last_review=card.last_review or now,
        learning_step=card.step,
        relearning=card.state is State.Relearning,
    )
