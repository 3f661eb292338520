"""The test vectors that the reference implementation of FSRS-6 publishes, through our model.

Left out are those of settings that are never used here: other learning steps, a longest interval,
chance in the dates, and its own file format.
"""

from datetime import UTC, datetime, timedelta

import pytest

from assistant.domain.ids import CardId, ConceptId, CourseId
from assistant.domain.study import Card, Memory, Recall
from assistant.tutor.learner.memory import Forgetting

AGAIN, HARD, GOOD, EASY = Recall
_NOW = datetime(2022, 11, 29, 12, 30, tzinfo=UTC)
_NEW = Card(CardId(1), CourseId("c"), ConceptId("k"), "front", "back", _NOW)


def after(*recalls: Recall) -> tuple[Memory, datetime]:
    """What is known after these answers, each when the card was due, and when it was due."""
    card, due = _NEW, _NOW
    memory = None
    for recall in recalls:
        if memory is not None:
            due = memory.due
        card = Forgetting().review(card, recall, due, 1.0).card
        memory = card.memory
    assert memory is not None
    return memory, due


@pytest.mark.parametrize(
    ("recalls", "step", "relearning", "least_s", "most_s"),
    [
        ((GOOD,), 1, False, 600, 600),
        ((AGAIN,), 0, False, 60, 60),
        ((HARD,), 0, False, 330, 330),
        ((EASY,), None, False, 86_400, 10**8),
        ((GOOD, GOOD), None, False, 86_400, 10**8),
        ((GOOD, GOOD, GOOD), None, False, 86_400, 10**8),
        ((GOOD, GOOD, GOOD, AGAIN), 0, True, 600, 600),
        ((GOOD, GOOD, GOOD, AGAIN, AGAIN), 0, True, 600, 600),
        ((GOOD, GOOD, GOOD, AGAIN, AGAIN, GOOD), None, False, 86_400, 10**8),
    ],
)
def test_steps_of_learning_and_relearning(
    recalls: tuple[Recall, ...], step: int | None, relearning: bool, least_s: int, most_s: int
) -> None:
    memory, asked = after(*recalls)
    assert memory.learning_step == step
    assert memory.relearning is relearning
    assert least_s <= (memory.due - asked).total_seconds() <= most_s


def test_easy_again_and_again_ends_at_the_least_difficulty() -> None:
    card = _NEW
    for at in range(10):
        card = Forgetting().review(card, EASY, _NOW + timedelta(microseconds=at), 1.0).card
    assert card.memory is not None
    assert card.memory.difficulty == 1.0


def test_stability_never_falls_to_nothing() -> None:
    card, now = _NEW, _NOW
    for _ in range(200):
        card = Forgetting().review(card, AGAIN, now, 1.0).card
        assert card.memory is not None
        now = card.memory.due + timedelta(days=1)
        assert card.memory.stability_days >= 0.001


def test_recall_is_a_chance_in_every_state() -> None:
    forgetting = Forgetting()
    assert forgetting.chance(None, _NOW) == 0.0
    for recalls in ((GOOD,), (GOOD, GOOD), (GOOD, GOOD, AGAIN)):
        memory, asked = after(*recalls)
        for days in (0, 1, 1000):
            assert 0.0 <= forgetting.chance(memory, asked + timedelta(days=days)) <= 1.0


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="timezone"):
        Forgetting().review(_NEW, GOOD, datetime(2022, 11, 29, 12, 30), 1.0)  # noqa: DTZ001 - that is what is refused
