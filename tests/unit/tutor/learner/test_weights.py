"""The forgetting model fitted to one learner."""

import random
from datetime import UTC, datetime, timedelta

from assistant.domain.ids import CardId, ConceptId, CourseId
from assistant.domain.study import Card, Recall, Review
from assistant.tutor.learner.memory import Forgetting
from assistant.tutor.learner.weights import FEWEST_REVIEWS, fit

_BEGIN = datetime(2025, 1, 1, 9, tzinfo=UTC)


def _log(stability_share: float, cards: int) -> list[Review]:
    """Reviews of a learner who forgets so many times as slowly as the published figures say."""
    chance = random.Random(3)  # noqa: S311 - a learner, not a secret
    forgetting = Forgetting()
    found: list[Review] = []
    for number in range(cards):
        card = Card(CardId(number), CourseId("c"), ConceptId("k"), "", "", _BEGIN)
        now = _BEGIN + timedelta(days=number // 8)
        for _ in range(9):
            memory = card.memory
            recall = Recall.GOOD
            if memory is not None:
                days = (now - memory.last_review).total_seconds() / 86_400
                kept = forgetting.chance_after(memory.stability_days * stability_share, days)
                recall = Recall.GOOD if chance.random() < kept else Recall.AGAIN
            done = forgetting.review(card, recall, now, 4.0)
            found.append(done.review)
            card = done.card
            assert card.memory is not None
            now = card.memory.due + timedelta(hours=2)
    return found


def test_of_few_reviews_nothing_is_fitted() -> None:
    assert fit(_log(1.0, 10)[: FEWEST_REVIEWS - 1]) is None


def test_one_who_forgets_faster_gets_figures_of_their_own_that_foretell_better() -> None:
    log = _log(0.25, 120)
    fitted = fit(log)
    assert fitted is not None
    assert fitted.better
    assert fitted.error_after < fitted.error_before
    assert fitted.reviews == len(log)
    own, published = Forgetting(fitted.weights), Forgetting()
    card = Card(CardId(1), CourseId("c"), ConceptId("k"), "", "", _BEGIN)
    for _ in range(3):
        assert (
            own.choices(card, _BEGIN)[Recall.GOOD] <= published.choices(card, _BEGIN)[Recall.GOOD]
        )
        card = published.review(card, Recall.GOOD, _BEGIN, 1.0).card


def test_figures_that_are_no_better_are_not_taken() -> None:
    log = _log(0.25, 120)
    first = fit(log)
    assert first is not None
    again = fit(log, first.weights)
    assert again is not None
    if not again.better:
        assert again.weights == first.weights
    assert again.error_before <= first.error_before
